"""What the chronicle says about one instant."""

from __future__ import annotations

from typing import Literal, TypeAlias

from sim.chronicle.dates import Duration, When
from sim.chronicle.events import Event
from sim.chronicle.model import PORT_NAMES, MissionKind, Module, Origin, Person, PortKey, PortStay, Spacewalk
from sim.named_tuple import NamedTuple

SECONDS_PER_DAY = 86400.0

Leg: TypeAlias = Literal["going up", "aboard", "coming home"]
ModulePlace: TypeAlias = Literal["core", "free flight", "docked for a time", "being moved", "in place"]


class CrewMember(NamedTuple):
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
    launch: When
    dock: When | None
    undock: When | None
    landing: When | None
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
        return self.mission_seconds(unix_s) / SECONDS_PER_DAY

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


class Docked(NamedTuple):
    """A vehicle at a port."""

    vehicle: str
    kind: MissionKind | Literal["module"]
    port: PortKey
    since: When
    permanent: bool
    stay: PortStay

    @property
    def port_name(self) -> str:
        """The port as it is written out, like `Tianhe nadir`."""
        return PORT_NAMES[self.port]


class Flying(NamedTuple):
    """A ship in orbit on its own: on its way up, home, or between two ports."""

    vehicle: str
    kind: MissionKind
    since: When


class ModuleState(NamedTuple):
    """A part of the station in orbit: where it is and since when."""

    module: Module
    place: ModulePlace
    port: PortKey | None
    since: When


class WorldRecord(NamedTuple):
    """The world's longest spacewalk as it stood. While the walk that beats it goes on, the length is a lower bound."""

    duration: Duration
    holders: tuple[str, ...]
    mission: str
    date: str
    spacewalk: Spacewalk | None


class WalkRecords(NamedTuple):
    """Records of walks that were over, and the world's record, as they stood.

    Attributes:
        longest: The longest with a published length; `None` before the first.
        longest_certain: False while a walk of unpublished length might have been longer.
        shortest: The shortest with a published length.
        most_walks: Who had walked most often at the station.
        most_walks_count: How often.
        world: The world's record; `None` only where the chronicle has none.
    """

    longest: Spacewalk | None
    longest_certain: bool
    shortest: Spacewalk | None
    most_walks: tuple[str, ...]
    most_walks_count: int
    world: WorldRecord | None


class WalkUnderWay(NamedTuple):
    """A walk going on, with exactly known start and end.

    Attributes:
        spacewalk: Which.
        elapsed_s: Seconds since the hatch was opened.
        station_record_s: Seconds by which it is past the station's record of before (negative: still to go).
        world_record_s: The same against the world's record of before.
    """

    spacewalk: Spacewalk
    elapsed_s: float
    station_record_s: float | None
    world_record_s: float | None


class StationFacts(NamedTuple):
    """Everything the chronicle says about one instant.

    "Aboard" is who is in the station: from the docking of the ship they came in to the undocking of the ship they
    leave in. Between launch and docking and between undocking and landing they are `in_transit`. After `crew_as_of`
    nobody knows from here: the last known crew is given, with `crew_certain` false; ports likewise.

    Attributes:
        unix_s: The instant, UTC seconds since 1970.
        spacewalk: The walk under way; `None` unless its start and end are both published exactly.
        previous_event: The last event not after the instant.
        next_event: The first event after it.
        in_orbit: Whether the station exists yet.
        aboard: Who is in the station, the crew that came first ahead, each crew in its own order.
        in_transit: Who is on the way up or home.
        crew_as_of: The last day for which the crew is known, `YYYY-MM-DD`.
        crew_certain: Whether the instant is within that.
        ports: What is docked, in the order of `PORT_NAMES`, the permanent modules included.
        free_ports: Ship ports with nothing at them.
        ports_as_of: The last day for which the ports are known.
        ports_certain: Whether the instant is within that.
        flying: Ships in orbit that are not docked.
        modules: The station's parts in orbit.
        configuration: The shape they make, in words.
        spacewalk_possible: A walk of this day whose hours were not published exactly: it may be going on.
        spacewalks_so_far: How many were over; one of unpublished hours counts from the end of its day.
        records: Records as they stood.
        spacewalks_as_of: The last day for which walks are known.
        spacewalks_certain: Whether the instant is within that.
    """

    unix_s: float
    spacewalk: WalkUnderWay | None
    previous_event: Event | None
    next_event: Event | None
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

    @property
    def ships(self) -> tuple[Docked, ...]:
        """What is docked for a time: ships, and modules that wait at the front for their place."""
        return tuple(docked for docked in self.ports if not docked.permanent)
