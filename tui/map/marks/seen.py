"""Where on Earth the station can be seen now, as cells of a map and as an outline."""

from __future__ import annotations

from math import acos, ceil, cos, degrees, radians
from typing import TYPE_CHECKING

from sim.constants import MEAN_EARTH_RADIUS_KM
from sim.passes.seen_from import LEAST_ELEVATION_DEG, SeenFrom
from tui.map.flat_projection import FlatProjection
from tui.map.marks.track_lines import middle_of_cell

if TYPE_CHECKING:
    from tui.map.projection import MapProjection, Place
    from tui.map.scene import MapScene

PARALLELS = 72
"""Parallels on which the outline is found."""

SUN_STEPS_A_DEGREE = 4
"""The Sun moves in steps of this part of a degree, once a minute: less than a map shows."""


def seen_from(scene: MapScene, projection: MapProjection) -> SeenFrom | None:
    """The region for a scene; None where the station is in shadow or its place is not known.

    The station counts as standing in the middle of its cell, so that the region moves when the marker does.
    """
    if scene.uncertain or not scene.sunlit or scene.height_km <= 0.0:
        return None
    latitude_deg, longitude_deg = middle_of_cell((scene.latitude_deg, scene.longitude_deg), projection)
    steps = SUN_STEPS_A_DEGREE
    return SeenFrom(
        latitude_deg=latitude_deg,
        longitude_deg=longitude_deg,
        height_km=round(scene.height_km),
        sun_latitude_deg=round(scene.subsolar_latitude_deg * steps) / steps,
        sun_longitude_deg=round(scene.subsolar_longitude_deg * steps) / steps,
    )


def reach_deg(region: SeenFrom) -> float:
    """Earth-central angle to the edge of where the station stands high enough, on a sphere and a little more."""
    radius_km = MEAN_EARTH_RADIUS_KM - 15.0  # smallest near the poles
    elevation = radians(LEAST_ELEVATION_DEG)
    return (
        degrees(acos(radius_km / (MEAN_EARTH_RADIUS_KM + region.height_km + 15.0) * cos(elevation)) - elevation) + 1.0
    )


def seen_cells(region: SeenFrom, projection: MapProjection) -> frozenset[int]:
    """The cells of a map whose middle lies in the region."""
    if isinstance(projection, FlatProjection):
        return frozenset(_cells_of_flat_map(region, projection))
    reach, found = reach_deg(region), []
    for cell in range(projection.width * projection.height):
        place = projection.place(cell % projection.width, cell // projection.width)
        if place is not None and abs(place[0] - region.latitude_deg) < reach and region.holds(*place):
            found.append(cell)
    return frozenset(found)


def _cells_of_flat_map(region: SeenFrom, projection: FlatProjection) -> list[int]:
    reach, width, step_deg = reach_deg(region), projection.width, projection.cell_deg
    turn = round(360.0 / step_deg) if projection.wraps else 360.0 / step_deg
    cells: list[int] = []
    for row in range(projection.height):
        latitude_deg = projection.north_deg - (row + 0.5) * projection.row_deg
        if abs(latitude_deg - region.latitude_deg) > reach:
            continue
        for west_deg, east_deg in region.arcs(latitude_deg):
            begin = ((west_deg - projection.west_deg) % 360.0) / step_deg - 0.5
            length = (east_deg - west_deg) / step_deg
            for start in (begin - turn, begin):
                first, after = max(ceil(start), 0), min(ceil(start + length), width)
                cells += range(row * width + first, row * width + after)
    return cells


def outline(region: SeenFrom) -> list[list[Place]]:
    """The edge of the region: lines through places, none where the region is empty."""
    reach = reach_deg(region)
    south, north = max(region.latitude_deg - reach, -90.0), min(region.latitude_deg + reach, 90.0)
    lines: list[list[Place]] = []
    before: list[tuple[float, float]] = []
    sides: list[tuple[list[Place], list[Place]]] = []
    for step in range(PARALLELS + 1):
        latitude_deg = south + (north - south) * step / PARALLELS
        arcs = region.arcs(latitude_deg)
        if len(arcs) != len(before):
            lines += _closed(sides)
            sides = [([], []) for _ in arcs]
        for (west, east), (western, eastern) in zip(arcs, sides, strict=True):
            western.append((latitude_deg, west))
            eastern.append((latitude_deg, east))
        before = arcs
    return lines + _closed(sides)


def _closed(sides: list[tuple[list[Place], list[Place]]]) -> list[list[Place]]:
    """The western side northwards and the eastern one southwards, joined at both ends."""
    return [[*western, *eastern[::-1], western[0]] for western, eastern in sides if western]
