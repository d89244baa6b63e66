"""What a chronicle file may hold: tables, fields and their forms, and the key that tells one record from another.

The same rules check the embedded file and a person's own. A problem is one line that names the record.
"""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias

from sim.chronicle.dates import parse_when
from sim.chronicle.model import PORT_NAMES
from sim.named_tuple import NamedTuple

SCHEMA = 1
Form: TypeAlias = Literal["text", "flag", "count", "number", "instant", "date", "when", "texts", "rows"]


class Field(NamedTuple):
    """One field of a record.

    Attributes:
        form: What its value looks like.
        required: Whether a record is incomplete without it.
        choices: The only texts allowed; empty means any.
        rows: For a list of records: their fields.
    """

    form: Form
    required: bool = False
    choices: tuple[str, ...] = ()
    rows: dict[str, Field] | None = None


class Table(NamedTuple):
    """One table of the file: its fields, and the ones that together are a record's key."""

    key: tuple[str, ...]
    fields: dict[str, Field]


_PROOF: dict[str, Field] = {
    "sources": Field("texts", required=True),
    "conflicts": Field("texts"),
    "unverified": Field("texts"),
    "notes": Field("texts"),
}


def _table(*key: str, **fields: Field) -> Table:
    return Table(key, fields | _PROOF)


_TEXT, _FLAG, _COUNT, _NUMBER = Field("text"), Field("flag"), Field("count"), Field("number")
_INSTANT, _DATE, _WHEN, _TEXTS = Field("instant"), Field("date"), Field("when"), Field("texts")
_NEED_TEXT, _NEED_COUNT, _NEED_NUMBER = Field("text", True), Field("count", True), Field("number", True)
_NEED_INSTANT, _NEED_DATE, _NEED_WHEN = Field("instant", True), Field("date", True), Field("when", True)
_NEED_TEXTS = Field("texts", True)
_PORT = Field("text", True, tuple(PORT_NAMES))
VIEWS = ("station", "crew", "missions", "spacewalks", "passes", "orbit", "partners")

TOPICS = ("science", "samples", "upkeep", "arms", "radio", "satellites", "wings", "firsts", "materials")
"""What a fact of the table `facts` may be about."""

