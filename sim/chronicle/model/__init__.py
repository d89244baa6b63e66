"""Station, ships, people and spacewalks: the records of which the state at any instant is made."""

# Without `from __future__ import annotations`, see `sim.chronicle.model.record`.

from typing import Literal, TypeAlias

import msgspec

from sim.chronicle.dates import Day, Duration, Instant, PartialDate
from sim.chronicle.model.record import Amount, Count, Origin, Record, Text, mark_approximate
from sim.constants import DAY_S
from sim.language import N_

MissionKind: TypeAlias = Literal["crewed", "uncrewed", "cargo"]
MissionStatus: TypeAlias = Literal["completed", "in progress", "planned"]
PortKey: TypeAlias = Literal["forward", "nadir", "aft", "starboard", "port side"]
Leg: TypeAlias = Literal["going up", "aboard", "coming home"]

PORT_NAMES: dict[PortKey, str] = {
    "forward": N_("Tianhe forward"),
    "nadir": N_("Tianhe nadir"),
    "aft": N_("Tianhe aft"),
    "starboard": N_("Tianhe starboard"),
    "port side": N_("Tianhe port side"),
}
"""Every place where something is docked, in the order in which they are listed; `_` translates them."""

SHIP_PORTS: tuple[PortKey, ...] = ("forward", "nadir", "aft")
"""Where ships dock; the other two hold the laboratory modules for good."""


class Station(Record, frozen=True, kw_only=True):
    """The station as a whole: masses in tonnes, volumes in cubic metres."""

    name: Text
    inclination_deg: Amount
    design_life: Text
    mass_t: Amount
    pressurised_m3: Amount
    habitable_m3: Amount
    first_launch: Instant
    t_shape: Instant
    declared_built: Day
    expansion: Text


class Module(Record, frozen=True, kw_only=True):
    """A permanent part of the station; a launch of `None` is a plan."""

    name: Text
    name_zh: Text
    type: Text
    launch: Instant | None = None
    dock: Instant | None = None
    relocated: Instant | None = None
    rocket: Text | None = None
    launch_site: Text | None = None
    mass_kg: Amount | None = None
    length_m: Amount | None = None
    diameter_m: Amount | None = None
    pressurised_m3: Amount | None = None
    habitable_m3: Amount | None = None
    norad_id: Count | None = None
    cospar_id: Text | None = None


class EarlierFlight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flight before the station: only its length counts here."""

    mission: Text
    duration_s: Amount = msgspec.field(name="seconds")


class Person(Record, frozen=True, kw_only=True):
    """Someone who flew to the station. `birth` is a day, a month or a year, as published."""

    name: Text
    name_zh: Text
    sex: Literal["female", "male"]
    nationality: Text
    birth: Day | None = None
    group: Count | None = None
    earlier_flights: tuple[EarlierFlight, ...] = ()


class CrewSeat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Someone's place on one launch; `flight_number` counts that person's flights, earlier ones included."""

    name: Text
    role: Text
    role_unverified: bool = False
    flight_number: Count | None = None


class Mission(Record, frozen=True, kw_only=True):
    """A ship's flight, crewed, uncrewed or with cargo.

    The ship and its crew part ways: `end` is the ship's landing or re-entry after `undock`; the people who went up in
    it came down in `return_ship` at `crew_landing`.
    """

    name: Text
    name_zh: Text
    kind: MissionKind
    status: MissionStatus
    status_as_of: Text | None = None
    expedition: Count | None = None
    launch: Instant | None = None
    dock: Instant | None = None
    undock: Instant | None = None
    end: Instant | None = None
    duration_s: Amount | None = None
    crew: tuple[CrewSeat, ...] = ()
    return_ship: Text | None = None
    crew_landing: Instant | None = None
    crew_duration_s: Amount | None = None
    returned_crew_of: Text | None = None
    launch_site: Text | None = None
    landing_site: Text | None = None
    rocket: Text | None = None
    rocket_serial: Text | None = None
    norad_id: Count | None = None
    cospar_id: Text | None = None
    cargo_kg: Amount | None = None
    cargo_note: Text | None = None
    planned_when: Text | None = None
    planned_crew: Text | None = None
    planned_port: Text | None = None
    planned_from: Day | None = None


class PortStay(Record, frozen=True, kw_only=True):
    """A vehicle at a port, from docking to undocking (`None`: still there at the edge of knowledge)."""

    vehicle: Text
    port: PortKey
    begin: Instant
    end: Instant | None = None
    permanent: bool = False
    begin_approximate: bool = False
    end_approximate: bool = False

    def __post_init__(self) -> None:
        mark_approximate(self, "begin", self.begin_approximate)
        mark_approximate(self, "end", self.end_approximate)


