"""SGP4 at the epoch of its elements: secular rates of mean elements, and the state that they stand for.

At its own epoch SGP4 has no drag and no secular motion left, only its long and short period terms, so the state is a
smooth function of six mean elements. These are the near-earth formulas of Hoots and Roehrich, Spacetrack Report 3
(1980), as revised by Vallado et al., AIAA 2006-6753, with the constants of WGS72. Written for `math` and for numpy
alike: one formula for one instant and for thousands.

Units inside: Earth radii, radians, minutes, as in the sources.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sim.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM

if TYPE_CHECKING:
    from types import ModuleType

Number = Any
"""A float, or a column of floats (numpy)."""

J2, J3, J4 = 0.001082616, -0.00000253881, -0.00000165597
"""Zonal harmonics of WGS72."""

_LONG_PERIOD = -0.5 * J3 / J2

XKE: float = 60.0 / math.sqrt(WGS72_RADIUS_KM**3 / WGS72_MU_KM3_S2)
"""Square root of the Earth's gravitational parameter, Earth radii^1.5 a minute."""

KM_S = WGS72_RADIUS_KM * XKE / 60.0
MINUTES_A_DAY = 1440.0

MOST_ECCENTRIC = 0.05
"""Two steps of Newton solve Kepler's equation to the last digit up to here."""

SLOWEST_REV_DAY = 6.4
"""Slower orbits (period over 225 minutes) are SGP4's deep space: Sun and Moon are missing here."""


class SecularRates(Struct, frozen=True):
    """Rates that the oblate Earth and the mean motion make, radians a minute."""

    mean_anomaly: float
    argument_of_perigee: float
    node: float

    @property
    def argument_of_latitude(self) -> float:
        """Rate of the mean argument of latitude: perigee and anomaly together."""
        return self.mean_anomaly + self.argument_of_perigee


def brouwer_mean_motion(kozai_rad_min: float, eccentricity: float, inclination_rad: float) -> float:
    """Brouwer's mean motion, the one SGP4 works with, from the Kozai mean motion that element sets print."""
    return _brouwer_of_factor(kozai_rad_min, _kozai_factor(eccentricity, inclination_rad))


def _brouwer_of_factor(kozai_rad_min: float, k: float) -> float:
    a1 = (XKE / kozai_rad_min) ** (2.0 / 3.0)
    d1 = k / (a1 * a1)
    a0 = a1 * (1.0 - d1 * d1 - d1 * (1.0 / 3.0 + 134.0 * d1 * d1 / 81.0))
    brouwer: float = kozai_rad_min / (1.0 + k / (a0 * a0))
    return brouwer


def kozai_mean_motion(brouwer_rad_min: float, eccentricity: float, inclination_rad: float) -> float:
    """The inverse of `brouwer_mean_motion`."""
    k = _kozai_factor(eccentricity, inclination_rad)
    a = (XKE / brouwer_rad_min) ** (2.0 / 3.0)
    a0 = a * (1.0 - k / (a * a))  # good to six digits: the motion to ten
    kozai: float = brouwer_rad_min * (1.0 + k / (a0 * a0))
    return kozai * brouwer_rad_min / _brouwer_of_factor(kozai, k)  # and to more than is printed anywhere


def _kozai_factor(eccentricity: float, inclination_rad: float) -> float:
    cos_i = math.cos(inclination_rad)
    factor: float = 0.75 * J2 * (3.0 * cos_i * cos_i - 1.0) / (1.0 - eccentricity * eccentricity) ** 1.5
    return factor


def secular_rates(mean_motion_rad_min: float, eccentricity: float, inclination_rad: float) -> SecularRates:
    """Secular rates of the mean elements by J2, J2 squared and J4 (drag apart)."""
    n = mean_motion_rad_min
    c = math.cos(inclination_rad)
    c2, c4 = c * c, c * c * c * c
    root = math.sqrt(1.0 - eccentricity * eccentricity)
    p = (XKE / n) ** (2.0 / 3.0) * root * root
    t1 = 1.5 * J2 / (p * p) * n
    t2 = 0.5 * t1 * J2 / (p * p)
    t3 = -0.46875 * J4 / p**4 * n
    return SecularRates(
        n + 0.5 * t1 * root * (3.0 * c2 - 1.0) + 0.0625 * t2 * root * (13.0 - 78.0 * c2 + 137.0 * c4),
        0.5 * t1 * (5.0 * c2 - 1.0)
        + 0.0625 * t2 * (7.0 - 114.0 * c2 + 395.0 * c4)
        + t3 * (3.0 - 36.0 * c2 + 49.0 * c4),
        -t1 * c + (0.5 * t2 * (4.0 - 19.0 * c2) + 2.0 * t3 * (3.0 - 7.0 * c2)) * c,
    )


