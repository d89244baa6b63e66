"""Finding people, ships, spacewalks, events and partners by a piece of their name, in Latin letters or Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from sim.language import N_, _
from sim.language.lists import comma_list
from sim.language.names import both_names, short_ship_name
from sim.sanitize import folded

if TYPE_CHECKING:
    from sim.chronicle.events import EventKind, EventList
    from sim.chronicle.tables import ChronicleTables

HitKind: TypeAlias = Literal[
    "person", "mission", "module", "spacewalk", "event", "candidate", "payload", "fact", "agreement"
]  # fmt: skip


STATION = N_("station")
"""What facts about the station as a whole are about."""


class SearchHit(msgspec.Struct, frozen=True):
    """Something found.

    Attributes:
        kind: What it is.
        title: Its name, in the language of the index.
        detail: One more line about it.
        unix_s: The instant to go to; `None` where there is none, as for a planned launch.
        event: For an event: its kind.
        about: What a view is asked to select, the same in every language: the mission that a fact is about, or
            `STATION`; where it is empty, the title.
    """

    kind: HitKind
    title: str
    detail: str
    unix_s: float | None
    event: EventKind | None = None
    about: str = ""


def search_key(text: str) -> str:
    """A name as it is searched for: without case and accents, dashes as single spaces."""
    return " ".join(folded(text).replace("-", " ").replace("‐", " ").split())


class SearchIndex:
    """Every name of everything in English and in the language of the moment, folded once."""

    def __init__(self, tables: ChronicleTables, events: EventList) -> None:
        self._entries: list[tuple[tuple[str, ...], SearchHit]] = []
        self._add_people(tables)
        self._add_flights(tables)
        self._add_walks(tables)
        self._add_partners(tables)
        self._add_facts(tables)
        for event in events.events:
            english, title = event.phrase.english, event.title
            found = SearchHit("event", title, event.when, event.unix_s, event.kind, english)
            self._add(found, english, title, f"{event.kind} {' '.join(event.missions)}")

    def find(self, text: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """What fits a text best: whole names, then beginnings, then beginnings of words, then pieces."""
        wanted = search_key(text)
        if not wanted:
            return ()
        tokens = wanted.split()
        hits = []
        for order, (names, found) in enumerate(self._entries):
            rank = min(_rank(name, wanted, tokens) for name in names)
            if rank < _MISS:
                hits.append((rank, order, found))
        hits.sort(key=lambda hit: hit[:2])
        return tuple(found for _rank_, _order, found in hits[:limit])

    def _add(self, found: SearchHit, *names: str) -> None:
        plain = [search_key(name) for name in names]
        # "Shenzhou-13" is also found as "shenzhou13".
        joined = [name.replace(" ", "") for name in plain]
        self._entries.append((tuple(dict.fromkeys((*plain, *joined))), found))

    def _add_people(self, tables: ChronicleTables) -> None:
        for person in tables.people:
            seats = [member for member in tables.crew_members if member.name == person.name]
            missions = comma_list(_(member.mission) for member in seats)
            unix_s = (seats[0].dock or seats[0].launch).unix_s if seats else None
            title, english = both_names(person.name, person.name_zh), f"{person.name} {person.name_zh}"
            given_first = " ".join(reversed(person.name.split(" ", 1)))
            found = SearchHit("person", title, missions, unix_s, about=english)
            self._add(found, person.name, person.name_zh, given_first, english)

    def _add_flights(self, tables: ChronicleTables) -> None:
        for mission in tables.missions:
            number = mission.name.split("-")[-1]
            initials = "sz" if mission.name.startswith("Shenzhou") else "tz"
            launch = mission.launch
            detail = _("planned") if launch is None else _("launch {day}").format(day=launch.text)
            title = both_names(mission.name, mission.name_zh)
            unix_s = launch.unix_s if launch else None
            self._add(
                SearchHit("mission", title, detail, unix_s, about=mission.name),
                mission.name, mission.name_zh, f"{initials}-{number}", f"{mission.name_zh[:2]}{number}",
                short_ship_name(mission.name),
            )  # fmt: skip
        for module in tables.modules:
            launch = module.launch
            title = both_names(module.name, module.name_zh)
            unix_s = launch.unix_s if launch else None
            found = SearchHit("module", title, _(module.type), unix_s, about=module.name)
            self._add(found, module.name, module.name_zh)

    def _add_walks(self, tables: ChronicleTables) -> None:
        for walk in tables.spacewalks:
            who = comma_list(_(name) for name in walk.outside or (walk.mission,))
            english = f"Spacewalk {walk.number}"
            title = _("Spacewalk {number}").format(number=walk.number)
            self._add(
                SearchHit("spacewalk", title, f"{walk.day.text} {who}", walk.begins_unix_s, about=english),
                f"EVA {walk.number}", english, title, f"第{walk.number}次出舱", walk.day.text,
            )  # fmt: skip

    def _add_partners(self, tables: ChronicleTables) -> None:
        agreement = tables.agreement
        self._add(
            SearchHit(
                "agreement", _(agreement.title), agreement.day.text, agreement.ceremony.unix_s, about=agreement.title
            ),
            agreement.title, agreement.title_zh, *(person.name for person in agreement.signatories),
            *(name for person in agreement.signatories for name in person.spelling_variants),
        )  # fmt: skip
        for candidate in tables.candidates:
            step = next((step for step in tables.partner_steps if candidate.name in step.text), None)
            title, english = both_names(candidate.name, candidate.name_zh), f"{candidate.name} {candidate.name_zh}"
            found = SearchHit("candidate", title, _(candidate.role), step.day.unix_s if step else None, about=english)
            self._add(found, candidate.name, candidate.name_zh)
        for payload in tables.payloads:
            step = next((step for step in tables.partner_steps if payload.name.split()[0] in step.text), None)
            unix_s = step.day.unix_s if step else None
            found = SearchHit("payload", _(payload.name), _(payload.status), unix_s, about=payload.name)
            self._add(found, payload.name, _(payload.name), payload.country, _(payload.country))

    def _add_facts(self, tables: ChronicleTables) -> None:
        for fact in tables.facts:
            about = fact.mission or STATION
            title = comma_list((_(fact.title), _(about)))
            found = SearchHit("fact", title, _(fact.text), fact.known_from.unix_s, about=about)
            self._add(
                found, fact.title, _(fact.title), f"{fact.topic} {fact.title} {fact.text}", f"{title} {_(fact.text)}"
            )


_MISS = 9


def _rank(name: str, wanted: str, tokens: list[str]) -> int:
    """How well a name fits: 0 whole, 1 beginning, 2 beginnings of words, 3 piece, `_MISS` not at all."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    words = name.split()
    if all(any(word.startswith(token) for word in words) for token in tokens):
        return 2
    return 3 if wanted in name else _MISS
