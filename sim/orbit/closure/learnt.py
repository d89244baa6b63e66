"""What was learnt of errors by leaving element sets out: the tables of `seeds/uncertainty.json`, read between nodes."""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sim.seed_data import seed_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ROWS = 1024
"""Lengths of gap whose rows of a table are kept: all gaps of a history have their own, a list asks for few."""

NEAREST = 1e-9
"""Nearer to nothing than this has no logarithm."""


@cache
def learnt(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape
    """One table of the seed, by its name there."""
    return seed_json("uncertainty.json")[name]


def segment(nodes: Sequence[float], x: float) -> tuple[int, float]:
    """Index of the node before, and the part of the way to the next: 0 before the first node, 1 after the last.

    Args:
        nodes: Two or more, growing.
        x: Where.
    """
    if x <= nodes[0]:
        return 0, 0.0
    left = bisect_right(nodes, x) - 1
    last = len(nodes) - 2
    return (left, (x - nodes[left]) / (nodes[left + 1] - nodes[left])) if left <= last else (last, 1.0)


def interpolated(nodes: Sequence[float], values: Sequence[float], x: float) -> float:
    """The value at a place, straight between the nodes; the outermost values hold beyond (`numpy.interp`)."""
    if len(nodes) == 1:
        return values[0]
    left, part = segment(nodes, x)
    return values[left] + part * (values[left + 1] - values[left])


class ErrorCurve:
    """Median and 90 % of the error over a time, straight lines in the logarithms.

    Args:
        table: `days`, the nodes, with `median_km` and `p90_km`.
        power_before: Of the time with which the error grows up to the first node; with 0 it is there what it is at it.
        power_after: The same beyond the last node; None goes on with the slope of the last piece.
    """

    def __init__(
        self, table: Mapping[str, Sequence[float]], *, power_before: float = 0.0, power_after: float | None = None
    ) -> None:
        self._first_days, self._last_days = table["days"][0], table["days"][-1]
        self._power_before, self._power_after = power_before, power_after
        self._days = [math.log(days) for days in table["days"]]
        self._columns = [[math.log(km) for km in table[name]] for name in ("median_km", "p90_km")]

    def at(self, days: float) -> tuple[float, float]:
        """(median, p90) in km."""
        logarithm = math.log(days if days > NEAREST else NEAREST)
        left, part = segment(self._days, logarithm)
        beyond = 1.0
        if days < self._first_days:
            beyond = (days / self._first_days) ** self._power_before
        elif days > self._last_days and self._power_after is not None:
            beyond = (days / self._last_days) ** self._power_after
        elif days > self._last_days:
            part = (logarithm - self._days[left]) / (self._days[left + 1] - self._days[left])
        median, p90 = _of_logarithms(self._columns, left, part)
        return beyond * median, beyond * p90


class ErrorTable:
    """Median and 90 % of the error over length of gap and place in it, straight lines in the logarithms.

    Args:
        table: `days` and `place`, the nodes, with the grids `median` and `p90`.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._days = [math.log(days) for days in table["days"]]
        self._places = [math.log(place) for place in table["place"]]
        self._grids = [[[math.log(value) for value in row] for row in table[name]] for name in ("median", "p90")]
        self._rows = lru_cache(maxsize=MOST_ROWS)(self._rows_of)

    def at(self, gap_days: float, place: float) -> tuple[float, float]:
        """(median, p90): beyond the outermost nodes their values hold, but at the sets themselves it is nothing."""
        logarithm = math.log(place if place > NEAREST else NEAREST)
        column, along = segment(self._places, logarithm)
        first = self._places[0]
        return _of_logarithms(self._rows(gap_days), column, along, logarithm - first if logarithm < first else 0.0)

    def _rows_of(self, gap_days: float) -> list[list[float]]:
        """The rows of a length of gap, one for each quantile: straight lines between those of the nodes."""
        row, down = segment(self._days, math.log(gap_days))
        return [
            [upper + down * (lower - upper) for upper, lower in zip(grid[row], grid[row + 1], strict=True)]
            for grid in self._grids
        ]


def _of_logarithms(
    columns: Sequence[Sequence[float]], left: int, part: float, more: float = 0.0
) -> tuple[float, float]:
    """Both quantiles a part of the way from a node to the next, of their logarithms and one to add."""
    median, p90 = columns
    return (
        math.exp(more + (median[left] + part * (median[left + 1] - median[left]))),
        math.exp(more + (p90[left] + part * (p90[left + 1] - p90[left]))),
    )
