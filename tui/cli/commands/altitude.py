"""`tiangong altitude`: how high the station flies, how it sinks, when it was raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import Parser, question
from tui.cli.context import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    return question(
        "altitude",
        _("Mean altitude at an instant, its decay, the days it leaves, and the burns found in the element sets."),
        ["tiangong altitude", "tiangong altitude --at 2026-07-10 --format json"],
    )


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    history = query.altitude
    query.require_flying()
    query.orbit.state(query.at_unix_s)  # raises where the elements mean nothing: then they tell no altitude either
    report = history.at(query.at_unix_s)
    query.warn_if_stale()
    provenance = query.orbit.provenance(query.at_unix_s)
    if arguments.format == "json":
        from tui.cli.output.json_export import to_json
        from tui.cli.output.orbit_shapes import altitude_shape

        print(to_json(altitude_shape(query.object, report, provenance)))
    else:
        from tui.cli.output.altitude_report import altitude_lines

        print("\n".join(altitude_lines(report, provenance)))
