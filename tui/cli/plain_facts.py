"""What the plain dashboard tells of people, ships, partners and the orbit: one whole sentence a line, no tables.

A screen reader reads columns and signs aloud as they stand; sentences need neither.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known
from sim.chronicle.search import search_key
from sim.constants import DAY_S
from sim.language import _, ngettext
from sim.language.lists import clauses, comma_list
from sim.language.names import both_names
from sim.orbit.closure.altitude_error import altitude_error
from tui.wording import durations, quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sim.chronicle import Chronicle, PartialDate, Spacewalk
    from sim.chronicle.events import Event, EventList
    from sim.chronicle.model import Mission
    from sim.chronicle.statistics import AstronautTotals
    from sim.orbit.plane import Beta
    from sim.status import Status
    from tui.drawing.styled_text import Line

EITHER_SIDE = 5
"""So many events before the instant, and so many after it."""

MOST_PEOPLE = 5
"""So many people of a name are told of."""

_SENTENCE_WIDTH = 10_000  # nothing is wrapped: the terminal does that


def partner_sentences(book: Chronicle, unix_s: float) -> Iterator[str]:
    """The programme with Pakistan and the payloads of other countries, as known at an instant."""
    from tui.wording.partners import agreement_lines, flight_lines

    for line in (*flight_lines(book, unix_s, _SENTENCE_WIDTH), *agreement_lines(book, unix_s, _SENTENCE_WIDTH)):
        if text := _read_aloud(line):
            yield text if text.endswith((".", ":", "。", "：")) else _("{sentence}.").format(sentence=text)
    for step in book.partner_steps:
        if is_known(step.day, unix_s):
            yield _("On {day}: {step}.").format(day=step.day.text, step=_(step.text))
    for one in book.payloads:
        if is_known(one.known_from, unix_s):
            yield _("Payload {name}, {country}: {status}.").format(
                name=_(one.name), country=_(one.country), status=_(one.status)
            )


def _read_aloud(line: Line) -> str:
    """A line without its blanks and the sign of a link; a caption, which its place sets apart, ends with a colon."""
    from tui.drawing.styled_text import plain

    caption = " ".join(line[0].text.split()) if line and line[0].style == "dim" else ""
    text = " ".join(plain(line[1:] if caption else line).removeprefix("→ ").split())
    return _("{caption}: {text}").format(caption=caption, text=text) if caption and text else text or caption


def mission_sentences(book: Chronicle, unix_s: float) -> Iterator[str]:
    """Every flight begun by an instant, the latest first, then what was planned."""
    begun = [(m.launch, m) for m in book.missions if m.launch is not None and m.launch.unix_s <= unix_s]
    for launch, mission in reversed(begun):  # the chronicle has them in order
        yield _mission(mission, launch, unix_s)
    if not begun:
        yield _("No ship has flown to the station yet.")
    for plan in book.plans_at(unix_s):
        yield _("Planned: {what}, {text}.").format(what=_(plan.what), text=_(plan.text))


def _mission(mission: Mission, launch: PartialDate, unix_s: float) -> str:
    launched = _("{mission}, {kind}, launched on {day}")
    said = [launched.format(mission=_(mission.name), kind=_(mission.kind), day=launch.date)]
    for text, when in (
        (_("docked on {day}"), mission.dock),
        (_("undocked on {day}"), mission.undock),
        (_("ended its flight on {day}"), mission.end),
    ):
        if when is not None and when.unix_s <= unix_s:
            said.append(text.format(day=when.date))
    flight = _("{sentence}.").format(sentence=clauses(said))
    if not mission.crew:
        return flight
    names = comma_list(_(seat.name) for seat in mission.crew)
    return _("{sentence} Crew: {names}.").format(sentence=flight, names=names)


def orbit_sentences(status: Status) -> Iterator[str]:
    """Height, shape, period, decay of the elements, and how sure the place is."""
    orbit, altitude = status.orbit, status.altitude
    if status.position is None:
        yield _("The orbit is not known at this instant: {reason}.").format(reason=status.problem)
        return
    off = altitude_error(status.provenance)
    number = partial(quantities.altitude_number, provenance=status.provenance)
    yield _("The mean altitude is {height} kilometres.").format(height=number(altitude.mean_altitude_km))
    if off and off.p90_km >= quantities.ALTITUDE_ERROR_KM:
        yield _("Nine times in ten it is known to {error} kilometres.").format(error=number(off.p90_km))
    yield _("The lowest point is at {perigee}, the highest at {apogee} kilometres.").format(
        perigee=number(altitude.perigee_km), apogee=number(altitude.apogee_km)
    )
    yield _(
        "One revolution takes {period} minutes; the orbit is inclined to the equator by {inclination:.2f} degrees."
    ).format(
        period=quantities.period_number(orbit.period_min, status.provenance, decimals=1),
        inclination=orbit.inclination_deg,
    )
    if status.error.position_known:
        sun = (
            _("This is revolution {number}; the Sun stands {angle:.1f} degrees north of the orbital plane.")
            if orbit.beta_deg >= 0
            else _("This is revolution {number}; the Sun stands {angle:.1f} degrees south of the orbital plane.")
        )
        yield sun.format(number=orbit.revolution, angle=abs(orbit.beta_deg))
        error = quantities.distance(status.error.median_km)
        yield _("The place is expected to be right to {error}.").format(error=error)
    else:
        yield _("The place along the orbit is not known at this instant.")
        yield from _sun_over_plane(status.beta)
    age = status.provenance.age_days
    elements = (
        _("The elements are {age} older than the instant.")
        if age >= 0
        else _("The elements are {age} younger than the instant.")
    )
    yield elements.format(age=durations.age(abs(age)))


def _sun_over_plane(beta: Beta) -> Iterator[str]:
    """Beta where the plane alone is known, with its error of nine in ten."""
    if math.isfinite(beta.beta_deg):
        north = _("The Sun stands {angle:.1f} degrees north of the orbital plane, right to {error:.1f} degrees.")
        south = _("The Sun stands {angle:.1f} degrees south of the orbital plane, right to {error:.1f} degrees.")
        told = north if beta.beta_deg >= 0 else south
        yield told.format(angle=abs(beta.beta_deg), error=quantities.beta_error(beta))


def event_sentences(events: EventList, unix_s: float) -> Iterator[str]:
    """The last events and the next ones."""
    before = [event for event in events.events if event.unix_s <= unix_s][-EITHER_SIDE:]
    after = [event for event in events.events if event.unix_s > unix_s][:EITHER_SIDE]
    for event in (*before, *after):
        text, is_later = _("{time}: {event}."), event.is_hindsight(unix_s)
        if is_later is None:  # the instant lies in the span in which it was
            text = _("Perhaps later: {time}: {event}.")
        elif is_later:
            text = _("Later: {time}: {event}.")
        yield text.format(time=_when(event), event=_(event.title))
    if not before and not after:
        yield _("No event is known.")


def _when(event: Event) -> str:
    return event.text if event.certain else _("{time}, about").format(time=event.text)


def record_sentences(book: Chronicle, unix_s: float) -> Iterator[str]:
    """Spacewalks and time in space, as they stood at an instant."""
    records = book.at(unix_s).records
    if records.longest is not None:
        text = (
            _("The longest spacewalk was {walk}.")
            if records.longest_certain
            else _("The longest spacewalk was {walk}, as far as lengths are published.")
        )
        yield text.format(walk=_walk(records.longest))
    if records.shortest is not None and records.shortest is not records.longest:
        text = (
            _("The shortest was {walk}.")
            if records.shortest_certain
            else _("The shortest was {walk}, as far as lengths are published.")
        )
        yield text.format(walk=_walk(records.shortest))
    if records.most_walks:
        text = (
            _("Most spacewalks at the station: {names}, {count}.")
            if len(records.most_walks) == 1
            else _("Most spacewalks at the station: {names}, {count} each.")
        )
        yield text.format(names=comma_list(map(_, records.most_walks)), count=records.most_walks_count)
    totals = sorted(book.astronauts_at(unix_s), key=lambda total: -total.seconds)
    for place, total in enumerate(totals[:3], start=1):
        yield _("Number {place} in time in space: {name}, {days:.1f} days.").format(
            place=place, name=_(total.person.name), days=total.seconds / DAY_S
        )
    if not totals:
        yield _("Nobody has flown to the station yet.")


def _walk(walk: Spacewalk) -> str:
    return _("number {number} on {day}, {length} hours, {mission}, by {names}").format(
        number=walk.number,
        day=walk.day.date,
        length=walk.duration.text,
        mission=_(walk.mission),
        names=comma_list(map(_, walk.outside)) or _("names not published"),
    )


def person_sentences(book: Chronicle, unix_s: float, wanted: str) -> Iterator[str]:
    """Everybody whose name holds a text, in Latin, pinyin or Chinese; an empty one lists all names."""
    totals = book.astronauts_at(unix_s)
    if not wanted:
        names = comma_list(_(total.person.name) for total in totals)
        yield (
            _("Who has flown so far: {names}.").format(names=names)
            if totals
            else _("Nobody has flown to the station yet.")
        )
        yield _("Type person and a name for one of them.")
        return
    key = search_key(wanted)
    found = [t for t in totals if key in search_key(f"{t.person.name} {t.person.name_zh}")]
    if not found:
        yield _("Nobody of the name “{name}” had flown to the station by then; person lists all.").format(name=wanted)
    for total in found[:MOST_PEOPLE]:
        yield from _person(total)


def _person(total: AstronautTotals) -> Iterable[str]:
    person = total.person
    flights = ngettext("{count} flight", "{count} flights", total.flights).format(count=total.flights)
    life = (
        _("{flights}, {days:.1f} days in space; here with {missions}.")
        if total.certain
        else _("{flights}, {days:.1f} days in space, as far as is known; here with {missions}.")
    )
    walks = _("at least {count}") if total.spacewalks_at_least else "{count}"
    outside = (
        _("Spacewalks at the station: {walks}, {length} hours in all.")
        if total.spacewalks
        else _("Spacewalks at the station: {walks}.")
    )
    return (
        _("{name}, {nationality}.").format(
            name=both_names(person.name, person.name_zh), nationality=_(person.nationality)
        ),
        life.format(flights=flights, days=total.seconds / DAY_S, missions=comma_list(map(_, total.missions))),
        outside.format(walks=walks.format(count=total.spacewalks), length=total.spacewalk_time.text),
    )
