"""When the station rises, culminates and sets: closed forms first, then Newton, no grid of times anywhere.

1. Twice a revolution (eight times where the orbit is not nearly circular) an exact state gives the osculating plane.
   In it the closest approach to the turning observer is an angle, found in three rounds.
2. Approaches too far away to clear the horizon are dropped, with a margin for all that the circle left out.
3. Each that remains is moved to the instant of greatest elevation, by Newton on the exact track.
4. From there rise and set: a first guess from the spherical triangle, then Halley's method on the height above the
   horizon cone, which is nearly a parabola in time.

Everything runs on arrays over all passes, and over all observers, at once. Because approaches are computed and not
sampled, nothing can fall between two samples: passes of a tenth of a second are found like all others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.astro.sampling import halved
from sim.constants import DEG, EARTH_RATE_RAD_S
from sim.orbit.propagation import NEARLY_CIRCULAR
from sim.passes.tracks import Sites, Sky, acceleration_km_s2, dot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.types import Bools, Floats, Indices

_PERIODIC_ECCENTRICITY = 0.0015
"""What the flattening adds to the mean eccentricity of a low orbit (10 km of 6,780)."""

_ANGLE_MARGIN_RAD = 0.7 * DEG
"""For the vertical's deflection (0.19), the drift of the plane and the circle's error in time."""

_NEAR_S = 10.0
_CARRIED_S = 4.0
"""Seconds over which position, velocity and acceleration carry a state within a metre."""

_ROUNDS = 12
_SAME_PASS_S = 60.0
_HALVINGS = 24


class Instants(msgspec.Struct, frozen=True):
    """The station at one instant of each pass, seen from its site.

    Attributes:
        unix_s: (k,).
        sight_km: (k, 3) from the site to the station, pseudo-Earth-fixed.
        velocity_km_s: (k, 3) relative to the turning Earth.
    """

    unix_s: Floats
    sight_km: Floats
    velocity_km_s: Floats

    def rows(self, chosen: Indices | Bools | slice) -> Instants:
        """The chosen ones, in their order."""
        return Instants(self.unix_s[chosen], self.sight_km[chosen], self.velocity_km_s[chosen])

    def where(self, chosen: Bools, other: Instants) -> Instants:
        """Those of another in the chosen rows."""
        rows = chosen[:, None]
        return Instants(
            np.where(chosen, other.unix_s, self.unix_s),
            np.where(rows, other.sight_km, self.sight_km),
            np.where(rows, other.velocity_km_s, self.velocity_km_s),
        )

    def followed_by(self, other: Instants) -> Instants:
        """These and then those of another."""
        return Instants(
            np.concatenate((self.unix_s, other.unix_s)),
            np.concatenate((self.sight_km, other.sight_km)),
            np.concatenate((self.velocity_km_s, other.velocity_km_s)),
        )


class FoundPasses(msgspec.Struct, frozen=True):
    """Passes as arrays, in order of site and time.

    Attributes:
        site: (k,) row of the site in `Sites`.
        rise: At the threshold, before the peak; where it is not known, the edge of what was searched or is covered.
        peak: Greatest elevation.
        set: At the threshold, after the peak; likewise.
        rise_known: (k,) whether it rises there.
        set_known: (k,) whether it sets there.
    """

    site: Indices
    rise: Instants
    peak: Instants
    set: Instants
    rise_known: Bools
    set_known: Bools

    def rows(self, chosen: Indices | Bools) -> FoundPasses:
        """The chosen ones, in their order."""
        if chosen.dtype == bool and chosen.all():
            return self
        rise, peak, set_ = (each.rows(chosen) for each in (self.rise, self.peak, self.set))
        return FoundPasses(self.site[chosen], rise, peak, set_, self.rise_known[chosen], self.set_known[chosen])

    def joined(self, other: FoundPasses) -> FoundPasses:
        """These and those of another search, in order of site and time."""
        found = FoundPasses(
            np.concatenate((self.site, other.site)),
            self.rise.followed_by(other.rise),
            self.peak.followed_by(other.peak),
            self.set.followed_by(other.set),
            np.concatenate((self.rise_known, other.rise_known)),
            np.concatenate((self.set_known, other.set_known)),
        )
        return found.rows(np.lexsort((found.peak.unix_s, found.site)))


def search(
    sky: Sky, sites: Sites, first_unix_s: float, last_unix_s: float, threshold_deg: float, period_s: float, e: float
) -> FoundPasses:
    """All passes with their peak in [first, last).

    Args:
        sky: Must reach a quarter of a revolution beyond the span at both ends.
        sites: The observers.
        first_unix_s: Begin of the span of peaks.
        last_unix_s: Its end.
        threshold_deg: Geometric elevation of rise and set.
        period_s: Of the orbit.
        e: Its mean eccentricity; for slow and for long orbits see `sim.passes.slow_search`.
    """
    threshold_sin = math.sin(threshold_deg * DEG)
    site, near_unix_s = _approaches(sky, sites, first_unix_s, last_unix_s, threshold_deg * DEG, period_s, e)
    hopeless_deg = max(-90.0, threshold_deg - 1.0 - 60.0 * e)
    peak, sine = _peaks(sky, sites, site, near_unix_s, math.sin(hopeless_deg * DEG))
    if e > NEARLY_CIRCULAR:
        peak = _sharpened(sky, sites, site, peak)
    keep = (sine > threshold_sin) & (peak.unix_s >= first_unix_s) & (peak.unix_s < last_unix_s)
    keep[1:] &= (peak.unix_s[1:] - peak.unix_s[:-1] > _SAME_PASS_S) | (site[1:] != site[:-1]) | ~keep[:-1]
    site, peak = site[keep], peak.rows(keep)
    return _with_ends(sky, sites, site, peak, threshold_deg * DEG)


def search_cut(sky: Sky, sites: Sites, ends: Sequence[tuple[float, int]], threshold_deg: float) -> FoundPasses:
    """Passes under way where an orbit begins or stops to have answers, whose greatest elevation lies beyond that.

    What is covered of them is given: to the instant where the answers stop, which is peak and open end, or from it.

    Args:
        sky: Must reach a quarter of a revolution beyond the ends.
        sites: The observers.
        ends: Instants, each with +1 where answers stop and -1 where they begin; at the instant itself there is one.
        threshold_deg: Geometric elevation of rise and set.
    """
    count = len(sites.position_km)
    site = np.repeat(np.arange(count), len(ends))
    unix_s, side = np.tile(np.array(ends, dtype=np.float64).reshape(-1, 2), (count, 1)).T
    position, velocity = sky.track.at(unix_s)
    sight = position - sites.position_km[site]
    sine, slope, _, _ = _elevation_rates(sight, velocity, acceleration_km_s2(position, velocity), sites.up[site])
    chosen = (sine > math.sin(threshold_deg * DEG)) & (slope * side > 0.0)
    site, stops = site[chosen], side[chosen] > 0.0
    peak = Instants(unix_s, sight, velocity).rows(chosen)
    whole = _with_ends(sky, sites, site, peak, threshold_deg * DEG)
    rise, set_ = whole.rise.where(~stops, peak), whole.set.where(stops, peak)
    return FoundPasses(site, rise, peak, set_, whole.rise_known & stops, whole.set_known & ~stops)


def _approaches(
    sky: Sky,
    sites: Sites,
    first_unix_s: float,
    last_unix_s: float,
    threshold_rad: float,
    period_s: float,
    e: float,
) -> tuple[Indices, Floats]:
    """Closest approaches that may clear the horizon: rows of the sites and instants good to some seconds."""
    step_s = period_s / (2.0 if e <= NEARLY_CIRCULAR else 8.0)
    count = math.ceil((last_unix_s - first_unix_s) / step_s) + 1
    start = first_unix_s + step_s * np.arange(count, dtype=np.float64)
    states = sky.orbit.states(start)
    start = start[states.ok]
    p, q, radius, rate = _turning(states.position_teme_km[states.ok], states.velocity_teme_km_s[states.ok])
    site_km = np.sqrt(dot(sites.position_km, sites.position_km))
    highest = radius * (1.0 + 2.0 * (e + _PERIODIC_ECCENTRICITY))
    horizon = np.arccos(np.minimum(1.0, site_km[:, None] * math.cos(threshold_rad) / highest)) - threshold_rad

    # The first round holds the observer still while the station comes round; what is far from him then is dropped.
    direction = sites.position_km / site_km[:, None]
    along_p, along_q = direction @ sky.turn.applied(start, p).T, direction @ sky.turn.applied(start, q).T
    reach = np.cos(np.minimum(math.pi, horizon + EARTH_RATE_RAD_S * step_s + _ANGLE_MARGIN_RAD))
    site, cell = np.nonzero(np.hypot(along_p, along_q) >= reach)
    rate, p, q, start, horizon = rate[cell], p[cell], q[cell], start[cell], horizon[site, cell]
    ahead = np.arctan2(along_q[site, cell], along_p[site, cell]) / rate
    direction = direction[site]
    for _ in range(2):
        outward = sky.turn.applied(start + ahead, direction, backwards=True)
        along_p, along_q = dot(outward, p), dot(outward, q)
        ahead = np.arctan2(along_q, along_p) / rate
    nearness = np.hypot(along_p, along_q)
    # Abreast is not yet nearest: meanwhile the observer drifts towards the track or away from it.
    abreast = (p * along_p[:, None] + q * along_q[:, None]) / nearness[:, None]
    drift = EARTH_RATE_RAD_S * (abreast[:, 1] * outward[:, 0] - abreast[:, 0] * outward[:, 1])
    ahead += drift / (rate**2 * nearness)
    near = nearness >= np.cos(np.minimum(math.pi, horizon + _ANGLE_MARGIN_RAD))
    near &= np.abs(ahead) <= 0.8 * step_s  # towards half a revolution, ahead and behind are confused
    return _nearer_twins(site[near], (start + ahead)[near], np.abs(ahead[near]), step_s)


def _turning(position: Floats, velocity: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Unit vectors outward and on along the path, distance from the middle of the Earth (km) and rate (rad/s)."""
    radius = np.sqrt(dot(position, position))
    outward = position / radius[:, None]
    across = velocity - dot(velocity, outward)[:, None] * outward
    speed = np.sqrt(dot(across, across))
    return outward, across / speed[:, None], radius, speed / radius


