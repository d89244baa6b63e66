"""Decay of element sets: its instant, and no position afterwards."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from sim.chronicle import embedded_chronicle
from sim.constants import DAY_S, LOWEST_ORBIT_KM, WGS84_RADIUS_KM
from sim.errors import OrbitError
from sim.orbit.decay import decay_message, fall_unix_s
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.status import status_at
from tests.support.orbits import epoch_of, example_orbit

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit


def height_km(orbit: Orbit, unix_s: float) -> float:
    return math.hypot(*orbit.state(unix_s).position_teme_km) - WGS84_RADIUS_KM


@pytest.mark.parametrize("name", ["decaying module", "station", "ISS"])
def test_fall_unix_s_of_a_decaying_set_is_when_its_state_ends(name: str) -> None:
    orbit = example_orbit(name)
    fall = fall_unix_s(orbit.element_set)
    assert epoch_of(orbit) + 10 * DAY_S < fall < epoch_of(orbit) + 60 * 365 * DAY_S
    assert height_km(orbit, fall - 60.0) > LOWEST_ORBIT_KM
    with pytest.raises(OrbitError):
        orbit.state(fall + 3650 * DAY_S)
    assert decay_message(orbit, fall - 120.0) == ""
    assert decay_message(orbit, fall + 3650 * DAY_S).startswith("these elements decay before ")


def test_fall_unix_s_of_a_high_orbit_is_none() -> None:
    orbit = example_orbit("near-polar")
    assert fall_unix_s(orbit.element_set) == math.inf
    assert decay_message(orbit, epoch_of(orbit) + 3650 * DAY_S) == ""


def test_decay_message_of_the_station_within_the_clock_range_is_none() -> None:
    history = embedded_history()
    for unix_s in (history.first_unix_s - 1000 * DAY_S, history.last_unix_s + 366 * DAY_S):
        assert decay_message(history, unix_s) == ""


@pytest.mark.parametrize("days", [430.0, 445.0, 700.0, 2000.0])
def test_status_at_more_than_a_year_after_the_last_set_has_the_facts_and_no_orbit(days: float) -> None:
    history = embedded_history()
    unix_s = history.last_unix_s + days * DAY_S
    status = status_at(history, embedded_chronicle(), unix_s, now_unix_s=unix_s)
    assert (status.state is None) == (days > 438.0)
    assert (f"are {days:.0f} days away: nothing is known of the orbit" in status.problem) == (days > 438.0)
    assert len(status.facts.aboard) == 3


def test_status_at_after_decay_has_no_position_and_a_reason() -> None:
    orbit = ElementHistory([example_orbit("decaying module").element_set])
    fall = fall_unix_s(orbit.orbit(0).element_set)
    before, after = (status_at(orbit, embedded_chronicle(), t, now_unix_s=t) for t in (fall - 3600.0, fall + 600.0))
    assert before.position is not None
    assert before.problem == ""
    assert after.position is None
    assert "they come down about 20" in after.problem
    assert math.isnan(after.orbit.beta_deg)
