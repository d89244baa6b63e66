"""`tiangong ports`: what is docked where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from tui.cli.arguments import Parser, question
from tui.cli.context import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    return question(
        "ports",
        _("What is docked where at an instant."),
        ["tiangong ports", "tiangong ports --at 2022-11-30 --format json"],
    )


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    query.require_station(N_("port"))
    book = query.chronicle
    facts = book.at(query.at_unix_s)
    if arguments.format == "text":
        from tui.cli.output.text_report import flying_lines, labelled, movement_lines, ports_lines

        lines = [*ports_lines(facts), *movement_lines(book, facts.unix_s), labelled("", facts.shape.text)]
        lines += flying_lines(facts)
        print("\n".join(lines))
        return
    from tui.cli.output.chronicle_shapes import flying_shape, ports_shape
    from tui.cli.output.json_export import dated, to_json

    shape = dated(
        query.object,
        facts.unix_s,
        ports=ports_shape(facts),
        free_ports=list(facts.free_ports),
        flying=flying_shape(facts),
        configuration=facts.shape.english,
        ports_as_of=facts.ports_as_of,
        ports_certain=facts.ports_certain,
    )
    print(to_json(shape))
