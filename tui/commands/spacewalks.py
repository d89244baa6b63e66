"""`tiangong spacewalks`: every spacewalk begun by an instant, and the records as they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.arguments import TIMES_HELP, Parser, add_common, add_format
from tui.commands.query import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    """What it takes."""
    made = Parser(
        "spacewalks",
        "Every spacewalk begun by an instant, and the records as they stood.",
        ["tiangong spacewalks", "tiangong spacewalks --at 2024-12-18 --format json"],
        TIMES_HELP,
    )
    add_format(made, "text", "json")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    query = Query(arguments)
    at = query.at_unix_s
    walks = [walk for walk in query.chronicle.spacewalks if walk.begins_unix_s <= at]
    facts = query.chronicle.at(at)
    if arguments.format == "text":
        from tui.report import table

        rows = [
            (
                str(walk.number),
                f"{'~' if walk.day.approximate else ''}{walk.day.date}",
                walk.duration.text if walk.over_unix_s <= at else "under way",
                walk.mission,
                ", ".join(walk.outside) or "names not published",
            )
            for walk in walks
        ]
        print("\n".join(table(("no.", "date", "h:mm", "mission", "outside"), rows, right=(0, 2))))
        longest = facts.records.longest
        if longest is not None:
            names = ", ".join(longest.outside)
            print(f"\nLongest: {longest.duration.text}, number {longest.number}, {longest.mission}, {names}")
        return 0
    from tui.export import SCHEMA, asked, records_shape, to_json, walk_shape

    print(
        to_json(
            {
                "schema": SCHEMA,
                "time": asked(at),
                "spacewalks": [walk_shape(walk, at) for walk in walks],
                "records": records_shape(facts),
                "as_of": facts.spacewalks_as_of,
                "certain": facts.spacewalks_certain,
            }
        )
    )
    return 0
