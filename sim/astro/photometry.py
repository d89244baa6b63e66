"""How bright the station looks: a diffuse sphere, and the air it shines through.

m = m0 + 5 log10(d / 1000 km) - 2.5 log10(sin p + (pi - p) cos p), p being the angle Sun - station - observer. The
last term is nothing at p = 90 degrees, where m0 is stated. For the station m0 = 0.0 (Heavens-Above, read in 2026; the
ISS has -1.8 there). Panels tilt and flash: what comes out is good to a magnitude either way, and should be shown so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.passes.observation import EXTINCTION_PER_AIR_MASS, STANDARD_MAGNITUDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAGNITUDE_ERROR = 1.0
"""Plus or minus, for the shape and the panels that the sphere does not have."""


def magnitude(range_km: Floats, phase_rad: Floats, elevation_deg: Floats) -> Floats:
    """Visual magnitude as it reaches the eye; arguments and answer of one shape.

    Args:
        range_km: From the observer to the station.
        phase_rad: Sun - station - observer, 0 where the lit side is seen in full.
        elevation_deg: Above the horizon, for the air mass.
    """
    lit = np.sin(phase_rad) + (np.pi - phase_rad) * np.cos(phase_rad)
    faded = EXTINCTION_PER_AIR_MASS * air_mass(elevation_deg)
    shown: Floats = (
        STANDARD_MAGNITUDE + 5.0 * np.log10(range_km / 1000.0) - 2.5 * np.log10(np.maximum(lit, 1e-9)) + faded
    )
    return shown


def air_mass(elevation_deg: Floats) -> Floats:
    """Air on the line of sight, 1 in the zenith and 38 at the horizon (Kasten and Young 1989)."""
    above = np.maximum(elevation_deg, 0.0)
    mass: Floats = 1.0 / (np.sin(np.radians(above)) + 0.50572 * (above + 6.07995) ** -1.6364)
    return mass


def phase_angle_rad(sight_km: Floats, station_to_sun_km: Floats) -> Floats:
    """Angle Sun - station - observer.

    Args:
        sight_km: (..., 3) from the observer to the station.
        station_to_sun_km: (..., 3) in the same frame.
    """
    product = -np.einsum("...i,...i", sight_km, station_to_sun_km)
    lengths = np.linalg.norm(sight_km, axis=-1) * np.linalg.norm(station_to_sun_km, axis=-1)
    angle: Floats = np.arccos(np.clip(product / lengths, -1.0, 1.0))
    return angle
