"""Sunlight on the map in small steps, from full day to full night, without trigonometry for each pixel."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import lru_cache
from math import acos, ceil, cos, floor, pi, radians, sin

LIGHT_STEPS = 16
"""Step 0 is full day, the last one full night."""

LIGHT_ALTITUDES_DEG = tuple(7.0 - 1.5 * step for step in range(LIGHT_STEPS - 1))
"""The Sun's altitude at the limits between the steps, falling: from a low Sun to the end of nautical twilight."""

FEW_COLUMNS = 2 * LIGHT_STEPS
"""So few pixels are lit faster one by one than by the slices of all steps."""

_SINES = tuple(sin(radians(altitude_deg)) for altitude_deg in LIGHT_ALTITUDES_DEG)
_RISING = _SINES[::-1]


def light_step(sine: float) -> int:
    """The step of light where the Sun's altitude has this sine (about 0.2 microseconds)."""
    return LIGHT_STEPS - 1 - bisect_left(_RISING, sine)


def light_row(
    latitude_deg: float,
    sun: tuple[float, float],
    west_deg: float,
    step_deg: float,
    columns: int,
    sines: tuple[float, ...] = _SINES,
) -> bytes:
    """Steps of light along a parallel, one byte a pixel.

    Along a parallel the Sun stands at an altitude where the hour angle H fulfils
    sin(altitude) = sin(latitude) sin(declination) + cos(latitude) cos(declination) cos(H),
    so each limit between two steps gives one hour angle, and the row is made of slices, the darkest first.

    Args:
        latitude_deg: Latitude of the parallel.
        sun: Latitude and longitude under the Sun, degrees.
        west_deg: Longitude of the left edge of the first pixel.
        step_deg: Degrees of longitude of one pixel.
        columns: Pixels; they may span 360 degrees or less.
        sines: Of the Sun's altitude at the limits between the steps, falling.
    """
    if columns <= FEW_COLUMNS:
        return _light_of_pixels(latitude_deg, sun, west_deg, step_deg, columns, sines)
    turn = 360.0 / step_deg
    noon = ((sun[1] - west_deg) % 360.0) / step_deg - 0.5  # in pixels, counted from the middle of the first one
    row = bytearray(bytes((len(sines),)) * columns)
    per_radian = turn / (2.0 * pi)
    for step, angle in zip(range(len(sines) - 1, -1, -1), _half_days(latitude_deg, sun[0], sines), strict=False):
        if angle >= pi:  # also at midnight
            row[:] = bytes((step,)) * columns
            continue
        half = angle * per_radian
        for centre in (noon - turn, noon, noon + turn):
            begin, end = centre - half, centre + half
            if end < 0.0 or begin > columns:
                continue
            first = ceil(begin) if begin > 0.0 else 0
            after = floor(end) + 1 if end < columns - 1 else columns
            if first < after:
                row[first:after] = bytes((step,)) * (after - first)
    return bytes(row)


def _light_of_pixels(
    latitude_deg: float,
    sun: tuple[float, float],
    west_deg: float,
    step_deg: float,
    columns: int,
    sines: tuple[float, ...],
) -> bytes:
    """The same from the cosine of each pixel's hour angle."""
    latitude, declination = radians(latitude_deg), radians(sun[0])
    constant, swing = sin(latitude) * sin(declination), cos(latitude) * cos(declination)
    rising, darkest = sines[::-1], len(sines)
    cosines = _hour_cosines(west_deg - sun[1], step_deg, columns)
    return bytes([darkest - bisect_left(rising, constant + swing * cosine) for cosine in cosines])


@lru_cache(maxsize=2)
def _hour_cosines(west_deg: float, step_deg: float, columns: int) -> list[float]:
    """Cosines of the hour angles of pixels, the left edge of the first so far east of the Sun."""
    return [cos(radians(west_deg + (column + 0.5) * step_deg)) for column in range(columns)]


@lru_cache(maxsize=512)
def _half_days(latitude_deg: float, declination_deg: float, sines: tuple[float, ...]) -> array[float]:
    """The hour angle (radians) at which each step of light on a parallel ends, the darkest first; those that occur.

    Pi where it does not end. Packed, because every row of every map has one.
    """
    latitude, declination = radians(latitude_deg), radians(declination_deg)
    constant, swing = sin(latitude) * sin(declination), cos(latitude) * cos(declination)
    angles = array("d")
    for sine in reversed(sines):
        if constant + swing < sine:  # not even at noon, and so for all brighter steps
            break
        cosine = -1.0 if constant - swing >= sine else (sine - constant) / swing  # beyond 1 by rounding
        angles.append(pi if cosine <= -1.0 else acos(cosine) if cosine < 1.0 else 0.0)
    return angles
