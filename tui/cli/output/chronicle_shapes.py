"""The shapes of what the chronicle holds: people, ships, ports, spacewalks, events, plans, and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import LATER, source_is_later
from sim.time import iso_z
from tui.cli.output.json_export import rounded

if TYPE_CHECKING:
    from sim.chronicle import ChronicleSnapshot, CrewMember, PartialDate, Spacewalk
    from sim.chronicle.events import Event
    from sim.chronicle.model import Mission
    from sim.chronicle.model.background import Fact
    from sim.chronicle.model.occasions import Plan
    from sim.chronicle.model.record import Proof, Source
    from tui.cli.output.json_export import Shape

NO_FACTS: Shape = {
    "crew": [],
    "crew_as_of": None,
    "crew_certain": False,
    "ports": [],
    "spacewalk": None,
    "records": {"longest_spacewalk": None},
}
"""What is said of another object: nothing is known here about people and ships there."""


def facts_shape(facts: ChronicleSnapshot) -> Shape:
    """Crew, ports and spacewalks of the station at an instant."""
    return {
        "crew": crew_shape(facts),
        "crew_as_of": facts.crew_as_of,
        "crew_certain": facts.crew_certain,
        "ports": ports_shape(facts),
        "spacewalk": walk_under_way_shape(facts),
        "records": records_shape(facts),
    }


def crew_shape(facts: ChronicleSnapshot) -> list[Shape]:
    """Who is aboard."""
    return [member_shape(member, facts.unix_s) for member in facts.aboard]


def member_shape(member: CrewMember, unix_s: float) -> Shape:
    """One of the crew; `days` is the mission clock."""
    return {
        "name": member.name,
        "name_zh": member.name_zh or None,
        "role": member.role or None,
        "mission": member.mission,
        "launch": member.launch.text,
        "days": rounded(member.mission_days(unix_s), 4),
    }


def ports_shape(facts: ChronicleSnapshot) -> list[Shape]:
    """What is docked for a time."""
    return [{"port": ship.port, "vehicle": ship.vehicle, **_since(ship.since)} for ship in facts.ships]


def flying_shape(facts: ChronicleSnapshot) -> list[Shape]:
    """Ships in orbit that are not docked."""
    return [{"vehicle": ship.vehicle, **_since(ship.since)} for ship in facts.flying]


def _since(date: PartialDate) -> Shape:
    return {"since": date.text, "approximate": date.approximate}


def walk_under_way_shape(facts: ChronicleSnapshot) -> Shape | None:
    """The spacewalk going on."""
    if facts.spacewalk is None:
        return None
    walk = facts.spacewalk.spacewalk
    return {
        "number": walk.number,
        "mission": walk.mission,
        "astronauts": list(walk.outside),
        "start": walk.start.text if walk.start else None,
        "elapsed_s": rounded(facts.spacewalk.elapsed_s, 3),
    }


def records_shape(facts: ChronicleSnapshot) -> Shape:
    """Records as they stood."""
    walk = facts.records.longest
    return {
        "longest_spacewalk": None
        if walk is None
        else {
            "number": walk.number,
            "mission": walk.mission,
            "astronauts": list(walk.outside),
            "date": walk.day.date,
            "duration_min": walk.duration.minutes,
        }
    }


def walk_shape(walk: Spacewalk, unix_s: float) -> Shape:
    """One spacewalk as known at an instant: while it goes on, end and length are not.

    `approximate` is true where a source says "about".
    """
    about = bool(walk.duration.approximate or (walk.start and walk.start.approximate) or walk.day.approximate)
    over = walk.over_unix_s <= unix_s
    return {
        "number": walk.number,
        "mission": walk.mission,
        "date": walk.day.date,
        "start": walk.start.text if walk.start else None,
        "end": walk.end.text if walk.end and over else None,
        "duration_min": walk.duration.minutes if over else None,
        "astronauts": list(walk.outside),
        "sources": sources_shape(walk.proof, unix_s),
        "approximate": about,
    }


def sources_shape(proof: Proof, unix_s: float) -> list[str]:
    """Where a fact was read: addresses of pages, titles of what has none or was read as a copy."""
    return [source_words(source, unix_s) for source in proof.sources]


def source_words(source: Source, unix_s: float) -> str:
    """The address of a page, or the title; `later: ` before what was published after the instant asked about."""
    words = source.address if source.address.startswith("http") else source.title
    return f"{LATER}{words}" if source_is_later(source, unix_s) else words


def event_shape(event: Event, unix_s: float) -> Shape:
    """One event; `time` is as fine as it is known, `later` says that it comes after the instant asked about.

    `later` is null where that lies in the span in which it was. A burn is somewhere between two instants: `time` is
    where it is expected, `until` the end of that span.
    """
    is_burn = event.kind in {"raise", "lowering"}
    return {
        "time": iso_z(event.unix_s) if is_burn else event.text,
        "until": iso_z(event.until_s) if is_burn else None,
        "precision": event.precision,
        "kind": event.kind,
        "title": event.phrase.english,
        "missions": list(event.missions),
        "people": list(event.people),
        "spacewalk": event.spacewalk,
        "certain": event.certain,
        "planned": event.planned,
        "later": event.is_later(unix_s),
        "sources": [source_words(source, unix_s) for source in event.sources],
    }


def mission_shape(mission: Mission, phase: str, unix_s: float) -> Shape:
    """One flight as known at an instant: what came later is null."""

    def text(name: str) -> str | None:
        when = getattr(mission, name)
        return when.text if when and when.unix_s <= unix_s else None

    home = text("crew_landing") is not None

    return {
        "name": mission.name,
        "name_zh": mission.name_zh or None,
        "kind": mission.kind,
        "status": phase,
        "launch": text("launch"),
        "dock": text("dock"),
        "undock": text("undock"),
        "end": text("end"),
        "crew": [seat.name for seat in mission.crew],
        "return_ship": mission.return_ship if home else None,
        "crew_landing": text("crew_landing"),
        "rocket": mission.rocket,
        "launch_site": mission.launch_site,
        "landing_site": mission.landing_site if home or text("end") is not None else None,
        "sources": sources_shape(mission.proof, unix_s),
    }


def fact_shape(fact: Fact, unix_s: float) -> Shape:
    """Something known about a mission or the station at an instant."""
    return {
        "topic": fact.topic,
        "title": fact.title,
        "text": fact.text,
        "known_from": fact.known_from.text,
        "mission": fact.mission,
        "sources": sources_shape(fact.proof, unix_s),
    }


def plan_shape(plan: Plan, unix_s: float) -> Shape:
    """What was planned at an instant."""
    return {
        "what": plan.what,
        "text": plan.text,
        "stated": plan.stated.text if plan.stated else None,
        "due": plan.due.text if plan.due else None,
        "due_until": plan.due_until.text if plan.due_until else None,
        "mission": plan.mission,
        "sources": sources_shape(plan.proof, unix_s),
    }
