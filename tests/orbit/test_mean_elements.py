"""Mean elements recovered from a state."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import OrbitError
from sim.orbit.elements import ElementSet
from sim.orbit.mean_elements import elements_through
from sim.orbit.propagation import Sgp4Orbit, State

ANGLE = st.floats(0.0, 359.99)


def a_set(
    inclination: float, node: float, perigee: float, anomaly: float, motion: float, eccentricity: float
) -> ElementSet:
    return ElementSet(
        norad_id=0,
        name="",
        international_designator="",
        epoch_unix_s=1.78e9,
        mean_motion_rev_day=motion,
        eccentricity=eccentricity,
        inclination_deg=inclination,
        raan_deg=node,
        argument_of_perigee_deg=perigee,
        mean_anomaly_deg=anomaly,
        bstar=0.0,
    )


@given(st.floats(5.0, 175.0), ANGLE, ANGLE, ANGLE, st.floats(13.0, 15.7), st.floats(0.0, 0.02))
def test_elements_through_state_of_a_set_gives_that_state(
    inclination: float, node: float, perigee: float, anomaly: float, motion: float, eccentricity: float
) -> None:
    given_set = a_set(inclination, node, perigee, anomaly, motion, eccentricity)
    state = Sgp4Orbit(given_set).state(1.78e9)
    found = elements_through(state, 1.78e9, name="x", source="y")
    assert found.semi_major_axis_km == pytest.approx(given_set.semi_major_axis_km, abs=0.01)
    assert found.inclination_deg == pytest.approx(inclination, abs=1e-4)
    assert math.dist(Sgp4Orbit(found).state(1.78e9).position_teme_km, state.position_teme_km) < 0.001


@pytest.mark.parametrize(
    "state",
    [
        State((6770.0, 0.0, 0.0), (0.0, 12.0, 0.0)),
        State((6770.0, 0.0, 0.0), (7.0, 0.0, 0.0)),
        State((6770.0, 0.0, 0.0), (0.0, 1.0, 1.0)),
        State((100.0, 0.0, 0.0), (0.0, 7.0, 1.0)),
    ],
    ids=["escapes", "falls straight", "falls", "inside the Earth"],
)
def test_elements_through_state_that_is_no_orbit_raises(state: State) -> None:
    with pytest.raises(OrbitError, match=r"no mean elements fit the state|not a closed orbit"):
        elements_through(state, 1.78e9)
