"""Pages about rows of the timeline that are no single ship: the station, crews, ports, handovers, spacewalks, plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle import PORT_NAMES
from sim.chronicle.knowledge import is_known
from sim.constants import DAY_S
from sim.language import N_, _
from sim.language.lists import clauses
from sim.language.names import reads_chinese, short_ship_name
from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, pad, wrap
from tui.wording import durations
from tui.wording.facts import bullet, caption_line, date_text, heading, link, walk_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.chronicle.model.background import Fact
    from sim.chronicle.model.occasions import Lesson, Plan
    from tui.session.frame import Frame

TOPIC_NAMES = {
    "science": N_("Science"),
    "samples": N_("Samples brought home"),
    "upkeep": N_("Upkeep"),
    "arms": N_("Robotic arms"),
    "radio": N_("Amateur radio"),
    "satellites": N_("Satellites released"),
    "wings": N_("Solar wings"),
    "firsts": N_("Firsts"),
    "materials": N_("Experiments"),
}
"""Headings of the station's page by the topic of a fact, in their order."""


def facts_known(frame: Frame, mission: str | None) -> list[Fact]:
    """Facts about a mission, or without one about the station, that are known at the instant."""
    return [
        fact
        for fact in frame.chronicle.facts
        if fact.mission == mission and is_known(fact.known_from, frame.unix_s)
    ]  # fmt: skip


def lessons_known(frame: Frame) -> list[Lesson]:
    """Lessons that had begun."""
    return [lesson for lesson in frame.chronicle.lessons if is_known(lesson.start or lesson.day, frame.unix_s)]


def fact_text(fact: Fact) -> str:
    """Title and text of a fact."""
    return _("{title}: {text}").format(title=_(fact.title), text=_(fact.text))


def handover_text(from_mission: str, to_mission: str) -> str:
    """`Shenzhou-18 to Shenzhou-19`."""
    return _("{ship} to {next}").format(ship=_(from_mission), next=_(to_mission))


def lesson_link(lesson: Lesson, width: int) -> list[Line]:
    """A lesson to go to: its day, and how long it was and where."""
    when = lesson.start or lesson.day
    minutes = lesson.duration.minutes
    length = "" if minutes is None else _("{minutes} min").format(minutes=minutes)
    details = clauses(_(text) for text in (lesson.place, length, lesson.audience) if text)
    text = _("lesson {number}, {day}: {details}") if details else _("lesson {number}, {day}")
    return link(
        text.format(number=lesson.number, day=date_text(when), details=details), f"screen.go({when.unix_s!r})", width
    )


def station_page(frame: Frame, width: int) -> Iterator[Line]:
    """The station as a whole, as known at the instant."""
    book, now_s = frame.chronicle, frame.unix_s
    station = book.station
    yield (Run(_("The station"), "accent"), Run("  天宫", "value"))
    yield from caption_line(_("now"), frame.status.facts.shape.text, width)
    yield from _place(frame, width)
    yield from caption_line(_("inclination"), f"{station.inclination_deg:g}°", width)
    if is_known(station.t_shape, now_s):
        yield from caption_line(_("mass"), _("about {mass:g} t").format(mass=station.mass_t), width)
        inside = _("{pressurised:g} m³ pressurised, {habitable:g} m³ to live in")
        room = inside.format(pressurised=station.pressurised_m3, habitable=station.habitable_m3)
        yield from caption_line(_("room"), room, width)
        complete = _("complete {day}").format(day=date_text(station.t_shape))
        yield from caption_line(_("T shape"), complete, width)
    if is_known(station.declared_built, now_s):
        declared = _("declared {day}").format(day=date_text(station.declared_built))
        yield from caption_line(_("built"), declared, width)
    known = facts_known(frame, None)
    for topic, name in TOPIC_NAMES.items():
        facts = [fact for fact in known if fact.topic == topic]
        if facts:
            yield from heading(_(name))
        for fact in facts:
            yield from bullet(_(fact.text) if fact.title == name else fact_text(fact), width)
    lessons = lessons_known(frame)
    if lessons:
        yield from heading(_("Lessons from orbit"))
        for lesson in lessons:
            yield from lesson_link(lesson, width)


