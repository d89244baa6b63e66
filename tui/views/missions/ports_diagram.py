"""The station at the instant, seen from above: Tianhe, the laboratories at its sides, the ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.lists import comma_list
from sim.language.names import leading_name, second_name, short_ship_name
from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import Line, Run, pad, wrap
from tui.drawing.styled_text import width as cells
from tui.widgets.selectable import SelectablePanel
from tui.widgets.table import facts_key
from tui.wording.facts import as_of_text, chinese_names

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sim.chronicle import ChronicleSnapshot, Docked, ModuleState
    from tui.session.frame import Frame

_LEAST_BOX = 13
"""Room for `Shenzhou-23` inside a frame."""

_WIDEST_BOX = 24
_BRIDGE = 2
"""Cells between two boxes."""


class PortsDiagram(SelectablePanel):
    """Boxes for modules and ships, labels for free ports; only what is there at the instant."""

    station_only = True
    BORDER_TITLE = N_("ports")

    def title(self, frame: Frame) -> tuple[str, str]:
        """The configuration, and until when it is known."""
        facts = frame.status.facts
        return _("ports: {shape}").format(shape=facts.shape.text), as_of_text(
            facts.ports_as_of, certain=facts.ports_certain
        )

    def cache_key(self, frame: Frame) -> Hashable:
        """The facts, and whether they are certain."""
        return facts_key(frame), frame.status.facts.ports_certain

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The diagram, or a line for each port where there is no room."""
        facts = frame.status.facts
        if not facts.in_orbit:
            return [(Run(_("the station is not in orbit yet"), "dim"),)]
        box = min((width - 2 * _BRIDGE) // 3, _WIDEST_BOX)
        alone = _free_flying(facts, width)
        for inner in (3, 2, 1):
            rows = 3 * (inner + 2) + 2
            if box >= _LEAST_BOX and rows + len(alone) <= height:
                lines = _Diagram(frame, box, inner, width).lines()
                spare = height - len(lines) - len(alone)
                legend: list[Line] = [(Run(_("seen from above, flying to the right"), "dim"),)] if spare > 1 else []
                return [*lines, *alone, *legend]
        return _listed(facts, width, alone)


class _Diagram:
    """One drawing: positions of the boxes and their texts.

    Args:
        frame: What to show.
        box: Width of a box in cells.
        inner: Rows inside a box.
        width: Width of the panel; the drawing is centred.
    """

    def __init__(self, frame: Frame, box: int, inner: int, width: int) -> None:
        self.facts = frame.status.facts
        self.names_zh = chinese_names(frame.chronicle)
        self.box, self.inner = box, inner
        self.tall = inner + 2
        total = 3 * box + 2 * _BRIDGE
        self.left = (width - total) // 2
        self.core_x = self.left + box + _BRIDGE
        self.right_x = self.core_x + box + _BRIDGE
        self.core_y = self.tall + 1
        self.sheet = CellGrid(width, 3 * self.tall + 2)

    def lines(self) -> list[Line]:
        facts = self.facts
        at = {docked.port: docked for docked in facts.ports}
        node_x = self.core_x + self.box - 4
        middle = self.core_y + self.tall // 2
        core = facts.modules[0]
        self._module(core, self.core_x, self.core_y)
        for state in facts.modules[1:]:
            # From above and flying to the right, port is up and starboard is down.
            if state.place == "in place":
                up = state.port == "port side"
                y = 0 if up else 2 * self.tall + 2
                self._module(state, self.core_x, y)
                self.sheet.put(node_x, self.tall if up else 2 * self.tall + 1, "║", "accent")
        self._berth("aft", at.get("aft"), self.left, self.core_y)
        self.sheet.put(self.core_x - _BRIDGE, middle, "═" * _BRIDGE, self._bridge_style(at.get("aft")))
        self._berth("forward", at.get("forward"), self.right_x, self.core_y)
        self.sheet.put(self.core_x + self.box, middle, "═" * _BRIDGE, self._bridge_style(at.get("forward")))
        self._berth("nadir", at.get("nadir"), self.right_x, 2 * self.tall + 2)
        self.sheet.put(self.right_x - 1, 2 * self.tall + 1, "╲", self._bridge_style(at.get("nadir")))
        return self.sheet.lines()

    @staticmethod
    def _bridge_style(docked: Docked | None) -> str:
        return "accent" if docked is not None else "night"

    def _module(self, state: ModuleState, x: int, y: int) -> None:
        place = {"core": N_("core"), "starboard": N_("starboard"), "port side": N_("port side")}[state.port or "core"]
        self._box(x, y, _(place), state.module.name, state.since.date, "bar")

    def _berth(self, port: str, docked: Docked | None, x: int, y: int) -> None:
        if docked is None:
            self.sheet.put(x, y + self.tall // 2, f"○ {_(port)}", "dim")
            if self.inner > 1:
                self.sheet.put(x + 2, y + self.tall // 2 + 1, _("free"), "dim")
            return
        style = {"cargo": "bar-alt", "module": "bar"}.get(docked.kind, "good")
        self._box(x, y, _(port), docked.vehicle, docked.since.date, style)

    def _box(self, x: int, y: int, title: str, name: str, day: str, style: str) -> None:
        self.sheet.frame(x, y, self.box, self.tall, title, style)
        room = self.box - 2
        chinese = self.names_zh.get(name, "")
        first, second = leading_name(name, chinese), second_name(name, chinese)
        since = _("since {day}").format(day=day)
        date = since if cells(since) <= room else day
        texts = [(first, "value"), (date, "dim")] if self.inner < 3 else [(first, "value"), (second, ""), (date, "dim")]
        for row, (text, kind) in enumerate(texts[: self.inner]):
            if cells(text) > room:
                text = short_ship_name(text)  # noqa: PLW2901 - the same vehicle
            indent = (room - cells(text)) // 2
            label, action = pad(text, min(cells(text), room)), f"screen.choose({name!r})"
            self.sheet.put(x + 1 + max(indent, 0), y + 1 + row, label, kind, action)


def _free_flying(facts: ChronicleSnapshot, width: int) -> list[Line]:
    """Ships and modules in free flight at the instant."""
    since, place = _("{ship} since {day}"), _("{module} ({place})")
    names = [since.format(ship=_(ship.vehicle), day=ship.since.date) for ship in facts.flying]
    names += [
        place.format(module=_(state.module.name), place=_(state.place))
        for state in facts.modules
        if state.place in {"free flight", "being moved"}
    ]
    return wrap(_("in free flight: {names}").format(names=comma_list(names)), width, "caution") if names else []


def _listed(facts: ChronicleSnapshot, width: int, alone: list[Line]) -> list[Line]:
    """A line for each port, for small panels."""
    at = {docked.port: docked for docked in facts.ports}
    lines: list[Line] = []
    for port in ("forward", "nadir", "aft", "starboard", "port side"):
        docked = at.get(port)
        if docked is not None:
            action = f"screen.choose({docked.vehicle!r})"
            since = "  " + _("since {day}").format(day=docked.since.date)
            whole = _(docked.vehicle)
            name = whole if 10 + cells(whole + since) <= width else short_ship_name(docked.vehicle)
            lines.append((Run(pad(_(port), 10), "dim"), Run(name, "accent", action), Run(since, "dim")))
        elif port in facts.free_ports:
            lines.append((Run(pad(_(port), 10), "dim"), Run(_("free"), "dim")))
    return [*lines, *alone]
