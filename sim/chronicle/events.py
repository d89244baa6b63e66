"""Everything that happened at the station, in one order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sim.chronicle.dates import PartialDate
from sim.chronicle.model import PORT_NAMES, Event, EventKind, Mission, Module, PortStay, Record, Spacewalk
from sim.constants import DAY_S

if TYPE_CHECKING:
    from sim.chronicle.tables import ChronicleTables

HAPPENED: frozenset[EventKind] = frozenset(
    ("launch", "docking", "undocking", "landing", "re-entry", "spacewalk start", "spacewalk end", "spacewalk", "module")
)
"""What ships, modules and crews did, of which the end is known: a text that names its day tells of it."""


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

    def day_over_s(self, day_unix_s: float) -> float:
        """When what happened at the station on a day was over: the last of it, or the end of the day if nothing did.

        Args:
            day_unix_s: The start of a day of UTC.
        """
        happened = [e for e in self.between(day_unix_s, day_unix_s + DAY_S) if e.kind in HAPPENED]
        walks = {e.spacewalk for e in happened if e.spacewalk is not None}
        if walks:  # the end of a spacewalk may be on the next day
            following = self.between(day_unix_s + DAY_S, day_unix_s + 2.0 * DAY_S)
            happened += [e for e in following if e.spacewalk in walks]
        return max((e.until_s for e in happened), default=day_unix_s + DAY_S)


def merged(events: EventList, extra: Sequence[Event]) -> EventList:
    """The same list with more events in it."""
    return EventList((*events.events, *extra)) if extra else events


def all_events(tables: ChronicleTables) -> Iterator[Event]:
    """Every event of a chronicle, unsorted."""
    stays: dict[str, list[PortStay]] = {}
    for stay in tables.stays:
        stays.setdefault(stay.vehicle, []).append(stay)
    for mission in tables.missions:
        yield from _mission_events(mission, stays.get(mission.name, []), tables.missions)
    for module in tables.modules:
        yield from _module_events(module, stays.get(module.name, []))
    for handover in tables.handovers:
        missions = (handover.from_mission, handover.to_mission)
        title = f"{missions[0]} hands the station over to {missions[1]}"
        yield _event("handover", handover.day, title, handover, missions=missions)
    for walk in tables.spacewalks:
        yield from _walk_events(walk)
    yield from _record_events(tables)
    yield from _station_events(tables)
    yield from _lesson_events(tables)
    yield from _partner_events(tables)


def _event(
    kind: EventKind,
    when: PartialDate,
    title: str,
    record: Record,
    *,
    missions: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    spacewalk: int | None = None,
    planned: bool = False,
) -> Event:
    return Event(
        unix_s=when.unix_s,
        until_s=when.until_s,
        precision=when.precision,
        kind=kind,
        title=title,
        text=when.text,
        missions=missions,
        people=people,
        spacewalk=spacewalk,
        certain=not when.approximate,
        planned=planned,
        sources=record.sources,
        origin=record.origin,
    )


def _mission_events(mission: Mission, stays: list[PortStay], crews: tuple[Mission, ...]) -> Iterator[Event]:
    name = mission.name
    missions = (name,)
    people = tuple(seat.name for seat in mission.crew)
    if mission.launch is not None:
        uncrewed = " uncrewed" if mission.kind == "uncrewed" else ""
        title = f"{name} launches{uncrewed}"
        yield _event("launch", mission.launch, title, mission, missions=missions, people=people)
    for stay in stays:
        yield from _stay_events(stay, missions, people)
    if mission.end is None:
        return
    if mission.kind == "cargo":
        yield _event("re-entry", mission.end, f"{name} re-enters", mission, missions=missions)
        return
    # Whoever comes home in this ship, whichever ship they went up in.
    homecoming = [crew for crew in crews if crew.return_ship == name]
    names = tuple(seat.name for crew in homecoming for seat in crew.crew)
    others = [crew.name for crew in homecoming if crew.name != name]
    manner = f"lands with the crew of {others[0]}" if others else "lands" if homecoming else "lands empty"
    title = f"{name} {manner}"
    yield _event("landing", mission.end, title, mission, missions=(name, *others), people=names)


def _stay_events(stay: PortStay, missions: tuple[str, ...], people: tuple[str, ...]) -> Iterator[Event]:
    port = PORT_NAMES[stay.port]
    title = f"{stay.vehicle} docks at {port}"
    yield _event("docking", stay.begin, title, stay, missions=missions, people=people)
    if stay.end is not None:
        title = f"{stay.vehicle} undocks from {port}"
        yield _event("undocking", stay.end, title, stay, missions=missions)


def _module_events(module: Module, stays: list[PortStay]) -> Iterator[Event]:
    if module.launch is not None:
        title = f"{module.name} launches: {module.type}"
        yield _event("module", module.launch, title, module)
    for stay in stays:
        port = PORT_NAMES[stay.port]
        title = f"{module.name} is in its place at {port}" if stay.permanent else f"{module.name} docks at {port}"
        yield _event("module", stay.begin, title, stay)
        if stay.end is not None:
            title = f"{module.name} leaves {port} for its place"
            yield _event("module", stay.end, title, stay)


def _walk_events(walk: Spacewalk) -> Iterator[Event]:
    who = f": {', '.join(walk.outside)}" if walk.outside else ""
    missions = (walk.mission,)

    def at(kind: EventKind, when: PartialDate, title: str) -> Event:
        return _event(
            kind, when, title, walk,
            missions=missions, people=walk.outside, spacewalk=walk.number,
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


def _record_events(tables: ChronicleTables) -> Iterator[Event]:
    for fall in tables.record_falls:
        walk = fall.spacewalk
        title = f"Spacewalk {walk.number} passes {fall.previous.duration.text} of {fall.previous.mission}: world record"
        when = PartialDate(unix_s=fall.unix_s, until_s=fall.unix_s, precision="minute", text=fall.text)
        yield _event(
            "record", when, title, walk,
            missions=(walk.mission,), people=walk.outside, spacewalk=walk.number,
        )  # fmt: skip


def _station_events(tables: ChronicleTables) -> Iterator[Event]:
    station = tables.station
    built = "The station is declared fully built"
    yield _event("milestone", station.t_shape, "The T shape is complete", station)
    yield _event("milestone", station.declared_built, built, station)
    for item in tables.avoidances:
        when = item.manoeuvre or item.day
        yield _event("avoidance", when, f"The station avoids {item.object}", item)


def _lesson_events(tables: ChronicleTables) -> Iterator[Event]:
    for lesson in tables.lessons:
        when = lesson.start or lesson.day
        members = [member for member in tables.crew_members if member.leg(when.unix_s) == "aboard"]
        missions = tuple(dict.fromkeys(member.mission for member in members))
        place = "" if lesson.place is None else f", in {lesson.place}"
        title = f"Lesson {lesson.number} from orbit{place}: {', '.join(member.name for member in members)}"
        people = tuple(member.name for member in members)
        yield _event("lesson", when, title, lesson, missions=missions, people=people)


def _partner_events(tables: ChronicleTables) -> Iterator[Event]:
    for step in tables.partner_steps:
        yield _event("partners", step.day, step.text, step)
    for plan in tables.plans:
        # What was overtaken is history of planning, not something to come.
        if plan.due is None or plan.until is not None:
            continue
        when = plan.due.approximately((plan.due_until or plan.due).until_s)
        missions = () if plan.mission is None else (plan.mission,)
        title = f"Planned: {plan.what} ({plan.text})"
        yield _event("plan", when, title, plan, missions=missions, planned=True)
