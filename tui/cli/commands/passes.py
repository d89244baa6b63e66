"""`tiangong passes`: when the station can be seen from a place; `--wait` sleeps until shortly before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import N_, _
from sim.language.lists import joined
from tui.cli.arguments import MOST_DAYS, TIMES_HELP, Parser, add_common, add_format, number, span_s
from tui.cli.context import Query, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sim.orbit.coverage import Coverage
    from sim.passes.model import Pass

LONGEST_SLEEP_S = 30.0
"""A sleeping machine or a corrected clock is noticed within this time."""

DEFAULT_LEAD_S = 600.0

HORIZON_HELP = N_(
    "Rise and set are where the station crosses the minimum elevation, or with --horizon the horizon of the place "
    "where that is higher; `hidden` in JSON lists when it is behind it between."
)


def parser() -> Parser:
    made = Parser(
        "passes",
        _("When the station passes over a place, how high, how bright, and whether it can be seen."),
        [
            "tiangong passes --place Islamabad --days 5 --at 2026-10-08",
            "tiangong passes --lat 33.7 --lon 73.1 --height 540 --min-elevation 20 --visible --format json",
            "tiangong passes --visible --format ics > tiangong.ics",
            "tiangong passes --wait --visible --lead 10m && notify-send Tiangong",
        ],
        joined((_(TIMES_HELP), _(HORIZON_HELP))),
    )
    made.add_argument(
        "--days",
        metavar="N",
        type=number(0, MOST_DAYS, above=True),
        help=_("how far ahead, up to {most:g}").format(most=MOST_DAYS),
    )
    made.add_argument("--min-elevation", metavar="D", type=number(-5, 89), help=_("degrees; default 10"))
    made.add_argument("--visible", action="store_true", help=_("only what can be seen with the naked eye"))
    made.add_argument(
        "--grade", metavar="N", type=int, choices=(1, 2, 3), default=0, help=_("only this grade and better")
    )
    made.add_argument("--utc", action="store_true", help=_("times of the text table in UTC instead of local"))
    made.add_argument("--wait", action="store_true", help=_("sleep, and end before the next such pass rises"))
    made.add_argument(
        "--lead", metavar="SPAN", type=span_s, default=DEFAULT_LEAD_S, help=_("how long before the rise; default 10m")
    )
    add_format(made, "text", "json", "csv", "ics")
    add_common(made, at=_("where the list begins"))
    return made


def run(arguments: argparse.Namespace) -> None:
    """Print them, or wait for the next."""
    if arguments.wait and arguments.at is not None:
        parser().error(_("--wait is about now: leave --at away"))
    query = Query(arguments)
    covered = query.covered_days(_days(query, arguments))
    passes = find(query, arguments)
    if arguments.wait:
        _wait(query, passes, arguments)
        return
    query.warn_if_stale(covered.spans[-1][1])
    _print(query, passes, arguments, covered)


def _days(query: Query, arguments: argparse.Namespace) -> float:
    return float(query.settings.pass_days if arguments.days is None else arguments.days)


def find(query: Query, arguments: argparse.Namespace) -> list[Pass]:
    """The passes that the options describe; of those whose time is not known nobody can say whether they are."""
    visible_only, least_grade = arguments.visible or query.settings.visible_only, arguments.grade
    end = query.at_unix_s + _days(query, arguments) * DAY_S
    found = query.passes(end, query.least_elevation_deg(arguments.min_elevation))
    return [
        one for one in found if not one.time_known or (one.grade >= least_grade and (one.visible or not visible_only))
    ]


def _print(query: Query, passes: list[Pass], arguments: argparse.Namespace, covered: Coverage | None = None) -> None:
    if arguments.format == "text":
        from tui.cli.output.pass_report import pass_lines

        lines = pass_lines(
            passes,
            query.place,
            utc=arguments.utc,
            threshold_deg=query.least_elevation_deg(arguments.min_elevation),
            unknown_before=query.orbit.provenance(query.at_unix_s).age_days < 0.0,
            about=query.object,
            has_horizon=query.horizon is not None,
        )
        print("\n".join(lines))
    elif arguments.format == "ics":
        _print_calendar(query, passes, arguments.lead)
    else:
        _print_data(query, passes, arguments.format, covered)


def _print_calendar(query: Query, passes: list[Pass], lead_s: float) -> None:
    from tui.cli.output.calendar import calendar_text

    known = [one for one in passes if one.time_known]  # a calendar names no others
    if passes and not known:
        raise OrbitError(_("no pass can be put into a calendar: the place along the orbit is not known"))
    dated = [one for one in known if not one.always_up]
    if len(dated) < len(known):
        left_out = _("left out of the calendar, as it does not rise or set in this time: {count}")
        say(left_out.format(count=len(known) - len(dated)))
    if not dated:
        say(_("no such pass: the calendar is empty"))
    print(calendar_text(dated, query.place, query.orbit, query.object, lead_s=lead_s), end="")


def _print_data(query: Query, passes: list[Pass], form: str, covered: Coverage | None) -> None:
    from tui.cli.output.json_export import covered_shape, print_data
    from tui.cli.output.list_rows import PASS_COLUMNS, pass_shape

    shapes = [pass_shape(one, query.error_at(one.peak.unix_s)) for one in passes]
    answer = query.answer_shape(query.at_unix_s, observer=query.place, **covered_shape(covered), passes=shapes)
    print_data(form, PASS_COLUMNS, shapes, answer)


def _wait(query: Query, passes: list[Pass], arguments: argparse.Namespace) -> None:
    ahead = next((one for one in passes if one.rise.unix_s > query.now_unix_s), None)
    if ahead is None:
        raise OrbitError(_("no such pass in the next {days:g} days").format(days=_days(query, arguments)))
    if not ahead.time_known:
        raise OrbitError(
            _("no pass can be waited for: the elements are too old, the place along the orbit is not known")
        )
    query.warn_if_stale(ahead.rise.unix_s)
    from tui.cli.output.pass_report import pass_lines

    say(_("waiting for the pass that rises at {row}").format(row=pass_lines([ahead], query.place)[-1]))
    sleep_until(ahead.rise.unix_s - arguments.lead)
    _print(query, [ahead], arguments)


def sleep_until(
    unix_s: float, now: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Sleep until the wall clock shows an instant; in pieces, so that changes of that clock are followed."""
    while (left_s := unix_s - now()) > 0.0:
        sleep(min(left_s, LONGEST_SLEEP_S))
