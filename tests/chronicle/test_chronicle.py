"""Known instants of the station's life against the sources."""

from __future__ import annotations

import copy
from datetime import datetime

import msgspec
import pytest

from sim.chronicle import Chronicle, ChronicleSnapshot, Duration, embedded_chronicle, embedded_tables
from sim.chronicle.events import Event, EventList
from sim.language.phrase import Phrase


def unix(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def at(text: str) -> ChronicleSnapshot:
    return embedded_chronicle().at(unix(text))


def names(facts: ChronicleSnapshot) -> list[str]:
    return [member.name for member in facts.aboard]


def ports(facts: ChronicleSnapshot) -> dict[str, str]:
    return {docked.port: docked.vehicle for docked in facts.ports}


def test_chronicle_before_the_first_launch_is_empty() -> None:
    facts = at("2021-04-29T03:23:14Z")
    assert not facts.in_orbit
    assert (facts.aboard, facts.ports, facts.modules, facts.free_ports) == ((), (), (), ())
    assert facts.shape.english == "not in orbit"
    assert facts.records.longest is None
    assert facts.next_event is not None
    assert facts.next_event.title == "Tianhe launches: core module"
    assert at("2021-04-29T03:23:15Z").in_orbit


def test_chronicle_on_the_record_day_has_crew_and_spacewalk() -> None:
    facts = at("2024-12-17T08:00:00Z")
    assert names(facts) == ["Cai Xuzhe", "Song Lingdong", "Wang Haoze"]
    assert [member.name_zh for member in facts.aboard] == ["蔡旭哲", "宋令东", "王浩泽"]
    assert facts.crew_certain
    assert facts.spacewalk is not None
    assert facts.spacewalk.spacewalk.number == 17
    assert facts.spacewalk.spacewalk.outside == ("Cai Xuzhe", "Song Lingdong")
    assert facts.spacewalk.elapsed_s == 3 * 3600 + 9 * 60
    assert facts.spacewalk.world_record_s == 11340 - 536 * 60
    assert ports(facts) == {
        "forward": "Shenzhou-19",
        "aft": "Tianzhou-8",
        "starboard": "Wentian",
        "port side": "Mengtian",
    }
    assert facts.free_ports == ("nadir",)
    assert [docked.vehicle for docked in facts.ships] == ["Shenzhou-19", "Tianzhou-8"]


def test_chronicle_during_the_record_walk_has_the_new_record() -> None:
    before, broken, after = (at(f"2024-12-17T13:{minute}Z") for minute in ("46:59", "47:00", "57:00"))
    assert before.records.world is not None
    assert before.records.world.duration.text == "8:56"
    assert before.records.world.holders == ("James Voss", "Susan Helms")
    assert before.records.world.mission == "STS-102"
    assert broken.records.world is not None
    assert broken.records.world.holders == ("Cai Xuzhe", "Song Lingdong")
    assert broken.records.world.duration.kind == "at least"
    assert broken.spacewalk is not None
    assert broken.spacewalk.world_record_s == 0.0
    assert broken.previous_event is not None
    assert broken.previous_event.kind == "record"
    assert after.spacewalk is None
    assert after.records.world is not None
    assert after.records.world.duration == Duration(546, False, False)
    assert after.records.longest is not None
    assert after.records.longest.number == 17


def test_chronicle_longest_walk_with_unpublished_lengths_is_uncertain() -> None:
    facts = at("2024-12-17T08:00:00Z")
    assert facts.records.longest is not None
    assert facts.records.longest.number == 15
    assert not facts.records.longest_certain
    assert at("2023-02-20T00:00:00Z").records.longest_certain
    assert at("2024-12-18T00:00:00Z").records.longest_certain


def test_chronicle_walk_without_published_hours_is_never_under_way() -> None:
    facts = at("2023-04-15T12:00:00Z")
    assert facts.spacewalk is None
    assert facts.spacewalk_possible is not None
    assert facts.spacewalk_possible.number == 11
    assert facts.spacewalks_so_far == 10
    assert at("2023-04-16T00:00:00Z").spacewalks_so_far == 11
    # Number 22 has a published end and a start of "about 16:00" in Beijing.
    facts = at("2025-08-15T09:00:00Z")
    assert facts.spacewalk is None
    assert facts.spacewalk_possible is not None
    assert facts.spacewalk_possible.number == 22
    assert at("2025-08-15T14:47:00Z").spacewalks_so_far == 22


@pytest.mark.parametrize("instant", ["2022-04-15T16:44:00Z", "2022-05-10T00:00:00Z", "2022-06-05T09:41:59Z"])
def test_chronicle_between_shenzhou_13_and_14_has_no_crew(instant: str) -> None:
    facts = at(instant)
    assert facts.aboard == ()
    assert facts.crew_certain


def test_chronicle_before_docking_has_a_crew_in_transit() -> None:
    assert [member.mission for member in at("2022-04-15T20:00:00Z").in_transit] == ["Shenzhou-13"] * 3
    facts = at("2022-06-05T08:00:00Z")
    assert [member.leg(facts.unix_s) for member in facts.in_transit] == ["going up"] * 3
    assert [ship.vehicle for ship in facts.flying] == ["Shenzhou-14"]
    assert len(at("2022-06-05T09:42:00Z").aboard) == 3


def test_chronicle_at_a_handover_has_six_aboard() -> None:
    facts = at("2022-12-02T06:00:00Z")
    assert [member.mission for member in facts.aboard] == ["Shenzhou-14"] * 3 + ["Shenzhou-15"] * 3
    assert facts.previous_event is not None
    assert facts.previous_event.kind == "handover"
    assert facts.previous_event.precision == "day"
    # The day is one of Beijing: it begins at 16:00 UTC of the day before.
    assert facts.previous_event.unix_s == unix("2022-12-01T16:00:00Z")


def test_chronicle_crews_exchanging_ships_return_in_them() -> None:
    during = at("2025-11-14T05:00:00Z")
    assert [member.mission for member in during.in_transit] == ["Shenzhou-20"] * 3
    assert {member.ship_up for member in during.in_transit} == {"Shenzhou-20"}
    assert {member.ship_down for member in during.in_transit} == {"Shenzhou-21"}
    assert [member.mission for member in during.aboard] == ["Shenzhou-21"] * 3
    assert {member.ship_down for member in during.aboard} == {"Shenzhou-22"}
    assert ports(during)["nadir"] == "Shenzhou-20"
    assert during.free_ports == ("forward",)
    landed = at("2026-05-29T12:11:00Z")
    assert {member.mission for member in landed.aboard} == {"Shenzhou-23"}
    titles = {event.title for event in embedded_chronicle().events.events}
    assert "Shenzhou-21 lands with the crew of Shenzhou-20" in titles
    assert "Shenzhou-22 lands with the crew of Shenzhou-21" in titles
    assert "Shenzhou-20 lands empty" in titles
    assert "Shenzhou-19 lands" in titles


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2021-07-01T00:00:00Z", {"aft": "Tianzhou-2", "forward": "Shenzhou-12"}),
        ("2021-10-01T00:00:00Z", {"forward": "Tianzhou-2", "aft": "Tianzhou-3"}),
        ("2022-01-05T22:30:00Z", {"aft": "Tianzhou-3", "nadir": "Shenzhou-13"}),
        ("2022-05-01T00:00:00Z", {"forward": "Tianzhou-3"}),
        ("2022-08-01T00:00:00Z", {"forward": "Wentian", "nadir": "Shenzhou-14", "aft": "Tianzhou-4"}),
        (
            "2023-07-01T00:00:00Z",
            {
                "forward": "Tianzhou-5", "nadir": "Shenzhou-16", "aft": "Tianzhou-6",
                "starboard": "Wentian", "port side": "Mengtian",
            },
        ),
        (
            "2026-08-31T12:00:00Z",
            {"nadir": "Shenzhou-23", "aft": "Tianzhou-10", "starboard": "Wentian", "port side": "Mengtian"},
        ),
    ],
)  # fmt: skip
def test_chronicle_ports_at_known_instants_have_their_ships(instant: str, expected: dict[str, str]) -> None:
    facts = at(instant)
    assert ports(facts) == expected
    assert facts.ports_certain
    assert all(docked.since.unix_s <= facts.unix_s for docked in facts.ports)


