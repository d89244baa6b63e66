"""Named places: seas and countries, cities, sites, ground stations; and the South Atlantic Anomaly. Read when shown."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from sim.language import N_
from sim.language.names import one_name
from sim.passes.plans.stations import known_stations
from sim.places.city_table import cities_with
from sim.seed_data import seed_lines
from tui.drawing.styled_text import width

if TYPE_CHECKING:
    from tui.map.projection import MapProjection, Place

MOST_NAMES_A_CELL = 1 / 110
"""So many names of cities are tried for each cell of the map."""

SEA_FROM_CELL_DEG = {0: 2.6, 1: 1.7, 2: 0.8}
"""By rank, how small a cell must be for the name of a sea to be written."""

COUNTRIES_FROM_CELL_DEG = 1.7
ANOMALY_NAME = N_("South Atlantic Anomaly")
CITIES_FROM_CELL_DEG = (
    (1.3, 10_000_000),
    (0.9, 4_000_000),
    (0.6, 1_500_000),
    (0.4, 600_000),
    (0.25, 250_000),
    (0.16, 0),
)
"""How small a cell must be for cities of so many people."""


class NamedPlace(msgspec.Struct, frozen=True):
    """A name and where it is written.

    Attributes:
        name: As written.
        latitude_deg: Of its middle.
        longitude_deg: Of its middle.
        size: Of a country degrees of longitude that it spans there; of a sea its rank, 0 for an ocean; of a city
            its people.
        name_zh: In Chinese, for cities.
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    size: float
    name_zh: str = ""

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return one_name(self.name, self.name_zh)


@cache
def _areas(kind: str) -> tuple[NamedPlace, ...]:
    """Seas or countries, the most important ones first."""
    found = []
    for line in seed_lines("names.tsv")[1:]:
        of_kind, name, latitude, longitude, size = line.split("\t")
        if of_kind == kind:
            found.append(NamedPlace(name, float(latitude), float(longitude), float(size)))
    return tuple(found)


@cache
def _cities(least_people: int) -> tuple[NamedPlace, ...]:
    return tuple(
        NamedPlace(name, latitude_deg, longitude_deg, people, name_zh)
        for name, name_zh, latitude_deg, longitude_deg, people in cities_with(least_people)
    )


def seas(projection: MapProjection) -> list[NamedPlace]:
    """The seas whose names there is room for, oceans first."""
    cell_deg = projection.cell_deg
    return [sea for sea in _areas("sea") if cell_deg <= SEA_FROM_CELL_DEG[int(sea.size)]]


def countries(projection: MapProjection) -> list[NamedPlace]:
    """The countries on which their names find room, large ones first."""
    cell_deg = projection.cell_deg
    if cell_deg > COUNTRIES_FROM_CELL_DEG:
        return []
    return [country for country in _areas("country") if width(country.label) * cell_deg <= country.size * 1.3]


def cities(projection: MapProjection) -> list[tuple[NamedPlace, tuple[int, int]]]:
    """The largest cities in the picture with their cells, as many as there is room for."""
    cell_deg = projection.cell_deg
    people = next((people for limit, people in reversed(CITIES_FROM_CELL_DEG) if cell_deg <= limit), None)
    if people is None:
        return []
    most = int(projection.width * projection.height * MOST_NAMES_A_CELL)
    found: list[tuple[NamedPlace, tuple[int, int]]] = []
    for city in _cities(people):
        cell = projection.cell(city.latitude_deg, city.longitude_deg)
        if cell is not None:
            found.append((city, cell))
            if len(found) >= most:
                break
    return found


@cache
def sites() -> tuple[tuple[str, Place], ...]:
    """Launch sites and the landing site: short name, which `_` translates, and place."""
    rows = (line.split("\t") for line in seed_lines("sites.tsv")[1:])
    return tuple((name.split()[0], (float(latitude), float(longitude))) for name, _, latitude, longitude, *_ in rows)


@cache
def ground_stations() -> tuple[tuple[str, Place], ...]:
    """Ground stations: name, which `_` translates, and place, to a tenth of a degree."""
    places = (station.place for station in known_stations())
    return tuple((place.name, (place.latitude_deg, place.longitude_deg)) for place in places)


@cache
def anomaly() -> tuple[Place, ...]:
    """The outline of the South Atlantic Anomaly, closed."""
    rows = (line.split("\t") for line in seed_lines("anomaly.tsv")[2:])
    return tuple((float(latitude), float(longitude)) for latitude, longitude in rows)
