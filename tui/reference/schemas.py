"""The published formats of the JSON answers: JSON Schema (2020-12), one file for each in `seeds/schemas`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sim.errors import HelpError
from sim.language import _, pgettext
from sim.language.lists import comma_list, or_list
from sim.sanitize import clean
from sim.seed_data import seed_json
from tui.reference.markdown import table

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = (
    "status", "track", "passes", "look", "transits", "beta", "contacts", "eclipses", "crew", "crew-all", "ports",
    "missions", "spacewalks", "events", "altitude", "burns", "partners", "opportunities", "about", "track-geojson",
    "transits-geojson",
)  # fmt: skip
"""Named by the command; with `-all` its answer to `--all`, with `-geojson` that to `--format geojson`."""

COMMON = "common"
"""The file of the parts that several formats share."""

Schema = dict[str, Any]


def read_schema(name: str) -> Schema:
    """The file of one format, which refers to the common one.

    Raises:
        HelpError: There is no such format; one line that names them.
    """
    if name not in (*FORMATS, COMMON):
        near = get_close_matches(name, FORMATS, n=1)
        problem = (
            _("there is no format “{name}” (did you mean {near}?): there are {known}")
            if near
            else _("there is no format “{name}”: there are {known}")
        )
        raise HelpError(problem.format(name=clean(name, limit=30), near=", ".join(near), known=comma_list(FORMATS)))
    schema: Schema = seed_json(f"schemas/{name}.schema.json")
    return schema


def whole_schema(name: str) -> Schema:
    """One format as a document that needs no other: the common one is embedded in it."""
    schema = read_schema(name)
    return schema if name == COMMON else {**schema, "$defs": {COMMON: read_schema(COMMON)}}


def field_table(name: str) -> str:
    """The fields of one format as Markdown: path, type, what it means."""
    schema = read_schema(name)
    rows = [(f"`{path}`", kind, meaning) for path, kind, meaning in _fields("", schema, read_schema(COMMON)["$defs"])]
    columns = (_("field"), _("type"), _("what it means"))
    return f"# {title_of(schema)}\n\n{table(columns, rows)}\n"


def title_of(schema: Schema) -> str:
    """What a format holds, in the reader's language."""
    return pgettext("format", schema["title"])


def _fields(path: str, schema: Schema, common: Schema) -> Iterator[tuple[str, str, str]]:
    """A line for each field below a schema, in the order in which it is printed."""
    for key, given in schema.get("properties", {}).items():
        part, or_null = _resolved(given, common)
        here = f"{path}{key}"
        kind = _kind(part)
        if or_null:
            kind = or_list((kind, "null"))
        yield here, kind, _meaning(part, is_optional=key not in schema.get("required", ()))
        while "items" in part:
            part, _or_null = _resolved(part["items"], common)
            here += "[]"
        yield from _fields(f"{here}.", part, common)


def _meaning(part: Schema, *, is_optional: bool) -> str:
    """What a field means."""
    description = part.get("description", "")
    meaning = pgettext("format", description) if description else ""
    return _("may be missing: {meaning}").format(meaning=meaning) if is_optional else meaning


def _resolved(schema: Schema, common: Schema) -> tuple[Schema, bool]:
    """What a schema refers to, with its own description before that of the target; and whether null is allowed."""
    or_null = False
    description = schema.get("description")
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = common[schema["$ref"].rpartition("/")[2]]
        else:
            or_null = or_null or {"type": "null"} in schema["anyOf"]
            description = description or schema.get("description")
            schema = schema["anyOf"][0]
        description = description or schema.get("description")
    return (schema | {"description": description} if description else schema), or_null


def _kind(schema: Schema) -> str:
    """The type in words."""
    if "const" in schema:
        return _("always {value}").format(value=schema["const"])
    if "enum" in schema:
        return ", ".join("null" if value is None else str(value) for value in schema["enum"])
    kinds = schema.get("type", [])
    return or_list(kinds if isinstance(kinds, list) else [kinds]) or _("anything")
