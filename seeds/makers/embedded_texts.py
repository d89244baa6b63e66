"""The texts of the embedded data that a reader sees: the messages of `facts`, `stories`, `places` and `schemas`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from babel import Locale

from sim.chronicle.events import EventKind
from sim.chronicle.model import Leg, MissionKind, MissionStatus, PortKey
from sim.chronicle.model.background import Topic
from sim.chronicle.snapshot import ModulePlace
from sim.chronicle.statistics import Whereabouts
from sim.language.names import english_short_name

SEEDS = Path(__file__).resolve().parents[1]

_FIGURES = re.compile(r"[\d\s:.,+~<>=/TZ-]*")
"""Dates, times and lengths are no texts."""

_NOT_SHOWN = frozenset(
    (
        "sources", "origin", "sex", "area", "view", "see", "name_zh", "title_zh", "rocket_serial", "cospar_id",
        "spelling_variants", "not_published", "date_not_after", "flown_as_of",
    )
)  # fmt: skip
"""Fields that are compared, or are names in their own writing."""

_WORDS = (EventKind, MissionKind, MissionStatus, PortKey, Leg, Topic, ModulePlace, Whereabouts)
"""Words that records hold and views show."""


def embedded_texts(room: str) -> Iterator[tuple[str, str]]:
    """Texts of a room with the files they stand in; nothing for the rooms of the source."""
    if room == "facts":
        yield from _chronicle()
    elif room == "stories":
        yield from _stories()
    elif room == "places":
        yield from _places()
    elif room == "schemas":
        yield from _schemas()


def _chronicle() -> Iterator[tuple[str, str]]:
    place = "seeds/chronicle.json"
    tables: dict[str, Any] = json.loads((SEEDS / "chronicle.json").read_text("utf-8"))
    for rows in tables.values():
        if isinstance(rows, list):
            for text in _texts(rows):
                yield text, place
    for mission in tables["missions"]:
        yield english_short_name(mission["name"]), place
    for words in _WORDS:
        for word in get_args(words):
            yield word, "sim/chronicle/model.py"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and not _FIGURES.fullmatch(value):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in _NOT_SHOWN:
                yield from _texts(one)


def _stories() -> Iterator[tuple[str, str]]:
    for path in sorted((SEEDS / "stories").glob("*.toml")):
        story = tomllib.loads(path.read_text("utf-8"))
        place = f"seeds/stories/{path.name}"
        yield story["title"], place
        yield story["summary"], place
        for step in story["steps"]:
            for sentence in step["caption"]:
                yield sentence["text"], place


def _places() -> Iterator[tuple[str, str]]:
    for file, column in (("names", 1), ("constellations", 3), ("sites", 0), ("ground_stations", 0)):
        for line in (SEEDS / f"{file}.tsv").read_text("utf-8").splitlines()[1:]:
            name = line.split("\t")[column]
            yield name, f"seeds/{file}.tsv"
            if file == "sites":
                yield name.split()[0], f"seeds/{file}.tsv"  # on the map
    for name in _countries().values():
        yield name, "tzdata/zoneinfo/iso3166.tab"


def _schemas() -> Iterator[tuple[str, str]]:
    for path in sorted((SEEDS / "schemas").glob("*.json")):
        for text in _explained(json.loads(path.read_text("utf-8"))):
            yield text, f"seeds/schemas/{path.name}"


def _explained(schema: object) -> Iterator[str]:
    """Titles and descriptions of a JSON Schema; a property may be called `title` too, and is no text."""
    if isinstance(schema, dict):
        for key, part in schema.items():
            if key in {"title", "description"} and isinstance(part, str):
                yield part
            else:
                yield from _explained(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _explained(part)


def _countries() -> dict[str, str]:
    """Countries by their code, as the time zone database names them in English."""
    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    return dict(line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))


def known_names(language: str) -> dict[str, str]:
    """Translations that the data hold themselves, by message, for a language: where a catalogue begins.

    Names of people, ships, modules and sites in Chinese; of countries in any language, by Unicode's CLDR.
    """
    english = {name: code for code, name in Locale("en").territories.items() if len(code) == 2}
    english |= {name: code for code, name in _countries().items()}
    known = {name: Locale(language).territories[code] for name, code in english.items()}
    if language != "zh":
        return known
    tables: dict[str, Any] = json.loads((SEEDS / "chronicle.json").read_text("utf-8"))
    for table in ("missions", "modules", "people", "candidates"):
        known |= {row["name"]: row["name_zh"] for row in tables[table]}
    for line in (SEEDS / "sites.tsv").read_text("utf-8").splitlines()[1:]:
        columns = line.split("\t")
        known[columns[0]] = columns[6].split(";")[0]
    return known
