"""What the picture of the station shows, in a few sentences of plain text."""

from __future__ import annotations

from math import asin, atan2, degrees
from typing import TYPE_CHECKING

from sim.movements import NOTHING_MOVES
from tui.model.docking import movements_text

if TYPE_CHECKING:
    from sim.chronicle.model import PortKey
    from sim.chronicle.snapshot import ChronicleSnapshot
    from sim.movements import Movements
    from tui.model.lighting import Illumination

ASSUMED = (
    "Attitude assumed: local vertical, local horizontal, forward port ahead. Lengths and diameters as published; "
    "inner division and mounting of the wings from drawings, to about a metre."
)
"""What no source gives and the picture needs."""

_WHERE: dict[PortKey, str] = {
    "forward": "ahead, at the forward port",
    "nadir": "below, at the nadir port",
    "aft": "behind, at the aft port",
    "starboard": "to starboard",
    "port side": "to port",
}
_SIDES = ("ahead", "ahead to starboard", "to starboard", "behind to starboard", "behind", "behind to port", "to port",
          "ahead to port")  # fmt: skip


def assembly_text(facts: ChronicleSnapshot) -> str:
    """What is joined to what, in one sentence."""
    if not facts.in_orbit:
        return "The station is not in orbit yet."
    parts = [f"{docked.vehicle} {_WHERE[docked.port]}" for docked in facts.ports]
    moved = [f"{state.module.name}, being moved" for state in facts.modules if state.place == "being moved"]
    joined = [*parts, *moved]
    return f"Tianhe with {'; '.join(joined)}." if joined else "Tianhe alone."


def sunlight_text(light: Illumination) -> str:
    """Where the Sun stands as seen from the station, in one sentence."""
    if light.sunlight <= 0.0:
        return "In the Earth's shadow."
    forward, starboard, down = light.sun
    height_deg = degrees(asin(max(-1.0, min(1.0, -down))))
    side = _SIDES[round(degrees(atan2(starboard, forward)) / 45.0) % 8]
    state = "In sunlight" if light.sunlight >= 1.0 else "In the penumbra"
    level = "above" if height_deg >= 0.0 else "below"
    return f"{state}: the Sun {side}, {abs(height_deg):.0f}° {level} the horizontal plane."


def model_text(facts: ChronicleSnapshot, light: Illumination | None, moves: Movements = NOTHING_MOVES) -> str:
    """What the picture shows.

    Args:
        facts: The station at the instant.
        light: The light on it; None where its place is not known.
        moves: What comes, goes and turns.
    """
    sentences = list(filter(None, (assembly_text(facts), movements_text(moves))))
    if facts.in_orbit:
        sentences += [sunlight_text(light) if light is not None else "Its light is not known.", ASSUMED]
    return " ".join(sentences)
