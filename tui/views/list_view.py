"""The base of views one browses: parts that are walked through, a list that is sorted and filtered, links to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget
from textual.widgets import Input

from sim.language import _
from tui.messages import OpenView, Seek
from tui.views.base import View
from tui.widgets.panel import Panel
from tui.widgets.selectable import ScrollingText, SelectablePanel, SubjectText
from tui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.session.frame import Frame
    from tui.wording.proof import Explained


BORDER_AND_HEADING = 3
"""Rows of a table beside those of its list."""

LEAST_BELOW = 9
"""Rows of a part below a list, its border among them."""


class ListView(View):
    """A view made of panels, of which one has the focus.

    The panel in front (`-front`) is the one that had the focus last: the focus leaves it while the filter is typed and
    while the terminal's window is not the active one, and keys still go to it. In a small terminal only this panel is
    on the screen (see the style sheet below); in a larger one they stand side by side.

    Attributes:
        parts: The ids of the parts in the order they are walked through; the first is active at first.
        filters: The id of the table the filter works on; empty where there is nothing to filter.
    """

    DEFAULT_CSS = """
    ListView {
        & #filter { display: none; height: 1; border: none; padding: 0 1; background: $panel; }
        &.-narrow .part { display: none; width: 1fr; height: 1fr; }
        &.-narrow .part.-front { display: block; }
        & .below { height: 1fr; }
        &.-full .below { display: none; }
        &.-full .below.-front { display: block; }
    }
    """

    AUTO_FOCUS = ""
    parts: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[str] = ""
    below: ClassVar[str] = ""
    """The id of a part that stands below the table of `filters` where that leaves it room."""

    aside: ClassVar[frozenset[str]] = frozenset()
    """The ids of parts in the right column: where one of them is in front in a small terminal (`-aside`), the column
    replaces what is left of it."""

    details: ClassVar[str] = ""
    """The id of the part about the row under the cursor of the others, which opens in it."""

    _wanted_title = ""
    _table_height: int | None = None  # `None` for all of the column
    _kept: Table[object] | None = None  # whose filter and order the next start has again

    def compose(self) -> ComposeResult:
        """As every view, and the filter's line above the keys."""
        yield from super().compose()
        yield Input(id="filter", compact=True)

    def on_mount(self) -> None:
        for name in self.parts:
            self.part(name).add_class("part", *(["below"] if name == self.below else []))
        self.set_class(bool(self.below), "-full")  # until the room is known
        self.activate(self.parts[0])
        self._recall()

    def on_unmount(self) -> None:
        """Store filter and order of the list for the next start."""
        if self._kept is not None:
            self.context.tables[self._place] = self._kept.choice

    @property
    def _place(self) -> str:
        """The name under which the choices of the table are kept."""
        return f"{self.name_of_view}.{self.filters}"

    def _recall(self) -> None:
        """Restore filter and order of the list from the last run."""
        self._kept = self.query_one(f"#{self.filters}", Table) if self.filters else None
        choice = self.context.tables.get(self._place)
        if self._kept is not None and choice is not None:
            self._kept.recall(choice)
            self.query_one("#filter", Input).value = self._kept.filter_text

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def part(self, name: str) -> SelectablePanel:
        return self.query_one(f"#{name}", SelectablePanel)

    @property
    def active(self) -> SelectablePanel:
        """The panel the keys go to: the one in front."""
        return next((part for name in self.parts if (part := self.part(name)).active), self.part(self.parts[0]))

    def activate(self, name: str) -> None:
        self.bring_forward(name)
        self.set_focus(self.part(name), scroll_visible=False)

    def bring_forward(self, name: str) -> None:
        """Mark the panel that has the focus, so that it is seen in a small terminal."""
        for other in self.parts:
            part = self.part(other)
            if part.active != (other == name):
                part.active = other == name
                self.call_after_refresh(part.redraw)
        self.set_class(name in self.aside, "-aside")
        if self.newest is not None:
            self.query_one("#keybar", Panel).show(self.newest)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Bring a panel forward that was focused by the mouse; the filter's line closes and its text stays."""
        part = event.widget
        if part is self.focused and isinstance(part, SelectablePanel) and part.id in self.parts:
            self.bring_forward(part.id)
            self.query_one("#filter", Input).display = False

    def leave_river(self) -> None:
        """The panel in front has the focus again."""
        self.activate(self.active.id or self.parts[0])

    @property
    def footer(self) -> str:
        """The keys of a text while one is active that can be read."""
        text = isinstance(self.active, ScrollingText) and self.active.id != self.parts[0]
        return "text" if text else ""

    def reveal(self, title: str) -> None:
        """Put the cursor on the row of a title as soon as there are rows."""
        self._wanted_title = title
        if self.newest is not None and self.query(f"#{self.parts[0]}"):  # else its first frame finds it
            self.show(self.newest)

    def on_resize(self, event: events.Resize) -> None:
        """The room below the list is another one."""
        if self.below and self.newest is not None:
            self.call_after_refresh(self.show, self.newest)

    def _share_column(self, frame: Frame) -> None:
        """Give the table the rows it has, and the rest to the part below; that part is gone where too few are left."""
        table = self._kept
        column = self.part(self.below).parent
        if table is None or not isinstance(column, Widget):
            return
        rows = max(len(table.rows(frame)), 1) + BORDER_AND_HEADING
        roomy = column.size.height - rows >= LEAST_BELOW and not self.has_class("-narrow")
        if roomy == self.has_class("-full"):
            self.set_class(not roomy, "-full")
        height = rows if roomy else None
        if height != self._table_height:
            table.styles.height = self._table_height = height

    def show(self, frame: Frame) -> None:
        """Hand a frame to every panel, and find what was asked for."""
        if self.below:
            self._share_column(frame)
        super().show(frame)
        if self._wanted_title and self.part(self.parts[0]).content_size.area:
            title, self._wanted_title = self._wanted_title, ""
            for name in self.parts:
                if self.part(name).reveal(title):
                    break

    @property
    def selection(self) -> str:
        """The row under the cursor of the first part."""
        return self.part(self.parts[0]).cursor

    def select(self, selection: str) -> None:
        """Put the cursor of the first part on a row; a filter that hides it ends."""
        part, line = self.part(self.parts[0]), self.query_one("#filter", Input)
        part.choose(selection)
        if isinstance(part, Table) and line.value and not part.filter_text:
            self._end_filter(keep=False)

    @property
    def panel_asked(self) -> Panel | None:
        """The part that the keys go to."""
        return self.active

    def explained(self, frame: Frame) -> tuple[Sequence[Explained], str]:
        """The facts of the active part; where it has none, those of the first part that has."""
        active = self.active
        for part in (active, *(self.part(name) for name in self.parts)):
            facts = part.explained(frame)
            if facts:
                return facts, active.current_action
        return (), ""

    def tell_of(self, key: str) -> None:
        """Let the details be about a row."""
        self.query_one(f"#{self.details}", SubjectText).set_subject(key)

    def on_selectable_panel_opened(self, event: SelectablePanel.Opened) -> None:
        if self.details:
            self.open_details(event.key)

    def open_details(self, key: str) -> None:
        self.tell_of(key)
        self.activate(self.details)

    # ── keys of lists ─────────────────────────────────────────────────────────────────────────

    def action_move(self, step: int) -> None:
        self.active.move(step)

    def action_page(self, step: int) -> None:
        self.active.page(step)

    def action_edge(self, step: int) -> None:
        self.active.edge(step)

    def action_sideways(self, step: int) -> None:
        """Left or right in the part, else to the neighbouring part."""
        if not self.active.sideways(step):
            self.action_part(step)

    def action_part(self, step: int) -> None:
        here = self.parts.index(self.active.id or "")
        self.activate(self.parts[(here + step) % len(self.parts)])

    def action_panel(self, step: int) -> None:
        """The keys go to the next part (1) or the one before (-1), the river of time among them."""
        stops = [*self.parts, *([] if self.river is None else ["river"])]
        on_river = self.river is not None and self.focused is self.river
        here = stops.index("river" if on_river else self.active.id or self.parts[0])
        name = stops[(here + step) % len(stops)]
        if name == "river":
            self.set_focus(self.river, scroll_visible=False)
        else:
            self.activate(name)

    def action_enter(self) -> None:
        self.active.enter()

    def action_back(self) -> None:
        """End the filter, or else activate the first part."""
        line = self.query_one("#filter", Input)
        if self.maximized is not None:
            self.minimize()
        elif line.display or line.value:
            self._end_filter(keep=False)
        else:
            self.activate(self.parts[0])

    def action_zoom(self, step: int) -> None:
        """Zoom in or out; does nothing in views without it."""

    def action_sort(self) -> None:
        if (table := self._table()) is not None:
            table.sort_next()

    def action_sort_reverse(self) -> None:
        if (table := self._table()) is not None and table.sort_column:
            table.sort_by(table.sort_column)

    def action_sort_by(self, column: str) -> None:
        """Sort the list by a column (a click on its heading)."""
        if (table := self._table()) is not None:
            table.sort_by(column)

    def _table(self) -> Table[object] | None:
        """The table that is sorted and filtered: the active one, else the one of `filters`."""
        active = self.active
        return active if isinstance(active, Table) else self._kept

    # ── the clock ─────────────────────────────────────────────────────────────────────────────

    def action_go(self, unix_s: float) -> None:
        self.post_message(Seek(unix_s))

    def action_play(self, unix_s: float, length_s: float) -> None:
        """Move the clock to an instant and play from there what is that long (s), in a few minutes."""
        self.post_message(Seek(unix_s, length_s=length_s))

    def action_see(self, unix_s: float, view: str, title: str = "") -> None:
        """Move the clock to an instant and open the view that shows it, with the cursor on what is meant."""
        self.post_message(OpenView(view, unix_s, title))

    # ── filter ────────────────────────────────────────────────────────────────────────────────

    def start_filter(self) -> bool:
        if self._table() is None:
            return False
        if not isinstance(self.active, Table):
            self.activate(self.filters)
        line = self.query_one("#filter", Input)
        line.placeholder = _("filter: part of a name, a ship, a year; Esc ends")
        # At once, not by a style that is applied later: what is typed next already belongs to the filter.
        line.display = True
        self.set_focus(line)
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        if (table := self._table()) is not None:
            table.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter and focus the list again."""
        event.stop()
        self._end_filter(keep=True)

    def _end_filter(self, *, keep: bool) -> None:
        line = self.query_one("#filter", Input)
        if not keep:
            line.value = ""
        self.set_focus(self.active, scroll_visible=False)
        line.display = False
