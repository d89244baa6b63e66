"""The embedded table of towns from 15 000 people up, for names that the table of cities lacks.

It is read when such a name is asked for (some 40 ms), never before the first picture.
"""

from __future__ import annotations

import zlib
from functools import cache, cached_property

from sim.places.city_table import fold, region_letters
from sim.places.place import Place
from sim.seed_data import seed_bytes

_COLUMNS = 8


class TownTable:
    """Towns by index, in order of country and name.

    Args:
        text: Time zones, then one column a line: see `seeds.makers.towns`.
    """

    def __init__(self, text: str) -> None:
        zones, *columns = text.split("\n")
        self._zones = zones.split("\t")
        self._columns = [column.split("\t") for column in columns[:_COLUMNS]]

    @cached_property
    def keys(self) -> list[str]:
        """Names as searches compare them."""
        return fold("\n".join(self._columns[0])).split("\n")

    @property
    def zh(self) -> list[str]:
        """Chinese names, several between semicolons; empty where none is known."""
        return self._columns[7]

    def population(self, index: int) -> int:
        """People, in hundreds."""
        return int(self._columns[5][index])

    def country(self, index: int) -> str:
        """ISO code."""
        return self._columns[1][index]

    def region(self, index: int) -> str:
        """Code of the first division where it is letters or has a name in `seeds/regions.tsv`."""
        return self._columns[2][index]

    def place(self, index: int) -> Place:
        """The town as a place."""
        name, country, region, latitude, longitude, _, zone, zh = (column[index] for column in self._columns)
        return Place(
            name=name,
            latitude_deg=int(latitude) / 1000.0,
            longitude_deg=int(longitude) / 1000.0,
            timezone=self._zones[int(zone)],
            country=country,
            name_zh=zh.partition(";")[0],
            region=region_letters(country, region),
        )


@cache
def town_table() -> TownTable:
    """The towns, read once."""
    return TownTable(zlib.decompress(seed_bytes("towns.bin")).decode())
