"""The events that the records of the chronicle tell of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.chronicle.dates import PartialDate
from sim.chronicle.events import Event, EventKind
from sim.chronicle.knowledge import plan_known_s
from sim.chronicle.model import PORT_NAMES, Mission, Module, PortStay, Spacewalk
from sim.chronicle.model.record import Record
from sim.language import N_
from sim.language.phrase import Phrase

if TYPE_CHECKING:
    from sim.chronicle.tables import ChronicleTables
    from sim.language.phrase import Part


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
        phrase = Phrase(N_("{ship} hands the station over to {next}"), {"ship": missions[0], "next": missions[1]})
        yield _event("handover", handover.day, phrase, handover, missions=missions)
    for walk in tables.spacewalks:
        yield from _walk_events(walk)
    yield from _record_events(tables)
    yield from _station_events(tables)
    yield from _lesson_events(tables)
    yield from _partner_events(tables)


def _event(
    kind: EventKind,
    when: PartialDate,
    phrase: Phrase,
    record: Record,
    *,
    missions: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    spacewalk: int | None = None,
    planned: bool = False,
    known_s: float = -math.inf,
) -> Event:
    return Event(
        unix_s=when.unix_s,
        until_s=when.until_s,
        precision=when.precision,
        kind=kind,
        phrase=phrase,
        text=when.text,
        missions=missions,
        people=people,
        spacewalk=spacewalk,
        certain=not when.approximate,
        planned=planned,
        sources=record.sources,
        origin=record.origin,
        known_s=known_s,
    )


def _mission_events(mission: Mission, stays: list[PortStay], crews: tuple[Mission, ...]) -> Iterator[Event]:
    name = mission.name
    missions = (name,)
    people = tuple(seat.name for seat in mission.crew)
    if mission.launch is not None:
        template = N_("{ship} launches uncrewed") if mission.kind == "uncrewed" else N_("{ship} launches")
        phrase = Phrase(template, {"ship": name})
        yield _event("launch", mission.launch, phrase, mission, missions=missions, people=people)
    for stay in stays:
        yield from _stay_events(stay, missions, people)
    if mission.end is None:
        return
    if mission.kind == "cargo":
        yield _event(
            "re-entry", mission.end, Phrase(N_("{ship} re-enters"), {"ship": name}), mission, missions=missions
        )
        return
    # Whoever comes home in this ship, whichever ship they went up in.
    homecoming = [crew for crew in crews if crew.return_ship == name]
    names = tuple(seat.name for crew in homecoming for seat in crew.crew)
    others = [crew.name for crew in homecoming if crew.name != name]
    if others:
        phrase = Phrase(N_("{ship} lands with the crew of {other}"), {"ship": name, "other": others[0]})
    else:
        phrase = Phrase(N_("{ship} lands") if homecoming else N_("{ship} lands empty"), {"ship": name})
    yield _event("landing", mission.end, phrase, mission, missions=(name, *others), people=names)


def _stay_events(stay: PortStay, missions: tuple[str, ...], people: tuple[str, ...]) -> Iterator[Event]:
    parts: dict[str, Part] = {"ship": stay.vehicle, "port": PORT_NAMES[stay.port]}
    phrase = Phrase(N_("{ship} docks at {port}"), parts)
    yield _event("docking", stay.begin, phrase, stay, missions=missions, people=people)
    if stay.end is not None:
        yield _event("undocking", stay.end, Phrase(N_("{ship} undocks from {port}"), parts), stay, missions=missions)


def _module_events(module: Module, stays: list[PortStay]) -> Iterator[Event]:
    if module.launch is not None:
        phrase = Phrase(N_("{module} launches: {type}"), {"module": module.name, "type": module.type})
        yield _event("module", module.launch, phrase, module)
    for stay in stays:
        parts: dict[str, Part] = {"ship": module.name, "port": PORT_NAMES[stay.port]}
        template = N_("{ship} is in its place at {port}") if stay.permanent else N_("{ship} docks at {port}")
        yield _event("module", stay.begin, Phrase(template, parts), stay)
        if stay.end is not None:
            yield _event("module", stay.end, Phrase(N_("{ship} leaves {port} for its place"), parts), stay)


def _walk_events(walk: Spacewalk) -> Iterator[Event]:
    parts: dict[str, Part] = {"number": walk.number, "length": walk.duration.text, "who": walk.outside}
    timed, named = walk.duration.minutes is not None, bool(walk.outside)

    def at(kind: EventKind, when: PartialDate, template: str) -> Event:
        return _event(
            kind, when, Phrase(template, parts), walk,
            missions=(walk.mission,), people=walk.outside, spacewalk=walk.number,
        )  # fmt: skip

    if walk.start is None and walk.end is None:
        yield at("spacewalk", walk.day, _WALK_OF_A_DAY[timed, named])
        return
    if walk.start is not None:
        yield at("spacewalk start", walk.start, _WALK_BEGINS[named])
    if walk.end is not None:
        yield at("spacewalk end", walk.end, _WALK_ENDS[timed, named])


_WALK_OF_A_DAY = {
    (True, True): N_("Spacewalk {number} of {length}: {who}; hours not published"),
    (True, False): N_("Spacewalk {number} of {length}; hours not published"),
    (False, True): N_("Spacewalk {number}: {who}; hours not published"),
    (False, False): N_("Spacewalk {number}; hours not published"),
}
_WALK_BEGINS = {True: N_("Spacewalk {number} begins: {who}"), False: N_("Spacewalk {number} begins")}
_WALK_ENDS = {
    (True, True): N_("Spacewalk {number} ends after {length}: {who}"),
    (True, False): N_("Spacewalk {number} ends after {length}"),
    (False, True): N_("Spacewalk {number} ends: {who}"),
    (False, False): N_("Spacewalk {number} ends"),
}
"""By whether its length is known, and who was outside."""


def _record_events(tables: ChronicleTables) -> Iterator[Event]:
    for fall in tables.record_falls:
        walk = fall.spacewalk
        phrase = Phrase(
            N_("Spacewalk {number} passes {length} of {mission}: world record"),
            {
                "number": walk.number,
                "length": fall.previous.duration.text,
                "mission": fall.previous.mission or "",
            },
        )
        when = PartialDate(unix_s=fall.unix_s, until_s=fall.unix_s, precision="minute", text=fall.text)
        yield _event(
            "record", when, phrase, walk,
            missions=(walk.mission,), people=walk.outside, spacewalk=walk.number,
        )  # fmt: skip


def _station_events(tables: ChronicleTables) -> Iterator[Event]:
    station = tables.station
    built = Phrase(N_("The station is declared fully built"))
    yield _event("milestone", station.t_shape, Phrase(N_("The T shape is complete")), station)
    yield _event("milestone", station.declared_built, built, station)
    for item in tables.avoidances:
        when = item.manoeuvre or item.day
        phrase = Phrase(N_("The station avoids {object}"), {"object": item.object})
        yield _event("avoidance", when, phrase, item)


def _lesson_events(tables: ChronicleTables) -> Iterator[Event]:
    for lesson in tables.lessons:
        when = lesson.start or lesson.day
        members = [member for member in tables.crew_members if member.leg(when.unix_s) == "aboard"]
        missions = tuple(dict.fromkeys(member.mission for member in members))
        people = tuple(member.name for member in members)
        parts: dict[str, Part] = {"number": lesson.number, "people": people}
        phrase = Phrase(N_("Lesson {number} from orbit: {people}"), parts)
        if lesson.place is not None:
            phrase = Phrase(N_("Lesson {number} from orbit, in {place}: {people}"), {**parts, "place": lesson.place})
        yield _event("lesson", when, phrase, lesson, missions=missions, people=people)


def _partner_events(tables: ChronicleTables) -> Iterator[Event]:
    for step in tables.partner_steps:
        yield _event("partners", step.day, Phrase(step.text), step)
    edge_s = tables.as_of["plans"].unix_s
    for plan in tables.plans:
        # What was overtaken is history of planning, not something to come.
        if plan.due is None or plan.until is not None:
            continue
        when = plan.due.approximately((plan.due_until or plan.due).until_s)
        missions = () if plan.mission is None else (plan.mission,)
        phrase = Phrase(N_("Planned: {what} ({text})"), {"what": plan.what, "text": plan.text})
        yield _event("plan", when, phrase, plan, missions=missions, planned=True, known_s=plan_known_s(plan, edge_s))
