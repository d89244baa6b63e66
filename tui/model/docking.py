"""How far from its port a ship is drawn before it docks and after it has left.

Nobody publishes where a ship is on its last metres. What is published is the port, and so the line along which the
ship comes, and the instant. The distance along that line is schematic: a function of the instant alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.lists import joined
from sim.movements import WINDOW_S
from tui.wording.facts import PORT_WORDS

if TYPE_CHECKING:
    from sim.movements import Movement, Movements

FARTHEST_M = 80.0
"""Where a ship appears at the beginning of its last minutes, and is lost at the end of its first ones."""

MOST_ROOM_M = 40.0
"""A bound of the room the picture gives to a ship, see `room_m`."""

SCHEMATIC = N_("schematic: the flight is not recorded")


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
    span = (_("{minutes} min {seconds:02d} s") if minutes else _("{seconds} s")).format(
        minutes=minutes, seconds=seconds
    )
    if movement.event.approximate:
        span = _("about {span}").format(span=span)
    docks, left = _("{vehicle} docks at the {port} port in {span}"), _("{vehicle} left the {port} port {span} ago")
    text = docks if movement.docking else left
    return text.format(vehicle=_(movement.vehicle), port=_(PORT_WORDS[movement.port]), span=span)


def movements_text(moves: Movements) -> str:
    """Everything that comes, goes or turns, in a sentence each; empty where nothing does."""
    near = _("; ").join(map(movement_text, moves.near))
    turned = _("{vehicle} is being turned from the {port} port to its own, {share:.0%} done")
    turns = [
        turned.format(vehicle=_(turn.vehicle), port=_(PORT_WORDS[turn.from_port]), share=turn.share)
        for turn in moves.turns
    ]
    sentence = _("{text} ({remark}).")
    return joined(sentence.format(text=text, remark=_(SCHEMATIC)) for text in (near, *turns) if text)
