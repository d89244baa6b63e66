"""From records to the state at any instant.

Between two changes nothing but clocks moves. The changes are sorted once; the state of a stretch between two of them
is worked out when it is first asked for, and kept. After that an answer costs two bisections.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.chronicle.dates import Duration, When
from sim.chronicle.model import PORT_NAMES, SHIP_PORTS, Mission, Module, PortKey, PortStay, RecordMark, Spacewalk
from sim.chronicle.snapshot import (
    CrewMember,
    Docked,
    Flying,
    ModuleState,
    StationFacts,
    WalkRecords,
    WalkUnderWay,
    WorldRecord,
)
from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sim.chronicle.chronicle import Chronicle


class Phase(NamedTuple):
    """What stays the same between two changes; the fields are those of `StationFacts` of the same names."""

    in_orbit: bool
    aboard: tuple[CrewMember, ...]
    in_transit: tuple[CrewMember, ...]
    crew_as_of: str
    crew_certain: bool
    ports: tuple[Docked, ...]
    free_ports: tuple[PortKey, ...]
    ports_as_of: str
    ports_certain: bool
    flying: tuple[Flying, ...]
    modules: tuple[ModuleState, ...]
    configuration: str
    spacewalk_possible: Spacewalk | None
    spacewalks_so_far: int
    records: WalkRecords
    spacewalks_as_of: str
    spacewalks_certain: bool


class RecordFall(NamedTuple):
    """The instant at which a walk under way became longer than the world's record."""

    unix_s: float
    text: str
    spacewalk: Spacewalk
    previous: RecordMark


def crew_members(book: Chronicle) -> tuple[CrewMember, ...]:
    """Every seat of every crewed mission, in order of launch, with the career before it."""
    ships = book.missions_by_name
    people = book.people_by_name
    career_s = {person.name: sum(flight.duration_s for flight in person.earlier_flights) for person in book.people}
    members = []
    crewed = [(mission.launch, mission) for mission in book.missions if mission.crew and mission.launch is not None]
    for launch, mission in sorted(crewed, key=lambda pair: pair[0].unix_s):
        ship_down = ships.get(mission.return_ship or mission.name)
        # The crew left when their ship home did; without a record of that, they were aboard until they landed.
        undock = None if ship_down is None else ship_down.undock
        for seat in mission.crew:
            members.append(
                CrewMember(
                    people[seat.name], seat.role, seat.role_unverified, seat.flight_number, mission.name,
                    mission.return_ship, launch, mission.dock, undock, mission.crew_landing, career_s[seat.name],
                    mission.origin,
                )
            )  # fmt: skip
            if mission.crew_landing is not None:
                career_s[seat.name] += mission.crew_landing.unix_s - launch.unix_s
    return tuple(members)


