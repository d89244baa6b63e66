"""The five planets the naked eye sees: where a place sees them, and how bright.

Places by Keplerian elements and their rates as E. M. Standish (JPL, "Keplerian elements for approximate positions of
the major planets", table 1, valid 1800 to 2050) gives them; against DE421 they stay within 0.2 degrees from 2021 to
2034. Light time is accounted for, aberration (0.006 degrees) is not. Magnitudes are those of the Astronomical Almanac
of 1984 as Meeus gives them (Astronomical Algorithms, chapter 41), good to a tenth or two, Mercury's near the Sun less.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from sim.astro.stars import direction_in_sky, sky_matrix
from sim.astro.vectors import angle_rad, dot, subtract
from sim.constants import CENTURY_S, DAY_S, DEG, TT_MINUS_UTC_S
from sim.language import N_
from sim.time import J2000_UNIX_S

if TYPE_CHECKING:
    from sim.places.place import Place
    from sim.types import Vector

LIGHT_DAYS_PER_AU = 0.0057755183
_CENTURY_DAYS = CENTURY_S / DAY_S
_COS_OBLIQUITY, _SIN_OBLIQUITY = math.cos(23.43928 * DEG), math.sin(23.43928 * DEG)
_SATURN_POLE = (0.0855, 0.0732, 0.9936)
"""North pole of Saturn (right ascension 40.589, declination 83.537 degrees; IAU 2015), to which its rings are level."""

# At J2000, and the change in a century: semi-major axis (au), eccentricity, inclination, mean longitude, longitude of
# the perihelion, longitude of the node (degrees), on the ecliptic and equinox of J2000.
_ELEMENTS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "Mercury": (
        (0.38709927, 0.20563593, 7.00497902, 252.25032350, 77.45779628, 48.33076593),
        (0.00000037, 0.00001906, -0.00594749, 149472.67411175, 0.16047689, -0.12534081),
    ),
    "Venus": (
        (0.72333566, 0.00677672, 3.39467605, 181.97909950, 131.60246718, 76.67984255),
        (0.00000390, -0.00004107, -0.00078890, 58517.81538729, 0.00268329, -0.27769418),
    ),
    "Earth": (
        (1.00000261, 0.01671123, -0.00001531, 100.46457166, 102.93768193, 0.0),
        (0.00000562, -0.00004392, -0.01294668, 35999.37244981, 0.32327364, 0.0),
    ),
    "Mars": (
        (1.52371034, 0.09339410, 1.84969142, -4.55343205, -23.94362959, 49.55953891),
        (0.00001847, 0.00007882, -0.00813131, 19140.30268499, 0.44441088, -0.29257343),
    ),
    "Jupiter": (
        (5.20288700, 0.04838624, 1.30439695, 34.39644051, 14.72847983, 100.47390909),
        (-0.00011607, -0.00013253, -0.00183714, 3034.74612775, 0.21252668, 0.20469106),
    ),
    "Saturn": (
        (9.53667594, 0.05386179, 2.48599187, 49.95424423, 92.59887831, 113.66242448),
        (-0.00125060, -0.00050991, 0.00193609, 1222.49362201, -0.41897216, -0.28867794),
    ),
}
PLANETS = (N_("Mercury"), N_("Venus"), N_("Mars"), N_("Jupiter"), N_("Saturn"))


class Planet(msgspec.Struct, frozen=True):
    """A planet as the Earth sees it.

    Attributes:
        name: In English.
        direction: Unit vector, geocentric, equator and equinox of J2000.
        magnitude: Visual.
    """

    name: str
    direction: Vector
    magnitude: float


class PlanetInSky(msgspec.Struct, frozen=True):
    """A planet over a place: azimuth clockwise from north, geometric elevation (degrees), visual magnitude."""

    name: str
    azimuth_deg: float
    elevation_deg: float
    magnitude: float


def planets(unix_s: float) -> tuple[Planet, ...]:
    """Mercury, Venus, Mars, Jupiter and Saturn as seen from the Earth's centre."""
    t = (unix_s + TT_MINUS_UTC_S - J2000_UNIX_S) / CENTURY_S
    earth = _heliocentric_au("Earth", t)
    found = []
    for name in PLANETS:
        sight = subtract(_heliocentric_au(name, t), earth)
        for _ in range(2):  # where it was when its light left it
            left = t - math.hypot(*sight) * LIGHT_DAYS_PER_AU / _CENTURY_DAYS
            from_sun = _heliocentric_au(name, left)
            sight = subtract(from_sun, earth)
        distance = math.hypot(*sight)
        x, y, z = sight
        found.append(
            Planet(
                name=name,
                direction=(x / distance, y / distance, z / distance),
                magnitude=_magnitude(name, from_sun, sight),
            )
        )
    return tuple(found)


