"""The embedded table of cities and launch sites: search by name, nearest city, what lies under a point.

The table is read on first use (some 10 ms); a search over its 6 000 names then costs well under a millisecond.
"""

from __future__ import annotations

import math
from array import array
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sim.constants import MEAN_EARTH_RADIUS_KM
from sim.errors import PlaceError
from sim.places.place import Place
from sim.sanitize import clean, folded
from sim.seed_data import seed_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ZONE_REACH_KM = 300.0
"""A point without a time zone takes the one of a city this near."""

OVER_REACH_KM = 1000.0
"""Beyond this no city is worth naming."""

_CELL_DEG = 2.0
_CELL_COLUMNS = round(360 / _CELL_DEG)
_POLAR_DEG = 70.0
_SHORTEST_INSIDE = 3
"""Letters from which a name is also found by its middle."""

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ħ": "h"}
    | dict.fromkeys("'’‘ʻʼ`.", "")
    | {"-": " ", "–": " "}
)
_EIGHT = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


class Found(msgspec.Struct, frozen=True):
    """The place meant, and others the same words could mean, largest first."""

    place: Place
    others: tuple[Place, ...]


class _Table:
    """Places by index: sites first, then cities from the largest to the smallest.

    Kept as the lines of the files: as words they would take five times the memory, and hardly one is ever asked for.
    """

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines

    def row(self, index: int) -> list[str]:
        """Name, country, admin1, latitude, longitude, population, timezone, Chinese names; of sites also height."""
        return self._lines[index].decode().split("\t")

    @property
    def rows(self) -> Iterator[list[str]]:
        """All of them, one after the other."""
        return map(self.row, range(len(self._lines)))

    @cached_property
    def keys(self) -> list[str]:
        """Names without case, accents and apostrophes."""
        # Folding all names as one text is four times as fast as one by one; no name holds a line break.
        return fold("\n".join(row[0] for row in self.rows)).split("\n")

    @cached_property
    def zh(self) -> list[str]:
        """Chinese names between semicolons, also at both ends."""
        return [f";{row[7]};" if row[7] else "" for row in self.rows]


def fold(text: str) -> str:
    """A name as the search compares it: no case, no accents, no apostrophes, hyphens as blanks."""
    return folded(text).translate(_LETTERS)


@cache
def _table() -> _Table:
    lines = []
    for line in seed_bytes("sites.tsv").decode().splitlines()[1:]:
        name, country, latitude, longitude, height_m, timezone, zh, _ = line.split("\t")
        lines.append("\t".join([name, country, "", latitude, longitude, "0", timezone, zh, height_m]).encode())
    return _Table(lines + seed_bytes("cities.tsv").splitlines()[1:])


