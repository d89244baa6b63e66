"""Transits: when the station crosses the Sun or the Moon as seen from a place, or from some kilometres away.

During each pass with the body above the horizon the angle between both is sampled, and its minimum refined
with exact states. The body is apparent (with its aberration), the station geometric, as observers' programs have it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from sim.astro.frames import (
    azimuth_elevation_deg,
    site_itrs_km,
    teme_position_to_itrs,
    to_enu,
)
from sim.astro.moon import moon_position_teme_km
from sim.astro.sampling import lowest_by_parabolas
from sim.astro.shadow import limb_clearance_rad
from sim.astro.sun import sun_position_teme_km
from sim.astro.vectors import angle_rad, columns, subtract
from sim.constants import DEG, SUN_RADIUS_KM
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.propagation import is_slow
from sim.passes.finder import find_pass_times
from sim.passes.transit_path import TransitPath, path_near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.orbit.propagation import Orbit
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.horizon import Horizon
    from sim.passes.model import PassTimes
    from sim.places.place import Place
    from sim.types import Components, Floats, Vector

BodyName = Literal["sun", "moon"]
Chance = Literal["sure", "possible", "beside", "not known"]
"""Whether the place lies on the path, with its error; `not known` if that error is not."""

MOON_RADIUS_KM = 1737.4
"""Mean radius (IAU 2015)."""

LOWEST_BODY_DEG = 0.0
"""Sun and Moon count when their centres are above the horizon."""

WIDEST_M, WIDEST_SINCE_UNIX_S = 55.0, 1658689980.0
"""Across the wings of Wentian: "more than 55 m" (China Manned Space Agency), since it docked (2022-07-24T19:13Z)."""

_SAMPLES_PER_PASS = 601
_LEAST_HEIGHT_KM = 150.0
"""Nothing that flies for days is lower; bounds how large an angle some kilometres on the ground can be."""

_BODIES: dict[BodyName, tuple[Callable[[float], Vector], float]] = {
    "sun": (sun_position_teme_km, SUN_RADIUS_KM),
    "moon": (moon_position_teme_km, MOON_RADIUS_KM),
}


class Transit(msgspec.Struct, frozen=True, kw_only=True):
    """One approach of the station to the Sun or the Moon.

    Attributes:
        body: Which.
        unix_s: Instant of the least separation at the place.
        separation_deg: The centres' least distance there.
        radius_deg: Of the body's disc at the place.
        duration_s: How long the station's centre is before the disc; 0 where it passes beside.
        speed_deg_s: Across the disc.
        azimuth_deg: Of the station then.
        elevation_deg: Of the station then, geometric.
        range_km: Its distance.
        sunlit: Whether the station is sunlit (before the Moon it then shines; before the Sun it is a silhouette).
        path: Where the transit is central, near the place; None where the line misses the ground.
        error: Expected error of the elements.
        chance: Whether the place lies on the path, its error considered.
        hidden: Whether the station is then behind the horizon of the place; None where that horizon is not given.
    """

    body: BodyName
    unix_s: float
    separation_deg: float
    radius_deg: float
    duration_s: float
    speed_deg_s: float
    azimuth_deg: float
    elevation_deg: float
    range_km: float
    sunlit: bool
    path: TransitPath | None
    error: ExpectedError
    chance: Chance
    hidden: bool | None = None

    @property
    def is_transit(self) -> bool:
        """Whether the station's centre crosses the disc at the place, as computed."""
        return self.separation_deg < self.radius_deg


def widest_arcsec(transit: Transit) -> float | None:
    """The largest angle that the station can fill, wings seen square on; None before its wings were there."""
    if transit.unix_s < WIDEST_SINCE_UNIX_S:
        return None
    return math.degrees(WIDEST_M / 1000.0 / transit.range_km) * 3600.0


