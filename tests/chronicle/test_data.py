"""The embedded chronicle is valid, and an error in a chronicle is reported in one line that names the record."""

from __future__ import annotations

import copy
import json
import re
from importlib.resources import files
from typing import Any

import msgspec
import pytest

from seeds.makers.chronicle import written
from sim.chronicle import Chronicle, embedded_chronicle, embedded_tables, load
from sim.chronicle.dates import Duration, PartialDate, add_durations
from sim.chronicle.schema import AS_OF_TABLES, TABLES, record_problems
from sim.chronicle.validate import validate
from sim.sanitize import clean


def test_embedded_file_keeps_the_schema() -> None:
    raw = embedded_tables()
    assert raw["schema"] == 1
    assert set(raw) == {"schema", "generated", "as_of", "sources", *TABLES}
    assert set(raw["as_of"]) == set(AS_OF_TABLES)
    problems = [
        problem for table in TABLES for row in raw[table] for problem in record_problems(table, row, raw["sources"])
    ]
    assert problems == []


def test_embedded_records_do_not_contradict_one_another() -> None:
    assert validate(embedded_chronicle()) == []


def test_embedded_sources_are_all_used_and_all_resolved() -> None:
    raw = embedded_tables()
    used = {name for table in TABLES for row in raw[table] for name in row["sources"]}
    assert used == set(raw["sources"])
    assert all(title and address for title, address, *_ in raw["sources"].values())


def test_embedded_texts_are_clean() -> None:
    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for item in value.values() for text in texts(item)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) else []

    assert [text for text in texts(embedded_tables()) if clean(text, limit=600) != text] == []


def test_embedded_texts_name_no_number_of_a_copy() -> None:
    """The first spacewalk's page told of `archived copy 14103856341`, which nobody can look up."""
    text = json.dumps(embedded_tables(), ensure_ascii=False)
    assert not re.findall(r"(?:archived cop(?:y|ies)|stored-copy ids?) \d+", text)


def test_embedded_counts_equal_the_research() -> None:
    book = embedded_chronicle()
    assert len(book.spacewalks) == 27
    assert len([mission for mission in book.missions if mission.kind == "cargo"]) == 9
    assert len([mission for mission in book.missions if mission.kind != "cargo"]) == 13
    assert (len(book.people), len(book.stays), len(book.handovers)) == (27, 30, 8)
    assert (len(book.candidates), len(book.claims), len(book.partner_steps)) == (2, 13, 11)
    assert len({source.id for source in book.sources.values()}) == len(book.sources)


def test_load_bytes_and_path_give_equal_chronicles(tmp_path: Any) -> None:
    data = files("seeds").joinpath("chronicle.json").read_bytes()
    path = tmp_path / "chronicle.json"
    path.write_bytes(data)
    assert load(data).spacewalks == load(path).spacewalks == embedded_chronicle().spacewalks


def test_embedded_corrected_claims_are_right() -> None:
    claims = {claim.number: claim for claim in embedded_chronicle().claims}
    assert "211 and 280 miles (340 to 450 km)" in claims[11].corrected
    # 1 mile = 1.609344 km
    assert (round(340 / 1.609344), round(450 / 1.609344)) == (211, 280)
    assert "9 h 06 min" in claims[13].corrected
    seen = embedded_chronicle().at(claims[13].see.unix_s)
    assert seen.spacewalk is not None
    assert seen.spacewalk.world_record_s == 0.0
    assert all(claim.view and claim.proof.sources for claim in claims.values())


def _row(table: str, **key: Any) -> int:
    rows = embedded_tables()[table]
    return next(index for index, row in enumerate(rows) if all(row[name] == value for name, value in key.items()))


