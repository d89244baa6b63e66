"""Reference frames: TEME, ITRS, WGS84 and the horizon of a place, for one instant or for arrays of them.

The chain is SGP4's TEME, rotated by GMST82(UT1) to the pseudo-Earth-fixed frame (PEF) and by the pole to ITRS. The
definition of TEME itself is good to about 2 m. A vector is a tuple of three components: floats with `m=math` (some
three microseconds a call, without numpy), arrays of one shape with `m=numpy`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Generic

import msgspec

from sim.astro.earth_orientation import gmst82_rad, orientation_values
from sim.astro.vectors import dot, norm, rotate_z, subtract
from sim.constants import EARTH_RATE_RAD_S, WGS84_ECCENTRICITY_SQ, WGS84_FLATTENING, WGS84_RADIUS_KM
from sim.types import Number

if TYPE_CHECKING:
    from sim.places.place import Place
    from sim.types import Components, MathModule, Vector

_POLAR_RADIUS_KM = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
_AXES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
_SECOND_ECCENTRICITY_SQ = WGS84_ECCENTRICITY_SQ / (1.0 - WGS84_ECCENTRICITY_SQ)


class Topocentric(msgspec.Struct, Generic[Number], frozen=True):
    """Direction and distance from a place, geometric (without refraction and light time).

    Attributes:
        azimuth_deg: Clockwise from north, 0 to 360.
        elevation_deg: Above the plane of the horizon.
        range_km: Distance.
        range_rate_km_s: Its change, positive when the distance grows.
    """

    azimuth_deg: Number
    elevation_deg: Number
    range_km: Number
    range_rate_km_s: Number


def teme_to_pef(
    position_teme_km: Components[Number],
    velocity_teme_km_s: Components[Number],
    theta_rad: Number,
    m: MathModule = math,
) -> tuple[Components[Number], Components[Number]]:
    """Turn by sidereal time to the pseudo-Earth-fixed frame; the velocity becomes that over the rotating Earth."""
    cos, sin = m.cos(theta_rad), m.sin(theta_rad)
    position = rotate_z(position_teme_km, cos, sin)
    vx, vy, vz = rotate_z(velocity_teme_km_s, cos, sin)
    return position, (vx + EARTH_RATE_RAD_S * position[1], vy - EARTH_RATE_RAD_S * position[0], vz)


def apply_pole(
    vector: Components[Number], x_pole_rad: Number | float, y_pole_rad: Number | float
) -> Components[Number]:
    """From PEF to ITRS by the motion of the pole; with negated angles the other way."""
    x, y, z = vector
    return x + x_pole_rad * z, y - y_pole_rad * z, z - x_pole_rad * x + y_pole_rad * y


def teme_to_itrs(
    unix_s: Number, position_teme_km: Components[Number], velocity_teme_km_s: Components[Number], m: MathModule = math
) -> tuple[Components[Number], Components[Number]]:
    """Position (km) and velocity relative to the rotating Earth (km/s) in ITRS.

    Args:
        unix_s: UTC; a float, or an array of the shape of the components.
        position_teme_km: Position in TEME.
        velocity_teme_km_s: Velocity in TEME.
        m: `math` or `numpy`.
    """
    ut1_minus_utc_s, x_pole_rad, y_pole_rad = orientation_values(unix_s, m)
    theta_rad = gmst82_rad(unix_s, ut1_minus_utc_s)
    position, velocity = teme_to_pef(position_teme_km, velocity_teme_km_s, theta_rad, m)
    return apply_pole(position, x_pole_rad, y_pole_rad), apply_pole(velocity, x_pole_rad, y_pole_rad)


def teme_position_to_itrs(
    unix_s: Number, position_teme_km: Components[Number], m: MathModule = math
) -> Components[Number]:
    """The position of `teme_to_itrs` alone, also for the Sun and the Moon."""
    ut1_minus_utc_s, x_pole_rad, y_pole_rad = orientation_values(unix_s, m)
    theta_rad = gmst82_rad(unix_s, ut1_minus_utc_s)
    return apply_pole(rotate_z(position_teme_km, m.cos(theta_rad), m.sin(theta_rad)), x_pole_rad, y_pole_rad)


def itrs_to_geodetic(position_itrs_km: Components[Number], m: MathModule = math) -> Components[Number]:
    """Latitude (deg), longitude (deg, -180 to 180) and height (km) on WGS84.

    Bowring's formula, one step: 1.2 mm off at the station's height, valid at every latitude, the poles included.
    """
    x, y, z = position_itrs_km
    axis_km = m.hypot(x, y)
    beta = m.atan2(z * WGS84_RADIUS_KM, axis_km * _POLAR_RADIUS_KM)
    latitude = m.atan2(
        z + _SECOND_ECCENTRICITY_SQ * _POLAR_RADIUS_KM * m.sin(beta) ** 3,
        axis_km - WGS84_ECCENTRICITY_SQ * WGS84_RADIUS_KM * m.cos(beta) ** 3,
    )
    sin, cos = m.sin(latitude), m.cos(latitude)
    height_km = axis_km * cos + z * sin - WGS84_RADIUS_KM * m.sqrt(1.0 - WGS84_ECCENTRICITY_SQ * sin * sin)
    return m.degrees(latitude), m.degrees(m.atan2(y, x)), height_km


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


def site_itrs_km(place: Place) -> Vector:
    """Position of a place in km."""
    return geodetic_to_itrs(place.latitude_deg, place.longitude_deg, place.height_m / 1000.0)


def to_enu(vector_itrs: Components[Number], latitude_deg: float, longitude_deg: float) -> Components[Number]:
    """East, north and up (normal to the ellipsoid) components of a vector at a point."""
    latitude, longitude = math.radians(latitude_deg), math.radians(longitude_deg)
    sin_lat, cos_lat = math.sin(latitude), math.cos(latitude)
    sin_lon, cos_lon = math.sin(longitude), math.cos(longitude)
    x, y, z = vector_itrs
    outward = cos_lon * x + sin_lon * y
    return cos_lon * y - sin_lon * x, cos_lat * z - sin_lat * outward, cos_lat * outward + sin_lat * z


def enu_axes(latitude_deg: float, longitude_deg: float) -> tuple[Vector, Vector, Vector]:
    """Unit vectors towards east, north and up at a point, in ITRS: the rows of the matrix that `to_enu` applies."""
    east, north, up = zip(*(to_enu(axis, latitude_deg, longitude_deg) for axis in _AXES), strict=True)
    return east, north, up


def azimuth_elevation_deg(enu: Components[Number], m: MathModule = math) -> tuple[Number, Number]:
    """Azimuth (clockwise from north, 0 to 360) and elevation of an east, north, up vector."""
    east, north, up = enu
    return m.degrees(m.atan2(east, north)) % 360.0, m.degrees(m.atan2(up, m.hypot(east, north)))


def topocentric(
    place: Place,
    position_itrs_km: Components[Number],
    velocity_itrs_km_s: Components[Number],
    m: MathModule = math,
) -> Topocentric[Number]:
    """Direction and distance of an object from a place; its velocity is that relative to the rotating Earth."""
    sight_km = subtract(position_itrs_km, site_itrs_km(place))
    azimuth_deg, elevation_deg = azimuth_elevation_deg(to_enu(sight_km, place.latitude_deg, place.longitude_deg), m)
    range_km = norm(sight_km, m)
    return Topocentric(
        azimuth_deg=azimuth_deg,
        elevation_deg=elevation_deg,
        range_km=range_km,
        range_rate_km_s=dot(sight_km, velocity_itrs_km_s) / range_km,
    )
