"""Totals, records and plans as they stood at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from sim.chronicle.dates import Duration, PartialDate, add_durations
from sim.chronicle.knowledge import known_s, plan_known_s
from sim.chronicle.model import CrewMember, Person, Spacewalk
from sim.chronicle.model.occasions import Plan
from sim.chronicle.model.record import Source
from sim.chronicle.timeline import walk_records
from sim.constants import DAY_S
from sim.language import N_, _

if TYPE_CHECKING:
    from sim.chronicle.tables import ChronicleTables

Whereabouts: TypeAlias = Literal["aboard", "going up", "coming home", "on Earth"]
Unit: TypeAlias = Literal["minutes", "seconds", "count", "none"]


class AstronautTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Someone's life in space up to an instant.

    Attributes:
        person: Who.
        whereabouts: Where they were.
        flights: Flights begun, those before the station included.
        flights_here: Flights begun to the station.
        seconds: Seconds in space in all, the running flight included.
        certain: False when a running flight is counted past the day the crew is known for.
        missions: Flights to the station so far, in order.
        spacewalks: Walks at the station that were over.
        spacewalks_at_least: Whether a walk of their crew does not say who was outside.
        spacewalk_time: Their sum, exact, approximate or a lower bound.
        last: The seat of their latest flight.
    """

    person: Person
    whereabouts: Whereabouts
    flights: int
    flights_here: int
    seconds: float
    certain: bool
    missions: tuple[str, ...]
    spacewalks: int
    spacewalks_at_least: bool
    spacewalk_time: Duration
    last: CrewMember


class MissionWalks(msgspec.Struct, frozen=True, kw_only=True):
    """All walks of one crew that were over, with their sum."""

    mission: str
    spacewalks: int
    time: Duration


class RecordLine(msgspec.Struct, frozen=True, kw_only=True):
    """One record as it stood.

    Attributes:
        key: A short name that stays the same.
        label: What it is a record of; `_` translates it.
        holders: People, or missions where a crew holds it.
        amount: The value in `unit`; `None` for a first.
        unit: Minutes, seconds, a count, or none.
        text: The value as a text, for a spacewalk like `9:06`; `amount_text` is it in the reader's language.
        since: When it was set, as far as known.
        spacewalk: The walk it was set on.
        sources: Where it was read, or what it was computed from.
        computed: Whether it was computed from the records rather than stated by a source.
    """

    key: str
    label: str
    holders: tuple[str, ...]
    amount: float | None
    unit: Unit
    text: str
    since: PartialDate | None = None
    spacewalk: int | None = None
    sources: tuple[Source, ...] = ()
    computed: bool = True

    @property
    def amount_text(self) -> str:
        """The value as a reader sees it."""
        if self.unit == "seconds" and self.amount is not None:
            return _("{days:.1f} days").format(days=self.amount / DAY_S)
        if self.unit == "minutes":  # a length, and in the world's record the mission
            return " ".join(map(_, self.text.split(" ")))
        return _(self.text)


def astronauts_at(tables: ChronicleTables, unix_s: float) -> tuple[AstronautTotals, ...]:
    """Everyone who had been launched to the station, the longest time in space first."""
    seats: dict[str, list[CrewMember]] = {}
    for member in tables.crew_members:
        if member.launch.unix_s <= unix_s:
            seats.setdefault(member.name, []).append(member)
    over = tables.walks_over(unix_s)
    certain = unix_s < tables.as_of["crew"].unix_s
    totals = [_totals(tables, members, over, unix_s, certain) for members in seats.values()]
    return tuple(sorted(totals, key=lambda total: (-total.seconds, total.person.name)))


def _totals(
    tables: ChronicleTables, members: list[CrewMember], over: list[Spacewalk], unix_s: float, crew_certain: bool
) -> AstronautTotals:
    last = members[-1]
    leg = last.leg(unix_s)
    missions = tuple(member.mission for member in members)
    walks = [walk for walk in over if last.name in walk.outside]
    unnamed = any(not walk.outside and walk.mission in missions for walk in over)
    time = time_outside(tables, walks)
    return AstronautTotals(
        person=last.person,
        whereabouts=leg or "on Earth",
        flights=len(last.person.earlier_flights) + len(members),
        flights_here=len(members),
        seconds=last.career_seconds(unix_s),
        certain=leg is None or crew_certain,
        missions=missions,
        spacewalks=len(walks),
        spacewalks_at_least=unnamed,
        spacewalk_time=msgspec.structs.replace(time, at_least=True, minutes=time.minutes or 0) if unnamed else time,
        last=last,
    )


