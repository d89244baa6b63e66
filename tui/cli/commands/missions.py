"""`tiangong missions`: every flight begun by an instant, and what was planned then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known
from sim.language import N_, _
from sim.language.lists import comma_list
from sim.language.names import both_names
from tui.cli.arguments import Parser, question
from tui.cli.context import Query

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.chronicle import Chronicle, ChronicleSnapshot, Mission
    from sim.chronicle.model.background import Fact
    from sim.chronicle.model.occasions import Plan


def parser() -> Parser:
    return question(
        "missions",
        _("Every flight to the station begun by an instant, and what was planned then."),
        ["tiangong missions", "tiangong missions --at 2023-06-01 --format json"],
    )


def phase(mission: Mission, facts: ChronicleSnapshot) -> str:
    """Where a flight stood: in one of five words. Between two ports it is under way."""
    unix_s = facts.unix_s
    if mission.launch is None or unix_s < mission.launch.unix_s:
        return N_("planned")
    if mission.end is not None and unix_s >= mission.end.unix_s:
        return N_("over")
    if mission.undock is not None and unix_s >= mission.undock.unix_s:
        return N_("undocked")
    return N_("docked") if any(ship.vehicle == mission.name for ship in facts.ships) else N_("under way")


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    query.require_station(N_("mission"))
    at = query.at_unix_s
    snapshot = query.chronicle.at(at)
    phases = [(mission, phase(mission, snapshot)) for mission in query.chronicle.missions]
    flown = [(mission, word) for mission, word in phases if word != "planned"]
    plans = query.chronicle.plans_at(at)
    facts = [fact for fact in query.chronicle.facts if is_known(fact.known_from, at)]
    if arguments.format == "text":
        print("\n".join(_lines(query.chronicle, flown, facts, plans, at)))
        return
    from tui.cli.output.chronicle_shapes import fact_shape, mission_shape, plan_shape
    from tui.cli.output.json_export import dated, to_json

    edge = min((query.chronicle.as_of[table] for table in ("crew", "cargo")), key=lambda as_of: as_of.unix_s)
    shape = dated(
        query.object,
        at,
        missions=[mission_shape(mission, word, at) for mission, word in flown],
        facts=[fact_shape(fact, at) for fact in facts],
        plans=[plan_shape(plan, at) for plan in plans],
        as_of=edge.date,
        certain=at < edge.unix_s,
    )
    print(to_json(shape))


def _lines(
    book: Chronicle, flown: list[tuple[Mission, str]], facts: Sequence[Fact], plans: Sequence[Plan], unix_s: float
) -> list[str]:
    from tui.cli.output.text_report import table, with_edge

    def end(mission: Mission, word: str) -> str:
        if mission.end is not None and word == "over":
            return mission.end.text
        as_of = book.as_of["cargo" if mission.kind == "cargo" else "crew"]
        return with_edge(_(word), as_of.date, certain=unix_s < as_of.unix_s)

    rows = [
        (
            both_names(mission.name, mission.name_zh),
            mission.launch.text if mission.launch else "",
            end(mission, word),
            comma_list(_(seat.name) for seat in mission.crew) or _(mission.kind),
        )
        for mission, word in flown
    ]
    headings = (_("flight"), _("launch"), _("end"), _("crew"))
    lines = table(headings, rows) if rows else [_("No ship has flown to the station yet.")]
    if facts:
        text = _("{title}: {text}")
        known = [(_(fact.mission or "station"), text.format(title=_(fact.title), text=_(fact.text))) for fact in facts]
        lines += ["", _("Known by then:"), *(f"  {line}" for line in table((_("about"), _("fact")), known))]
    if plans:
        text = _("planned: {what}: {text}")
        planned = (text.format(what=_(plan.what), text=_(plan.text)) for plan in plans)
        lines += ["", _("Planned, as known then:"), *(f"  {line}" for line in planned)]
    return lines