def _nearer_twins(site: Indices, unix_s: Floats, offset: Floats, step_s: float) -> tuple[Indices, Floats]:
    """Each approach once, though it is seen from the state before it and from the one after it: from the nearer."""
    order = np.lexsort((unix_s, site))
    site, unix_s, offset = site[order], unix_s[order], offset[order]
    twin = (unix_s[1:] - unix_s[:-1] < 0.4 * step_s) & (site[1:] == site[:-1])
    keep = np.ones(len(site), dtype=bool)
    keep[1:] &= ~(twin & (offset[1:] >= offset[:-1]))
    keep[:-1] &= ~(twin & (offset[:-1] > offset[1:]))
    return site[keep], unix_s[keep]


def _moved(sight: Floats, velocity: Floats, acceleration: Floats, step_s: Floats) -> tuple[Floats, Floats]:
    """A state carried over a second or two by its own derivatives (the rest is below a centimetre)."""
    step = step_s[:, None]
    return sight + step * (velocity + 0.5 * step * acceleration), velocity + step * acceleration


def _elevation_rates(
    sight: Floats, velocity: Floats, acceleration: Floats, up: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Sine of the elevation, its first two derivatives by time, and seconds to the nearest point of the path."""
    distance = np.sqrt(dot(sight, sight))
    rate = dot(sight, velocity) / distance
    bend = dot(velocity, velocity) + dot(sight, acceleration)
    sine = dot(sight, up) / distance
    slope = (dot(velocity, up) - sine * rate) / distance
    curve = (dot(acceleration, up) - 2.0 * slope * rate - sine * (bend - rate**2) / distance) / distance
    return sine, slope, curve, -rate * distance / bend


def _peaks(sky: Sky, sites: Sites, site: Indices, near_unix_s: Floats, hopeless_sin: float) -> tuple[Instants, Floats]:
    """The instants of greatest elevation and the sines of it; NaN where the orbit has no answer or it stays too low."""
    unix_s = near_unix_s.copy()
    sight, velocity = np.full((len(site), 3), np.nan), np.full((len(site), 3), np.nan)
    sine = np.full(len(site), np.nan)
    active = np.arange(len(site))
    for number in range(_ROUNDS):
        position, v = sky.track.at(unix_s[active])
        a = acceleration_km_s2(position, v)
        d = position - sites.position_km[site[active]]
        up = sites.up[site[active]]
        f, f1, f2, to_nearest = _elevation_rates(d, v, a, up)
        # Overhead the elevation is a spike some 50 s wide; the square of the range is smooth, so it leads there. (Low
        # over the horizon of a long ellipse the highest point lies minutes from the nearest: two such steps at most.)
        close = ((np.abs(to_nearest) < _NEAR_S) | (number > 1)) & (f2 < 0.0)
        step = np.where(close, -f1 / np.where(close, f2, 1.0), to_nearest)
        step = np.minimum(np.maximum(step, -60.0), 60.0)
        # Over a few seconds the derivatives carry the state as well as the orbit would: a second step comes for free.
        d, v = _moved(d, v, a, step)
        f, f1, f2, _ = _elevation_rates(d, v, a, up)
        more = np.where(f2 < 0.0, -f1 / f2, 0.0)
        settled = close & (np.abs(step) < _CARRIED_S) & (np.abs(more) < 0.1 * _CARRIED_S) & (f2 < 0.0)
        rows = active[settled]
        tau = more[settled]
        sight[rows], velocity[rows] = _moved(d[settled], v[settled], a[settled], tau)
        sine[rows] = f[settled] + 0.5 * tau * f1[settled]
        unix_s[active] += step
        unix_s[rows] += tau
        # NaN is not gone after: no answer, no more rounds.
        active = active[~settled & np.isfinite(step) & ~(close & (f < hopeless_sin))]
        if not len(active):
            break
    return Instants(unix_s, sight, velocity), sine


def _sharpened(sky: Sky, sites: Sites, site: Indices, peak: Instants) -> Instants:
    """The peaks once more from positions alone, by the parabola through three elevations a second apart.

    SGP4's velocity is not quite the derivative of its position: by 0.02 m/s on a low circular orbit, but by 0.5 m/s
    on a long ellipse, where that moves a peak by 0.1 s.
    """
    sines = []
    for shift_s in (-1.0, 0.0, 1.0):
        sight = sky.track.at(peak.unix_s + shift_s)[0] - sites.position_km[site]
        sines.append(dot(sight, sites.up[site]) / np.sqrt(dot(sight, sight)))
    before, here, after = sines
    step = np.clip(0.5 * (before - after) / (before - 2.0 * here + after), -5.0, 5.0)
    return Instants(peak.unix_s + step, peak.sight_km + step[:, None] * peak.velocity_km_s, peak.velocity_km_s)


def _with_ends(sky: Sky, sites: Sites, site: Indices, peak: Instants, threshold_rad: float) -> FoundPasses:
    """Rise and set of each pass; where the orbit has no answer any more before it sets, its last answer instead."""
    count = len(site)
    half_s = _half_duration_s(sites, site, peak, threshold_rad)
    away = np.ones(2 * count)
    away[:count] = -1.0  # first all rises, then all sets
    both_sites, middle = np.concatenate((site, site)), np.concatenate((peak.unix_s, peak.unix_s))
    unix_s = middle + away * np.concatenate((half_s, half_s))
    sight, velocity = np.full((2 * count, 3), np.nan), np.full((2 * count, 3), np.nan)
    threshold_sin = math.sin(threshold_rad)
    active = np.arange(2 * count)
    for _ in range(_ROUNDS if count else 0):
        d, v, h, h1, h2, a = _cone_heights(sky, sites, both_sites[active], unix_s[active], threshold_sin)
        outside_s = np.abs(unix_s[active] - middle[active])
        step = -2.0 * h * h1 / (2.0 * h1**2 - h * h2)  # NaN where the orbit has no answer, and stays so
        # On the wrong side of the summit of h the slope leads astray: go outwards by half instead.
        step = np.where(~(h1 * away[active] >= 0.0), step, 0.5 * away[active] * (outside_s + 1e-3))
        longest_s = 0.5 * outside_s + 1e-3
        step = np.minimum(np.maximum(step, -longest_s), longest_s)
        unix_s[active] += step
        settled = ~(np.abs(step) ** 3 > 1e-3 * outside_s**2)  # what a third-order step leaves is below a millisecond
        rows = active[settled]
        sight[rows], velocity[rows] = _moved(d[settled], v[settled], a[settled], step[settled])
        active = active[~settled]
        if not len(active):
            break
    is_known = np.isfinite(unix_s)
    lost = np.flatnonzero(~is_known)
    if len(lost):
        beyond_s = 1.5 * np.tile(half_s, 2)[lost] + 30.0  # it surely sets within, and does not rise again
        outer = middle[lost] + away[lost] * beyond_s
        last, is_known[lost] = _last_above(sky, sites, both_sites[lost], middle[lost], outer, threshold_sin)
        unix_s[lost], sight[lost], velocity[lost] = last.unix_s, last.sight_km, last.velocity_km_s
    ends = Instants(unix_s, sight, velocity)
    rise, set_ = ends.rows(slice(count)), ends.rows(slice(count, None))
    return FoundPasses(site, rise, peak, set_, is_known[:count], is_known[count:])


def _cone_heights(
    sky: Sky, sites: Sites, site: Indices, unix_s: Floats, threshold_sin: float
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """Sight and velocity; height above the cone of the threshold and its first two derivatives; acceleration."""
    position, v = sky.track.at(unix_s)
    a = acceleration_km_s2(position, v)
    d, up = position - sites.position_km[site], sites.up[site]
    distance = np.sqrt(dot(d, d))
    rate = dot(d, v) / distance
    bend = (dot(v, v) + dot(d, a) - rate**2) / distance
    h = dot(d, up) - threshold_sin * distance
    return d, v, h, dot(v, up) - threshold_sin * rate, dot(a, up) - threshold_sin * bend, a


def _last_above(
    sky: Sky, sites: Sites, site: Indices, inner_unix_s: Floats, outer_unix_s: Floats, threshold_sin: float
) -> tuple[Instants, Bools]:
    """The outermost instants at which the orbit has an answer and stands above the threshold, by halving.

    Also whether it has an answer beyond them too, so that they are rise or set.
    """

    def is_above(unix_s: Floats) -> Bools:
        sight = sky.track.at(unix_s)[0] - sites.position_km[site]
        above: Bools = dot(sight, sites.up[site]) > threshold_sin * np.sqrt(dot(sight, sight))
        return above

    inner, outer = halved(is_above, inner_unix_s, outer_unix_s, False, _HALVINGS)
    position, velocity = sky.track.at(inner)
    return Instants(inner, position - sites.position_km[site], velocity), np.isfinite(sky.track.at(outer)[0][:, 0])


def _half_duration_s(sites: Sites, site: Indices, peak: Instants, threshold_rad: float) -> Floats:
    """Seconds from the peak to the horizon by the spherical triangle; by the parabola where it grazes."""
    site_position, up = sites.position_km[site], sites.up[site]
    station = site_position + peak.sight_km
    radius = np.sqrt(dot(station, station))
    height = dot(site_position, up)
    horizon = np.arccos(np.minimum(1.0, height * math.cos(threshold_rad) / radius)) - threshold_rad
    ratio = np.cos(horizon) * radius / dot(station, up)
    speed = peak.velocity_km_s
    radial = dot(station, speed) / radius
    rate = np.sqrt(dot(speed, speed) - radial**2) / radius
    distance = np.sqrt(dot(peak.sight_km, peak.sight_km))
    above = dot(peak.sight_km, up) - math.sin(threshold_rad) * distance
    acceleration = acceleration_km_s2(station, speed)
    bend = (dot(speed, speed) + dot(peak.sight_km, acceleration)) / distance
    fall = np.minimum(dot(acceleration, up) - math.sin(threshold_rad) * bend, -1e-9)
    parabola = np.sqrt(2.0 * np.maximum(above, 0.0) / -fall)
    return np.where(ratio < 0.9999, np.arccos(np.minimum(ratio, 1.0)) / rate, parabola + 1e-3)
