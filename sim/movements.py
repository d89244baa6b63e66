"""Vehicles on their last minutes to a port, on their first ones away from it, and laboratories that are turned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from sim.chronicle.model import MissionKind, PortKey
from sim.constants import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.chronicle.dates import PartialDate
    from sim.chronicle.model import PortStay
    from sim.chronicle.tables import ChronicleTables

WINDOW_S = 1200.0
"""So long before it docks, and after it has left, a vehicle is counted as near its port."""

LONGEST_TURN_S = 6 * HOUR_S
"""A laboratory that leaves one port and comes to its own within this has been turned there, not flown."""


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle near a port.

    Attributes:
        vehicle: Its name.
        kind: What it is.
        port: Where it docks, or has left.
        event: When it docks or undocked.
        docking: Whether it comes; else it goes.
        away_s: Seconds to the docking, or since the undocking; 0 to `WINDOW_S`.
    """

    vehicle: str
    kind: MissionKind | Literal["module"]
    port: PortKey
    event: PartialDate
    docking: bool
    away_s: float


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A laboratory on its way from the port where it arrived to its own.

    Attributes:
        vehicle: Its name.
        from_port: Where it was docked.
        share: How much of the time between the two has passed, 0 to 1.
    """

    vehicle: str
    from_port: PortKey
    share: float


class Movements(msgspec.Struct, frozen=True, kw_only=True):
    """What moves at an instant."""

    near: tuple[Movement, ...] = ()
    turns: tuple[Turn, ...] = ()


NOTHING_MOVES = Movements()


def movements_at(tables: ChronicleTables, unix_s: float) -> Movements:
    """What comes, goes and turns at an instant (UTC seconds since 1970).

    Of a vehicle that has left a port and comes to one soon after, the nearer of the two events counts.
    """
    turns = tuple(_turns(tables.stays, unix_s))
    turned = {turn.vehicle for turn in turns}
    nearest: dict[str, Movement] = {}
    for movement in _near(tables, unix_s):
        other = nearest.get(movement.vehicle)
        if movement.vehicle not in turned and (other is None or movement.away_s < other.away_s):
            nearest[movement.vehicle] = movement
    return Movements(near=tuple(nearest.values()), turns=turns) if nearest or turns else NOTHING_MOVES


def _near(tables: ChronicleTables, unix_s: float) -> Iterator[Movement]:
    """Every docking ahead and undocking behind that is near enough."""
    for stay in tables.stays:
        for event, docking in ((stay.begin, True), (stay.end, False)):
            if event is None:
                continue
            away_s = event.unix_s - unix_s if docking else unix_s - event.unix_s
            # At its event a vehicle is docked if it came, and gone if it left.
            if (away_s > 0.0 or (away_s == 0.0 and not docking)) and away_s <= WINDOW_S:
                mission = tables.missions_by_name.get(stay.vehicle)
                yield Movement(
                    vehicle=stay.vehicle,
                    kind="module" if mission is None else mission.kind,
                    port=stay.port,
                    event=event,
                    docking=docking,
                    away_s=away_s,
                )


def _turns(stays: tuple[PortStay, ...], unix_s: float) -> Iterator[Turn]:
    """Laboratories between the port where they arrived and the one where they stay."""
    for there in stays:
        if not there.permanent or there.begin.unix_s <= unix_s:
            continue
        for here in stays:
            end = here.end
            if here.vehicle != there.vehicle or end is None or end.unix_s > unix_s:
                continue
            lasts_s = there.begin.unix_s - end.unix_s
            if 0.0 < lasts_s <= LONGEST_TURN_S:
                share = (unix_s - end.unix_s) / lasts_s
                yield Turn(vehicle=there.vehicle, from_port=here.port, share=share)
