"""`tiangong events`: what happened around an instant, and what came next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import ElementsError
from sim.language import N_, _
from sim.language.lists import joined
from tui.cli.arguments import END_HELP, TIMES_HELP, Parser, add_common, add_format, end_of_span, instant
from tui.cli.context import Query
from tui.cli.output.text_report import about_text
from tui.session.burn_events import burn_events
from tui.wording import quantities

if TYPE_CHECKING:
    import argparse
    from zoneinfo import ZoneInfo

    from sim.chronicle.events import Event, EventList

EITHER_SIDE = 8


def parser() -> Parser:
    made = Parser(
        "events",
        _(
            "What happened before an instant and what comes after it: launches, dockings, spacewalks, landings, "
            "records."
        ),
        ["tiangong events", "tiangong events --at 2022-11-29", "tiangong events --from 2024-01-01 --to +90d"],
        joined((_(TIMES_HELP), _(END_HELP))),
    )
    made.add_argument("--from", dest="begin", metavar="T", type=instant, help=_("all events from here"))
    made.add_argument("--to", dest="end", metavar="T", type=end_of_span, help=_("to before here"))
    add_format(made, "text", "json")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    query.require_station(N_("event"))
    at = query.at_unix_s
    listed = _events(query, query.clock_zone if arguments.format == "text" else None)
    every = listed.events
    if arguments.begin is None and arguments.end is None:
        before = [event for event in every if event.unix_s <= at]
        chosen = (*before[-EITHER_SIDE:], *every[len(before) : len(before) + EITHER_SIDE])
    else:
        begin = every[0].unix_s if arguments.begin is None else arguments.begin
        counted_from = at if arguments.begin is None else arguments.begin
        end = every[-1].unix_s + 1.0 if arguments.end is None else arguments.end(counted_from)
        if end < begin:
            parser().error(_("--to lies before --from"))
        chosen = listed.between(begin, end)
    if arguments.format == "text":
        from tui.cli.output.text_report import table

        heading = _("Events, times in {zone}").format(zone=query.clock_words)
        rows = [_row(event, at, query.clock_zone) for event in chosen]
        print("\n".join([heading, "", *table((_("time"), _("kind"), _("event")), rows)]))
        return
    from tui.cli.output.chronicle_shapes import event_shape
    from tui.cli.output.json_export import dated, to_json

    print(to_json(dated(query.object, at, events=[event_shape(event, at) for event in chosen])))


def _events(query: Query, zone: ZoneInfo | None) -> EventList:
    """Those of the chronicle, and the burns found in the station's element sets, dated by the clocks of a zone."""
    try:
        burns = query.altitude.burns
    except ElementsError:  # an ephemeris knows of no burns
        return query.chronicle.events
    return query.chronicle.events_with(burn_events(burns, zone))


def _row(event: Event, unix_s: float, zone: ZoneInfo | None) -> tuple[str, str, str]:
    """Times of day by the clocks of a zone; what is known to the day alone stays as it is stated."""
    title, is_later = _(event.title), event.is_hindsight(unix_s)
    if is_later is None:  # the instant lies in the span in which it was
        title = _("perhaps later: {event}").format(event=title)
    elif is_later:
        title = _("later: {event}").format(event=title)
    is_instant = event.precision in {"second", "minute"}
    if zone is not None and is_instant:
        time = quantities.instant(event.unix_s, zone, "seconds" if event.precision == "second" else "minutes")
    else:
        time = event.text
    return about_text(time, certain=event.certain), _(event.kind), title