def _place(frame: Frame, width: int) -> Iterator[Line]:
    """Where the place is not known well, why: how far the nearest orbit that was found is away."""
    status = frame.status
    if not status.stale:
        return
    provenance = status.provenance
    days = abs(provenance.age_days)
    epoch = f"{to_datetime(provenance.epoch_unix_s):%Y-%m-%d}"
    text = (
        _(
            "not known well: the nearest orbit found is of {epoch}, {days:.0f} days later, and what burns lie between "
            "is not known"
        )
        if provenance.age_days < 0.0
        else _(
            "not known well: the nearest orbit found is of {epoch}, {days:.0f} days earlier, and what burns lie "
            "between is not known"
        )
    )
    yield from caption_line(_("place"), text.format(epoch=epoch, days=days), width, "caution")
    first = frame.chronicle.station.first_launch
    if provenance.age_days < 0.0 and frame.unix_s < first.unix_s + 30 * DAY_S:
        known = _("the launch, {day}, and the shape of the first orbits").format(day=date_text(first))
        yield from caption_line(_("known"), known, width)


def crews_page(frame: Frame, width: int) -> Iterator[Line]:
    """Every crew that has come, with the instants to go to; later ones by their day alone."""
    now_s = frame.unix_s
    yield (Run(_("Crews in the station"), "accent"),)
    seen: set[str] = set()
    for member in frame.chronicle.crew_members:
        if member.mission in seen or member.dock is None:
            continue
        seen.add(member.mission)
        later = member.dock.unix_s > now_s
        name = "" if later else short_ship_name(member.mission)
        end = None if member.undock is None or member.undock.unix_s > now_s else member.undock.date
        text = f"{pad(name, 6)} {_span(member.dock.date, end, later=later)}"
        yield from link(text, f"screen.see({member.dock.unix_s!r}, 'crew')", width)


def _span(begin: str, end: str | None, *, later: bool) -> str:
    """Days of a stay; of a later one only its first."""
    if later:
        return _("{day}  later").format(day=begin)
    return begin if end is None else _("{begin} to {end}").format(begin=begin, end=end)


def port_page(frame: Frame, port: str, width: int) -> Iterator[Line]:
    """What has been at a port."""
    now_s = frame.unix_s
    stays = [stay for stay in frame.chronicle.stays if stay.port == port]
    yield (Run(_(PORT_NAMES[stays[0].port]) if stays else _(port), "accent"),)
    for stay in stays:
        later = stay.begin.unix_s > now_s
        name = "" if later else short_ship_name(stay.vehicle)
        end = None if stay.end is None or stay.end.unix_s > now_s else stay.end.date
        text = f"{pad(name, 8)} {_span(stay.begin.date, end, later=later)}"
        yield from link(text, f"screen.go({stay.begin.unix_s!r})", width)


def handovers_page(frame: Frame, width: int) -> Iterator[Line]:
    """Every handover."""
    yield (Run(_("Handovers between crews"), "accent"),)
    yield from wrap(_("Days of Beijing time; their hours were not found."), width, "dim")
    for item in frame.chronicle.handovers:
        later = item.day.unix_s > frame.unix_s
        names = handover_text(short_ship_name(item.from_mission), short_ship_name(item.to_mission))
        what = _("later") if later else names
        text = f"{item.day.text}  {what}"
        yield from link(text, f"screen.go({item.day.unix_s!r})", width)


def walks_page(frame: Frame, width: int) -> Iterator[Line]:
    """Every spacewalk so far, to open in its own view."""
    yield (Run(_("Spacewalks"), "accent"), Run("" if reads_chinese() else "  出舱", "value"))
    yield from wrap(_("Enter opens one in its own view; ~ about, >= at least, ? not known."), width, "dim")
    later = 0
    for walk in frame.chronicle.spacewalks:
        if walk.begins_unix_s > frame.unix_s:
            later += 1
            continue
        length = pad(durations.walk_length(walk, frame.unix_s), 8, right=True)
        yield from walk_link(walk, length, width, ship=True)
    if later:
        yield from wrap(_("{count} more came later").format(count=later), width, "dim")


def plan_page(plan: Plan, width: int) -> Iterator[Line]:
    """Something planned."""
    yield from wrap(_("{what}: planned, not done as far as known").format(what=_(plan.what)), width, "caution")
    yield from caption_line(_("planned"), _(plan.text), width)
    yield from caption_line(_("said on"), date_text(plan.stated, unknown=_("no date of the statement")), width)
    if plan.due is not None:
        until = None if plan.due_until is None else plan.due_until.text
        yield from caption_line(_("planned for"), _span(plan.due.text, until, later=False), width)
    if plan.mission is not None:
        yield from link(
            _("planned flight: {mission}").format(mission=_(plan.mission)), f"screen.choose({plan.mission!r})", width
        )
