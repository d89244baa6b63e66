"""Eclipses on board: when the station goes through the Earth's shadow, with penumbra, umbra and an oblate Earth.

The Earth is the ellipsoid without its air. Air bends and reddens the light: the last ten to thirty seconds before an
entry are dimmer than geometry says, which is brightness and not a matter of these times.

Twice a revolution (eight times on a long ellipse) an exact state gives the osculating plane; the middle of the shadow
and its edges are angles in it. Each edge is then closed in on between the middle and the day side, so that it cannot
be lost.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from sim.astro.sunlight import SunTrack, limb_clearance_rad, sun_radius_rad
from sim.constants import WGS84_RADIUS_KM
from sim.named_tuple import NamedTuple
from sim.passes.model import Eclipse
from sim.passes.search import NEARLY_CIRCULAR
from sim.passes.tracks import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.orbit.propagation import Orbit

    Floats = NDArray[np.float64]

__all__ = ["Eclipse", "find_eclipses"]

_ROUNDS = 40
_CLOSE_ENOUGH_S = 0.02
"""A last step of this size leaves a microsecond: the steps shrink like a secant's."""

_CHUNK_REVOLUTIONS = 500


class _Shadow(NamedTuple):
    """The shadow in the osculating planes of states.

    Attributes:
        middle_s: From the state to the middle of the shadow.
        rate_rad_s: Of the circle.
        limb_rad: Half the width of the Earth.
        cos_beta: Cosine of the Sun's angle to the plane.
    """

    middle_s: Floats
    rate_rad_s: Floats
    limb_rad: Floats
    cos_beta: Floats


def find_eclipses(orbit: Orbit, start_unix_s: float, end_unix_s: float) -> list[Eclipse]:
    """All eclipses of which any part (the Sun's centre covered) lies in the window; those at its edges whole."""
    if not end_unix_s > start_unix_s:
        return []
    eclipses: list[Eclipse] = []
    period_s = orbit.elements(start_unix_s).period_min * 60.0
    first, last = start_unix_s - period_s / 2.0, end_unix_s + period_s / 2.0
    while first < last:
        chunk_end = min(last, first + _CHUNK_REVOLUTIONS * period_s)
        eclipses += _of_chunk(orbit, first, chunk_end, (start_unix_s, end_unix_s))
        first = chunk_end
    return eclipses


def _of_chunk(orbit: Orbit, first_unix_s: float, last_unix_s: float, window: tuple[float, float]) -> list[Eclipse]:
    """The eclipses whose middle lies in [first, last) and which reach into the window."""
    elements = orbit.elements((first_unix_s + last_unix_s) / 2.0)
    period_s = elements.period_min * 60.0
    sun = SunTrack(first_unix_s - period_s, last_unix_s + period_s)
    middle = _middles(orbit, sun, first_unix_s, last_unix_s, period_s, elements.eccentricity)
    states = orbit.states(middle)
    shadow = _shadow(states.position_teme_km, states.velocity_teme_km_s, sun.teme_km(middle))
    middle = middle + shadow.middle_s  # once more, now from close by
    sun_km = sun.teme_km(middle)
    deepest = limb_clearance_rad(orbit.states(middle).position_teme_km, sun_km)
    covered = (deepest < 0.0) & (middle >= first_unix_s) & (middle < last_unix_s)
    middle, deepest, sun_km = middle[covered], deepest[covered], sun_km[covered]
    shadow = _Shadow(*(column[covered] for column in shadow))

    radius_rad = sun_radius_rad(sun_km)
    levels = np.stack((radius_rad, np.zeros_like(radius_rad), -radius_rad), axis=1)
    enter = _edges(orbit, sun, middle, deepest, shadow, levels, -1.0, period_s)
    leave = _edges(orbit, sun, middle, deepest, shadow, levels, 1.0, period_s)
    start, end = window
    eclipses = []
    for (penumbra_in, centre_in, umbra_in), (penumbra_out, centre_out, umbra_out) in zip(
        enter.tolist(), leave.tolist(), strict=True
    ):
        if not (centre_out > start and centre_in < end):  # also where the orbit had no answer
            continue
        total = isfinite(umbra_in) and isfinite(umbra_out)
        eclipses.append(
            Eclipse(
                centre_in,
                centre_out,
                penumbra_in,
                penumbra_out,
                umbra_in if total else None,
                umbra_out if total else None,
                centre_in < start,
                centre_out > end,
            )
        )
    return eclipses


