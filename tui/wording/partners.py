"""The international programme as texts: who flies and when, and the agreement, as they were known at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.dates import PartialDate
from sim.chronicle.knowledge import is_known
from sim.constants import DAY_S
from sim.language import _
from sim.language.lists import and_list, clauses, or_list
from sim.language.names import both_names, leading_name
from tui.drawing.styled_text import Line, wrap
from tui.wording.facts import caption_line, date_text, heading, link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.chronicle import Chronicle
    from sim.chronicle.model import Mission
    from sim.chronicle.model.occasions import Plan
    from sim.chronicle.model.programme import Candidate

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
        yield from wrap(_("No flight of a foreign astronaut is announced"), width, "accent")
        yield from wrap(_flown_so_far(book, now_s), width)
        return
    named = known_candidates(book, now_s)
    flown = [one for one in named if has_flown(book, one, now_s)]
    title = (
        _("A Pakistani astronaut has flown to Tiangong") if flown else _("A Pakistani astronaut is to fly to Tiangong")
    )
    yield from wrap(title, width, "accent")
    if flown:
        yield from caption_line(_("who"), and_list(both_names(one.name, one.name_zh) for one in flown), width, "value")
        mission = flown[0].mission.removesuffix(" (planned)")
        yield from caption_line(_("so far"), _("flown: {mission}").format(mission=_(mission)), width, "good")
        return
    if named:
        yield from caption_line(_("who"), or_list(both_names(one.name, one.name_zh) for one in named), width, "value")
        yield from caption_line(
            "", _("{service}s; which of the two is not known").format(service=_(named[0].service)), width
        )
    else:
        yield from caption_line(_("who"), _("nobody is named yet"), width, "value")
    latest = said[-1]
    text = _("planned: {text}") if latest.stated is None else _("planned: {text} (said {day})")
    when = text.format(text=_(latest.text), day="" if latest.stated is None else latest.stated.text)
    yield from caption_line(_("when"), when, width, "caution")
    yield from _ship(book, now_s, width)
    as_of = book.as_of["partners"]
    if named:
        is_later = now_s >= as_of.unix_s
        later = _("not flown by {day}; what came after is not known here").format(day=as_of.date)
        yield from caption_line(_("so far"), later if is_later else _("not yet"), width, "caution")


def _ship_of(book: Chronicle, one: Candidate) -> Mission | None:
    return book.missions_by_name.get(one.mission.split()[0])


def _ship(book: Chronicle, now_s: float, width: int) -> Iterator[Line]:
    if not book.candidates or not is_known(book.assignment.known_from, now_s):
        return
    ship = _ship_of(book, book.candidates[0])
    if ship is None or ship.launch is not None or not is_known(ship.planned_from, now_s):
        return
    planned = _("planned: {ship}, {when}").format(
        ship=both_names(ship.name, ship.name_zh), when=_(ship.planned_when or "?")
    )
    yield from caption_line(_("ship"), planned, width, "caution")
    yield from caption_line(_("stay"), _("planned: {text}").format(text=_(book.assignment.stay)), width)


def _flown_so_far(book: Chronicle, now_s: float) -> str:
    launches = (mission.launch for mission in book.missions if mission.crew)
    if any(launch is not None and launch.unix_s <= now_s for launch in launches):
        return _("Only Chinese crews have flown to the station so far.")
    return _("Nobody has flown to the station yet.")


def agreement_lines(book: Chronicle, now_s: float, width: int) -> Iterator[Line]:
    """The agreement: when, what, between whom, where, signed by whom; nothing before it was signed."""
    agreement = book.agreement
    if not is_known(agreement.ceremony, now_s):
        return
    yield from heading(_("The agreement"))
    days = int((now_s - agreement.ceremony.unix_s) // DAY_S)
    text = _("signed {time}, {days} days before this instant")
    signed = text.format(time=date_text(agreement.ceremony), days=days)
    yield from link(signed, f"screen.go({agreement.ceremony.unix_s!r})", width)
    yield from caption_line(_("what"), leading_name(agreement.title, agreement.title_zh or ""), width)
    yield from caption_line(_("between"), and_list(map(_, agreement.parties)), width)
    where = _("{place}, before {witness}").format(place=_(agreement.place), witness=_(agreement.witness))
    yield from caption_line(_("where"), where, width)
    people = (clauses((_(person.name), _(person.title))) for person in agreement.signatories)
    yield from caption_line(_("signed by"), "; ".join(people), width)
