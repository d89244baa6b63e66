"""Pages about rows of the timeline that are no single ship: the station, crews, ports, handovers, spacewalks, plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle import PORT_NAMES
from sim.chronicle.knowledge import is_known
from sim.constants import DAY_S
from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, wrap
from tui.wording.facts import bullet, caption_line, date_text, heading, link, short_mission_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.chronicle.model import Fact, Lesson, Plan
    from tui.session.frame import Frame

TOPIC_NAMES = {
    "science": "Science",
    "samples": "Samples brought home",
    "upkeep": "Upkeep",
    "arms": "Robotic arms",
    "radio": "Amateur radio",
    "satellites": "Satellites released",
    "wings": "Solar wings",
    "firsts": "Firsts",
    "materials": "Experiments",
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


def lesson_link(lesson: Lesson, width: int) -> list[Line]:
    """A lesson to go to: its day, and how long it was and where."""
    when = lesson.start or lesson.day
    length = "" if lesson.duration.minutes is None else f"{lesson.duration.minutes} min"
    details = ", ".join(text for text in (lesson.place, length, lesson.audience) if text)
    text = f"lesson {lesson.number}, {date_text(when)}{f': {details}' if details else ''}"
    return link(text, f"screen.go({when.unix_s!r})", width)


def station_page(frame: Frame, width: int) -> Iterator[Line]:
    """The station as a whole, as known at the instant."""
    book, now_s = frame.chronicle, frame.unix_s
    station = book.station
    yield (Run("The station", "accent"), Run("  天宫", "value"))
    yield from caption_line("now", frame.status.facts.shape.text, width)
    yield from _place(frame, width)
    yield from caption_line("inclination", f"{station.inclination_deg:g}°", width)
    if is_known(station.t_shape, now_s):
        yield from caption_line("mass", f"about {station.mass_t:g} t", width)
        inside = f"{station.pressurised_m3:g} m³ pressurised, {station.habitable_m3:g} m³ to live in"
        yield from caption_line("room", inside, width)
        yield from caption_line("T shape", f"complete {date_text(station.t_shape)}", width)
    if is_known(station.declared_built, now_s):
        yield from caption_line("built", f"declared {date_text(station.declared_built)}", width)
    known = facts_known(frame, None)
    for topic, name in TOPIC_NAMES.items():
        facts = [fact for fact in known if fact.topic == topic]
        if facts:
            yield from heading(name)
        for fact in facts:
            text = fact.text if fact.title == name else f"{fact.title}: {fact.text}"
            yield from bullet(text, width)
    lessons = lessons_known(frame)
    if lessons:
        yield from heading("Lessons from orbit")
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
    side = "later" if provenance.age_days < 0.0 else "earlier"
    text = (
        f"not known well: the nearest orbit found is of {epoch}, {days:.0f} days {side}, and what burns lie between is "
        "not known"
    )
    yield from caption_line("place", text, width, "caution")
    first = frame.chronicle.station.first_launch
    if provenance.age_days < 0.0 and frame.unix_s < first.unix_s + 30 * DAY_S:
        yield from caption_line("known", f"the launch, {date_text(first)}, and the shape of the first orbits", width)


def crews_page(frame: Frame, width: int) -> Iterator[Line]:
    """Every crew that has come, with the instants to go to; later ones by their day alone."""
    now_s = frame.unix_s
    yield (Run("Crews in the station", "accent"),)
    seen: set[str] = set()
    for member in frame.chronicle.crew_members:
        if member.mission in seen or member.dock is None:
            continue
        seen.add(member.mission)
        later = member.dock.unix_s > now_s
        until = "" if member.undock is None or member.undock.unix_s > now_s else f" to {member.undock.date}"
        name = "" if later else short_mission_name(member.mission)
        text = f"{name:<6} {member.dock.date}{until}{'  later' if later else ''}"
        yield from link(text, f"screen.see({member.dock.unix_s!r}, 'crew')", width)


def port_page(frame: Frame, port: str, width: int) -> Iterator[Line]:
    """What has been at a port."""
    now_s = frame.unix_s
    stays = [stay for stay in frame.chronicle.stays if stay.port == port]
    yield (Run(PORT_NAMES[stays[0].port] if stays else port, "accent"),)
    for stay in stays:
        later = stay.begin.unix_s > now_s
        end = "" if stay.end is None or stay.end.unix_s > now_s else f" to {stay.end.date}"
        name = "" if later else short_mission_name(stay.vehicle)
        text = f"{name:<8} {stay.begin.date}{end}{'  later' if later else ''}"
        yield from link(text, f"screen.go({stay.begin.unix_s!r})", width)


def handovers_page(frame: Frame, width: int) -> Iterator[Line]:
    """Every handover."""
    yield (Run("Handovers between crews", "accent"),)
    yield from wrap("Days of Beijing time; their hours were not found.", width, "dim")
    for item in frame.chronicle.handovers:
        later = item.day.unix_s > frame.unix_s
        names = f"{short_mission_name(item.from_mission)} to {short_mission_name(item.to_mission)}"
        text = f"{item.day.text}  {'later' if later else names}"
        yield from link(text, f"screen.go({item.day.unix_s!r})", width)


def walks_page(frame: Frame, width: int) -> Iterator[Line]:
    """Every spacewalk so far, to open in its own view."""
    yield (Run("Spacewalks", "accent"), Run("  出舱", "value"))
    yield from wrap("Enter opens one in its own view; ~ about, >= at least, ? not known.", width, "dim")
    later = 0
    for walk in frame.chronicle.spacewalks:
        if walk.begins_unix_s > frame.unix_s:
            later += 1
            continue
        length = walk.duration.text if walk.over_unix_s <= frame.unix_s else "that day"
        text = f"{walk.number:>2}  {walk.day.date}  {length:>8}  {short_mission_name(walk.mission)}"
        yield from link(text, f"screen.see({walk.begins_unix_s!r}, 'spacewalks', 'Spacewalk {walk.number}')", width)
    if later:
        yield from wrap(f"{later} more came later", width, "dim")


def plan_page(plan: Plan, width: int) -> Iterator[Line]:
    """Something planned."""
    yield from wrap(f"{plan.what}: planned, not done as far as known", width, "caution")
    yield from caption_line("planned", plan.text, width)
    yield from caption_line("said on", date_text(plan.stated, unknown="no date of the statement"), width)
    if plan.due is not None:
        until = f" to {plan.due_until.text}" if plan.due_until is not None else ""
        yield from caption_line("planned for", f"{plan.due.text}{until}", width)
    if plan.mission is not None:
        yield from link(f"planned flight: {plan.mission}", f"screen.choose({plan.mission!r})", width)
