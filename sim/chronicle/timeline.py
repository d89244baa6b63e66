"""From records to the state at any instant.

Between two changes nothing but clocks moves. The changes are sorted once; the state of a stretch between two of them
is computed on first use and kept. After that an answer costs two bisections and one copy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from sim.chronicle.dates import Duration, PartialDate
from sim.chronicle.model import PORT_NAMES, SHIP_PORTS, Mission, Module, PortStay, Spacewalk
from sim.chronicle.snapshot import (
    ChronicleSnapshot,
    Docked,
    Flying,
    ModulePlace,
    ModuleState,
    WalkRecords,
    WalkUnderWay,
    WorldRecord,
)
from sim.language import N_
from sim.language.phrase import Phrase

if TYPE_CHECKING:
    from sim.chronicle.events import EventList
    from sim.chronicle.tables import ChronicleTables


class Timeline:
    """The states of the station, stretch by stretch."""

    __slots__ = ("_bounds", "_events", "_members", "_stretches", "_tables")

    def __init__(self, tables: ChronicleTables, events: EventList) -> None:
        self._tables, self._events = tables, events
        self._members = tables.crew_members
        self._bounds = sorted(set(self._changes()))
        self._stretches: list[tuple[ChronicleSnapshot, Spacewalk | None] | None] = [None] * (len(self._bounds) + 1)

    def at(self, unix_s: float) -> ChronicleSnapshot:
        """Everything the chronicle says about an instant."""
        index = bisect_right(self._bounds, unix_s)
        known = self._stretches[index]
        if known is None:
            # The state holds on the whole stretch, so its first instant stands for it.
            begin_s = self._bounds[index - 1] if index else float("-inf")
            known = self._stretches[index] = (self._snapshot(begin_s), self._walk(begin_s, has_exact_times=True))
        snapshot, walk = known
        return msgspec.structs.replace(
            snapshot, unix_s=unix_s, spacewalk=None if walk is None else self._under_way(walk, unix_s)
        )

    def _changes(self) -> Iterator[float]:
        tables = self._tables
        moments: list[PartialDate | None] = [tables.station.first_launch]
        for member in self._members:
            moments += (member.launch, member.dock, member.undock, member.landing)
        for mission in tables.missions:
            moments += (mission.launch, mission.dock, mission.undock, mission.end)
        for stay in tables.stays:
            moments += (stay.begin, stay.end)
        for module in tables.modules:
            moments += (module.launch, module.dock)
        for moment in moments:
            if moment is not None:
                yield moment.unix_s
        for walk in tables.spacewalks:
            yield walk.begins_unix_s
            yield walk.over_unix_s
        for fall in tables.record_falls:
            yield fall.unix_s
        for edge in tables.as_of.values():
            yield edge.unix_s

    def _walk(self, unix_s: float, *, has_exact_times: bool) -> Spacewalk | None:
        """The walk that goes on at an instant, or may, if its times are not known exactly."""
        for walk in self._tables.spacewalks:
            if walk.has_exact_times == has_exact_times and walk.begins_unix_s <= unix_s < walk.over_unix_s:
                return walk
        return None

    def _under_way(self, walk: Spacewalk, unix_s: float) -> WalkUnderWay:
        elapsed_s = unix_s - walk.begins_unix_s
        world = self._tables.world_record_before
        record_min = None if world is None else world.duration.minutes
        past_s = None if record_min is None else elapsed_s - 60.0 * record_min
        return WalkUnderWay(spacewalk=walk, elapsed_s=elapsed_s, world_record_s=past_s)

    def _snapshot(self, unix_s: float) -> ChronicleSnapshot:
        """What stays the same until the next change."""
        tables = self._tables
        ports = tuple(self._docked(unix_s))
        modules = tuple(self._modules(unix_s))
        taken = {docked.port for docked in ports}
        in_orbit = unix_s >= tables.station.first_launch.unix_s
        legs = [(member, member.leg(unix_s)) for member in self._members]
        crew, port, walk = tables.as_of["crew"], tables.as_of["ports"], tables.as_of["spacewalks"]
        over = tables.walks_over(unix_s)
        return ChronicleSnapshot(
            unix_s=unix_s,
            spacewalk=None,
            events=self._events,
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
            shape=configuration(modules),
            spacewalk_possible=self._walk(unix_s, has_exact_times=False),
            spacewalks_so_far=len(over),
            records=walk_records(tables, over, unix_s),
            spacewalks_as_of=walk.date,
            spacewalks_certain=unix_s < walk.unix_s,
        )

    def _docked(self, unix_s: float) -> Iterator[Docked]:
        missions = self._tables.missions_by_name
        present = {stay.port: stay for stay in self._tables.stays if _within(unix_s, stay.begin, stay.end)}
        for port in PORT_NAMES:
            stay = present.get(port)
            if stay is not None:
                mission = missions.get(stay.vehicle)
                kind = "module" if mission is None else mission.kind
                yield Docked(
                    vehicle=stay.vehicle,
                    kind=kind,
                    port=port,
                    since=stay.begin,
                    permanent=stay.permanent,
                    stay=stay,
                )

    def _flying(self, unix_s: float, docked: set[str]) -> Iterator[Flying]:
        for mission in self._tables.missions:
            if mission.launch is None or mission.name in docked or not _within(unix_s, mission.launch, mission.end):
                continue
            since = self._free_since(mission, mission.launch, unix_s)
            yield Flying(vehicle=mission.name, kind=mission.kind, since=since)

    def _free_since(self, mission: Mission, launch: PartialDate, unix_s: float) -> PartialDate:
        ends = [stay.end for stay in self._tables.stays if stay.vehicle == mission.name and stay.end is not None]
        return max((end for end in ends if end.unix_s <= unix_s), key=lambda end: end.unix_s, default=launch)

    def _modules(self, unix_s: float) -> Iterator[ModuleState]:
        for module in self._tables.modules:
            if module.launch is None or unix_s < module.launch.unix_s:
                continue
            stays = [stay for stay in self._tables.stays if stay.vehicle == module.name]
            yield _module_state(module, module.launch, stays, unix_s)


def _within(unix_s: float, begin: PartialDate, end: PartialDate | None) -> bool:
    return begin.unix_s <= unix_s and (end is None or unix_s < end.unix_s)


def _module_state(module: Module, launch: PartialDate, stays: list[PortStay], unix_s: float) -> ModuleState:
    place: ModulePlace = "free flight"
    since, port = launch, None
    if not stays and module.dock is None:
        place = "core"  # what the others dock to is itself never docked; a module to come has stays when it docks
    for stay in stays:
        if _within(unix_s, stay.begin, stay.end):
            place, port, since = "in place" if stay.permanent else "docked for a time", stay.port, stay.begin
            break
        if stay.end is not None and stay.end.unix_s <= unix_s:
            place, since = "being moved", stay.end
    return ModuleState(module=module, place=place, port=port, since=since)


def configuration(modules: tuple[ModuleState, ...]) -> Phrase:
    """The shape of the station in words, from where its modules are."""
    if not modules:
        return Phrase(N_("not in orbit"))
    core = modules[0].module.name
    sides = [state for state in modules if state.place == "in place"]
    shape = (Phrase(N_("{core} alone"), {"core": core}), Phrase(N_("L shape")), Phrase(N_("T shape")))[
        min(len(sides), 2)
    ]
    docked = [state.module.name for state in modules if state.place == "docked for a time"]
    moving = [state.module.name for state in modules if state.place == "being moved"]
    if docked and not sides:
        return Phrase(N_("{core} with {module} in line"), {"core": core, "module": docked[0]})
    if docked:
        return Phrase(N_("{shape}, {module} in front"), {"shape": shape, "module": docked[0]})
    return Phrase(N_("{shape}, {module} being moved"), {"shape": shape, "module": moving[0]}) if moving else shape


def walk_records(tables: ChronicleTables, over: list[Spacewalk], unix_s: float) -> WalkRecords:
    """Records among the walks that are over."""
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
        for mark in tables.records
    )
    all_published = len(measured) == len(over)
    return WalkRecords(
        longest=longest,
        longest_certain=stated or all_published,
        shortest=shortest,
        shortest_certain=all_published,
        most_walks=tuple(name for name, count in counts.items() if count == most),
        most_walks_count=most,
        world=_world_record(tables, unix_s),
    )


def _world_record(tables: ChronicleTables, unix_s: float) -> WorldRecord | None:
    for fall in tables.record_falls:
        walk, minutes = fall.spacewalk, fall.previous.duration.minutes
        if unix_s >= fall.unix_s:
            is_over = unix_s >= walk.over_unix_s
            duration = walk.duration if is_over else Duration(minutes, at_least=True)
            return WorldRecord(
                duration=duration,
                holders=walk.outside,
                mission=walk.mission,
                date=walk.day.text,
                spacewalk=walk,
            )
    mark = tables.world_record_before
    if mark is None or mark.date is None:
        return None
    return WorldRecord(
        duration=mark.duration,
        holders=mark.holders,
        mission=mark.mission or "",
        date=mark.date.text,
        spacewalk=None,
    )
