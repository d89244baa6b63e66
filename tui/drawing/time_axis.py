"""A time axis: a span of time over columns, columns of instants, and ticks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import msgspec

from sim.constants import DAY_S, HOUR_S
from sim.language import dates, text_cache
from sim.time import to_datetime
from tui.drawing.styled_text import width

SPANS_DAYS = (2100.0, 1460.0, 730.0, 365.0, 180.0, 90.0, 30.0, 10.0, 3.0, 1.0)
"""Visible spans from widest to narrowest; the first stands for everything."""


class Axis(msgspec.Struct, frozen=True, gc=False):
    """A span of time over a number of columns.

    Attributes:
        start_s: Left edge, UTC seconds since 1970.
        span_s: Length, s.
        columns: Width in cells.
    """

    start_s: float
    span_s: float
    columns: int

    def half_cell(self, unix_s: float) -> float:
        """Position of an instant in half cells from the left edge."""
        return (unix_s - self.start_s) / self.span_s * self.columns * 2

    def column(self, unix_s: float) -> int:
        """Column of an instant; negative or beyond the last column outside the span."""
        return int((unix_s - self.start_s) // (self.span_s / self.columns))

    def instant(self, column: int) -> float:
        """Instant in the middle of a column, UTC seconds since 1970."""
        return self.start_s + (column + 0.5) * self.span_s / self.columns

    @text_cache(maxsize=8)  # called for every row of a picture; axes are small
    def ticks(self) -> tuple[tuple[int, str], ...]:
        """Columns and labels of the finest ticks whose labels stay at least two cells apart."""
        for make in _TICKS:
            marks = [(self.column(unix_s), label) for unix_s, label in make(self.start_s, self.start_s + self.span_s)]
            gaps = (after[0] - before[0] - width(before[1]) for before, after in pairwise(marks))
            if len(marks) <= self.columns and all(gap >= 2 for gap in gaps):
                break
        return tuple(marks)


def _steps(step_s: float, start_s: float, end_s: float) -> Iterator[tuple[float, str]]:
    """Ticks at multiples of a step (s)."""
    if (end_s - start_s) / step_s > 400:
        # Far too many to fit: two labels that overlap make `ticks` go on to the next step.
        yield from ((start_s, "        "), (start_s, "        "))
        return
    unix_s = -(-start_s // step_s) * step_s
    while unix_s < end_s:
        moment = to_datetime(unix_s)
        yield unix_s, f"{moment:%H:%M}" if unix_s % DAY_S else dates.day_of_year(moment).removeprefix("0")
        unix_s += step_s


def _months(count: int, start_s: float, end_s: float) -> Iterator[tuple[float, str]]:
    """Ticks at every so many calendar months; January is labelled with the year."""
    month = datetime(to_datetime(start_s).year, 1, 1, tzinfo=UTC)
    while (unix_s := month.timestamp()) < end_s:
        if unix_s >= start_s:
            yield unix_s, f"{month.year}" if month.month == 1 else dates.month_name(month.month)
        for _ in range(count):
            month = (month + timedelta(days=32)).replace(day=1)


_TICKS = (
    *(partial(_steps, HOUR_S * hours) for hours in (1, 3, 6, 12)),
    *(partial(_steps, DAY_S * days) for days in (1, 2, 5, 10)),
    *(partial(_months, months) for months in (1, 3, 6, 12)),
)
"""Ticks from the finest to the widest."""
