"""`tiangong beta`: the angle between the Sun and the plane of the orbit, as a series."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import _
from tui.cli.arguments import TIMES_HELP, Parser, add_common, add_format, number, step_count
from tui.cli.context import Query, say

if TYPE_CHECKING:
    import argparse

MOST_DAYS, MOST_ROWS = 180.0, 20_000


def parser() -> Parser:
    made = Parser(
        "beta",
        _(
            "The angle between the Sun and the plane of the orbit, positive on the side of the angular momentum. It "
            "needs the plane alone, which is known for months, with its own error, when the place in it is long "
            "unknown."
        ),
        ["tiangong beta --days 60", "tiangong beta --at 2026-09-01 --days 10 --step 3600 --format csv > beta.csv"],
        _(TIMES_HELP),
    )
    made.add_argument(
        "--days",
        metavar="N",
        type=number(0, MOST_DAYS),
        default=60.0,
        help=_("how far ahead, up to {most:g}; default 60").format(most=MOST_DAYS),
    )
    made.add_argument("--step", metavar="S", type=number(60, 864000), default=DAY_S, help=_("seconds; default 86400"))
    add_format(made, "text", "json", "csv")
    add_common(made, at=_("where the series begins"))
    return made


def run(arguments: argparse.Namespace) -> None:
    from sim.orbit.plane import beta_at
    from tui.cli.output import plane_rows

    too_many = _("{count} rows are too many, {most} is the limit: take a larger --step")
    count = step_count(parser, arguments.days * DAY_S, arguments.step, MOST_ROWS, too_many)
    query = Query(arguments)
    begin = query.at_unix_s
    if not query.object.is_station:
        query.covered_days(arguments.days)
    instants = [begin + arguments.step * index for index in range(count)]
    series = [beta_at(query.orbit, unix_s, query.error_at(unix_s)) for unix_s in instants]
    if unknown := sum(math.isnan(beta.beta_deg) for beta in series):
        say(
            _("beta is not known for {unknown} of {count} times: the elements are too far away").format(
                unknown=unknown, count=count
            )
        )
    if arguments.format == "text":
        print("\n".join(plane_rows.beta_lines(series, query.object, query.clock)))
        return
    from tui.cli.output.json_export import print_data

    shapes = [plane_rows.beta_shape(beta) for beta in series]
    print_data(arguments.format, plane_rows.BETA_COLUMNS, shapes, query.answer_shape(begin, beta=shapes))
