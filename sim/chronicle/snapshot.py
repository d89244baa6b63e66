"""What the chronicle says about one instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from sim.chronicle.dates import Duration, PartialDate
from sim.chronicle.model import PORT_NAMES, CrewMember, MissionKind, Module, PortKey, PortStay, Spacewalk
from sim.language import _
from sim.language.phrase import Phrase

if TYPE_CHECKING:
    from sim.chronicle.events import Event, EventList

ModulePlace: TypeAlias = Literal["core", "free flight", "docked for a time", "being moved", "in place"]


class Docked(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle at a port."""

    vehicle: str
    kind: MissionKind | Literal["module"]
    port: PortKey
    since: PartialDate
    permanent: bool
    stay: PortStay

    @property
    def port_name(self) -> str:
        """The port as it is written out, like `Tianhe nadir`."""
        return _(PORT_NAMES[self.port])


class Flying(msgspec.Struct, frozen=True, kw_only=True):
    """A ship in orbit on its own: on its way up, home, or between two ports."""

    vehicle: str
    kind: MissionKind
    since: PartialDate


class ModuleState(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the station in orbit: where it is and since when."""

    module: Module
    place: ModulePlace
    port: PortKey | None
    since: PartialDate


class WorldRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The world's longest spacewalk as it stood. While the walk that beats it goes on, the length is a lower bound."""

    duration: Duration
    holders: tuple[str, ...]
    mission: str
    date: str
    spacewalk: Spacewalk | None


class WalkRecords(msgspec.Struct, frozen=True, kw_only=True):
    """Records of walks that were over, and the world's record, as they stood.

    Attributes:
        longest: The longest with a published length; `None` before the first.
        longest_certain: False while a walk of unpublished length might have been longer.
        shortest: The shortest with a published length.
        shortest_certain: False where a walk of unpublished length may have been shorter.
        most_walks: Who had walked most often at the station.
        most_walks_count: How often.
        world: The world's record; `None` only where the chronicle has none.
    """

    longest: Spacewalk | None
    longest_certain: bool
    shortest: Spacewalk | None
    shortest_certain: bool
    most_walks: tuple[str, ...]
    most_walks_count: int
    world: WorldRecord | None


class WalkUnderWay(msgspec.Struct, frozen=True, kw_only=True):
    """A walk going on, with exactly known start and end.

    Attributes:
        spacewalk: Which.
        elapsed_s: Seconds since the hatch was opened.
        world_record_s: Seconds by which it is past the world's record of before (negative: still to go).
    """

    spacewalk: Spacewalk
    elapsed_s: float
    world_record_s: float | None


class ChronicleSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the chronicle at one instant.

    "Aboard" is who is in the station: from the docking of the ship they came in to the undocking of the ship they
    leave in. Between launch and docking and between undocking and landing they are `in_transit`. After `crew_as_of`
    nobody knows from here: the last known crew is given, with `crew_certain` false; ports likewise.

    Attributes:
        unix_s: The instant, UTC seconds since 1970.
        spacewalk: The walk under way; `None` unless its start and end are both published exactly.
        events: All of the chronicle, of this instant or not.
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
        shape: The shape they make, in words.
        spacewalk_possible: A walk of this day whose hours were not published exactly: it may be going on.
        spacewalks_so_far: How many were over; one of unpublished hours counts from the end of its day.
        records: Records as they stood.
        spacewalks_as_of: The last day for which walks are known.
        spacewalks_certain: Whether the instant is within that.
    """

    unix_s: float
    spacewalk: WalkUnderWay | None
    events: EventList
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
    shape: Phrase
    spacewalk_possible: Spacewalk | None
    spacewalks_so_far: int
    records: WalkRecords
    spacewalks_as_of: str
    spacewalks_certain: bool

    @property
    def previous_event(self) -> Event | None:
        """The last event not after the instant; no plan."""
        return self.events.happened(self.unix_s)

    @property
    def next_event(self) -> Event | None:
        """The first event after the instant, or a plan that may come before it."""
        return self.events.coming(self.unix_s)

    @property
    def ships(self) -> tuple[Docked, ...]:
        """What is docked for a time: ships, and modules that wait at the front for their place."""
        return tuple(docked for docked in self.ports if not docked.permanent)
