"""A user's own facts: merged, marked, and left out when invalid."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.chronicle import Chronicle, embedded_chronicle, embedded_tables, user_facts
from sim.chronicle.schema import TABLES
from sim.chronicle.user_facts import check_facts_file, merge, merged_chronicle
from sim.chronicle.validate import validate

SOURCES = {"mine": ["A note of mine", "https://example.org/"]}
WALK_28 = {
    "number": 28,
    "mission": "Shenzhou-23",
    "date": "2026-09-20",
    "start": "2026-09-20T02:10:00Z",
    "end": "2026-09-20T08:40:00Z",
    "duration_min": 390,
    "outside": ["Zhu Yangzhu", "Zhang Zhiyuan"],
    "sources": ["mine"],
}


def unix(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def write(folder: Path, facts: Any, name: str = "facts.json") -> Path:
    path = folder / name
    path.write_text(facts if isinstance(facts, str) else json.dumps(facts), "utf-8")
    return path


def test_merged_chronicle_new_record_is_added_and_marked(tmp_path: Path) -> None:
    path = write(tmp_path, {"as_of": {"spacewalks": "2026-09-20"}, "sources": SOURCES, "spacewalks": [WALK_28]})
    assert check_facts_file(path) == []
    book, problems = merged_chronicle(path)
    assert problems == []
    assert len(book.spacewalks) == 28
    assert book.spacewalks[-1].origin == "user"
    assert book.spacewalks[0].origin == "embedded"
    assert (book.as_of["spacewalks"].date, book.as_of["spacewalks"].origin) == ("2026-09-20", "user")
    facts = book.at(unix("2026-09-20T03:10:00Z"))
    assert facts.spacewalk is not None
    assert (facts.spacewalk.spacewalk.number, facts.spacewalk.elapsed_s) == (28, 3600.0)
    assert facts.previous_event is not None
    assert facts.previous_event.origin == "user"
    assert len(embedded_chronicle().spacewalks) == 27


def test_merged_chronicle_embedded_record_is_corrected_field_by_field(tmp_path: Path) -> None:
    change = {"number": 27, "outside": ["Zhu Yangzhu", "Zhang Zhiyuan"], "exit": None, "sources": ["mine"]}
    book, problems = merged_chronicle(write(tmp_path, {"sources": SOURCES, "spacewalks": [change]}))
    assert problems == []
    walk, before = book.spacewalks[26], embedded_chronicle().spacewalks[26]
    assert (walk.outside, walk.origin) == (("Zhu Yangzhu", "Zhang Zhiyuan"), "user")
    assert (walk.duration, walk.day, walk.tasks) == (before.duration, before.day, before.tasks)
    assert {source.id for source in walk.proof.sources} == {source.id for source in before.proof.sources} | {"mine"}


def test_merged_chronicle_whole_mission_moves_the_last_known_date(tmp_path: Path) -> None:
    """A whole mission can be added: ship, crew, stay, and the last known date that moves with them."""
    facts = {
        "as_of": {"crew": "2026-11-20", "ports": "2026-11-20"},
        "sources": SOURCES,
        "people": [
            {"name": "Ann Example", "name_zh": "安", "sex": "female", "nationality": "Testland", "sources": ["mine"]}
        ],
        "missions": [
            {
                "name": "Shenzhou-24",
                "status": "in progress",
                "launch": "2026-11-01T01:00:00Z",
                "dock": "2026-11-01T04:30:00Z",
                "crew": [{"name": "Ann Example", "role": "payload specialist", "flight_number": 1}],
                "sources": ["mine"],
            }
        ],
        "stays": [{"vehicle": "Shenzhou-24", "port": "forward", "begin": "2026-11-01T04:30:00Z", "sources": ["mine"]}],
    }
    book, problems = merged_chronicle(write(tmp_path, facts))
    assert problems == []
    seen = book.at(unix("2026-11-10T00:00:00Z"))
    assert seen.crew_certain
    assert [member.name for member in seen.aboard][-1] == "Ann Example"
    assert seen.aboard[-1].origin == "user"
    assert {docked.port: docked.vehicle for docked in seen.ports}["forward"] == "Shenzhou-24"


def test_merged_chronicle_toml_dates_are_read(tmp_path: Path) -> None:
    doc = user_facts.__doc__ or ""
    example = "\n".join(line[4:] for line in doc.splitlines() if line.startswith("    "))
    assert "number = 28" in example
    book, problems = merged_chronicle(write(tmp_path, example, "facts.toml"))
    assert problems == []
    assert book.spacewalks[27].start is not None
    assert book.spacewalks[27].start.text == "2026-11-20T02:10:00Z"
    assert book.spacewalks[26].outside == ("Zhu Yangzhu", "Zhang Zhiyuan")


def test_check_facts_file_toml_time_without_zone_is_reported(tmp_path: Path) -> None:
    text = '[[spacewalks]]\nnumber = 27\nend = 2026-08-28T02:10:00\nsources = ["ithome:2026-09-12"]\n'
    assert check_facts_file(write(tmp_path, text, "facts.toml")) == [
        "facts.toml: spacewalks 27: end must be a UTC time like 2024-12-17T04:51:00Z, not '2026-08-28T02:10:00'"
    ]


def test_merged_chronicle_invalid_record_leaves_the_others(tmp_path: Path) -> None:
    broken = {**WALK_28, "number": 29, "start": "soon"}
    path = write(tmp_path, {"sources": SOURCES, "spacewalks": [broken, WALK_28]})
    book, problems = merged_chronicle(path)
    assert problems == ["facts.json: spacewalks 29: start must be a UTC time like 2024-12-17T04:51:00Z, not 'soon'"]
    assert [walk.number for walk in book.spacewalks][-1] == 28


def test_merged_chronicle_contradicting_record_is_left_out(tmp_path: Path) -> None:
    wrong = {**WALK_28, "number": 29, "duration_min": 1}
    book, problems = merged_chronicle(write(tmp_path, {"sources": SOURCES, "spacewalks": [wrong, WALK_28]}))
    assert problems == ["facts.json: spacewalks 29: duration_min is 1, but end - start is 390"]
    assert [walk.number for walk in book.spacewalks][-1] == 28


def test_merged_chronicle_contradiction_with_embedded_record_leaves_the_file_out(tmp_path: Path) -> None:
    change = {
        "name": "Shenzhou-23",
        "status": "completed",
        "undock": "2026-11-01T00:00:00Z",
        "end": "2026-11-01T09:00:00Z",
        "sources": ["mine"],
    }
    book, problems = merged_chronicle(write(tmp_path, {"sources": SOURCES, "missions": [change]}))
    assert len(problems) == 2
    assert "stays Shenzhou-23 2026-05-24T18:45:00Z: the mission undocked" in problems[0]
    assert "none of the file is used" in problems[1]
    assert book.missions == embedded_chronicle().missions


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("facts.json", "{", "not valid JSON"),
        ("facts.json", "[1]", "must be a set of tables"),
        ("facts.json", "[" * 100_000, "not valid JSON"),
        ("facts.toml", "= 1", "not valid TOML"),
        ("facts.yaml", "{}", "its name must end in .toml or .json"),
        ("facts.json", '{"crews": []}', "unknown table 'crews'"),
        ("facts.json", '{"missions": {}}', "missions: must be a list of records"),
        ("facts.json", '{"missions": [3]}', "missions: 3 is not a record"),
        ("facts.json", '{"sources": []}', "sources: must be a table"),
        ("facts.json", '{"sources": {"a": ["b"]}}', "sources a: must be [title, address]"),
        ("facts.json", '{"as_of": {"crew": "soon"}}', "as_of crew: must be a date"),
        ("facts.json", '{"as_of": {"crew": "2026-10"}}', "as_of crew: must be a date"),
        ("facts.json", '{"as_of": {"cats": "2026-10-10"}}', "as_of cats: unknown"),
        ("facts.json", '{"as_of": 1}', "as_of: must be a table"),
        ("facts.json", '{"suits": [{"text": "x", "sources": ["nowhere"]}]}', "suits x: unknown source nowhere"),
        ("facts.json", '{"spacewalks": [{"number": 27, "tasks": "x"}]}', "spacewalks 27: no source"),
        (
            "facts.json",
            '{"assignment": [{"mission": "M", "note": "n", "stay": "s", "sources": ["seradata"]}]}',
            "assignment M: there is one record only, assignment Shenzhou-24",
        ),
        ("facts.json", " " * 1_000_001, "larger than 1000 kB"),
    ],
)
def test_check_facts_file_invalid_file_is_reported_in_one_line(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    path = write(tmp_path, text, name)
    problems = check_facts_file(path)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{name}: ")
    assert expected in problems[0]
    assert "\n" not in problems[0]
    assert merged_chronicle(path)[0].missions == embedded_chronicle().missions


def test_check_facts_file_not_utf8_or_missing_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    assert check_facts_file(path) == ["facts.json: no such file"]
    assert merged_chronicle(path)[1] == merged_chronicle(None)[1] == []
    path.write_bytes(b"\xff{}")
    assert check_facts_file(path) == ["facts.json: not UTF-8 text, at byte 0"]
    path.write_text("{}", "utf-16")  # with a mark, as spreadsheets write it
    assert check_facts_file(path) == []


def test_merged_chronicle_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, {"sources": SOURCES, "spacewalks": [WALK_28]}, "1.json")
    write(tmp_path, '[[spacewalks]]\nnumber = 28\ntasks = "later"\nsources = ["mine"]\n', "2.toml")
    write(tmp_path, "not read", "notes.txt")
    book, problems = merged_chronicle(tmp_path)
    assert problems == []
    assert book.spacewalks[-1].tasks == "later"
    assert check_facts_file(tmp_path) == []


def test_merged_chronicle_texts_are_cleaned(tmp_path: Path) -> None:
    walk = {**WALK_28, "tasks": "red\x1b[31m \u202etext\n" + "x" * 1000}
    book, problems = merged_chronicle(write(tmp_path, {"sources": SOURCES, "spacewalks": [walk]}))
    assert problems == []
    tasks = book.spacewalks[-1].tasks or ""
    assert tasks.startswith("red[31m text x")
    assert len(tasks) == user_facts.LONGEST_TEXT


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["2026-01-01", "Shenzhou-23"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@st.composite
def changed_rows(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """One of our records with a few fields replaced by anything, or by the same field of another record."""
    table = draw(st.sampled_from(sorted(TABLES)))
    rows = embedded_tables()[table]
    row = dict(draw(st.sampled_from(rows)))
    names = sorted(field.encode_name for field in msgspec.structs.fields(TABLES[table][0]))
    for field in draw(st.lists(st.sampled_from(names), max_size=3)):
        other = draw(st.sampled_from(rows))
        row[field] = draw(values | st.just(other.get(field)))
    return table, row


@pytest.mark.validation
@given(st.lists(changed_rows(), min_size=1, max_size=3))
def test_merged_chronicle_of_any_changes_answers(changes: list[tuple[str, dict[str, Any]]]) -> None:
    facts: dict[str, Any] = {}
    for table, row in changes:
        facts.setdefault(table, []).append(row)
    merged, problems = merge(embedded_tables(), facts)
    assert all("\n" not in problem for problem in problems)
    book = Chronicle.from_raw(merged)
    assert validate(book) == []
    for instant in ("2021-01-01T00:00:00Z", "2024-12-17T08:00:00Z", "2027-01-01T00:00:00Z"):
        assert book.at(unix(instant)).unix_s == unix(instant)
        assert isinstance(book.records_at(unix(instant)), tuple)
        assert isinstance(book.plans_at(unix(instant)), tuple)
    assert book.find("Shenzhou")
    for records in (book.payloads, book.claims, book.suits, book.groups, book.candidates):
        assert records
    assert book.agreement.signatories
