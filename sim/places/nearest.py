"""The nearest city to a point, and what lies under the station, in words. No numpy."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from sim.constants import MEAN_EARTH_RADIUS_KM
from sim.language import _
from sim.language.compass import compass_points
from sim.places.city_table import city_table, country_name, place_of_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.places.place import Place

OVER_REACH_KM = 1000.0
"""Cities farther away than this are not named."""

_CELL_DEG = 2.0
_CELL_COLUMNS = round(360 / _CELL_DEG)
_POLAR_DEG = 70.0


class _CityIndex(msgspec.Struct, frozen=True):
    """Cities in order of their cells of two degrees.

    Packed, because a tuple of floats for each city would take a megabyte and a half.

    Attributes:
        cells: The number of the cell of each.
        units: The unit vector of each, three numbers a city.
        rows: The row of the table of each.
    """

    cells: array[int]
    units: array[float]
    rows: array[int]


@cache
def _city_index() -> _CityIndex:
    cells, units = array("i"), array("d")
    for latitude_deg, longitude_deg in city_table().coordinates_deg:
        cells.append(_cell_number(*_cell(latitude_deg, longitude_deg)))
        units.extend(_unit(latitude_deg, longitude_deg))
    order = array("i", sorted(range(len(cells)), key=cells.__getitem__))
    sorted_units = array("d")
    for row_number in order:
        sorted_units.extend(units[3 * row_number : 3 * row_number + 3])
    return _CityIndex(array("i", map(cells.__getitem__, order)), sorted_units, order)


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
    index = _city_index()
    for first, after in _near(index.cells, latitude_deg, longitude_deg, within_km):
        numbers = iter(index.units[3 * first : 3 * after])
        for entry, (cx, cy, cz) in enumerate(zip(numbers, numbers, numbers, strict=True), first):
            cosine = x * cx + y * cy + z * cz
            if cosine >= best_cosine:
                best_cosine, best = cosine, entry
    if best < 0:
        return None
    return place_of_row(city_table().row(index.rows[best])), math.acos(min(1.0, best_cosine)) * MEAN_EARTH_RADIUS_KM


def _near(cells: array[int], latitude_deg: float, longitude_deg: float, within_km: float) -> Iterator[tuple[int, int]]:
    """Where in the index the cells are that can hold a city within the distance: firsts and those after the last."""
    reach_deg = math.degrees(within_km / MEAN_EARTH_RADIUS_KM)
    highest_deg = abs(latitude_deg) + reach_deg
    if highest_deg > _POLAR_DEG:  # meridians converge: search every cell instead of treating the pole
        yield 0, len(cells)
        return
    row, column = _cell(latitude_deg, longitude_deg)
    rows_away = math.ceil(reach_deg / _CELL_DEG)
    columns_away = math.ceil(reach_deg / math.cos(math.radians(highest_deg)) / _CELL_DEG)
    for r in range(row - rows_away, row + rows_away + 1):
        for west, east in _columns(column - columns_away, column + columns_away):
            first = bisect_left(cells, _cell_number(r, west))
            after = bisect_left(cells, _cell_number(r, east) + 1, first)
            if first < after:
                yield first, after


def _columns(west: int, east: int) -> Iterator[tuple[int, int]]:
    """Columns of cells from one to another, both included; in two parts where 180 degrees lie between them."""
    if east - west + 1 >= _CELL_COLUMNS:
        yield 0, _CELL_COLUMNS - 1
    elif (first := west % _CELL_COLUMNS) <= (last := east % _CELL_COLUMNS):
        yield first, last
    else:
        yield first, _CELL_COLUMNS - 1
        yield 0, last


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
