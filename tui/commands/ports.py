"""`tiangong ports`: what is docked where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.arguments import TIMES_HELP, Parser, add_common, add_format
from tui.commands.query import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    """What it takes."""
    made = Parser(
        "ports",
        "What is docked where at an instant.",
        ["tiangong ports", "tiangong ports --at 2022-11-30 --format json"],
        TIMES_HELP,
    )
    add_format(made, "text", "json")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    query = Query(arguments)
    facts = query.chronicle.at(query.at_unix_s)
    if arguments.format == "text":
        from tui.report import ports_lines

        print("\n".join([*ports_lines(facts), f"{'':<12}{facts.configuration}"]))
        return 0
    from tui.export import SCHEMA, asked, ports_shape, to_json

    print(
        to_json(
            {
                "schema": SCHEMA,
                "time": asked(query.at_unix_s),
                "ports": ports_shape(facts),
                "free_ports": list(facts.free_ports),
                "flying": [{"vehicle": ship.vehicle, "since": ship.since.text} for ship in facts.flying],
                "configuration": facts.configuration,
                "ports_as_of": facts.ports_as_of,
                "ports_certain": facts.ports_certain,
            }
        )
    )
    return 0
