"""Who is aboard at the instant, with running mission clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.names import name_pair, short_ship_name
from tui.drawing.styled_text import Line, Run, choose, fit, line_width, spread
from tui.widgets.panel import PanelContent
from tui.wording import durations
from tui.wording.facts import as_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.chronicle import CrewMember
    from tui.session.frame import Frame


class Crew(PanelContent):
    """Names in Latin and Chinese, role, ship, mission clock."""

    station_only = True
    BORDER_TITLE = N_("²crew")
    opens = "crew"

    def title(self, frame: Frame) -> tuple[str, str]:
        """The number aboard; below, the date of the last information if the instant is later."""
        facts = frame.status.facts
        upper = _("²crew {count}").format(count=len(facts.aboard))
        return upper, as_of_text(facts.crew_as_of, certain=facts.crew_certain)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """One or two lines a person, or all of them in one line."""
        facts = frame.status.facts
        people = [*facts.aboard, *facts.in_transit]
        if height == 1:
            return [_strip(frame, width)]
        if not people:
            return [(Run(_("nobody aboard") if facts.in_orbit else _("the station is not in orbit yet"), "dim"),)]
        if len(people) > height:  # two crews
            return _pairs(people, width)
        roomy = height >= 2 * len(people)
        lines: list[Line] = []
        for member in people:
            lines.extend(_entry(frame, member, width, roomy=roomy))
        return lines


def _pairs(people: Sequence[CrewMember], width: int) -> list[Line]:
    """Two people a line, with the ships they came by: the first half of them on the left."""
    rows, half = -(-len(people) // 2), (width - 2) // 2
    cells = []
    for member in people:
        name = Run(name_pair(member.name, member.name_zh)[0], "accent", _link(member))
        ship = Run(short_ship_name(member.mission), "dim")
        fits = line_width((name, ship)) < half
        cells.append(spread((name,), (ship,), half) if fits else fit((name,), half))
    return [(*left, Run("  "), *right) for left, right in zip(cells[:rows], [*cells[rows:], ()][:rows], strict=True)]


def _entry(frame: Frame, member: CrewMember, width: int, *, roomy: bool) -> list[Line]:
    clock = durations.mission_clock(member.mission_seconds(frame.unix_s))
    leg = {"going up": _("going up"), "coming home": _("coming home")}.get(member.leg(frame.unix_s) or "")
    flying = f" {leg}" if leg else ""
    link = _link(member)
    first, second = name_pair(member.name, member.name_zh)
    names = (Run(first, "accent", link), Run(f" {second}", "", link))
    ship = short_ship_name(member.mission)
    if not roomy:
        leg_run, clock_run = Run(flying, "caution"), Run(clock, "value")
        for head, tail in (
            ((*names, leg_run), (Run(f"{ship} ", "dim"), clock_run)),
            (names, (Run(f"{ship} ", "dim"), clock_run)),
            (names, (clock_run,)),
        ):
            if line_width(head) + line_width(tail) < width:
                return [spread(head, tail, width)]
        return [spread(names[:1], (clock_run,), width)]
    return [
        spread((*names, Run(flying, "caution")), (Run(clock, "value"),), width),
        spread((Run(f"  {_(member.role)}", "dim"),), (Run(_(member.mission), "dim"),), width),
    ]


def _strip(frame: Frame, width: int) -> Line:
    facts = frame.status.facts
    people = facts.aboard or facts.in_transit
    head = (Run(_("²crew") + " ", "dim"), Run(f"{len(facts.aboard)}  ", "value"))
    if not people:
        return fit((*head, Run(_("nobody aboard") if facts.in_orbit else _("not in orbit yet"), "dim")), width)
    day = _("day {number}").format(number=int(people[-1].mission_days(frame.unix_s)) + 1)
    as_of = _("as of {day}").format(day=facts.crew_as_of)
    tail = (Run(day),) if facts.crew_certain else (Run(as_of, "caution"),)
    both, first, short = (_named(people, words) for words in (_both, _first, _short))
    room = width - line_width(head) - line_width(tail) - 2
    names = next((line for line in (both, first, short) if line_width(line) <= room), fit(short, max(room, 0)))
    return choose(width, spread((*head, *names), tail, width), (*head, *short), head)


def _link(member: CrewMember) -> str:
    """The action that opens a person."""
    return f"app.visit('crew', {member.name!r})"


def _both(member: CrewMember) -> str:
    return " ".join(name_pair(member.name, member.name_zh))


def _first(member: CrewMember) -> str:
    return name_pair(member.name, member.name_zh)[0]


def _short(member: CrewMember) -> str:
    """The family name; a Chinese name is short enough."""
    return _first(member).split()[0]


def _named(people: Sequence[CrewMember], words: Callable[[CrewMember], str]) -> Line:
    """Everybody in a few words, each a link."""
    runs: list[Run] = []
    for member in people:
        runs += [Run(" · ", "dim")] if runs else []
        runs.append(Run(words(member), "accent", _link(member)))
    return tuple(runs)
