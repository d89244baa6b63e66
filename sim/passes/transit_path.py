"""Where on the ground a transit is central: the line from the Sun or Moon through the station, to the ellipsoid.

The line is drawn at the height of the place that asks. How far it may be off follows from the elements: along the track
the station comes early or late, over a ground that has turned meanwhile; across the track and in height it is off by
what old sets were off from later ones.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.astro.frames import enu_axes, itrs_to_geodetic, site_itrs_km, teme_position_to_itrs
from sim.astro.sampling import lowest_by_parabolas
from sim.astro.vectors import columns, cross, norm
from sim.constants import WGS84_FLATTENING, WGS84_RADIUS_KM

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.propagation import Orbit
    from sim.orbit.uncertainty import ExpectedError
    from sim.places.place import Place
    from sim.types import Components, Floats

    BodyAt = Callable[[Floats], Components[Floats]]

EITHER_SIDE_S = 40.0
"""How long before and after the nearest point the line is drawn: some 300 km of ground."""

STEP_S = 0.5

ACROSS_P90_KM = ((0.0, 0.3), (1.5, 0.3), (3.0, 0.6), (5.0, 1.3), (8.0, 11.0), (15.0, 13.0))
"""Across the track or in height, the larger: age in days, and what nine in ten of the station's own sets (927 of 2021
to 2026, 7,583 pairs) differed at most from later ones. Straight lines between, the last one held."""


class PathPoint(msgspec.Struct, frozen=True):
    """A point of the centre line and its instant."""

    unix_s: float
    latitude_deg: float
    longitude_deg: float


class TransitPath(msgspec.Struct, frozen=True, kw_only=True):
    """The path of a transit near a place.

    Attributes:
        centre: The centre line, in order of time.
        limits: The edges of the path, left and right of the way it runs; each as long as the centre line.
        nearest: The point of the centre line nearest to the place.
        distance_km: From the place to it.
        bearing_deg: From the place to it, clockwise from north.
        width_km: Of the path there, across its way.
        error_p90_km: 90th percentile of the cross-track error of the line; None if not known.
    """

    centre: tuple[PathPoint, ...]
    limits: tuple[tuple[PathPoint, ...], tuple[PathPoint, ...]]
    nearest: PathPoint
    distance_km: float
    bearing_deg: float
    width_km: float
    error_p90_km: float | None


def _bearing_deg(place: Place, way_km: Floats) -> float:
    """The direction from a place along a vector in Earth-fixed axes: 0 is north, 90 east."""
    east, north, _ = (np.array(axis) for axis in enu_axes(place.latitude_deg, place.longitude_deg))
    return math.degrees(math.atan2(float(way_km @ east), float(way_km @ north))) % 360.0


def path_near(
    orbit: Orbit, place: Place, unix_s: float, body_teme_km: BodyAt, radius_km: float, error: ExpectedError
) -> TransitPath | None:
    """The path of a transit near a place; None where the line does not meet the ground there.

    `unix_s` is the instant of least separation at the place; radius and positions are those of the body.
    """
    line = _Line(orbit, place, body_teme_km, radius_km)
    times = unix_s + np.arange(-EITHER_SIDE_S, EITHER_SIDE_S + STEP_S / 2.0, STEP_S)
    points = line.ground_km(times)
    ok = np.isfinite(points).all(axis=1)
    if ok.sum() < 3:
        return None
    times, points = times[ok], points[ok]
    site_km = np.array(site_itrs_km(place))
    nearest_unix_s = lowest_by_parabolas(
        lambda unix_s: np.linalg.norm(line.ground_km(unix_s) - site_km, axis=1) ** 2,
        float(times[int(np.linalg.norm(points - site_km, axis=1).argmin())]),
        (STEP_S, STEP_S / 4.0, STEP_S / 16.0),
    )
    nearest_km = line.ground_km(np.array([nearest_unix_s]))[0]
    if not np.isfinite(nearest_km).all():
        return None
    widths, sideways = line.widths_km(times)
    width_km, across = (part[0] for part in line.widths_km(np.array([nearest_unix_s])))
    way = nearest_km - site_km
    return TransitPath(
        centre=_points(times, points),
        limits=(
            _points(times, points + 0.5 * widths[:, None] * sideways),
            _points(times, points - 0.5 * widths[:, None] * sideways),
        ),
        nearest=_points(np.array([nearest_unix_s]), nearest_km[None])[0],
        distance_km=float(np.linalg.norm(way)),
        bearing_deg=_bearing_deg(place, way),
        width_km=float(width_km),
        error_p90_km=line.error_km(nearest_unix_s, across, error, orbit.provenance(unix_s).age_days),
    )


def across_p90_km(age_days: float) -> float:
    """How far a set of this age is off across the track or in height, nine times in ten."""
    days, km = zip(*ACROSS_P90_KM, strict=True)
    return float(np.interp(abs(age_days), days, km))


def _points(times: Floats, ground_km: Floats) -> tuple[PathPoint, ...]:
    latitudes, longitudes, _ = itrs_to_geodetic(columns(ground_km), np)
    return tuple(map(PathPoint, times.tolist(), latitudes.tolist(), longitudes.tolist()))


class _Line:
    """The line from the body through the station to the ground, at the height of a place."""

    def __init__(self, orbit: Orbit, place: Place, body_teme_km: BodyAt, radius_km: float) -> None:
        self._orbit, self._body_teme_km, self._radius_km = orbit, body_teme_km, radius_km
        height_km = place.height_m / 1000.0
        equator_km = WGS84_RADIUS_KM + height_km
        polar_km = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING) + height_km
        self._weights = 1.0 / np.array([equator_km, equator_km, polar_km]) ** 2

    def _ends(self, unix_s: Floats, shift_s: float, aside: tuple[float, float]) -> tuple[Floats, Floats]:
        """Station and body in ITRS, (n, 3) each; the station early or late, across its track and higher (km)."""
        states = self._orbit.states(unix_s + shift_s)
        position = states.position_teme_km
        if any(aside):
            normal = np.cross(position, states.velocity_teme_km_s)
            normal /= np.linalg.norm(normal, axis=1)[:, None]
            outward = position / np.linalg.norm(position, axis=1)[:, None]
            position = position + aside[0] * normal + aside[1] * outward
        station = np.stack(teme_position_to_itrs(unix_s, columns(position), np), axis=1)
        body = np.stack(teme_position_to_itrs(unix_s, self._body_teme_km(unix_s), np), axis=1)
        return station, body

    def ground_km(self, unix_s: Floats, shift_s: float = 0.0, aside: tuple[float, float] = (0.0, 0.0)) -> Floats:
        """Where the line meets the ground, (n, 3) in ITRS; NaN where it misses it."""
        station, body = self._ends(unix_s, shift_s, aside)
        way = station - body
        way /= np.linalg.norm(way, axis=1)[:, None]
        square = (way * way * self._weights).sum(axis=1)
        mixed = (station * way * self._weights).sum(axis=1)
        rest = (station * station * self._weights).sum(axis=1) - 1.0
        inside = mixed * mixed - square * rest
        far_km = np.where((inside > 0.0) & (mixed < 0.0), -mixed - np.sqrt(np.maximum(inside, 0.0)), np.nan) / square
        ground: Floats = station + far_km[:, None] * way
        return ground

    def widths_km(self, unix_s: Floats) -> tuple[Floats, Floats]:
        """Width of the path (n,) and the level direction across its way (n, 3), to the left."""
        step_s = 0.05
        before, here, after = (self.ground_km(unix_s + shift_s) for shift_s in (-step_s, 0.0, step_s))
        station, body = self._ends(unix_s, 0.0, (0.0, 0.0))
        up = here * self._weights
        up /= np.linalg.norm(up, axis=1)[:, None]
        run = after - before
        run -= (run * up).sum(axis=1)[:, None] * up
        run /= np.linalg.norm(run, axis=1)[:, None]
        left = np.cross(up, run)
        sight, to_body = station - here, body - here
        range_km, distance_km = np.linalg.norm(sight, axis=1), np.linalg.norm(to_body, axis=1)
        # Across the line of sight and the run of the station before the body, which in the sky is that of the path.
        askew = np.stack(cross(columns(sight), columns(run)), axis=1)
        askew /= np.stack([norm(columns(askew), np)] * 3, axis=1)
        seen = np.abs((left * askew).sum(axis=1)) * (1.0 / range_km - 1.0 / distance_km)
        return 2.0 * np.arcsin(self._radius_km / distance_km) / seen, left

    def error_km(self, unix_s: float, across: Floats, error: ExpectedError, age_days: float) -> float | None:
        """90th percentile of the cross-track error of the line; None if not known."""
        if not error.is_stated:
            return None
        at, aside_km = np.array([unix_s]), across_p90_km(age_days)
        here = self.ground_km(at)
        others = [self.ground_km(at, shift_s=sign * error.p90_s) for sign in (-1.0, 1.0)]
        others += [self.ground_km(at, aside=aside) for aside in ((aside_km, 0.0), (0.0, aside_km))]
        moved = [abs(float((other - here)[0] @ across)) for other in others]
        if not all(map(math.isfinite, moved)):
            return None
        return math.hypot(max(moved[:2]), moved[2], moved[3])
