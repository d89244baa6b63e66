"""The international programme as texts: who flies and when, and the agreement, as they were known at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.dates import PartialDate
from sim.chronicle.knowledge import is_known
from sim.constants import DAY_S
from tui.drawing.styled_text import Line, wrap
from tui.wording.facts import caption_line, date_text, heading, link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.chronicle import Chronicle
    from sim.chronicle.model import Candidate, Mission, Plan

FLIGHT = "Flight of a Pakistani astronaut to the station"
"""What the plans call it."""


def flight_plans(book: Chronicle, unix_s: float) -> Sequence[Plan]:
    """What had been said about the flight by an instant, in order."""
    return [plan for plan in book.plans if plan.what == FLIGHT and plan.stated and is_known(plan.stated, unix_s)]


def known_candidates(book: Chronicle, unix_s: float) -> Sequence[Candidate]:
    """Those who had been named by an instant."""
    return [one for one in book.candidates if is_known(one.known_from, unix_s)]


def has_flown(book: Chronicle, one: Candidate, unix_s: float) -> bool:
    """Whether a candidate had flown by an instant: from the launch of the ship, else from the day it was known."""
    if not one.flown:
        return False
    ship = _ship_of(book, one)
    if ship is not None and ship.launch is not None:
        return ship.launch.unix_s <= unix_s
    return PartialDate.parse(one.flown_as_of).unix_s <= unix_s


def flight_lines(book: Chronicle, now_s: float, width: int) -> Iterator[Line]:
    """Who flies and when, as it was known."""
    said = flight_plans(book, now_s)
    if not said:
        yield from wrap("No flight of a foreign astronaut is announced", width, "accent")
        yield from wrap("Tiangong flies Chinese crews and experiments of partners at this instant.", width)
        return
    named = known_candidates(book, now_s)
    flown = [one for one in named if has_flown(book, one, now_s)]
    yield from wrap(f"A Pakistani astronaut {'has flown' if flown else 'is to fly'} to Tiangong", width, "accent")
    if flown:
        yield from caption_line("who", " and ".join(f"{one.name} {one.name_zh}" for one in flown), width, "value")
        yield from caption_line("so far", f"flown: {flown[0].mission.removesuffix(' (planned)')}", width, "good")
        return
    if named:
        yield from caption_line("who", " or ".join(f"{one.name} {one.name_zh}" for one in named), width, "value")
        yield from caption_line("", f"{named[0].service}s; which of the two is not known", width)
    else:
        yield from caption_line("who", "nobody is named yet", width, "value")
    latest = said[-1]
    since = "" if latest.stated is None else f" (said {latest.stated.text})"
    yield from caption_line("when", f"planned: {latest.text}{since}", width, "caution")
    yield from _ship(book, now_s, width)
    as_of = book.as_of["partners"]
    if named:
        is_later = now_s >= as_of.unix_s
        text = f"not flown by {as_of.date}; what came after is not known here" if is_later else "not yet"
        yield from caption_line("so far", text, width, "caution")


def _ship_of(book: Chronicle, one: Candidate) -> Mission | None:
    return book.missions_by_name.get(one.mission.split()[0])


def _ship(book: Chronicle, now_s: float, width: int) -> Iterator[Line]:
    if not book.candidates or not is_known(book.assignment.known_from, now_s):
        return
    ship = _ship_of(book, book.candidates[0])
    if ship is None or ship.launch is not None or not is_known(ship.planned_from, now_s):
        return
    yield from caption_line("ship", f"planned: {ship.name} {ship.name_zh}, {ship.planned_when}", width, "caution")
    yield from caption_line("stay", f"planned: {book.assignment.stay}", width)


def agreement_lines(book: Chronicle, now_s: float, width: int) -> Iterator[Line]:
    """The agreement: when, what, between whom, where, signed by whom; nothing before it was signed."""
    agreement = book.agreement
    if not is_known(agreement.ceremony, now_s):
        return
    yield from heading("The agreement")
    days = int((now_s - agreement.ceremony.unix_s) // DAY_S)
    signed = f"signed {date_text(agreement.ceremony)}, {days} days before this instant"
    yield from link(signed, f"screen.go({agreement.ceremony.unix_s!r})", width)
    yield from caption_line("what", agreement.title, width)
    yield from caption_line("between", " and ".join(agreement.parties), width)
    yield from caption_line("where", f"{agreement.place}, before {agreement.witness}", width)
    people = (f"{person.name}, {person.title}" for person in agreement.signatories)
    yield from caption_line("signed by", "; ".join(people), width)
