"""The chronicle: all tables of one file, and every question that can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from sim.chronicle import decode
from sim.chronicle.events import Event, EventList, all_events, merged
from sim.chronicle.model import (
    AsOf,
    Avoidance,
    Fact,
    Handover,
    Lesson,
    Mission,
    Module,
    Origin,
    PartnerStep,
    Person,
    Plan,
    PortStay,
    Proof,
    RecordMark,
    Source,
    Spacewalk,
    Station,
    WalkTotal,
)
from sim.chronicle.snapshot import CrewMember, StationFacts
from sim.chronicle.timeline import RecordFall, Timeline, crew_members, record_falls

if TYPE_CHECKING:
    from sim.chronicle.partners import Agreement, Assignment, Candidate, CheckedClaim, Payload, SelectionGroup, Suit
    from sim.chronicle.search import Found, Index
    from sim.chronicle.statistics import AstronautTotals, MissionWalks, RecordLine

R = TypeVar("R")


class Chronicle:
    """The station's whole life. Tables are made when they are first asked for, and never change.

    Args:
        raw: The parsed file, complete: the embedded one, or that with a person's own facts merged in.
    """

    def __init__(self, raw: dict[str, Any]) -> None:
        self._tables = decode.Tables(raw)

    def _records(self, table: str, make: Callable[[dict[str, Any], Proof, Origin], R]) -> tuple[R, ...]:
        return self._tables.records(table, make)

    # ---- tables -------------------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its id."""
        return self._tables.sources()

    @cached_property
    def as_of(self) -> dict[str, AsOf]:
        """The last day each table is known for: crew, ports, modules, cargo, spacewalks, people, partners, plans."""
        return self._tables.as_of()

    @cached_property
    def station(self) -> Station:
        """The station as a whole."""
        return self._records("station", decode.station)[0]

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """Its parts, in order of launch, the planned one last."""
        return self._records("modules", decode.module)

    @cached_property
    def missions(self) -> tuple[Mission, ...]:
        """All flights in order of launch, the planned ones last."""
        missions = self._records("missions", decode.mission)
        return tuple(sorted(missions, key=lambda mission: mission.launch.unix_s if mission.launch else float("inf")))

    @cached_property
    def missions_by_name(self) -> dict[str, Mission]:
        """All flights by name."""
        return {mission.name: mission for mission in self.missions}

    @cached_property
    def stays(self) -> tuple[PortStay, ...]:
        """Who was at which port, in order of docking."""
        return tuple(sorted(self._records("stays", decode.stay), key=lambda stay: stay.begin.unix_s))

    @cached_property
    def handovers(self) -> tuple[Handover, ...]:
        """Handovers between crews, in order."""
        return tuple(sorted(self._records("handovers", decode.handover), key=lambda item: item.day.unix_s))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everyone who ever flew to the station."""
        return self._records("people", decode.person)

    @cached_property
    def people_by_name(self) -> dict[str, Person]:
        """The same by name."""
        return {person.name: person for person in self.people}

    @cached_property
    def groups(self) -> tuple[SelectionGroup, ...]:
        """The groups they were selected in."""
        from sim.chronicle import partners

        return self._records("groups", partners.group)

    @cached_property
    def spacewalks(self) -> tuple[Spacewalk, ...]:
        """All walks in order of number."""
        return tuple(sorted(self._records("spacewalks", decode.spacewalk), key=lambda walk: walk.number))

    @cached_property
    def walk_totals(self) -> dict[str, WalkTotal]:
        """Published lower bounds for all walks of a mission, by mission."""
        return {total.mission: total for total in self._records("walk_totals", decode.walk_total)}

    @cached_property
    def suits(self) -> tuple[Suit, ...]:
        """What is known about the suits."""
        from sim.chronicle import partners

        return self._records("suits", partners.suit)

    @cached_property
    def records(self) -> tuple[RecordMark, ...]:
        """Records and firsts as stated by sources."""
        return self._records("records", decode.record_mark)

    @cached_property
    def world_record_before(self) -> RecordMark | None:
        """The world's longest spacewalk before the station's (STS-102, 8 h 56 min)."""
        return next((mark for mark in self.records if mark.record == "previous world record"), None)

    @cached_property
    def avoidances(self) -> tuple[Avoidance, ...]:
        """Manoeuvres to avoid other objects."""
        return self._records("avoidances", decode.avoidance)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """Everything that was planned, with the day it was said."""
        return self._records("plans", decode.plan)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """Lessons given from orbit, in order."""
        return tuple(sorted(self._records("lessons", decode.lesson), key=lambda lesson: lesson.day.unix_s))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Facts about missions and the station, in the order in which they became known."""
        return tuple(sorted(self._records("facts", decode.fact), key=lambda fact: fact.known_from.unix_s))

    @cached_property
    def agreement(self) -> Agreement:
        """The agreement of the international programme."""
        from sim.chronicle import partners

        return self._records("agreement", partners.agreement)[0]

    @cached_property
    def assignment(self) -> Assignment:
        """The flight the candidates prepare for."""
        from sim.chronicle import partners

        return self._records("assignment", partners.assignment)[0]

    @cached_property
    def partner_steps(self) -> tuple[PartnerStep, ...]:
        """The steps of the international programme, in order."""
        return tuple(sorted(self._records("partner_steps", decode.partner_step), key=lambda step: step.day.unix_s))

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Who was selected to fly."""
        from sim.chronicle import partners

        return self._records("candidates", partners.candidate)

    @cached_property
    def payloads(self) -> tuple[Payload, ...]:
        """Experiments and satellites of partners."""
        from sim.chronicle import partners

        return self._records("payloads", partners.payload)

    @cached_property
    def claims(self) -> tuple[CheckedClaim, ...]:
        """The checked claims of the article the project started from, in their corrected form."""
        from sim.chronicle import partners

        return self._records("claims", partners.claim)

    # ---- what follows from them ---------------------------------------------------------------------------------

    @cached_property
    def crew_members(self) -> tuple[CrewMember, ...]:
        """Every seat of every crew, in order of launch."""
        return crew_members(self)

    @cached_property
    def record_falls(self) -> tuple[RecordFall, ...]:
        """When the world's spacewalk record fell."""
        return record_falls(self)

    @cached_property
    def events(self) -> EventList:
        """Everything that happened, in order."""
        return EventList(all_events(self))

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self)

    def at(self, unix_s: float) -> StationFacts:
        """Everything the chronicle says about an instant (UTC seconds since 1970)."""
        return self._timeline.at(unix_s)

    def last_known(self, table: str, unix_s: float) -> str | None:
        """Words for what a table can no longer vouch for, or `None` while the instant is within its edge.

        Args:
            table: One of `as_of`: crew, ports, modules, cargo, spacewalks, people, partners, plans.
            unix_s: The instant shown.
        """
        edge = self.as_of[table]
        return None if unix_s < edge.unix_s else f"last known, as of {edge.date}"

    def astronauts_at(self, unix_s: float) -> tuple[AstronautTotals, ...]:
        """Everyone who had been launched to the station, with totals as they stood, most time in space first."""
        from sim.chronicle.statistics import astronauts_at

        return astronauts_at(self, unix_s)

    def mission_walks_at(self, unix_s: float) -> tuple[MissionWalks, ...]:
        """Spacewalks of every crew so far, with their sums."""
        from sim.chronicle.statistics import mission_walks_at

        return mission_walks_at(self, unix_s)

    def records_at(self, unix_s: float) -> tuple[RecordLine, ...]:
        """Records and firsts as they stood."""
        from sim.chronicle.statistics import records_at

        return records_at(self, unix_s)

    def plans_at(self, unix_s: float) -> tuple[Plan, ...]:
        """What was planned, as known then."""
        from sim.chronicle.statistics import plans_at

        return plans_at(self, unix_s)

    def find(self, text: str, limit: int = 20) -> tuple[Found, ...]:
        """People, ships, spacewalks, events and partners that fit a text, the best first."""
        return self._index.find(text, limit)

    @cached_property
    def _index(self) -> Index:
        from sim.chronicle.search import Index

        return Index(self)

    def events_with(self, extra: Sequence[Event]) -> EventList:
        """The events with more merged in, such as orbit raises found in the element history."""
        return merged(self.events, extra)

    def next_event(self, unix_s: float) -> Event | None:
        """The first event after an instant."""
        return self.events.next(unix_s)

    def previous_event(self, unix_s: float) -> Event | None:
        """The last event strictly before an instant."""
        return self.events.before(unix_s)

    def events_between(self, start_s: float, end_s: float) -> tuple[Event, ...]:
        """Events from `start_s` to before `end_s`."""
        return self.events.between(start_s, end_s)
