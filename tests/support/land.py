"""Land or sea at single places, by the finest grid."""

from __future__ import annotations

from tui.map.coastline import LAND_STEPS_DEG, land_for


def is_land(latitude_deg: float, longitude_deg: float) -> bool:
    """Whether a place is land, to a quarter of a degree."""
    return land_for(LAND_STEPS_DEG[0]).at(latitude_deg, longitude_deg) == 1