TABLES: dict[str, Table] = {
    "station": _table(
        "name", name=_NEED_TEXT, inclination_deg=_NEED_NUMBER, design_life=_NEED_TEXT, mass_t=_NEED_NUMBER,
        pressurised_m3=_NEED_NUMBER, habitable_m3=_NEED_NUMBER, first_launch=_NEED_INSTANT, t_shape=_NEED_INSTANT,
        declared_built=_NEED_DATE, expansion=_NEED_TEXT,
    ),
    "modules": _table(
        "name", name=_NEED_TEXT, name_zh=_NEED_TEXT, type=_NEED_TEXT, launch=_INSTANT, dock=_INSTANT,
        relocated=_INSTANT, rocket=_TEXT, launch_site=_TEXT, mass_kg=_NUMBER, length_m=_NUMBER, diameter_m=_NUMBER,
        pressurised_m3=_NUMBER, habitable_m3=_NUMBER, norad_id=_COUNT, cospar_id=_TEXT,
    ),
    "missions": _table(
        "name", name=_NEED_TEXT, name_zh=_NEED_TEXT, kind=Field("text", True, ("crewed", "uncrewed", "cargo")),
        status=Field("text", True, ("completed", "in progress", "planned")), status_as_of=_TEXT, expedition=_COUNT,
        launch=_INSTANT, dock=_INSTANT, undock=_INSTANT, end=_INSTANT, duration_s=_NUMBER,
        crew=Field("rows", rows={
            "name": _NEED_TEXT, "role": _NEED_TEXT, "role_unverified": _FLAG, "flight_number": _COUNT,
        }),
        return_ship=_TEXT, crew_landing=_INSTANT, crew_duration_s=_NUMBER, returned_crew_of=_TEXT, launch_site=_TEXT,
        landing_site=_TEXT, rocket=_TEXT, rocket_serial=_TEXT, norad_id=_COUNT, cospar_id=_TEXT, cargo_kg=_NUMBER,
        cargo_note=_TEXT, planned_when=_TEXT, planned_crew=_TEXT, planned_port=_TEXT, planned_from=_DATE,
    ),
    "stays": _table(
        "vehicle", "begin", vehicle=_NEED_TEXT, port=_PORT, begin=_NEED_INSTANT, end=_INSTANT, permanent=_FLAG,
        begin_approximate=_FLAG, end_approximate=_FLAG,
    ),
    "handovers": _table(
        "from_mission", "to_mission", from_mission=_NEED_TEXT, to_mission=_NEED_TEXT, date_beijing=_NEED_DATE,
    ),
    "people": _table(
        "name", name=_NEED_TEXT, name_zh=_NEED_TEXT, sex=Field("text", True, ("female", "male")),
        nationality=_NEED_TEXT, birth=_DATE, group=_COUNT,
        earlier_flights=Field("rows", rows={"mission": _NEED_TEXT, "seconds": _NEED_NUMBER}),
    ),
    "groups": _table("group", group=_NEED_COUNT, year=_NEED_COUNT, size=_NEED_COUNT, makeup=_NEED_TEXT),
    "spacewalks": _table(
        "number", number=_NEED_COUNT, mission=_NEED_TEXT, date=_NEED_DATE, date_in_doubt=_FLAG, date_not_after=_DATE,
        start=_INSTANT, start_approximate=_FLAG, end=_INSTANT, duration_min=_COUNT, duration_approximate=_FLAG,
        outside=_TEXTS, inside=_TEXTS, exit=_TEXT, suits=_TEXT, tasks=_TEXT, not_published=_TEXTS,
        second_out=_INSTANT, second_out_approximate=_FLAG,
    ),
    "walk_totals": _table("mission", mission=_NEED_TEXT, spacewalks=_NEED_COUNT, at_least_min=_NEED_COUNT),
    "suits": _table("text", text=_NEED_TEXT, known_from=_DATE),
    "records": _table(
        "record", record=_NEED_TEXT, area=Field("text", True, ("people", "spacewalks")), holders=_NEED_TEXTS,
        value=_TEXT, date=_DATE, spacewalk=_COUNT, mission=_TEXT, duration_min=_COUNT, runners_up=_TEXTS,
    ),
    "avoidances": _table("date", "object", object=_NEED_TEXT, date=_NEED_DATE, manoeuvre=_INSTANT, close_pass=_INSTANT),
    "agreement": _table(
        "date", date=_NEED_DATE, title=_NEED_TEXT, title_zh=_NEED_TEXT, parties=_NEED_TEXTS, place=_NEED_TEXT,
        witness=_NEED_TEXT, ceremony=_NEED_INSTANT, ceremony_note=_NEED_TEXT,
        signatories=Field("rows", True, rows={
            "name": _NEED_TEXT, "title": _NEED_TEXT, "spelling_variants": _TEXTS,
        }),
    ),
    "assignment": _table(
        "mission", mission=_NEED_TEXT, prime_named=_FLAG, note=_NEED_TEXT, stay=_NEED_TEXT, known_from=_DATE,
    ),
    "partner_steps": _table("date", "text", date=_NEED_DATE, text=_NEED_TEXT),
    "candidates": _table(
        "name", name=_NEED_TEXT, name_zh=_NEED_TEXT, nationality=_NEED_TEXT, birth=_DATE, role=_NEED_TEXT,
        service=_NEED_TEXT, mission=_NEED_TEXT, flown=_FLAG, flown_as_of=_NEED_DATE, known_from=_DATE,
    ),
    "payloads": _table("name", name=_NEED_TEXT, country=_NEED_TEXT, status=_NEED_TEXT, known_from=_DATE),
    "claims": _table(
        "number", number=_NEED_COUNT, claim=_NEED_TEXT, verdict=_NEED_TEXT, corrected=_NEED_TEXT, caveat=_TEXT,
        measured=_TEXT, view=Field("text", True, VIEWS), see=_NEED_WHEN, known_from=_DATE,
    ),
    "plans": _table(
        "what", "text", what=_NEED_TEXT, text=_NEED_TEXT, stated=_DATE, due=_DATE, due_until=_DATE, until=_DATE,
        mission=_TEXT,
    ),
    "lessons": _table(
        "number", number=_NEED_COUNT, date=_NEED_DATE, start=_INSTANT, duration_min=_COUNT, place=_TEXT, audience=_TEXT,
    ),
    "facts": _table(
        "title", "text", topic=Field("text", True, TOPICS), title=_NEED_TEXT, text=_NEED_TEXT, known_from=_NEED_DATE,
        mission=_TEXT,
    ),
}  # fmt: skip
"""Every table of a chronicle file."""

