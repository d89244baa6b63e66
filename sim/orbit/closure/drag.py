"""Growth of the phase rate by drag beside a gap: what the sets say, and how they follow one another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import fsum
from operator import attrgetter
from typing import TYPE_CHECKING

from sim.constants import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.closure.mean_orbit import MeanOrbit

USUAL_DECAY_REV_DAY2 = 0.0004
"""Where no set says it: the median of the station's sets, 0.11 km a day."""

NARROWEST_DAYS, WIDEST_DAYS = 6.0, 30.0
FEWEST_POINTS, SHORTEST_FIT_DAYS = 3, 2.5
QUIET_SHARE, NEIGHBOUR_SHARE = 0.4, 0.5
SMALLEST_STEP_REV_DAY = 0.0012
"""0.35 km of mean altitude: smaller steps drown in the noise of two rates and in the weather of the upper air."""

_EPOCH = attrgetter("unix_s")


def is_quiet(step_rev_day: float, decay_rev_day2: float, days: float, share: float = QUIET_SHARE) -> bool:
    """Whether drag alone explains what the rate did, within what drag may change."""
    step = abs(step_rev_day)
    return step < SMALLEST_STEP_REV_DAY or step < share * abs(decay_rev_day2) * days


def reach_s(gap_days: float) -> float:
    """How far beside a gap points count for its decay."""
    return min(max(gap_days, NARROWEST_DAYS), WIDEST_DAYS) * DAY_S


def beside(points: Sequence[MeanOrbit], first: int, last: int) -> tuple[Sequence[MeanOrbit], Sequence[MeanOrbit]]:
    """The points that count for the decay before point `first` and after point `last`, each from the gap outwards."""
    start_unix_s, end_unix_s = points[first].unix_s, points[last].unix_s
    beyond_s = reach_s((end_unix_s - start_unix_s) / DAY_S)
    begin = bisect_left(points, start_unix_s - beyond_s, hi=first, key=_EPOCH)
    end = bisect_right(points, end_unix_s + beyond_s, lo=last, key=_EPOCH)
    return points[begin : first + 1][::-1], points[last:end]


def decays_beside(early: Sequence[MeanOrbit], late: Sequence[MeanOrbit]) -> tuple[float, float]:
    """Decay before a gap and after it, from points outside of it only, rev/day^2.

    Half from the sets' own values, half from the slope of their rates over a stretch without burns: as long as the
    gap, from 6 to 30 days.

    Points are given from the gap outwards, those at its ends included.
    """
    before, after = _decay(early), _decay(late)
    known = before if before is not None else after
    if known is None:
        return USUAL_DECAY_REV_DAY2, USUAL_DECAY_REV_DAY2
    return before if before is not None else known, after if after is not None else known


def _decay(outwards: Sequence[MeanOrbit]) -> float | None:
    """From points in the order in which they lie further from the gap."""
    own = sorted([point.decay_rev_day2 for point in outwards if point.decay_rev_day2 is not None])
    printed = (own[(len(own) - 1) // 2] + own[len(own) // 2]) / 2.0 if own else None  # `statistics` loads slowly
    slope = _slope(*_without_burns(outwards, printed or USUAL_DECAY_REV_DAY2))
    if slope is None or slope <= 0.0:
        return printed
    return slope if printed is None else (slope + printed) / 2.0


def _without_burns(outwards: Sequence[MeanOrbit], decay_rev_day2: float) -> tuple[list[float], list[float]]:
    """Days from the first point, and rates, of the points up to the first step that drag does not explain."""
    days, rates = [], []
    start_unix_s = near_unix_s = outwards[0].unix_s
    near_rate = outwards[0].rate_rev_day
    for point in outwards:
        unix_s, rate = point.unix_s, point.rate_rev_day
        between = (unix_s - near_unix_s) / DAY_S
        step = rate - near_rate - decay_rev_day2 * between
        # The smallest steps, nearly all, are spared the call.
        if abs(step) >= SMALLEST_STEP_REV_DAY and not is_quiet(step, decay_rev_day2, between, NEIGHBOUR_SHARE):
            break
        days.append((unix_s - start_unix_s) / DAY_S)
        rates.append(rate)
        near_unix_s, near_rate = unix_s, rate
    return days, rates


def _slope(days: Sequence[float], rates: Sequence[float]) -> float | None:
    """Growth of the rate by the straight line of least squares; None where there are too few points for one."""
    count = len(days)
    if count < FEWEST_POINTS or abs(days[-1]) < SHORTEST_FIT_DAYS:
        return None
    middle_days, middle_rate = fsum(days) / count, fsum(rates) / count
    spread = common = 0.0
    for day, rate in zip(days, rates, strict=True):
        off_days = day - middle_days
        spread += off_days * off_days
        common += off_days * (rate - middle_rate)
    return common / spread
