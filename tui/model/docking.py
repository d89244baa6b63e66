"""How far from its port a ship is drawn before it docks and after it has left.

Nobody publishes where a ship is on its last metres. What is published is the port, and so the line along which the
ship comes, and the instant. The distance along that line is schematic: a function of the instant alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.movements import WINDOW_S

if TYPE_CHECKING:
    from sim.movements import Movement, Movements

FARTHEST_M = 80.0
"""Where a ship appears at the beginning of its last minutes, and is lost at the end of its first ones."""

MOST_ROOM_M = 40.0
"""A bound of the room the picture gives to a ship, see `room_m`."""

SCHEMATIC = "schematic: the flight is not recorded"


def apart_m(movement: Movement) -> float:
    """Between the port and the ship, metres: it slows down evenly and stands still when it docks."""
    return FARTHEST_M * (movement.away_s / WINDOW_S) ** 2


def room_m(movement: Movement) -> float:
    """How far out from the port the picture reaches, so that it opens and closes without a jump.

    Nothing at the beginning, when the ship is still outside of it; all of the way once the ship has come near.
    """
    return min(apart_m(movement), MOST_ROOM_M * (1.0 - movement.away_s / WINDOW_S))


def movement_text(movement: Movement) -> str:
    """What a ship near its port is about to do or has done, in one clause."""
    minutes, seconds = divmod(round(movement.away_s), 60)
    span = f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"
    about = "about " if movement.event.approximate else ""
    port = movement.port_name.partition(" ")[2]
    if movement.docking:
        return f"{movement.vehicle} docks at the {port} port in {about}{span}"
    return f"{movement.vehicle} left the {port} port {about}{span} ago"


def movements_text(moves: Movements) -> str:
    """Everything that comes, goes or turns, in a sentence each; empty where nothing does."""
    near = "; ".join(map(movement_text, moves.near))
    turns = [
        f"{turn.vehicle} is being turned from the {turn.from_port} port to its own, {turn.share:.0%} done"
        for turn in moves.turns
    ]
    return " ".join(f"{text} ({SCHEMATIC})." for text in (near, *turns) if text)
