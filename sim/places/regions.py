"""First divisions of federal countries, by the codes of the tables of cities: `London, Ontario`, `Perth, WA`."""

from __future__ import annotations

from functools import cache

from sim.sanitize import folded
from sim.seed_data import seed_lines

_SHORTEST = 3


@cache
def _regions() -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """Letters, and all names folded, of each region, by country and code."""
    found = {}
    for line in seed_lines("regions.tsv")[1:]:
        country, code, letters, names = line.split("\t")
        found[country, code] = letters, tuple(_key(name) for name in (letters, *names.split(";")) if name)
    return found


def _key(name: str) -> str:
    return folded(name).replace("-", " ")


def is_called(country: str, code: str, wanted: str) -> bool:
    """Whether a region has a name, begins with it (`Ill.`, `Calif.`, `Ont.`), or is written with these letters."""
    known = _regions().get((country, code))
    if known is None:
        return False
    return wanted in known[1] or (len(wanted) >= _SHORTEST and any(name.startswith(wanted) for name in known[1]))


def letters_of(country: str, code: str) -> str:
    """The letters of a region by its code: `ON`; empty where it has none."""
    return _regions().get((country, code), ("", ()))[0]
