"""What the air does to an elevation: it lifts the horizon's stars by half a degree, the zenith's by nothing.

The formula holds for 1010 hPa and 10 degrees Celsius at sea level; on the horizon itself the weather changes them
by some minutes of arc. Plain math, for single angles.
"""

from __future__ import annotations

import math

from sim.constants import DEG


def lifted_deg(geometric_deg: float) -> float:
    """Apparent elevation of what stands at a geometric elevation (Saemundsson 1986); held below -1 degree."""
    above = max(geometric_deg, -1.0)
    return geometric_deg + 1.02 / 60.0 / math.tan((above + 10.3 / (above + 5.11)) * DEG) + 0.0019279 / 60.0
