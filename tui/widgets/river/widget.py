"""The timeline as a widget: wheel and arrow keys move the instant, a click seeks, plus and minus zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.config.river_state import SPANS, RiverState
from tui.config.screen_keys import bindings
from tui.drawing.memo import Identity
from tui.messages import Seek
from tui.widgets.panel import Panel
from tui.widgets.river.rows import GUTTER, LIGHT_SPAN_S, axis_at, river_lines
from tui.widgets.table import facts_key

if TYPE_CHECKING:
    from textual import events

    from tui.drawing.styled_text import Line
    from tui.drawing.time_axis import Axis
    from tui.session.frame import Frame
    from tui.widgets.river.marks import Mark

NEAR_CELLS = 1
"""A click this near to a mark goes to the mark's own instant."""


class TimeRiver(Panel, can_focus=True):
    """Hours to years around the instant, in three rows along the bottom.

    Args:
        state: Whether it is shown and how long a span, shared by the views.
    """

    DEFAULT_CSS = """
    TimeRiver { dock: bottom; height: 3; margin: 0 0 1 0; border: none; background: $surface; }
    TimeRiver:focus { background: $boost; border: none; }
    """
    walks_links = False
    BINDINGS = bindings("On the river of time (R)")

    def __init__(self, state: RiverState, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._state = state
        self._marks: list[Mark] = []

    def _axis(self, frame: Frame) -> Axis:
        return axis_at(frame.unix_s, self._state.zoom, self.content_size.width - GUTTER)

    def cache_key(self, frame: Frame) -> object:
        """The column of the instant, and the lists that are drawn."""
        axis = self._axis(frame)
        with_light = axis.span_s <= LIGHT_SPAN_S
        return (
            axis,
            axis.column(frame.unix_s),
            Identity(frame.events.next(frame.unix_s)),
            facts_key(frame),
            Identity(frame.events),
            Identity(frame.passes),
            Identity(frame.eclipses) if with_light else None,
            Identity(frame.past) if with_light else None,
            (frame.place, frame.utc, frame.clock.live, self._state.zoom),
        )

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        lines, self._marks = river_lines(frame, self._state.zoom, width, height)
        return lines

    # ── hands ─────────────────────────────────────────────────────────────────────────────────

    def action_scrub(self, cells: int) -> None:
        """Move the instant by so many cells of the river."""
        if self.newest is not None:
            axis = self._axis(self.newest)
            self.app.call_later(self.app.run_action, f"app.step({cells * axis.span_s / axis.columns!r})")

    def action_zoom(self, step: int) -> None:
        """Shorten the span (1), lengthen it (-1), or reset it (0)."""
        if self._state.zoom_by(step):
            self.redraw()
        else:
            text = _("{span} is the last one").format(span=_(SPANS[self._state.zoom][1]))
            self.notify(text, title=_("river of time"), timeout=2)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_scrub(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_scrub(-1)

    def on_click(self, event: events.Click) -> None:
        """Go to the mark that was clicked, else to the instant of the column."""
        offset = event.get_content_offset(self)
        if offset is None or self.newest is None or offset.x < GUTTER:
            return
        event.stop()
        axis, column = self._axis(self.newest), offset.x - GUTTER
        marks = self._marks if offset.y == 1 else []
        near = [m for m in marks if abs(axis.column(m.unix_s) - column) <= NEAR_CELLS]
        nearest = min(near, key=lambda m: (abs(axis.column(m.unix_s) - column), m.rank), default=None)
        self.post_message(Seek(axis.instant(column) if nearest is None else nearest.unix_s))
