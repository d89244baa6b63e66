"""`tiangong partners`: the international programme as it stood at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known
from sim.language import N_, _
from tui.cli.arguments import Parser, question
from tui.cli.context import Query
from tui.cli.output.chronicle_shapes import sources_shape
from tui.cli.output.json_export import dated, to_json
from tui.cli.output.text_report import table
from tui.drawing.styled_text import plain
from tui.wording.partners import agreement_lines, flight_lines, flight_plans, has_flown

if TYPE_CHECKING:
    import argparse

    from sim.chronicle import Chronicle
    from tui.cli.output.json_export import Shape

STORY_WIDTH = 110
"""Columns of the sentences about the flight and the agreement."""


def parser() -> Parser:
    return question(
        "partners",
        _("The international programme: the agreement, the candidates, payloads, and the steps so far."),
        ["tiangong partners", "tiangong partners --format json"],
    )


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    query.require_station(N_("partner"))
    book, at = query.chronicle, query.at_unix_s
    if arguments.format == "text":
        print("\n".join(_lines(book, at)))
        return
    print(to_json(dated(query.object, at, **programme_shape(book, at))))


def _lines(book: Chronicle, unix_s: float) -> list[str]:
    story = [*flight_lines(book, unix_s, STORY_WIDTH), *agreement_lines(book, unix_s, STORY_WIDTH)]
    steps = [(step.day.text, _(step.text)) for step in book.partner_steps if is_known(step.day, unix_s)]
    lines = [*(plain(line).rstrip().removeprefix("→ ") for line in story), ""]
    lines += table((_("date"), _("step")), steps) if steps else [_("no step yet")]
    payloads = [one for one in book.payloads if is_known(one.known_from, unix_s)]
    if payloads:
        text = _("{name} ({country}): {status}")
        named = (text.format(name=_(one.name), country=_(one.country), status=_(one.status)) for one in payloads)
        lines += ["", _("Payloads:"), *(f"  {line}" for line in named)]
    return lines


def programme_shape(book: Chronicle, unix_s: float) -> Shape:
    """What was known of the programme at an instant."""
    return {
        "as_of": book.as_of["partners"].date,
        "agreement": _agreement_shape(book, unix_s),
        "flight": _flight_shape(book, unix_s),
        "steps": [
            {"date": step.day.text, "text": step.text, "sources": sources_shape(step.proof, unix_s)}
            for step in book.partner_steps
            if is_known(step.day, unix_s)
        ],
        "candidates": _candidate_shapes(book, unix_s),
        "assignment": _assignment_shape(book, unix_s),
        "payloads": [
            {
                "name": one.name,
                "country": one.country,
                "status": one.status,
                "sources": sources_shape(one.proof, unix_s),
            }
            for one in book.payloads
            if is_known(one.known_from, unix_s)
        ],
    }


def _candidate_shapes(book: Chronicle, unix_s: float) -> list[Shape]:
    return [
        {
            "name": one.name,
            "name_zh": one.name_zh or None,
            "nationality": one.nationality,
            "role": one.role,
            "mission": one.mission if is_known(book.assignment.known_from, unix_s) else None,
            "flown": has_flown(book, one, unix_s),
            "as_of": one.flown_as_of,
            "sources": sources_shape(one.proof, unix_s),
        }
        for one in book.candidates
        if is_known(one.known_from, unix_s)
    ]


def _agreement_shape(book: Chronicle, unix_s: float) -> Shape | None:
    """The agreement on the flight, from the day on which it was signed."""
    agreement = book.agreement
    if agreement.day.unix_s > unix_s:
        return None
    return {
        "date": agreement.day.date,
        "title": agreement.title,
        "title_zh": agreement.title_zh,
        "parties": list(agreement.parties),
        "place": agreement.place,
        "sources": sources_shape(agreement.proof, unix_s),
    }


def _assignment_shape(book: Chronicle, unix_s: float) -> Shape | None:
    """Who is to fly, from the day on which that was made known."""
    assignment = book.assignment
    if not is_known(assignment.known_from, unix_s):
        return None
    return {
        "mission": assignment.mission,
        "prime_named": assignment.prime_named,
        "stay": assignment.stay,
        "note": assignment.note,
        "sources": sources_shape(assignment.proof, unix_s),
    }


def _flight_shape(book: Chronicle, unix_s: float) -> Shape | None:
    """When a foreign astronaut is to fly, as last said: `from` and `to` are days or months, null where nobody said."""
    said = flight_plans(book, unix_s)
    if not said:
        return None
    plan, due = said[-1], said[-1].due
    flown = any(has_flown(book, one, unix_s) for one in book.candidates)
    as_of = book.as_of["partners"]
    return {
        "when": {
            "from": due.text if due else None,
            "to": (plan.due_until or due).text if due else None,
            "text": plan.text,
            "stated": plan.stated.text if plan.stated else None,
        },
        "planned": not flown,
        "flown": flown,
        "as_of": as_of.date if unix_s >= as_of.unix_s else None,
        "sources": sources_shape(plan.proof, unix_s),
    }
