"""Whether the records agree with one another. `schema` looks at single fields, this at what they say together.

A problem is one line that begins with the record's table and key, like `missions Shenzhou-19: ...`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sim.chronicle.dates import PartialDate
from sim.chronicle.model import PORT_NAMES, Mission, PortStay, Spacewalk
from sim.language import _

if TYPE_CHECKING:
    from sim.chronicle.model import CrewMember
    from sim.chronicle.model.record import Record
    from sim.chronicle.tables import ChronicleTables


def validate(tables: ChronicleTables) -> list[str]:
    """Check a whole chronicle.

    Args:
        tables: One whose single records keep the schema.

    Returns:
        One line for each contradiction; empty when there is none.
    """
    basic = [
        *_unsourced(tables),
        *_repeated("missions", (mission.name for mission in tables.missions)),
        *_repeated("people", (person.name for person in tables.people)),
        *_repeated("spacewalks", (str(walk.number) for walk in tables.spacewalks)),
        *_unknown_people(tables),
    ]
    # What follows takes names for granted.
    return basic or [
        *(problem for mission in tables.missions for problem in _mission_problems(tables, mission)),
        *(problem for stay in tables.stays for problem in _stay_problems(tables, stay)),
        *_port_conflicts(tables),
        *_crew_problems(tables),
        *(problem for walk in tables.spacewalks for problem in _walk_problems(tables, walk)),
        *_handover_problems(tables),
    ]


def _unsourced(tables: ChronicleTables) -> Iterator[str]:
    records: list[tuple[str, Record]] = [(f"missions {mission.name}", mission) for mission in tables.missions]
    records += [(f"people {person.name}", person) for person in tables.people]
    records += [(f"spacewalks {walk.number}", walk) for walk in tables.spacewalks]
    records += [(_stay_name(stay), stay) for stay in tables.stays]
    for name, record in records:
        if not record.proof.sources:
            yield _("{table}: no source").format(table=name)


def _unknown_people(tables: ChronicleTables) -> Iterator[str]:
    for mission in tables.missions:
        for seat in mission.crew:
            if seat.name not in tables.people_by_name:
                yield _("missions {name}: {person} has no record among the people").format(
                    name=mission.name, person=seat.name
                )


def _repeated(table: str, keys: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield _("{table} {key}: there twice").format(table=table, key=key)
        seen.add(key)


def _out_of_order(steps: Iterable[tuple[str, PartialDate | None]]) -> Iterator[str]:
    """Neighbouring steps of which the later does not come later; unknown ones are passed over."""
    known = [(name, when) for name, when in steps if when is not None]
    for (before, begin), (after, end) in pairwise(known):
        if end.unix_s <= begin.unix_s:
            yield _("{after} {text} is not after {before} {text_before}").format(
                after=after, text=end.text, before=before, text_before=begin.text
            )


def _mission_problems(tables: ChronicleTables, mission: Mission) -> Iterator[str]:
    name = f"missions {mission.name}"
    steps = (("launch", mission.launch), ("dock", mission.dock), ("undock", mission.undock), ("end", mission.end))
    for problem in _out_of_order(steps):
        yield f"{name}: {problem}"
    for problem in _out_of_order((("launch", mission.launch), ("crew_landing", mission.crew_landing))):
        yield f"{name}: {problem}"
    yield from _length_problems(name, "duration_s", mission.duration_s, mission.launch, mission.end)
    yield from _length_problems(name, "crew_duration_s", mission.crew_duration_s, mission.launch, mission.crew_landing)
    if mission.status == "planned" and mission.launch is not None:
        yield _("{name}: planned, but launched {text}").format(name=name, text=mission.launch.text)
    if mission.status != "planned" and mission.launch is None:
        yield _("{name}: {status}, but without a launch").format(name=name, status=mission.status)
    if (mission.status == "completed") != (mission.end is not None):
        ended = mission.end is not None
        text = _("{name}: {status}, but with an end") if ended else _("{name}: {status}, but without an end")
        yield text.format(name=name, status=mission.status)
    if mission.return_ship is not None and mission.return_ship not in tables.missions_by_name:
        yield _("{name}: return_ship {return_ship} has no record").format(name=name, return_ship=mission.return_ship)
    carrier = tables.missions_by_name.get(mission.return_ship or "")
    if carrier is not None and mission.crew_landing is not None and carrier.end != mission.crew_landing:
        yield _("{name}: crew_landing {text} is not when {ship} landed").format(
            name=name, text=mission.crew_landing.text, ship=carrier.name
        )


def _length_problems(
    name: str, field: str, length_s: float | None, start: PartialDate | None, end: PartialDate | None
) -> Iterator[str]:
    if length_s is None or start is None or end is None:
        return
    actual_s = end.unix_s - start.unix_s
    if actual_s != length_s:
        yield _("{name}: {field} is {length_s:.0f}, but end - start is {actual_s:.0f}").format(
            name=name, field=field, length_s=length_s, actual_s=actual_s
        )


def _same(one: PartialDate | None, other: PartialDate) -> bool:
    return one is not None and one.unix_s == other.unix_s


def _stay_name(stay: PortStay) -> str:
    return f"stays {stay.vehicle} {stay.begin.text}"


def _stay_problems(tables: ChronicleTables, stay: PortStay) -> Iterator[str]:
    name = _stay_name(stay)
    for problem in _out_of_order((("begin", stay.begin), ("end", stay.end))):
        yield f"{name}: {problem}"
    mission = tables.missions_by_name.get(stay.vehicle)
    if mission is None:
        if stay.vehicle not in {module.name for module in tables.modules}:
            yield _("{name}: no mission or module of that name").format(name=name)
        return
    own = [other for other in tables.stays if other.vehicle == stay.vehicle]
    if mission.dock is not None and stay is own[0] and not _same(stay.begin, mission.dock):
        yield _("{name}: the mission docked {text}").format(name=name, text=mission.dock.text)
    if mission.undock is not None and stay is own[-1] and not _same(stay.end, mission.undock):
        yield _("{name}: the mission undocked {text}").format(name=name, text=mission.undock.text)


def _port_conflicts(tables: ChronicleTables) -> Iterator[str]:
    """One vehicle a port, one port a vehicle."""
    for port in PORT_NAMES:
        yield from _overlaps([stay for stay in tables.stays if stay.port == port])
    for vehicle in sorted({stay.vehicle for stay in tables.stays}):
        yield from _overlaps([stay for stay in tables.stays if stay.vehicle == vehicle])


def _overlaps(stays: list[PortStay]) -> Iterator[str]:
    for before, after in pairwise(stays):
        if before.end is None or after.begin.unix_s < before.end.unix_s:
            yield _("{after}: at {port} while {vehicle} is at {other_port}").format(
                after=_stay_name(after), port=after.port, vehicle=before.vehicle, other_port=before.port
            )


def _crew_problems(tables: ChronicleTables) -> Iterator[str]:
    flown = {person.name: len(person.earlier_flights) for person in tables.people}
    home: dict[str, PartialDate | None] = {}
    for mission in tables.missions:
        for seat in mission.crew:
            name = _("missions {name}: {person}").format(name=mission.name, person=seat.name)
            flown[seat.name] += 1
            if seat.flight_number is not None and seat.flight_number != flown[seat.name]:
                yield _("{name} is on flight {flown}, not {flight_number}").format(
                    name=name, flown=flown[seat.name], flight_number=seat.flight_number
                )
            if seat.name in home:
                landed = home[seat.name]
                if landed is None or (mission.launch is not None and mission.launch.unix_s <= landed.unix_s):
                    yield _("{name} was not back from the flight before").format(name=name)
            home[seat.name] = mission.crew_landing


def _walk_problems(tables: ChronicleTables, walk: Spacewalk) -> Iterator[str]:
    name = f"spacewalks {walk.number}"
    mission = tables.missions_by_name.get(walk.mission)
    if mission is None:
        yield _("{name}: no mission {mission}").format(name=name, mission=walk.mission)
        return
    for problem in _out_of_order((("start", walk.start), ("second_out", walk.second_out), ("end", walk.end))):
        yield f"{name}: {problem}"
    if walk.start is not None and walk.start.date != walk.day.text:
        yield _("{name}: starts {text}, not on {day}").format(name=name, text=walk.start.text, day=walk.day.text)
    if walk.start is not None and walk.end is not None and walk.has_exact_times and walk.duration.is_exact:
        minutes = (walk.end.unix_s - walk.start.unix_s) / 60.0
        if minutes != walk.duration.minutes:
            yield _("{name}: duration_min is {minutes}, but end - start is {actual_min:.0f}").format(
                name=name, minutes=walk.duration.minutes, actual_min=minutes
            )
    crew = {seat.name for seat in mission.crew}
    for person in (*walk.outside, *walk.inside):
        if person not in crew:
            yield _("{name}: {person} is not of the crew of {mission}").format(
                name=name, person=person, mission=walk.mission
            )
    both = set(walk.outside) & set(walk.inside)
    if both:
        yield _("{name}: {both} both outside and inside").format(name=name, both=", ".join(sorted(both)))
    yield from _absent(name, walk, [member for member in tables.crew_members if member.mission == walk.mission])


def _absent(name: str, walk: Spacewalk, members: list[CrewMember]) -> Iterator[str]:
    """The walk must lie inside the crew's stay, as far as both are known."""
    for member in members[:1]:
        if member.dock is not None and (walk.start or walk.day).until_s < member.dock.unix_s:
            yield _("{name}: before {mission} docked, {text}").format(
                name=name, mission=member.mission, text=member.dock.text
            )
        if member.undock is not None and (walk.end or walk.day).unix_s > member.undock.unix_s:
            yield _("{name}: after the crew of {mission} left, {text}").format(
                name=name, mission=member.mission, text=member.undock.text
            )


def _handover_problems(tables: ChronicleTables) -> Iterator[str]:
    for handover in tables.handovers:
        name = f"handovers {handover.from_mission} {handover.to_mission}"
        for mission in (handover.from_mission, handover.to_mission):
            members = [member for member in tables.crew_members if member.mission == mission]
            if not members:
                yield _("{name}: no crew of {mission}").format(name=name, mission=mission)
                continue
            dock, undock = members[0].dock, members[0].undock
            came_late = dock is None or dock.unix_s >= handover.day.until_s
            left_early = undock is not None and undock.unix_s <= handover.day.unix_s
            if came_late or left_early:
                yield _("{name}: the crew of {mission} was not aboard on {text}").format(
                    name=name, mission=mission, text=handover.day.text
                )
