"""The bright stars in the sky of a place: catalogue places of J2000 carried to the date, then turned to the horizon.

Precession is the IAU's of 1976 as Meeus gives it (Astronomical Algorithms, chapter 21). Nutation, aberration,
proper motion and refraction are left out: together they stay below 0.05 degrees for every star but alpha Centauri's
pair, a hundredth of what a plot of the sky in a terminal can show.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from sim.astro.earth_orientation import gmst82_rad, orientation_at
from sim.astro.frames import azimuth_elevation_deg, enu_axes
from sim.astro.photometry import eye_limit_magnitude
from sim.astro.precession import precession_matrix
from sim.astro.sun import SUNSET_ELEVATION_DEG
from sim.astro.vectors import dot
from sim.constants import DAY_S, DEG
from sim.seed_data import seed_lines
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.places.place import Place
    from sim.types import Vector


class Star(msgspec.Struct, frozen=True):
    """A star of the catalogue.

    Attributes:
        ra_deg: Right ascension, J2000.
        dec_deg: Declination, J2000.
        magnitude: Visual.
        name: Proper name, empty for most.
        name_zh: Chinese name, empty for most.
        designation: Bayer letter or Flamsteed number and constellation, `α CMa`.
        joined: Indices of stars it is joined to in the figure of its constellation; each line is listed once.
    """

    ra_deg: float
    dec_deg: float
    magnitude: float
    name: str
    name_zh: str
    designation: str
    joined: tuple[int, ...]


class StarInSky(msgspec.Struct, frozen=True):
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
        stars.append(
            Star(
                ra_deg=float(ra),
                dec_deg=float(dec),
                magnitude=float(magnitude),
                name=name,
                name_zh=name_zh,
                designation=designation,
                joined=tuple(map(int, joined.split(","))) if joined else (),
            )
        )
    return tuple(stars)


def faintest_magnitude(sun_elevation_deg: float) -> float:
    """Faintest star that stands out, a magnitude above the eye's limit: none by day, 3.5 in the night."""
    return -9.0 if sun_elevation_deg >= SUNSET_ELEVATION_DEG else eye_limit_magnitude(sun_elevation_deg) - 1.0


def stars_in_sky(unix_s: float, place: Place, magnitude: float = 99.0) -> list[StarInSky]:
    """Stars at least this bright with where a place sees them, brightest first, those below the horizon too."""
    theta_rad = gmst82_rad(unix_s, orientation_at(unix_s).ut1_minus_utc_s)
    axes = enu_axes(place.latitude_deg, place.longitude_deg + math.degrees(theta_rad))
    seen = []
    for star, vector in zip(bright_stars(), _of_date(round((unix_s - J2000_UNIX_S) / DAY_S)), strict=True):
        if star.magnitude > magnitude:
            break
        east, north, up = (dot(axis, vector) for axis in axes)
        azimuth_deg, elevation_deg = azimuth_elevation_deg((east, north, up))
        seen.append(StarInSky(star=star, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg))
    return seen


@lru_cache(maxsize=4)
def _of_date(days: int) -> tuple[Vector, ...]:
    """Unit vectors to the stars in the mean equator and equinox of a day, counted from J2000."""
    rows = precession_matrix(J2000_UNIX_S + days * DAY_S)
    places = []
    for star in bright_stars():
        ra, dec = star.ra_deg * DEG, star.dec_deg * DEG
        v = (math.cos(dec) * math.cos(ra), math.cos(dec) * math.sin(ra), math.sin(dec))
        places.append((dot(rows[0], v), dot(rows[1], v), dot(rows[2], v)))
    return tuple(places)
