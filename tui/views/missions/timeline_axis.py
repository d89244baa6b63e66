"""The time axis of the timeline: which stretch is in sight, where an instant lies, and where its ticks are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import msgspec

from sim.constants import DAY_S
from sim.time import to_datetime

SPANS_DAYS = (2100.0, 1460.0, 730.0, 365.0, 180.0, 90.0, 30.0, 10.0, 3.0, 1.0)
"""How much of time is in sight, from far to near; the first shows all."""


class Axis(msgspec.Struct, frozen=True, gc=False):
    """A stretch of time on so many columns.

    Attributes:
        start_s: Left edge, UTC seconds since 1970.
        span_s: From edge to edge.
        columns: Cells.
    """

    start_s: float
    span_s: float
    columns: int

    def half_cell(self, unix_s: float) -> float:
        """Where an instant lies, in half cells from the left edge."""
        return (unix_s - self.start_s) / self.span_s * self.columns * 2

    def column(self, unix_s: float) -> int:
        """The cell an instant lies in; outside the columns where it is out of sight."""
        return int((unix_s - self.start_s) // (self.span_s / self.columns))

    def instant(self, column: int) -> float:
        """The middle of a cell."""
        return self.start_s + (column + 0.5) * self.span_s / self.columns

    @lru_cache(maxsize=8)  # noqa: B019 - every row of a picture asks the same axis, which is small
    def ticks(self) -> tuple[tuple[int, str], ...]:
        """Columns and labels, as close as they are still apart."""
        for make in (_hours(1), _hours(3), _hours(6), _hours(12), _days(1), _days(2), _days(5), _days(10),
                     _months(1), _months(3), _months(6), _months(12)):  # fmt: skip
            marks = [(self.column(unix_s), label) for unix_s, label in make(self.start_s, self.start_s + self.span_s)]
            gaps = (after[0] - before[0] - len(before[1]) for before, after in pairwise(marks))
            if len(marks) <= self.columns and all(gap >= 2 for gap in gaps):
                break
        return tuple(marks)


class _Stepper:
    """Makes the ticks of one size in a stretch of time."""

    def __init__(self, step_s: float) -> None:
        self.step_s = step_s

    def __call__(self, start_s: float, end_s: float) -> Iterator[tuple[float, str]]:
        if (end_s - start_s) / self.step_s > 400:
            # Too many to be told apart: a run that can never fit ends the search quickly.
            yield from ((start_s, "        "), (start_s, "        "))
            return
        unix_s = -(-start_s // self.step_s) * self.step_s
        while unix_s < end_s:
            moment = to_datetime(unix_s)
            yield unix_s, f"{moment:%H:%M}" if unix_s % DAY_S else f"{moment.day} {moment:%b}"
            unix_s += self.step_s


def _hours(count: int) -> _Stepper:
    return _Stepper(3600.0 * count)


def _days(count: int) -> _Stepper:
    return _Stepper(DAY_S * count)


class _Months:
    """The same for calendar months: January carries the year."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __call__(self, start_s: float, end_s: float) -> Iterator[tuple[float, str]]:
        moment = to_datetime(start_s)
        month = datetime(moment.year, 1, 1, tzinfo=UTC)
        while (unix_s := month.timestamp()) < end_s:
            if unix_s >= start_s:
                yield unix_s, f"{month.year}" if month.month == 1 else f"{month:%b}"
            for _ in range(self.count):
                month = (month + timedelta(days=32)).replace(day=1)


def _months(count: int) -> _Months:
    return _Months(count)
