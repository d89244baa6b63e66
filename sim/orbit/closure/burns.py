"""What the engines did, found in the element sets: each burn with its window, its date by closure, and its size."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from sim.constants import DAY_S
from sim.orbit.closure.close import close_gap
from sim.orbit.closure.gap import Gap
from sim.orbit.closure.interpolation import inside
from sim.orbit.closure.learnt import interpolated, learnt
from sim.orbit.closure.mean_orbit import STEP_REV_DAY_A_KM, closable, mean_orbit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sim.orbit.elements import ElementSet

DELTA_V_M_S_PER_KM = 0.57
"""Speed change for one kilometre of mean altitude: half the mean motion (1.14e-3 1/s) for a circular orbit."""

SET_NOISE_KM = 0.1
"""Scatter of the mean semi-major axis between neighbouring sets."""

DECAY_NOISE = 0.25
"""Relative difference of the drag beside a gap and in it (median 0.16, 90 % 0.45), applied to the removed decay."""

SMALL_MEDIAN, SMALL_P90 = 0.1, 0.2
"""Parts of the gap by which small burns are misdated, times the error of their size over their size: what drag makes
moves the date of a small burn further. By leaving out: 90 % are 0.13 to 0.21 for sizes of two to eight errors."""

SPLIT_KM, SPLIT_KM_DAY2 = 8.0, 2.0
"""In a quiet gap of a few days two sets further apart than this were parted by a small burn, if both are right: drag
makes 10 km in two days in nine of ten gaps."""

SMALLEST_SPLIT_STEP_REV_DAY = 0.0004
"""And the rates must show it: 0.12 km.

