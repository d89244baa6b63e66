"""`tiangong crew`: who is aboard; with `--all`, everyone who ever was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import N_, _, pgettext
from sim.language.lists import comma_list
from sim.language.names import both_names
from sim.time import iso_z
from tui.cli.arguments import TIMES_HELP, Parser, add_common, add_format
from tui.cli.context import Query

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.chronicle import Chronicle
    from sim.chronicle.events import Event
    from sim.chronicle.statistics import AstronautTotals


def parser() -> Parser:
    made = Parser(
        "crew",
        _("Who is aboard at an instant, and for how long."),
        ["tiangong crew", "tiangong crew --at 2025-11-10", "tiangong crew --all --format json"],
        _(TIMES_HELP),
    )
    made.add_argument("--all", action="store_true", help=_("everyone who was ever launched to the station by then"))
    add_format(made, "text", "json")
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    query.require_station(N_("crew"))
    if arguments.all:
        _print_all(query, arguments.format)
        return
    facts = query.chronicle.at(query.at_unix_s)
    if arguments.format == "text":
        from tui.cli.output.text_report import crew_lines, events_around, labelled

        lines = [labelled(pgettext("the instant of an answer", "at"), iso_z(facts.unix_s)), *crew_lines(facts)]
        lines += events_around(*_changes_around(query.chronicle, facts.unix_s), facts.unix_s)
        print("\n".join(lines))
        return
    from tui.cli.output.chronicle_shapes import crew_shape, member_shape
    from tui.cli.output.json_export import dated, to_json

    shape = dated(
        query.object,
        query.at_unix_s,
        crew=crew_shape(facts),
        in_transit=[member_shape(member, facts.unix_s) for member in facts.in_transit],
        crew_as_of=facts.crew_as_of,
        crew_certain=facts.crew_certain,
    )
    print(to_json(shape))


def _changes_around(book: Chronicle, unix_s: float) -> tuple[Event | None, Event | None]:
    """The last docking or undocking that changed who is aboard, and the next: a day alone means its first minute."""

    def aboard(at_s: float) -> set[str]:
        return {member.name for member in book.at(at_s).aboard}

    def changes(event: Event) -> bool:
        happened = event.kind in {"docking", "undocking"} and not event.planned
        return happened and aboard(event.unix_s) != aboard(event.unix_s - 1.0)

    events = book.events.events
    before = (event for event in reversed(events) if event.unix_s <= unix_s and changes(event))
    after = (event for event in events if event.unix_s > unix_s and changes(event))
    return next(before, None), next(after, None)


def _print_all(query: Query, form: str) -> None:
    totals = query.chronicle.astronauts_at(query.at_unix_s)
    if form == "text":
        print("\n".join(_totals_table(totals)))
        return
    from tui.cli.output.chronicle_shapes import sources_shape
    from tui.cli.output.json_export import dated, rounded, to_json

    people = [
        {
            "name": total.person.name,
            "name_zh": total.person.name_zh or None,
            "days": rounded(total.seconds / DAY_S, 4),
            "certain": total.certain,
            "flights": total.flights,
            "missions": list(total.missions),
            "spacewalks": total.spacewalks,
            "spacewalks_at_least": total.spacewalks_at_least,
            "spacewalk_min": total.spacewalk_time.minutes,
            "sources": sources_shape(total.person.proof, query.at_unix_s),
        }
        for total in totals
    ]
    print(to_json(dated(query.object, query.at_unix_s, people=people)))


def _totals_table(totals: Sequence[AstronautTotals]) -> list[str]:
    from tui.cli.output.text_report import table

    rows = [
        (
            both_names(total.person.name, total.person.name_zh),
            f"{total.seconds / DAY_S:.1f}" + ("" if total.certain else "?"),
            str(total.flights),
            f"{'>=' if total.spacewalks_at_least else ''}{total.spacewalks}",
            total.spacewalk_time.text if total.spacewalks else "",
            comma_list(map(_, total.missions)),
        )
        for total in totals
    ]
    header = (_("name"), _("days"), _("flights"), _("walks"), _("h:mm"), _("missions"))
    return table(header, rows, right=(1, 2, 3, 4))
