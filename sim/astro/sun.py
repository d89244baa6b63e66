"""The Sun: its position, where a place sees it, twilight, and the beta angle of an orbit.

The series is Meeus, Astronomical Algorithms, chapter 25 (mean equinox, equation of centre, aberration, the largest
term of nutation), with the five periodic terms of Newcomb's theory that exceed a second of arc (Venus, Jupiter, the
Moon). Against DE421 it stays within 0.004 degrees from 2021 to 2034, which is 0.02 s of an eclipse. Vectors are
turned to TEME (true equator, *mean* equinox) because the orbit lives there; left in J2000 they would move every
eclipse by 7 s.
"""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

from sim.astro.frames import azimuth_elevation_deg, site_itrs_km, teme_position_to_itrs, to_enu
from sim.astro.vectors import angle_rad, cross, stacked, subtract
from sim.constants import AU_KM, CENTURY_S, DAY_S, DEG, TT_MINUS_UTC_S
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.places.place import Place
    from sim.types import Floats, Vector

Twilight = Literal["day", "civil twilight", "nautical twilight", "astronomical twilight", "night"]

SUNSET_ELEVATION_DEG = -0.833
"""Geometric elevation of the Sun's centre when its upper limb touches the horizon (34' refraction, 16' radius)."""

DARK_SKY_ELEVATION_DEG = -6.0
"""The Sun this low, the station can be seen with the naked eye: the end of civil twilight."""

_MEAN_MOTION_RAD_S = 1.99099e-7 * math.sqrt(1.0 - 0.016708634**2)
_COS_OBLIQUITY, _SIN_OBLIQUITY = math.cos(23.4393 * DEG), math.sin(23.4393 * DEG)
_PERTURBATIONS_DEG = (  # amplitude, phase of the cosine at J2000, rate per century
    (0.00134, 351.98, 22518.7541),  # Venus
    (0.00154, 254.08, 45037.5082),  # Venus
    (0.00200, 157.05, 32964.3577),  # Jupiter
    (0.00179, 207.85, 445267.1142),  # the Earth's way round the barycentre with the Moon
    (0.00178, 161.39, 20.2),  # Venus and the Earth, 1,800 years long
)
_TWILIGHTS: tuple[tuple[float, Twilight], ...] = (
    (SUNSET_ELEVATION_DEG, "day"),
    (-6.0, "civil twilight"),
    (-12.0, "nautical twilight"),
    (-18.0, "astronomical twilight"),
)


class SkyPosition(msgspec.Struct, frozen=True):
    """A body in the sky of a place: azimuth clockwise from north and geometric elevation."""

    azimuth_deg: float
    elevation_deg: float


@lru_cache(maxsize=16)  # a frame needs the Sun of one instant for its light, its beta angle and the sky of its place
def sun_position_teme_km(unix_s: float) -> Vector:
    """Apparent geocentric position of the Sun in TEME, km (about 3 microseconds)."""
    t = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / CENTURY_S
    anomaly = (357.52911 + (35999.05029 - 0.0001537 * t) * t) * DEG
    centre_deg = (
        (1.914602 - (0.004817 + 0.000014 * t) * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2.0 * anomaly)
        + 0.000289 * math.sin(3.0 * anomaly)
    )
    node = (125.04 - 1934.136 * t) * DEG
    nutation_deg = -0.00478 * math.sin(node)
    longitude_deg = 280.46646 + (36000.76983 + 0.0003032 * t) * t + centre_deg - 0.00569 + nutation_deg
    for amplitude_deg, phase_deg, rate_deg in _PERTURBATIONS_DEG:
        longitude_deg += amplitude_deg * math.cos((phase_deg + rate_deg * t) * DEG)
    obliquity = (23.439291 - 0.0130042 * t + 0.00256 * math.cos(node)) * DEG
    eccentricity = 0.016708634 - 0.000042037 * t
    distance_km = (
        AU_KM * 1.000001018 * (1.0 - eccentricity**2) / (1.0 + eccentricity * math.cos(anomaly + centre_deg * DEG))
    )
    longitude = longitude_deg * DEG
    x, sin_longitude = math.cos(longitude), math.sin(longitude)
    y, z = sin_longitude * math.cos(obliquity), sin_longitude * math.sin(obliquity)
    # From the true to the mean equinox: turn by the equation of the equinoxes, so small that its square is nothing.
    turn = nutation_deg * math.cos(obliquity) * DEG
    return distance_km * (x + turn * y), distance_km * (y - turn * x), distance_km * z


