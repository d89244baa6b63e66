"""The station as seen from a place at one instant: direction, distance, light and brightness. Plain math, no numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.astro.frames import site_itrs_km, teme_position_to_itrs, teme_to_itrs, topocentric
from sim.astro.photometry import extinction_per_air_mass, magnitude, phase_angle_rad
from sim.astro.shadow import limb_clearance_rad
from sim.astro.sun import sun_position_teme_km
from sim.astro.vectors import subtract

if TYPE_CHECKING:
    from sim.astro.photometry import StandardMagnitude
    from sim.orbit.propagation import Orbit, State
    from sim.places.place import Place


class Observation(msgspec.Struct, frozen=True):
    """The station in the sky of a place.

    Attributes:
        unix_s: The instant.
        azimuth_deg: Clockwise from north.
        elevation_deg: Geometric.
        range_km: Distance.
        range_rate_km_s: Its change, positive when the distance grows.
        sunlit: Whether the Sun's centre is above the Earth's limb.
        magnitude: Visual, as it is in sunlight; None where the standard magnitude is not known.
    """

    unix_s: float
    azimuth_deg: float
    elevation_deg: float
    range_km: float
    range_rate_km_s: float
    sunlit: bool
    magnitude: float | None


def observe(orbit: Orbit, place: Place, unix_s: float, standard: StandardMagnitude | None = None) -> Observation:
    """Observe an object from a place (some 20 microseconds); no magnitude without its `standard` one.

    Raises:
        OrbitError: The orbit has no answer.
    """
    return observe_state(orbit.state(unix_s), place, unix_s, standard)


def observe_state(state: State, place: Place, unix_s: float, standard: StandardMagnitude | None = None) -> Observation:
    """`observe` for a state that is known already."""
    station_km, velocity_km_s = teme_to_itrs(unix_s, state.position_teme_km, state.velocity_teme_km_s)
    seen = topocentric(place, station_km, velocity_km_s)
    sun_teme_km = sun_position_teme_km(unix_s)
    to_sun_km = subtract(teme_position_to_itrs(unix_s, sun_teme_km), station_km)
    phase_rad = phase_angle_rad(subtract(station_km, site_itrs_km(place)), to_sun_km)
    shown = None
    if standard is not None:
        extinction = extinction_per_air_mass(place.height_m)
        shown = magnitude(standard.magnitude, seen.range_km, phase_rad, seen.elevation_deg, extinction)
    return Observation(
        unix_s=unix_s,
        azimuth_deg=seen.azimuth_deg,
        elevation_deg=seen.elevation_deg,
        range_km=seen.range_km,
        range_rate_km_s=seen.range_rate_km_s,
        sunlit=limb_clearance_rad(state.position_teme_km, sun_teme_km) > 0.0,
        magnitude=shown,
    )
