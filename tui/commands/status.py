"""`tiangong status`: the station at one instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.arguments import KNOWN_HELP, TIMES_HELP, Parser, add_common, add_format
from tui.commands.query import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    """What it takes."""
    made = Parser(
        "status",
        "The station at one instant: position, orbit, light, crew, ports, spacewalks.",
        ["tiangong status", "tiangong status --at 2024-12-17T08:00Z --format json", "tiangong status --place 伊斯兰堡"],
        f"{TIMES_HELP} {KNOWN_HELP}",
    )
    add_format(made, "text", "json")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    query = Query(arguments)
    query.require_flying()
    status = query.status()
    query.warn_if_stale()
    if arguments.format == "json":
        from tui.export import status_shape, to_json

        print(to_json(status_shape(status)))
    else:
        from tui.report import status_lines

        print("\n".join(status_lines(status, query.place)))
    return 0