def state_of_mean(
    n: Number, h: Number, k: Number, inclination: Number, node: Number, latitude: Number, m: ModuleType = math
) -> tuple[Number, Number, Number, Number, Number, Number]:
    """Position (km) and velocity (km/s) in TEME of mean elements at their epoch.

    Args:
        n: Brouwer mean motion, rad/min.
        h: Eccentricity times the cosine of the argument of perigee.
        k: Eccentricity times its sine.
        inclination: Radians.
        node: Right ascension of the ascending node, radians.
        latitude: Mean argument of latitude (perigee and anomaly together), radians.
        m: `math` for one instant; numpy for columns of them.

    Returns:
        x, y, z, and their rates.
    """
    sin, cos, sqrt, a = m.sin, m.cos, m.sqrt, (XKE / n) ** (2.0 / 3.0)
    sin_i, cos_i = sin(inclination), cos(inclination)
    long_period = _LONG_PERIOD * sin_i / (a * (1.0 - h * h - k * k))
    ax, ay = h, k + long_period
    u = latitude + 0.5 * long_period * (3.0 + 5.0 * cos_i) / (1.0 + cos_i) * h
    # Kepler's equation for the eccentric argument of latitude: a first guess and two steps of Newton, of which the
    # second is so small (under e^4) that sine and cosine need only be turned by it.
    eccentric = u + ax * sin(u) - ay * cos(u)
    sin_e, cos_e = sin(eccentric), cos(eccentric)
    eccentric = eccentric + (u - eccentric + ax * sin_e - ay * cos_e) / (1.0 - cos_e * ax - sin_e * ay)
    sin_e, cos_e = sin(eccentric), cos(eccentric)
    last = (u - eccentric + ax * sin_e - ay * cos_e) / (1.0 - cos_e * ax - sin_e * ay)
    sin_e, cos_e = sin_e + last * cos_e, cos_e - last * sin_e
    e_cos, e_sin = ax * cos_e + ay * sin_e, ax * sin_e - ay * cos_e
    e2 = ax * ax + ay * ay
    p, r, beta = a * (1.0 - e2), a * (1.0 - e_cos), sqrt(1.0 - e2)
    part, a_r = e_sin / (1.0 + beta), a / r
    sin_u = a_r * (sin_e - ay - ax * part)
    cos_u = a_r * (cos_e - ax + ay * part)
    sin_2u, cos_2u = 2.0 * sin_u * cos_u, 1.0 - 2.0 * sin_u * sin_u
    # Short period terms of J2.
    cos2_i = cos_i * cos_i
    t1 = 0.5 * J2 / p
    t2 = t1 / p
    flat, tilt = 1.0 - cos2_i, 3.0 * cos2_i - 1.0
    radius = r * (1.0 - 1.5 * t2 * beta * tilt) + 0.5 * t1 * flat * cos_2u
    turn = -0.25 * t2 * (7.0 * cos2_i - 1.0) * sin_2u
    node = node + 1.5 * t2 * cos_i * sin_2u
    inclination = inclination + 1.5 * t2 * cos_i * sin_i * cos_2u
    speed_out = sqrt(a) * e_sin / r - n * t1 * flat * sin_2u / XKE
    speed_on = sqrt(p) / r + n * t1 * (flat * cos_2u + 1.5 * tilt) / XKE
    # Sine and cosine of u + turn: the turn is under 0.001, the next terms under 1e-14.
    sin_t, cos_t = turn * (1.0 - turn * turn / 6.0), 1.0 - 0.5 * turn * turn
    sin_u, cos_u = sin_u * cos_t + cos_u * sin_t, cos_u * cos_t - sin_u * sin_t
    sin_n, cos_n, sin_i, cos_i = sin(node), cos(node), sin(inclination), cos(inclination)
    mx, my = -sin_n * cos_i, cos_n * cos_i
    ux, uy, uz = mx * sin_u + cos_n * cos_u, my * sin_u + sin_n * cos_u, sin_i * sin_u
    vx, vy, vz = mx * cos_u - cos_n * sin_u, my * cos_u - sin_n * sin_u, sin_i * cos_u
    radius, speed_out, speed_on = radius * WGS72_RADIUS_KM, speed_out * KM_S, speed_on * KM_S
    return (
        radius * ux, radius * uy, radius * uz,
        speed_out * ux + speed_on * vx, speed_out * uy + speed_on * vy, speed_out * uz + speed_on * vz,
    )  # fmt: skip