class Spacewalk(Record, frozen=True, kw_only=True):
    """One walk, by CMSA's clock: from the exit hatch opened to everybody back inside.

    Attributes:
        number: Counted from the first walk of the station.
        mission: The crew's launch mission.
        day: The day in UTC it began on; `day.approximate` when secondary lists alone name it.
        start: `None` where it is not known; `start.approximate` where the source says "about".
        end: `None` where it is not known.
        duration_min: As published; equals end - start where both are exact.
        outside: Who went out; empty where it is not known.
        inside: Who supported from inside.
        exit: The hatch.
        suits: What is known about the suits.
        tasks: What was done.
        not_published: Which of `start`, `end` and `duration` the agency did not publish; any other `None` was not
            found.
        second_out: When the second person followed.
    """

    number: Count
    mission: Text
    day: Day = msgspec.field(name="date")
    date_not_after: Day | None = None
    start: Instant | None = None
    end: Instant | None = None
    duration_min: Count | None = None
    outside: tuple[Text, ...] = ()
    inside: tuple[Text, ...] = ()
    exit: Text | None = None
    suits: Text | None = None
    tasks: Text | None = None
    not_published: tuple[Text, ...] = ()
    second_out: Instant | None = None
    date_in_doubt: bool = False
    start_approximate: bool = False
    second_out_approximate: bool = False
    duration_approximate: bool = False

    def __post_init__(self) -> None:
        mark_approximate(self, "day", self.date_in_doubt)
        mark_approximate(self, "start", self.start_approximate)
        mark_approximate(self, "second_out", self.second_out_approximate)

    @property
    def duration(self) -> Duration:
        """As published."""
        return Duration(minutes=self.duration_min, approximate=self.duration_approximate)

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


class RecordMark(Record, frozen=True, kw_only=True):
    """A record or a first as a source states it; what can be computed for any instant is in `statistics`."""

    record: Text
    area: Literal["people", "spacewalks"]
    holders: tuple[Text, ...]
    value: Text | None = None
    date: Day | None = None
    spacewalk: Count | None = None
    mission: Text | None = None
    duration_min: Count | None = None
    runners_up: tuple[Text, ...] = ()

    @property
    def duration(self) -> Duration:
        """As published."""
        return Duration(minutes=self.duration_min)


class CrewMember(msgspec.Struct, frozen=True, kw_only=True):
    """Someone on one flight to the station. Clocks are functions of the instant, so one object serves all of them.

    Attributes:
        person: Who; name, Chinese name, nationality.
        role: As on this flight; `role_unverified` where no source titles it.
        flight_number: Which of that person's flights it is, those before the station included.
        mission: The mission they went up with; the ship of the same name is `ship_up`.
        ship_down: The ship they came home in, not always the one they went up in; `None`: not home yet.
        launch: When they left the ground.
        dock: When they reached the station.
        undock: When `ship_down` left it.
        landing: When they were back.
        earlier_s: Seconds in space on all flights before this one.
        origin: "user" when the mission comes from a person's own file.
    """

    person: Person
    role: str
    role_unverified: bool
    flight_number: int | None
    mission: str
    ship_down: str | None
    launch: PartialDate
    dock: PartialDate | None
    undock: PartialDate | None
    landing: PartialDate | None
    earlier_s: float
    origin: Origin

    @property
    def name(self) -> str:
        """The name in Latin letters."""
        return self.person.name

    @property
    def name_zh(self) -> str:
        """The name in Chinese."""
        return self.person.name_zh

    @property
    def nationality(self) -> str:
        """The nationality as published."""
        return self.person.nationality

    @property
    def ship_up(self) -> str:
        """The ship they went up in; it has its mission's name."""
        return self.mission

    def mission_seconds(self, unix_s: float) -> float:
        """Seconds since launch, at most until landing; 0 before."""
        until_s = unix_s if self.landing is None else min(unix_s, self.landing.unix_s)
        return max(0.0, until_s - self.launch.unix_s)

    def mission_days(self, unix_s: float) -> float:
        """The mission clock in days."""
        return self.mission_seconds(unix_s) / DAY_S

    def career_seconds(self, unix_s: float) -> float:
        """Seconds in space in all: every flight before this one, and this one so far."""
        return self.earlier_s + self.mission_seconds(unix_s)

    def leg(self, unix_s: float) -> Leg | None:
        """Where they are on this flight; `None` before launch and after landing."""
        if unix_s < self.launch.unix_s or (self.landing is not None and unix_s >= self.landing.unix_s):
            return None
        if self.dock is None or unix_s < self.dock.unix_s:
            return "going up"
        return "aboard" if self.undock is None or unix_s < self.undock.unix_s else "coming home"


class RecordFall(msgspec.Struct, frozen=True, kw_only=True):
    """The instant at which a walk under way became longer than the world's record."""

    unix_s: float
    text: str
    spacewalk: Spacewalk
    previous: RecordMark
