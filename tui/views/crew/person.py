"""Details of one astronaut at the instant: totals, flights, spacewalks, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import mission_known_s
from sim.constants import DAY_S
from sim.language import N_, _, pgettext
from sim.language.names import leading_name, second_name, short_ship_name
from tui.drawing.styled_text import Line, Run, pad, wrap
from tui.views.crew.tables import clock_run, return_ship_text, walk_run, where_run
from tui.widgets.selectable import SubjectText
from tui.wording import durations
from tui.wording.facts import (
    NOT_FOUND,
    bullet,
    caption_line,
    go_link,
    heading,
    walk_link,
)
from tui.wording.proof import Explained, explain_link, note_lines

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sim.chronicle import CrewMember
    from sim.chronicle.statistics import AstronautTotals
    from tui.session.frame import Frame


class PersonDetail(SubjectText):
    """Details of the person under the cursor of the table that was used last."""

    station_only = True
    BORDER_TITLE = N_("person")

    def content_key(self, frame: Frame) -> Hashable:
        """The person and the second, since the clocks of those in space run."""
        return self.subject, int(frame.unix_s)

    def content(self, frame: Frame, width: int) -> list[Line]:
        """Totals, flights, spacewalks and sources, as known for the instant."""
        total = self._total(frame)
        if total is None:
            return wrap(_("no person selected, or not yet flown to the station at this instant"), width, "dim")
        person = total.person
        names = leading_name(person.name, person.name_zh), second_name(person.name, person.name_zh)
        lines: list[Line] = [(Run(names[0], "accent"), Run(f"  {names[1]}", "value"))]
        lines += _totals(frame, total, width)
        lines += heading(pgettext("heading", "flights"))
        for number, flight in enumerate(person.earlier_flights, start=1):
            text = _("{mission}, before the station, {days:.1f} days")
            words = text.format(mission=_(flight.mission), days=flight.duration_s / DAY_S)
            lines += bullet(words, width, mark=f"{number}  ")
        for member in frame.chronicle.crew_members:
            if member.name == person.name and member.launch.unix_s <= frame.unix_s:
                lines += _flight(frame, member, width)
        lines += _walks(frame, person.name, width)
        lines += note_lines(person.proof, _landed_s(frame, total), frame.unix_s, frame.chronicle.events, width)
        return [*lines, *explain_link(width)]

    def explained(self, frame: Frame) -> list[Explained]:
        """The person, then the flights they were on."""
        book = frame.chronicle
        total = self._total(frame)
        if total is None:
            return []
        person = total.person
        facts = [Explained(_(person.name), person.proof, _landed_s(frame, total), origin=person.origin)]
        for name in total.missions:
            mission = book.missions_by_name[name]
            facts.append(Explained(_(name), mission.proof, mission_known_s(mission), origin=mission.origin))
        return facts

    def _total(self, frame: Frame) -> AstronautTotals | None:
        totals = frame.chronicle.astronauts_at(frame.unix_s)
        return next((total for total in totals if total.person.name == self.subject), None)


def _landed_s(frame: Frame, total: AstronautTotals) -> float:
    """Texts about a person without a date: known since their first flight to the station."""
    return min(member.launch.unix_s for member in frame.chronicle.crew_members if member.name == total.person.name)


def _totals(frame: Frame, total: AstronautTotals, width: int) -> list[Line]:
    person = total.person
    born = _(NOT_FOUND) if person.birth is None else person.birth.text
    origin = _(person.nationality)
    if person.group is not None:
        origin = _("{country}, group {group}").format(country=origin, group=person.group)
    clock = clock_run(total.last.career_seconds(frame.unix_s), certain=total.certain)
    as_of = frame.chronicle.as_of["crew"].date
    uncertain = _("{clock} if still in space; last known, as of {day}")
    counted = clock.text if total.certain else uncertain.format(clock=clock.text, day=as_of)
    flights = _("{count}, {here} to the station").format(count=total.flights, here=total.flights_here)
    where = where_run(total)
    return [
        *caption_line(_("from"), origin, width),
        *caption_line(_("born"), born, width),
        *caption_line(_("where"), where.text, width, where.style),
        *caption_line(_("in space"), counted, width, clock.style),
        *caption_line(_("flights"), flights, width),
        *caption_line(_("spacewalks"), walk_run(total).text, width, walk_run(total).style),
    ]


def _flight(frame: Frame, member: CrewMember, width: int) -> list[Line]:
    number = "?" if member.flight_number is None else str(member.flight_number)
    role = _(member.role)
    if member.role_unverified:
        role = _("{role} (role not confirmed by a source)").format(role=role)
    ships = _("up {up}, down {down}").format(up=short_ship_name(member.ship_up), down=return_ship_text(frame, member))
    lines: list[Line] = [
        (),
        (Run(f"{number}  ", "dim"), Run(_(member.mission), "accent"), Run(f"  {role}", "dim")),
        *caption_line(_("ships"), ships, width),
        *caption_line(_("flight"), durations.mission_clock(member.mission_seconds(frame.unix_s)), width),
        *go_link(_("launch"), member.launch, width),
    ]
    for step, when in (
        (_("docked"), member.dock),
        (_("undocked"), member.undock),
        (_("landed"), member.landing),
    ):
        if when is not None and when.unix_s <= frame.unix_s:
            lines += go_link(step, when, width)
    return lines


def _walks(frame: Frame, name: str, width: int) -> list[Line]:
    walks = [w for w in frame.chronicle.spacewalks if name in w.outside and w.begins_unix_s <= frame.unix_s]
    if not walks:
        return []
    lines = heading(_("spacewalks"))
    for walk in walks:
        length = pad(durations.walk_length(walk, frame.unix_s), 6, right=True)
        lines += walk_link(walk, length, width, ship=True)
    return lines
