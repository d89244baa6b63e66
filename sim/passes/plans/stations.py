"""Ground stations: those of the programme, or a person's own table of them."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import msgspec

from sim.errors import FileFormatError, PlaceError
from sim.language import _
from sim.places.place import Place
from sim.sanitize import clean, folded
from sim.seed_data import seed_lines
from sim.table_file import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LARGEST_BYTES = 200_000
MOST_STATIONS = 500
LOWEST_DEG, HIGHEST_DEG = -5.0, 89.0

_HEADINGS = {
    "name": {"name", "station", "site", "id"},
    "latitude": {"latitude", "latitude_deg", "lat", "lat_deg"},
    "longitude": {"longitude", "longitude_deg", "lon", "lon_deg", "lng", "long"},
    "height": {"height", "height_m", "altitude", "altitude_m", "alt", "alt_m", "elevation_m"},
    "min_elevation": {"min_elevation", "min_elevation_deg", "mask", "mask_deg", "elevation_mask"},
}
_ORDER = ("name", "latitude", "longitude", "height", "min_elevation")
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"


class Station(msgspec.Struct, frozen=True):
    """One ground station.

    Attributes:
        place: Where it is.
        min_elevation_deg: From which elevation on it sees; None leaves it to the question.
        source: Where its position comes from.
    """

    place: Place
    min_elevation_deg: float | None = None
    source: str = ""


def known_stations() -> list[Station]:
    """Those of the programme's network; positions of the towns, to a tenth of a degree."""
    found = []
    for line in seed_lines("ground_stations.tsv")[1:]:
        name, latitude, longitude, source = line.split("\t")
        found.append(Station(Place(name, float(latitude), float(longitude)), source=source))
    return found


def named(stations: Sequence[Station], names: Sequence[str]) -> list[Station]:
    """Those whose names are given, in the table's order; all without names.

    Raises:
        PlaceError: There is no such station.
    """
    wanted = [folded(name).strip() for name in names]
    known = {folded(station.place.name) for station in stations}
    for name, key in zip(names, wanted, strict=True):
        if key not in known:
            offered = ", ".join(station.place.name for station in stations[:20])
            raise PlaceError(
                _("there is no station “{name}”; there are {offered}").format(
                    name=clean(name, limit=40), offered=offered
                )
            )
    return [station for station in stations if not wanted or folded(station.place.name) in wanted]


def read_stations(path: Path) -> list[Station]:
    """The stations of a person's table: name, latitude, longitude, and if wanted height (m) and least elevation.

    Commas, semicolons or tabs part the columns. A heading may give them in another order; lines that begin with `#` do
    not count.

    Raises:
        PlaceError: The file cannot be read, is too large, or a line is not a station.
    """
    label = clean(path.name, limit=60)
    try:
        text = read_text(path, LARGEST_BYTES)
    except FileFormatError as problem:
        raise PlaceError(_("the stations {label}: {problem}").format(label=label, problem=problem)) from None
    return parse_stations(text, label)


def parse_stations(text: str, label: str = "") -> list[Station]:
    """`read_stations` for the text of a table; a label names it in an error."""
    label = label or _("the stations")
    lines = [
        (number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and line.strip()[0] != "#"
    ]
    if not lines:
        raise PlaceError(_("{label} holds no station: write name,latitude,longitude, one a line").format(label=label))
    parting = next((sign for sign in ("\t", ";") if sign in lines[0][1]), ",")
    rows = list(csv.reader((line for _number, line in lines), delimiter=parting, skipinitialspace=True))
    columns = _columns(rows[0])
    found: list[Station] = []
    for (number, _line), row in list(zip(lines, rows, strict=False))[columns is not None :]:
        found.append(
            _station(
                row,
                columns or {name: at for at, name in enumerate(_ORDER)},
                _("{label}, line {number}").format(label=label, number=number),
            )
        )
        if len(found) > MOST_STATIONS:
            raise PlaceError(
                _("{label} has more than {most_stations} stations").format(label=label, most_stations=MOST_STATIONS)
            )
    names = [folded(station.place.name) for station in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise PlaceError(_("{label} has two stations of the name “{twice}”").format(label=label, twice=twice))
    if not found:
        raise PlaceError(_("{label} holds no station: write name,latitude,longitude, one a line").format(label=label))
    return found


def _columns(row: Sequence[str]) -> dict[str, int] | None:
    """Where each column stands, by a heading; None where the first row is a station already."""
    titles = [cell.strip().casefold() for cell in row]
    found = {name: titles.index(title) for name, words in _HEADINGS.items() for title in titles if title in words}
    return found if {"name", "latitude", "longitude"} <= found.keys() else None


def _station(row: Sequence[str], columns: dict[str, int], where: str) -> Station:
    def number(name: str) -> float | None:
        at = columns.get(name, len(row))
        text = row[at].strip() if at < len(row) else ""
        if not text:
            return None
        if re.fullmatch(_NUMBER, text, re.ASCII) is None:
            raise PlaceError(
                _("{where}: “{text}” is not a number ({name})").format(
                    where=where, text=clean(text, limit=30), name=name
                )
            )
        return float(text)

    at = columns["name"]
    name = clean(row[at], limit=40) if at < len(row) else ""
    latitude, longitude, least = number("latitude"), number("longitude"), number("min_elevation")
    if not name or latitude is None or longitude is None:
        raise PlaceError(_("{where}: a station has a name, a latitude and a longitude").format(where=where))
    if least is not None and not LOWEST_DEG <= least <= HIGHEST_DEG:
        raise PlaceError(
            _("{where}: the least elevation {least:g} is outside {lowest_deg:g} to {highest_deg:g}").format(
                where=where, least=least, lowest_deg=LOWEST_DEG, highest_deg=HIGHEST_DEG
            )
        )
    try:
        place = Place(name, latitude, longitude, number("height") or 0.0)
    except PlaceError as problem:
        raise PlaceError(_("{where}: {problem}").format(where=where, problem=problem)) from None
    return Station(place, least, "given")
