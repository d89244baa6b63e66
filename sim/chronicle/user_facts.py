"""A person's own facts: a file in the chronicle's schema, checked, merged over the embedded one, marked as theirs.

The file is TOML, or JSON with the same tables. An example (invented, to show the form):

    [as_of]
    spacewalks = "2026-11-20"

    [sources]
    mine = ["CMSA news of 20 November 2026", "https://www.cmse.gov.cn/"]

    [[spacewalks]]                              # a record there is: only the fields given change
    number = 27
    outside = ["Zhu Yangzhu", "Zhang Zhiyuan"]
    sources = ["mine"]

    [[spacewalks]]                              # a new record: it must be complete
    number = 28
    mission = "Shenzhou-23"
    date = 2026-11-20
    start = 2026-11-20T02:10:00Z
    end = 2026-11-20T08:40:00Z
    duration_min = 390
    sources = ["mine"]

A record that breaks the schema, or contradicts another, is left out and named; a file that cannot be read at all is
left out as a whole. Neither ever stops the program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

from sim.chronicle import Chronicle, embedded_tables
from sim.chronicle.dates import Day
from sim.chronicle.schema import AS_OF_TABLES, SINGLE_TABLES, TABLES, record_name, record_problems
from sim.chronicle.validate import validate
from sim.errors import FactsError, FileFormatError
from sim.language import _
from sim.sanitize import clean
from sim.table_file import SUFFIXES, read_tables

Row: TypeAlias = dict[str, Any]

MOST_RECORDS = 2000
LONGEST_TEXT = 400


def check_facts_file(path: Path) -> list[str]:
    """List the problems of a file of facts (`.toml` or `.json`), or of the files of a folder.

    Returns:
        One line for each problem: file, record, what is wrong. Empty when all of it can be used.
    """
    files = _fact_files(path)
    if not files and not path.is_dir():
        return [_("{name}: no such file").format(name=path.name)]
    return merged_chronicle(path)[1]


def merged_chronicle(path: Path | None) -> tuple[Chronicle, list[str]]:
    """The embedded chronicle with somebody's own facts merged over it.

    Args:
        path: A file, a folder of files (taken in order of their names), or `None`. It need not exist.

    Returns:
        The chronicle, and one line for each record or file that was left out.
    """
    raw = embedded_tables()
    problems: list[str] = []
    for file in _fact_files(path):
        try:
            facts = _read(file)
        except (FactsError, FileFormatError) as error:
            problems.append(f"{file.name}: {error}")
            continue
        raw, found = merge(raw, facts)
        problems += [f"{file.name}: {problem}" for problem in found]
    return Chronicle.from_raw(raw), problems


def merge(raw: Row, facts: Row) -> tuple[Row, list[str]]:
    """Merge the records of one file that are sound over a chronicle's tables.

    Args:
        raw: The tables of a sound chronicle; not changed.
        facts: What the file holds, already cleaned.

    Returns:
        The merged tables, and one line for each record left out.
    """
    problems: list[str] = []
    sources = _sound_sources(facts.get("sources", {}), problems)
    edges = _sound_edges(facts.get("as_of", {}), problems)
    records = _sound_records(raw, facts, {**raw["sources"], **sources}, problems)
    if not (records or sources or edges):
        return raw, problems
    merged = _applied(raw, records, sources, edges)
    contradictions = validate(Chronicle.from_raw(merged))
    if contradictions:
        # Records that contradict others go; if what is left still does, none of the file can be trusted.
        problems += contradictions
        blamed = tuple(problem.split(": ", 1)[0] for problem in contradictions)
        records = [(table, row) for table, row in records if record_name(table, row) not in blamed]
        merged = _applied(raw, records, sources, edges)
        if validate(Chronicle.from_raw(merged)):
            problems.append(_("the other records depend on those, so that none of the file is used"))
            return raw, problems
    return merged, problems


def _fact_files(path: Path | None) -> list[Path]:
    if path is None:
        return []
    try:
        if path.is_dir():
            return sorted(file for file in path.iterdir() if file.suffix in SUFFIXES and file.is_file())
        return [path] if path.exists() else []
    except OSError:
        # A folder nobody may look into is one file that cannot be read: `_read` tells why.
        return [path]


def _read(file: Path) -> Row:
    """Read and clean a file, or say in a few words why not."""
    parsed = read_tables(file, longest_text=LONGEST_TEXT)
    unknown = sorted(clean(name, limit=40) for name in set(parsed) - {*TABLES, "sources", "as_of", "schema"})
    if unknown:
        raise FactsError(
            _("unknown table {unknown!r}; there are {tables}, sources and as_of").format(
                unknown=unknown[0], tables=", ".join(TABLES)
            )
        )
    if sum(len(rows) for rows in parsed.values() if isinstance(rows, list)) > MOST_RECORDS:
        raise FactsError(_("more than {most_records} records").format(most_records=MOST_RECORDS))
    return parsed


def _sound_sources(table: object, problems: list[str]) -> dict[str, list[str]]:
    if not isinstance(table, dict):
        problems.append(_("sources: must be a table of id = [title, address]"))
        return {}
    sound = {}
    for name, entry in table.items():
        if isinstance(entry, list) and len(entry) == 2 and all(isinstance(text, str) and text for text in entry):
            sound[name] = entry
        else:
            problems.append(_("sources {name}: must be [title, address]").format(name=name))
    return sound


def _sound_edges(table: object, problems: list[str]) -> dict[str, str]:
    if not isinstance(table, dict):
        problems.append(_("as_of: must be a table of name = date"))
        return {}
    sound = {}
    for name, date in table.items():
        if name not in AS_OF_TABLES:
            problems.append(
                _("as_of {name}: unknown; there are {as_of_tables}").format(
                    name=name, as_of_tables=", ".join(AS_OF_TABLES)
                )
            )
        elif not isinstance(date, str) or not _is_day(date):
            problems.append(_("as_of {name}: must be a date like 2026-11-20").format(name=name))
        else:
            sound[name] = date
    return sound


def _is_day(text: str) -> bool:
    try:
        return Day.parse(text).precision == "day"
    except (ValueError, OverflowError):
        return False


def _key(table: str, row: Row) -> tuple[str, ...]:
    # As texts, since a row that nobody has checked yet may hold anything.
    return tuple(str(row.get(field)) for field in TABLES[table][1])


def _sound_records(raw: Row, facts: Row, sources: dict[str, Any], problems: list[str]) -> list[tuple[str, Row]]:
    sound = []
    for table in TABLES:
        rows = facts.get(table, [])
        if not isinstance(rows, list):
            problems.append(_("{table}: must be a list of records").format(table=table))
            continue
        existing = {_key(table, row): row for row in raw[table]}
        for row in rows:
            old = existing.get(_key(table, row), {}) if isinstance(row, dict) else {}
            found = _row_problems(raw, table, row, old, sources)
            problems += found
            if not found:
                sound.append((table, row))
    return sound


def _row_problems(raw: Row, table: str, row: object, old: Row, sources: dict[str, Any]) -> list[str]:
    """What is wrong with one record of a file; `old` is the record it corrects, empty for a new one."""
    if not isinstance(row, dict):
        return record_problems(table, row, sources)
    if not old and table in SINGLE_TABLES:
        only = record_name(table, raw[table][0])
        return [_("{table}: there is one record only, {only}").format(table=record_name(table, row), only=only)]
    problems = record_problems(table, _merged_row(old, row), sources)
    if not problems and not row.get("sources"):
        problems.append(_("{table}: no source").format(table=record_name(table, row)))
    return problems


def _merged_row(old: Row, row: Row) -> Row:
    """A record with its corrections; a field that is emptied with `null` goes."""
    return {field: value for field, value in {**old, **row}.items() if value is not None}


def _applied(raw: Row, records: list[tuple[str, Row]], sources: dict[str, list[str]], edges: dict[str, str]) -> Row:
    """The tables with records laid over those of the same key, or added; all of them marked."""
    merged = {**raw, "sources": {**raw["sources"], **sources}}
    for table, row in records:
        rows = {_key(table, record): record for record in merged[table]}
        key = _key(table, row)
        old = rows.get(key, {})
        # What was read before stays among the sources of a corrected record.
        names = dict.fromkeys([*old.get("sources", ()), *row["sources"]])
        rows[key] = {**_merged_row(old, row), "sources": list(names), "origin": "user"}
        merged[table] = list(rows.values())
    merged["as_of"] = {**raw["as_of"], **{name: [date, "user"] for name, date in edges.items()}}
    return merged