def sun_moved_km(sun_teme_km: Vector, seconds: float) -> Vector:
    """The Sun's position some seconds after it stood at `sun_teme_km`: 1e-6 rad off after two hours, for 0.3 us."""
    x, y, z = sun_teme_km
    angle = seconds * _MEAN_MOTION_RAD_S * AU_KM * AU_KM / (x * x + y * y + z * z)  # Kepler's second law
    along_y, along_z = angle * _COS_OBLIQUITY, angle * _SIN_OBLIQUITY
    return x - along_y * y - along_z * z, y + along_y * x, z + along_z * x


def sun_position_itrs_km(unix_s: float) -> Vector:
    """Apparent position of the Sun in ITRS, km."""
    return teme_position_to_itrs(unix_s, sun_position_teme_km(unix_s))


def subsolar_point(unix_s: float) -> tuple[float, float]:
    """Geodetic latitude and longitude (degrees north and east) where the Sun stands in the zenith.

    The vertical of the ellipsoid points to the Sun there, so the latitude is the declination itself.
    """
    x, y, z = sun_position_itrs_km(unix_s)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def sky_position(place: Place, position_itrs_km: Vector) -> SkyPosition:
    """Direction of a body from a place: geometric, parallax included."""
    sight_km = subtract(position_itrs_km, site_itrs_km(place))
    azimuth_deg, elevation_deg = azimuth_elevation_deg(to_enu(sight_km, place.latitude_deg, place.longitude_deg))
    return SkyPosition(azimuth_deg=azimuth_deg, elevation_deg=elevation_deg)


def sun_in_sky(unix_s: float, place: Place) -> SkyPosition:
    """Azimuth and geometric elevation of the Sun's centre at a place."""
    return sky_position(place, sun_position_itrs_km(unix_s))


def sun_elevation_deg(unix_s: float, place: Place) -> float:
    """Geometric elevation of the Sun's centre at a place."""
    return sun_in_sky(unix_s, place).elevation_deg


def twilight_name(sun_elevation_deg: float) -> Twilight:
    """Name of the twilight at a geometric elevation of the Sun."""
    for lowest_deg, name in _TWILIGHTS:
        if sun_elevation_deg >= lowest_deg:
            return name
    return "night"


def beta_angle_deg(unix_s: float, position_teme_km: Vector, velocity_teme_km_s: Vector) -> float:
    """Angle between the Sun and the orbital plane, positive on the side of the orbit's angular momentum."""
    normal = cross(position_teme_km, velocity_teme_km_s)
    return 90.0 - math.degrees(angle_rad(normal, sun_position_teme_km(unix_s)))


class SunTrack:
    """The Sun's apparent position over a span of time, for arrays.

    The series is evaluated once a day and interpolated linearly. The chord of one degree lies nearer to the Earth by
    its sag, but its direction is that of the arc to a ten-thousandth of a degree.
    """

    def __init__(self, first_unix_s: float, last_unix_s: float) -> None:
        first, last = math.floor(first_unix_s / DAY_S), math.floor(last_unix_s / DAY_S) + 2
        self._knots = [day * DAY_S for day in range(first, last + 1)]

    @cached_property
    def _positions(self) -> tuple[tuple[float, ...], ...]:
        """At the knots, by component; computed on first use, because searches for times alone need no Sun."""
        return tuple(zip(*map(sun_position_teme_km, self._knots), strict=True))

    def teme_km(self, unix_s: Floats) -> Floats:
        """Apparent geocentric position in TEME: shape of `unix_s` with a last axis of three, km."""
        import numpy as np

        x, y, z = (np.interp(unix_s, self._knots, component) for component in self._positions)
        return stacked((x, y, z))
