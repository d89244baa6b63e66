"""Totals, records, plans and flight spans at past instants; search by name."""

from __future__ import annotations

import copy
from datetime import datetime

import pytest

from sim.chronicle import Chronicle, embedded_chronicle, embedded_tables
from sim.chronicle.search import search_key
from sim.chronicle.spans import flight_spans
from sim.chronicle.statistics import AstronautTotals, RecordLine


def unix(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def totals(instant: str) -> dict[str, AstronautTotals]:
    return {total.person.name: total for total in embedded_chronicle().astronauts_at(unix(instant))}


def records(instant: str) -> dict[str, RecordLine]:
    return {line.key: line for line in embedded_chronicle().records_at(unix(instant))}


def test_totals_agree_with_the_research() -> None:
    # Days of 2026-10-04T00:00Z and walks with minutes published, from the tables the file was made of.
    expected = {
        "Chen Dong": (418.64, 3, 6, "~36:47"),
        "Zhang Lu": (396.16, 2, 7, ">=~47:47"),
        "Ye Guangfu": (374.58, 2, 3, "21:06"),
        "Cai Xuzhe": (364.75, 2, 5, "34:14"),
        "Jing Haipeng": (201.71, 4, 1, "7:55"),
        "Fei Junlong": (191.12, 2, 4, ">=27:00"),
        "Lai Ka-ying": (132.37, 1, 0, "0:00"),
        "Zhu Yangzhu": (286.31, 2, 2, "~13:25"),
        "Nie Haisheng": (111.59, 3, 1, "5:55"),
    }
    found = totals("2026-10-04T00:00:00Z")
    assert len(found) == 27
    for name, (days, flights, walks, time) in expected.items():
        total = found[name]
        assert round(total.seconds / 86400.0, 2) == days
        assert (total.flights, total.spacewalks, total.spacewalk_time.text) == (flights, walks, time)
    assert next(iter(found)) == "Chen Dong"


def test_totals_are_those_of_the_instant() -> None:
    assert totals("2021-06-17T01:22:26Z") == {}
    found = totals("2021-07-04T03:00:00Z")
    assert set(found) == {"Nie Haisheng", "Liu Boming", "Tang Hongbo"}
    assert {total.whereabouts for total in found.values()} == {"aboard"}
    # The first walk is under way: it counts when it is over.
    assert found["Liu Boming"].spacewalks == 0
    assert totals("2021-07-04T06:57:00Z")["Liu Boming"].spacewalk_time.minutes == 406
    # A mission's published total says nothing before its last walk.
    assert totals("2023-04-01T00:00:00Z")["Fei Junlong"].spacewalk_time.text == ">=7:06"
    assert totals("2023-04-16T00:00:00Z")["Fei Junlong"].spacewalk_time.text == ">=27:00"


def test_totals_past_the_edge_are_not_certain() -> None:
    found = totals("2026-11-22T00:00:00Z")
    assert not found["Zhu Yangzhu"].certain
    assert found["Chen Dong"].certain


def test_totals_of_a_crew_whose_walkers_are_not_named_are_lower_bounds() -> None:
    raw = copy.deepcopy(embedded_tables())
    del next(row for row in raw["spacewalks"] if row["number"] == 27)["outside"]
    found = {total.person.name: total for total in Chronicle.from_raw(raw).astronauts_at(unix("2026-10-04T00:00:00Z"))}
    assert found["Lai Ka-ying"].spacewalks_at_least
    assert found["Lai Ka-ying"].spacewalk_time.text == ">=0:00"


def test_mission_walks_at_agree_with_published_totals() -> None:
    walks = {
        entry.mission: entry.time.text for entry in embedded_chronicle().mission_walks_at(unix("2026-10-01T00:00:00Z"))
    }
    assert walks["Shenzhou-12"] == "12:41"
    assert walks["Shenzhou-13"] == "12:36"
    assert walks["Shenzhou-14"] == "15:53"
    assert walks["Shenzhou-15"] == ">=27:00"
    assert walks["Shenzhou-17"] == "15:17"


def test_records_at_past_instants_are_those_of_then() -> None:
    early = records("2021-06-01T00:00:00Z")
    assert set(early) == {"world_spacewalk"}
    then = records("2024-12-17T13:30:00Z")
    assert then["world_spacewalk"].text == "8:56 STS-102"
    assert then["longest_spacewalk"].spacewalk == 15
    assert then["most_days"].holders == ("Ye Guangfu",)
    assert then["most_spacewalks"].holders == ("Fei Junlong", "Zhang Lu")
    assert "first_from_hong_kong" not in then
    now = records("2026-10-01T00:00:00Z")
    assert now["world_spacewalk"].amount == 546
    assert now["most_days"].holders == ("Chen Dong",)
    assert (now["most_spacewalks"].holders, now["most_spacewalks"].amount) == (("Zhang Lu",), 7)
    assert (now["most_flights"].holders, now["most_flights"].amount) == (("Jing Haipeng",), 4)
    assert len(now["most_flights_here"].holders) == 6
    assert now["most_spacewalks_crew"].holders == ("Shenzhou-15", "Shenzhou-20")
    assert now["most_spacewalk_time"].text == "34:14"
    assert now["longest_stay"].holders == ("Shenzhou-21",)
    assert now["women"].holders == ("Wang Yaping", "Liu Yang", "Wang Haoze", "Lai Ka-ying")
    assert now["first_from_hong_kong"].holders == ("Lai Ka-ying",)
    assert all(line.sources for line in now.values())


def test_records_longest_stay_is_that_of_the_flight_and_computed() -> None:
    book = embedded_chronicle()
    flight = book.missions_by_name["Shenzhou-21"]
    line = records("2026-10-01T00:00:00Z")["longest_stay"]
    assert line.computed
    assert line.unit == "seconds"
    assert line.since == flight.launch
    assert line.sources == flight.proof.sources
    crew = [member for member in book.crew_members if member.mission == "Shenzhou-21"]
    assert line.amount == max(member.mission_seconds(unix("2026-10-01T00:00:00Z")) for member in crew)
    assert line.text == f"{(line.amount or 0.0) / 86400.0:.1f} days"
    # While a crew is up its flight grows from instant to instant; it takes the record when it is the longer one.
    first, later = records("2021-07-01T00:00:00Z"), records("2021-07-02T00:00:00Z")
    assert first["longest_stay"].holders == later["longest_stay"].holders == ("Shenzhou-12",)
    assert (later["longest_stay"].amount or 0.0) - (first["longest_stay"].amount or 0.0) == 86400.0
    assert records("2022-01-01T00:00:00Z")["longest_stay"].holders == ("Shenzhou-12",)
    assert records("2022-01-20T00:00:00Z")["longest_stay"].holders == ("Shenzhou-13",)


def test_records_stated_ones_are_not_called_computed() -> None:
    now = records("2026-10-01T00:00:00Z")
    stated = {key for key, line in now.items() if not line.computed}
    assert stated
    assert stated.isdisjoint({"longest_stay", "most_days", "women", "longest_spacewalk"})
    assert {key for key in now if key.startswith(("first_from", "oldest_", "youngest_"))} <= stated


def test_records_computed_agree_with_the_stated_ones() -> None:
    stated = {mark.record: mark for mark in embedded_chronicle().records}
    now = records("2026-10-01T00:00:00Z")
    assert stated["most EVAs by a Chinese astronaut"].holders == now["most_spacewalks"].holders
    assert stated["most flights (Chinese)"].holders == now["most_flights"].holders
    assert set(stated["most flights to Tiangong"].holders) == set(now["most_flights_here"].holders)
    assert set(stated["women at Tiangong"].holders) == set(now["women"].holders)
    assert stated["most cumulative days in space (Chinese)"].holders == now["most_days"].holders
    assert stated["shortest EVA at the station"].spacewalk == now["shortest_spacewalk"].spacewalk
    days, hours, minutes = 418, 15, 16
    assert stated["most cumulative days in space (Chinese)"].value == f"{days}d {hours}h {minutes}m"
    assert int((now["most_days"].amount or 0) // 60) == (days * 24 + hours) * 60 + minutes


def test_plans_at_past_instants_are_those_known_then() -> None:
    def texts(instant: str) -> list[str]:
        return [f"{plan.what}: {plan.text}" for plan in embedded_chronicle().plans_at(unix(instant))]

    assert texts("2025-02-27T00:00:00Z") == []
    assert len(texts("2025-03-01T00:00:00Z")) == 1
    assert any("Five candidates" in text for text in texts("2025-06-01T00:00:00Z"))
    assert any("5 November 2025" in text for text in texts("2025-11-06T00:00:00Z"))
    assert not any("5 November 2025" in text for text in texts("2025-11-15T00:00:00Z"))
    latest = texts("2026-11-22T00:00:00Z")
    assert any(text.startswith("Shenzhou-24") for text in latest)
    assert any(text.startswith("Xuntian") for text in latest)
    assert any("No longer in the list" in text for text in latest)


def test_flight_spans_show_modules_ships_and_plans() -> None:
    book = embedded_chronicle()
    spans = {span.label: span for span in flight_spans(book)}
    assert len(spans) == len(book.missions) + len(book.modules)
    ship = spans["Shenzhou-20"]
    assert ship.end is not None
    assert (ship.kind, ship.end.text) == ("crewed", "2026-01-19T01:34:00Z")
    assert spans["Tianhe"].end is None
    assert [span.label for span in flight_spans(book) if span.kind == "planned"] == ["Xuntian", "Shenzhou-24"]


@pytest.mark.parametrize(
    ("text", "kind", "title", "event", "instant"),
    [
        ("Wang Yaping", "person", "Wang Yaping 王亚平", None, "2021-10-15T22:56:00Z"),
        ("yaping", "person", "Wang Yaping 王亚平", None, "2021-10-15T22:56:00Z"),
        ("WÁNG yàpíng", "person", "Wang Yaping 王亚平", None, "2021-10-15T22:56:00Z"),
        ("王亚平", "person", "Wang Yaping 王亚平", None, "2021-10-15T22:56:00Z"),
        ("神舟十三", "mission", "Shenzhou-13 神舟十三号", None, "2021-10-15T16:23:56Z"),
        ("神舟13", "mission", "Shenzhou-13 神舟十三号", None, "2021-10-15T16:23:56Z"),
        ("shenzhou 13", "mission", "Shenzhou-13 神舟十三号", None, "2021-10-15T16:23:56Z"),
        ("sz13", "mission", "Shenzhou-13 神舟十三号", None, "2021-10-15T16:23:56Z"),
        ("TZ-10", "mission", "Tianzhou-10 天舟十号", None, "2026-05-11T00:14:00Z"),
        ("EVA 17", "spacewalk", "Spacewalk 17", None, "2024-12-17T04:51:00Z"),
        ("eva 1", "spacewalk", "Spacewalk 1", None, "2021-07-04T00:11:00Z"),
        ("第17次出舱", "spacewalk", "Spacewalk 17", None, "2024-12-17T04:51:00Z"),
        ("梦天", "module", "Mengtian 梦天", None, "2022-10-31T07:37:23Z"),
        ("Khurram", "candidate", "Khurram Daud 胡拉姆·达乌德", None, "2026-04-22T00:00:00Z"),
        ("tianyun", "payload", "Tianyun camera", None, "2026-07-05T00:00:00Z"),
        ("china p", "event", "China-Pakistan agreement signed", "partners", "2025-02-28T00:00:00Z"),
        ("handover", "event", "Shenzhou-14 hands the station over to Shenzhou-15", "handover", "2022-12-01T16:00:00Z"),
    ],
)
def test_find_name_number_or_text_gives_the_event(
    text: str, kind: str, title: str, event: str | None, instant: str
) -> None:
    best = embedded_chronicle().find(text)[0]
    assert (best.kind, best.title, best.event, best.unix_s) == (kind, title, event, unix(instant))


def test_find_empty_text_unknown_text_and_limit() -> None:
    book = embedded_chronicle()
    assert book.find("") == book.find("   ") == book.find("no such thing") == ()
    assert len(book.find("s", limit=5)) == 5
    assert any(found.kind == "agreement" for found in book.find("Yousaf"))
    assert next(found.unix_s for found in book.find("Shenzhou-24")) is None


def test_folded_removes_accents_case_and_extra_spaces() -> None:
    assert search_key("  Lái  Ka‐Ying ") == "lai ka ying"
    assert search_key("神舟-十三") == "神舟 十三"
