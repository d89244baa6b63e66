"""What the picture of the station shows, in a few sentences of plain text."""

from __future__ import annotations

from math import asin, atan2, degrees
from typing import TYPE_CHECKING

from sim.language import N_, _, pgettext
from sim.language.lists import joined
from sim.movements import NOTHING_MOVES
from tui.model.docking import movements_text

if TYPE_CHECKING:
    from sim.chronicle.model import PortKey
    from sim.chronicle.snapshot import ChronicleSnapshot
    from sim.movements import Movements
    from tui.model.lighting import Illumination

ASSUMED = N_(
    "Attitude assumed: local vertical, local horizontal, forward port ahead. Lengths and diameters as published; "
    "inner division and mounting of the wings from drawings, to about a metre."
)
"""What no source gives and the picture needs."""

_WHERE: dict[PortKey, str] = {
    "forward": N_("{vehicle} ahead, at the forward port"),
    "nadir": N_("{vehicle} below, at the nadir port"),
    "aft": N_("{vehicle} behind, at the aft port"),
    "starboard": N_("{vehicle} to starboard"),
    "port side": N_("{vehicle} to port"),
}


def _sides() -> tuple[str, ...]:
    """Eight directions, from ahead on clockwise as seen from above."""
    return (
        pgettext("direction", "ahead"),
        pgettext("direction", "ahead to starboard"),
        pgettext("direction", "to starboard"),
        pgettext("direction", "behind to starboard"),
        pgettext("direction", "behind"),
        pgettext("direction", "behind to port"),
        pgettext("direction", "to port"),
        pgettext("direction", "ahead to port"),
    )


def assembly_text(facts: ChronicleSnapshot) -> str:
    """What is joined to what, in one sentence."""
    if not facts.in_orbit:
        return _("The station is not in orbit yet.")
    parts = [_(_WHERE[docked.port]).format(vehicle=_(docked.vehicle)) for docked in facts.ports]
    being_moved = [state.module.name for state in facts.modules if state.place == "being moved"]
    moved = [_("{vehicle}, being moved").format(vehicle=_(name)) for name in being_moved]
    joined = _("; ").join([*parts, *moved])
    return _("Tianhe with {parts}.").format(parts=joined) if joined else _("Tianhe alone.")


def sunlight_text(light: Illumination) -> str:
    """Where the Sun stands as seen from the station, in one sentence."""
    if light.sunlight <= 0.0:
        return _("In the Earth's shadow.")
    forward, starboard, down = light.sun
    height_deg = degrees(asin(max(-1.0, min(1.0, -down))))
    side = _sides()[round(degrees(atan2(starboard, forward)) / 45.0) % 8]
    state = _("In sunlight") if light.sunlight >= 1.0 else _("In the penumbra")
    above = _("{state}: the Sun {side}, {height:.0f}° above the horizontal plane.")
    below = _("{state}: the Sun {side}, {height:.0f}° below the horizontal plane.")
    return (above if height_deg >= 0.0 else below).format(state=state, side=side, height=abs(height_deg))


def light_text(light: Illumination | None) -> str:
    """The light of a picture in one sentence; one that is not known is said to be chosen."""
    return (
        _("Its light is not known at this instant: drawn as if lit evenly.") if light is None else sunlight_text(light)
    )


def model_text(facts: ChronicleSnapshot, light: Illumination | None, moves: Movements = NOTHING_MOVES) -> str:
    """What the picture shows, with what comes, goes and turns; without light the station's place is not known."""
    sentences = list(filter(None, (assembly_text(facts), movements_text(moves))))
    if facts.in_orbit:
        sentences += [sunlight_text(light) if light is not None else _("Its light is not known."), _(ASSUMED)]
    return joined(sentences)
