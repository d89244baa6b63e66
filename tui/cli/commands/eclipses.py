"""`tiangong eclipses`: when the station flies through the Earth's shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import TIMES_HELP, Parser, add_common, add_days, add_format
from tui.cli.context import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    made = Parser(
        "eclipses",
        _(
            "When the station flies through the Earth's shadow: the Sun's centre behind the limb of the oblate "
            "Earth. Where only a part of the Sun's disc is covered, as happens while beta is large, the times are "
            "those of the first and the last contact, and it says “penumbra only”. JSON and CSV have all contacts."
        ),
        ["tiangong eclipses --at 2026-09-01 --days 1", "tiangong eclipses --at 2026-09-01 --days 7 --format csv"],
        _(TIMES_HELP),
    )
    add_days(made, 1.0)
    add_format(made, "text", "json", "csv")
    add_common(made, at=_("where the list begins"))
    return made


def run(arguments: argparse.Namespace) -> None:
    from sim.eclipses import find_eclipses

    query = Query(arguments)
    covered = query.covered_days(arguments.days)
    eclipses = find_eclipses(query.orbit, *covered.asked)
    errors = [query.error_at(eclipse.enter) for eclipse in eclipses]
    query.warn_if_stale(covered.spans[-1][1])
    if arguments.format == "text":
        from tui.cli.output.pass_report import eclipse_lines

        print("\n".join(eclipse_lines(eclipses, errors, query.clock.timezone)))
        return
    from tui.cli.output.json_export import covered_shape, print_data
    from tui.cli.output.list_rows import ECLIPSE_COLUMNS, eclipse_shape

    shapes = list(map(eclipse_shape, eclipses, errors))
    answer = query.answer_shape(query.at_unix_s, **covered_shape(covered), eclipses=shapes)
    print_data(arguments.format, ECLIPSE_COLUMNS, shapes, answer)
