"""One look at the station from a place, in plain math: where it stands, whether it is sunlit, how bright it is.

The same as `sim.passes.finder.sky_path` gives for a whole pass, for programs that do without numpy; the formula of the
brightness is told in `sim.astro.photometry`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.astro.scalar import geodetic_to_itrs, sighting, teme_to_itrs
from sim.astro.sun import limb_clearance_rad, sun_position_itrs_km, sun_position_teme_km
from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit
    from sim.places.place import Place

STANDARD_MAGNITUDE = 0.0
"""At 1000 km and a phase angle of 90 degrees."""

EXTINCTION_PER_AIR_MASS = 0.25
"""Magnitudes lost per air mass under a fair sky near sea level."""


class Look(NamedTuple):
    """What a place sees: azimuth clockwise from north, geometric elevation; the magnitude is that in sunlight."""

    unix_s: float
    azimuth_deg: float
    elevation_deg: float
    range_km: float
    sunlit: bool
    magnitude: float


def look(orbit: Orbit, place: Place, unix_s: float) -> Look:
    """The station at an instant.

    Raises:
        OrbitError: The orbit has no answer.
    """
    state = orbit.state(unix_s)
    station_km, velocity_km_s = teme_to_itrs(unix_s, *state)
    at = place.latitude_deg, place.longitude_deg, place.height_m / 1000.0
    azimuth_deg, elevation_deg, range_km, _ = sighting(*at, station_km, velocity_km_s)
    phase_rad = _angle_rad(station_km, geodetic_to_itrs(*at), sun_position_itrs_km(unix_s))
    sunlit = limb_clearance_rad(state.position_teme_km, sun_position_teme_km(unix_s)) > 0.0
    return Look(unix_s, azimuth_deg, elevation_deg, range_km, sunlit, magnitude(range_km, phase_rad, elevation_deg))


def magnitude(range_km: float, phase_rad: float, elevation_deg: float) -> float:
    """Visual magnitude as it reaches the eye; see `sim.astro.photometry.magnitude`."""
    lit = math.sin(phase_rad) + (math.pi - phase_rad) * math.cos(phase_rad)
    above = max(elevation_deg, 0.0)
    air_mass: float = 1.0 / (math.sin(math.radians(above)) + 0.50572 * (above + 6.07995) ** -1.6364)
    far = 5.0 * math.log10(range_km / 1000.0)
    return STANDARD_MAGNITUDE + far - 2.5 * math.log10(max(lit, 1e-9)) + EXTINCTION_PER_AIR_MASS * air_mass


def _angle_rad(
    corner: tuple[float, float, float], one: tuple[float, float, float], other: tuple[float, float, float]
) -> float:
    """Angle at a corner between two points."""
    ax, ay, az = (p - c for p, c in zip(one, corner, strict=True))
    bx, by, bz = (p - c for p, c in zip(other, corner, strict=True))
    lengths = math.sqrt((ax * ax + ay * ay + az * az) * (bx * bx + by * by + bz * bz))
    return math.acos(max(-1.0, min(1.0, (ax * bx + ay * by + az * bz) / lengths)))
