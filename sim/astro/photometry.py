"""Brightness of the station: a diffuse sphere, and the air its light passes through.

m = m0 + 5 log10(d / 1000 km) - 2.5 log10(sin p + (pi - p) cos p), p being the phase angle Sun - station - observer. The
last term is zero at p = 90 degrees, where m0 is stated. For the station m0 = 0.0 (Heavens-Above, read in 2026; the
ISS has -1.8 there). Panels tilt and flash: the result is good to one magnitude either way, and should be shown so.
Arguments and results are floats with `m=math`, arrays of one shape with `m=numpy`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.astro.vectors import angle_rad, larger

if TYPE_CHECKING:
    from sim.types import Components, MathModule, Number

STANDARD_MAGNITUDE = 0.0
"""At 1000 km and a phase angle of 90 degrees."""

EXTINCTION_PER_AIR_MASS = 0.25
"""Magnitudes lost per air mass under a fair sky near sea level."""


def magnitude(range_km: Number, phase_rad: Number, elevation_deg: Number, m: MathModule = math) -> Number:
    """Visual magnitude as it reaches the eye.

    Args:
        range_km: From the observer to the station.
        phase_rad: Angle Sun - station - observer, 0 where the lit side is seen in full.
        elevation_deg: Above the horizon, for the air mass.
        m: `math` or `numpy`.
    """
    lit = m.sin(phase_rad) + (math.pi - phase_rad) * m.cos(phase_rad)
    extinction = EXTINCTION_PER_AIR_MASS * air_mass(elevation_deg, m)
    shown: Number = (
        STANDARD_MAGNITUDE + 5.0 * m.log10(range_km / 1000.0) - 2.5 * m.log10(larger(lit, 1e-9, m)) + extinction
    )
    return shown


def air_mass(elevation_deg: Number, m: MathModule = math) -> Number:
    """Air on the line of sight, 1 in the zenith and 38 at the horizon (Kasten and Young 1989)."""
    above = larger(elevation_deg, 0.0, m)
    mass: Number = 1.0 / (m.sin(m.radians(above)) + 0.50572 * (above + 6.07995) ** -1.6364)
    return mass


def phase_angle_rad(
    sight_km: Components[Number], station_to_sun_km: Components[Number], m: MathModule = math
) -> Number:
    """Angle Sun - station - observer, from the vectors observer - station and station - Sun in one frame."""
    x, y, z = sight_km
    return angle_rad((-x, -y, -z), station_to_sun_km, m)
