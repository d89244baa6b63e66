"""How far off a place between two element sets may be: learnt by leaving sets out (`seeds/makers/gap_errors.py`).

The error along the track is nothing at both sets and largest in the middle of a quiet gap, or at a burn. It is
tabulated by what happened in the gap, by the length of the gap and by the place in it:

- `quiet` and `doubtful` gaps in kilometres;
- `burn` and `campaign` as parts of the lever: the largest error there can be if what was taken for one burn was
  several, all in one direction, with the same mean date;
- `open` gaps as parts of the split: the distance of the two sets from one another, if nothing had happened. Learnt from
  64 gaps of 20 months; in months left out 44 % are within the median and 89 % within the 90 %, all lengths together;
- `launch` gaps in kilometres, from a set (0) to the launch next to it (1); `launches` between two launches.

In the days beside a set the engines may have run, but seldom did, and hours are too short for much to come of it: a
second table has the error by the time from the nearest set, and the smaller of both counts. So it is beside a launch.
Where the phase says that they did run, at a time that is not known, the way that came of it counts with the second.

Two sets that contradict each other are no better than their contradiction, anywhere between them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from sim.orbit.closure.interpolation import inside
from sim.orbit.closure.learnt import ErrorCurve, ErrorTable, learnt
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.orbit.closure.close import Closure

ErrorKind = Literal["quiet", "doubtful", "burn", "campaign", "open", "launch", "launches"]
"""What happened in a gap; `launches` between two launches."""

DRAG_KM_DAY2 = 0.1
"""Beside the lever of a burn: what unknown drag makes, kilometres for one square day of the gap."""

SMALLEST_KM = 0.03

NEAR_GAP_DAYS = 6.0
"""In shorter gaps there is nothing but the days beside a set, and the first table has them."""

AT_LAUNCH = "at launch"
"""Name of the table of errors by the time from a launch."""

AT_LAUNCH_DAYS = 0.4
"""Nearer to a launch the place is not better known."""

STEEP = 6
"""Power of the time beyond the last node: further away the first table has more to say."""

LEAST_PLACE = 0.05
"""At a launch the place is not known better than launches tell: no place between two of them is nearer than this."""

LAUNCH_SIDE = 4.0
"""In an `open` gap the error falls to that of the launch over the last quarter before it."""


class GapPlace(Struct, frozen=True):
    """An instant in a gap, as the error is looked up for it.

    Attributes:
        kind: What happened in the gap.
        gap_days: Its length.
        place: 0 at either set, 1 in the middle of the gap or at its burn.
        scale_km: What the table's numbers are parts of.
        split_km: By how much the two sets contradict each other.
        set_days: Time to the nearer set.
        launch_days: Time to the nearest launch that says where the station was; infinite without.
        least: A place than which this one is not better known.
        moved_km: By how much the burns of an `open` gap between the nearer set and the instant have moved the station:
            when they were is not known, so the place is known no better, however near the set.
    """

    kind: ErrorKind
    gap_days: float
    place: float
    scale_km: float
    split_km: float
    set_days: float
    launch_days: float = math.inf
    least: GapPlace | None = None
    moved_km: float = 0.0


class GapPlaces:
    """The instants of one gap, as their errors are looked up."""

    __slots__ = ("_burn_days", "_closure", "_days", "_scale_km")

    def __init__(self, closure: Closure, gap_days: float) -> None:
        self._closure, self._days = closure, gap_days
        self._burn_days = gap_days / 2.0
        self._scale_km = closure.split_km if closure.kind == "open" else 1.0
        if closure.kind in {"burn", "campaign"}:
            self._burn_days = at_days = inside(closure.at_days, gap_days)
            lever_km = abs(closure.size_rev_day) * at_days * (gap_days - at_days) / gap_days * KM_A_REVOLUTION
            self._scale_km = lever_km + DRAG_KM_DAY2 * gap_days**2

    def at(self, days: float) -> GapPlace:
        """Where an instant lies, days after the first set."""
        closure, gap_days, after_days = self._closure, self._days, self._days - days
        if closure.launches_days:
            return _place_beside_launches(closure, gap_days, days)
        kind = closure.kind
        if kind in {"burn", "campaign"}:
            at_days = self._burn_days
            place = days / at_days if days < at_days else after_days / (gap_days - at_days)
        else:
            place = 1.0 - abs(2.0 * days / gap_days - 1.0)
        set_days = days if days < after_days else after_days
        return GapPlace(kind, gap_days, place, self._scale_km, 0.0 if kind == "open" else closure.split_km, set_days)


def _place_beside_launches(closure: Closure, gap_days: float, days: float) -> GapPlace:
    """Between a set and a launch, or between two launches."""
    ends = (0.0, *closure.launches_days, gap_days)
    left = min(max(bisect_right(ends, days) - 1, 0), len(ends) - 2)
    start_days, end_days = ends[left : left + 2]
    part_days = end_days - start_days
    set_days = days if left == 0 else gap_days - days
    if 0 < left < len(ends) - 2:
        place = 1.0 - abs(2.0 * (days - start_days) / part_days - 1.0)
        launch_days = min(days - start_days, end_days - days)
        return GapPlace("launches", part_days, max(place, LEAST_PLACE), 1.0, 0.0, set_days, launch_days)
    beside = GapPlace("launch", part_days, set_days / part_days, 1.0, 0.0, set_days, part_days - set_days)
    if closure.kind != "open" or not any(start_days <= step.days <= end_days for step in closure.steps):
        return beside
    launch_share = 1.0 - set_days / part_days
    return GapPlace(
        kind="open",
        gap_days=part_days,
        place=1.0 - abs(1.0 - 2.0 * launch_share),
        scale_km=closure.split_km * min(LAUNCH_SIDE * launch_share, 1.0),
        split_km=0.0,
        set_days=set_days,
        least=beside,
        moved_km=_moved_km(closure, days, from_first=left == 0),
    )


def _moved_km(closure: Closure, days: float, *, from_first: bool) -> float:
    """Distance between where the station is and where a set alone puts it, as the burns in between have it."""
    sides = (days - step.days if from_first else step.days - days for step in closure.steps)
    turns = sum(step.size_rev_day * max(side, 0.0) for step, side in zip(closure.steps, sides, strict=True))
    return abs(turns) * KM_A_REVOLUTION


class Tables(Struct, frozen=True):
    """What is learnt about gaps, by kind."""

    gaps: Mapping[str, ErrorTable]
    near: Mapping[str, ErrorCurve]

    @classmethod
    def of(cls, gaps: Mapping[str, Any], near: Mapping[str, Any]) -> Tables:
        """From the tables of `seeds/uncertainty.json`."""
        return cls(
            gaps={kind: ErrorTable(table) for kind, table in gaps.items()},
            near={kind: ErrorCurve(table, power_before=1.0, power_after=STEEP) for kind, table in near.items()},
        )


@cache
def embedded_tables() -> Tables:
    """The tables of the program."""
    return Tables.of(learnt("gaps"), learnt("near"))


def gap_error_km(place: GapPlace, tables: Tables | None = None) -> tuple[float, float]:
    """Median and 90 % of the error along the track at a place in a gap, km."""
    if tables is None:
        tables = embedded_tables()
    median, p90 = tables.gaps[place.kind].at(place.gap_days, place.place)
    error_km = _worse((median * place.scale_km, p90 * place.scale_km), (SMALLEST_KM, SMALLEST_KM))
    if place.least is not None:
        error_km = _worse(error_km, gap_error_km(place.least, tables))
    if place.gap_days > NEAR_GAP_DAYS:
        error_km = _better(error_km, _near_km(place, tables))
    return _worse(error_km, (place.split_km / 2.0, place.split_km)) if place.split_km > 0.0 else error_km


def _near_km(place: GapPlace, tables: Tables) -> tuple[float, float]:
    """Median and 90 % by the time from the nearest set and launch alone; infinite where neither tells."""
    error_km = (math.inf, math.inf)
    if place.kind in tables.near:
        error_km = tables.near[place.kind].at(place.set_days)
        if place.moved_km > 0.0:
            error_km = _worse(error_km, (place.moved_km / 2.0, place.moved_km))
    if place.launch_days < math.inf and AT_LAUNCH in tables.near:
        launch_days = place.launch_days if place.launch_days > AT_LAUNCH_DAYS else AT_LAUNCH_DAYS
        error_km = _better(error_km, tables.near[AT_LAUNCH].at(launch_days))
    return error_km


def _worse(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The larger median and the larger 90 % (a list asks a hundred times: `max` takes three times as long)."""
    return one[0] if one[0] > other[0] else other[0], one[1] if one[1] > other[1] else other[1]


def _better(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The smaller median and the smaller 90 %."""
    return one[0] if one[0] < other[0] else other[0], one[1] if one[1] < other[1] else other[1]
