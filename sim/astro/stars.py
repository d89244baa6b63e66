"""The bright stars in the sky of a place: catalogue places of J2000 carried to the date, then turned to the horizon.

Precession is the IAU's of 1976 as Meeus gives it (Astronomical Algorithms, chapter 21). Nutation, aberration,
proper motion and refraction are left out: together they stay below 0.05 degrees for every star but alpha Centauri's
pair, a hundredth of what a plot of the sky in a terminal can show.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sim.astro.earth_orientation import gmst82_rad, orientation_at
from sim.constants import DAY_S, DEG
from sim.named_tuple import NamedTuple
from sim.seed_data import seed_lines
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.places.place import Place

Vector = tuple[float, float, float]

_CENTURY_S = 36525.0 * DAY_S


class Star(NamedTuple):
    """A star of the catalogue.

    Attributes:
        ra_deg: Right ascension, J2000.
        dec_deg: Declination, J2000.
        magnitude: Visual.
        name: Proper name, empty for most.
        name_zh: Chinese name, empty for most.
        designation: Bayer letter or Flamsteed number and constellation, `α CMa`.
        joined: Indices of stars it is joined to in the figure of its constellation; each line is told once.
    """

    ra_deg: float
    dec_deg: float
    magnitude: float
    name: str
    name_zh: str
    designation: str
    joined: tuple[int, ...]


class StarInSky(NamedTuple):
    """A star as a place sees it: azimuth clockwise from north, geometric elevation, both in degrees."""

    star: Star
    azimuth_deg: float
    elevation_deg: float


@cache
def bright_stars() -> tuple[Star, ...]:
    """All stars to magnitude 3.35, brightest first."""
    stars = []
    for line in seed_lines("stars.tsv")[1:]:
        ra, dec, magnitude, name, name_zh, designation, joined = line.split("\t")
        rows = tuple(int(row) for row in joined.split(",")) if joined else ()
        stars.append(Star(float(ra), float(dec), float(magnitude), name, name_zh, designation, rows))
    return tuple(stars)


def faintest_magnitude(sun_elevation_deg: float) -> float:
    """Faintest star an eye finds without effort: none by day, the first ones in twilight, 3.5 in the night.

    Straight lines between round figures: Venus alone stands in the sky at sunset, first-magnitude stars come out
    when the Sun is 6 degrees down, those of magnitude 3 some 12 degrees down.
    """
    if sun_elevation_deg >= -0.833:
        return -9.0
    points = ((-18.0, 3.5), (-12.0, 3.0), (-6.0, 1.0), (-0.833, -4.0))
    for (low, faint), (high, bright) in pairwise(points):
        if low <= sun_elevation_deg <= high:
            return faint + (sun_elevation_deg - low) / (high - low) * (bright - faint)
    return points[0][1]


def stars_in_sky(unix_s: float, place: Place, magnitude: float = 99.0) -> list[StarInSky]:
    """Stars at least this bright with where a place sees them, brightest first, those below the horizon too."""
    turn = gmst82_rad(unix_s, orientation_at(unix_s).ut1_minus_utc_s) + place.longitude_deg * DEG
    sin_lat, cos_lat = math.sin(place.latitude_deg * DEG), math.cos(place.latitude_deg * DEG)
    sin, cos = math.sin(turn), math.cos(turn)
    seen = []
    for star, (x, y, z) in zip(bright_stars(), _of_date(round((unix_s - J2000_UNIX_S) / DAY_S)), strict=True):
        if star.magnitude > magnitude:
            break
        outward, east = cos * x + sin * y, cos * y - sin * x
        north, up = cos_lat * z - sin_lat * outward, cos_lat * outward + sin_lat * z
        seen.append(StarInSky(star, math.atan2(east, north) / DEG % 360.0, math.asin(max(-1.0, min(1.0, up))) / DEG))
    return seen


@lru_cache(maxsize=4)
def _of_date(days: int) -> tuple[Vector, ...]:
    """Unit vectors to the stars in the mean equator and equinox of a day, counted from J2000."""
    rows = precession_matrix(J2000_UNIX_S + days * DAY_S)
    places = []
    for star in bright_stars():
        ra, dec = star.ra_deg * DEG, star.dec_deg * DEG
        v = (math.cos(dec) * math.cos(ra), math.cos(dec) * math.sin(ra), math.sin(dec))
        x, y, z = (a * v[0] + b * v[1] + c * v[2] for a, b, c in rows)
        places.append((x, y, z))
    return tuple(places)


def precession_matrix(unix_s: float) -> tuple[Vector, Vector, Vector]:
    """Rows of the rotation from the mean equator and equinox of J2000 to those of the date."""
    t = (unix_s - J2000_UNIX_S) / _CENTURY_S
    zeta = (2306.2181 + (0.30188 + 0.017998 * t) * t) * t / 3600.0 * DEG
    z = (2306.2181 + (1.09468 + 0.018203 * t) * t) * t / 3600.0 * DEG
    theta = (2004.3109 - (0.42665 + 0.041833 * t) * t) * t / 3600.0 * DEG
    sin_zeta, cos_zeta = math.sin(zeta), math.cos(zeta)
    sin_z, cos_z = math.sin(z), math.cos(z)
    sin_theta, cos_theta = math.sin(theta), math.cos(theta)
    return (
        (
            cos_zeta * cos_theta * cos_z - sin_zeta * sin_z,
            -sin_zeta * cos_theta * cos_z - cos_zeta * sin_z,
            -sin_theta * cos_z,
        ),
        (
            cos_zeta * cos_theta * sin_z + sin_zeta * cos_z,
            -sin_zeta * cos_theta * sin_z + cos_zeta * cos_z,
            -sin_theta * sin_z,
        ),
        (cos_zeta * sin_theta, -sin_zeta * sin_theta, cos_theta),
    )
