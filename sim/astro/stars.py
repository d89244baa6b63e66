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


KEPT_S = 30.0 * DAY_S
"""Directions of stars are computed for the middle of spans this long."""


class Star(msgspec.Struct, frozen=True):
    """A star of the catalogue.

    Attributes:
        ra_deg: Right ascension, J2000.
        dec_deg: Declination, J2000.
        magnitude: Visual.
        b_v: Colour index B-V: -0.3 is blue, 0.6 the Sun's, 1.6 orange-red; None where it is not known.
        name: Proper name, empty for most.
        name_zh: Chinese name, empty for most.
        designation: Bayer letter or Flamsteed number and constellation, `α CMa`.
        joined: Indices of stars it is joined to in the figure of its constellation; each line is listed once.
    """

    ra_deg: float
    dec_deg: float
    magnitude: float
    b_v: float | None
    name: str
    name_zh: str
    designation: str
    joined: tuple[int, ...]


class StarInSky(msgspec.Struct, frozen=True):
    """Direction of a star from a place: azimuth clockwise from north, geometric elevation, both in degrees."""

    star: Star
    azimuth_deg: float
    elevation_deg: float


@cache
def bright_stars() -> tuple[Star, ...]:
    """All stars to magnitude 4.5 and the fainter corners of the figures, brightest first."""
    stars = []
    for line in seed_lines("stars.tsv")[1:]:
        ra, dec, magnitude, b_v, name, name_zh, designation, joined = line.split("\t")
        stars.append(
            Star(
                ra_deg=float(ra),
                dec_deg=float(dec),
                magnitude=float(magnitude),
                b_v=float(b_v) if b_v else None,
                name=name,
                name_zh=name_zh,
                designation=designation,
                joined=tuple(map(int, joined.split(","))) if joined else (),
            )
        )
    return tuple(stars)


class Constellation(msgspec.Struct, frozen=True):
    """Where the name of a constellation is written.

    Attributes:
        ra_deg: Right ascension, J2000.
        dec_deg: Declination, J2000.
        rank: How well its figure is known: 1 to 3.
        name: In Latin.
    """

    ra_deg: float
    dec_deg: float
    rank: int
    name: str


@cache
def constellations() -> tuple[Constellation, ...]:
    """All of them, the best known first."""
    rows = (line.split("\t") for line in seed_lines("constellations.tsv")[1:])
    return tuple(
        Constellation(ra_deg=float(ra), dec_deg=float(dec), rank=int(rank), name=name) for ra, dec, rank, name in rows
    )


def faintest_magnitude(sun_elevation_deg: float) -> float:
    """Faintest star that stands out, a magnitude above the eye's limit: none by day, 3.5 in the night."""
    return -9.0 if sun_elevation_deg >= SUNSET_ELEVATION_DEG else eye_limit_magnitude(sun_elevation_deg) - 1.0


def stars_in_sky(unix_s: float, place: Place, magnitude: float = 99.0) -> list[StarInSky]:
    """Stars at least this bright with where a place sees them, brightest first, those below the horizon too."""
    axes = horizon_axes(unix_s, place)
    seen = []
    for star, vector in zip(bright_stars(), star_directions(unix_s), strict=True):
        if star.magnitude > magnitude:
            break
        azimuth_deg, elevation_deg = direction_in_sky(axes, vector)
        seen.append(StarInSky(star=star, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg))
    return seen


def horizon_axes(unix_s: float, place: Place) -> tuple[Vector, Vector, Vector]:
    """East, north and up at a place, as unit vectors in the mean equator and equinox of the date."""
    theta_rad = gmst82_rad(unix_s, orientation_at(unix_s).ut1_minus_utc_s)
    return enu_axes(place.latitude_deg, place.longitude_deg + math.degrees(theta_rad))


def sky_matrix(unix_s: float, place: Place) -> tuple[Vector, Vector, Vector]:
    """Rows that turn a direction of J2000 into east, north and up at a place."""
    return in_j2000(unix_s, horizon_axes(unix_s, place))


def in_j2000(unix_s: float, axes: tuple[Vector, Vector, Vector]) -> tuple[Vector, Vector, Vector]:
    """Axes given in the mean equator and equinox of the date, in those of J2000."""
    columns = tuple(zip(*precession_matrix(unix_s), strict=True))
    one, two, three = ((dot(axis, columns[0]), dot(axis, columns[1]), dot(axis, columns[2])) for axis in axes)
    return one, two, three


def unit_vector(ra_deg: float, dec_deg: float) -> Vector:
    """The direction of a right ascension and declination."""
    ra, dec = ra_deg * DEG, dec_deg * DEG
    return math.cos(dec) * math.cos(ra), math.cos(dec) * math.sin(ra), math.sin(dec)


def direction_in_sky(matrix: tuple[Vector, Vector, Vector], direction: Vector) -> tuple[float, float]:
    """Azimuth and geometric elevation (degrees): of J2000 by `sky_matrix`, of the date by `horizon_axes`."""
    east, north, up = matrix
    return azimuth_elevation_deg((dot(east, direction), dot(north, direction), dot(up, direction)))


@cache
def catalogue_directions() -> tuple[Vector, ...]:
    """Unit vectors to `bright_stars` in the mean equator and equinox of J2000."""
    return tuple(unit_vector(star.ra_deg, star.dec_deg) for star in bright_stars())


def star_directions(unix_s: float) -> tuple[Vector, ...]:
    """Unit vectors to `bright_stars` in the mean equator and equinox of the date: TEME, but for nutation.

    They are kept for 30 days, in which precession turns the sky by four seconds of arc.
    """
    return _of_date(round((unix_s - J2000_UNIX_S) / KEPT_S))


@lru_cache(maxsize=4)
def _of_date(step: int) -> tuple[Vector, ...]:
    """Unit vectors to the stars in the mean equator and equinox of a step of `KEPT_S`, counted from J2000."""
    rows = precession_matrix(J2000_UNIX_S + step * KEPT_S)
    return tuple((dot(rows[0], v), dot(rows[1], v), dot(rows[2], v)) for v in catalogue_directions())
