"""The Moon for the sky plot: where it stands and how much of it is lit, in plain math.

The largest terms of the lunar theory as given by Meeus, Astronomical Algorithms, chapter 47: within 0.04 degrees of
DE421 in direction and 150 km in distance. From a place on the Earth the parallax, up to a degree, is applied.
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
    """Geocentric position of the Moon in TEME, km (some 30 microseconds)."""
    t = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / CENTURY_S
    mean_longitude_deg = 218.3164477 + (481267.88123421 - 0.0015786 * t) * t
    elongation = (297.8501921 + (445267.1114034 - 0.0018819 * t) * t) * DEG
    sun_anomaly = (357.5291092 + (35999.0502909 - 0.0001536 * t) * t) * DEG
    anomaly = (134.9633964 + (477198.8675055 + 0.0087414 * t) * t) * DEG
    node_distance = (93.2720950 + (483202.0175233 - 0.0036539 * t) * t) * DEG
    # The shrinking eccentricity of the Earth's orbit scales every term with the Sun's anomaly.
    fading = 1.0 - (0.002516 + 0.0000074 * t) * t
    longitude, latitude, distance_m = 0.0, 0.0, 0.0
    for d, m, m1, f, sine, cosine in _LONGITUDE_DISTANCE:
        angle = d * elongation + m * sun_anomaly + m1 * anomaly + f * node_distance
        scale = fading if m else 1.0
        longitude += scale * sine * math.sin(angle)
        distance_m += scale * cosine * math.cos(angle)
    for d, m, m1, f, sine in _LATITUDE:
        angle = d * elongation + m * sun_anomaly + m1 * anomaly + f * node_distance
        latitude += (fading if m else 1.0) * sine * math.sin(angle)
    venus, flattening = (119.75 + 131.849 * t) * DEG, mean_longitude_deg * DEG - node_distance
    longitude += 3958.0 * math.sin(venus) + 1962.0 * math.sin(flattening)
    latitude -= 2235.0 * math.sin(mean_longitude_deg * DEG)

    # Longitudes count from the mean equinox, as TEME's right ascensions do: no nutation in longitude is needed.
    node = (125.04 - 1934.136 * t) * DEG
    obliquity = (23.439291 - 0.0130042 * t + 0.00256 * math.cos(node)) * DEG
    lam, beta = (mean_longitude_deg + longitude * 1e-6) * DEG, latitude * 1e-6 * DEG
    distance_km = 385000.56 + distance_m * 1e-3
    x, y, z = math.cos(beta) * math.cos(lam), math.cos(beta) * math.sin(lam), math.sin(beta)
    cos, sin = math.cos(obliquity), math.sin(obliquity)
    return distance_km * x, distance_km * (y * cos - z * sin), distance_km * (y * sin + z * cos)


def moon_in_sky(unix_s: float, place: Place) -> MoonSighting:
    """Where a place sees the Moon, and its phase."""
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
