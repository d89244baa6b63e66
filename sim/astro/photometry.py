"""Brightness of a satellite: a diffuse sphere, the air its light passes through, and what an eye finds in the sky.

m = m0 + 5 log10(d / 1000 km) - 2.5 log10(sin p + (pi - p) cos p), p being the phase angle Sun - satellite - observer.
The last term is zero at p = 90 degrees, where the standard magnitude m0 is stated. It is given by the caller, because
it depends on what flies (`sim.chronicle.brightness` has the station's). Panels tilt and flash: a result is good to one
magnitude at best, and should be shown so. Arguments and results are floats with `m=math`, arrays of one shape with
`m=numpy`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from sim.astro.vectors import angle_rad, larger, smaller

if TYPE_CHECKING:
    from sim.types import Components, MathModule, Number

RAYLEIGH_EXTINCTION, RAYLEIGH_SCALE_HEIGHT_M = 0.1451, 7996.0
"""Magnitudes per air mass at sea level lost to scattering by molecules, which follows the pressure of the air."""

AEROSOL_EXTINCTION, AEROSOL_SCALE_HEIGHT_M = 0.120, 1500.0
"""Lost to dust and haze under a fair sky, which lie low."""

OZONE_EXTINCTION = 0.016
"""Lost to ozone, above every observer. All five: Green 1992, International Comet Quarterly 14, 55 (visual light)."""


class StandardMagnitude(msgspec.Struct, frozen=True):
    """How bright an object is by itself.

    Attributes:
        magnitude: Visual, at 1000 km and a phase angle of 90 degrees, without air.
        error: Nine in ten passes are this near to what follows from it, in magnitudes.
    """

    magnitude: float
    error: float = 1.0


def magnitude(
    standard_magnitude: Number,
    range_km: Number,
    phase_rad: Number,
    elevation_deg: Number,
    extinction: Number,
    m: MathModule = math,
) -> Number:
    """Visual magnitude as it reaches the eye.

    Args:
        standard_magnitude: At 1000 km and a phase angle of 90 degrees.
        range_km: From the observer to the satellite.
        phase_rad: Angle Sun - satellite - observer, 0 where the lit side is seen in full.
        elevation_deg: Above the horizon, for the air mass.
        extinction: Magnitudes lost per air mass, see `extinction_per_air_mass`.
        m: `math` or `numpy`.
    """
    lit = m.sin(phase_rad) + (math.pi - phase_rad) * m.cos(phase_rad)
    lost = extinction * air_mass(elevation_deg, m)
    shown: Number = standard_magnitude + 5.0 * m.log10(range_km / 1000.0) - 2.5 * m.log10(larger(lit, 1e-9, m)) + lost
    return shown


def extinction_per_air_mass(height_m: float) -> float:
    """Magnitudes lost per air mass under a fair sky: 0.28 at sea level, 0.13 at 3000 m above it (Green 1992)."""
    rayleigh = RAYLEIGH_EXTINCTION * math.exp(-height_m / RAYLEIGH_SCALE_HEIGHT_M)
    aerosol = AEROSOL_EXTINCTION * math.exp(-height_m / AEROSOL_SCALE_HEIGHT_M)
    return rayleigh + aerosol + OZONE_EXTINCTION


def air_mass(elevation_deg: Number, m: MathModule = math) -> Number:
    """Air on the line of sight, 1 in the zenith and 38 at the horizon (Kasten and Young 1989)."""
    above = larger(elevation_deg, 0.0, m)
    mass: Number = 1.0 / (m.sin(m.radians(above)) + 0.50572 * (above + 6.07995) ** -1.6364)
    return mass


def eye_limit_magnitude(sun_elevation_deg: Number, m: MathModule = math) -> Number:
    """Faintest magnitude that an eye finds when it knows where to look, under a sky that is not perfect.

    Straight lines between round figures: 4.5 in the night, 4 at the end of nautical twilight (Sun at -12 degrees),
    2 at the end of civil twilight (-6), Venus alone (-3) at sunset. They bend one way only, so the lowest line holds.
    """
    nautical = 4.0 - (sun_elevation_deg + 12.0) / 3.0
    civil = 2.0 - (sun_elevation_deg + 6.0) * (5.0 / 5.167)
    astronomical = smaller(4.0 - (sun_elevation_deg + 12.0) / 12.0, 4.5, m)
    if m is math:
        return min(astronomical, nautical, civil)
    limit: Number = m.minimum(m.minimum(astronomical, nautical), civil)
    return limit


def phase_angle_rad(
    sight_km: Components[Number], station_to_sun_km: Components[Number], m: MathModule = math
) -> Number:
    """Angle Sun - station - observer, from the vectors observer - station and station - Sun in one frame."""
    x, y, z = sight_km
    return angle_rad((-x, -y, -z), station_to_sun_km, m)
