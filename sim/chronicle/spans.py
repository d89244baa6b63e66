"""Bars for a timeline: what was in orbit, who was in space, what was at which port."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from sim.chronicle.dates import When
from sim.chronicle.model import PortKey
from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sim.chronicle.chronicle import Chronicle

BarKind: TypeAlias = Literal["module", "crewed", "uncrewed", "cargo", "crew", "stay", "planned"]


class Bar(NamedTuple):
    """A stretch of time with a name.

    Attributes:
        label: Whose.
        kind: `crew` is the people of a mission, from their launch to their landing; the ship's own bar is another.
        start: When it begins; `None` for what is planned without a date.
        end: When it ends; `None` while it lasts at the edge of knowledge.
        mission: The mission or module it belongs to.
        port: For a stay: where.
    """

    label: str
    kind: BarKind
    start: When | None
    end: When | None
    mission: str
    port: PortKey | None = None


def flight_bars(book: Chronicle) -> tuple[Bar, ...]:
    """Modules, then ships in order of launch, then what is planned."""
    modules = [
        Bar(module.name, "module" if module.launch else "planned", module.launch, None, module.name)
        for module in book.modules
    ]
    ships = [
        Bar(mission.name, mission.kind if mission.launch else "planned", mission.launch, mission.end, mission.name)
        for mission in book.missions
    ]
    return tuple(sorted((*modules, *ships), key=lambda bar: bar.kind == "planned"))


def crew_bars(book: Chronicle) -> tuple[Bar, ...]:
    """Crews in space, from the launch of one ship to the landing of what may be another."""
    return tuple(
        Bar(", ".join(seat.name for seat in mission.crew), "crew", mission.launch, mission.crew_landing, mission.name)
        for mission in book.missions
        if mission.crew and mission.launch
    )


def port_bars(book: Chronicle) -> tuple[Bar, ...]:
    """Stays at ports, in order of docking."""
    return tuple(Bar(stay.vehicle, "stay", stay.begin, stay.end, stay.vehicle, stay.port) for stay in book.stays)