def time_outside(tables: ChronicleTables, walks: Iterable[Spacewalk]) -> Duration:
    """The time outside in spacewalks that are over, a pair counted once.

    A mission's published total bounds it where single lengths are missing.
    """
    return add_durations([_mission_time(tables, mission, done) for mission, done in _by_mission(walks).items()])


def _by_mission(walks: Iterable[Spacewalk]) -> dict[str, list[Spacewalk]]:
    by_mission: dict[str, list[Spacewalk]] = {}
    for walk in walks:
        by_mission.setdefault(walk.mission, []).append(walk)
    return by_mission


def _mission_time(tables: ChronicleTables, mission: str, walks: list[Spacewalk]) -> Duration:
    total = add_durations([walk.duration for walk in walks])
    bound = tables.walk_totals.get(mission)
    # The published total is for all walks of the mission: it says nothing before the last, or for who missed one.
    if bound is None or len(walks) < bound.spacewalks or total.is_exact:
        return total
    minutes = max(total.minutes or 0, bound.at_least_min)
    return Duration(minutes=minutes, approximate=total.approximate, at_least=True)


def mission_walks_at(tables: ChronicleTables, unix_s: float) -> tuple[MissionWalks, ...]:
    """Every crew's walks so far, in order."""
    return tuple(
        MissionWalks(mission=mission, spacewalks=len(walks), time=_mission_time(tables, mission, walks))
        for mission, walks in _by_mission(tables.walks_over(unix_s)).items()
    )


def plans_at(tables: ChronicleTables, unix_s: float) -> tuple[Plan, ...]:
    """What was planned as known then; every one of these is to be marked as planned.

    A statement without a date counts from the day it was about if it was overtaken, else from the as-of date.
    """
    edge_s = tables.as_of["plans"].unix_s
    return tuple(
        plan
        for plan in tables.plans
        if plan_known_s(plan, edge_s) <= unix_s and (plan.until is None or unix_s < known_s(plan.until))
    )


def records_at(tables: ChronicleTables, unix_s: float) -> tuple[RecordLine, ...]:
    """Records and firsts as they stood, spacewalks first; empty before the first crew."""
    return (*_walk_records(tables, unix_s), *_people_records(tables, unix_s), *_stated(tables, unix_s))


def _walk_records(tables: ChronicleTables, unix_s: float) -> Iterator[RecordLine]:
    records = walk_records(tables, tables.walks_over(unix_s), unix_s)
    if records.longest is not None:
        label = N_("longest spacewalk at the station")
        if not records.longest_certain:
            label = N_("longest spacewalk at the station (of those with a published length)")
        yield _walk_line("longest_spacewalk", label, records.longest)
    if records.world is not None:
        world = records.world
        walk = world.spacewalk
        stated = tables.world_record_before
        sources = walk.proof.sources if walk is not None else stated.proof.sources if stated is not None else ()
        since = walk.day if walk is not None else stated.date if stated is not None else None
        yield RecordLine(
            key="world_spacewalk",
            label=N_("longest spacewalk in the world"),
            holders=world.holders,
            amount=world.duration.minutes,
            unit="minutes",
            text=f"{world.duration.text} {world.mission}",
            since=since,
            spacewalk=None if walk is None else walk.number,
            sources=sources,
            computed=False,
        )
    if records.shortest is not None:
        label = N_("shortest spacewalk at the station")
        if not records.shortest_certain:
            label = N_("shortest spacewalk at the station (of those with a published length)")
        yield _walk_line("shortest_spacewalk", label, records.shortest)
    crews = mission_walks_at(tables, unix_s)
    if crews:
        most = max(crew.spacewalks for crew in crews)
        holders = tuple(crew.mission for crew in crews if crew.spacewalks == most)
        yield _count_line(tables, "most_spacewalks_crew", N_("most spacewalks by one crew"), holders, most)


