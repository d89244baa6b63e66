"""Frames for many instants at once: TEME, ITRS, WGS84 and the sky of an observer (arrays, time first).

The chain is SGP4's TEME, turned by GMST82(UT1) to the pseudo-Earth-fixed frame and by the pole to ITRS. The
definition of TEME is itself good to about 2 m. `sim.astro.scalar` is the same chain for one instant in plain math.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.astro.earth_orientation import MJD_OF_UNIX_EPOCH, gmst82_rad, orientation_table
from sim.constants import DAY_S, EARTH_RATE_RAD_S, WGS84_ECCENTRICITY_SQ, WGS84_FLATTENING, WGS84_RADIUS_KM
from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.places.place import Place

    Floats = NDArray[np.float64]


class Geodetic(NamedTuple):
    """Arrays over time: degrees north, degrees east (-180 to 180) and km above WGS84."""

    latitude_deg: Floats
    longitude_deg: Floats
    height_km: Floats


class Topocentric(NamedTuple):
    """Arrays over time: azimuth clockwise from north, elevation, range, range rate (positive: going away)."""

    azimuth_deg: Floats
    elevation_deg: Floats
    range_km: Floats
    range_rate_km_s: Floats


def orientation_series(unix_s: Floats) -> tuple[Floats, Floats, Floats]:
    """UT1-UTC (s) and pole x, y (rad) at many instants, in any order: `orientation_at` for arrays."""
    table = orientation_table()
    if table is None or not len(unix_s):
        return np.zeros_like(unix_s), np.zeros_like(unix_s), np.zeros_like(unix_s)
    days = np.floor(unix_s / DAY_S)
    first, last = int(days.min()), int(days.max())
    if last - first < 4 * len(unix_s):
        wanted, index = np.arange(first, last + 1), (days - first).astype(np.intp)
    else:  # few instants far apart
        wanted, index = np.unique(days, return_inverse=True)
    lines = np.array([table.line(int(day) + MJD_OF_UNIX_EPOCH) for day in wanted])
    values = lines[index, 0] + lines[index, 1] * (unix_s / DAY_S - days)[:, None]
    ut1, x_pole, y_pole = values.T
    return ut1, x_pole, y_pole


def teme_to_itrs(
    unix_s: Floats, position_teme_km: Floats, velocity_teme_km_s: Floats | None = None
) -> tuple[Floats, Floats]:
    """Turn TEME vectors to the Earth-fixed frame.

    Args:
        unix_s: (n,) UTC.
        position_teme_km: (n, 3).
        velocity_teme_km_s: (n, 3), or None where only positions are wanted.

    Returns:
        Position in km and velocity in km/s relative to the turning Earth, each (n, 3); zeros for the velocity
        where none was given.
    """
    ut1, x_pole, y_pole = orientation_series(unix_s)
    theta = gmst82_rad(unix_s, ut1)
    cos, sin = np.cos(theta), np.sin(theta)
    pef_km = _turned(position_teme_km, cos, sin)
    position = _pole_applied(pef_km, x_pole, y_pole)
    if velocity_teme_km_s is None:
        return position, np.zeros_like(position)
    velocity = _turned(velocity_teme_km_s, cos, sin)
    velocity[:, 0] += EARTH_RATE_RAD_S * pef_km[:, 1]
    velocity[:, 1] -= EARTH_RATE_RAD_S * pef_km[:, 0]
    return position, _pole_applied(velocity, x_pole, y_pole)


def _turned(vectors: Floats, cos: Floats, sin: Floats) -> Floats:
    x, y, z = vectors[:, 0], vectors[:, 1], vectors[:, 2]
    return np.stack((cos * x + sin * y, cos * y - sin * x, z), axis=1)


def _pole_applied(vectors: Floats, x_pole: Floats, y_pole: Floats) -> Floats:
    x, y, z = vectors[:, 0], vectors[:, 1], vectors[:, 2]
    return np.stack((x + x_pole * z, y - y_pole * z, z - x_pole * x + y_pole * y), axis=1)


def itrs_to_geodetic(position_itrs_km: Floats) -> Geodetic:
    """Geodetic coordinates on WGS84 by Bowring's formula, one step (1.2 mm at the station's height).

    Args:
        position_itrs_km: (n, 3).
    """
    x, y, z = position_itrs_km[:, 0], position_itrs_km[:, 1], position_itrs_km[:, 2]
    axis_km = np.hypot(x, y)
    polar_radius_km = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
    second_sq = WGS84_ECCENTRICITY_SQ / (1.0 - WGS84_ECCENTRICITY_SQ)
    beta = np.arctan2(z * WGS84_RADIUS_KM, axis_km * polar_radius_km)
    latitude = np.arctan2(
        z + second_sq * polar_radius_km * np.sin(beta) ** 3,
        axis_km - WGS84_ECCENTRICITY_SQ * WGS84_RADIUS_KM * np.cos(beta) ** 3,
    )
    sin, cos = np.sin(latitude), np.cos(latitude)
    # Valid at every latitude, the poles included (axis/cos would fail there).
    height = axis_km * cos + z * sin - WGS84_RADIUS_KM * np.sqrt(1.0 - WGS84_ECCENTRICITY_SQ * sin**2)
    return Geodetic(np.degrees(latitude), np.degrees(np.arctan2(y, x)), height)


def geodetic_to_itrs(latitude_deg: float, longitude_deg: float, height_km: float) -> Floats:
    """Position (3,) in km of a point given on WGS84."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    normal_km = WGS84_RADIUS_KM / np.sqrt(1.0 - WGS84_ECCENTRICITY_SQ * np.sin(latitude) ** 2)
    axis_km = (normal_km + height_km) * np.cos(latitude)
    return np.array(
        [
            axis_km * np.cos(longitude),
            axis_km * np.sin(longitude),
            (normal_km * (1.0 - WGS84_ECCENTRICITY_SQ) + height_km) * np.sin(latitude),
        ]
    )


def enu_axes(latitude_deg: float, longitude_deg: float) -> Floats:
    """East, north and up of a place on the ellipsoid as rows of a (3, 3) matrix in ITRS."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    sin_lat, cos_lat = np.sin(latitude), np.cos(latitude)
    sin_lon, cos_lon = np.sin(longitude), np.cos(longitude)
    return np.array(
        [
            [-sin_lon, cos_lon, 0.0],
            [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
            [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
        ]
    )


def topocentric(place: Place, position_itrs_km: Floats, velocity_itrs_km_s: Floats) -> Topocentric:
    """Where a place sees the station: geometric, without refraction or light time.

    Args:
        place: The observer.
        position_itrs_km: (n, 3).
        velocity_itrs_km_s: (n, 3), relative to the turning Earth.
    """
    site_km = geodetic_to_itrs(place.latitude_deg, place.longitude_deg, place.height_m / 1000.0)
    axes = enu_axes(place.latitude_deg, place.longitude_deg)
    sight_km = position_itrs_km - site_km
    east, north, up = (sight_km @ axes.T).T
    range_km = np.linalg.norm(sight_km, axis=1)
    rate = np.einsum("ij,ij->i", sight_km, velocity_itrs_km_s) / range_km
    azimuth = np.degrees(np.arctan2(east, north)) % 360.0
    elevation = np.degrees(np.arctan2(up, np.hypot(east, north)))
    return Topocentric(azimuth, elevation, range_km, rate)
