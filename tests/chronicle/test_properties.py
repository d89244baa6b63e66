"""Properties of the chronicle at every instant from 2021 to 2027."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from sim.chronicle import SHIP_PORTS, Chronicle, embedded_chronicle, embedded_tables


def unix(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


START, END = unix("2021-01-01T00:00:00Z"), unix("2028-01-01T00:00:00Z")
CHANGES = [event.unix_s for event in embedded_chronicle().events.events if START < event.unix_s < END]

# Mistakes sit at the very instants of change, so half of the draws fall on or within a second of one.
around_changes = st.builds(lambda at, off: at + off, st.sampled_from(CHANGES), st.sampled_from([-1.0, 0.0, 1.0]))
instants = st.one_of(st.floats(START, END), around_changes)


@given(instants)
def test_chronicle_at_any_instant_has_no_three_or_six_crew(unix_s: float) -> None:
    facts = embedded_chronicle().at(unix_s)
    assert len(facts.aboard) in {0, 3, 6}
    assert len(facts.in_transit) in {0, 3}
    everybody = [member.name for member in (*facts.aboard, *facts.in_transit)]
    assert len(everybody) == len(set(everybody))
    assert all(member.leg(unix_s) == "aboard" for member in facts.aboard)


@given(st.floats(unix("2022-06-05T09:42:00Z"), unix("2026-10-04T23:59:59Z")))
def test_chronicle_since_june_2022_is_always_occupied(unix_s: float) -> None:
    facts = embedded_chronicle().at(unix_s)
    assert len(facts.aboard) >= 3
    assert facts.crew_certain


@given(instants)
def test_chronicle_at_any_instant_has_one_vehicle_per_port(unix_s: float) -> None:
    facts = embedded_chronicle().at(unix_s)
    ports = [docked.port for docked in facts.ports]
    vehicles = [docked.vehicle for docked in facts.ports]
    assert len(ports) == len(set(ports))
    assert len(vehicles) == len(set(vehicles))
    assert not {ship.vehicle for ship in facts.flying} & set(vehicles)
    if facts.in_orbit:
        assert set(facts.free_ports) == set(SHIP_PORTS) - set(ports)


@given(instants)
def test_chronicle_at_any_instant_crews_have_a_return_ship(unix_s: float) -> None:
    facts = embedded_chronicle().at(unix_s)
    crewed = [docked for docked in facts.ports if docked.kind in {"crewed", "uncrewed"}]
    # Between 14 and 25 November 2025 the only ship was Shenzhou-20 with its cracked window.
    assert len(crewed) >= len(facts.aboard) // 3


@given(instants, instants)
def test_chronicle_careers_and_records_never_decrease(one: float, other: float) -> None:
    book, early, late = embedded_chronicle(), min(one, other), max(one, other)
    after = {total.person.name: total for total in book.astronauts_at(late)}
    for total in book.astronauts_at(early):
        later = after[total.person.name]
        assert later.seconds >= total.seconds
        assert later.flights >= total.flights
        assert later.spacewalks >= total.spacewalks
        assert (later.spacewalk_time.minutes or 0) >= (total.spacewalk_time.minutes or 0)
    before, now = book.at(early), book.at(late)
    assert now.spacewalks_so_far >= before.spacewalks_so_far
    assert now.records.most_walks_count >= before.records.most_walks_count
    if before.records.longest is not None:
        assert now.records.longest is not None
        assert (now.records.longest.duration.minutes or 0) >= (before.records.longest.duration.minutes or 0)
    assert before.records.world is not None
    assert now.records.world is not None
    assert (now.records.world.duration.minutes or 0) >= (before.records.world.duration.minutes or 0)


@given(instants)
def test_chronicle_mission_seconds_are_not_negative_nor_over_career_seconds(unix_s: float) -> None:
    facts = embedded_chronicle().at(unix_s)
    for member in (*facts.aboard, *facts.in_transit):
        assert 0.0 <= member.mission_seconds(unix_s) <= member.career_seconds(unix_s)
        assert member.mission_seconds(unix_s) == unix_s - member.launch.unix_s


@given(st.lists(instants, min_size=2, max_size=6))
def test_chronicle_answers_do_not_depend_on_earlier_calls(asked: list[float]) -> None:
    fresh = Chronicle.from_raw(embedded_tables())
    there = [fresh.at(unix_s) for unix_s in asked]
    back = [fresh.at(unix_s) for unix_s in reversed(asked)]
    assert there == list(reversed(back))
    assert there == [embedded_chronicle().at(unix_s) for unix_s in asked]


@given(instants)
def test_chronicle_events_at_any_instant_enclose_it(unix_s: float) -> None:
    facts = embedded_chronicle().at(unix_s)
    before, coming = facts.previous_event, facts.next_event
    assert before is None or (before.unix_s <= unix_s and not before.planned)
    assert coming is None or coming.unix_s > unix_s or (coming.planned and coming.until_s > unix_s)
    if facts.spacewalk is not None:
        walk = facts.spacewalk.spacewalk
        assert walk.has_exact_times
        assert 0.0 <= facts.spacewalk.elapsed_s < 60.0 * (walk.duration.minutes or 0)
        assert {member.mission for member in facts.aboard} >= {walk.mission}


@given(instants)
def test_chronicle_after_the_last_known_date_is_uncertain(unix_s: float) -> None:
    book = embedded_chronicle()
    facts = book.at(unix_s)
    assert facts.crew_certain == (unix_s < book.as_of["crew"].unix_s)
    assert facts.ports_certain == (unix_s < book.as_of["ports"].unix_s)
    assert facts.spacewalks_certain == (unix_s < book.as_of["spacewalks"].unix_s)
