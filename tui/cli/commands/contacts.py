"""`tiangong contacts`: when ground stations have the space station in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _, ngettext
from sim.language.lists import joined
from sim.sanitize import clean
from tui.cli.arguments import TIMES_HELP, Parser, add_common, add_days, add_format, file_path, number
from tui.cli.context import Query, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.orbit.coverage import Coverage
    from sim.passes.plans.contacts import Contact
    from sim.passes.plans.stations import Station


def parser() -> Parser:
    made = Parser(
        "contacts",
        _(
            "When ground stations have the space station in view: rise, greatest elevation, set for each. Without a "
            "file these are the known stations of the programme, at the towns they are named after: to a tenth of a "
            "degree, which moves a contact by a second or two, a low one by more. In view is geometric: it says not "
            "who listens."
        ),
        [
            "tiangong contacts --days 1",
            "tiangong contacts --station Kashi --station Malindi --min-elevation 10 --format csv",
            "tiangong contacts --stations stations.csv --at 2026-09-01 --format json",
        ],
        joined(
            (
                _(TIMES_HELP),
                _("A table of stations has name,latitude,longitude and if wanted height_m,min_elevation_deg."),
            )
        ),
    )
    add_days(made, 1.0)
    _add_stations(made)
    add_format(made, "text", "json", "csv")
    add_common(made, at=_("where the list begins"))
    return made


def _add_stations(made: Parser) -> None:
    """The options that say which stations, and what is in their view."""
    made.add_argument("--stations", metavar="FILE", type=file_path, help=_("a table of your own stations"))
    made.add_argument(
        "--station", metavar="NAME", action="append", default=[], help=_("only this one; may be given again")
    )
    made.add_argument(
        "--min-elevation",
        metavar="D",
        type=number(-5, 89),
        default=5.0,
        help=_("of stations without their own; default 5"),
    )


def run(arguments: argparse.Namespace) -> None:
    from sim.passes.plans.contacts import find_contacts
    from sim.passes.plans.stations import known_stations, named, read_stations

    given = read_stations(arguments.stations) if arguments.stations is not None else known_stations()
    stations = named(given, arguments.station)
    query = Query(arguments)
    covered = query.covered_days(arguments.days)
    contacts = find_contacts(
        query.orbit, stations, *covered.asked, error_at=query.error_at, min_elevation_deg=arguments.min_elevation
    )
    query.warn_if_stale(covered.spans[-1][1])
    if not contacts:
        say(_("no contact in these {days:g} days").format(days=arguments.days))
    _print(query, stations, contacts, covered, arguments)


def _print(
    query: Query,
    stations: Sequence[Station],
    contacts: Sequence[Contact],
    covered: Coverage,
    arguments: argparse.Namespace,
) -> None:
    from sim.passes.plans.contacts import share_in_view
    from tui.cli.output import contact_rows

    begin, end = covered.asked
    share = share_in_view(contacts, begin, end) if covered.is_whole else None
    if arguments.format == "text":
        print("\n".join(contact_rows.contact_lines(contacts, share, query.clock, _head(query, stations))))
        return
    from tui.cli.output.json_export import covered_shape, print_data

    shapes = [contact_rows.contact_shape(one) for one in contacts]
    answer = query.answer_shape(
        begin,
        **covered_shape(covered),
        stations=[contact_rows.station_shape(one, arguments.min_elevation) for one in stations],
        any_station=contact_rows.share_shape(share),
        contacts=shapes,
    )
    print_data(arguments.format, contact_rows.CONTACT_COLUMNS, shapes, answer)


def _head(query: Query, stations: Sequence[Station]) -> str:
    count = len(stations)
    text = (
        ngettext(
            "Contacts of {count} station, times in {zone}, errors 90 %",
            "Contacts of {count} stations, times in {zone}, errors 90 %",
            count,
        )
        if query.object.is_station
        else ngettext(
            "Contacts of {count} station with {object}, times in {zone}, errors 90 %",
            "Contacts of {count} stations with {object}, times in {zone}, errors 90 %",
            count,
        )
    )
    return text.format(count=count, object=clean(query.object.label, limit=40), zone=query.clock_words)