def _shadow(position: Floats, velocity: Floats, sun_km: Floats) -> _Shadow:
    """Angles of the shadow in the osculating planes, from (n, 3) vectors in TEME."""
    radius = np.sqrt(dot(position, position))
    normal = np.cross(position, velocity)
    momentum = np.sqrt(dot(normal, normal))
    ahead = np.cross(normal, position)
    sun_distance = np.sqrt(dot(sun_km, sun_km))
    along_r = dot(sun_km, position) / (sun_distance * radius)
    along_v = dot(sun_km, ahead) / (sun_distance * radius * momentum)
    rate = momentum / radius**2
    limb = np.arcsin(np.minimum(1.0, WGS84_RADIUS_KM / radius))
    return _Shadow(np.arctan2(-along_v, -along_r) / rate, rate, limb, np.hypot(along_r, along_v))


def _middles(
    orbit: Orbit, sun: SunTrack, first_unix_s: float, last_unix_s: float, period_s: float, eccentricity: float
) -> Floats:
    """Instants near the middle of each shadow, one a revolution, where the Sun stands low enough over the plane."""
    step_s = period_s / (2.0 if eccentricity <= NEARLY_CIRCULAR else 8.0)
    at = np.arange(first_unix_s - step_s, last_unix_s + 2.0 * step_s, step_s)
    states = orbit.states(at)
    at = at[states.ok]
    shadow = _shadow(states.position_teme_km[states.ok], states.velocity_teme_km_s[states.ok], sun.teme_km(at))
    # Each middle is seen from the state before it and the one after it; keep both, then the nearer.
    lowest_limb = np.minimum(np.pi / 2.0, shadow.limb_rad + 4.0 * eccentricity + 0.03)
    possible = (np.abs(shadow.middle_s) <= 1.02 * step_s) & (shadow.cos_beta >= np.cos(lowest_limb))
    middle, offset = (at + shadow.middle_s)[possible], np.abs(shadow.middle_s[possible])
    order = np.argsort(middle)
    middle, offset = middle[order], offset[order]
    twin = np.diff(middle) < 0.4 * step_s
    keep = np.ones(len(middle), dtype=bool)
    keep[1:] &= ~(twin & (offset[1:] >= offset[:-1]))
    keep[:-1] &= ~(twin & (offset[:-1] > offset[1:]))
    return middle[keep]


def _edges(
    orbit: Orbit,
    sun: SunTrack,
    middle: Floats,
    deepest: Floats,
    shadow: _Shadow,
    levels: Floats,
    side: float,
    period_s: float,
) -> Floats:
    """Instants (k, 3) where the clearance passes each level on one side of the middle; NaN where it does not.

    A secant between an inner end (below the level) and an outer one (above it); a step that leaves them is halved.
    """
    half = np.arccos(np.clip(np.cos(shadow.limb_rad[:, None] + levels) / shadow.cos_beta[:, None], -1.0, 1.0))
    outward = (half / shadow.rate_rad_s[:, None]).ravel()
    base, level = np.repeat(middle, 3), levels.ravel()
    inner, outer = np.zeros_like(outward), np.full_like(outward, 0.5 * period_s)
    slope = (
        shadow.rate_rad_s[:, None] * shadow.cos_beta[:, None] * np.sin(half) / np.sin(shadow.limb_rad[:, None] + levels)
    ).ravel()
    last, last_excess = np.full_like(outward, np.nan), np.full_like(outward, np.nan)
    active = np.flatnonzero(np.repeat(deepest, 3) < level)
    result = np.full_like(outward, np.nan)
    for _ in range(_ROUNDS):
        if not len(active):
            break
        x = outward[active]
        at = base[active] + side * x
        excess = limb_clearance_rad(orbit.states(at).position_teme_km, sun.teme_km(at)) - level[active]
        inner[active] = np.where(excess < 0.0, x, inner[active])
        outer[active] = np.where(excess < 0.0, outer[active], x)
        with np.errstate(invalid="ignore", divide="ignore"):
            secant = (excess - last_excess[active]) / (x - last[active])
            slope[active] = np.where(secant > 0.0, secant, slope[active])
            step = -excess / slope[active]
        target = x + step
        astray = ~((target > inner[active]) & (target < outer[active]))
        step = np.where(astray, (inner[active] + outer[active]) / 2.0 - x, step)
        last[active], last_excess[active] = x, excess
        outward[active] = x + step
        settled = (np.abs(step) < _CLOSE_ENOUGH_S) | ~np.isfinite(excess)
        done = active[settled & np.isfinite(excess)]
        result[done] = base[done] + side * outward[done]
        active = active[~settled]
    return result.reshape(-1, 3)
