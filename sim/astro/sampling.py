"""Extremes and changes of what is sampled over time: for orbits whose passes and shadows have no closed forms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.constants import TAU

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sim.types import Bools, Floats, Indices

    ValueAt = Callable[[Floats], Floats]

LONGEST_STEP_S = 300.0
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
_GOLDEN_ROUNDS = 34


def sample_times(first_unix_s: float, last_unix_s: float, step_rad: float, period_s: float, e: float) -> Floats:
    """Even instants over a span, (n,), between which an object moves by an angle at most.

    As seen from the Earth's centre, and at the perigee, where it is fastest.
    """
    fastest_rad_s = TAU / period_s * math.sqrt(1.0 - e**2) / (1.0 - e) ** 2
    step_s = min(step_rad / fastest_rad_s, LONGEST_STEP_S)
    return np.linspace(first_unix_s, last_unix_s, math.ceil((last_unix_s - first_unix_s) / step_s) + 2)


def with_extremes(
    value_at: ValueAt, times: Floats, values: Floats, turning: Indices, sign: Floats
) -> tuple[Floats, Floats]:
    """Samples with the extremes beside some of them added, in order of time.

    Args:
        value_at: What is sampled.
        times: Instants of the samples, (n,).
        values: The samples.
        turning: Indices of those that are higher, or lower, than both their neighbours, (k,).
        sign: +1 for a highest point, -1 for a lowest one, (k,).
    """
    if not len(turning):
        return times, values
    found = extremes(value_at, times[turning - 1], times[turning + 1], sign)
    every = np.concatenate((times, found))
    order = np.argsort(every, kind="stable")
    return every[order], np.concatenate((values, value_at(found)))[order]


def extremes(value_at: ValueAt, low: Floats, high: Floats, sign: Floats | float) -> Floats:
    """The highest (`sign` +1) or lowest (-1) point in each bracket, (k,), by the golden section."""
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    fa, fb = sign * value_at(a), sign * value_at(b)
    for _ in range(_GOLDEN_ROUNDS):
        left = fa > fb
        low, high = np.where(left, low, a), np.where(left, b, high)
        new = np.where(left, high - _GOLDEN * (high - low), low + _GOLDEN * (high - low))
        f_new = sign * value_at(new)
        a, b = np.where(left, new, b), np.where(left, a, new)
        fa, fb = np.where(left, f_new, fb), np.where(left, fa, f_new)
    return (low + high) / 2.0


def halved(
    holds_at: Callable[[Floats], Bools], low: Floats, high: Floats, becomes: Bools | bool, rounds: int
) -> tuple[Floats, Floats]:
    """Brackets of a change, (k,) each, halved so many times.

    The condition holds after the change where it `becomes` true, and before it elsewhere.
    """
    for _ in range(rounds if len(low) else 0):
        middle = (low + high) / 2.0
        beyond = holds_at(middle) == becomes
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return low, high


def lowest_by_parabolas(value_at: ValueAt, near_unix_s: float, steps_s: Iterable[float]) -> float:
    """The instant of a lowest value near another, by a parabola through three of them for each step."""
    for step_s in steps_s:
        before, here, after = value_at(near_unix_s + step_s * np.array([-1.0, 0.0, 1.0])).tolist()
        bend = before - 2.0 * here + after
        if not bend > 0.0:  # also where there is no value
            break
        near_unix_s += max(-step_s, min(step_s, 0.5 * step_s * (before - after) / bend))
    return near_unix_s
