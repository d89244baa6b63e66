"""Everything that happened at the station, in one order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from sim.chronicle.dates import Precision, When
from sim.chronicle.model import PORT_NAMES, Mission, Module, Origin, PortStay, Proof, Source, Spacewalk
from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sim.chronicle.chronicle import Chronicle

EventKind: TypeAlias = Literal[
    "launch", "docking", "undocking", "landing", "re-entry", "handover", "spacewalk start", "spacewalk end",
    "spacewalk", "record", "module", "milestone", "lesson", "partners", "avoidance", "plan", "raise",
]  # fmt: skip
"""`spacewalk`: one of which only the day is known. `raise`: found in the element history, merged by the caller."""


class Event(NamedTuple):
    """Something that happened, or is planned.

    Attributes:
        unix_s: When; the start of the day or month where no more is known.
        until_s: The end of that span; equal to `unix_s` for an instant.
        precision: How fine the time is: a day has no hour and must not be shown with one.
        kind: What sort of thing.
        title: One line in the present tense, like "Shenzhou-19 docks at Tianhe forward".
        text: The time as the chronicle writes it.
        missions: The missions concerned.
        people: The people concerned.
        spacewalk: The number of the walk concerned.
        view: The view that shows it.
        certain: False where the time is approximate or its day in doubt.
        planned: True for what has not happened as far as known.
        sources: Where it was read.
        origin: "user" for what comes from a person's own file.
    """

    unix_s: float
    until_s: float
    precision: Precision
    kind: EventKind
    title: str
    text: str
    missions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    spacewalk: int | None = None
    view: str = "missions"
    certain: bool = True
    planned: bool = False
    sources: tuple[Source, ...] = ()
    origin: Origin = "embedded"


class EventList:
    """Events in order of time, with quick ways to the ones around an instant."""

    __slots__ = ("_times", "events")

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = tuple(sorted(events, key=lambda event: (event.unix_s, event.until_s, event.title)))
        self._times = [event.unix_s for event in self.events]

    def previous(self, unix_s: float) -> Event | None:
        """The last event at or before an instant."""
        index = bisect_right(self._times, unix_s)
        return self.events[index - 1] if index else None

    def next(self, unix_s: float) -> Event | None:
        """The first event after an instant."""
        index = bisect_right(self._times, unix_s)
        return self.events[index] if index < len(self.events) else None

    def before(self, unix_s: float) -> Event | None:
        """The last event strictly before an instant: where one lands when walking back from an event."""
        index = bisect_left(self._times, unix_s)
        return self.events[index - 1] if index else None

    def between(self, start_s: float, end_s: float) -> tuple[Event, ...]:
        """Events from `start_s` to before `end_s`."""
        return self.events[bisect_left(self._times, start_s) : bisect_left(self._times, end_s)]


def merged(events: EventList, extra: Sequence[Event]) -> EventList:
    """The same list with more events in it."""
    return EventList((*events.events, *extra)) if extra else events


def all_events(book: Chronicle) -> Iterator[Event]:
    """Every event of a chronicle, unsorted."""
    stays: dict[str, list[PortStay]] = {}
    for stay in book.stays:
        stays.setdefault(stay.vehicle, []).append(stay)
    for mission in book.missions:
        yield from _mission_events(mission, stays.get(mission.name, []), book.missions)
    for module in book.modules:
        yield from _module_events(module, stays.get(module.name, []))
    for handover in book.handovers:
        missions = (handover.from_mission, handover.to_mission)
        title = f"{missions[0]} hands the station over to {missions[1]}"
        yield _event("handover", handover.day, title, handover.proof, handover.origin, missions=missions)
    for walk in book.spacewalks:
        yield from _walk_events(walk)
    yield from _record_events(book)
    yield from _station_events(book)
    yield from _lesson_events(book)
    yield from _partner_events(book)


def _event(
    kind: EventKind,
    when: When,
    title: str,
    proof: Proof,
    origin: Origin,
    *,
    missions: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    spacewalk: int | None = None,
    view: str = "missions",
    planned: bool = False,
) -> Event:
    return Event(
        when.unix_s, when.until_s, when.precision, kind, title, when.text, missions, people, spacewalk, view,
        not when.approximate, planned, proof.sources, origin,
    )  # fmt: skip


def _mission_events(mission: Mission, stays: list[PortStay], crews: tuple[Mission, ...]) -> Iterator[Event]:
    name, proof, origin = mission.name, mission.proof, mission.origin
    missions = (name,)
    people = tuple(seat.name for seat in mission.crew)
    if mission.launch is not None:
        uncrewed = " uncrewed" if mission.kind == "uncrewed" else ""
        title = f"{name} launches{uncrewed}"
        yield _event("launch", mission.launch, title, proof, origin, missions=missions, people=people)
    for stay in stays:
        yield from _stay_events(stay, missions, people)
    if mission.end is None:
        return
    if mission.kind == "cargo":
        yield _event("re-entry", mission.end, f"{name} re-enters", proof, origin, missions=missions)
        return
    # Whoever comes home in this ship, whichever ship they went up in.
    homecoming = [crew for crew in crews if crew.return_ship == name]
    names = tuple(seat.name for crew in homecoming for seat in crew.crew)
    others = [crew.name for crew in homecoming if crew.name != name]
    manner = f"lands with the crew of {others[0]}" if others else "lands" if homecoming else "lands empty"
    title = f"{name} {manner}"
    yield _event("landing", mission.end, title, proof, origin, missions=(name, *others), people=names)


def _stay_events(stay: PortStay, missions: tuple[str, ...], people: tuple[str, ...]) -> Iterator[Event]:
    port = PORT_NAMES[stay.port]
    title = f"{stay.vehicle} docks at {port}"
    yield _event("docking", stay.begin, title, stay.proof, stay.origin, missions=missions, people=people)
    if stay.end is not None:
        title = f"{stay.vehicle} undocks from {port}"
        yield _event("undocking", stay.end, title, stay.proof, stay.origin, missions=missions)


def _module_events(module: Module, stays: list[PortStay]) -> Iterator[Event]:
    if module.launch is not None:
        title = f"{module.name} launches: {module.type}"
        yield _event("module", module.launch, title, module.proof, module.origin)
    for stay in stays:
        port = PORT_NAMES[stay.port]
        title = f"{module.name} is in its place at {port}" if stay.permanent else f"{module.name} docks at {port}"
        yield _event("module", stay.begin, title, stay.proof, stay.origin)
        if stay.end is not None:
            title = f"{module.name} leaves {port} for its place"
            yield _event("module", stay.end, title, stay.proof, stay.origin)


def _walk_events(walk: Spacewalk) -> Iterator[Event]:
    who = f": {', '.join(walk.outside)}" if walk.outside else ""
    missions = (walk.mission,)

    def at(kind: EventKind, when: When, title: str) -> Event:
        return _event(
            kind, when, title, walk.proof, walk.origin,
            missions=missions, people=walk.outside, spacewalk=walk.number, view="spacewalks",
        )  # fmt: skip

    if walk.start is None and walk.end is None:
        length = "" if walk.duration.minutes is None else f" of {walk.duration.text}"
        yield at("spacewalk", walk.day, f"Spacewalk {walk.number}{length}{who}; hours not published")
        return
    if walk.start is not None:
        yield at("spacewalk start", walk.start, f"Spacewalk {walk.number} begins{who}")
    if walk.end is not None:
        length = "" if walk.duration.minutes is None else f" after {walk.duration.text}"
        yield at("spacewalk end", walk.end, f"Spacewalk {walk.number} ends{length}{who}")


def _record_events(book: Chronicle) -> Iterator[Event]:
    for fall in book.record_falls:
        walk = fall.spacewalk
        title = f"Spacewalk {walk.number} passes {fall.previous.duration.text} of {fall.previous.mission}: world record"
        when = When(fall.unix_s, fall.unix_s, "minute", False, fall.text)
        yield _event(
            "record", when, title, walk.proof, walk.origin,
            missions=(walk.mission,), people=walk.outside, spacewalk=walk.number, view="spacewalks",
        )  # fmt: skip


def _station_events(book: Chronicle) -> Iterator[Event]:
    station = book.station
    built = "The station is declared fully built"
    yield _event("milestone", station.t_shape, "The T shape is complete", station.proof, station.origin)
    yield _event("milestone", station.declared_built, built, station.proof, station.origin)
    for item in book.avoidances:
        when = item.manoeuvre or item.day
        yield _event("avoidance", when, f"The station avoids {item.object}", item.proof, item.origin, view="orbit")


def _lesson_events(book: Chronicle) -> Iterator[Event]:
    for lesson in book.lessons:
        when = lesson.start or lesson.day
        members = [member for member in book.crew_members if member.leg(when.unix_s) == "aboard"]
        missions = tuple(dict.fromkeys(member.mission for member in members))
        place = "" if lesson.place is None else f", in {lesson.place}"
        title = f"Lesson {lesson.number} from orbit{place}: {', '.join(member.name for member in members)}"
        people = tuple(member.name for member in members)
        yield _event("lesson", when, title, lesson.proof, lesson.origin, missions=missions, people=people)


def _partner_events(book: Chronicle) -> Iterator[Event]:
    for step in book.partner_steps:
        yield _event("partners", step.day, step.text, step.proof, step.origin, view="partners")
    for plan in book.plans:
        # What was overtaken is history of planning, not something to come.
        if plan.due is None or plan.until is not None:
            continue
        until_s = (plan.due_until or plan.due).until_s
        when = plan.due._replace(until_s=until_s, approximate=True)
        missions = () if plan.mission is None else (plan.mission,)
        title = f"Planned: {plan.what} ({plan.text})"
        yield _event("plan", when, title, plan.proof, plan.origin, missions=missions, planned=True)
