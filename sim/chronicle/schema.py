"""Checks of single records against the types of the chronicle, with messages for the person who wrote the file."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from sim.chronicle import model
from sim.chronicle.model import background, occasions, programme
from sim.chronicle.model.record import Record
from sim.chronicle.tables import SourceEntry, decode_hook
from sim.language import N_, _
from sim.sanitize import clean

TABLES: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "station": (model.Station, ("name",)),
    "modules": (model.Module, ("name",)),
    "missions": (model.Mission, ("name",)),
    "stays": (model.PortStay, ("vehicle", "begin")),
    "handovers": (occasions.Handover, ("from_mission", "to_mission")),
    "people": (model.Person, ("name",)),
    "groups": (background.SelectionGroup, ("group",)),
    "spacewalks": (model.Spacewalk, ("number",)),
    "walk_totals": (background.WalkTotal, ("mission",)),
    "suits": (background.Suit, ("text",)),
    "records": (model.RecordMark, ("record",)),
    "avoidances": (occasions.Avoidance, ("date", "object")),
    "agreement": (programme.Agreement, ("date",)),
    "assignment": (programme.Assignment, ("mission",)),
    "partner_steps": (occasions.PartnerStep, ("date", "text")),
    "candidates": (programme.Candidate, ("name",)),
    "payloads": (programme.Payload, ("name",)),
    "claims": (programme.CheckedClaim, ("number",)),
    "plans": (occasions.Plan, ("what", "text")),
    "lessons": (occasions.Lesson, ("number",)),
    "facts": (background.Fact, ("title", "text")),
}
"""Every table of a chronicle file: the type of its records, and the fields that together are a record's key."""

SINGLE_TABLES = ("station", "agreement", "assignment")
"""Tables of one record: it can be corrected, but no other added."""

AS_OF_TABLES = ("crew", "ports", "modules", "cargo", "spacewalks", "people", "partners", "plans")
"""Tables with a date up to which they are complete."""

_EXPECTED = {
    "int": N_("a whole number"),
    "float": N_("a number"),
    "str": N_("a text"),
    "bool": N_("true or false"),
    "array": N_("a list"),
    "object": N_("a record"),
}
_AT = re.compile(r"(?P<problem>.*?) - at `\$(?P<path>[^`]*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_EXPECTED_TYPE = re.compile(r"Expected `(\w+)[^`]*`(?: (of length [<>]= \d+|[<>]=? [-\d.]+|matching regex '.*'))?")


def record_name(table: str, record: dict[str, Any]) -> str:
    """Name a record for a message, like `missions Shenzhou-19`."""
    key = TABLES[table][1]
    parts = [str(record[field]) for field in key if field in record]
    return (
        " ".join([table, *parts]) if parts else _("{table} (a record without {key!r})").format(table=table, key=key[0])
    )


def record_problems(table: str, record: object, sources: dict[str, SourceEntry]) -> list[str]:
    """Check one complete record against its table.

    Returns:
        One line for each missing or unknown field, or for the first field with a wrong value; empty when all is well.
    """
    if not isinstance(record, dict):
        return [_("{table}: {record} is not a record").format(table=table, record=shown(record))]
    name, kind = record_name(table, record), TABLES[table][0]
    fields = msgspec.structs.fields(kind)
    missing = sorted(field.encode_name for field in fields if field.required and field.encode_name not in record)
    unknown = set(record) - {field.encode_name for field in fields}
    problems = [_("{name}: {field} is missing").format(name=name, field=field) for field in missing]
    problems += [
        _("{name}: unknown field {field}").format(name=name, field=shown(field)) for field in record if field in unknown
    ]
    if not problems:
        try:
            msgspec.convert(record, type=kind, dec_hook=decode_hook(sources))
        except msgspec.ValidationError as error:
            problems.append(f"{name}: {error_text(error, record, kind)}")
    return problems


def error_text(error: msgspec.ValidationError, record: dict[str, Any], kind: type[msgspec.Struct]) -> str:
    """What `msgspec` found wrong with a record, in words: the path of the field, what it must be, and what it is."""
    match = _AT.fullmatch(str(error))
    problem, path = (match["problem"], match["path"].removeprefix(".")) if match else (str(error), "")
    inside = f"{path}: " if path else ""
    if missing := _MISSING.fullmatch(problem):
        return _("{replace}{missing} is missing").format(replace=inside.replace(": ", "."), missing=missing[1])
    if unknown := _UNKNOWN.fullmatch(problem):
        return _("{inside}unknown field {unknown}").format(inside=inside, unknown=shown(unknown[1]))
    if problem.startswith("unknown source"):
        return problem
    if problem.startswith("Invalid enum value"):
        problem = _("must be one of {kind}").format(kind=", ".join(_choices(kind, path)))
    elif expected := _EXPECTED_TYPE.match(problem):
        problem = _("must be {expected}{bound}").format(
            expected=_(_EXPECTED.get(expected[1], expected[1])), bound=_bound(expected[1], expected[2] or "")
        )
    return f"{path} {problem}, not {shown(_value_at(record, path))}"


def _bound(kind: str, text: str) -> str:
    """What else is asked of a value: ` of length <= 40`; nothing for a text that only must not be empty."""
    is_text = kind == "str" and text == "of length >= 1"
    return "" if is_text or not text else f" {text.replace('matching regex', 'of the form')}"


def _choices(kind: type[msgspec.Struct], path: str) -> tuple[str, ...]:
    """The texts that a field may be, in a record or in those it holds: `steps[2].view`."""
    hint: Any = kind
    for step in re.findall(r"[^.\[\]]+", path):
        if step.isdigit():
            hint = next(iter(get_args(hint)), None)
        else:
            hint = get_type_hints(hint).get(step) if isinstance(hint, type) else None
    return get_args(hint) if get_origin(hint) is Literal else ()


def _value_at(value: Any, path: str) -> object:  # noqa: ANN401 - whatever the file holds
    for step in re.findall(r"[^.\[\]]+", path):
        value = value[int(step)] if isinstance(value, list) else value.get(step)
    return value


def shown(value: object) -> str:
    """A foreign value, cleaned and cut to fit into one line."""
    return clean(repr(value), limit=60)