@cache
def _countries() -> dict[str, str]:
    """Country names by ISO code, as the time zone database writes them."""
    from importlib.util import find_spec

    package = find_spec("tzdata")
    if package is None or package.origin is None:
        return {}
    try:  # as a file: importlib.resources alone takes 20 ms and a megabyte
        text = Path(package.origin).with_name("zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    except OSError:
        return {}
    return dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def country_name(code: str) -> str:
    """`Pakistan` for `PK`; the code itself where there is no name."""
    return _countries().get(code, code)


def _place(index: int) -> Place:
    return _place_of_row(_table().row(index))


def _place_of_row(row: list[str]) -> Place:
    return Place(
        name=row[0],
        latitude_deg=float(row[3]),
        longitude_deg=float(row[4]),
        height_m=float(row[8]) if len(row) > 8 else 0.0,
        timezone=row[6],
        country=row[1],
        name_zh=row[7].partition(";")[0],
        region=row[2] if row[2].isalpha() else "",
    )


def _ranked(text: str) -> list[tuple[int, int]]:
    """(rank, index) of every row the text fits, best first.

    Rank 0 is the whole name, 1 its beginning, 2 the beginning of a later word, 3 its middle. Behind a comma may
    stand a country, its code, or the code of a region: `Hyderabad, Pakistan`, `London, CA`, `Springfield, MO`.
    """
    name, _, qualifier = text.partition(",")
    key, qualifier = fold(name).strip(), qualifier.strip()
    if not key:
        return []
    table = _table()
    if key.isascii():
        found = [(_rank(k, key), i) for i, k in enumerate(table.keys) if key in k]
    else:
        exact, start = f";{key};", f";{key}"
        found = [(0 if exact in z else 1 if start in z else 3, i) for i, z in enumerate(table.zh) if key in z]
        found += [(_rank(k, key), i) for i, k in enumerate(table.keys) if key in k]
    if qualifier:
        found = [(rank, i) for rank, i in found if _qualifies(table.row(i), qualifier)]
    return sorted(pair for pair in found if pair[0] < 3 or len(key) >= _SHORTEST_INSIDE or not key.isascii())


def _rank(candidate: str, key: str) -> int:
    if candidate == key:
        return 0
    if candidate.startswith(key):
        return 1
    return 2 if f" {key}" in candidate else 3


def _qualifies(row: list[str], qualifier: str) -> bool:
    wanted = fold(qualifier)
    return wanted in {row[1].lower(), row[2].lower()} or fold(country_name(row[1])).startswith(wanted)


def suggest(text: str, limit: int = 8) -> list[Place]:
    """Places for a type-ahead: whole names first, then beginnings, later words and middles, large cities first."""
    from sim.places.coordinates import looks_like_coordinates, parse_coordinates

    if looks_like_coordinates(text):
        try:
            return [place_at(*parse_coordinates(text))]
        except PlaceError:
            return []
    return [_place(index) for _, index in _ranked(clean(text, limit=60))[:limit]]


def look_up(text: str) -> Found:
    """The place a text means, with what else it could mean.

    A whole name wins over a beginning; among equals the largest city does. Coordinates are understood too.

    Raises:
        PlaceError: Nothing fits; near names are offered.
    """
    shown = clean(text, limit=60)
    if not shown:
        raise PlaceError("no place was named: give a city or coordinates")
    from sim.places.coordinates import looks_like_coordinates, parse_coordinates

    if looks_like_coordinates(shown):
        return Found(place_at(*parse_coordinates(shown)), ())
    ranked = [pair for pair in _ranked(shown) if pair[0] < 2]
    if not ranked:
        raise PlaceError(f"“{shown}” is not in the list of places{_near_misses(shown)}")
    best = ranked[0][0]
    places = [_place(index) for rank, index in ranked if rank == best]
    return Found(places[0], tuple(places[1:]))


def find_place(text: str) -> Place:
    """The place a text means; see `look_up`."""
    return look_up(text).place


def _near_misses(text: str) -> str:
    from difflib import get_close_matches

    later = [index for _, index in _ranked(text)[:3]]
    if not later:
        table = _table()
        close = get_close_matches(fold(text.partition(",")[0]).strip(), table.keys, n=3, cutoff=0.7)
        later = [table.keys.index(key) for key in close]
    if not later:
        return " of cities over 100 000 people: give coordinates like 33.7, 73.1"
    return ": did you mean " + " or ".join(_place(index).title for index in dict.fromkeys(later)) + "?"


def place_at(latitude_deg: float, longitude_deg: float, height_m: float = 0.0, name: str = "") -> Place:
    """A place from coordinates. Its time zone is that of a city within 300 km, else whole hours by the Sun."""
    from sim.places.coordinates import coordinates_text

    place = Place(name or coordinates_text(latitude_deg, longitude_deg), latitude_deg, longitude_deg, height_m)
    near = nearest_city(latitude_deg, longitude_deg, ZONE_REACH_KM)
    timezone = near[0].timezone if near else solar_zone(longitude_deg)
    return Place(place.name, latitude_deg, longitude_deg, height_m, timezone)


def solar_zone(longitude_deg: float) -> str:
    """The nautical time zone by IANA's name, whose sign is turned: `Etc/GMT-5` is five hours ahead of UTC."""
    hours = round(longitude_deg / 15.0)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"


@cache
def _cells() -> dict[int, array[float]]:
    """Cities by the numbers of cells of two degrees: unit vector and index, four numbers a city.

    Packed, because tuples of floats would take a megabyte and a half.
    """
    cells: dict[int, array[float]] = {}
    for index, row in enumerate(_table().rows):
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
    """The nearest city or site of the table and its distance in km along the ground, if one lies that near."""
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
    return _place(best), math.acos(min(1.0, best_cosine)) * MEAN_EARTH_RADIUS_KM


def _rings(latitude_deg: float, longitude_deg: float, within_km: float) -> Iterable[array[float]]:
    """The cells that can hold a city within the distance."""
    cells = _cells()
    reach_deg = math.degrees(within_km / MEAN_EARTH_RADIUS_KM)
    highest_deg = abs(latitude_deg) + reach_deg
    if highest_deg > _POLAR_DEG:  # meridians crowd together: look at everything rather than reason about the pole
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
        return f"no city within {OVER_REACH_KM:.0f} km"
    place, distance_km = near
    where = f"{place.name}, {country_name(place.country)}"
    if distance_km < 50.0:
        return f"near {where}"
    rounded = round(distance_km, -1)
    return f"{rounded:.0f} km {_EIGHT[round(_bearing_deg(place, latitude_deg, longitude_deg) / 45.0) % 8]} of {where}"


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


def largest_city_of(timezones: Iterable[str]) -> Place | None:
    """The largest city whose time zone is one of these."""
    return _first_city(b"\t%s\t" % zone.encode() for zone in timezones)


def city_named(name: str) -> Place | None:
    """The largest city of exactly this name."""
    return _first_city([b"\n%s\t" % name.encode()])


def _first_city(marks: Iterable[bytes]) -> Place | None:
    """The first line of the table that holds one of the marks.

    Every start asks for one city, so this looks through the text of the table instead of reading the table.
    """
    text = seed_bytes("cities.tsv")
    found = [at for mark in marks if (at := text.find(mark)) >= 0]
    if not found:
        return None
    inside = min(found) + 1
    line = text[text.rfind(b"\n", 0, inside) + 1 : text.find(b"\n", inside)]
    return _place_of_row(line.decode().split("\t"))
