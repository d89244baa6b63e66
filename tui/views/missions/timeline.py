"""The timeline since 2021: modules, ships, handovers, spacewalks and plans; the instant is a vertical line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S, TIANHE_LAUNCH_UNIX_S
from sim.language import N_, _
from sim.language.dates import month, month_name
from sim.time import to_datetime
from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line
from tui.drawing.time_axis import SPANS_DAYS, Axis
from tui.views.missions.altitude import altitude_lines
from tui.views.missions.timeline_rows import (
    GROUP_NAMES,
    WALKS,
    Group,
    TimelineRow,
    axis_line,
    grid_line,
    legend_line,
    plan_row,
    row_line,
    timeline_rows,
)
from tui.widgets.links import highlighted
from tui.widgets.row_panel import RowPanel, first_visible_row
from tui.widgets.table import facts_key
from tui.wording.facts import table_as_of_text

if TYPE_CHECKING:
    from textual import events

    from tui.session.frame import Frame

MARGIN_S = 20 * DAY_S
"""Shown before the first launch and after the last known date (s)."""

LEAST_CURVE = 9
"""Spare rows from which on the mean altitude is drawn below the rows."""

_LABEL = 14
_WIDE_LABEL = 25
_WIDE_FROM = 96


class MissionTimeline(RowPanel):
    """Rows of bars over a span of time that scrolls and zooms; one row is under the cursor."""

    station_only = True
    hint = N_("Enter detail · + - zoom · v next")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = WALKS
        self.zoom = 0
        self._start_s: float | None = None
        self._top = 0
        self._follows = True
        self._rows_of_chronicle = Memo[tuple[TimelineRow, ...]]()
        self._shown: list[TimelineRow] = []
        self._label = _LABEL
        self._drawn_axis = Axis(0.0, 1.0, 1)
        self._rows_on_lines: list[int] = []
        self._lines = Memo[list[Line]]()

    # ── drawing ───────────────────────────────────────────────────────────────────────────────

    def title(self, frame: Frame) -> tuple[str, str]:
        """The span of time that is visible, and until when the data are known."""
        axis = self._axis(frame, max(self.content_size.width - _LABEL, 1))
        first, last = to_datetime(axis.start_s), to_datetime(axis.start_s + axis.span_s)
        edge = table_as_of_text(frame.chronicle, "cargo", frame.unix_s)
        if axis.span_s < 100 * DAY_S:
            span = _("{day} {month} – {last_day} {last_month} {year}").format(
                day=first.day,
                month=month_name(first.month),
                last_day=last.day,
                last_month=month_name(last.month),
                year=last.year,
            )
        else:
            span = f"{month(first)} – {month(last)}"
        return _("³missions {span}").format(span=span), self.lower_title(edge)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The axis, then as many rows as fit around the cursor; cached until something moves by a cell."""
        label = _WIDE_LABEL if width >= _WIDE_FROM else _LABEL
        axis = self._axis(frame, max(width - label, 1))
        self._label, self._drawn_axis = label, axis
        state = (width, height, axis, axis.column(frame.unix_s), self.cursor, self.active, Identity(frame.altitude))
        key = (facts_key(frame), int(frame.unix_s // DAY_S), *state)
        return self._lines.get(key, lambda: self._composed(frame, axis, width, height))

    def _composed(self, frame: Frame, axis: Axis, width: int, height: int) -> list[Line]:
        label = self._label
        self._shown = shown = self._rows_at(frame)
        if not any(row.key == self.cursor for row in shown):
            self.cursor = shown[0].key
        room = max(height - 1, 1)
        headings = room >= len(shown) + len({row.group for row in shown}) - 1
        self._top = first_visible_row(self._top, len(shown), room, self.cursor_row())
        lines = [axis_line(axis, label, frame.unix_s)] if height > 1 else []
        self._rows_on_lines = [-1] * len(lines)
        before: Group = shown[self._top].group
        for index, row in enumerate(shown[self._top : self._top + room], start=self._top):
            if headings and row.group != before:
                lines.append(
                    grid_line(axis, label, frame.unix_s, _(GROUP_NAMES[row.group]) if GROUP_NAMES[row.group] else "")
                )
                self._rows_on_lines.append(-1)
            before = row.group
            line = row_line(row, axis, label, frame.unix_s)
            lines.append(highlighted(line, width) if row.key == self.cursor and self.active else line)
            self._rows_on_lines.append(index)
        spare = height - len(lines)
        if spare > 1:
            curve = altitude_lines(frame, axis, label, spare - 3) if spare >= LEAST_CURVE else []
            lines += [grid_line(axis, label, frame.unix_s, "")] * (spare - 1 - len(curve))
            lines += [*curve, legend_line(width)]
        return lines

    def _rows_at(self, frame: Frame) -> list[TimelineRow]:
        book = frame.chronicle
        known = self._rows_of_chronicle.get(Identity(book), lambda: tuple(timeline_rows(book)))
        return [*known, *(plan_row(plan) for plan in book.plans_at(frame.unix_s))]

    def _axis(self, frame: Frame, columns: int) -> Axis:
        edge_s = max(as_of.unix_s for as_of in frame.chronicle.as_of.values())
        first_s = TIANHE_LAUNCH_UNIX_S - MARGIN_S
        # In steps, so that the picture does not move with every second.
        last_s = max(edge_s + 4 * MARGIN_S, (frame.unix_s // MARGIN_S + 2) * MARGIN_S)
        if self.zoom == 0:
            return Axis(first_s, last_s - first_s, columns)
        span_s = SPANS_DAYS[self.zoom] * DAY_S
        if self._start_s is None:
            self._start_s = frame.unix_s - span_s / 2
        if self._follows and not self._start_s <= frame.unix_s <= self._start_s + 0.98 * span_s:
            # When the instant leaves the window, it jumps on and then stays.
            self._start_s = frame.unix_s - 0.15 * span_s
        return Axis(self._start_s, span_s, columns)

    # ── moving ────────────────────────────────────────────────────────────────────────────────

    def row_keys(self) -> list[str]:
        return [row.key for row in self._shown]

    def sideways(self, step: int) -> bool:
        """Scroll to earlier or later times by an eighth of the visible span."""
        if self.zoom and self._start_s is not None:
            self._follows = False
            self._start_s += step * SPANS_DAYS[self.zoom] * DAY_S / 8
            self.redraw()
        return True

    def zoom_by(self, step: int) -> None:
        """Zoom in (1) or out (-1) or show everything (0); the instant keeps its column if it is visible."""
        if self.newest is None:
            return
        old = self._drawn_axis
        self.zoom = 0 if step == 0 else max(0, min(self.zoom + step, len(SPANS_DAYS) - 1))
        now_s = self.newest.unix_s
        in_sight = old.start_s <= now_s <= old.start_s + old.span_s
        anchor_s = now_s if in_sight else old.start_s + old.span_s / 2
        share = (anchor_s - old.start_s) / old.span_s
        self._start_s = anchor_s - share * SPANS_DAYS[self.zoom] * DAY_S
        self._follows = self._follows or in_sight
        self.redraw()

    def follow(self) -> None:
        """Let the window follow the instant again after scrolling by hand."""
        self._follows = True

    def on_click(self, event: events.Click) -> None:
        """Select the clicked row, or open it if it is selected; on the axis, move the clock to the clicked time."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._rows_on_lines):
            return
        index = self._rows_on_lines[offset.y]
        if offset.y == 0 and offset.x >= self._label:
            self.app.call_later(self.app.run_action, f"screen.go({self._drawn_axis.instant(offset.x - self._label)!r})")
        elif index >= 0:
            again = self._shown[index].key == self.cursor
            self.go_to_row(index)
            if again:
                self.enter()
