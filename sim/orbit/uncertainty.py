"""How far off the station may be: the expected error along its track, from what the answer rests on.

The tables in `seeds/uncertainty.json` were learnt from the station's own element history by leaving sets out (see
`seeds/makers/uncertainty.py`). Across the track and in height a set is good to a kilometre or two for weeks; what is
stated here is the distance along the track, and the seconds by which passes come early or late. The plane of the orbit
is known for months; how well its node is foretold is in `seeds/launch_plane.json` (`seeds/makers/launch_plane.py`).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import msgspec

from sim.constants import DAY_S
from sim.orbit.closure.gap_error import gap_error_km
from sim.orbit.closure.learnt import ErrorCurve, interpolated, learnt
from sim.seed_data import seed_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sim.orbit.propagation import Orbit, Provenance

    ErrorAt = Callable[[float], "ExpectedError"]
    """Expected error of an orbit at an instant."""

SPEED_KM_S = 7.67
"""Speed of the station: kilometres along the track per second of time."""

HALF_ORBIT_KM = 21263.0
"""Half the circumference of an orbit 390 km up: no two points of it are further apart."""

FRESH_MEDIAN_KM, FRESH_P90_KM = 0.4, 1.0
"""Along the track, a fresh set against the operator's ephemeris of the same days: -0.5 ± 0.34 km, at most 1.4 km."""

STALE_P90_KM = 200.0
"""From here on what rests on one set alone is stale: one time in ten it is wrong by more than 26 s or half a cell of
the map. That is a little over three days, because the engines may have run in them; newer elements would mend it."""

LOST_P90_KM = 2000.0
"""Between two sets nothing newer will come, and the place is known both before and after. It counts as stale where one
time in ten the station was not even over the part of the Earth that is shown: its circle of sight is 2,160 km wide."""


UNKNOWN_P90_KM = 5000.0
"""From here on the place is not known: one time in ten it is off by eleven minutes, longer than any pass lasts, and the
map would show another ocean. For one set alone that is after eight to nine days."""


STALE_NODE_DEG = 0.5
"""90 % of the node: two minutes of the time at which the plane passes over a place. Newer elements would mend it."""


class ExpectedError(msgspec.Struct, frozen=True):
    """Expected error along the track.

    Attributes:
        median_km: Half of the times the station is nearer than this; NaN, like the others, if not known.
        p90_km: Nine times in ten it is.
        position_known: Whether the place along the orbit is known at all.
        stale: Whether the elements are too old for what is shown; None if not known.
    """

    median_km: float
    p90_km: float
    position_known: bool
    stale: bool | None

    @property
    def median_s(self) -> float:
        """`median_km` as time along the track."""
        return self.median_km / SPEED_KM_S

    @property
    def p90_s(self) -> float:
        """`p90_km` as time along the track."""
        return self.p90_km / SPEED_KM_S

    @property
    def is_stated(self) -> bool:
        """Whether there is a number."""
        return math.isfinite(self.median_km)


UNSTATED = ExpectedError(math.nan, math.nan, position_known=True, stale=None)
"""For other objects than the station: their sets scatter and their air drags in ways that nobody has learnt here."""


@cache
def _alone() -> ErrorCurve:
    return ErrorCurve(learnt("alone"))


def error_of(provenance: Provenance) -> ExpectedError:
    """Expected error of an answer that rests on `provenance`; `UNSTATED` for other objects than the station.

    An operator's ephemeris is judged like a single set: its air is forecast too, and no series of them was at hand
    to learn from. For days around its start this is too careful.
    """
    if not provenance.of_station:
        return UNSTATED
    if provenance.gap is not None:
        median_km, p90_km = gap_error_km(provenance.gap)
        stale_p90_km = LOST_P90_KM
    else:
        median_km, p90_km = _alone_km(provenance)
        stale_p90_km = STALE_P90_KM
    # Sets agree with one another better than with the truth: against the operator's ephemeris a fresh one is off.
    median_km = median_km if median_km > FRESH_MEDIAN_KM else FRESH_MEDIAN_KM
    p90_km = p90_km if p90_km > FRESH_P90_KM else FRESH_P90_KM
    known = p90_km < UNKNOWN_P90_KM
    if not known:
        median_km, p90_km = min(median_km, HALF_ORBIT_KM / 2.0), min(p90_km, HALF_ORBIT_KM)
    if provenance.split_km > 0.0:  # where two sources contradict one another, either may be right
        median_km, p90_km = max(median_km, provenance.split_km), max(p90_km, provenance.split_km)
    return ExpectedError(median_km, p90_km, position_known=known, stale=p90_km > stale_p90_km)


