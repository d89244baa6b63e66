"""`tiangong missions`: every flight begun by an instant, and what was planned then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known
from sim.language import N_, _
from sim.language.lists import comma_list
from sim.language.names import both_names
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
        _("Every flight to the station begun by an instant, and what was planned then."),
        ["tiangong missions", "tiangong missions --at 2023-06-01 --format json"],
    )


def phase(mission: Mission, unix_s: float) -> str:
    """Where a flight stood: in one of five words."""
    if mission.launch is None or unix_s < mission.launch.unix_s:
        return N_("planned")
    if mission.end is not None and unix_s >= mission.end.unix_s:
        return N_("over")
    if mission.undock is not None and unix_s >= mission.undock.unix_s:
        return N_("undocked")
    return N_("docked") if mission.dock is not None and unix_s >= mission.dock.unix_s else N_("under way")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; returns the exit code."""
    query = Query(arguments)
    query.require_station(N_("mission"))
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
            both_names(mission.name, mission.name_zh),
            mission.launch.text if mission.launch else "",
            mission.end.text if mission.end and word == "over" else _(word),
            comma_list(_(seat.name) for seat in mission.crew) or _(mission.kind),
        )
        for mission, word in flown
    ]
    lines = table((_("flight"), _("launch"), _("end"), _("crew")), rows)
    if facts:
        text = _("{title}: {text}")
        known = [(_(fact.mission or "station"), text.format(title=_(fact.title), text=_(fact.text))) for fact in facts]
        lines += ["", _("Known by then:"), *(f"  {line}" for line in table((_("about"), _("fact")), known))]
    if plans:
        text = _("planned: {what}: {text}")
        planned = (text.format(what=_(plan.what), text=_(plan.text)) for plan in plans)
        lines += ["", _("Planned, as known then:"), *(f"  {line}" for line in planned)]
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
