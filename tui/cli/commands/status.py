"""`tiangong status`: the station at one instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import Parser, question
from tui.cli.context import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    return question(
        "status",
        _("The station at one instant: position, orbit, light, crew, ports, spacewalks."),
        ["tiangong status", "tiangong status --at 2024-12-17T08:00Z --format json", "tiangong status --place 伊斯兰堡"],
    )


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    query.require_flying_if_given()
    query.require_answer()
    status = query.status()
    query.warn_if_stale()
    if arguments.format == "json":
        from tui.cli.output.json_export import to_json
        from tui.cli.output.orbit_shapes import status_shape

        print(to_json(status_shape(status)))
    else:
        from tui.cli.output.text_report import status_lines

        print("\n".join(status_lines(status, query.place)))