SINGLE_TABLES = ("station", "agreement", "assignment")
"""Tables of one record: it can be corrected, but no other added."""

AS_OF_TABLES = ("crew", "ports", "modules", "cargo", "spacewalks", "people", "partners", "plans")
"""What has an edge of knowledge of its own."""

_LIST_FORMS = {"texts", "rows"}
_TIME = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\dZ)?)?)?", re.ASCII)


def record_name(table: str, record: dict[str, Any]) -> str:
    """Name a record for a message, like `missions Shenzhou-19`."""
    parts = [str(record[field]) for field in TABLES[table].key if field in record]
    return " ".join([table, *parts]) if parts else f"{table} (a record without {TABLES[table].key[0]!r})"


def record_problems(table: str, record: object, *, partial: bool = False) -> list[str]:
    """Check one record against its table.

    Args:
        table: The table's name, one of `TABLES`.
        record: What the file holds.
        partial: Whether the record only corrects fields of one that exists: then the key alone is required.

    Returns:
        One line for each problem, the record named; empty when all is well.
    """
    if not isinstance(record, dict):
        return [f"{table}: {_shown(record)} is no record"]
    name = record_name(table, record)
    key, fields = TABLES[table]
    required = set(key) if partial else {field for field, rule in fields.items() if rule.required}
    return _row_problems(name, record, fields, required)


def _row_problems(name: str, row: dict[str, Any], fields: dict[str, Field], required: set[str]) -> list[str]:
    problems = [f"{name}: {field} is missing" for field in sorted(required - set(row))]
    for field, value in row.items():
        rule = fields.get(str(field))
        if rule is None:
            problems.append(f"{name}: unknown field {_shown(field)}")
            continue
        # A record that corrects another may empty a field, but not one that every record must have.
        if value is None and not rule.required:
            continue
        problems += _value_problems(f"{name}: {field}", value, rule)
    return problems


def _value_problems(where: str, value: object, rule: Field) -> list[str]:
    if rule.form in _LIST_FORMS:
        if not isinstance(value, list):
            return [f"{where} must be a list, not {_shown(value)}"]
        if rule.required and not value:
            return [f"{where} must not be empty"]
        if rule.form == "texts":
            return [f"{where} must hold texts, not {_shown(item)}" for item in value if not _is_text(item)]
        problems: list[str] = []
        for number, row in enumerate(value, 1):
            if not isinstance(row, dict) or rule.rows is None:
                problems.append(f"{where} {number} must be a record, not {_shown(row)}")
                continue
            required = {field for field, inner in rule.rows.items() if inner.required}
            problems += _row_problems(f"{where} {number}", row, rule.rows, required)
        return problems
    expected = _expected(value, rule)
    return [] if expected is None else [f"{where} must be {expected}, not {_shown(value)}"]


def _expected(value: object, rule: Field) -> str | None:
    """What a single value ought to be, or `None` when it is."""
    if rule.form == "flag":
        return None if isinstance(value, bool) else "true or false"
    if rule.form == "count":
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
        return None if good else "a whole number"
    if rule.form == "number":
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12
        return None if good else "a number"
    if not isinstance(value, str) or not value.strip():
        return "a text"
    if rule.choices and value not in rule.choices:
        return f"one of {', '.join(rule.choices)}"
    if rule.form == "text":
        return None
    return _expected_time(value, rule.form)


def _expected_time(text: str, form: Form) -> str | None:
    wanted = {
        "instant": "a UTC time like 2024-12-17T04:51:00Z",
        "date": "a date like 2024-12-17",
        "when": "a date like 2024-12-17 or a UTC time like 2024-12-17T04:51:00Z",
    }[form]
    if not _TIME.fullmatch(text):
        return wanted
    try:
        is_instant = parse_when(text).is_instant
    except (ValueError, OverflowError):
        return wanted
    return wanted if (form == "instant" and not is_instant) or (form == "date" and is_instant) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _shown(value: object) -> str:
    """A foreign value, cleaned and cut to fit into one line."""
    from sim.sanitize import clean

    return clean(repr(value), limit=60)