A raise by 0.12 km on 17 December 2022, of which others tell, is not in the data: from the set of that day to the
next the size changes by 0.013 km more than drag makes, where 187 quiet pairs as near have 0.022 km in the median and
0.074 km in nine of ten, and their phases agree to 0.2 km; what was before that set lies within the raise of 15 to 17
December (+0.86 ± 0.1 km)."""

Confidence = Literal["single", "campaign", "possible"]
"""`single`: one burn closes the phase. `campaign`: several that cannot be told apart. The launch calendar tells enough
for the place, but of dates given with its help, sets left out, half were further off than those of single burns are.
`possible`: small, or what the weather of the upper air may also do."""


class Burn(Struct, frozen=True):
    """A change of the orbit that air cannot have made, found between two element sets.

    Attributes:
        after_unix_s: Epoch of the last set before it.
        before_unix_s: Epoch of the first set after it.
        unix_s: When it was, by closing the phase; None where the window is all that is known: several burns that
            cannot be told apart, one that is only possible, one that the phase puts at the very edge of the window.
        median_date_error_days: Half of such dates are nearer than this to the burn, if it was one. In gaps of up to a
            week one in sixteen was several, in those of ten days and more one in six.
        date_error_days: Nine in ten are.
        size_km: Change of the mean altitude, the decay in between taken out; negative for a lowering.
        uncertainty_km: Of the size: the sets' own noise, and a quarter of the decay that was taken out.
        eccentricity_change: Length of the change of the eccentricity vector, the turn of the perigee taken out.
        eccentricity_after: Mean eccentricity of the set after it.
        confidence: How sure it is that this was one burn.
    """

    after_unix_s: float
    before_unix_s: float
    unix_s: float | None
    median_date_error_days: float
    date_error_days: float
    size_km: float
    uncertainty_km: float
    eccentricity_change: float
    eccentricity_after: float
    confidence: Confidence

    @property
    def kind(self) -> Literal["raise", "lowering"]:
        """Up or down."""
        return "raise" if self.size_km > 0.0 else "lowering"

    @property
    def counts_from_unix_s(self) -> float:
        """From when on it has happened: its date, else the end of its window."""
        return self.before_unix_s if self.unix_s is None else self.unix_s

    @property
    def delta_v_m_s(self) -> float:
        """Least speed change that does it."""
        return abs(self.size_km) * DELTA_V_M_S_PER_KM


def date_errors_days(gap_days: float, size_share: float) -> tuple[float, float]:
    """(median, 90 %) by which dated burns are off: measured by leaving sets out (`seeds/makers/uncertainty.py`).

    Args:
        gap_days: Between the sets.
        size_share: Error of the burn's size, as a part of it.
    """
    table = learnt("burn_dates")
    median, p90 = (
        min(max(interpolated(table["days"], table[name], gap_days), least * gap_days * size_share), gap_days)
        for name, least in (("median_days", SMALL_MEDIAN), ("p90_days", SMALL_P90))
    )
    return median, p90


def burns_of(gaps: Iterable[Gap]) -> tuple[Burn, ...]:
    """The burns of all gaps, in order."""
    return tuple(burn for gap in gaps for burn in _burns_of_gap(gap))


def _burns_of_gap(gap: Gap) -> Iterator[Burn]:
    closure = gap.closure
    if closure.kind == "burn":
        (step,) = closure.steps
        (ramp,) = gap.curve.ramps
        at_edge = inside(closure.at_days, gap.days) != closure.at_days
        confidence: Confidence = "single" if _is_sure(gap, step.size_rev_day) else "possible"
        at_unix_s = None if at_edge or confidence == "possible" else gap.start_unix_s + step.days * DAY_S
        yield _burn(gap, at_unix_s, step.size_rev_day, math.hypot(ramp.h_size, ramp.k_size), confidence)
    elif closure.kind in {"campaign", "open", "launch"}:
        yield _burn(gap, None, closure.size_rev_day, _turned_change(gap), "campaign")
    elif (closure.kind == "doubtful" and closure.size_rev_day < 0.0) or _is_small_burn(gap):
        yield _burn(gap, None, closure.size_rev_day, _turned_change(gap), "possible")


def _is_sure(gap: Gap, size_rev_day: float) -> bool:
    size_km = size_rev_day / STEP_REV_DAY_A_KM
    return abs(size_km) > 2.0 * _size_error_km(gap)


def _is_small_burn(gap: Gap) -> bool:
    """Two sets hours or days apart: phases and rates both say that drag does not lead from one to the other."""
    split = gap.closure.split_km > SPLIT_KM + SPLIT_KM_DAY2 * gap.days**2
    return split and abs(gap.closure.size_rev_day) > SMALLEST_SPLIT_STEP_REV_DAY


def _size_error_km(gap: Gap) -> float:
    sunk_km = gap.closure.decay_rev_day2 * gap.days / STEP_REV_DAY_A_KM
    return SET_NOISE_KM + DECAY_NOISE * abs(sunk_km)


def _turned_change(gap: Gap) -> float:
    curve = gap.curve
    h_change = curve.h_slope * gap.days + sum(ramp.h_size for ramp in curve.ramps)
    k_change = curve.k_slope * gap.days + sum(ramp.k_size for ramp in curve.ramps)
    return math.hypot(h_change, k_change)


def _burn(
    gap: Gap, unix_s: float | None, size_rev_day: float, eccentricity_change: float, confidence: Confidence
) -> Burn:
    size_km, uncertainty_km = size_rev_day / STEP_REV_DAY_A_KM, _size_error_km(gap)
    median_days, p90_days = gap.days / 4.0, gap.days / 2.0
    if unix_s is not None:
        median_days, p90_days = date_errors_days(gap.days, uncertainty_km / abs(size_km))
    return Burn(
        after_unix_s=gap.start_unix_s,
        before_unix_s=gap.end_unix_s,
        unix_s=unix_s,
        median_date_error_days=median_days,
        date_error_days=p90_days,
        size_km=size_km,
        uncertainty_km=uncertainty_km,
        eccentricity_change=eccentricity_change,
        eccentricity_after=gap.after.eccentricity,
        confidence=confidence,
    )


def burn_between(before: ElementSet, after: ElementSet) -> Burn | None:
    """What the engines did between two sets, by these two alone: the largest burn, if any is sure."""
    if not (closable(before) and closable(after) and after.epoch_unix_s > before.epoch_unix_s):
        return None
    points = (mean_orbit(before), mean_orbit(after))
    gap = Gap(before, after, points, close_gap(points, 0, 1))
    sure = [burn for burn in _burns_of_gap(gap) if burn.confidence != "possible"]
    return max(sure, key=lambda burn: abs(burn.size_km), default=None)