def planets_in_sky(unix_s: float, place: Place) -> tuple[PlanetInSky, ...]:
    """Directions of the planets from a place, also below the horizon (parallax, at most 0.009 degrees, left out)."""
    matrix = sky_matrix(unix_s, place)
    seen = []
    for planet in planets(unix_s):
        azimuth_deg, elevation_deg = direction_in_sky(matrix, planet.direction)
        seen.append(
            PlanetInSky(
                name=planet.name, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg, magnitude=planet.magnitude
            )
        )
    return tuple(seen)


def _heliocentric_au(name: str, t: float) -> Vector:
    """Place of a planet (of the Earth: of its barycentre with the Moon) at `t` centuries after J2000, equatorial."""
    at_epoch, rates = _ELEMENTS[name]
    axis, eccentricity, inclination, longitude, perihelion, node = (
        value + rate * t for value, rate in zip(at_epoch, rates, strict=True)
    )
    anomaly = math.remainder(longitude - perihelion, 360.0) * DEG
    eccentric = anomaly + eccentricity * math.sin(anomaly)
    for _ in range(8):  # Newton: Mercury needs four
        error = eccentric - eccentricity * math.sin(eccentric) - anomaly
        eccentric -= error / (1.0 - eccentricity * math.cos(eccentric))
    along = axis * (math.cos(eccentric) - eccentricity)
    across = axis * math.sqrt(1.0 - eccentricity**2) * math.sin(eccentric)
    argument = (perihelion - node) * DEG
    u = along * math.cos(argument) - across * math.sin(argument)
    v = along * math.sin(argument) + across * math.cos(argument)
    cos_node, sin_node = math.cos(node * DEG), math.sin(node * DEG)
    cos_tilt, sin_tilt = math.cos(inclination * DEG), math.sin(inclination * DEG)
    x = u * cos_node - v * sin_node * cos_tilt
    y = u * sin_node + v * cos_node * cos_tilt
    z = v * sin_tilt
    return x, y * _COS_OBLIQUITY - z * _SIN_OBLIQUITY, y * _SIN_OBLIQUITY + z * _COS_OBLIQUITY


def _magnitude(name: str, from_sun: Vector, sight: Vector) -> float:
    """Visual magnitude from the places relative to the Sun and to the Earth, au."""
    to_sun, to_earth = (subtract((0.0, 0.0, 0.0), vector) for vector in (from_sun, sight))
    i = angle_rad(to_sun, to_earth) / DEG
    spread = 5.0 * math.log10(math.hypot(*from_sun) * math.hypot(*sight))
    if name == "Mercury":
        return spread - 0.42 + 0.0380 * i - 0.000273 * i**2 + 0.000002 * i**3
    if name == "Venus":
        return spread - 4.40 + 0.0009 * i + 0.000239 * i**2 - 0.00000065 * i**3
    if name == "Mars":
        return spread - 1.52 + 0.016 * i
    if name == "Jupiter":
        return spread - 9.40 + 0.005 * i
    tilt = abs(dot(_SATURN_POLE, to_earth)) / math.hypot(*sight)  # the rings'; 0.044 by degree of phase, as by Meeus
    return spread - 8.88 + 0.044 * i - 2.60 * tilt + 1.25 * tilt**2
