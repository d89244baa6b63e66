"""Prepare the gaps of the element history, so that nothing is found out when the program starts.

Which sets carry the history, what happened in every gap between two of them (`sim.orbit.closure.close`), and the burns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seeds.makers.launch_gaps import Site, close_by_launches
from sim.constants import DAY_S
from sim.orbit.closure.close import Closure, close_gap, closed
from sim.orbit.closure.gap import Gap
from sim.orbit.closure.interpolation import curve_between, mean_at
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION, carries, mean_orbit, turns_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.closure.mean_orbit import MeanOrbit
    from sim.orbit.elements import ElementSet

LONGEST_TEST_DAYS = 5.0
AGREEING_KM, CONTRADICTING_KM, CONTRADICTING_REV_DAY = 3.0, 5.0, 0.0008
LARGEST_QUIET_REV_DAY = 0.0015


def carrying(sets: Sequence[ElementSet]) -> list[int]:
    """Indices of the sets that carry the history.

    Left out are those whose fit spans a burn (negative B*), and those that two neighbours contradict which agree
    with one another: by 5 km of the place, or 0.25 km of the altitude.
    """
    used = [index for index, elements in enumerate(sets) if carries(elements)]
    points = {index: mean_orbit(sets[index]) for index in used}
    wrong = {
        here
        for before, here, after in zip(used, used[1:], used[2:], strict=False)
        if _contradicted(points[before], points[here], points[after])
    }
    return [index for index in used if index not in wrong]


def _contradicted(before: MeanOrbit, here: MeanOrbit, after: MeanOrbit) -> bool:
    days = (after.unix_s - before.unix_s) / DAY_S
    if days > LONGEST_TEST_DAYS:
        return False
    quiet = abs(after.rate_rev_day - before.rate_rev_day) < LARGEST_QUIET_REV_DAY * max(1.0, days)
    agree_km = abs(turns_between(before, after) - (before.rate_rev_day + after.rate_rev_day) / 2.0 * days)
    if not quiet or agree_km * KM_A_REVOLUTION > AGREEING_KM:
        return False
    off_km, off_rev_day = _off(before, here, after)
    return off_km > CONTRADICTING_KM or off_rev_day > CONTRADICTING_REV_DAY


def _off(before: MeanOrbit, here: MeanOrbit, after: MeanOrbit, closure: Closure | None = None) -> tuple[float, float]:
    """How far a point is off the curve between two others: km along the track, and rate in rev/day."""
    curve = curve_between(before, after, closure.steps if closure else ())
    mean = mean_at(curve, (here.unix_s - before.unix_s) / DAY_S)
    return abs(turns_between(before, here) - mean.turns) * KM_A_REVOLUTION, abs(here.rate_rev_day - mean.rate)


def closures(sets: Sequence[ElementSet], used: Sequence[int], launches_unix_s: Sequence[float]) -> list[Closure]:
    """What happened in each gap between two sets that carry the history."""
    points = [mean_orbit(sets[index]) for index in used]
    site = Site.of(points)
    found = []
    for number in range(len(used) - 1):
        closure = close_by_launches(site, points, number, number + 1)
        if closure is None:
            closure = close_gap(points, number, number + 1, launches_unix_s)
        if closure.kind == "quiet":
            split_km = _split_km(sets, points, used, number)
            if split_km > closure.split_km:
                quiet = closed(points[number], points[number + 1], split_km)
                closure = Closure(
                    "quiet", (), closure.size_rev_day, closure.at_days, quiet.split_km, closure.decay_rev_day2
                )
        found.append(closure)
    return found


def _split_km(sets: Sequence[ElementSet], points: Sequence[MeanOrbit], used: Sequence[int], number: int) -> float:
    """By how much the sets that were left out of a gap contradict it."""
    between = range(used[number] + 1, used[number + 1])
    off_km = (_off(points[number], mean_orbit(sets[index]), points[number + 1])[0] for index in between)
    return max(off_km, default=0.0)


def rows(sets: Sequence[ElementSet], used: Sequence[int], found: Sequence[Closure]) -> list[list[Any]]:
    """Rows of the gaps that are not simply quiet."""
    points = [mean_orbit(sets[index]) for index in used]
    return [
        closure.to_row(number)
        for number, closure in enumerate(found)
        if closure.kind != "quiet"
        or closure.split_km > closed(points[number], points[number + 1]).split_km
        or closure.split_km > 0.0
    ]


def gaps(sets: Sequence[ElementSet], used: Sequence[int], found: Sequence[Closure]) -> list[Gap]:
    """The gaps themselves."""
    made = []
    for number, closure in enumerate(found):
        before, after = sets[used[number]], sets[used[number + 1]]
        made.append(Gap(before, after, (mean_orbit(before), mean_orbit(after)), closure))
    return made
