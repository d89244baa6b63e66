"""`tiangong ports`: what is docked where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from tui.cli.arguments import Parser, question
from tui.cli.context import Query, answer

if TYPE_CHECKING:
    import argparse

    from sim.chronicle import Chronicle, ChronicleSnapshot
    from sim.orbit.space_object import SpaceObject
    from tui.cli.output.json_export import Shape


def parser() -> Parser:
    """The parser of its arguments."""
    return question(
        "ports",
        _("What is docked where at an instant."),
        ["tiangong ports", "tiangong ports --at 2022-11-30 --format json"],
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; returns the exit code."""
    query = Query(arguments)
    query.require_station(N_("port"))
    book = query.chronicle
    facts = book.at(query.at_unix_s)
    return answer(arguments.format, lambda: _lines(book, facts), lambda: _shape(query.object, facts))


def _lines(book: Chronicle, facts: ChronicleSnapshot) -> list[str]:
    from tui.cli.output.text_report import labelled, movement_lines, ports_lines

    return [*ports_lines(facts), *movement_lines(book, facts.unix_s), labelled("", facts.shape.text)]


def _shape(known: SpaceObject, facts: ChronicleSnapshot) -> Shape:
    from tui.cli.output.json_export import dated, ports_shape

    return dated(
        known,
        facts.unix_s,
        ports=ports_shape(facts),
        free_ports=list(facts.free_ports),
        flying=[{"vehicle": ship.vehicle, "since": ship.since.text} for ship in facts.flying],
        configuration=facts.shape.english,
        ports_as_of=facts.ports_as_of,
        ports_certain=facts.ports_certain,
    )