@pytest.mark.parametrize(
    ("instant", "shape"),
    [
        ("2021-05-01T00:00:00Z", "Tianhe alone"),
        ("2022-07-24T12:00:00Z", "Tianhe alone"),
        ("2022-08-01T00:00:00Z", "Tianhe with Wentian in line"),
        ("2022-09-30T04:00:00Z", "Tianhe alone, Wentian being moved"),
        ("2022-10-15T00:00:00Z", "L shape"),
        ("2022-11-01T00:00:00Z", "L shape, Mengtian in front"),
        ("2022-11-03T01:00:00Z", "L shape, Mengtian being moved"),
        ("2022-11-03T01:32:00Z", "T shape"),
        ("2026-10-01T00:00:00Z", "T shape"),
    ],
)
def test_chronicle_configuration_at_known_instants_is_the_published_one(instant: str, shape: str) -> None:
    assert at(instant).shape.english == shape


def test_chronicle_ship_between_two_ports_is_in_free_flight() -> None:
    facts = at("2023-05-20T00:00:00Z")
    assert [(ship.vehicle, ship.since.text) for ship in facts.flying] == [("Tianzhou-5", "2023-05-05T07:26:00Z")]


def test_chronicle_after_the_last_known_date_crew_is_last_known() -> None:
    known, unknown = at("2026-10-10T23:59:59Z"), at("2026-10-11T00:00:00Z")
    assert known.crew_certain
    assert not unknown.crew_certain
    assert names(known) == names(unknown) == ["Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying"]
    assert unknown.crew_as_of == "2026-10-10"
    assert (unknown.ports_as_of, unknown.ports_certain) == ("2026-10-10", False)
    assert (unknown.spacewalks_as_of, unknown.spacewalks_certain) == ("2026-10-10", False)


