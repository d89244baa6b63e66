"""The Moon: where it stands and how much of it is lit, in plain math.

The largest terms of the lunar theory as given by Meeus, Astronomical Algorithms, chapter 47, and smaller ones fitted to
DE421, from which the sum differs by at most 0.004 degrees in direction and 80 km in distance between 2021 and 2035.
From a place on the Earth the parallax, up to a degree, is applied.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from sim.astro.frames import teme_position_to_itrs
from sim.astro.sun import sky_position, sun_position_teme_km
from sim.astro.vectors import angle_rad, cross, subtract
from sim.constants import CENTURY_S, DEG, TT_MINUS_UTC_S
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.places.place import Place
    from sim.types import Vector

# Multiples of D, M, M', F; longitude (1e-6 degrees, sine), distance (1e-3 km, cosine).
_LONGITUDE_DISTANCE = (
    (0, 0, 1, 0, 6288774, -20905355),
    (2, 0, -1, 0, 1274027, -3699111),
    (2, 0, 0, 0, 658314, -2955968),
    (0, 0, 2, 0, 213618, -569925),
    (0, 1, 0, 0, -185116, 48888),
    (0, 0, 0, 2, -114332, -3149),
    (2, 0, -2, 0, 58793, 246158),
    (2, -1, -1, 0, 57066, -152138),
    (2, 0, 1, 0, 53322, -170733),
    (2, -1, 0, 0, 45758, -204586),
    (0, 1, -1, 0, -40923, -129620),
    (1, 0, 0, 0, -34720, 108743),
    (0, 1, 1, 0, -30383, 104755),
    (2, 0, 0, -2, 15327, 10321),
    (0, 0, 1, 2, -12528, 0),
    (0, 0, 1, -2, 10980, 79661),
    (4, 0, -1, 0, 10675, -34782),
    (0, 0, 3, 0, 10034, -23210),
    (4, 0, -2, 0, 8548, -21636),
    (2, 1, -1, 0, -7888, 24208),
    (2, 1, 0, 0, -6766, 30824),
    (1, 0, -1, 0, -5163, -8379),
)
# Multiples of D, M, M', F; latitude (1e-6 degrees, sine).
_LATITUDE = (
    (0, 0, 0, 1, 5128122),
    (0, 0, 1, 1, 280602),
    (0, 0, 1, -1, 277693),
    (2, 0, 0, -1, 173237),
    (2, 0, -1, 1, 55413),
    (2, 0, -1, -1, 46271),
    (2, 0, 0, 1, 32573),
    (0, 0, 2, 1, 17198),
    (2, 0, 1, -1, 9266),
    (0, 0, 2, -1, 8822),
    (2, -1, 0, -1, 8216),
    (2, 0, -2, -1, 4324),
)

# Smaller terms of the same arguments, fitted to what is left between the above and DE421 at 24,000 instants of 2021 to
# 2035: of all with multiples of D up to 6, M up to 2, M' up to 4 and F up to 3 the forty largest of each series.
_SMALLER_LONGITUDE_DISTANCE = (
    (1, 1, 0, 0, 4933, -16379), (2, -1, 1, 0, 4039, -13051), (2, 0, 2, 0, 3988, -10499), (4, 0, 0, 0, 3869, -11684),
    (2, 0, -3, 0, 3678, 14506), (0, 1, -2, 0, -2687, -7146), (2, 0, -1, 2, -2585, 0), (2, -1, -2, 0, 2384, 10016),
    (1, 0, 1, 0, -2364, 6343), (2, -2, 0, 0, 2221, -9536), (0, 1, 2, 0, -2114, 5707), (0, 2, 0, 0, -2054, 0),
    (2, -2, -1, 0, 2032, 0), (2, 0, 1, -2, -1765, 4946), (2, 0, 0, 2, -1597, 0), (4, -1, -1, 0, 1212, 0),
    (0, 0, 2, 2, -1112, 0), (3, 0, -1, 0, -864, 0), (2, 1, 1, 0, -804, 0), (4, -1, -2, 0, 757, 0),
    (0, 2, -1, 0, -716, 0), (2, 1, -2, 0, 712, 0), (2, 2, -1, 0, -692, 0), (2, -1, 0, -2, 591, 0),
    (4, 0, 1, 0, 550, 0), (0, 0, 4, 0, 545, 0), (4, -1, 0, 0, 513, 0), (1, 0, -2, 0, -459, 0),
    (2, 1, 0, -2, -395, 0), (0, 0, 2, -2, -384, 0), (1, 1, 1, 0, 338, 0), (2, -1, 2, 0, 335, 0),
    (4, 0, -3, 0, 330, 0), (0, 2, 1, 0, -312, 0), (2, 0, 3, 0, 299, 0), (1, 1, -1, 0, 279, 0),
    (2, 0, -4, 0, 262, 0), (2, 0, 1, 2, -264, 0), (1, -1, 0, 0, -189, 0), (2, 0, -2, -2, -164, 0),
    (2, 0, -1, -2, 0, 8583), (0, 1, -1, 0, 0, 6031), (2, 1, -1, 0, 0, -6189), (1, 2, 0, -2, 0, -4191),
)  # fmt: skip
_SMALLER_LATITUDE = (
    (2, 0, 1, 1, 4204), (2, 1, 0, -1, -3344), (2, -1, -1, 1, 2465), (2, -1, 0, 1, 2203), (2, -1, -1, -1, 2062),
    (0, 1, -1, -1, -1868), (4, 0, -1, -1, 1815), (0, 1, 0, 1, -1781), (0, 0, 0, 3, -1746), (0, 1, -1, 1, -1570),
    (1, 0, 0, 1, -1486), (0, 1, 1, 1, -1460), (0, 1, 1, -1, -1405), (1, 0, 0, -1, -1340), (0, 1, 0, -1, -1339),
    (0, 0, 3, 1, 1115), (4, 0, 0, -1, 999), (4, 0, -1, 1, 828), (0, 0, 1, -3, 758), (4, 0, -2, 1, 684),
    (2, 0, 0, -3, 599), (2, 0, 2, -1, 593), (2, -1, 1, -1, 473), (2, 0, -2, 1, -452), (0, 0, 3, -1, 443),
    (2, 0, -3, -1, 425), (2, 0, 2, 1, 411), (2, 1, -1, 1, -360), (2, 1, 0, 1, -328), (4, 0, 0, 1, 329),
    (2, -1, 1, 1, 319), (2, -2, 0, -1, 299), (0, 0, 1, 3, -282), (2, 1, 1, -1, -220), (2, 1, -1, -1, -215),
    (2, -1, -2, -1, 176), (4, 0, -2, -1, 176), (1, 0, 1, 1, -173), (0, 1, 2, 1, -171), (1, 0, 1, -1, -163),
)  # fmt: skip


class MoonSighting(msgspec.Struct, frozen=True):
    """The Moon over a place.

    Attributes:
        azimuth_deg: Clockwise from north.
        elevation_deg: Geometric, parallax included.
        lit: Share of the disc in sunlight, 0 to 1.
        waxing: Whether that share grows.
    """

    azimuth_deg: float
    elevation_deg: float
    lit: float
    waxing: bool


def moon_position_teme_km(unix_s: float) -> Vector:
    """Geocentric position of the Moon in TEME, km (some 60 microseconds)."""
    t = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / CENTURY_S
    mean_longitude_deg = 218.3164477 + (481267.88123421 - 0.0015786 * t) * t
    elongation = (297.8501921 + (445267.1114034 - 0.0018819 * t) * t) * DEG
    sun_anomaly = (357.5291092 + (35999.0502909 - 0.0001536 * t) * t) * DEG
    anomaly = (134.9633964 + (477198.8675055 + 0.0087414 * t) * t) * DEG
    node_distance = (93.2720950 + (483202.0175233 - 0.0036539 * t) * t) * DEG
    # The shrinking eccentricity of the Earth's orbit scales every term with the Sun's anomaly.
    fading = 1.0 - (0.002516 + 0.0000074 * t) * t
    longitude, latitude, distance_m = 0.0, 0.0, 0.0
    scales = (1.0, fading, fading * fading)
    for d, m, m1, f, sine, cosine in (*_LONGITUDE_DISTANCE, *_SMALLER_LONGITUDE_DISTANCE):
        angle = d * elongation + m * sun_anomaly + m1 * anomaly + f * node_distance
        scale = scales[abs(m)]
        longitude += scale * sine * math.sin(angle)
        distance_m += scale * cosine * math.cos(angle)
    for d, m, m1, f, sine in (*_LATITUDE, *_SMALLER_LATITUDE):
        angle = d * elongation + m * sun_anomaly + m1 * anomaly + f * node_distance
        latitude += scales[abs(m)] * sine * math.sin(angle)
    venus, flattening = (119.75 + 131.849 * t) * DEG, mean_longitude_deg * DEG - node_distance
    longitude += 3958.0 * math.sin(venus) + 1962.0 * math.sin(flattening)
    latitude -= 2235.0 * math.sin(mean_longitude_deg * DEG)

    # From the mean ecliptic of date to the true equator, and back to the mean equinox along that equator.
    node = (125.04 - 1934.136 * t) * DEG
    sun_longitude = (280.4665 + 36000.7698 * t) * DEG
    nutation = (-0.004778 * math.sin(node) - 0.000367 * math.sin(2.0 * sun_longitude)) * DEG
    obliquity = (23.439291 - 0.0130042 * t + 0.002556 * math.cos(node) + 0.000158 * math.cos(2.0 * sun_longitude)) * DEG
    lam, beta = (mean_longitude_deg + longitude * 1e-6) * DEG + nutation, latitude * 1e-6 * DEG
    distance_km = 385000.56 + distance_m * 1e-3
    x, y, z = math.cos(beta) * math.cos(lam), math.cos(beta) * math.sin(lam), math.sin(beta)
    cos, sin = math.cos(obliquity), math.sin(obliquity)
    y, z = y * cos - z * sin, y * sin + z * cos
    turn = nutation * cos  # so small that its square is nothing
    return distance_km * (x + turn * y), distance_km * (y - turn * x), distance_km * z


def moon_in_sky(unix_s: float, place: Place) -> MoonSighting:
    """Direction of the Moon from a place, and its phase."""
    moon_km, sun_km = moon_position_teme_km(unix_s), sun_position_teme_km(unix_s)
    position = sky_position(place, teme_position_to_itrs(unix_s, moon_km))
    to_earth = (-moon_km[0], -moon_km[1], -moon_km[2])
    phase_rad = angle_rad(to_earth, subtract(sun_km, moon_km))
    return MoonSighting(
        azimuth_deg=position.azimuth_deg,
        elevation_deg=position.elevation_deg,
        lit=(1.0 + math.cos(phase_rad)) / 2.0,
        waxing=cross(sun_km, moon_km)[2] > 0.0,  # while the Moon stands east of the Sun
    )
