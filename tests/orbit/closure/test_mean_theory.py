"""SGP4 at the epoch of its elements, against the sgp4 library."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.constants import TAU
from sim.orbit.closure.mean_theory import (
    MINUTES_A_DAY,
    MOST_ECCENTRIC,
    XKE,
    brouwer_mean_motion,
    kozai_mean_motion,
    secular_rates,
    state_of_mean,
)
from sim.orbit.elements import ElementSet
from sim.orbit.propagation import Sgp4Orbit

ANGLE_DEG = st.floats(0.0, 360.0)
EPOCH_UNIX_S = 1.7e9


def element_set(motion: float, e: float, inclination: float, node: float, perigee: float, anomaly: float) -> ElementSet:
    return ElementSet(
        norad_id=1,
        name="",
        international_designator="",
        epoch_unix_s=EPOCH_UNIX_S,
        mean_motion_rev_day=motion,
        eccentricity=e,
        inclination_deg=inclination,
        raan_deg=node,
        argument_of_perigee_deg=perigee,
        mean_anomaly_deg=anomaly,
        bstar=3e-4,
    )


# sgp4 takes no eccentricity under a millionth.
NEAR_SETS = st.builds(
    element_set,
    st.floats(6.5, 15.9),
    st.floats(1e-6, MOST_ECCENTRIC),
    st.floats(0.0, 179.0),
    ANGLE_DEG,
    ANGLE_DEG,
    ANGLE_DEG,
)


def state_by_theory(s: ElementSet) -> tuple[float, ...]:
    inclination, perigee = math.radians(s.inclination_deg), math.radians(s.argument_of_perigee_deg)
    n = brouwer_mean_motion(s.mean_motion_rev_day * TAU / MINUTES_A_DAY, s.eccentricity, inclination)
    h, k = s.eccentricity * math.cos(perigee), s.eccentricity * math.sin(perigee)
    latitude = perigee + math.radians(s.mean_anomaly_deg)
    return state_of_mean(n, h, k, inclination, math.radians(s.raan_deg), latitude)


def above_ground(s: ElementSet) -> bool:
    semi_major_axis = float((XKE / (s.mean_motion_rev_day * TAU / MINUTES_A_DAY)) ** (2 / 3))
    return semi_major_axis * (1.0 - s.eccentricity) > 1.02


@given(NEAR_SETS.filter(above_ground))
def test_state_by_theory_equals_sgp4(s: ElementSet) -> None:
    state = Sgp4Orbit(s).state(EPOCH_UNIX_S)
    position, velocity = state.position_teme_km, state.velocity_teme_km_s
    ours = state_by_theory(s)
    assert math.dist(ours[:3], position) < 1e-6  # a millimetre
    assert math.dist(ours[3:], velocity) < 1e-9


@given(NEAR_SETS.filter(above_ground))
def test_secular_rates_equal_sgp4(s: ElementSet) -> None:
    inclination = math.radians(s.inclination_deg)
    kozai = s.mean_motion_rev_day * TAU / MINUTES_A_DAY
    n = brouwer_mean_motion(kozai, s.eccentricity, inclination)
    assert kozai_mean_motion(n, s.eccentricity, inclination) == pytest.approx(kozai, rel=1e-10)
    rates, record = secular_rates(n, s.eccentricity, inclination), Sgp4Orbit(s).satrec
    assert rates.mean_anomaly == pytest.approx(record.mdot, rel=1e-12)
    assert rates.argument_of_perigee == pytest.approx(record.argpdot, rel=1e-11, abs=1e-14)
    assert rates.node == pytest.approx(record.nodedot, rel=1e-11, abs=1e-14)


def test_state_of_mean_columns_equal_single_instants() -> None:
    latitude = np.linspace(0.0, TAU, 50)
    columns = state_of_mean(0.0682, 3e-4, -5e-4, 0.7238, 1.2, latitude, np)
    for row, angle in enumerate(latitude.tolist()):
        single = state_of_mean(0.0682, 3e-4, -5e-4, 0.7238, 1.2, angle)
        assert [float(column[row]) for column in columns] == pytest.approx(single, abs=1e-9)
