"""Land or sea at single places, by the finest grid."""

from __future__ import annotations

from tui.map.coastline import LAND_STEPS_DEG, LandSampler


def is_land(latitude_deg: float, longitude_deg: float) -> bool:
    """Whether a place is land, to a quarter of a degree."""
    return LandSampler(LAND_STEPS_DEG[0]).at(latitude_deg, longitude_deg) == 1
