"""The Sun for many instants at once: its vector and the Earth's limb before it (arrays, time first).

The series of `sim.astro.sun` is evaluated once a day; between, the vector is drawn straight. A chord of one degree lies
nearer to the Earth by its sag, but its direction is that of the arc to a ten-thousandth of a degree.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.astro.sun import sun_position_teme_km
from sim.constants import SUN_RADIUS_KM, WGS84_FLATTENING, WGS84_RADIUS_KM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_KNOT_S = 86400.0
_Z_STRETCH = np.array([1.0, 1.0, 1.0 / (1.0 - WGS84_FLATTENING)])


class SunTrack:
    """The Sun's apparent position over a span of time.

    Args:
        first_unix_s: Begin of the span.
        last_unix_s: End of the span.
    """

    def __init__(self, first_unix_s: float, last_unix_s: float) -> None:
        start = np.floor(first_unix_s / _KNOT_S) * _KNOT_S
        self._knots = np.arange(start, last_unix_s + 2.0 * _KNOT_S, _KNOT_S)

    @cached_property
    def _positions(self) -> Floats:
        """At the knots; made when first asked for, as searches for times alone need no Sun."""
        return np.array([sun_position_teme_km(knot) for knot in self._knots.tolist()])

    def teme_km(self, unix_s: Floats) -> Floats:
        """Apparent geocentric position in TEME: shape of `unix_s` with a last axis of three, km."""
        return np.stack([np.interp(unix_s, self._knots, self._positions[:, axis]) for axis in range(3)], axis=-1)


def limb_clearance_rad(position_km: Floats, sun_km: Floats) -> Floats:
    """How far the Sun's centre stands above the Earth's oblate limb as seen from orbit; negative behind the Earth.

    Args:
        position_km: (..., 3) in any frame whose z axis is the Earth's.
        sun_km: (..., 3) in the same frame.

    Returns:
        Radians, shape (...). With z stretched the ellipsoid is a sphere, lines stay lines, the limb is a circle.
    """
    station = position_km * _Z_STRETCH
    to_sun = sun_km * _Z_STRETCH - station
    radius_km = np.sqrt(np.vecdot(station, station))
    distance_km = np.sqrt(np.vecdot(to_sun, to_sun))
    nadir_cos = -np.vecdot(station, to_sun) / (radius_km * distance_km)
    clearance: Floats = np.arccos(nadir_cos) - np.arcsin(np.minimum(1.0, WGS84_RADIUS_KM / radius_km))
    return clearance


def sun_radius_rad(sun_km: Floats) -> Floats:
    """Half the apparent width of the Sun's disc, shape (...) for vectors of shape (..., 3)."""
    radius: Floats = np.arcsin(SUN_RADIUS_KM / np.linalg.norm(sun_km, axis=-1))
    return radius
