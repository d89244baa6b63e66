"""Everything known at the instant about the row under the cursor of the timeline, with instants to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle import PORT_NAMES
from sim.chronicle.knowledge import is_known, known_s, mission_known_s, plan_known_s
from sim.constants import DAY_S
from sim.language import N_, _, pgettext
from sim.language.names import leading_name, second_name
from tui.drawing.styled_text import Line, Run, pad
from tui.views.missions.overviews import (
    crews_page,
    fact_text,
    facts_known,
    handover_text,
    handovers_page,
    lesson_link,
    lessons_known,
    plan_page,
    port_page,
    station_page,
    walks_page,
)
from tui.views.missions.timeline_rows import ABOARD, HANDOVERS, PLAN, PORT, STATION, WALKS
from tui.widgets.selectable import SubjectText
from tui.widgets.table import facts_key
from tui.wording import durations
from tui.wording.facts import NOT_FOUND, bullet, caption_line, go_link, heading, walk_link
from tui.wording.proof import Explained, explain_link, note_lines

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle import Mission
    from sim.chronicle.model import Module, PortStay
    from sim.chronicle.model.occasions import Plan
    from tui.session.frame import Frame

_KINDS = {
    "crewed": N_("crewed ship"),
    "uncrewed": N_("ship launched without a crew"),
    "cargo": N_("cargo ship"),
}


class MissionDetail(SubjectText):
    """The station, a ship, a module, the handovers, the spacewalks, a port or a plan."""

    station_only = True
    BORDER_TITLE = N_("detail")
    subject = WALKS

    def content_key(self, frame: Frame) -> Hashable:
        """The subject and the facts; a ship in flight has a clock that ticks."""
        mission = frame.chronicle.missions_by_name.get(self.subject)
        ticks = mission is not None and (mission.end is None or frame.unix_s < mission.end.unix_s)
        return self.subject, facts_key(frame), int(frame.unix_s // (1 if ticks else DAY_S))

    def content(self, frame: Frame, width: int) -> list[Line]:
        lines = list(self._page(frame, width))
        return [*lines, *explain_link(width)] if lines and self.explained(frame) else lines

    def _page(self, frame: Frame, width: int) -> Iterator[Line]:
        subject = self.subject
        pages = {STATION: station_page, ABOARD: crews_page, HANDOVERS: handovers_page, WALKS: walks_page}
        if subject in pages:
            yield from pages[subject](frame, width)
        elif subject.startswith(PORT):
            yield from port_page(frame, subject.removeprefix(PORT), width)
        for plan in self._plans(frame):
            yield from plan_page(plan, width)
        mission = frame.chronicle.missions_by_name.get(subject)
        if mission is not None:
            yield from _mission(frame, mission, width)
        module = next((module for module in frame.chronicle.modules if module.name == subject), None)
        if module is not None:
            yield from _module(frame, module, width)

    def _plans(self, frame: Frame) -> list[Plan]:
        if not self.subject.startswith(PLAN):
            return []
        what = self.subject.removeprefix(PLAN)
        return [plan for plan in frame.chronicle.plans_at(frame.unix_s) if plan.what == what]

    def explained(self, frame: Frame) -> list[Explained]:
        """What the page is about, as far as it is known at the instant."""
        book, now_s, subject = frame.chronicle, frame.unix_s, self.subject
        edge_s = book.as_of["plans"].unix_s
        facts = [Explained(_planned(plan.text), plan.proof, plan_known_s(plan, edge_s)) for plan in self._plans(frame)]
        mission = book.missions_by_name.get(subject)
        if mission is not None and _has_begun(mission, now_s):
            title = _(mission.name) if mission.launch is not None else _planned(mission.name)
            facts.append(Explained(title, mission.proof, mission_known_s(mission), origin=mission.origin))
        facts += [
            Explained(_(module.name), module.proof, known_s(module.launch))
            if module.launch is not None
            else Explained(_planned(module.name), module.proof, now_s)
            for module in book.modules
            if module.name == subject and _is_module_known(frame, module)
        ]
        facts += [
            Explained(_stay_title(stay), stay.proof, stay.begin.unix_s)
            for stay in book.stays
            if subject in {stay.vehicle, f"{PORT}{stay.port}"} and stay.begin.unix_s <= now_s
        ]
        if subject == HANDOVERS:
            facts += [
                Explained(handover_text(item.from_mission, item.to_mission), item.proof, known_s(item.day))
                for item in book.handovers
                if is_known(item.day, now_s)
            ]
        return [*facts, *_facts_explained(frame, subject)]


def _facts_explained(frame: Frame, subject: str) -> list[Explained]:
    """The facts and lessons on the page of the station or of a mission."""
    book, now_s = frame.chronicle, frame.unix_s
    known = facts_known(frame, None if subject == STATION else subject)
    facts = [Explained(_(fact.title), fact.proof, known_s(fact.known_from), origin=fact.origin) for fact in known]
    if subject == STATION:
        facts.insert(0, Explained(_("The station"), book.station.proof, now_s, origin=book.station.origin))
        facts += [
            Explained(_("Lesson {number} from orbit").format(number=lesson.number), lesson.proof, known_s(lesson.day))
            for lesson in lessons_known(frame)
        ]
    return facts


def _planned(text: str) -> str:
    return _("planned: {text}").format(text=_(text))


def _stay_title(stay: PortStay) -> str:
    return _("{vehicle} at {port}").format(vehicle=_(stay.vehicle), port=_(PORT_NAMES[stay.port]))


def _has_begun(mission: Mission, unix_s: float) -> bool:
    """Whether the page of a flight may say anything: it has been launched, or its plan is known."""
    if mission.launch is not None:
        return mission.launch.unix_s <= unix_s
    return is_known(mission.planned_from, unix_s)


def _is_module_known(frame: Frame, module: Module) -> bool:
    """Whether a module had been launched, or a plan for it stands."""
    if module.launch is not None:
        return module.launch.unix_s <= frame.unix_s
    return any(plan.what == module.name for plan in frame.chronicle.plans_at(frame.unix_s))


def _title(vehicle: Mission | Module, *, later: bool, planned: bool) -> Line:
    """Its names, and whether it is later than the instant or only planned."""
    first, second = leading_name(vehicle.name, vehicle.name_zh), second_name(vehicle.name, vehicle.name_zh)
    state = _("later than the instant shown") if later else _("planned") if planned else ""
    return (Run(first, "accent"), Run(f"  {second}", "value"), Run(f"  {state}" if state else "", "caution"))


def _mission(frame: Frame, mission: Mission, width: int) -> Iterator[Line]:
    now_s = frame.unix_s
    yield _title(mission, later=not _has_begun(mission, now_s), planned=mission.launch is None)
    if not _has_begun(mission, now_s):
        if mission.launch is not None:
            yield from go_link(_("launch"), mission.launch, width, later=True)
        return
    yield from caption_line(_("what"), _(_KINDS[mission.kind]), width)
    text, style = _state(frame, mission)
    yield from caption_line(_("state"), text, width, style)
    yield from _flight(frame, mission, width)
    yield from _crew(frame, mission, width)
    for caption, fact in (
        (_("rocket"), " ".join(_(part) for part in (mission.rocket, mission.rocket_serial) if part)),
        (pgettext("launch site", "from"), mission.launch_site),
        (_("to"), mission.landing_site if is_known(mission.end, now_s) else None),
        (_("cargo"), mission.cargo_note or (f"{mission.cargo_kg:.0f} kg" if mission.cargo_kg else None)),
        (_("planned"), mission.planned_when if mission.launch is None else None),
        (_("crew plan"), mission.planned_crew and _planned(mission.planned_crew) if mission.launch is None else None),
        (_("catalogue"), " ".join(str(part) for part in (mission.norad_id, mission.cospar_id) if part)),
    ):
        if fact:
            yield from caption_line(caption, _(fact), width)
    yield from _done(frame, mission, width)
    yield from note_lines(mission.proof, mission_known_s(mission), now_s, frame.chronicle.events, width)


def _flight(frame: Frame, mission: Mission, width: int) -> Iterator[Line]:
    """Launch, dockings and end, later ones marked, and how long it has flown."""
    now_s = frame.unix_s
    yield from go_link(_("launch"), mission.launch, width)
    for stay in frame.chronicle.stays:
        if stay.vehicle != mission.name:
            continue
        yield from bullet(_(PORT_NAMES[stay.port]), width, "dim", mark="  ")
        yield from go_link(_("docked"), stay.begin, width, later=stay.begin.unix_s > now_s)
        if stay.end is not None:
            yield from go_link(_("undocked"), stay.end, width, later=stay.end.unix_s > now_s)
    if mission.end is not None:
        text = _("re-entry") if mission.kind == "cargo" else _("landed")
        yield from go_link(text, mission.end, width, later=mission.end.unix_s > now_s)
    if mission.launch is not None:
        end_s = now_s if mission.end is None else min(now_s, mission.end.unix_s)
        yield from caption_line(_("flight"), durations.mission_clock(end_s - mission.launch.unix_s), width)


def _done(frame: Frame, mission: Mission, width: int) -> Iterator[Line]:
    """Spacewalks, lessons and what else is worth knowing of the flight."""
    now_s = frame.unix_s
    walks = [w for w in frame.chronicle.spacewalks if w.mission == mission.name and w.begins_unix_s <= now_s]
    if walks:
        yield from heading(_("spacewalks"))
    for walk in walks:
        yield from walk_link(walk, pad(durations.walk_length(walk, now_s), 8, right=True), width)
    crew = [member for member in frame.chronicle.crew_members if member.mission == mission.name]
    lessons = [one for one in lessons_known(frame) if any(m.leg(one.day.unix_s) == "aboard" for m in crew)]
    facts = facts_known(frame, mission.name)
    if lessons or facts:
        yield from heading(_("what it did"))
    for lesson in lessons:
        yield from lesson_link(lesson, width)
    for fact in facts:
        yield from bullet(fact_text(fact), width)


def _state(frame: Frame, mission: Mission) -> tuple[str, str]:
    """What the ship was doing at the instant."""
    now_s = frame.unix_s
    if mission.launch is None:
        return _("planned"), "caution"
    if mission.end is not None and now_s >= mission.end.unix_s:
        return _("back") if mission.kind != "cargo" else _("re-entered"), ""
    as_of = frame.chronicle.as_of["cargo" if mission.kind == "cargo" else "crew"]
    docked = next((docked for docked in frame.status.facts.ports if docked.vehicle == mission.name), None)
    text = _("in free flight") if docked is None else _("docked at {port}").format(port=docked.port_name)
    if mission.end is None and now_s >= as_of.unix_s:
        return _("{state}: last known, as of {day}").format(state=text, day=as_of.date), "caution"
    return text, "good"


def _crew(frame: Frame, mission: Mission, width: int) -> Iterator[Line]:
    now_s = frame.unix_s
    if mission.crew:
        yield from heading(_("crew"))
    for seat in mission.crew:
        person = frame.chronicle.people_by_name[seat.name]
        role = _(seat.role)
        if seat.role_unverified:
            role = _("{role} (role not confirmed by a source)").format(role=role)
        if seat.flight_number is not None:
            role = _("{role}, flight {number}").format(role=role, number=seat.flight_number)
        first, second = leading_name(seat.name, person.name_zh), second_name(seat.name, person.name_zh)
        yield (Run(first, "accent"), Run(f" {second}"))
        yield from bullet(role, width, "dim", mark="  ")
    landing = mission.crew_landing
    if mission.return_ship not in {None, mission.name} and landing is not None and landing.unix_s <= now_s:
        yield from caption_line(
            _("came home"), _("in {ship}").format(ship=_(mission.return_ship or "?")), width, "caution"
        )
        yield from go_link(_("crew landed"), landing, width)
    returned = mission.returned_crew_of
    if returned not in {None, mission.name} and is_known(mission.end, now_s):
        yield from caption_line(
            _("brought back"), _("the crew of {ship}").format(ship=_(returned or "?")), width, "caution"
        )


def _berth(stay: PortStay) -> str:
    port = _(PORT_NAMES[stay.port])
    return _("{port}, for good").format(port=port) if stay.permanent else port


def _module(frame: Frame, module: Module, width: int) -> Iterator[Line]:
    now_s = frame.unix_s
    begun = _is_module_known(frame, module)
    yield _title(module, later=not begun, planned=module.launch is None)
    if not begun:
        if module.launch is not None:
            yield from go_link(_("launch"), module.launch, width, later=True)
        return
    yield from caption_line(_("what"), _(module.type), width)
    yield from go_link(_("launch"), module.launch, width)
    for stay in frame.chronicle.stays:
        if stay.vehicle != module.name or stay.begin.unix_s > now_s:
            continue
        yield from bullet(_berth(stay), width, "dim", mark="  ")
        yield from go_link(_("docked"), stay.begin, width)
        if stay.end is not None and stay.end.unix_s <= now_s:
            yield from go_link(_("undocked"), stay.end, width)
    for caption, value, text in (
        (_("mass"), module.mass_kg, _("{value:g} kg at launch")),
        (_("length"), module.length_m, "{value:g} m"),
        (_("diameter"), module.diameter_m, "{value:g} m"),
        (_("pressurised"), module.pressurised_m3, "{value:g} m³"),
        (_("habitable"), module.habitable_m3, "{value:g} m³"),
    ):
        yield from caption_line(caption, _(NOT_FOUND) if value is None else text.format(value=value), width)
    for caption, fact in (
        (_("rocket"), module.rocket),
        (pgettext("launch site", "from"), module.launch_site),
        (_("catalogue"), module.cospar_id),
    ):
        if fact:
            yield from caption_line(caption, _(fact), width)
    yield from note_lines(module.proof, now_s, now_s, frame.chronicle.events, width)
