"""`tiangong altitude`: how high the station flies, how it sinks, when it was raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import ElementsError
from tui.commands.arguments import TIMES_HELP, Parser, add_common, add_format
from tui.commands.query import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    """What it takes."""
    made = Parser(
        "altitude",
        "Mean altitude at an instant, its decay, the days it leaves, and the burns found in the element sets.",
        ["tiangong altitude", "tiangong altitude --at 2026-07-10 --format json"],
        TIMES_HELP,
    )
    add_format(made, "text", "json")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    from sim.composite import CompositeOrbit
    from sim.history import ElementHistory

    query = Query(arguments)
    if not isinstance(query.orbit, (ElementHistory, CompositeOrbit)):
        raise ElementsError("an ephemeris holds no history of the altitude: give element sets")
    query.require_flying()
    report = query.orbit.altitude.at(query.at_unix_s)
    query.warn_if_stale()
    if arguments.format == "text":
        from tui.report import altitude_lines

        print("\n".join(altitude_lines(report)))
    else:
        from tui.export import altitude_shape, to_json

        print(to_json(altitude_shape(report)))
    return 0
