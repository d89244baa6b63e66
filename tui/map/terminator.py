"""Day, three kinds of twilight and night on the map, without trigonometry for each cell."""

from __future__ import annotations

from math import acos, cos, pi, radians, sin

TWILIGHT_ALTITUDES_DEG = (-0.833, -6.0, -12.0, -18.0)
"""The Sun's altitude where civil, nautical, astronomical twilight and night begin.

Sunset is when the upper limb touches the horizon: 16' radius and 34' refraction below the centre.
"""

DAY, CIVIL, NAUTICAL, ASTRONOMICAL, NIGHT = range(5)
LEVELS = 5

TWILIGHT_SINES = tuple(sin(radians(altitude_deg)) for altitude_deg in TWILIGHT_ALTITUDES_DEG)


def level_of_sine(sine: float) -> int:
    """The night level where the Sun's altitude has this sine."""
    return sum(sine < threshold for threshold in TWILIGHT_SINES)


def night_row(latitude_deg: float, declination_deg: float, columns: int) -> bytes:
    """Night levels along one parallel, one byte a column, the Sun's meridian in column 0.

    Along a parallel the Sun stands at an altitude where the hour angle H fulfils
    sin(altitude) = sin(latitude) sin(declination) + cos(latitude) cos(declination) cos(H),
    so the four thresholds give four hour angles, and the row is made of slices.

    Args:
        latitude_deg: Latitude of the parallel.
        declination_deg: Latitude under the Sun.
        columns: Columns around the whole Earth.
    """
    latitude, declination = radians(latitude_deg), radians(declination_deg)
    constant = sin(latitude) * sin(declination)
    swing = cos(latitude) * cos(declination)
    step = 2 * pi / columns
    east = columns // 2 + 1  # columns from the Sun's meridian to the opposite one
    half = bytearray()
    for level, threshold in enumerate(TWILIGHT_SINES):
        if constant - swing >= threshold:  # even at midnight
            lit = east
        elif constant + swing < threshold:  # not even at noon
            lit = 0
        else:
            lit = min(east, int(acos(max(-1.0, min(1.0, (threshold - constant) / swing))) / step) + 1)
        half += bytes([level]) * (lit - len(half))
    half += bytes([NIGHT]) * (east - len(half))
    return bytes(half + half[columns - east : 0 : -1])