def record_falls(book: Chronicle) -> tuple[RecordFall, ...]:
    """When walks with exact times passed the world's record of before the station."""
    mark = book.world_record_before
    if mark is None or mark.duration.minutes is None:
        return ()
    from datetime import UTC, datetime

    for walk in book.spacewalks:
        minutes = walk.duration.minutes
        if walk.start is not None and walk.has_exact_times and minutes and minutes > mark.duration.minutes:
            unix_s = walk.start.unix_s + 60.0 * mark.duration.minutes
            text = datetime.fromtimestamp(unix_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return (RecordFall(unix_s, text, walk, mark),)
    return ()


class Timeline:
    """The states of the station, stretch by stretch."""

    __slots__ = ("_book", "_bounds", "_members", "_phases")

    def __init__(self, book: Chronicle) -> None:
        self._book = book
        self._members = book.crew_members
        self._bounds = sorted(set(self._changes()))
        self._phases: list[tuple[Phase, Spacewalk | None] | None] = [None] * (len(self._bounds) + 1)

    def at(self, unix_s: float) -> StationFacts:
        """Everything the chronicle says about an instant."""
        index = bisect_right(self._bounds, unix_s)
        known = self._phases[index]
        if known is None:
            # The state holds on the whole stretch, so its first instant stands for it.
            begin_s = self._bounds[index - 1] if index else float("-inf")
            known = self._phases[index] = (self._phase(begin_s), self._walk(begin_s))
        phase, walk = known
        events = self._book.events
        under_way = None if walk is None else self._under_way(walk, unix_s, phase)
        return StationFacts(unix_s, under_way, events.previous(unix_s), events.next(unix_s), *phase)

    def _changes(self) -> Iterator[float]:
        book = self._book
        moments: list[When | None] = [book.station.first_launch]
        for member in self._members:
            moments += (member.launch, member.dock, member.undock, member.landing)
        for mission in book.missions:
            moments += (mission.launch, mission.dock, mission.undock, mission.end)
        for stay in book.stays:
            moments += (stay.begin, stay.end)
        for module in book.modules:
            moments += (module.launch, module.dock)
        for moment in moments:
            if moment is not None:
                yield moment.unix_s
        for walk in book.spacewalks:
            yield walk.begins_unix_s
            yield walk.over_unix_s
        for fall in book.record_falls:
            yield fall.unix_s
        for edge in book.as_of.values():
            yield edge.unix_s

    def _walk(self, unix_s: float) -> Spacewalk | None:
        for walk in self._book.spacewalks:
            if walk.has_exact_times and walk.begins_unix_s <= unix_s < walk.over_unix_s:
                return walk
        return None

    def _under_way(self, walk: Spacewalk, unix_s: float, phase: Phase) -> WalkUnderWay:
        elapsed_s = unix_s - walk.begins_unix_s
        longest, world = phase.records.longest, self._book.world_record_before
        return WalkUnderWay(
            walk,
            elapsed_s,
            None if longest is None else _past(elapsed_s, longest.duration),
            None if world is None else _past(elapsed_s, world.duration),
        )

    def _phase(self, unix_s: float) -> Phase:
        book = self._book
        ports = tuple(self._docked(unix_s))
        modules = tuple(self._modules(unix_s))
        taken = {docked.port for docked in ports}
        in_orbit = unix_s >= book.station.first_launch.unix_s
        legs = [(member, member.leg(unix_s)) for member in self._members]
        crew, port, walk = book.as_of["crew"], book.as_of["ports"], book.as_of["spacewalks"]
        over = [walk for walk in book.spacewalks if walk.over_unix_s <= unix_s]
        return Phase(
            in_orbit=in_orbit,
            aboard=tuple(member for member, leg in legs if leg == "aboard"),
            in_transit=tuple(member for member, leg in legs if leg in {"going up", "coming home"}),
            crew_as_of=crew.date,
            crew_certain=unix_s < crew.unix_s,
            ports=ports,
            free_ports=tuple(key for key in SHIP_PORTS if key not in taken) if in_orbit else (),
            ports_as_of=port.date,
            ports_certain=unix_s < port.unix_s,
            flying=tuple(self._flying(unix_s, {docked.vehicle for docked in ports})),
            modules=modules,
            configuration=configuration(modules),
            spacewalk_possible=self._possible_walk(unix_s),
            spacewalks_so_far=len(over),
            records=walk_records(book, over, unix_s),
            spacewalks_as_of=walk.date,
            spacewalks_certain=unix_s < walk.unix_s,
        )

    def _docked(self, unix_s: float) -> Iterator[Docked]:
        missions = self._book.missions_by_name
        present = {stay.port: stay for stay in self._book.stays if _within(unix_s, stay.begin, stay.end)}
        for port in PORT_NAMES:
            stay = present.get(port)
            if stay is not None:
                mission = missions.get(stay.vehicle)
                kind = "module" if mission is None else mission.kind
                yield Docked(stay.vehicle, kind, port, stay.begin, stay.permanent, stay)

    def _flying(self, unix_s: float, docked: set[str]) -> Iterator[Flying]:
        for mission in self._book.missions:
            if mission.launch is None or mission.name in docked or not _within(unix_s, mission.launch, mission.end):
                continue
            yield Flying(mission.name, mission.kind, self._free_since(mission, mission.launch, unix_s))

    def _free_since(self, mission: Mission, launch: When, unix_s: float) -> When:
        ends = [stay.end for stay in self._book.stays if stay.vehicle == mission.name and stay.end is not None]
        return max((end for end in ends if end.unix_s <= unix_s), key=lambda end: end.unix_s, default=launch)

    def _modules(self, unix_s: float) -> Iterator[ModuleState]:
        for module in self._book.modules:
            if module.launch is None or unix_s < module.launch.unix_s:
                continue
            stays = [stay for stay in self._book.stays if stay.vehicle == module.name]
            yield _module_state(module, module.launch, stays, unix_s)

    def _possible_walk(self, unix_s: float) -> Spacewalk | None:
        for walk in self._book.spacewalks:
            if not walk.has_exact_times and walk.begins_unix_s <= unix_s < walk.over_unix_s:
                return walk
        return None


def _within(unix_s: float, begin: When, end: When | None) -> bool:
    return begin.unix_s <= unix_s and (end is None or unix_s < end.unix_s)


def _past(elapsed_s: float, record: Duration) -> float | None:
    return None if record.minutes is None else elapsed_s - 60.0 * record.minutes


def _module_state(module: Module, launch: When, stays: list[PortStay], unix_s: float) -> ModuleState:
    if not stays:
        # A module that is never docked to another is what the others dock to; one to come has stays when it docks.
        core = module.dock is None
        return ModuleState(module, "core" if core else "free flight", None, launch)
    for stay in stays:
        if _within(unix_s, stay.begin, stay.end):
            return ModuleState(module, "in place" if stay.permanent else "docked for a time", stay.port, stay.begin)
    left = [stay.end for stay in stays if stay.end is not None and stay.end.unix_s <= unix_s]
    return (
        ModuleState(module, "being moved", None, left[-1]) if left else ModuleState(module, "free flight", None, launch)
    )


def configuration(modules: tuple[ModuleState, ...]) -> str:
    """The shape of the station in words, from where its modules are."""
    if not modules:
        return "not in orbit"
    core = modules[0].module.name
    sides = [state for state in modules if state.place == "in place"]
    shape = (f"{core} alone", "L shape", "T shape")[min(len(sides), 2)]
    docked = [state.module.name for state in modules if state.place == "docked for a time"]
    moving = [state.module.name for state in modules if state.place == "being moved"]
    if docked:
        return f"{core} with {docked[0]} in line" if not sides else f"{shape}, {docked[0]} in front"
    return f"{shape}, {moving[0]} being moved" if moving else shape


def walk_records(book: Chronicle, over: list[Spacewalk], unix_s: float) -> WalkRecords:
    """Records among the walks that are over.

    Args:
        book: The chronicle.
        over: The walks that were over, in order.
        unix_s: The instant.
    """
    measured = [(walk.duration.minutes, walk) for walk in over if walk.duration.minutes is not None]
    longest = max(measured, key=lambda pair: pair[0])[1] if measured else None
    shortest = min(measured, key=lambda pair: pair[0])[1] if measured else None
    counts: dict[str, int] = {}
    for walk in over:
        for name in walk.outside:
            counts[name] = counts.get(name, 0) + 1
    most = max(counts.values(), default=0)
    # A source that names the longest walk settles it, whatever the unpublished ones lasted.
    stated = any(
        longest is not None and mark.spacewalk == longest.number and mark.record.startswith("longest")
        for mark in book.records
    )
    return WalkRecords(
        longest,
        stated or len(measured) == len(over),
        shortest,
        tuple(name for name, count in counts.items() if count == most),
        most,
        _world_record(book, unix_s),
    )


def _world_record(book: Chronicle, unix_s: float) -> WorldRecord | None:
    for fall in book.record_falls:
        walk, minutes = fall.spacewalk, fall.previous.duration.minutes
        if unix_s >= fall.unix_s:
            is_over = unix_s >= walk.over_unix_s
            duration = walk.duration if is_over else Duration(minutes, at_least=True)
            return WorldRecord(duration, walk.outside, walk.mission, walk.day.text, walk)
    mark = book.world_record_before
    if mark is None or mark.date is None:
        return None
    return WorldRecord(mark.duration, mark.holders, mark.mission or "", mark.date.text, None)