def test_chronicle_edge_of_a_table_is_the_end_of_its_last_day() -> None:
    edges = embedded_chronicle().as_of
    assert (edges["crew"].date, edges["crew"].unix_s) == ("2026-10-10", unix("2026-10-11T00:00:00Z"))
    assert (edges["modules"].date, edges["modules"].unix_s) == ("2026-08-22", unix("2026-08-23T00:00:00Z"))


def test_chronicle_mission_and_career_seconds_count_from_launch() -> None:
    facts = at("2025-04-24T09:17:32Z")
    chen = next(member for member in facts.in_transit if member.name == "Chen Dong")
    assert chen.flight_number == 3
    assert chen.mission_seconds(facts.unix_s) == 1.0
    # Shenzhou-11 and Shenzhou-14 before it.
    assert chen.career_seconds(facts.unix_s) == 2788140 + 15758690 + 1
    assert chen.mission_seconds(unix("2026-01-01T00:00:00Z")) == 17623349
    assert chen.leg(unix("2025-11-14T08:39:59Z")) == "coming home"
    assert chen.leg(unix("2025-11-14T08:40:00Z")) is None


def test_chronicle_previous_and_next_event_enclose_the_instant() -> None:
    book = embedded_chronicle()
    t = unix("2025-11-14T02:31:50Z")
    following = book.events.next(t)
    assert following is not None
    assert following.title == "Shenzhou-21 undocks from Tianhe forward"
    assert following.unix_s - t == 42 * 60 + 10
    assert book.events.before(following.unix_s) != following
    back = book.events.next((book.events.before(following.unix_s) or following).unix_s)
    assert back == following
    day = book.events.between(unix("2024-12-17T00:00:00Z"), unix("2024-12-18T00:00:00Z"))
    assert [event.kind for event in day] == ["spacewalk start", "record", "spacewalk end"]


def test_chronicle_events_with_extra_ones_are_in_order() -> None:
    book = embedded_chronicle()
    first = book.events.events[10]
    raised = msgspec.structs.replace(first, unix_s=first.unix_s + 1, kind="raise", phrase=Phrase("The orbit is raised"))
    merged = book.events_with([raised])
    assert merged.events[11] == raised
    assert merged.next(first.unix_s) == raised
    assert len(merged.events) == len(book.events.events) + 1
    assert book.events_with([]) is book.events


def test_chronicle_planned_events_are_marked_planned() -> None:
    planned = [event for event in embedded_chronicle().events.events if event.planned]
    assert {event.kind for event in planned} == {"plan"}
    assert all(event.title.startswith("Planned: ") and not event.certain for event in planned)
    assert any("Shenzhou-24" in event.missions for event in planned)
    # The return planned for 5 November 2025 was overtaken: it is no event to come, nor one that came.
    assert not any("Shenzhou-20" in event.title for event in planned)


def test_chronicle_crew_without_undocking_is_aboard_until_landing() -> None:
    raw = copy.deepcopy(embedded_tables())
    ship = next(row for row in raw["missions"] if row["name"] == "Shenzhou-21")
    del ship["undock"]
    facts = Chronicle.from_raw(raw).at(unix("2025-11-14T08:00:00Z"))
    assert len(facts.aboard) == 6
    assert facts.in_transit == ()


def test_event_list_makes_its_events_once_when_one_is_asked_for() -> None:
    made: list[int] = []

    def make() -> list[Event]:
        made.append(1)
        return [*embedded_chronicle().events.events[:2]]

    events = EventList(make)
    assert not made
    assert events.next(0.0) == events.events[0]
    assert made == [1]