def find_transits(
    orbit: Orbit,
    place: Place,
    start_unix_s: float,
    end_unix_s: float,
    *,
    error_at: Callable[[float], ExpectedError],
    bodies: tuple[BodyName, ...] = ("sun", "moon"),
    within_km: float = 0.0,
    horizon: Horizon | None = None,
) -> list[Transit]:
    """Transits over a place in a span, in order of time.

    Those that happen at the place itself, but behind its horizon, are found with `hidden`: a few steps aside, or a few
    kilometres along the path, they may be in sight.

    Args:
        orbit: Of the station, or of another object.
        place: The observer.
        start_unix_s: Begin of the span.
        end_unix_s: Its end.
        error_at: Expected error of the elements at an instant; where the place along the orbit is not known, nothing
            is searched.
        bodies: Which of the two.
        within_km: Also those whose centre line passes this near.
        horizon: Of trees and houses at the place.

    Raises:
        OrbitError: The object is too slow: it takes more than minutes to cross the sky.
    """
    _require_quick(orbit, start_unix_s)
    found: list[Transit] = []
    for times in find_pass_times(orbit, place, start_unix_s, end_unix_s):
        error = error_at(times.peak.unix_s)
        if error.position_known:
            views = (_View(orbit, place, body, times) for body in bodies)
            found += [one for view in views if view.is_up for one in _transits_of(view, error, within_km)]
    inside = sorted((one for one in found if start_unix_s <= one.unix_s < end_unix_s), key=lambda one: one.unix_s)
    if horizon is None:
        return inside
    return [replace(one, hidden=one.elevation_deg <= horizon.elevation_deg(one.azimuth_deg)) for one in inside]


def _require_quick(orbit: Orbit, unix_s: float) -> None:
    """Refuse what stays in the sky for hours: over so long a time the Sun and the Moon do not move straight."""
    elements = orbit.elements(unix_s)
    if is_slow(elements):
        raise OrbitError(
            _(
                "transits are searched for objects that cross the sky in minutes; this one takes "
                "{period_min:.0f} min for a revolution"
            ).format(period_min=elements.period_min)
        )


class _View:
    """The station and a body over a place during one pass."""

    def __init__(self, orbit: Orbit, place: Place, body: BodyName, times: PassTimes) -> None:
        self.orbit, self.place, self.body = orbit, place, body
        position, self.radius_km = _BODIES[body]
        self.first_unix_s, self.last_unix_s = times.rise.unix_s, times.set.unix_s
        self._span_s = self.last_unix_s - self.first_unix_s
        self._from, self._to = position(self.first_unix_s), position(self.last_unix_s)
        self.site_km = site_itrs_km(place)

    @property
    def is_up(self) -> bool:
        """Whether the body is above the horizon at either end of the pass."""
        return any(self._elevation_deg(t) > LOWEST_BODY_DEG for t in (self.first_unix_s, self.last_unix_s))

    def _elevation_deg(self, unix_s: float) -> float:
        sight = self._sight_of_body(np.array([unix_s]))
        enu = to_enu(sight, self.place.latitude_deg, self.place.longitude_deg)
        return float(azimuth_elevation_deg(enu, np)[1][0])

    def body_teme_km(self, unix_s: Floats) -> Components[Floats]:
        """The body: over the minutes of a pass it moves straight to a second of arc."""
        share = (unix_s - self.first_unix_s) / self._span_s
        x, y, z = (a + share * (b - a) for a, b in zip(self._from, self._to, strict=True))
        return x, y, z

    def _sight_of_body(self, unix_s: Floats) -> Components[Floats]:
        return subtract(teme_position_to_itrs(unix_s, self.body_teme_km(unix_s), np), self.site_km)

    def station_itrs_km(self, unix_s: Floats) -> Components[Floats]:
        """The station; NaN where the orbit has no answer."""
        return teme_position_to_itrs(unix_s, columns(self.orbit.states(unix_s).position_teme_km), np)

    def separation_rad(self, unix_s: Floats) -> Floats:
        """Angle between both, (n,)."""
        sight = subtract(self.station_itrs_km(unix_s), self.site_km)
        return angle_rad(sight, self._sight_of_body(unix_s), np)

    def body_distance_km(self, unix_s: float) -> float:
        """From the place to the centre of the body."""
        x, y, z = (float(part[0]) for part in self._sight_of_body(np.array([unix_s])))
        return math.hypot(x, y, z)


