"""The Earth in front of the Sun as seen from orbit: an ellipsoid without air before a disc of finite width.

Air bends and reddens the light: the last ten to thirty seconds before an entry are dimmer than geometry says.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from sim.astro.sun import sun_position_teme_km
from sim.astro.vectors import norm, smaller
from sim.constants import SUN_RADIUS_KM, WGS84_FLATTENING, WGS84_RADIUS_KM

if TYPE_CHECKING:
    from sim.types import Components, MathModule, Number, Vector

LightState = Literal["sunlit", "penumbra", "umbra"]

Contacts = tuple[float, float] | None
"""Begin and end of a time in which the Sun's disc is covered so far; None where it never is."""

_Z_SCALE = 1.0 / (1.0 - WGS84_FLATTENING)


def limb_clearance_rad(position_km: Components[Number], sun_km: Components[Number], m: MathModule = math) -> Number:
    """Angle by which the Sun's centre stands above the Earth's oblate limb; negative behind the Earth.

    With z stretched, the ellipsoid is a sphere, lines stay lines and the limb is a circle.

    Args:
        position_km: Of the spacecraft, in any frame whose z axis is the Earth's.
        sun_km: Of the Sun, in the same frame.
        m: `math` or `numpy`.
    """
    (x, y, z), (sun_x, sun_y, sun_z) = position_km, sun_km
    z = z * _Z_SCALE
    sx, sy, sz = sun_x - x, sun_y - y, sun_z * _Z_SCALE - z
    limb_rad = m.asin(smaller(WGS84_RADIUS_KM / m.sqrt(x * x + y * y + z * z), 1.0, m))
    # The angle between nadir and Sun as `angle_rad` has it, written out: searches spend a third of their time here.
    nx, ny, nz = y * sz - z * sy, z * sx - x * sz, x * sy - y * sx
    clearance: Number = m.atan2(m.sqrt(nx * nx + ny * ny + nz * nz), -(x * sx + y * sy + z * sz)) - limb_rad
    return clearance


def sun_radius_rad(sun_km: Components[Number], m: MathModule = math) -> Number:
    """Half the apparent width of the Sun's disc."""
    radius: Number = m.asin(SUN_RADIUS_KM / norm(sun_km, m))
    return radius


def light_state(clearance_rad: float, sun_radius_rad: float) -> LightState:
    """Whether the whole Sun, a part of it or nothing of it is seen at a clearance above the limb."""
    if clearance_rad >= sun_radius_rad:
        return "sunlit"
    return "penumbra" if clearance_rad > -sun_radius_rad else "umbra"


def shadow_state(unix_s: float, position_teme_km: Vector) -> LightState:
    """The light at a position at an instant."""
    sun_km = sun_position_teme_km(unix_s)
    return light_state(limb_clearance_rad(position_teme_km, sun_km), sun_radius_rad(sun_km))
