"""Eclipses of slow and of long orbits (geostationary, Molniya, high ellipses): sampled, then refined.

The Sun's clearance above the Earth's limb is sampled so closely that the object moves by a fortieth of a radian at most
from sample to sample; every lowest point between samples is refined, so that no grazing eclipse is lost.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.astro.sampling import extremes, halved, sample_times, with_extremes
from sim.astro.shadow import Contacts, limb_clearance_rad, sun_radius_rad
from sim.astro.sun import SunTrack
from sim.astro.vectors import columns

if TYPE_CHECKING:
    from sim.astro.sampling import ValueAt
    from sim.orbit.propagation import Orbit
    from sim.types import Bools, Floats

_STEP_RAD = 0.025
_HALVINGS = 28
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
    period_s = elements.period_min * 60.0
    times = sample_times(start_unix_s, end_unix_s, _STEP_RAD, period_s, elements.eccentricity)
    sun = SunTrack(start_unix_s - _MARGIN_S, end_unix_s + _MARGIN_S)

    def clearance(unix_s: Floats, level: float) -> Floats:
        """Above the limb, less so many radii of the Sun's disc."""
        sun_km = columns(sun.teme_km(unix_s))
        position = columns(orbit.states(unix_s).position_teme_km)
        found: Floats = limb_clearance_rad(position, sun_km, np) - level * sun_radius_rad(sun_km, np)
        return np.nan_to_num(found, nan=1.0)

    touched = _below(partial(clearance, level=1.0), times)
    if not touched:
        return []
    begin, end = np.array(touched).T
    deepest = extremes(partial(clearance, level=0.0), begin, end, -1.0)
    deeper = [_deeper(partial(clearance, level=level), begin, deepest, end) for level in (0.0, -1.0)]
    return list(zip(touched, *deeper, strict=True))


def _deeper(value_at: ValueAt, begin: Floats, deepest: Floats, end: Floats) -> list[Contacts]:
    """The part of each penumbra in which the disc is covered further: both contacts lie beside its deepest point."""
    inside = value_at(deepest) < 0.0
    enter, leave = _edges(value_at, begin, deepest, True), _edges(value_at, deepest, end, False)
    return [(a, b) if covered else None for covered, a, b in zip(inside.tolist(), enter, leave, strict=True)]


def _below(value_at: ValueAt, times: Floats) -> list[tuple[float, float]]:
    """Spans in which a value is negative, those shorter than a step too."""
    values = value_at(times)
    slopes = np.diff(values)
    lowest = np.flatnonzero((slopes[:-1] < 0.0) & (slopes[1:] >= 0.0)) + 1
    times, values = with_extremes(value_at, times, values, lowest, -np.ones(len(lowest)))
    below = values < 0.0
    changes = np.flatnonzero(below[1:] != below[:-1])
    edges = _edges(value_at, times[changes], times[changes + 1], below[changes + 1])
    first = 1 if below[0] else 0
    return list(zip(edges[first::2], edges[first + 1 :: 2], strict=False))


def _edges(value_at: ValueAt, low: Floats, high: Floats, entering: Bools | bool) -> list[float]:
    """Where a value changes its sign in each bracket; `entering` where it becomes negative."""
    low, high = halved(lambda unix_s: value_at(unix_s) < 0.0, low, high, entering, _HALVINGS)
    edges: list[float] = ((low + high) / 2.0).tolist()
    return edges
