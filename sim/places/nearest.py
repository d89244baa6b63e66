"""The nearest city to a point, and what lies under the station, in words. No numpy."""

from __future__ import annotations

import math
from array import array
from functools import cache
from typing import TYPE_CHECKING

from sim.constants import MEAN_EARTH_RADIUS_KM
from sim.language import _
from sim.language.compass import compass_points
from sim.places.city_table import city_table, country_name, place_of_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.places.place import Place

OVER_REACH_KM = 1000.0
"""Cities farther away than this are not named."""

_CELL_DEG = 2.0
_CELL_COLUMNS = round(360 / _CELL_DEG)
_POLAR_DEG = 70.0


@cache
def _cells() -> dict[int, array[float]]:
    """Cities by the numbers of cells of two degrees: unit vector and index, four numbers a city.

    Packed, because tuples of floats would take a megabyte and a half.
    """
    cells: dict[int, array[float]] = {}
    for index, row in enumerate(city_table().rows):
        latitude_deg, longitude_deg = float(row[3]), float(row[4])
        number = _cell_number(*_cell(latitude_deg, longitude_deg))
        cells.setdefault(number, array("d")).extend((*_unit(latitude_deg, longitude_deg), index))
    return cells


def _cell(latitude_deg: float, longitude_deg: float) -> tuple[int, int]:
    """Row and column of the cell of a point."""
    return math.floor(latitude_deg / _CELL_DEG), math.floor(longitude_deg / _CELL_DEG)


def _cell_number(row: int, column: int) -> int:
    return row * _CELL_COLUMNS + column % _CELL_COLUMNS


def _unit(latitude_deg: float, longitude_deg: float) -> tuple[float, float, float]:
    lat, lon = math.radians(latitude_deg), math.radians(longitude_deg)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def nearest_city(latitude_deg: float, longitude_deg: float, within_km: float) -> tuple[Place, float] | None:
    """The nearest city or site within a distance, and its great-circle distance (km); `None` if there is none."""
    x, y, z = _unit(latitude_deg, longitude_deg)
    best_cosine, best = math.cos(within_km / MEAN_EARTH_RADIUS_KM), -1
    for entries in _rings(latitude_deg, longitude_deg, within_km):
        numbers = iter(entries)
        for cx, cy, cz, index in zip(numbers, numbers, numbers, numbers, strict=True):
            cosine = x * cx + y * cy + z * cz
            if cosine >= best_cosine:
                best_cosine, best = cosine, int(index)
    if best < 0:
        return None
    return place_of_row(city_table().row(best)), math.acos(min(1.0, best_cosine)) * MEAN_EARTH_RADIUS_KM


def _rings(latitude_deg: float, longitude_deg: float, within_km: float) -> Iterable[array[float]]:
    """The cells that can hold a city within the distance."""
    cells = _cells()
    reach_deg = math.degrees(within_km / MEAN_EARTH_RADIUS_KM)
    highest_deg = abs(latitude_deg) + reach_deg
    if highest_deg > _POLAR_DEG:  # meridians converge: search every cell instead of treating the pole
        yield from cells.values()
        return
    row, column = _cell(latitude_deg, longitude_deg)
    rows_away = math.ceil(reach_deg / _CELL_DEG)
    columns_away = math.ceil(reach_deg / math.cos(math.radians(highest_deg)) / _CELL_DEG)
    for r in range(row - rows_away, row + rows_away + 1):
        for c in range(column - columns_away, column + columns_away + 1):
            entries = cells.get(_cell_number(r, c))
            if entries:
                yield entries


def over(latitude_deg: float, longitude_deg: float) -> str:
    """What lies under a point, in words: `near Perth, Australia` or `240 km W of Perth, Australia`.

    The table knows cities only, so the open sea is told by their absence.
    """
    near = None
    for reach_km in (100.0, 300.0, OVER_REACH_KM):  # a small circle first: cities are crowded where it is found
        near = nearest_city(latitude_deg, longitude_deg, reach_km)
        if near:
            break
    if near is None:
        return _("no city within {distance:.0f} km").format(distance=OVER_REACH_KM)
    city, distance_km = near
    where = _("{city}, {country}").format(city=city.label, country=country_name(city.country))
    if distance_km < 50.0:
        return _("near {place}").format(place=where)
    eighth = round(_bearing_deg(city, latitude_deg, longitude_deg) / 45.0) % 8
    text = _("{distance:.0f} km {direction} of {place}")
    return text.format(distance=round(distance_km, -1), direction=compass_points()[2 * eighth], place=where)


def _bearing_deg(start: Place, latitude_deg: float, longitude_deg: float) -> float:
    """Initial course from a place to a point, clockwise from north."""
    lat1, lat2 = math.radians(start.latitude_deg), math.radians(latitude_deg)
    turn = math.radians(longitude_deg - start.longitude_deg)
    return math.degrees(
        math.atan2(
            math.sin(turn) * math.cos(lat2),
            math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(turn),
        )
    )
