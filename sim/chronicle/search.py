"""Finding people, ships, spacewalks, events and partners by a piece of their name, in Latin letters or Chinese."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal, TypeAlias

from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sim.chronicle.chronicle import Chronicle

FoundKind: TypeAlias = Literal["person", "mission", "module", "spacewalk", "event", "candidate", "payload", "fact"]


STATION = "station"
"""The row of the missions view that shows facts about the station as a whole."""


class Found(NamedTuple):
    """Something found, and where to go to see it.

    Attributes:
        kind: What it is.
        title: Its name.
        detail: One more line about it.
        unix_s: The instant to go to; `None` where there is none, as for a planned launch.
        view: The view that shows it.
        row: The row of the view to put the cursor on; empty where that is the title's.
    """

    kind: FoundKind
    title: str
    detail: str
    unix_s: float | None
    view: str
    row: str = ""


def folded(text: str) -> str:
    """Lower case without diacritics, dashes read as spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.replace("-", " ").replace("‐", " ").split())


class Index:
    """Every name of everything, folded once."""

    def __init__(self, book: Chronicle) -> None:
        self._entries: list[tuple[tuple[str, ...], Found]] = []
        self._add_people(book)
        self._add_flights(book)
        self._add_walks(book)
        self._add_partners(book)
        self._add_facts(book)
        for event in book.events.events:
            found = Found("event", event.title, event.text, event.unix_s, event.view)
            self._add(found, event.title, f"{event.kind} {' '.join(event.missions)}")

    def find(self, text: str, limit: int = 20) -> tuple[Found, ...]:
        """What fits a text best: whole names, then beginnings, then beginnings of words, then pieces.

        Args:
            text: What somebody typed.
            limit: How many at most.
        """
        wanted = folded(text)
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

    def _add(self, found: Found, *names: str) -> None:
        plain = [folded(name) for name in names]
        # "Shenzhou-13" is also found as "shenzhou13".
        joined = [name.replace(" ", "") for name in plain]
        self._entries.append((tuple(dict.fromkeys((*plain, *joined))), found))

    def _add_people(self, book: Chronicle) -> None:
        for person in book.people:
            seats = [member for member in book.crew_members if member.name == person.name]
            missions = ", ".join(member.mission for member in seats)
            unix_s = (seats[0].dock or seats[0].launch).unix_s if seats else None
            title = f"{person.name} {person.name_zh}"
            given_first = " ".join(reversed(person.name.split(" ", 1)))
            self._add(Found("person", title, missions, unix_s, "crew"), person.name, person.name_zh, given_first, title)

    def _add_flights(self, book: Chronicle) -> None:
        for mission in book.missions:
            number = mission.name.split("-")[-1]
            initials = "sz" if mission.name.startswith("Shenzhou") else "tz"
            launch = mission.launch
            detail = "planned" if launch is None else f"launch {launch.text}"
            self._add(
                Found("mission", f"{mission.name} {mission.name_zh}", detail, launch and launch.unix_s, "missions"),
                mission.name, mission.name_zh, f"{initials}-{number}", f"{mission.name_zh[:2]}{number}",
            )  # fmt: skip
        for module in book.modules:
            launch = module.launch
            found = Found(
                "module", f"{module.name} {module.name_zh}", module.type, launch and launch.unix_s, "missions"
            )
            self._add(found, module.name, module.name_zh)

    def _add_walks(self, book: Chronicle) -> None:
        for walk in book.spacewalks:
            who = ", ".join(walk.outside) or walk.mission
            title = f"Spacewalk {walk.number}"
            self._add(
                Found("spacewalk", title, f"{walk.day.text} {who}", walk.begins_unix_s, "spacewalks"),
                f"EVA {walk.number}", title, f"第{walk.number}次出舱", walk.day.text,
            )  # fmt: skip

    def _add_partners(self, book: Chronicle) -> None:
        agreement = book.agreement
        self._add(
            Found("event", agreement.title, agreement.day.text, agreement.ceremony.unix_s, "partners"),
            agreement.title, agreement.title_zh, *(person.name for person in agreement.signatories),
            *(name for person in agreement.signatories for name in person.spelling_variants),
        )  # fmt: skip
        for candidate in book.candidates:
            step = next((step for step in book.partner_steps if candidate.name in step.text), None)
            title = f"{candidate.name} {candidate.name_zh}"
            found = Found("candidate", title, candidate.role, step and step.day.unix_s, "partners")
            self._add(found, candidate.name, candidate.name_zh)
        for payload in book.payloads:
            step = next((step for step in book.partner_steps if payload.name.split()[0] in step.text), None)
            found = Found("payload", payload.name, payload.status, step and step.day.unix_s, "partners")
            self._add(found, payload.name, payload.country)

    def _add_facts(self, book: Chronicle) -> None:
        for fact in book.facts:
            about = fact.mission or STATION
            found = Found("fact", f"{fact.title}, {about}", fact.text, fact.known_from.unix_s, "missions", about)
            self._add(found, fact.title, f"{fact.topic} {fact.title} {fact.text}")


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