def _people_records(tables: ChronicleTables, unix_s: float) -> Iterator[RecordLine]:
    astronauts = astronauts_at(tables, unix_s)
    if not astronauts:
        return
    walkers = max(astronaut.spacewalks for astronaut in astronauts)
    if walkers:
        names = tuple(astronaut.person.name for astronaut in astronauts if astronaut.spacewalks == walkers)
        yield _count_line(tables, "most_spacewalks", N_("most spacewalks at the station"), names, walkers)
        exact = [astronaut for astronaut in astronauts if astronaut.spacewalk_time.is_exact]
        if exact:
            top = max(exact, key=lambda astronaut: astronaut.spacewalk_time.minutes or 0)
            yield _person_line(
                "most_spacewalk_time", N_("most spacewalk time, all of it published"), top,
                top.spacewalk_time.minutes or 0, "minutes", top.spacewalk_time.text,
            )  # fmt: skip
    top = astronauts[0]
    days = f"{top.seconds / DAY_S:.1f} days"
    yield _person_line(
        "most_days", N_("most time in space, of those who came to the station"), top, top.seconds, "seconds", days
    )
    yield from _flight_records(tables, astronauts)
    yield _longest_stay(tables, unix_s)
    women = tuple(astronaut.person.name for astronaut in astronauts if astronaut.person.sex == "female")
    if women:
        yield _count_line(tables, "women", N_("women at the station so far"), women, len(women))


def _flight_records(tables: ChronicleTables, astronauts: tuple[AstronautTotals, ...]) -> Iterator[RecordLine]:
    flights = max(astronaut.flights for astronaut in astronauts)
    names = tuple(astronaut.person.name for astronaut in astronauts if astronaut.flights == flights)
    yield _count_line(tables, "most_flights", N_("most flights, of those who came to the station"), names, flights)
    here = max(astronaut.flights_here for astronaut in astronauts)
    names = tuple(astronaut.person.name for astronaut in astronauts if astronaut.flights_here == here)
    yield _count_line(tables, "most_flights_here", N_("most flights to the station"), names, here)


def _longest_stay(tables: ChronicleTables, unix_s: float) -> RecordLine:
    begun = [member for member in tables.crew_members if member.launch.unix_s <= unix_s]
    longest = max(begun, key=lambda member: member.mission_seconds(unix_s))
    seconds = longest.mission_seconds(unix_s)
    sources = tables.missions_by_name[longest.mission].proof.sources
    return RecordLine(
        key="longest_stay",
        label=N_("longest flight of a crew"),
        holders=(longest.mission,),
        amount=seconds,
        unit="seconds",
        text=f"{seconds / DAY_S:.1f} days",
        since=longest.launch,
        sources=sources,
    )


def _stated(tables: ChronicleTables, unix_s: float) -> Iterator[RecordLine]:
    """Firsts, and ages, which only a source can tell."""
    for mark in tables.records:
        is_first = mark.record.startswith(("first ", "oldest ", "youngest "))
        if not is_first or mark.date is None or mark.date.unix_s > unix_s:
            continue
        key = mark.record.replace(" ", "_").lower()
        yield RecordLine(
            key=key,
            label=mark.record,
            holders=mark.holders,
            amount=None,
            unit="none",
            text=mark.value or mark.date.text,
            since=mark.date,
            spacewalk=mark.spacewalk,
            sources=mark.sources,
            computed=False,
        )


def _walk_line(key: str, label: str, walk: Spacewalk) -> RecordLine:
    return RecordLine(
        key=key,
        label=label,
        holders=walk.outside,
        amount=walk.duration.minutes,
        unit="minutes",
        text=walk.duration.text,
        since=walk.day,
        spacewalk=walk.number,
        sources=walk.sources,
    )


def _person_line(key: str, label: str, who: AstronautTotals, amount: float, unit: Unit, text: str) -> RecordLine:
    return RecordLine(
        key=key,
        label=label,
        holders=(who.person.name,),
        amount=amount,
        unit=unit,
        text=text,
        sources=who.person.sources,
    )


def _count_line(tables: ChronicleTables, key: str, label: str, holders: tuple[str, ...], count: int) -> RecordLine:
    """A counted record; its sources are those of the people or missions that hold it."""
    sources: dict[str, Source] = {}
    for name in holders:
        record = tables.people_by_name.get(name) or tables.missions_by_name.get(name)
        if record is not None:
            sources |= {source.id: source for source in record.proof.sources}
    return RecordLine(
        key=key,
        label=label,
        holders=holders,
        amount=count,
        unit="count",
        text=str(count),
        sources=tuple(sources.values()),
    )
