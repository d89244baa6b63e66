"""The international programme as texts: who flies and when, and the agreement, as they were known at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known
from sim.constants import DAY_S
from tui.drawing.styled_text import Line, wrap
from tui.wording.facts import caption_line, date_text, heading, link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.chronicle import Chronicle
    from sim.chronicle.model import Candidate, Plan

FLIGHT = "Flight of a Pakistani astronaut to the station"
"""What the plans call it."""


def flight_plans(book: Chronicle, unix_s: float) -> Sequence[Plan]:
    """What had been said about the flight by an instant, in order."""
    return [plan for plan in book.plans if plan.what == FLIGHT and plan.stated and is_known(plan.stated, unix_s)]


def known_candidates(book: Chronicle, unix_s: float) -> Sequence[Candidate]:
    """Those who had been named by an instant."""
    return [one for one in book.candidates if is_known(one.known_from, unix_s)]


def flight_lines(book: Chronicle, now_s: float, width: int) -> Iterator[Line]:
    """Who flies and when, as it was known."""
    said = flight_plans(book, now_s)
    if not said:
        yield from wrap("No flight of a foreign astronaut is announced", width, "accent")
        yield from wrap("Tiangong flies Chinese crews and experiments of partners at this instant.", width)
        return
    yield from wrap("A Pakistani astronaut is to fly to Tiangong", width, "accent")
    named = known_candidates(book, now_s)
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
        flown = any(one.flown for one in named)
        if now_s >= as_of.unix_s:
            text = f"{'flown' if flown else 'not flown'} by {as_of.date}; what came after is not known here"
        else:
            text = "flown" if flown else "not yet"
        yield from caption_line("so far", text, width, "caution")


def _ship(book: Chronicle, now_s: float, width: int) -> Iterator[Line]:
    if not book.candidates or not is_known(book.assignment.known_from, now_s):
        return
    ship = book.missions_by_name.get(book.candidates[0].mission.split()[0])
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
