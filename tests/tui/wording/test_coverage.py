"""Outside the element sets: what is known, and why the position is not."""

from __future__ import annotations

from typing import NoReturn

import msgspec
import pytest

from sim.chronicle import embedded_chronicle
from sim.chronicle.events import EventList
from sim.orbit.element_history import embedded_history
from sim.orbit.propagation import Sgp4Orbit
from sim.status import status_at
from sim.time import parse_instant
from tui.wording.coverage import coverage


def coverage_at(text: str) -> str:
    unix_s = parse_instant(text)
    return coverage(status_at(embedded_history(), embedded_chronicle(), unix_s, now_unix_s=unix_s))


def test_coverage_at_before_the_first_set_names_launch_ports_and_orbit() -> None:
    told = coverage_at("2021-05-01")
    assert told.startswith("Known before the first element set: Tianhe launches")
    assert "2021-04-29" in told
    assert "no ship docked" in told
    assert "mean altitude 37" in told
    assert "inclination 41.5°" in told
    assert "the position along the orbit is not known, nor are times of passes" in told


def test_coverage_at_a_week_before_the_first_set_states_the_error() -> None:
    assert "the position along the orbit is only good to" in coverage_at("2021-05-16")


def test_coverage_between_two_sets_without_a_place_says_why() -> None:
    told = coverage_at("2024-10-25")
    assert told.startswith("Known between two element sets 14 days apart: mean altitude 374.0 ±5.0 km")
    assert "the position along the orbit is not known" in told


@pytest.mark.parametrize("text", ["2021-05-25", "2026-02-01T08:00Z", "2026-05-14T08:00Z"])
def test_coverage_between_two_sets_that_no_burn_joins_says_what_the_altitude_rests_on(text: str) -> None:
    """At 2021-05-25 the altitude was 359.8 km, between sets of 374.3 and 374.9 km, and nothing said why."""
    told = coverage_at(text)
    assert told.startswith("No single burn leads from the set of 202")
    assert "may be off by kilometres" in told


def test_coverage_of_a_persons_file_before_its_first_set_names_the_file_alone() -> None:
    own = msgspec.structs.replace(embedded_history().sets[-1], source="mine.tle")
    unix_s = own.epoch_unix_s - 20 * 86400.0
    told = coverage(status_at(Sgp4Orbit(own), embedded_chronicle(), unix_s, now_unix_s=unix_s))
    assert told.startswith("The first element set of mine.tle is of 2026-10-10")
    assert "docked" not in told


def test_coverage_at_long_after_the_newest_set_knows_plane_not_position() -> None:
    told = coverage_at("2027-02-01")
    assert told.startswith("Known after the newest element set (2026-10-10): the plane of the orbit")
    assert "so the position along the orbit is not known, nor" in told


def test_coverage_at_long_after_the_newest_set_asks_for_no_event() -> None:
    """A start of today says it in its first picture: to make every event of the chronicle took a hundredth of that."""

    def unwanted() -> NoReturn:
        raise AssertionError("events were made")

    unix_s = parse_instant("2027-02-01")
    status = status_at(embedded_history(), embedded_chronicle(), unix_s, now_unix_s=unix_s)
    facts = msgspec.structs.replace(status.facts, events=EventList(unwanted))
    assert coverage(msgspec.structs.replace(status, facts=facts)) == coverage(status) != ""


@pytest.mark.parametrize("text", ["2021-05-22T21:00Z", "2022-05-20", "2024-12-17", "2026-10-11"])
def test_coverage_at_near_and_between_sets_is_empty(text: str) -> None:
    assert coverage_at(text) == ""


def test_coverage_long_after_the_newest_set_does_not_claim_the_plane_that_beta_says_is_unknown() -> None:
    assert "the plane of the orbit, and roughly its size" in coverage_at("2026-12-01")
    told = coverage_at("2027-08-01")
    assert "roughly the size of the orbit: mean altitude" in told
    assert "How far its plane has turned is not known" in told
