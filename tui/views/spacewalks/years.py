"""Spacewalks over the years: a column for each, as high as it was long; below them the number and time of each year."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.constants import DAY_S, MINUTE_S
from sim.language import N_, _, ngettext
from sim.time import new_year_unix_s, to_datetime
from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import LEVELS, Line
from tui.drawing.time_axis import Axis
from tui.widgets.row_panel import RowPanel
from tui.widgets.table import facts_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from sim.chronicle import Spacewalk
    from tui.session.frame import Frame

FIRST_YEAR = 2021
TOP_H = 10.0
"""Upper end of the columns in hours: a little more than the longest spacewalk."""

SCALE_H = (3, 6, 9)
WITH_TEXTS = 8
"""Rows of columns from which on they have their numbers, and the former record its line."""

_SCALE = 4
_BELOW = 3
"""Rows below the columns: years, numbers, times."""


class SpacewalkYears(RowPanel):
    """Columns in the order of time; the one under the cursor is marked below."""

    station_only = True
    BORDER_TITLE = N_("over the years")
    hint = N_("← → earlier, later · Enter detail")

    _walks: Sequence[Spacewalk] = ()

    def title(self, frame: Frame) -> tuple[str, str]:
        """What the columns are."""
        return _("over the years, length of each (hours)"), self.lower_title()

    def row_keys(self) -> list[str]:
        """The numbers, in the order of time."""
        return [str(walk.number) for walk in self._walks]

    def sideways(self, step: int) -> bool:
        self.move(step)
        return True

    def cache_key(self, frame: Frame) -> Hashable:
        """The facts, the day or with one under way the minute, the cursor."""
        step_s = DAY_S if frame.status.facts.spacewalk is None else MINUTE_S
        return facts_key(frame), frame.unix_s // step_s, self.cursor, self.active

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """A column for each spacewalk that has begun, the years below."""
        begun = (walk for walk in frame.chronicle.spacewalks if walk.begins_unix_s <= frame.unix_s)
        self._walks = sorted(begun, key=lambda walk: walk.begins_unix_s)
        rows = height - _BELOW
        if rows < 2 or width <= 4 * _SCALE:
            return []
        last = to_datetime(frame.unix_s).year
        start_s = new_year_unix_s(FIRST_YEAR)
        axis = Axis(start_s, new_year_unix_s(last + 1) - start_s, width - _SCALE)
        sheet = CellGrid(width, height)
        _put_scale(sheet, frame, rows)
        tops = []
        for walk, column in zip(self._walks, columns_of(self._walks, axis), strict=True):
            marked = str(walk.number) == self.cursor
            x = column + _SCALE
            tops.append((x, _put_column(sheet, frame, walk, x, rows, marked=marked)))
            if marked:
                sheet.put(x, rows, "▲", "mark")
        if rows >= WITH_TEXTS:
            _put_numbers(sheet, self._walks, tops)
        for year in range(FIRST_YEAR, last + 1):
            of_year = [walk for walk in self._walks if to_datetime(walk.begins_unix_s).year == year]
            time = frame.chronicle.time_outside(walk for walk in of_year if walk.over_unix_s <= frame.unix_s)
            _put_year(sheet, axis.column(new_year_unix_s(year)) + _SCALE, rows, year, len(of_year), time.text)
        return sheet.lines()


def columns_of(walks: Sequence[Spacewalk], axis: Axis) -> list[int]:
    """The column of each, in order; one that has its column taken stands in the next."""
    columns: list[int] = []
    for walk in walks:
        column = axis.column(walk.begins_unix_s)
        columns.append(max(column, columns[-1] + 1) if columns else column)
    return columns


def _put_scale(sheet: CellGrid, frame: Frame, rows: int) -> None:
    """Hours at the left, and the former world record as a line across."""
    for hours in SCALE_H:
        sheet.put(0, _row_of(hours, rows), f"{hours:>2}", "dim")
    mark = frame.chronicle.world_record_before
    if rows >= WITH_TEXTS and mark is not None and mark.duration.minutes is not None:
        row = _row_of(mark.duration.minutes / 60.0, rows)
        sheet.put(_SCALE, row, "┄" * (sheet.width - _SCALE), "night")
        sheet.put(_SCALE, row, f"{mark.mission} {mark.duration.text} ", "dim")


def _row_of(hours: float, rows: int) -> int:
    """The row in which a column of so many hours ends."""
    return rows - max(math.ceil(hours / TOP_H * rows), 1)


def _put_column(sheet: CellGrid, frame: Frame, walk: Spacewalk, x: int, rows: int, *, marked: bool) -> int:
    """The column of one spacewalk, or a question mark where its length is not known; its uppermost row."""
    action = _choosing(walk)
    under_way = frame.unix_s < walk.over_unix_s
    minutes: float | None = walk.duration.minutes
    if under_way:
        minutes = (frame.unix_s - walk.begins_unix_s) / 60.0 if walk.has_exact_times else None
    if minutes is None:
        sheet.put(x, rows - 1, "?", "caution", action)
        return rows - 1
    exact = under_way or walk.duration.is_exact
    style = "mark" if marked else "good" if under_way else "bar" if exact else "bar-alt"
    eighths = max(round(minutes / 60.0 / TOP_H * rows * 8), 1)
    height = math.ceil(eighths / 8)
    for row in range(height):
        fill = LEVELS[min(eighths - 8 * row, 8)]
        sheet.put(x, rows - 1 - row, fill, style, action)
    return rows - height


def _choosing(walk: Spacewalk) -> str:
    """What a click on a column or on its number does."""
    return f"screen.choose('{walk.number}')"


def _put_numbers(sheet: CellGrid, walks: Sequence[Spacewalk], tops: Sequence[tuple[int, int]]) -> None:
    """The number of each above its column."""
    texts = [str(walk.number) for walk in walks]
    for walk, text, (x, row) in zip(walks, texts, number_cells(texts, tops, sheet.width), strict=True):
        sheet.put(x, row, text, "dim", _choosing(walk))


def number_cells(texts: Sequence[str], tops: Sequence[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """Where each number begins: as low above its column as it touches no other number and no column.

    Args:
        texts: The numbers.
        tops: Cell and uppermost row of each column; rows are counted downwards.
        width: Cells of a row.
    """
    placed: list[tuple[int, int, int]] = []
    for text, (column, top) in zip(texts, tops, strict=True):
        x, row = min(column, width - len(text)), top - 1
        end = x + len(text)
        while any(x <= other < end and row >= upper for other, upper in tops) or any(
            row == taken and x <= right and left <= end for left, right, taken in placed
        ):
            row -= 1
        placed.append((x, end, row))
    return [(left, row) for left, _end, row in placed]


def _put_year(sheet: CellGrid, x: int, row: int, year: int, count: int, time: str) -> None:
    """Year, number and time outside, where the year begins."""
    sheet.put(x, row, f"╵{year}", "dim")
    if count:
        sheet.put(x + 1, row + 1, ngettext("{count} walk", "{count} walks", count).format(count=count))
        sheet.put(x + 1, row + 2, time, "value")
