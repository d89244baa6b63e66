"""Which ship is docked at which port, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.names import short_ship_name
from sim.time import to_datetime
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, choose, fit, pad, spread
from tui.widgets.panel import PanelContent
from tui.wording.facts import PORT_WORDS, as_of_text

if TYPE_CHECKING:
    from tui.session.frame import Frame

_PORT_CELLS = 10


class Ports(PanelContent):
    """Ships at the forward, nadir and aft ports, laboratories at the side ports."""

    station_only = True
    BORDER_TITLE = N_("³ports")
    opens = "missions"

    def title(self, frame: Frame) -> tuple[str, str]:
        """Below, the date of the last information if the instant is later."""
        facts = frame.status.facts
        return _(self.BORDER_TITLE), as_of_text(facts.ports_as_of, certain=facts.ports_certain)

    def cache_key(self, frame: Frame) -> object:
        """Docked and free-flying vehicles: the same objects until one changes."""
        facts = frame.status.facts
        return Identity(facts.ports), Identity(facts.flying), facts.in_orbit, facts.ports_certain

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """A line for each port, or everything in one line where the height is 1."""
        facts = frame.status.facts
        if height == 1:
            return [_strip(frame, width)]
        if not facts.in_orbit:
            return [(Run(_("the station is not in orbit yet"), "dim"),)]
        at = {docked.port: docked for docked in facts.ports}
        lines: list[Line] = []
        for port, label in PORT_WORDS.items():
            name = Run(pad(_(label), _PORT_CELLS), "dim")
            docked = at.get(port)
            if docked is None:
                if port in facts.free_ports:
                    lines.append(spread((name, Run(_("free"), "dim")), (), width))
                continue
            since = _("since {day}").format(day=f"{to_datetime(docked.since.unix_s):%Y-%m-%d}")
            lines.append(
                spread(
                    (name, Run(_(docked.vehicle), "accent", _link(docked.vehicle))),
                    (Run(since, "dim"),),
                    width,
                )
            )
        flying = Run(pad(_("in flight"), _PORT_CELLS), "dim")
        lines.extend(
            spread((flying, Run(_(ship.vehicle), "caution", _link(ship.vehicle))), (), width) for ship in facts.flying
        )
        if height > len(lines):
            lines.append((Run(facts.shape.text, "dim"),))
        return lines


def _link(vehicle: str) -> str:
    """The action that opens a ship or a module."""
    return f"app.visit('missions', {vehicle!r})"


def _strip(frame: Frame, width: int) -> Line:
    facts = frame.status.facts
    head = (Run(_("³ports") + " ", "dim"),)
    if not facts.in_orbit:
        return fit((*head, Run(_("not in orbit yet"), "dim")), width)
    at: dict[str, str] = {docked.port: docked.vehicle for docked in facts.ports}
    runs: list[Run] = []
    short: list[Run] = []
    for port, label in (("forward", _("fwd")), ("nadir", _("nadir")), ("aft", _("aft"))):
        vehicle = at.get(port)
        link = _link(vehicle) if vehicle else ""
        runs += [
            Run(f" {label} ", "dim"),
            Run(f"{_(vehicle) if vehicle else '–'} ", "accent" if vehicle else "dim", link),
        ]
        if vehicle:
            short += [Run(f" {label} ", "dim"), Run(short_ship_name(vehicle), "accent", link)]
    as_of = _("as of {day}").format(day=facts.ports_as_of)
    tail = () if facts.ports_certain else (Run(as_of, "caution"),)
    return choose(
        width,
        spread((*head, *runs), tail, width) if tail else (*head, *runs),
        (*head, *short),
    )
