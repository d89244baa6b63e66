"""The embedded table of launch sites and of cities with 100 000 people and more, and names as searches compare them.

The table is read on first use (some 10 ms). What every start asks for, one city by its name or by its time zone, is
found in the text of the table instead.
"""

from __future__ import annotations

from array import array
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sim.language import _
from sim.places.place import REGIONS_SHOWN, Place
from sim.sanitize import folded
from sim.seed_data import seed_bytes, seed_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ħ": "h"}
    | dict.fromkeys("'’‘ʻʼ`.", "")
    | {"-": " ", "–": " "}
)

_BLOCK_BYTES = 50_000
"""So much of the table is looked through at once."""


class CityTable:
    """Places by index: sites first, then cities from the largest to the smallest.

    Lines of the file are read when they are asked for: kept as words, all would take three megabytes.

    Args:
        sites: Words of the launch sites.
        path: The file of cities: a line of headings, then one for each.
    """

    def __init__(self, sites: list[list[str]], path: Path) -> None:
        self._sites, self._path = sites, path
        # Kept open, so that an upgrade of the program cannot change what the numbers of bytes stand for.
        self._file, self._reading = path.open("rb", buffering=0), Lock()
        with path.open("rb") as lines:
            self._ends = array("I", accumulate(map(len, lines)))

    def row(self, index: int) -> list[str]:
        """Name, country, admin1, latitude, longitude, population, timezone, Chinese names; of sites also height."""
        if index < len(self._sites):
            return self._sites[index]
        number = index - len(self._sites)
        start, end = self._ends[number : number + 2]
        with self._reading:  # threads ask too, and the file has one position
            self._file.seek(start)
            line = self._file.read(end - start)
        return _words(line)

    @property
    def rows(self) -> Iterator[list[str]]:
        """All of them, one after the other."""
        yield from self._sites
        yield from map(_words, self._lines())

    @property
    def coordinates_deg(self) -> Iterator[tuple[float, float]]:
        """Latitude and longitude of each, at half the cost of `rows`."""
        for row in self._sites:
            yield float(row[3]), float(row[4])
        for line in self._lines():
            _, _, _, latitude, longitude, _ = line.split(b"\t", 5)
            yield float(latitude), float(longitude)

    def _lines(self) -> Iterator[bytes]:
        """The lines of all cities."""
        with self._path.open("rb") as lines:
            next(lines)
            yield from lines

    @cached_property
    def keys(self) -> list[str]:
        """Names without case, accents and apostrophes."""
        # Folding all names as one text is four times as fast as one by one; no name holds a line break.
        return fold("\n".join(row[0] for row in self.rows)).split("\n")

    @cached_property
    def zh(self) -> list[str]:
        """Chinese names between semicolons, also at both ends."""
        return [f";{row[7]};" if row[7] else "" for row in self.rows]


def _words(line: bytes) -> list[str]:
    return line.decode().rstrip("\n").split("\t")


def fold(text: str) -> str:
    """A name as the search compares it: no case, no accents, no apostrophes, hyphens as blanks."""
    return folded(text).translate(_LETTERS)


@cache
def city_table() -> CityTable:
    """The sites and cities, read once."""
    sites = []
    for line in seed_bytes("sites.tsv").decode().splitlines()[1:]:
        name, country, latitude, longitude, height_m, timezone, zh, _source = line.split("\t")
        sites.append([name, country, "", latitude, longitude, "0", timezone, zh, height_m])
    return CityTable(sites, seed_path("cities.tsv"))


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


def cities_with(least_people: int) -> Iterator[tuple[str, str, float, float, float]]:
    """Name, Chinese name, latitude, longitude (degrees) and people of the cities with so many, largest first."""
    for row in city_table().rows:
        if len(row) > 8:  # a site: the table has them first
            continue
        people = int(row[5])
        if people < least_people:
            return
        yield row[0], row[7].partition(";")[0], float(row[3]), float(row[4]), float(people)


def country_name(code: str) -> str:
    """`Pakistan` for `PK`, in the reader's language; the code itself where there is no name."""
    return _(_countries().get(code, code))


def region_letters(country: str, region: str) -> str:
    """What is shown of a region behind the name of a town: `ON`; nothing where the country has no such custom."""
    if region.isalpha() or not region:
        return region
    if country not in REGIONS_SHOWN:
        return ""
    from sim.places.regions import letters_of  # the first picture of most places can do without

    return letters_of(country, region)


def place_of_row(row: list[str]) -> Place:
    """A row of the table as a place."""
    return Place(
        name=row[0],
        latitude_deg=float(row[3]),
        longitude_deg=float(row[4]),
        height_m=float(row[8]) if len(row) > 8 else 0.0,
        timezone=row[6],
        country=row[1],
        name_zh=row[7].partition(";")[0],
        region=region_letters(row[1], row[2]),
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
    wanted = [*marks]
    with seed_path("cities.tsv").open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            text = b"\n%s%s" % (block, file.readline())
            found = [at for mark in wanted if (at := text.find(mark)) >= 0]
            if found:
                inside = min(found) + 1
                line = text[text.rfind(b"\n", 0, inside) + 1 : text.find(b"\n", inside)]
                return place_of_row(line.decode().split("\t"))
    return None
