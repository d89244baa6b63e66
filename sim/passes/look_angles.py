"""Look angles for a rotator, a camera or a radio at one instant, with their errors. No numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import asdict, replace

from sim.astro.frames import (
    azimuth_elevation_deg,
    site_itrs_km,
    teme_position_to_itrs,
    to_enu,
)
from sim.astro.moon import moon_position_teme_km
from sim.astro.refraction import lifted_deg
from sim.astro.sun import sun_position_teme_km
from sim.astro.vectors import angle_rad, subtract, wrapped_deg
from sim.constants import DEG, SPEED_OF_LIGHT_KM_S
from sim.errors import OrbitError
from sim.passes.observation import Observation, observe_state

if TYPE_CHECKING:
    from sim.astro.photometry import StandardMagnitude
    from sim.orbit.propagation import Orbit
    from sim.orbit.uncertainty import ExpectedError
    from sim.places.place import Place
    from sim.types import Vector


class LookAngles(Observation, frozen=True, kw_only=True):
    """The station seen from a place at one instant: geometric, without light time.

    The magnitude is None in the shadow and below the horizon too.

    Attributes:
        apparent_elevation_deg: As the air lifts it (10 degrees Celsius, 1010 hPa).
        sun_distance_deg: Angle to the centre of the Sun.
        moon_distance_deg: Angle to the centre of the Moon.
    """

    apparent_elevation_deg: float
    sun_distance_deg: float
    moon_distance_deg: float


class PointingError(msgspec.Struct, frozen=True, kw_only=True):
    """How far off a direction may be when the station comes early or late by the expected error, in degrees.

    Half of the directions are nearer than the medians, nine in ten nearer than the others. What the station may be off
    across its track (a kilometre or two) is not in it.
    """

    azimuth_median_deg: float
    azimuth_p90_deg: float
    elevation_median_deg: float
    elevation_p90_deg: float


def look_angles(orbit: Orbit, place: Place, unix_s: float, standard: StandardMagnitude | None = None) -> LookAngles:
    """Direction, distance and light of an object from a place; no magnitude without its `standard` one.

    Raises:
        OrbitError: The orbit has no answer.
    """
    state = orbit.state(unix_s)
    seen = observe_state(state, place, unix_s, standard)
    site_km = site_itrs_km(place)
    sight_km = subtract(teme_position_to_itrs(unix_s, state.position_teme_km), site_km)
    sun, moon = (
        angle_rad(sight_km, subtract(teme_position_to_itrs(unix_s, body_teme_km), site_km)) / DEG
        for body_teme_km in (sun_position_teme_km(unix_s), moon_position_teme_km(unix_s))
    )
    if not (seen.sunlit and seen.elevation_deg > 0.0):
        seen = replace(seen, magnitude=None)
    return LookAngles(
        **asdict(seen),
        apparent_elevation_deg=lifted_deg(seen.elevation_deg),
        sun_distance_deg=sun,
        moon_distance_deg=moon,
    )


def doppler_hz(frequency_hz: float, range_rate_km_s: float) -> float:
    """By how much a signal sent at a frequency arrives higher; to the first order in v/c, the rest is below 1e-9."""
    return -frequency_hz * range_rate_km_s / SPEED_OF_LIGHT_KM_S


def pointing_error(orbit: Orbit, place: Place, unix_s: float, error: ExpectedError) -> PointingError | None:
    """Expected error of the direction at an instant; None if not known.

    The station is taken to be early or late along its own track, seconds of which the error states, over a place that
    turns on with the Earth as it does.
    """
    if not error.is_stated or not error.position_known:
        return None
    azimuths, elevations = [], []
    try:
        here = _direction(orbit, place, unix_s, 0.0)
        for shift_s in (error.median_s, error.p90_s):
            around = [_direction(orbit, place, unix_s, sign * shift_s) for sign in (-1.0, 1.0)]
            azimuths.append(max(abs(wrapped_deg(there[0] - here[0])) for there in around))
            elevations.append(max(abs(there[1] - here[1]) for there in around))
    except OrbitError:  # an ephemeris ends there
        return None
    return PointingError(
        azimuth_median_deg=azimuths[0],
        azimuth_p90_deg=azimuths[1],
        elevation_median_deg=elevations[0],
        elevation_p90_deg=elevations[1],
    )


def _direction(orbit: Orbit, place: Place, unix_s: float, shift_s: float) -> tuple[float, float]:
    """Azimuth and elevation at an instant of where the station is some seconds later along its orbit."""
    shifted: Vector = orbit.state(unix_s + shift_s).position_teme_km
    sight_km = subtract(teme_position_to_itrs(unix_s, shifted), site_itrs_km(place))
    return azimuth_elevation_deg(to_enu(sight_km, place.latitude_deg, place.longitude_deg))
