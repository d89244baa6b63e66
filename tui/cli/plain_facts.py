"""What the plain dashboard tells of people, ships, partners and the orbit: one whole sentence a line, no tables.

A screen reader reads columns and signs aloud as they stand; sentences need neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known
from sim.chronicle.search import search_key
from sim.constants import DAY_S
from tui.wording import durations, quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sim.chronicle import Chronicle, Event, EventList, Spacewalk
    from sim.chronicle.model import Mission
    from sim.chronicle.statistics import AstronautTotals
    from sim.status import Status

EITHER_SIDE = 5
"""So many events before the instant, and so many after it."""

MOST_PEOPLE = 5
"""So many people of a name are told of."""

_SENTENCE_WIDTH = 10_000  # nothing is wrapped: the terminal does that


def partner_sentences(book: Chronicle, unix_s: float) -> Iterator[str]:
    """The programme with Pakistan and the payloads of other countries, as known at an instant."""
    from tui.drawing.styled_text import plain
    from tui.wording.partners import agreement_lines, flight_lines

    for line in (*flight_lines(book, unix_s, _SENTENCE_WIDTH), *agreement_lines(book, unix_s, _SENTENCE_WIDTH)):
        if text := " ".join(plain(line).removeprefix("→ ").split()):
            yield text if text.endswith((".", ":")) else f"{text}."
    for step in book.partner_steps:
        if is_known(step.day, unix_s):
            yield f"On {step.day.text}: {step.text}."
    for one in book.payloads:
        if is_known(one.known_from, unix_s):
            yield f"Payload {one.name}, {one.country}: {one.status}."


def mission_sentences(book: Chronicle, unix_s: float) -> Iterator[str]:
    """Every flight begun by an instant, the latest first, then what was planned."""
    begun = [m for m in book.missions if m.launch is not None and m.launch.unix_s <= unix_s]
    for mission in sorted(begun, key=lambda m: -(m.launch.unix_s if m.launch else 0.0)):
        yield _mission(mission, unix_s)
    if not begun:
        yield "No ship has flown to the station yet."
    for plan in book.plans_at(unix_s):
        yield f"Planned: {plan.what}, {plan.text}."


def _mission(mission: Mission, unix_s: float) -> str:
    launch = mission.launch
    said = [f"{mission.name}, {mission.kind}, launched on {launch.date if launch else 'an unknown day'}"]
    for word, when in (("docked", mission.dock), ("undocked", mission.undock), ("ended its flight", mission.end)):
        if when is not None and when.unix_s <= unix_s:
            said.append(f"{word} on {when.date}")
    crew = f" Crew: {', '.join(seat.name for seat in mission.crew)}." if mission.crew else ""
    return f"{', '.join(said)}.{crew}"


def orbit_sentences(status: Status) -> Iterator[str]:
    """Height, shape, period, decay of the elements, and how sure the place is."""
    orbit, altitude = status.orbit, status.altitude
    if status.position is None:
        yield f"The orbit is not known at this instant: {status.problem}."
        return
    yield f"The mean altitude is {altitude.mean_altitude_km:.1f} kilometres."
    yield f"The lowest point is at {altitude.perigee_km:.1f}, the highest at {altitude.apogee_km:.1f} kilometres."
    yield (
        f"One revolution takes {orbit.period_min:.1f} minutes; "
        f"the orbit is inclined to the equator by {orbit.inclination_deg:.2f} degrees."
    )
    if status.error.position_known:
        yield f"This is revolution {orbit.revolution}; the Sun stands {_beta(orbit.beta_deg)} of the orbital plane."
        yield f"The place is expected to be right to {quantities.distance(status.error.median_km)}."
    else:
        yield "The place along the orbit is not known at this instant."
    age = status.provenance.age_days
    yield f"The elements are {durations.age(abs(age))} {'older' if age >= 0 else 'younger'} than the instant."


def _beta(beta_deg: float) -> str:
    return f"{abs(beta_deg):.1f} degrees {'north' if beta_deg >= 0 else 'south'}"


def event_sentences(events: EventList, unix_s: float) -> Iterator[str]:
    """The last events and the next ones."""
    before = [event for event in events.events if event.unix_s <= unix_s][-EITHER_SIDE:]
    after = [event for event in events.events if event.unix_s > unix_s][:EITHER_SIDE]
    for event in before:
        yield f"{_when(event)}: {event.title}."
    for event in after:
        yield f"{'' if event.planned else 'Later: '}{_when(event)}: {event.title}."
    if not before and not after:
        yield "No event is known."


def _when(event: Event) -> str:
    return f"{event.text}{'' if event.certain else ', about'}"


def record_sentences(book: Chronicle, unix_s: float) -> Iterator[str]:
    """Spacewalks and time in space, as they stood at an instant."""
    records = book.at(unix_s).records
    if records.longest is not None:
        sure = "" if records.longest_certain else ", as far as lengths are published"
        yield f"The longest spacewalk was {_walk(records.longest)}{sure}."
    if records.shortest is not None and records.shortest is not records.longest:
        yield f"The shortest was {_walk(records.shortest)}."
    if records.most_walks:
        yield f"Most spacewalks at the station: {', '.join(records.most_walks)}, {records.most_walks_count} each."
    totals = sorted(book.astronauts_at(unix_s), key=lambda total: -total.seconds)
    for place, total in enumerate(totals[:3], start=1):
        yield f"Number {place} in time in space: {total.person.name}, {total.seconds / DAY_S:.1f} days."
    if not totals:
        yield "Nobody has flown to the station yet."


def _walk(walk: Spacewalk) -> str:
    names = ", ".join(walk.outside) or "names not published"
    return f"number {walk.number} on {walk.day.date}, {walk.duration.text} hours, {walk.mission}, by {names}"


def person_sentences(book: Chronicle, unix_s: float, wanted: str) -> Iterator[str]:
    """Everybody whose name holds a text, in Latin, pinyin or Chinese.

    Args:
        book: The chronicle.
        unix_s: The instant.
        wanted: Part of a name; empty lists all names.
    """
    totals = book.astronauts_at(unix_s)
    if not wanted:
        names = ", ".join(total.person.name for total in totals)
        yield f"Who has flown so far: {names}." if totals else "Nobody has flown to the station yet."
        yield "Type person and a name for one of them."
        return
    key = search_key(wanted)
    found = [t for t in totals if key in search_key(f"{t.person.name} {t.person.name_zh}")]
    if not found:
        yield f"Nobody of the name “{wanted}” had flown to the station by then; person lists all."
    for total in found[:MOST_PEOPLE]:
        yield from _person(total)


def _person(total: AstronautTotals) -> Iterable[str]:
    person = total.person
    many = f"{total.flights} flight{'' if total.flights == 1 else 's'}"
    about = "" if total.certain else ", as far as is known"
    walks = f"{'at least ' if total.spacewalks_at_least else ''}{total.spacewalks}"
    length = f", {total.spacewalk_time.text} hours in all" if total.spacewalks else ""
    return (
        f"{person.name} {person.name_zh}, {person.nationality}.",
        f"{many}, {total.seconds / DAY_S:.1f} days in space{about}; here with {', '.join(total.missions)}.",
        f"Spacewalks at the station: {walks}{length}.",
    )
