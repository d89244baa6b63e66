"""How far off a place between two element sets may be: learnt by leaving sets out (`seeds/makers/gap_errors.py`).

The error along the track is nothing at both sets and largest in the middle of a quiet gap, or at a burn. It is
tabulated by what happened in the gap, by the length of the gap and by the place in it:

- `quiet` and `doubtful` gaps in kilometres;
- `burn` and `campaign` as parts of the lever: the largest error there can be if what was taken for one burn was
  several, all in one direction, with the same mean date;
- `open` gaps as parts of the split: the distance of the two sets from one another, if nothing had happened.

Two sets that contradict each other are no better than their contradiction, anywhere between them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sim.orbit.closure.interpolation import inside
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.orbit.closure.close import Closure, GapKind

DRAG_KM_DAY2 = 0.1
"""Beside the lever of a burn: what unknown drag makes, kilometres for one square day of the gap."""

SMALLEST_KM = 0.03


class GapPlace(Struct, frozen=True):
    """An instant in a gap, as the error is looked up for it.

    Attributes:
        kind: What happened in the gap.
        gap_days: Its length.
        place: 0 at either set, 1 in the middle of the gap or at its burn.
        scale_km: What the table's numbers are parts of.
        split_km: By how much the two sets contradict each other.
    """

    kind: GapKind
    gap_days: float
    place: float
    scale_km: float
    split_km: float


def gap_place(closure: Closure, gap_days: float, days: float) -> GapPlace:
    """Where an instant lies in a gap.

    Args:
        closure: What happened in it.
        gap_days: Its length.
        days: The instant, days after the first set.
    """
    kind, split_km = closure.kind, closure.split_km
    if kind in {"burn", "campaign"}:
        at_days = inside(closure.at_days, gap_days)
        place = days / at_days if days < at_days else (gap_days - days) / (gap_days - at_days)
        lever_km = abs(closure.size_rev_day) * at_days * (gap_days - at_days) / gap_days * KM_A_REVOLUTION
        return GapPlace(kind, gap_days, place, lever_km + DRAG_KM_DAY2 * gap_days**2, split_km)
    place = 1.0 - abs(2.0 * days / gap_days - 1.0)
    if kind == "open":
        return GapPlace(kind, gap_days, place, split_km, 0.0)
    return GapPlace(kind, gap_days, place, 1.0, split_km)


class ErrorTable:
    """Quantiles of the error over length of gap and place in it, straight lines in the logarithms.

    Args:
        table: `days` and `place`, the nodes, and a grid of quantiles for each name in `columns`.
        columns: Which quantiles.
    """

    def __init__(self, table: Mapping[str, Any], columns: Sequence[str] = ("median", "p90")) -> None:
        self._days = [math.log(days) for days in table["days"]]
        self._places = [math.log(place) for place in table["place"]]
        self._grids = [[[math.log(value) for value in row] for row in table[name]] for name in columns]
        self._rows = lru_cache(maxsize=64)(self._rows_of_length)

    def at(self, gap_days: float, place: float) -> tuple[float, float]:
        """(median, p90): beyond the outermost nodes their values hold, but at the sets themselves it is nothing."""
        logarithm = math.log(place if place > 1e-9 else 1e-9)
        column, along = _between(self._places, logarithm)
        near = min(logarithm - self._places[0], 0.0)
        low, high = self._rows(gap_days)
        return (
            math.exp(near + low[column] + along * (low[column + 1] - low[column])),
            math.exp(near + high[column] + along * (high[column + 1] - high[column])),
        )

    def _rows_of_length(self, gap_days: float) -> list[list[float]]:
        """Logarithms of the quantiles by place, for one length of gap: kept, as instants in one gap follow another."""
        row, down = _between(self._days, math.log(gap_days))
        return [
            [upper + down * (lower - upper) for upper, lower in zip(grid[row], grid[row + 1], strict=True)]
            for grid in self._grids
        ]


def _between(nodes: Sequence[float], x: float) -> tuple[int, float]:
    """Index of the node before, and the part of the way to the next."""
    if x <= nodes[0]:
        return 0, 0.0
    left = bisect_right(nodes, x) - 1
    last = len(nodes) - 2
    return (left, (x - nodes[left]) / (nodes[left + 1] - nodes[left])) if left <= last else (last, 1.0)


@cache
def embedded_tables() -> dict[str, ErrorTable]:
    """The tables of the program, by kind of gap."""
    from sim.seed_data import seed_json

    return {kind: ErrorTable(table) for kind, table in seed_json("uncertainty.json")["gaps"].items()}


def gap_error_km(place: GapPlace, tables: Mapping[str, ErrorTable] | None = None) -> tuple[float, float]:
    """Median and 90 % of the error along the track at a place in a gap, km.

    Args:
        place: Where.
        tables: By kind; those of the program if not given.
    """
    if tables is None:
        tables = embedded_tables()
    median, p90 = tables[place.kind].at(place.gap_days, place.place)
    scale_km, split_km = place.scale_km, place.split_km
    return max(median * scale_km, SMALLEST_KM, split_km / 2.0), max(p90 * scale_km, SMALLEST_KM, split_km)
