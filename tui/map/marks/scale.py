"""Degrees along the edges of a map, and a bar that shows how long a distance is."""

from __future__ import annotations

from math import cos, floor, log10, radians
from typing import TYPE_CHECKING

from sim.constants import DEG, MEAN_EARTH_RADIUS_KM
from tui.map.flat_projection import FlatProjection

if TYPE_CHECKING:
    from tui.map.projection import MapProjection

TICK_STEPS_DEG = (1, 2, 5, 10, 15, 30, 45)
CELLS_BETWEEN_TICKS = 14
ROWS_BETWEEN_TICKS = 6
LONGEST_BAR = 24
"""Cells of the scale bar, at most."""

Tick = tuple[int, int, str]
"""Column and row of the first character, and the text."""


def degree_ticks(projection: MapProjection) -> list[Tick]:
    """Meridians along the lower edge, parallels along the right one; none on the globe and out of the window."""
    if not isinstance(projection, FlatProjection):
        return []
    ticks: list[Tick] = []
    step = next((s for s in TICK_STEPS_DEG if s >= projection.cell_deg * CELLS_BETWEEN_TICKS), 90)
    for longitude in range(-180, 180, step):
        cell = projection.cell((projection.north_deg + projection.south_deg) / 2.0, float(longitude))
        if cell is not None:
            text = longitude_text(longitude)
            column = cell[0] - len(text) // 2
            if 0 <= column <= projection.width - len(text):
                ticks.append((column, projection.height - 1, text))
    step = next((s for s in TICK_STEPS_DEG if s >= projection.row_deg * ROWS_BETWEEN_TICKS), 90)
    for latitude in range(-90 + step, 90, step):
        row = floor((projection.north_deg - latitude) / projection.row_deg)
        if 0 < row < projection.height - 1:
            text = latitude_text(latitude)
            ticks.append((projection.width - len(text), row, text))
    return ticks


def longitude_text(degrees: int) -> str:
    """`30°W`, `0°`, `180°`."""
    return f"{abs(degrees)}°" + ("" if degrees in {0, -180, 180} else "W" if degrees < 0 else "E")


def latitude_text(degrees: int) -> str:
    """`30°S`, `0°`."""
    return f"{abs(degrees)}°" + ("" if degrees == 0 else "S" if degrees < 0 else "N")


def scale_bar(projection: MapProjection) -> str:
    """A bar of a round number of kilometres, true along the parallel in the middle: `├──────┤ 500 km`.

    Empty where no round length fits, and for the globe and the view out of the window, which have no one scale.
    """
    if not isinstance(projection, FlatProjection):
        return ""
    middle = radians((projection.north_deg + projection.south_deg) / 2.0)
    cell_km = projection.cell_deg * DEG * MEAN_EARTH_RADIUS_KM * cos(middle)
    most_km = min(LONGEST_BAR, projection.width // 4) * cell_km
    if most_km <= cell_km * 4:
        return ""
    tens = 10.0 ** floor(log10(most_km))
    length_km = next(share * tens for share in (5.0, 2.0, 1.0) if share * tens <= most_km)
    cells = round(length_km / cell_km)
    return f"├{'─' * max(cells - 2, 0)}┤ {length_km:.0f} km"
