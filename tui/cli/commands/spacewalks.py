"""`tiangong spacewalks`: every spacewalk begun by an instant, and the records as they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.lists import comma_list
from tui.cli.arguments import Parser, question
from tui.cli.context import Query
from tui.wording import durations

if TYPE_CHECKING:
    import argparse

    from sim.chronicle import ChronicleSnapshot, Spacewalk


def parser() -> Parser:
    return question(
        "spacewalks",
        _("Every spacewalk begun by an instant, and the records as they stood."),
        ["tiangong spacewalks", "tiangong spacewalks --at 2024-12-18 --format json"],
    )


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    query.require_station(N_("spacewalk"))
    facts = query.chronicle.at(query.at_unix_s)
    walks = [walk for walk in query.chronicle.spacewalks if walk.begins_unix_s <= facts.unix_s]
    if arguments.format == "text":
        print("\n".join(_lines(walks, facts)))
        return
    from tui.cli.output.chronicle_shapes import records_shape, walk_shape
    from tui.cli.output.json_export import dated, to_json

    shape = dated(
        query.object,
        facts.unix_s,
        spacewalks=[walk_shape(walk, facts.unix_s) for walk in walks],
        records=records_shape(facts),
        as_of=facts.spacewalks_as_of,
        certain=facts.spacewalks_certain,
    )
    print(to_json(shape))


def _lines(walks: list[Spacewalk], facts: ChronicleSnapshot) -> list[str]:
    from tui.cli.output.text_report import table, with_edge

    if not walks:
        return [_("no spacewalk yet at this instant")]
    rows = [
        (
            str(walk.number),
            f"{'~' if walk.day.approximate else ''}{walk.day.date}",
            durations.walk_length(walk, facts.unix_s),
            _(walk.mission),
            comma_list(map(_, walk.outside)) or _("names not found"),
        )
        for walk in walks
    ]
    lines = table((_("no."), _("date"), _("h:mm"), _("mission"), _("outside")), rows, right=(0, 2))
    longest = facts.records.longest
    if longest is not None:
        text = (
            _("Longest: {length}, number {number}, {mission}, {names}")
            if facts.records.longest_certain
            else _("Longest of those with a published length: {length}, number {number}, {mission}, {names}")
        )
        names = comma_list(map(_, longest.outside))
        text = text.format(length=longest.duration.text, number=longest.number, mission=_(longest.mission), names=names)
        lines += ["", with_edge(text, facts.spacewalks_as_of, certain=facts.spacewalks_certain)]
    return lines
