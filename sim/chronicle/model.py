"""The chronicle's records, as the embedded file states them.

They are named tuples: immutable and slotted as a frozen dataclass, and defined in an eighth of its time. There are two
dozen of them on the way to the first frame, where frozen slotted dataclasses would cost more than reading the file.

Every record ends in the same fields: `proof` (conflicts, doubts, notes, sources) and `origin` ("embedded", or
"user" for a record from a person's own file). `None` means that no source read gives it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from sim.chronicle.dates import Duration, When
from sim.named_tuple import NamedTuple

Origin: TypeAlias = Literal["embedded", "user"]
MissionKind: TypeAlias = Literal["crewed", "uncrewed", "cargo"]
MissionStatus: TypeAlias = Literal["completed", "in progress", "planned"]
PortKey: TypeAlias = Literal["forward", "nadir", "aft", "starboard", "port side"]

PORT_NAMES: dict[PortKey, str] = {
    "forward": "Tianhe forward",
    "nadir": "Tianhe nadir",
    "aft": "Tianhe aft",
    "starboard": "Tianhe starboard",
    "port side": "Tianhe port side",
}
"""Every place where something is docked, in the order in which they are listed."""

SHIP_PORTS: tuple[PortKey, ...] = ("forward", "nadir", "aft")
"""Where ships dock; the other two hold the laboratory modules for good."""


class Source(NamedTuple):
    """Where a fact was read; `published` is its day or month, `YYYY-MM-DD` or `YYYY-MM`, where that is known."""

    id: str
    title: str
    address: str
    published: str | None = None


class AsOf(NamedTuple):
    """The edge of what one table knows.

    Attributes:
        date: The last day covered, `YYYY-MM-DD`.
        unix_s: The end of that day, UTC: until here the table is known to hold.
        origin: "user" when a person's own file moved it.
    """

    date: str
    unix_s: float
    origin: Origin


class Proof(NamedTuple):
    """What stands behind a record, and what speaks against it."""

    sources: tuple[Source, ...]
    conflicts: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Station(NamedTuple):
    """The station as a whole: masses in tonnes, volumes in cubic metres."""

    name: str
    inclination_deg: float
    design_life: str
    mass_t: float
    pressurised_m3: float
    habitable_m3: float
    first_launch: When
    t_shape: When
    declared_built: When
    expansion: str
    proof: Proof
    origin: Origin


class Module(NamedTuple):
    """A permanent part of the station; a launch of `None` is a plan."""

    name: str
    name_zh: str
    type: str
    launch: When | None
    dock: When | None
    relocated: When | None
    rocket: str | None
    launch_site: str | None
    mass_kg: float | None
    length_m: float | None
    diameter_m: float | None
    pressurised_m3: float | None
    habitable_m3: float | None
    norad_id: int | None
    cospar_id: str | None
    proof: Proof
    origin: Origin


class EarlierFlight(NamedTuple):
    """A flight before the station: only its length counts here."""

    mission: str
    duration_s: float


class Person(NamedTuple):
    """Someone who flew to the station. `birth` is a day, a month or a year, as published."""

    name: str
    name_zh: str
    sex: str
    nationality: str
    birth: When | None
    group: int | None
    earlier_flights: tuple[EarlierFlight, ...]
    proof: Proof
    origin: Origin


class CrewSeat(NamedTuple):
    """Someone's place on one launch; `flight_number` counts that person's flights, earlier ones included."""

    name: str
    role: str
    role_unverified: bool
    flight_number: int | None


class Mission(NamedTuple):
    """A ship's flight, crewed, uncrewed or with cargo.

    The ship and its crew part ways: `end` is the ship's landing or re-entry after `undock`; the people who went up in
    it came down in `return_ship` at `crew_landing`.
    """

    name: str
    name_zh: str
    kind: MissionKind
    status: MissionStatus
    status_as_of: str | None
    expedition: int | None
    launch: When | None
    dock: When | None
    undock: When | None
    end: When | None
    duration_s: float | None
    crew: tuple[CrewSeat, ...]
    return_ship: str | None
    crew_landing: When | None
    crew_duration_s: float | None
    returned_crew_of: str | None
    launch_site: str | None
    landing_site: str | None
    rocket: str | None
    rocket_serial: str | None
    norad_id: int | None
    cospar_id: str | None
    cargo_kg: float | None
    cargo_note: str | None
    planned_when: str | None
    planned_crew: str | None
    planned_port: str | None
    planned_from: When | None
    proof: Proof
    origin: Origin


class PortStay(NamedTuple):
    """A vehicle at a port, from docking to undocking (`None`: still there at the edge of knowledge)."""

    vehicle: str
    port: PortKey
    begin: When
    end: When | None
    permanent: bool
    proof: Proof
    origin: Origin


class Handover(NamedTuple):
    """The day one crew gave the station to the next, a day of Beijing time; the hour was not published."""

    from_mission: str
    to_mission: str
    day: When
    proof: Proof
    origin: Origin


class Spacewalk(NamedTuple):
    """One walk, by CMSA's clock: from the exit hatch opened to everybody back inside.

    Attributes:
        number: Counted from the first walk of the station.
        mission: The crew's launch mission.
        day: The day in UTC it began on; `day.approximate` when secondary lists alone name it.
        start: `None` where it is not known; `start.approximate` where the source says "about".
        end: `None` where it is not known.
        duration: As published; equals end - start where both are exact.
        outside: Who went out; empty where it is not known.
        inside: Who supported from inside.
        exit: The hatch.
        suits: What is known about the suits.
        tasks: What was done.
        not_published: Which of `start`, `end` and `duration` the agency did not publish; any other `None` was not
            found.
        second_out: When the second person followed.
    """

    number: int
    mission: str
    day: When
    date_not_after: str | None
    start: When | None
    end: When | None
    duration: Duration
    outside: tuple[str, ...]
    inside: tuple[str, ...]
    exit: str | None
    suits: str | None
    tasks: str | None
    not_published: tuple[str, ...]
    second_out: When | None
    proof: Proof
    origin: Origin

    @property
    def has_exact_times(self) -> bool:
        """Whether start and end are both published and neither is "about": only then it can be shown under way."""
        return self.start is not None and self.end is not None and not self.start.approximate

    @property
    def begins_unix_s(self) -> float:
        """The earliest it can have begun: the published exact start, else the start of its day."""
        return self.start.unix_s if self.start is not None and not self.start.approximate else self.day.unix_s

    @property
    def over_unix_s(self) -> float:
        """From when on it is over, as far as its day is right: the published end, else the end of that day."""
        return self.end.unix_s if self.end is not None else self.day.until_s


class WalkTotal(NamedTuple):
    """A published lower bound for all walks of a mission, where single lengths were not published."""

    mission: str
    spacewalks: int
    at_least_min: int
    proof: Proof
    origin: Origin


class RecordMark(NamedTuple):
    """A record or a first as a source states it; what can be computed for any instant is in `standings`."""

    record: str
    area: str
    holders: tuple[str, ...]
    value: str | None
    date: When | None
    spacewalk: int | None
    mission: str | None
    duration: Duration
    runners_up: tuple[str, ...]
    proof: Proof
    origin: Origin


class Avoidance(NamedTuple):
    """A manoeuvre to avoid another object."""

    object: str
    day: When
    manoeuvre: When | None
    close_pass: When | None
    proof: Proof
    origin: Origin


class Plan(NamedTuple):
    """What was said about something to come.

    Attributes:
        what: The thing planned.
        text: What was said.
        stated: When; `None` where no source dates the statement.
        due: When it was to happen, as far as a date was said: the first day, month or instant.
        due_until: The last day or month of that, where it was said as a span.
        until: When it was overtaken by another statement or by the event; `None`: it still stood at the as-of date.
        mission: The mission it is about, if it has a record.
    """

    what: str
    text: str
    stated: When | None
    due: When | None
    due_until: When | None
    until: When | None
    mission: str | None
    proof: Proof
    origin: Origin


class PartnerStep(NamedTuple):
    """One step of the international programme."""

    day: When
    text: str
    proof: Proof
    origin: Origin


class Lesson(NamedTuple):
    """A lesson given from orbit; `start` is `None` where only its day is known."""

    number: int
    day: When
    start: When | None
    duration: Duration
    place: str | None
    audience: str | None
    proof: Proof
    origin: Origin


class Fact(NamedTuple):
    """Something known about a mission or, without one, about the station, from the day `known_from` on."""

    topic: str
    title: str
    text: str
    known_from: When
    mission: str | None
    proof: Proof
    origin: Origin
