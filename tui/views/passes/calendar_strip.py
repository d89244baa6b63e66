"""All passes as bars over day, twilight and night: one strip, or one row for each night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.astro.sun import SUNSET_ELEVATION_DEG, sun_elevation_deg
from sim.constants import DAY_S
from sim.language import N_, _, dates
from sim.time import to_datetime
from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import Line, Run, pad
from tui.drawing.styled_text import width as cells_of
from tui.session.session import PASS_DAYS
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sim.passes.model import Pass
    from sim.places.place import Place
    from tui.session.frame import Frame

BARS = "▂▄▆█"
"""Bars for grades 0 to 3."""

_SUN_STEP_S = 1800.0
"""Step (s) at which the Sun's elevation is computed; linear in between, to 0.1 degrees."""

_CAPTION = 9


class PassStrip(Panel):
    """Bars for the passes that the table shows; the one under its cursor is highlighted.

    Attributes:
        chosen: The passes to show; `None` shows all.
        cursor: The pass under the cursor.
    """

    BORDER_TITLE = N_("ten days")

    chosen: tuple[Pass, ...] | None = None
    cursor: Pass | None = None

    def title(self, frame: Frame) -> tuple[str, str]:
        """The legend of shades and bars in the lower border."""
        upper = _("ten nights") if self.content_size.height > PASS_DAYS else _("ten days")
        return upper, _("▒ day  ░ twilight  ▂▄▆█ grade 0 to 3")

    def cache_key(self, frame: Frame) -> Hashable:
        """The passes, the cursor, the cell of the instant."""
        width, height = self.content_size
        step_s = (PASS_DAYS * DAY_S if height <= PASS_DAYS else DAY_S) / max(width, 1)
        known = frame.status.error.position_known
        return frame.unix_s // step_s, self._passes(frame), self.cursor, frame.utc, frame.place, known

    def _passes(self, frame: Frame) -> tuple[Pass, ...]:
        return self.chosen if self.chosen is not None else frame.passes or ()

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The strip, or in a high panel the nights."""
        draw = _nights if height > PASS_DAYS else _strip
        passes = self._passes(frame) if frame.status.error.position_known else ()
        return draw(frame, passes, self.cursor, width, height)


@lru_cache(maxsize=64)
def shades(place: Place, start_unix_s: float, end_unix_s: float, cells: int) -> str:
    """Day, twilight or night in the middle of each cell of a span: `▒`, `░` or a space."""
    first = int(start_unix_s // _SUN_STEP_S)
    count = int((end_unix_s - start_unix_s) / _SUN_STEP_S) + 3
    heights = [sun_elevation_deg((first + k) * _SUN_STEP_S, place) for k in range(count)]
    text = []
    for cell in range(cells):
        at = (start_unix_s + (cell + 0.5) / cells * (end_unix_s - start_unix_s)) / _SUN_STEP_S - first
        low = heights[int(at)]
        elevation_deg = low + (at - int(at)) * (heights[int(at) + 1] - low)
        text.append("▒" if elevation_deg >= SUNSET_ELEVATION_DEG else "░" if elevation_deg >= -18.0 else " ")
    return "".join(text)


def bars(
    ground: str,
    start_unix_s: float,
    end_unix_s: float,
    passes: tuple[Pass, ...],
    cursor: Pass | None,
    now_unix_s: float = 0.0,
) -> Line:
    """A row of shades with the bars of the passes; of two in one cell the better one. The instant is a line.

    Args:
        ground: Shades, one character a cell, see `shades`.
        start_unix_s: Left edge.
        end_unix_s: Right edge.
        passes: Passes, also ones outside the span.
        cursor: The pass to highlight.
        now_unix_s: The instant to mark; 0 marks none.
    """
    cells = len(ground)
    now = int((now_unix_s - start_unix_s) / (end_unix_s - start_unix_s) * cells)
    found: dict[int, Pass] = {}
    for pass_ in passes:
        cell = int((pass_.peak.unix_s - start_unix_s) / (end_unix_s - start_unix_s) * cells)
        if 0 <= cell < cells and (cell not in found or pass_ is cursor or found[cell].grade < pass_.grade):
            if cell in found and found[cell] is cursor:
                continue
            found[cell] = pass_
    sheet = CellGrid(cells, 1)
    for cell, shade in enumerate(ground):
        here = found.get(cell)
        style = "faint" if here is None else "mark" if here is cursor else "good" if here.grade else "dim"
        glyph = shade if here is None else BARS[here.grade]
        if cell == now and here is None and now_unix_s > start_unix_s:
            glyph, style = "│", "value"
        sheet.put(cell, 0, glyph, style)
    return sheet.line(0)


def _strip(frame: Frame, passes: tuple[Pass, ...], cursor: Pass | None, width: int, height: int) -> list[Line]:
    """Ten days in one row, with the names of the days below."""
    start, end = frame.unix_s, frame.unix_s + PASS_DAYS * DAY_S
    strip = bars(shades(frame.place, start, end, width), start, end, passes, cursor)
    return [strip, _days(frame, start, end, width)] if height > 1 else [strip]


def _days(frame: Frame, start: float, end: float, width: int) -> Line:
    """Names of the days, each beginning at its local midnight."""
    zone = frame.zone or UTC
    sheet = _dim_row(width)
    day = to_datetime(start, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    room = width * DAY_S / (end - start)
    named = room >= 1 + cells_of(_day_name(day))
    for k in range(1, int(PASS_DAYS) + 2):
        midnight = day + timedelta(days=k)  # calendar days: with a clock change they have 23 or 25 hours
        column = int((midnight.timestamp() - start) / (end - start) * width)
        sheet.put(column, 0, "╵" + (_day_name(midnight) if named else f"{midnight:%d}"), "dim")
    return sheet.line(0)


def _dim_row(width: int) -> CellGrid:
    sheet = CellGrid(width, 1)
    sheet.put(0, 0, " " * width, "dim")
    return sheet


def _day_name(day: datetime) -> str:
    """`Fri 20`, `周五20`."""
    return _("{weekday} {day:02d}").format(weekday=dates.weekday_name(day.weekday()), day=day.day)


def _nights(frame: Frame, passes: tuple[Pass, ...], cursor: Pass | None, width: int, height: int) -> list[Line]:
    """A row for each night, from local noon to noon."""
    zone = frame.zone or UTC
    cells = width - _CAPTION
    now = to_datetime(frame.unix_s, zone)
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    if now < noon:
        noon -= timedelta(days=1)
    lines: list[Line] = [(Run(" " * _CAPTION), *_hours(cells))]
    for k in range(min(int(PASS_DAYS) + 1, height - 1)):
        first, last = (noon + timedelta(days=days) for days in (k, k + 1))
        start, end = first.timestamp(), last.timestamp()
        row = bars(shades(frame.place, start, end, cells), start, end, passes, cursor, frame.unix_s)
        lines.append((Run(pad(_day_name(first), _CAPTION), "dim"), *row))
    return lines


def _hours(cells: int) -> Line:
    """`12 15 18 21 00 03 06 09` over the cells."""
    sheet = _dim_row(cells)
    step = 3 if cells >= 48 else 6
    for hour in range(0, 24, step):
        sheet.put(round(hour / 24 * cells), 0, f"{(12 + hour) % 24:02d}", "dim")
    return sheet.line(0)
