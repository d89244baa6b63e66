"""Growth of the phase rate by drag beside a gap: what the sets say, and how they follow one another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sim.constants import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.closure.mean_orbit import MeanOrbit

USUAL_DECAY_REV_DAY2 = 0.0004
"""Where no set says it: the median of the station's sets, 0.11 km a day."""

NARROWEST_DAYS, WIDEST_DAYS = 6.0, 30.0
FEWEST_POINTS, SHORTEST_FIT_DAYS = 3, 2.5
QUIET_SHARE = 0.4
SMALLEST_STEP_REV_DAY = 0.0012
"""0.35 km of mean altitude: smaller steps drown in the noise of two rates and in the weather of the upper air."""


def is_quiet(step_rev_day: float, decay_rev_day2: float, days: float, share: float = QUIET_SHARE) -> bool:
    """Whether drag alone explains what the rate did, within what drag may change."""
    return abs(step_rev_day) < max(share * abs(decay_rev_day2) * days, SMALLEST_STEP_REV_DAY)


def decays_beside(points: Sequence[MeanOrbit], first: int, last: int) -> tuple[float, float]:
    """Decay before point `first` and after point `last`, from points outside of the gap only, rev/day^2.

    Half from the sets' own values, half from the slope of their rates over a stretch without burns: as long as the
    gap, from 6 to 30 days.
    """
    gap_days = (points[last].unix_s - points[first].unix_s) / DAY_S
    reach_s = min(max(gap_days, NARROWEST_DAYS), WIDEST_DAYS) * DAY_S
    epochs = [point.unix_s for point in points]
    early = points[bisect_left(epochs, epochs[first] - reach_s) : first + 1]
    late = points[last : bisect_right(epochs, epochs[last] + reach_s)]
    before, after = _decay(early[::-1]), _decay(late)
    known = before if before is not None else after
    if known is None:
        return USUAL_DECAY_REV_DAY2, USUAL_DECAY_REV_DAY2
    return before if before is not None else known, after if after is not None else known


def _decay(outwards: Sequence[MeanOrbit]) -> float | None:
    """From points in the order in which they lie further from the gap."""
    from statistics import median  # with the fractions and decimals it needs, too slow for the first picture

    own = [point.decay_rev_day2 for point in outwards if point.decay_rev_day2 is not None]
    printed = median(own) if own else None
    quiet = [outwards[0]]
    for point in outwards[1:]:
        days = (point.unix_s - quiet[-1].unix_s) / DAY_S
        step = point.rate_rev_day - quiet[-1].rate_rev_day - (printed or USUAL_DECAY_REV_DAY2) * days
        if not is_quiet(step, (printed or USUAL_DECAY_REV_DAY2), days, share=0.5):
            break
        quiet.append(point)
    slope = _slope(quiet)
    if slope is None or slope <= 0.0:
        return printed
    return slope if printed is None else (slope + printed) / 2.0


def _slope(points: Sequence[MeanOrbit]) -> float | None:
    from statistics import fmean

    days = [(point.unix_s - points[0].unix_s) / DAY_S for point in points]
    if len(points) < FEWEST_POINTS or abs(days[-1]) < SHORTEST_FIT_DAYS:
        return None
    middle_days, middle_rate = fmean(days), fmean(point.rate_rev_day for point in points)
    spread = sum((d - middle_days) ** 2 for d in days)
    return sum((d - middle_days) * (p.rate_rev_day - middle_rate) for d, p in zip(days, points, strict=True)) / spread