@pytest.mark.parametrize(
    ("table", "key", "change", "expected"),
    [
        ("missions", {"name": "Shenzhou-19"}, {"dock": "2024-10-29T20:00:00Z"}, "missions Shenzhou-19: dock"),
        ("missions", {"name": "Shenzhou-19"}, {"undock": "2025-04-30T06:00:00Z"}, "missions Shenzhou-19: end"),
        ("missions", {"name": "Shenzhou-19"}, {"duration_s": 15756061}, "duration_s is 15756061, but end - start"),
        ("missions", {"name": "Shenzhou-20"}, {"crew_duration_s": 1}, "crew_duration_s is 1,"),
        ("missions", {"name": "Shenzhou-20"}, {"return_ship": "Soyuz"}, "return_ship Soyuz has no record"),
        ("missions", {"name": "Shenzhou-20"}, {"return_ship": "Shenzhou-19"}, "is not when Shenzhou-19 landed"),
        ("missions", {"name": "Shenzhou-24"}, {"launch": "2026-11-01T00:00:00Z"}, "planned, but launched"),
        ("missions", {"name": "Shenzhou-23"}, {"status": "completed"}, "completed, but without an end"),
        ("missions", {"name": "Shenzhou-23"}, {"crew": [{"name": "Nobody", "role": "pilot"}]}, "no record among"),
        (
            "missions",
            {"name": "Shenzhou-23"},
            {"crew": [{"name": "Zhu Yangzhu", "role": "commander", "flight_number": 5}]},
            "Zhu Yangzhu is on flight 2, not 5",
        ),
        (
            "missions",
            {"name": "Shenzhou-20"},
            {"crew": [{"name": "Cai Xuzhe", "role": "commander"}]},
            "missions Shenzhou-20: Cai Xuzhe was not back",
        ),
        ("missions", {"name": "Shenzhou-19"}, {"sources": []}, "missions Shenzhou-19: no source"),
        ("stays", {"vehicle": "Shenzhou-19"}, {"port": "nadir"}, "at nadir while Shenzhou-18 is at nadir"),
        ("stays", {"vehicle": "Shenzhou-19"}, {"begin": "2024-10-30T04:00:00Z"}, "the mission docked"),
        ("stays", {"vehicle": "Shenzhou-19"}, {"end": "2025-04-29T19:00:00Z"}, "the mission undocked"),
        ("stays", {"vehicle": "Shenzhou-19"}, {"vehicle": "Soyuz"}, "no mission or module of that name"),
        ("stays", {"vehicle": "Shenzhou-19"}, {"end": "2024-10-01T00:00:00Z"}, "is not after begin"),
        ("spacewalks", {"number": 17}, {"duration_min": 545}, "duration_min is 545, but end - start is 546"),
        ("spacewalks", {"number": 17}, {"date": "2024-12-18"}, "spacewalks 17: starts 2024-12-17T04:51:00Z, not on"),
        ("spacewalks", {"number": 17}, {"outside": ["Wu Fei"]}, "Wu Fei is not of the crew of Shenzhou-19"),
        ("spacewalks", {"number": 17}, {"inside": ["Cai Xuzhe"]}, "Cai Xuzhe both outside and inside"),
        ("spacewalks", {"number": 17}, {"mission": "Soyuz"}, "spacewalks 17: no mission Soyuz"),
        ("spacewalks", {"number": 17}, {"number": 16}, "spacewalks 16: there twice"),
        (
            "spacewalks",
            {"number": 11},
            {"date": "2022-11-20"},
            "spacewalks 11: before Shenzhou-15 docked",
        ),
        ("spacewalks", {"number": 11}, {"date": "2023-06-05"}, "spacewalks 11: after the crew of Shenzhou-15 left"),
        ("handovers", {"from_mission": "Shenzhou-14"}, {"date_beijing": "2022-12-06"}, "was not aboard on 2022-12-06"),
    ],
)
def test_validate_contradiction_is_reported(
    table: str, key: dict[str, Any], change: dict[str, Any], expected: str
) -> None:
    raw = copy.deepcopy(embedded_tables())
    raw[table][_row(table, **key)].update(change)
    problems = validate(Chronicle.from_raw(raw))
    assert any(expected in problem for problem in problems), problems
    assert all("\n" not in problem for problem in problems)


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        ("spacewalks", {"start": "2024-12-17 04:51"}, "start must be a UTC time like"),
        ("spacewalks", {"start": "2024-12-17"}, "start must be a UTC time like"),
        ("spacewalks", {"date": "2024-13-17"}, "date must be a date like"),
        ("spacewalks", {"date": "2024-W01-1"}, "date must be a date like"),
        ("spacewalks", {"date": "2024-12-17T04:51:00Z"}, "date must be a date like"),
        ("spacewalks", {"number": "one"}, "number must be a whole number, not 'one'"),
        ("spacewalks", {"duration_min": True}, "duration_min must be a whole number"),
        ("spacewalks", {"outside": "Cai Xuzhe"}, "outside must be a list"),
        ("spacewalks", {"outside": [1]}, "outside[0] must be a text, not 1"),
        ("spacewalks", {"mission": None}, "mission must be a text, not None"),
        ("spacewalks", {"mission": ""}, "mission must be a text, not ''"),
        ("spacewalks", {"where": "Mars"}, "unknown field 'where'"),
        ("missions", {"kind": "tourist"}, "kind must be one of crewed, uncrewed, cargo"),
        ("missions", {"crew": [{"name": "Nobody"}]}, "crew[0].role is missing"),
        ("missions", {"crew": ["Nobody"]}, "crew[0] must be a record, not 'Nobody'"),
        ("missions", {"launch": "9999-12-31T23:59:60Z"}, "launch must be a UTC time"),
    ],
)
def test_record_problems_invalid_field_is_reported(table: str, change: dict[str, Any], expected: str) -> None:
    row = {**embedded_tables()[table][0], **change}
    problems = record_problems(table, row, embedded_tables()["sources"])
    assert len(problems) == 1, problems
    assert expected in problems[0]
    assert problems[0].startswith(table)


