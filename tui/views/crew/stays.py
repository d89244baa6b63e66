"""Who was in space when: a row for everyone who has flown to the station, in the order of their first flight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import N_, _
from sim.language.names import leading_name, second_name, short_ship_name
from sim.time import to_datetime
from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import Line, Run
from tui.drawing.styled_text import width as cells
from tui.drawing.time_axis import Axis
from tui.widgets.links import highlighted
from tui.widgets.row_panel import RowPanel, first_visible_row
from tui.widgets.table import facts_key
from tui.wording.facts import table_as_of_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from sim.chronicle import CrewMember
    from tui.session.frame import Frame

SHORTEST_S = 60 * DAY_S
"""The span of time, which ends at the instant, is at least this long."""

_LATIN = 16
"""Room for a name in letters, where that in characters stands beside it."""

_WIDE_FROM = 90


class CrewStays(RowPanel):
    """Bars of flights from launch to landing; of those who are in space up to the instant."""

    station_only = True
    BORDER_TITLE = N_("who flew when")
    hint = N_("Enter detail")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._flights: dict[str, list[CrewMember]] = {}
        self._top = 0

    def title(self, frame: Frame) -> tuple[str, str]:
        """Since when somebody has been in the station without a break, and until when that is known."""
        edge = table_as_of_text(frame.chronicle, "crew", frame.unix_s)
        upper = _("who flew when")
        if (since_s := occupied_since_s(frame.chronicle.crew_members, frame.unix_s)) is not None:
            day = f"{to_datetime(since_s):%Y-%m-%d}"
            upper = _("who flew when; somebody aboard without a break since {day}").format(day=day)
        below = len(self._flights) - self._top - self.content_size.height + 1
        more = _("{count} more ↓").format(count=below) if below > 0 else ""
        return upper, self.lower_title(edge, more)

    def row_keys(self) -> list[str]:
        """The names, those who flew first above."""
        return list(self._flights)

    def cache_key(self, frame: Frame) -> Hashable:
        """The facts and how long they are known, the day, the cursor."""
        is_known = frame.unix_s < frame.chronicle.as_of["crew"].unix_s
        return facts_key(frame), is_known, frame.unix_s // DAY_S, self.cursor, self.active

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Years above, then the rows around the cursor."""
        flown = (member for member in frame.chronicle.crew_members if member.launch.unix_s <= frame.unix_s)
        self._flights = {}
        for member in sorted(flown, key=lambda member: member.launch.unix_s):
            self._flights.setdefault(member.name, []).append(member)
        label = max((cells(_name(flights[0], width)) for flights in self._flights.values()), default=0) + 1
        if not self._flights:
            return [(Run(_("nobody yet"), "dim"),)]
        first_s = next(iter(self._flights.values()))[0].launch.unix_s
        span_s = max(frame.unix_s - first_s, SHORTEST_S)
        axis = Axis(frame.unix_s - span_s, span_s, width - label)
        self._top = first_visible_row(self._top, len(self._flights), height - 1, self.cursor_row())
        sheet = CellGrid(width, height)
        for column, words in axis.ticks():
            sheet.put(label + column, 0, words, "dim")
        shown = list(self._flights.items())[self._top : self._top + height - 1]
        for row, (name, flights) in enumerate(shown, start=1):
            action = f"screen.choose({name!r})"
            sheet.put(0, row, _name(flights[0], width), "accent", action)
            for member in flights:
                _put_flight(sheet, frame, member, axis, label, row, action)
        lines = sheet.lines()
        here = self.cursor_row() - self._top + 1
        if self.active and 0 < here < len(lines):
            lines[here] = highlighted(lines[here], width)
        return lines


def _name(member: CrewMember, width: int) -> str:
    """The name; where the panel is wide also in characters, below each other."""
    first, second = leading_name(member.name, member.name_zh), second_name(member.name, member.name_zh)
    return f"{first:<{_LATIN}}{second}" if width >= _WIDE_FROM and first.isascii() else first


def _put_flight(
    sheet: CellGrid, frame: Frame, member: CrewMember, axis: Axis, label: int, row: int, action: str
) -> None:
    """A bar with the mission on it; dots after the day until which the crews are known."""
    edge_s = frame.chronicle.as_of["crew"].unix_s
    landed_s = None if member.landing is None else member.landing.unix_s
    over = landed_s is not None and landed_s <= frame.unix_s
    end_s = landed_s if over and landed_s is not None else frame.unix_s
    first, last = axis.column(member.launch.unix_s), min(axis.column(end_s), axis.columns - 1)
    known = last if over else min(axis.column(min(end_s, edge_s)), last)
    style = "bar" if over else "good"
    sheet.put(label + first, row, "█" * (known - first + 1), style, action)
    sheet.put(label + known + 1, row, "┄" * (last - known), "caution", action)
    name = short_ship_name(member.mission)
    words = f" {name}" if cells(name) < known - first else name
    if over and cells(words) <= known - first + 1:
        sheet.put(label + first, row, words, "bar-text", action)


def occupied_since_s(members: Sequence[CrewMember], unix_s: float) -> float | None:
    """Since when somebody has been in the station at each instant up to this one (Unix time, s); `None` if nobody is.

    Members count from docking to undocking; those whose undocking is not known are aboard.
    """
    since_s, until_s = None, float("-inf")
    stays = sorted(
        (member.dock.unix_s, float("inf") if member.undock is None else member.undock.unix_s)
        for member in members
        if member.dock is not None and member.dock.unix_s <= unix_s
    )
    for begin_s, end_s in stays:
        if begin_s > until_s:
            since_s = begin_s
        until_s = max(until_s, end_s)
    return since_s if until_s > unix_s else None