def _transits_of(view: _View, error: ExpectedError, within_km: float) -> Iterator[Transit]:
    """Those of one pass."""
    unix_s = np.linspace(view.first_unix_s, view.last_unix_s, _SAMPLES_PER_PASS)
    apart = view.separation_rad(unix_s)
    apart[~np.isfinite(apart)] = math.pi
    widest_rad = 1.2 * math.atan2(within_km, _LEAST_HEIGHT_KM) + 1.0 * DEG
    is_least = (apart[1:-1] <= apart[:-2]) & (apart[1:-1] < apart[2:]) & (apart[1:-1] < widest_rad)
    for near_unix_s in unix_s[1:-1][is_least].tolist():
        step_s = (view.last_unix_s - view.first_unix_s) / (_SAMPLES_PER_PASS - 1)
        steps_s = (step_s, *(max(step_s / 4.0**k, 0.05) for k in (1, 2, 3)))
        least_unix_s = lowest_by_parabolas(lambda times: view.separation_rad(times) ** 2, near_unix_s, steps_s)
        transit = _transit_at(view, least_unix_s, error)
        reach_km = transit.path.distance_km if transit.path else math.inf
        if transit.elevation_deg > LOWEST_BODY_DEG and (transit.is_transit or reach_km <= within_km):
            yield transit


def _transit_at(view: _View, unix_s: float, error: ExpectedError) -> Transit:
    step_s = 0.25
    at = np.array([unix_s - step_s, unix_s, unix_s + step_s])
    before, least, after = view.separation_rad(at).tolist()
    speed_rad_s = math.sqrt(max(0.5 * (before**2 + after**2) - least**2, 0.0)) / step_s
    radius_rad = math.asin(view.radius_km / view.body_distance_km(unix_s))
    station_itrs = view.station_itrs_km(at[1:2])
    sight = subtract(station_itrs, view.site_km)
    azimuth, elevation = azimuth_elevation_deg(to_enu(sight, view.place.latitude_deg, view.place.longitude_deg), np)
    state = view.orbit.state(unix_s)
    path = path_near(view.orbit, view.place, unix_s, view.body_teme_km, view.radius_km, error)
    return Transit(
        body=view.body,
        unix_s=unix_s,
        separation_deg=least / DEG,
        radius_deg=radius_rad / DEG,
        duration_s=_duration_s(view, unix_s, least, radius_rad, speed_rad_s),
        speed_deg_s=speed_rad_s / DEG,
        azimuth_deg=float(azimuth[0]),
        elevation_deg=float(elevation[0]),
        range_km=math.hypot(*(float(part[0]) for part in sight)),
        sunlit=limb_clearance_rad(state.position_teme_km, sun_position_teme_km(unix_s)) > 0.0,
        path=path,
        error=error,
        chance=_chance(path, is_transit=least < radius_rad),
    )


def _duration_s(view: _View, unix_s: float, least_rad: float, radius_rad: float, speed_rad_s: float) -> float:
    """From the first to the last contact of the station's centre with the disc's edge, by Newton from the chord."""
    if least_rad >= radius_rad or speed_rad_s <= 0.0:
        return 0.0
    half_s = math.sqrt(radius_rad**2 - least_rad**2) / speed_rad_s
    contacts = []
    for sign in (-1.0, 1.0):
        contact = unix_s + sign * half_s
        for _step in range(3):
            here, there = view.separation_rad(np.array([contact, contact + 0.01])).tolist()
            slope = (there - here) / 0.01
            if slope == 0.0:
                break
            contact += max(-half_s, min(half_s, (radius_rad - here) / slope))
        contacts.append(contact)
    return max(contacts[1] - contacts[0], 0.0)


def _chance(path: TransitPath | None, *, is_transit: bool) -> Chance:
    """Whether the place lies on the path, its error considered."""
    if path is None or path.error_p90_km is None:
        return "not known"
    inside_km = path.width_km / 2.0 - path.distance_km
    if abs(inside_km) < path.error_p90_km:
        return "possible"
    return "sure" if is_transit else "beside"
