"""What the air does to an elevation: it lifts the horizon's stars by half a degree, the zenith's by nothing.

Both formulas hold for 1010 hPa and 10 degrees Celsius at sea level; on the horizon itself the weather changes them
by some minutes of arc. Plain math, for single angles.
"""

from __future__ import annotations

import math

from sim.constants import DEG


def lifted_deg(geometric_deg: float) -> float:
    """Apparent elevation of what stands at a geometric elevation (Saemundsson 1986); held below -1 degree."""
    above = max(geometric_deg, -1.0)
    return geometric_deg + 1.02 / 60.0 / math.tan((above + 10.3 / (above + 5.11)) * DEG) + 0.0019279 / 60.0


def unlifted_deg(apparent_deg: float) -> float:
    """Geometric elevation of what is seen at an apparent elevation (the inverse of `lifted_deg`, by iteration)."""
    geometric = apparent_deg
    for _ in range(20):
        geometric += apparent_deg - lifted_deg(geometric)
    return geometric
