"""`tiangong missions`: every flight begun by an instant, and what was planned then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known
from tui.cli.arguments import Parser, question
from tui.cli.context import Query, answer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.chronicle import Mission
    from sim.chronicle.model import Fact, Plan
    from sim.orbit.space_object import SpaceObject
    from tui.cli.output.json_export import Shape


def parser() -> Parser:
    """The parser of its arguments."""
    return question(
        "missions",
        "Every flight to the station begun by an instant, and what was planned then.",
        ["tiangong missions", "tiangong missions --at 2023-06-01 --format json"],
    )


def phase(mission: Mission, unix_s: float) -> str:
    """Where a flight stood: in one of five words."""
    if mission.launch is None or unix_s < mission.launch.unix_s:
        return "planned"
    if mission.end is not None and unix_s >= mission.end.unix_s:
        return "over"
    if mission.undock is not None and unix_s >= mission.undock.unix_s:
        return "undocked"
    return "docked" if mission.dock is not None and unix_s >= mission.dock.unix_s else "under way"


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; returns the exit code."""
    query = Query(arguments)
    query.require_station("mission")
    at = query.at_unix_s
    flown = [(mission, phase(mission, at)) for mission in query.chronicle.missions]
    flown = [(mission, word) for mission, word in flown if word != "planned"]
    plans = query.chronicle.plans_at(at)
    facts = [fact for fact in query.chronicle.facts if is_known(fact.known_from, at)]
    return answer(
        arguments.format,
        lambda: _lines(flown, facts, plans),
        lambda: _shape(query.object, at, flown, facts, plans),
    )


def _lines(flown: list[tuple[Mission, str]], facts: Sequence[Fact], plans: Sequence[Plan]) -> list[str]:
    from tui.cli.output.text_report import table

    rows = [
        (
            f"{mission.name} {mission.name_zh}".rstrip(),
            mission.launch.text if mission.launch else "",
            mission.end.text if mission.end and word == "over" else word,
            ", ".join(seat.name for seat in mission.crew) or mission.kind,
        )
        for mission, word in flown
    ]
    lines = table(("flight", "launch", "end", "crew"), rows)
    if facts:
        known = [(fact.mission or "station", f"{fact.title}: {fact.text}") for fact in facts]
        lines += ["", "Known by then:", *(f"  {line}" for line in table(("about", "fact"), known))]
    if plans:
        lines += ["", "Planned, as known then:", *(f"  planned: {plan.what}: {plan.text}" for plan in plans)]
    return lines


def _shape(
    known: SpaceObject,
    unix_s: float,
    flown: list[tuple[Mission, str]],
    facts: Sequence[Fact],
    plans: Sequence[Plan],
) -> Shape:
    from tui.cli.output.json_export import dated, fact_shape, mission_shape, sources_shape

    return dated(
        known,
        unix_s,
        missions=[mission_shape(mission, word, unix_s) for mission, word in flown],
        facts=[fact_shape(fact, unix_s) for fact in facts],
        plans=[
            {
                "what": plan.what,
                "text": plan.text,
                "stated": plan.stated.text if plan.stated else None,
                "due": plan.due.text if plan.due else None,
                "due_until": plan.due_until.text if plan.due_until else None,
                "mission": plan.mission,
                "sources": sources_shape(plan.proof, unix_s),
            }
            for plan in plans
        ],
    )
