"""Finds what a text says of a time after an instant: dates, people, ships, modules and spacewalks not known then."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from sim.chronicle import embedded_chronicle
from sim.chronicle.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sim.chronicle import Mission

MARKS = ("later", "planned", "next")
"""Words that say of an entry that it is not of the instant; `next` is said of the event to come."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO = re.compile(r"(?<![\d.])(20\d\d)-([01]\d)(?:-([0-3]\d))?(?![\d])")
_NAMES = "|".join(rf"{datetime(2000, month, 1, tzinfo=UTC):%B|%b}" for month in range(1, 13))
_WORDS = re.compile(rf"\b(?:(\d{{1,2}}) )?({_NAMES}) (20\d\d)\b")
_YEAR = re.compile(r"(?<![\d.,-])\b(20[23]\d)\b(?![\d:-])")
_SHIP = re.compile(r"\b(Shenzhou|SZ|Tianzhou|TZ)[- ](\d{1,2})\b")
_WALK = re.compile(r"\b[Ss]pacewalk (\d{1,2})\b")


def entries(lines: Iterable[str]) -> Iterator[str]:
    """Lines with those that go on, which begin with blanks or a rule, joined to them."""
    current = ""
    for line in lines:
        if line[:1] in {" ", "│"} and current:
            current += f" {line.strip(' │')}"
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def is_marked(entry: str) -> bool:
    """Whether an entry says that it is of later or planned."""
    lowered = entry.casefold()
    return any(mark in lowered for mark in MARKS)


def later_mentions(entry: str, unix_s: float) -> list[str]:
    """What an entry says of a time after an instant."""
    return [*_later_dates(entry, unix_s), *_later_ships(entry, unix_s), *_later_names(entry, unix_s)]


def unmarked(lines: Iterable[str], unix_s: float) -> list[tuple[str, list[str]]]:
    """Entries that tell of later without saying so."""
    found = [(entry, later_mentions(entry, unix_s)) for entry in entries(lines) if not is_marked(entry)]
    return [(entry, mentions) for entry, mentions in found if mentions]


@cache
def _dates_in(entry: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The dates of an entry as they are written, each with year, month and day; a year alone with the year.

    Most entries are the same at hundreds of instants: what they mention is read once.
    """
    return (
        *((match[0], (int(match[1]), int(match[2]), int(match[3] or 1))) for match in _ISO.finditer(entry)),
        *(
            (match[0], (int(match[3]), _MONTHS.index(match[2][:3].lower()) + 1, int(match[1] or 1)))
            for match in _WORDS.finditer(entry)
        ),
        *((match[0], (int(match[1]),)) for match in _YEAR.finditer(entry)),
    )


def _later_dates(entry: str, unix_s: float) -> Iterator[str]:
    now = datetime.fromtimestamp(unix_s, UTC)
    today = now.year, now.month, now.day
    yield from (text for text, date in _dates_in(entry) if date > today[: len(date)])


def _later_ships(entry: str, unix_s: float) -> Iterator[str]:
    yield from (name for name, first_s in _ships_and_walks_in(entry) if first_s > unix_s)


@cache
def _ships_and_walks_in(entry: str) -> tuple[tuple[str, float], ...]:
    """The ships and spacewalks that an entry mentions, and from when they were known."""
    book, found = embedded_chronicle(), []
    for family, number in _SHIP.findall(entry):
        name = f"{'Shenzhou' if family in {'Shenzhou', 'SZ'} else 'Tianzhou'}-{number}"
        mission = book.missions_by_name.get(name)
        if mission is not None:
            found.append((name, _first_s(mission)))
    for number in _WALK.findall(entry):
        walk = next((walk for walk in book.spacewalks if walk.number == int(number)), None)
        if walk is not None:
            found.append((f"spacewalk {number}", walk.begins_unix_s))
    return tuple(found)


def _first_s(mission: Mission) -> float:
    """When a flight was launched; of a planned one, when the plan was first stated."""
    if mission.launch is not None:
        return mission.launch.unix_s
    stated = [plan.stated.unix_s for plan in embedded_chronicle().plans if plan.mission == mission.name and plan.stated]
    return min(stated, default=float("inf"))


def _later_names(entry: str, unix_s: float) -> Iterator[str]:
    yield from (name for name, known_s in _names_in(entry) if known_s > unix_s)


@cache
def _names_in(entry: str) -> tuple[tuple[str, float], ...]:
    """The people and modules that an entry mentions, and from when they were known."""
    return tuple((name, known_s) for name, known_s in _known_from().items() if name in entry)


@cache
def _known_from() -> dict[str, float]:
    """From when each person is known: the first flight or the first report; each module from its launch."""
    book = embedded_chronicle()
    first: dict[str, float] = {}
    for member in book.crew_members:
        if member.person.earlier_flights:
            continue  # known from a flight before the station
        first.setdefault(member.name, member.launch.unix_s)
        first.setdefault(member.name_zh, member.launch.unix_s)
    for source in book.sources.values():
        for name, known_s in first.items():
            if source.published is not None and name in source.title:
                first[name] = min(known_s, PartialDate.parse(source.published).unix_s)
    for one in book.candidates:
        assert one.known_from is not None
        first[one.name] = first[one.name_zh] = one.known_from.unix_s
    for module in book.modules:
        first[module.name] = float("inf") if module.launch is None else module.launch.unix_s
    return first
