"""`tiangong altitude`: how high the station flies, how it sinks, when it was raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import Parser, question
from tui.cli.context import Query, answer

if TYPE_CHECKING:
    import argparse

    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.propagation import Provenance
    from sim.orbit.space_object import SpaceObject
    from tui.cli.output.json_export import Shape


def parser() -> Parser:
    """The parser of its arguments."""
    return question(
        "altitude",
        _("Mean altitude at an instant, its decay, the days it leaves, and the burns found in the element sets."),
        ["tiangong altitude", "tiangong altitude --at 2026-07-10 --format json"],
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; returns the exit code."""
    query = Query(arguments)
    history = query.altitude
    query.require_flying()
    query.orbit.state(query.at_unix_s)  # raises where the elements mean nothing: then they tell no altitude either
    report = history.at(query.at_unix_s)
    query.warn_if_stale()
    provenance = query.orbit.provenance(query.at_unix_s)
    return answer(
        arguments.format, lambda: _lines(report, provenance), lambda: _shape(query.object, report, provenance)
    )


def _lines(report: AltitudeReport, provenance: Provenance) -> list[str]:
    from tui.cli.output.altitude_report import altitude_lines

    return altitude_lines(report, provenance)


def _shape(known: SpaceObject, report: AltitudeReport, provenance: Provenance) -> Shape:
    from tui.cli.output.json_export import altitude_shape

    return altitude_shape(known, report, provenance)
