"""Day, three kinds of twilight and night on the map."""

from __future__ import annotations

from math import radians, sin

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