def test_record_problems_missing_field_or_no_record_is_reported() -> None:
    assert record_problems("spacewalks", {"number": 28, "sources": []}, {}) == [
        "spacewalks 28: date is missing",
        "spacewalks 28: mission is missing",
    ]
    assert record_problems("spacewalks", ["x"], {}) == ["spacewalks: ['x'] is not a record"]


def test_load_names_the_path_of_a_wrong_field() -> None:
    raw = copy.deepcopy(embedded_tables())
    raw["spacewalks"][3]["end"] = "noon"
    with pytest.raises(msgspec.ValidationError, match=r"must be a UTC time.* - at `\$\.spacewalks\[3\]\.end`"):
        load(json.dumps(raw).encode())


def test_partial_date_keeps_its_precision() -> None:
    assert PartialDate.parse("2024-12-17T04:51:00Z").precision == "minute"
    assert PartialDate.parse("2021-06-17T01:22:27Z").precision == "second"
    day, month, year = PartialDate.parse("2024-02-29"), PartialDate.parse("2024-12"), PartialDate.parse("1989")
    assert (day.until_s - day.unix_s, month.until_s - month.unix_s) == (86400.0, 31 * 86400.0)
    assert (day.precision, month.precision, year.precision) == ("day", "month", "year")
    assert PartialDate.parse("2026-06").until_s == PartialDate.parse("2026-07").unix_s
    assert not day.is_instant
    for text in ("2024-12-17T04:51:00", "tomorrow", "2024-02-30"):
        with pytest.raises(ValueError, match="must be a date like 2024-12-17 or a UTC time like"):
            PartialDate.parse(text)


def test_duration_keeps_its_precision() -> None:
    exact, about, unknown = Duration(546), Duration(390, approximate=True), Duration(None)
    assert [duration.text for duration in (exact, about, unknown)] == ["9:06", "~6:30", "?"]
    assert [duration.kind for duration in (exact, about, unknown)] == ["exact", "approximate", "unknown"]
    assert add_durations([exact, exact]) == Duration(1092)
    assert add_durations([exact, about]).text == "~15:36"
    assert add_durations([exact, unknown]).text == ">=9:06"
    assert add_durations([exact, unknown]).kind == "at least"
    assert add_durations([unknown]) == unknown
    assert add_durations([]) == Duration(0)


def test_embedded_file_is_as_its_maker_writes_it() -> None:
    text = files("seeds").joinpath("chronicle.json").read_text("utf-8")
    assert written(json.loads(text)) == text


def test_embedded_partners_hold_only_what_is_known() -> None:
    book = embedded_chronicle()
    assert [person.name for person in book.agreement.signatories] == ["Lin Xiqiang", "Muhammad Yousuf Khan"]
    assert "Mohammad Yousuf Khan" in book.agreement.signatories[1].spelling_variants
    assert book.agreement.ceremony.text == "2025-02-28T05:45:00Z"
    assert not book.assignment.prime_named
    assert [candidate.flown for candidate in book.candidates] == [False, False]
    assert {candidate.flown_as_of for candidate in book.candidates} == {"2026-10-10"}
    assert [step.day.text for step in book.partner_steps if "Tianyun" in step.text] == ["2026-07-05"]


def test_embedded_file_has_one_record_a_line() -> None:
    text = files("seeds").joinpath("chronicle.json").read_text("utf-8")
    raw = json.loads(text)
    lines = text.splitlines()
    walks = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"number":') and '"mission"' in line]
    assert walks == raw["spacewalks"]


def test_table_decoded_late_with_a_wrong_field_names_its_path() -> None:
    raw = embedded_tables()
    raw["facts"][3]["title"] = 7
    book = Chronicle.from_raw(raw)
    with pytest.raises(msgspec.ValidationError, match=re.escape("`$.facts[3].title`")):
        _ = book.facts


def test_tables_decoded_late_have_all_their_records() -> None:
    raw, book = embedded_tables(), embedded_chronicle()
    for table in ("groups", "suits", "candidates", "payloads", "claims", "facts", "walk_totals"):
        assert len(getattr(book, table)) == len(raw[table])
