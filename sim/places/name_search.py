"""Places by name: which rows of the tables a text fits, best first.

Behind a comma may stand a country, its code, or a region: `Hyderabad, Pakistan`, `London, UK`, `London, Ontario`,
`Springfield, IL`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from sim.places.city_table import city_table, country_name, fold, place_of_row
from sim.places.regions import is_called
from sim.places.towns import town_table
from sim.seed_data import seed_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.places.place import Place

WHOLE_CITY, SITE_WORD, WHOLE_TOWN, CITY_START, TOWN_START, LATER_WORD, MIDDLE = range(7)
"""How a name fits, best first. A launch site is meant by its first word before a town of that name is."""

_SHORTEST_INSIDE = 3
"""Letters from which a name is also found by its middle, and among the towns."""

_COUNTRIES = {
    "uk": "GB", "britain": "GB", "great britain": "GB", "united kingdom": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "usa": "US", "america": "US", "united states of america": "US",
    "uae": "AE", "emirates": "AE", "holland": "NL", "south korea": "KR", "republic of korea": "KR",
    "north korea": "KP", "czechia": "CZ", "turkiye": "TR", "burma": "MM", "ivory coast": "CI", "prc": "CN",
    "vatican": "VA", "macedonia": "MK", "swaziland": "SZ", "deutschland": "DE", "schweiz": "CH", "suisse": "CH",
    "osterreich": "AT", "espana": "ES", "italia": "IT", "brasil": "BR", "中国": "CN", "巴基斯坦": "PK",
}  # fmt: skip
"""Names of countries that the time zone database does not begin with."""


class Hit(msgspec.Struct, frozen=True, order=True):
    """A row that a text fits.

    Attributes:
        rank: How well, see `WHOLE_CITY` and the others.
        is_town: Of the table of towns.
        place_in_order: Larger places first.
        index: Of the row.
    """

    rank: int
    is_town: bool
    place_in_order: int
    index: int

    @property
    def place(self) -> Place:
        """The row as a place."""
        return town_table().place(self.index) if self.is_town else place_of_row(city_table().row(self.index))


def hits(text: str, *, with_towns: bool = True) -> list[Hit]:
    """Every row a text fits, best first."""
    name, *qualifiers = (part.strip() for part in text.split(","))
    key = fold(name).strip()
    wanted = [fold(qualifier) for qualifier in qualifiers if qualifier]
    if not key:
        return []
    found: set[Hit] = set()
    for variant in _saints(key):
        found.update(_hits_of(variant, wanted, with_towns=with_towns))
    plain = key.replace("ae", "a").replace("oe", "o").replace("ue", "u")  # as Muenchen is written for München
    if plain != key and not any(hit.rank <= WHOLE_TOWN for hit in found):
        found.update(_hits_of(plain, wanted, with_towns=with_towns))
    return sorted(found)


def _saints(key: str) -> tuple[str, ...]:
    """A name with `saint` and with `st` before it, if it has one of them."""
    if key.startswith("saint "):
        return key, "st " + key.removeprefix("saint ")
    return (key, "saint " + key.removeprefix("st ")) if key.startswith("st ") else (key,)


def _hits_of(key: str, wanted: Sequence[str], *, with_towns: bool) -> Iterable[Hit]:
    cities, is_ascii = city_table(), key.isascii()
    is_long = len(key) >= _SHORTEST_INSIDE or not is_ascii
    ranks = _name_ranks(cities.keys, key, (WHOLE_CITY, CITY_START))
    if not is_ascii:
        ranks |= _zh_ranks(cities.zh, key, (WHOLE_CITY, CITY_START))
    for index, rank in ranks.items():
        if rank == CITY_START and len(cities.row(index)) > 8 and f"{cities.keys[index]} ".startswith(f"{key} "):
            ranks[index] = SITE_WORD
    _rank_other_names(ranks, _also_called(), key, (WHOLE_CITY, CITY_START))
    found = [Hit(rank, False, index, index) for index, rank in ranks.items()]
    if with_towns and is_long:
        towns = town_table()
        town_ranks = _name_ranks(towns.keys, key, (WHOLE_TOWN, TOWN_START))
        if not is_ascii:
            town_ranks |= _zh_ranks([f";{names};" for names in towns.zh], key, (WHOLE_TOWN, TOWN_START))
        _rank_other_names(town_ranks, _towns_also_called(), key, (WHOLE_TOWN, TOWN_START))
        found += [Hit(rank, True, -towns.population(index), index) for index, rank in town_ranks.items()]
    return (
        hit
        for hit in found
        if (hit.rank < MIDDLE or is_long) and all(_qualifies(hit, qualifier) for qualifier in wanted)
    )


def _rank_other_names(
    ranks: dict[int, int], named: dict[str, list[int]], key: str, whole_and_start: tuple[int, int]
) -> None:
    """Raise the ranks of rows of which another name fits."""
    whole, start = whole_and_start
    for name, rows in named.items():
        if name.startswith(key):
            rank = whole if name == key else start
            ranks.update((index, min(rank, ranks.get(index, rank))) for index in rows)


def _name_ranks(keys: Sequence[str], key: str, whole_and_start: tuple[int, int]) -> dict[int, int]:
    whole, start = whole_and_start
    later = f" {key}"
    return {
        index: whole if name == key else start if name.startswith(key) else LATER_WORD if later in name else MIDDLE
        for index, name in enumerate(keys)
        if key in name
    }


def _zh_ranks(listed: Sequence[str], key: str, whole_and_start: tuple[int, int]) -> dict[int, int]:
    whole, start = whole_and_start
    exact, beginning = f";{key};", f";{key}"
    return {
        index: whole if exact in names else start if beginning in names else MIDDLE
        for index, names in enumerate(listed)
        if key in names
    }


def _qualifies(hit: Hit, wanted: str) -> bool:
    if hit.is_town:
        country, region = town_table().country(hit.index), town_table().region(hit.index)
    else:
        row = city_table().row(hit.index)
        country, region = row[1], row[2]
    return (
        wanted in {country.lower(), region.lower()}
        or _COUNTRIES.get(wanted) == country
        or is_called(country, region, wanted)
        or fold(country_name(country)).startswith(wanted)
    )


def _other_names(listed_places: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    """Rows of a table by further names of `seeds/city_names.tsv`, folded.

    Of two rows of the same folded name and country the first counts.
    """
    rows: dict[tuple[str, str], int] = {}
    for index, place in enumerate(listed_places):
        rows.setdefault(place, index)
    named: dict[str, list[int]] = {}
    for line in seed_lines("city_names.tsv")[1:]:
        name, country, listed = line.split("\t")
        if (found := rows.get((fold(listed), country))) is not None:
            named.setdefault(fold(name), []).append(found)
    return named


@cache
def _also_called() -> dict[str, list[int]]:
    """Cities by their English, old and local names."""
    return _other_names((fold(row[0]), row[1]) for row in city_table().rows)


@cache
def _towns_also_called() -> dict[str, list[int]]:
    """Towns by their English, old and local names."""
    table = town_table()
    return _other_names((key, table.country(index)) for index, key in enumerate(table.keys))


def near_names(text: str, count: int = 3) -> list[Place]:
    """Places whose names look like a text that fits none: for “did you mean”."""
    from difflib import get_close_matches

    later = [hit.place for hit in hits(text)[:count]]
    if later:
        return later
    key = fold(text.partition(",")[0]).strip()
    places = []
    for keys, is_town in ((city_table().keys, False), (town_table().keys, True)):
        # Only names of about this length are compared: thousands of comparisons would take a second.
        candidates = [name for name in keys if abs(len(name) - len(key)) <= 2 and name[:1] == key[:1]]
        close = get_close_matches(key, candidates, n=count, cutoff=0.75)
        places += [Hit(WHOLE_CITY, is_town, 0, keys.index(name)).place for name in close]
    return list(dict.fromkeys(places))[:count]
