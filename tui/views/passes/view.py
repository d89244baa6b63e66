"""View 5: the passes of the next ten days over the place, graded by how well they can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.config.screen_keys import bindings
from tui.messages import UsePlace, WatchPass
from tui.sky.pass_geometry import scene_of
from tui.views.list_view import ListView
from tui.views.passes.calendar_strip import PassStrip
from tui.views.passes.detail import PassDetail, PassNotes
from tui.views.passes.guide import suggestions
from tui.views.passes.table import PassTable
from tui.widgets.notice_bar import NoticeBar
from tui.widgets.panel import Panel
from tui.widgets.panel_groups import PanelColumn, PanelRow
from tui.widgets.sky.sky_plot import SkyPlot
from tui.wording import passes as pass_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from sim.passes.model import Pass
    from tui.session.frame import Frame
    from tui.views.base import ViewContext
    from tui.widgets.selectable import SelectablePanel
    from tui.wording.proof import Explained

DETAIL_ROWS, STRIP_ROWS = 14, 9
"""Rows of a terminal from which the pass under the cursor is told, and the days are shown: the list comes first."""

MOST_NOTES = 6
"""Rows: dim, uncertain and unpredictable passes at 80 columns, two rows each."""


class PassesView(ListView):
    """Calendar strip above, table below, the pass under the cursor below or beside the table."""

    DEFAULT_CSS = """
    PassesView {
        & #strip { height: 4; }
        & #notes { height: 0; padding: 0 1; }
        & #lower { height: 1fr; layout: horizontal; }
        & #lists { width: 1fr; height: 1fr; }
        & #table { height: 1fr; }
        & #detail { height: 7; }
        & #sky { display: none; width: 40; height: 1fr; }
        &.-wide #sky { display: block; }
        &.-huge #sky { display: block; width: 77; }
        &.-tall #strip { height: 13; }
        &.-tall #detail { height: 8; }
        &.-narrow #strip { border: none; height: 2; }
        &.-narrow #detail { height: 5; }
        &.-short #detail { height: 5; }
    }
    """

    parts = ("table",)
    filters = "table"

    BINDINGS = bindings("In the passes (5)")

    def __init__(self, context: ViewContext | None = None) -> None:
        super().__init__(context)
        self._pass: Pass | None = None
        self._chose_best = False

    def body(self) -> ComposeResult:
        yield Panel(NoticeBar(), id="notice")
        yield PassStrip(id="strip")
        yield PassNotes(id="notes")
        with PanelRow(id="lower"):
            with PanelColumn(id="lists"):
                yield PassTable(id="table")
                yield PassDetail(id="detail")
            yield SkyPlot(id="sky")

    def on_mount(self) -> None:
        """Start with the filters of the settings, or of the last time."""
        self.table.visible_only = self.context.settings.visible_only
        super().on_mount()

    @property
    def table(self) -> PassTable:
        return self.query_one(PassTable)

    def _choose_best(self, frame: Frame) -> None:
        """Put the cursor on the best pass when the first ones are there."""
        if self._chose_best or not frame.passes or not self.table.content_size.area:
            return
        self._chose_best = True
        best = pass_text.best(p for p in self.table.rows(frame))
        if best is not None:
            self.table.choose(self.table.row_key(best))

    def show(self, frame: Frame) -> None:
        """Pass the frame on, and give the notes as many rows as they need, at most `MOST_NOTES`."""
        notes = self.query_one(PassNotes)
        room = max(self.size.width - 2, 20)
        rows = self.size.height
        self.query_one(PassDetail).display = rows >= DETAIL_ROWS
        self.query_one(PassStrip).display = rows >= STRIP_ROWS
        left = rows - (DETAIL_ROWS if rows >= DETAIL_ROWS else STRIP_ROWS) + 1
        notes.styles.height = min(len(notes.lines(frame, room)), MOST_NOTES, max(left, 0))
        super().show(frame)
        self._choose_best(frame)
        self._show_selected(frame)

    def _show_selected(self, frame: Frame) -> None:
        """Give the pass under the cursor and the filtered list to the strip, the details and the sky."""
        table, strip = self.table, self.query_one(PassStrip)
        pass_ = table.pass_of(table.cursor) if table.cursor else None
        chosen = None if frame.passes is None else tuple(p for p in frame.passes if table.matches(p))
        if pass_ is self._pass and chosen == strip.chosen:
            return
        self._pass = pass_
        strip.chosen, strip.cursor = chosen, pass_
        strip.show(frame)
        detail, sky = self.query_one(PassDetail), self.query_one(SkyPlot)
        detail.pass_ = pass_
        detail.show(frame)
        sky.set_scene(None if pass_ is None else scene_of(frame.orbit, frame.place, pass_))
        sky.show(frame)

    def _redraw(self) -> None:
        if self.newest is not None:
            self._show_selected(self.newest)

    @property
    def pass_shown(self) -> Pass | None:
        return self.table.pass_of(self.table.cursor)

    def select(self, selection: str) -> None:
        """Put the cursor on a pass, which the filters of this view must not hide."""
        self._chose_best = True
        self.table.uncover(selection)
        super().select(selection)
        self._redraw()

    # ── keys ──────────────────────────────────────────────────────────────────────────────────

    def explained(self, frame: Frame) -> tuple[Sequence[Explained], str]:
        """How the passes were found, and how sure they are."""
        from tui.wording.orbit_proof import passes_explained

        return passes_explained(frame.status), ""

    def action_part(self, step: int) -> None:
        """Toggle the filter for visible passes (the key that elsewhere activates the next panel)."""
        self.table.toggle_visible()
        self._redraw()

    def action_grade(self) -> None:
        self.table.next_grade()
        self._redraw()

    def action_zoom(self, step: int) -> None:
        self.table.step_elevation(step)
        self._redraw()

    def action_back(self) -> None:
        """Close the text filter; without one, remove all other filters. The least elevation of the list stays."""
        if not self.table.filter_text:
            self.table.show_all()
            self.table.redraw()
        super().action_back()
        self._redraw()

    def action_take_place(self, number: int) -> None:
        """Be at one of the places that are offered while there are no passes."""
        if self.newest is not None:
            self.post_message(UsePlace(suggestions(self.newest.default_zone)[number]))

    def on_selectable_panel_moved(self, event: SelectablePanel.Moved) -> None:
        self._redraw()

    def on_selectable_panel_opened(self, event: SelectablePanel.Opened) -> None:
        pass_ = self.table.pass_of(event.key)
        if pass_ is not None:
            self.post_message(WatchPass(pass_))