def _alone_km(provenance: Provenance) -> tuple[float, float]:
    """Median and 90 % for one set alone, by its age."""
    median_km, p90_km = _alone().at(abs(provenance.age_days))
    factor = learnt("after_burn_factor") if provenance.after_burn else 1.0
    return median_km * factor, p90_km * factor


NODE_S = 300.0
"""Between instants so near to one another the error is a straight line, but beside a set, where each is asked for."""

SMOOTH, SAME = 1.5, 1.02
"""An error that changes by more than the first from one node to the next is asked for at each instant too; one that
changes by less than the second is taken as it is."""


def errors_along(orbit: Orbit, times: Sequence[float]) -> Iterator[ExpectedError]:
    """Expected errors at one or more instants, in order, to 3 %: few are looked up where they change slowly.

    Beside a set each one is.
    """
    if len(times) < 3 or times[-1] - times[0] > NODE_S * (len(times) - 1):
        yield from (expected_error(orbit, unix_s) for unix_s in times)
        return
    at, count = 0, len(times)
    start = orbit.provenance(times[0])
    start_error = error_of(start)
    while at < count - 1:
        stop = max(min(bisect_right(times, times[at] + NODE_S) - 1, count - 1), at + 1)
        end = orbit.provenance(times[stop])
        end_error = error_of(end)
        yield start_error
        if _near_set(start, end) or not _within(SMOOTH, start_error, end_error):
            yield from (expected_error(orbit, unix_s) for unix_s in times[at + 1 : stop])
        elif _within(SAME, start_error, end_error):
            yield from repeat(start_error, stop - at - 1)
        else:
            begin_s, span_s = times[at], times[stop] - times[at]
            yield from (
                _between_errors(start_error, end_error, (unix_s - begin_s) / span_s) for unix_s in times[at + 1 : stop]
            )
        at, start, start_error = stop, end, end_error
    yield start_error


def _near_set(start: Provenance, end: Provenance) -> bool:
    """Whether the error may bend between two nodes: beside a set, or where another set or gap takes over."""
    if start.epoch_unix_s != end.epoch_unix_s or start.basis != end.basis or start.sets_unix_s != end.sets_unix_s:
        return True
    return min(abs(start.age_days), abs(end.age_days)) < NODE_S / DAY_S


def _within(factor: float, start: ExpectedError, end: ExpectedError) -> bool:
    """Whether two errors differ by less than a factor, and say the same of place and age; not stated ones do not."""
    if (start.position_known, start.stale) != (end.position_known, end.stale):
        return False
    if not start.is_stated:
        return not end.is_stated
    return all(
        a <= factor * b and b <= factor * a for a, b in ((start.median_km, end.median_km), (start.p90_km, end.p90_km))
    )


def _between_errors(start: ExpectedError, end: ExpectedError, share: float) -> ExpectedError:
    return ExpectedError(
        start.median_km + share * (end.median_km - start.median_km),
        start.p90_km + share * (end.p90_km - start.p90_km),
        position_known=start.position_known,
        stale=start.stale,
    )


def expected_error(orbit: Orbit, unix_s: float) -> ExpectedError:
    """Expected error of what an orbit answers for an instant."""
    return error_of(orbit.provenance(unix_s))


class PlaneError(msgspec.Struct, frozen=True):
    """Expected error of the node; NaN if not known.

    Attributes:
        median_deg: Half of the times it is nearer than this.
        p90_deg: Nine times in ten it is.
        stale: Whether newer elements would reduce it; None if not known.
    """

    median_deg: float
    p90_deg: float
    stale: bool | None

    @property
    def is_known(self) -> bool:
        """Whether there is a number."""
        return math.isfinite(self.p90_deg)


@cache
def launch_plane() -> dict[str, Any]:
    """What was learnt of the plane and of the launches into it."""
    found: dict[str, Any] = seed_json("launch_plane.json")
    return found


def plane_error(orbit: Orbit, unix_s: float) -> PlaneError:
    """How far off the node is expected to be: by the time from the nearest set, which between two sets is a bound."""
    provenance = orbit.provenance(unix_s)
    table = launch_plane()["node"]
    days = abs(provenance.age_days)
    if not provenance.of_station:
        return PlaneError(math.nan, math.nan, None)
    if days > table["days"][-1]:
        return PlaneError(math.nan, math.nan, stale=True)
    median_deg, p90_deg = (interpolated(table["days"], table[name], days) for name in ("median_deg", "p90_deg"))
    return PlaneError(median_deg, p90_deg, p90_deg > STALE_NODE_DEG)
