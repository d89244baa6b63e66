"""`tiangong opportunities`: when a ship could be launched to the station, by geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import _
from tui.cli.arguments import TIMES_HELP, Parser, add_common, add_days, add_format
from tui.cli.context import Query, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.passes.plans.launches import Opportunity

MOST_DAYS = 120.0
SITES = {"jiuquan": ("Jiuquan",), "wenchang": ("Wenchang",), "both": ("Jiuquan", "Wenchang")}


def parser() -> Parser:
    made = Parser(
        "opportunities",
        _(
            "When a ship could be launched to the station from Jiuquan (Shenzhou) or Wenchang (Tianzhou). Geometric: "
            "when the mean plane of the station passes over the site, and when a ship would then start by the habit "
            "of the last three launches. All have flown the pass towards the south-east; --all lists that towards "
            "the north-east too. Where the place of the station is known, it is told how far past the site it is, "
            "and which plan of approach that suits: burns before a launch see to it. The plane is known for months, "
            "so no day is left out."
        ),
        [
            "tiangong opportunities --site jiuquan --days 14",
            "tiangong opportunities --at 2026-05-20 --days 7 --all --format json",
        ],
        _(TIMES_HELP),
    )
    add_days(made, 14.0, MOST_DAYS)
    made.add_argument("--site", choices=tuple(SITES), default="both", help=_("default both"))
    made.add_argument("--all", action="store_true", help=_("also passes of the plane on which no ship was launched"))
    add_format(made, "text", "json", "csv")
    add_common(made, at=_("where the list begins; launches before it tell the habit"))
    return made


def run(arguments: argparse.Namespace) -> None:
    from sim.passes.plans.launches import find_opportunities

    query = Query(arguments)
    begin, end = query.at_unix_s, query.at_unix_s + arguments.days * DAY_S
    if not query.object.is_station:
        query.require_flying(end)
    found = [
        chance
        for site in SITES[arguments.site]
        for chance in find_opportunities(query.orbit, site, begin, end, error_at=query.error_at)
        if arguments.all or chance.is_flown or chance.habit is None
    ]
    found.sort(key=lambda chance: chance.crossing.unix_s)
    if not found:
        say(_("the plane passes over no site in these {days:g} days").format(days=arguments.days))
    if any(chance.plane.stale for chance in found):
        say(_("STALE: the elements are far away, the plane is less well known: see the error of each time"))
    _print(query, found, arguments)


def _print(query: Query, found: Sequence[Opportunity], arguments: argparse.Namespace) -> None:
    from sim.passes.plans.launches import habit_at, site_named
    from tui.cli.output import plane_rows

    begin = query.at_unix_s
    habits = [(site, habit_at(site, begin)) for site in SITES[arguments.site]]
    if arguments.format == "text":
        print("\n".join(plane_rows.opportunity_lines(found, habits, query.clock)))
        return
    from tui.cli.output.json_export import print_data

    shapes = [plane_rows.opportunity_shape(chance) for chance in found]
    answer = query.answer_shape(
        begin,
        basis=plane_rows.GEOMETRIC,
        sites=[plane_rows.habit_shape(site, site_named(site), habit) for site, habit in habits],
        opportunities=shapes,
    )
    print_data(arguments.format, plane_rows.OPPORTUNITY_COLUMNS, shapes, answer)
