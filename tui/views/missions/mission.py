"""Details of the row under the cursor of the timeline, with links to its instants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle import PORT_NAMES
from tui.drawing.styled_text import Line, Run, wrap
from tui.views.missions.timeline_rows import ABOARD, HANDOVERS, PLAN, PORT, WALKS
from tui.widgets.selectable import ScrollingText
from tui.widgets.table import facts_key
from tui.wording import durations
from tui.wording.facts import (
    bullet,
    caption_line,
    date_text,
    go_link,
    heading,
    link,
    proof_lines,
    short_mission_name,
    source_lines,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle import Chronicle, Mission
    from sim.chronicle.model import Module, Plan
    from tui.session.frame import Frame

_KINDS = {"crewed": "crewed ship", "uncrewed": "ship launched without a crew", "cargo": "cargo ship"}


class MissionDetail(ScrollingText):
    """Details of a ship, a module, a port, the handovers, the spacewalks, the crews or a plan."""

    BORDER_TITLE = "detail"
    caption = "detail"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.subject = WALKS

    def set_subject(self, key: str) -> None:
        """Show another row of the timeline, by its key, from the first line on."""
        if key != self.subject:
            self.subject = key
            self.scroll_to_top()
            self.redraw()

    def content_key(self, frame: Frame) -> Hashable:
        """The subject, the facts, and the day; the second for a ship in flight, whose clock runs."""
        mission = frame.chronicle.missions_by_name.get(self.subject)
        ticks = mission is not None and mission.end is None
        return self.subject, facts_key(frame), int(frame.unix_s // (1 if ticks else 86400))

    def content(self, frame: Frame, width: int) -> list[Line]:
        """The lines for the kind of subject."""
        book = frame.chronicle
        if self.subject == HANDOVERS:
            return list(_handovers(book, width))
        if self.subject == ABOARD:
            return list(_crews(frame, width))
        if self.subject.startswith(PORT):
            return list(_port(frame, self.subject.removeprefix(PORT), width))
        if self.subject == WALKS:
            return list(_walks(book, width))
        if self.subject.startswith(PLAN):
            what = self.subject.removeprefix(PLAN)
            return [line for plan in book.plans_at(frame.unix_s) if plan.what == what for line in _plan(plan, width)]
        mission = book.missions_by_name.get(self.subject)
        if mission is not None:
            return list(_mission(frame, mission, width))
        module = next((module for module in book.modules if module.name == self.subject), None)
        return list(_module(book, module, width)) if module is not None else []


def _mission(frame: Frame, mission: Mission, width: int) -> Iterator[Line]:
    book, now_s = frame.chronicle, frame.unix_s
    yield (Run(mission.name, "accent"), Run(f"  {mission.name_zh}", "value"))
    yield from caption_line("what", _KINDS[mission.kind], width)
    state, style = _state(frame, mission)
    yield from caption_line("state", state, width, style)
    yield from go_link("launch", mission.launch, width)
    for stay in (stay for stay in book.stays if stay.vehicle == mission.name):
        yield from bullet(PORT_NAMES[stay.port], width, "dim", mark="  ")
        yield from go_link("docked", stay.begin, width)
        if stay.end is not None:
            yield from go_link("undocked", stay.end, width)
    if mission.end is not None:
        yield from go_link("re-entry" if mission.kind == "cargo" else "landed", mission.end, width)
    if mission.launch is not None and mission.launch.unix_s <= now_s:
        end_s = now_s if mission.end is None else min(now_s, mission.end.unix_s)
        yield from caption_line("flight", durations.mission_clock(end_s - mission.launch.unix_s), width)
    yield from _crew(book, mission, width)
    for caption, fact in (
        ("rocket", " ".join(part for part in (mission.rocket, mission.rocket_serial) if part)),
        ("from", mission.launch_site),
        ("to", mission.landing_site),
        ("cargo", mission.cargo_note or (f"{mission.cargo_kg:.0f} kg" if mission.cargo_kg else None)),
        ("planned", mission.planned_when if mission.launch is None else None),
        ("crew plan", mission.planned_crew if mission.launch is None else None),
        ("catalogue", " ".join(str(part) for part in (mission.norad_id, mission.cospar_id) if part)),
    ):
        if fact:
            yield from caption_line(caption, fact, width)
    walks = [walk for walk in book.spacewalks if walk.mission == mission.name]
    if walks:
        yield from heading("spacewalks")
        for walk in walks:
            text = f"{walk.number:>2}  {walk.day.date}  {walk.duration.text:>6}"
            yield from link(text, f"screen.see({walk.begins_unix_s!r}, 'spacewalks', 'Spacewalk {walk.number}')", width)
    yield from proof_lines(mission.proof, width, origin=mission.origin)


def _state(frame: Frame, mission: Mission) -> tuple[str, str]:
    """The state of the ship at the instant, and a style."""
    now_s = frame.unix_s
    if mission.launch is None:
        return "planned", "caution"
    if now_s < mission.launch.unix_s:
        return "after the instant shown", "dim"
    if mission.end is not None and now_s >= mission.end.unix_s:
        return "landed" if mission.kind != "cargo" else "re-entered", ""
    as_of = frame.chronicle.as_of["cargo" if mission.kind == "cargo" else "crew"]
    docked = next((docked for docked in frame.status.facts.ports if docked.vehicle == mission.name), None)
    state = f"docked at {docked.port_name}" if docked is not None else "in free flight"
    if mission.end is None and now_s >= as_of.unix_s:
        return f"{state}: last known, as of {as_of.date}", "caution"
    return state, "good"


def _crew(book: Chronicle, mission: Mission, width: int) -> Iterator[Line]:
    if not mission.crew:
        return
    yield from heading("crew")
    for seat in mission.crew:
        person = book.people_by_name[seat.name]
        flight = f", flight {seat.flight_number}" if seat.flight_number is not None else ""
        unverified = " (not confirmed by a source)" if seat.role_unverified else ""
        yield (Run(seat.name, "accent"), Run(f" {person.name_zh}"))
        yield from bullet(f"{seat.role}{unverified}{flight}", width, "dim", mark="  ")
    if mission.return_ship and mission.return_ship != mission.name:
        yield from caption_line("returned in", mission.return_ship, width, "caution")
        yield from go_link("crew landed", mission.crew_landing, width)
    if mission.returned_crew_of and mission.returned_crew_of != mission.name:
        yield from caption_line("returned", f"the crew of {mission.returned_crew_of}", width, "caution")


def _module(book: Chronicle, module: Module, width: int) -> Iterator[Line]:
    yield (Run(module.name, "accent"), Run(f"  {module.name_zh}", "value"))
    yield from caption_line("what", module.type, width)
    yield from go_link("launch", module.launch, width)
    for stay in (stay for stay in book.stays if stay.vehicle == module.name):
        yield from bullet(PORT_NAMES[stay.port] + (", for good" if stay.permanent else ""), width, "dim", mark="  ")
        yield from go_link("docked", stay.begin, width)
        if stay.end is not None:
            yield from go_link("undocked", stay.end, width)
    for caption, value, unit in (
        ("mass", module.mass_kg, "kg at launch"),
        ("length", module.length_m, "m"),
        ("diameter", module.diameter_m, "m"),
        ("pressurised", module.pressurised_m3, "m³"),
        ("habitable", module.habitable_m3, "m³"),
    ):
        yield from caption_line(caption, "not published" if value is None else f"{value:g} {unit}", width)
    for caption, fact in (("rocket", module.rocket), ("from", module.launch_site), ("catalogue", module.cospar_id)):
        if fact:
            yield from caption_line(caption, fact, width)
    yield from proof_lines(module.proof, width, origin=module.origin)


def _crews(frame: Frame, width: int) -> Iterator[Line]:
    yield (Run("Crews in the station", "accent"),)
    seen: set[str] = set()
    for member in frame.chronicle.crew_members:
        if member.mission not in seen and member.dock is not None:
            seen.add(member.mission)
            until = "" if member.undock is None else f" to {member.undock.date}"
            later = "  later" if member.dock.unix_s > frame.unix_s else ""
            words = f"{short_mission_name(member.mission):<6} {member.dock.date}{until}{later}"
            yield from link(words, f"screen.see({member.dock.unix_s!r}, 'crew')", width)
    as_of = frame.chronicle.as_of["crew"]
    yield from wrap(f"Known to {as_of.date}. Sources: see each ship and person.", width, "dim")


def _port(frame: Frame, port: str, width: int) -> Iterator[Line]:
    stays = [stay for stay in frame.chronicle.stays if stay.port == port]
    yield (Run(PORT_NAMES[stays[0].port] if stays else port, "accent"),)
    for stay in stays:
        end = "" if stay.end is None else f" to {stay.end.date}"
        later = "  later" if stay.begin.unix_s > frame.unix_s else ""
        words = f"{short_mission_name(stay.vehicle):<8} {stay.begin.date}{end}{later}"
        yield from link(words, f"screen.go({stay.begin.unix_s!r})", width)
    yield from heading("sources")
    yield from source_lines({s.id: s for stay in stays for s in stay.proof.sources}.values(), width)


def _handovers(book: Chronicle, width: int) -> Iterator[Line]:
    yield (Run("Handovers between crews", "accent"),)
    yield from wrap("Dates in Beijing time; times of day were not published.", width, "dim")
    for item in book.handovers:
        words = f"{item.day.text}  {short_mission_name(item.from_mission)} to {short_mission_name(item.to_mission)}"
        yield from link(words, f"screen.go({item.day.unix_s!r})", width)
    yield from heading("sources")
    sources = {source.id: source for item in book.handovers for source in item.proof.sources}
    yield from source_lines(sources.values(), width)


def _walks(book: Chronicle, width: int) -> Iterator[Line]:
    yield (Run("Spacewalks", "accent"), Run("  出舱", "value"))
    yield from wrap("Enter opens one in view 4. ~ approximate, >= at least, ? not published", width, "dim")
    for walk in book.spacewalks:
        words = f"{walk.number:>2}  {walk.day.date}  {walk.duration.text:>6}  {short_mission_name(walk.mission)}"
        yield from link(words, f"screen.see({walk.begins_unix_s!r}, 'spacewalks', 'Spacewalk {walk.number}')", width)
    as_of = book.as_of["spacewalks"]
    yield from wrap(f"Known to {as_of.date}. Sources: see each spacewalk in view 4.", width, "dim")


def _plan(plan: Plan, width: int) -> Iterator[Line]:
    yield from wrap(plan.what, width, "accent")
    yield from wrap("Planned; not known to have happened.", width, "caution")
    yield from caption_line("statement", plan.text, width)
    yield from caption_line("stated on", date_text(plan.stated, unknown="date unknown"), width)
    if plan.due is not None:
        until = f" to {plan.due_until.text}" if plan.due_until is not None else ""
        yield from caption_line("due", f"{plan.due.text}{until}", width)
    if plan.mission is not None:
        yield from link(f"about {plan.mission}", f"screen.choose({plan.mission!r})", width)
    yield from proof_lines(plan.proof, width, origin=plan.origin)
