"""Eclipses of slow and of long orbits (geostationary, Molniya, high ellipses): sampled, then refined.

The Sun's clearance above the Earth's limb is sampled so closely that the object moves by a fortieth of a radian at most
from sample to sample; every lowest point between samples is refined, so that no grazing eclipse is lost.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.astro.shadow import Contacts, limb_clearance_rad, sun_radius_rad
from sim.astro.sun import SunTrack
from sim.astro.vectors import columns
from sim.constants import TAU

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.propagation import Orbit
    from sim.types import Bools, Floats

_STEP_RAD, _LONGEST_STEP_S = 0.025, 300.0
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
_GOLDEN_ROUNDS, _HALVINGS = 34, 28
_MARGIN_S = 600.0


def sampled_shadows(orbit: Orbit, start_unix_s: float, end_unix_s: float) -> list[tuple[Contacts, Contacts, Contacts]]:
    """Contacts with penumbra, with the Sun's centre, and with umbra, of each time in which the Sun's disc is touched.

    What begins before the span or ends after it is left out: take it wide enough.

    Args:
        orbit: Where the object is; rows without an answer count as sunlit.
        start_unix_s: Begin of the span.
        end_unix_s: Its end.
    """
    elements = orbit.elements((start_unix_s + end_unix_s) / 2.0)
    e, rate = elements.eccentricity, TAU / (elements.period_min * 60.0)
    step_s = min(_STEP_RAD / (rate * math.sqrt(1.0 - e * e) / (1.0 - e) ** 2), _LONGEST_STEP_S)
    times = np.linspace(start_unix_s, end_unix_s, math.ceil((end_unix_s - start_unix_s) / step_s) + 2)
    sun = SunTrack(start_unix_s - _MARGIN_S, end_unix_s + _MARGIN_S)

    def clearance(unix_s: Floats, level: float) -> Floats:
        """Above the limb, less so many radii of the Sun's disc."""
        sun_km = columns(sun.teme_km(unix_s))
        position = columns(orbit.states(unix_s).position_teme_km)
        found: Floats = limb_clearance_rad(position, sun_km, np) - level * sun_radius_rad(sun_km, np)
        return np.nan_to_num(found, nan=1.0)

    touched = _below(lambda unix_s: clearance(unix_s, 1.0), times)
    if not touched:
        return []
    begin, end = np.array(touched).T
    deepest = _lowest(lambda unix_s: clearance(unix_s, 0.0), begin, end)
    deeper = [_deeper(partial(clearance, level=level), begin, deepest, end) for level in (0.0, -1.0)]
    return list(zip(touched, *deeper, strict=True))


def _deeper(value_at: Callable[[Floats], Floats], begin: Floats, deepest: Floats, end: Floats) -> list[Contacts]:
    """The part of each penumbra in which the disc is covered further: both contacts lie beside its deepest point."""
    inside = value_at(deepest) < 0.0
    enter = _halved(value_at, begin, deepest, np.ones(len(begin), dtype=bool))
    leave = _halved(value_at, deepest, end, np.zeros(len(begin), dtype=bool))
    return [
        (a, b) if covered else None
        for covered, a, b in zip(inside.tolist(), enter.tolist(), leave.tolist(), strict=True)
    ]


def _below(value_at: Callable[[Floats], Floats], times: Floats) -> list[tuple[float, float]]:
    """Spans in which a value is negative, those shorter than a step too."""
    values = value_at(times)
    slopes = np.diff(values)
    lowest = np.flatnonzero((slopes[:-1] < 0.0) & (slopes[1:] >= 0.0)) + 1
    if len(lowest):
        dips = _lowest(value_at, times[lowest - 1], times[lowest + 1])
        every = np.concatenate((times, dips))
        order = np.argsort(every, kind="stable")
        times, values = every[order], np.concatenate((values, value_at(dips)))[order]
    below = values < 0.0
    changes = np.flatnonzero(below[1:] != below[:-1])
    if not len(changes):
        return []
    low, high, entering = times[changes], times[changes + 1], below[changes + 1]
    edges = _halved(value_at, low, high, entering).tolist()
    first = 0 if entering[0] else 1
    return list(zip(edges[first::2], edges[first + 1 :: 2], strict=False))


def _halved(value_at: Callable[[Floats], Floats], low: Floats, high: Floats, entering: Bools) -> Floats:
    """Where a value changes its sign in each bracket; `entering` where it becomes negative."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        beyond = (value_at(middle) < 0.0) == entering
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return (low + high) / 2.0


def _lowest(value_at: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """The lowest point in each bracket, by the golden section."""
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    fa, fb = value_at(a), value_at(b)
    for _ in range(_GOLDEN_ROUNDS):
        left = fa < fb
        low, high = np.where(left, low, a), np.where(left, b, high)
        new = np.where(left, high - _GOLDEN * (high - low), low + _GOLDEN * (high - low))
        f_new = value_at(new)
        a, b = np.where(left, new, b), np.where(left, a, new)
        fa, fb = np.where(left, f_new, fb), np.where(left, fa, f_new)
    return (low + high) / 2.0
