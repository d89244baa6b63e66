"""The tables of one chronicle file: data, and the joins between them that every question needs."""

# Without `from __future__ import annotations`: of annotations that are text, `msgspec` would compile and evaluate each
# one at the first decoding, see `sim.chronicle.model.record`.

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

from sim.chronicle.dates import PartialDate
from sim.chronicle.model import (
    CrewMember,
    Mission,
    Module,
    Person,
    PortStay,
    RecordFall,
    RecordMark,
    Spacewalk,
    Station,
)
from sim.chronicle.model.record import AsOf, Source
from sim.time import iso_z

if TYPE_CHECKING:
    from sim.chronicle.model.background import Fact, SelectionGroup, Suit, WalkTotal
    from sim.chronicle.model.occasions import Avoidance, Handover, Lesson, PartnerStep, Plan
    from sim.chronicle.model.programme import Agreement, Assignment, Candidate, CheckedClaim, Payload

T = TypeVar("T", bound="ChronicleTables")
R = TypeVar("R")
SourceEntry = tuple[str, ...]
"""Title, address and, where it is known, the day or month of publication."""
DecodeHook: TypeAlias = Callable[[type[Any], Any], object]


class ChronicleTables(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All records of a chronicle file, each table in its order.

    Attributes:
        source_entries: Sources as the file holds them; `sources` has them as records.
        as_of: The last day for which each table is complete.
        missions: By launch, the planned ones last.
        stays: Who was at which port, by docking.
        spacewalks: By number.
    """

    schema: int
    generated: str
    as_of: dict[str, AsOf]
    source_entries: dict[str, SourceEntry] = msgspec.field(name="sources")
    stations: tuple[Station, ...] = msgspec.field(name="station")
    modules: tuple[Module, ...]
    missions: tuple[Mission, ...]
    stays: tuple[PortStay, ...]
    people: tuple[Person, ...]
    spacewalks: tuple[Spacewalk, ...]
    records: tuple[RecordMark, ...]
    handovers_json: msgspec.Raw = msgspec.field(name="handovers")
    avoidances_json: msgspec.Raw = msgspec.field(name="avoidances")
    lessons_json: msgspec.Raw = msgspec.field(name="lessons")
    plans_json: msgspec.Raw = msgspec.field(name="plans")
    partner_steps_json: msgspec.Raw = msgspec.field(name="partner_steps")
    agreement_json: msgspec.Raw = msgspec.field(name="agreement")
    assignment_json: msgspec.Raw = msgspec.field(name="assignment")
    candidates_json: msgspec.Raw = msgspec.field(name="candidates")
    payloads_json: msgspec.Raw = msgspec.field(name="payloads")
    claims_json: msgspec.Raw = msgspec.field(name="claims")
    facts_json: msgspec.Raw = msgspec.field(name="facts")
    suits_json: msgspec.Raw = msgspec.field(name="suits")
    groups_json: msgspec.Raw = msgspec.field(name="groups")
    walk_totals_json: msgspec.Raw = msgspec.field(name="walk_totals")

    def __post_init__(self) -> None:
        for table, key in _ORDER.items():
            msgspec.structs.force_setattr(self, table, tuple(sorted(getattr(self, table), key=key)))
        for name in self.__struct_fields__:
            if name.endswith("_json"):  # a sixth of the file, which would stay in memory for them
                msgspec.structs.force_setattr(self, name, getattr(self, name).copy())

    def _later(self, table: str, kind: type[R]) -> R:
        """A table that is decoded when it is first asked for.

        Raises:
            msgspec.ValidationError: A field is wrong; the message ends in its path.
        """
        try:
            return msgspec.json.decode(getattr(self, f"{table}_json"), type=kind, dec_hook=self._decode_hook)
        except msgspec.ValidationError as error:
            raise msgspec.ValidationError(str(error).replace("`$", f"`$.{table}")) from None

    @classmethod
    def from_json(cls: type[T], data: bytes) -> T:
        """Decode a chronicle file (some 2 ms), but for the tables of which no state is made.

        Each of those is decoded when it is first asked for; a record of a person's own file has been checked by then.

        Raises:
            msgspec.ValidationError: A field is wrong; the message ends in its path.
        """
        entries = msgspec.json.decode(data, type=_Sources).sources
        return msgspec.json.decode(data, type=cls, dec_hook=decode_hook(entries))

    @classmethod
    def from_raw(cls: type[T], raw: dict[str, Any]) -> T:
        """Convert parsed tables, with a person's own facts merged in.

        Raises:
            msgspec.ValidationError: A field is wrong; the message ends in its path.
        """
        return cls.from_json(msgspec.json.encode(raw))

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its id."""
        return {name: Source(name, *entry) for name, entry in self.source_entries.items()}

    @cached_property
    def _decode_hook(self) -> DecodeHook:
        return decode_hook(self.source_entries)

    @property
    def station(self) -> Station:
        """The station as a whole."""
        return self.stations[0]

    @cached_property
    def handovers(self) -> "tuple[Handover, ...]":
        """The days on which one crew gave the station to the next, in order."""
        from sim.chronicle.model.occasions import Handover

        return tuple(sorted(self._later("handovers", tuple[Handover, ...]), key=lambda handover: handover.day.unix_s))

    @cached_property
    def avoidances(self) -> "tuple[Avoidance, ...]":
        """Manoeuvres to avoid other objects."""
        from sim.chronicle.model.occasions import Avoidance

        return self._later("avoidances", tuple[Avoidance, ...])

    @cached_property
    def lessons(self) -> "tuple[Lesson, ...]":
        """Lessons from orbit, in order."""
        from sim.chronicle.model.occasions import Lesson

        return tuple(sorted(self._later("lessons", tuple[Lesson, ...]), key=lambda lesson: lesson.day.unix_s))

    @cached_property
    def plans(self) -> "tuple[Plan, ...]":
        """What was said about what was to come."""
        from sim.chronicle.model.occasions import Plan

        return self._later("plans", tuple[Plan, ...])

    @cached_property
    def partner_steps(self) -> "tuple[PartnerStep, ...]":
        """The steps of the international programme, in order."""
        from sim.chronicle.model.occasions import PartnerStep

        return tuple(sorted(self._later("partner_steps", tuple[PartnerStep, ...]), key=lambda step: step.day.unix_s))

    @cached_property
    def agreement(self) -> "Agreement":
        """The agreement of the international programme."""
        from sim.chronicle.model.programme import Agreement

        return self._later("agreement", tuple[Agreement, ...])[0]

    @cached_property
    def assignment(self) -> "Assignment":
        """The flight the candidates prepare for."""
        from sim.chronicle.model.programme import Assignment

        return self._later("assignment", tuple[Assignment, ...])[0]

    @cached_property
    def candidates(self) -> "tuple[Candidate, ...]":
        """Who was selected to fly for a partner."""
        from sim.chronicle.model.programme import Candidate

        return self._later("candidates", tuple[Candidate, ...])

    @cached_property
    def payloads(self) -> "tuple[Payload, ...]":
        """Experiments and satellites of partners."""
        from sim.chronicle.model.programme import Payload

        return self._later("payloads", tuple[Payload, ...])

    @cached_property
    def claims(self) -> "tuple[CheckedClaim, ...]":
        """Claims of the news article, checked."""
        from sim.chronicle.model.programme import CheckedClaim

        return self._later("claims", tuple[CheckedClaim, ...])

    @cached_property
    def facts(self) -> "tuple[Fact, ...]":
        """What is known about missions and the station, by the day from which it is known."""
        from sim.chronicle.model.background import Fact

        return tuple(sorted(self._later("facts", tuple[Fact, ...]), key=lambda fact: fact.known_from.unix_s))

    @cached_property
    def suits(self) -> "tuple[Suit, ...]":
        """What is known about the space suits."""
        from sim.chronicle.model.background import Suit

        return self._later("suits", tuple[Suit, ...])

    @cached_property
    def groups(self) -> "tuple[SelectionGroup, ...]":
        """Groups of astronauts selected together."""
        from sim.chronicle.model.background import SelectionGroup

        return self._later("groups", tuple[SelectionGroup, ...])

    @cached_property
    def walk_totals(self) -> "dict[str, WalkTotal]":
        """Published lower bounds for all walks of a mission, by mission."""
        from sim.chronicle.model.background import WalkTotal

        return {total.mission: total for total in self._later("walk_totals", tuple[WalkTotal, ...])}

    @cached_property
    def missions_by_name(self) -> dict[str, Mission]:
        """All flights by name."""
        return {mission.name: mission for mission in self.missions}

    @cached_property
    def people_by_name(self) -> dict[str, Person]:
        """Everyone who ever flew to the station, by name."""
        return {person.name: person for person in self.people}

    @cached_property
    def world_record_before(self) -> RecordMark | None:
        """The world's longest spacewalk before the station's (STS-102, 8 h 56 min)."""
        return next((mark for mark in self.records if mark.record == "previous world record"), None)

    @cached_property
    def crew_members(self) -> tuple[CrewMember, ...]:
        """Every seat of every crewed mission, in order of launch, with the career before it."""
        career_s = {person.name: sum(flight.duration_s for flight in person.earlier_flights) for person in self.people}
        members = []
        crewed = [(mission.launch, mission) for mission in self.missions if mission.crew and mission.launch is not None]
        for launch, mission in sorted(crewed, key=lambda pair: pair[0].unix_s):
            ship_down = self.missions_by_name.get(mission.return_ship or mission.name)
            for seat in mission.crew:
                members.append(
                    CrewMember(
                        person=self.people_by_name[seat.name],
                        role=seat.role,
                        role_unverified=seat.role_unverified,
                        flight_number=seat.flight_number,
                        mission=mission.name,
                        ship_down=mission.return_ship,
                        launch=launch,
                        dock=mission.dock,
                        # They left when their ship home did; without a record of that, they were aboard until landing.
                        undock=None if ship_down is None else ship_down.undock,
                        landing=mission.crew_landing,
                        earlier_s=career_s[seat.name],
                        origin=mission.origin,
                    )
                )
                if mission.crew_landing is not None:
                    career_s[seat.name] += mission.crew_landing.unix_s - launch.unix_s
        return tuple(members)

    @cached_property
    def record_falls(self) -> tuple[RecordFall, ...]:
        """When walks with exact times passed the world's record of before the station."""
        mark = self.world_record_before
        if mark is None or mark.duration.minutes is None:
            return ()
        for walk in self.spacewalks:
            minutes = walk.duration.minutes
            if walk.start is not None and walk.has_exact_times and minutes and minutes > mark.duration.minutes:
                unix_s = walk.start.unix_s + 60.0 * mark.duration.minutes
                return (RecordFall(unix_s=unix_s, text=iso_z(unix_s), spacewalk=walk, previous=mark),)
        return ()

    def walks_over(self, unix_s: float) -> list[Spacewalk]:
        """The walks that were certainly over, in order."""
        return [walk for walk in self.spacewalks if walk.over_unix_s <= unix_s]


def decode_hook(source_entries: dict[str, SourceEntry]) -> DecodeHook:
    """How `msgspec` makes dates, edges and cited sources of what a file holds."""
    cited: dict[str, Source] = {}

    def decode(kind: type[Any], value: Any) -> object:  # noqa: ANN401 - whatever the file holds
        if kind is Source:
            if not isinstance(value, str):
                raise ValueError("must be a text")
            if value not in cited:
                if value not in source_entries:
                    raise ValueError(f"unknown source {value}")
                cited[value] = Source(value, *source_entries[value])
            return cited[value]
        if issubclass(kind, PartialDate) and not isinstance(value, str):
            return kind.parse("")
        return kind.parse(value)

    return decode


class _Sources(msgspec.Struct):
    """The one table that the others refer to."""

    sources: dict[str, SourceEntry]


_ORDER: dict[str, Any] = {
    "missions": lambda mission: mission.launch.unix_s if mission.launch else float("inf"),
    "stays": lambda stay: stay.begin.unix_s,
    "spacewalks": lambda walk: walk.number,
}
