"""The chain of `sim.astro.frames` for one instant in plain math: what a frame on the screen needs, without numpy.

One call here costs some three microseconds; the array path costs twenty times as much for a single instant.
"""

from __future__ import annotations

import math

from sim.astro.earth_orientation import gmst82_rad, orientation_at
from sim.constants import EARTH_RATE_RAD_S, WGS84_ECCENTRICITY_SQ, WGS84_FLATTENING, WGS84_RADIUS_KM
from sim.named_tuple import NamedTuple

Vector = tuple[float, float, float]

_POLAR_RADIUS_KM = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
_SECOND_ECCENTRICITY_SQ = WGS84_ECCENTRICITY_SQ / (1.0 - WGS84_ECCENTRICITY_SQ)


class GeodeticPoint(NamedTuple):
    """Degrees north, degrees east (-180 to 180), km above WGS84."""

    latitude_deg: float
    longitude_deg: float
    height_km: float


class Sighting(NamedTuple):
    """Azimuth clockwise from north, elevation, range, and range rate (positive: going away)."""

    azimuth_deg: float
    elevation_deg: float
    range_km: float
    range_rate_km_s: float


def teme_to_itrs(unix_s: float, position_teme_km: Vector, velocity_teme_km_s: Vector) -> tuple[Vector, Vector]:
    """Position (km) and velocity relative to the turning Earth (km/s) in ITRS."""
    orientation = orientation_at(unix_s)
    theta = gmst82_rad(unix_s, orientation.ut1_minus_utc_s)
    cos, sin = math.cos(theta), math.sin(theta)
    x, y, z = position_teme_km
    x, y = cos * x + sin * y, cos * y - sin * x
    vx, vy, vz = velocity_teme_km_s
    vx, vy = cos * vx + sin * vy + EARTH_RATE_RAD_S * y, cos * vy - sin * vx - EARTH_RATE_RAD_S * x
    px, py = orientation.x_pole_rad, orientation.y_pole_rad
    return (
        (x + px * z, y - py * z, z - px * x + py * y),
        (vx + px * vz, vy - py * vz, vz - px * vx + py * vy),
    )


def itrs_to_geodetic(position_itrs_km: Vector) -> GeodeticPoint:
    """Geodetic coordinates on WGS84 by Bowring's formula, one step."""
    x, y, z = position_itrs_km
    axis_km = math.hypot(x, y)
    beta = math.atan2(z * WGS84_RADIUS_KM, axis_km * _POLAR_RADIUS_KM)
    latitude = math.atan2(
        z + _SECOND_ECCENTRICITY_SQ * _POLAR_RADIUS_KM * math.sin(beta) ** 3,
        axis_km - WGS84_ECCENTRICITY_SQ * WGS84_RADIUS_KM * math.cos(beta) ** 3,
    )
    sin, cos = math.sin(latitude), math.cos(latitude)
    height = axis_km * cos + z * sin - WGS84_RADIUS_KM * math.sqrt(1.0 - WGS84_ECCENTRICITY_SQ * sin * sin)
    return GeodeticPoint(math.degrees(latitude), math.degrees(math.atan2(y, x)), height)


def geodetic_to_itrs(latitude_deg: float, longitude_deg: float, height_km: float) -> Vector:
    """Position in km of a point given on WGS84."""
    latitude, longitude = math.radians(latitude_deg), math.radians(longitude_deg)
    sin = math.sin(latitude)
    normal_km = WGS84_RADIUS_KM / math.sqrt(1.0 - WGS84_ECCENTRICITY_SQ * sin * sin)
    axis_km = (normal_km + height_km) * math.cos(latitude)
    return (
        axis_km * math.cos(longitude),
        axis_km * math.sin(longitude),
        (normal_km * (1.0 - WGS84_ECCENTRICITY_SQ) + height_km) * sin,
    )


def sighting(
    latitude_deg: float,
    longitude_deg: float,
    height_km: float,
    position_itrs_km: Vector,
    velocity_itrs_km_s: Vector,
) -> Sighting:
    """Where an observer sees the station: geometric, without refraction or light time."""
    site = geodetic_to_itrs(latitude_deg, longitude_deg, height_km)
    dx, dy, dz = (p - s for p, s in zip(position_itrs_km, site, strict=True))
    latitude, longitude = math.radians(latitude_deg), math.radians(longitude_deg)
    sin_lat, cos_lat = math.sin(latitude), math.cos(latitude)
    sin_lon, cos_lon = math.sin(longitude), math.cos(longitude)
    outward = cos_lon * dx + sin_lon * dy
    east = cos_lon * dy - sin_lon * dx
    north = cos_lat * dz - sin_lat * outward
    up = cos_lat * outward + sin_lat * dz
    range_km = math.sqrt(dx * dx + dy * dy + dz * dz)
    vx, vy, vz = velocity_itrs_km_s
    return Sighting(
        math.degrees(math.atan2(east, north)) % 360.0,
        math.degrees(math.atan2(up, math.hypot(east, north))),
        range_km,
        (dx * vx + dy * vy + dz * vz) / range_km,
    )
