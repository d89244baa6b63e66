"""`tiangong status`: the station at one instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import TIMES_HELP, Parser, question
from tui.cli.context import Query, answer

if TYPE_CHECKING:
    import argparse

    from sim.status import Status
    from tui.cli.output.json_export import Shape


def parser() -> Parser:
    """The parser of its arguments."""
    return question(
        "status",
        _("The station at one instant: position, orbit, light, crew, ports, spacewalks."),
        ["tiangong status", "tiangong status --at 2024-12-17T08:00Z --format json", "tiangong status --place 伊斯兰堡"],
        _(TIMES_HELP),
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; returns the exit code."""
    query = Query(arguments)
    query.require_flying()
    query.require_answer()
    status = query.status()
    query.warn_if_stale()
    return answer(arguments.format, lambda: _lines(query, status), lambda: _shape(status))


def _lines(query: Query, status: Status) -> list[str]:
    from tui.cli.output.text_report import status_lines

    return status_lines(status, query.place)


def _shape(status: Status) -> Shape:
    from tui.cli.output.json_export import status_shape

    return status_shape(status)
