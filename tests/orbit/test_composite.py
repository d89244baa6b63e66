"""The operator's ephemeris inside its window, the element history outside, with their provenance."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from sim.orbit.composite import CompositeOrbit
from sim.orbit.element_history import embedded_history
from sim.orbit.files.oem_reader import parse_oem
from sim.orbit.oem import OemOrbit
from sim.orbit.uncertainty import expected_error

EPHEMERIS = parse_oem(
    (Path(__file__).parent.parent / "data" / "sources" / "CSS_OEM_20260821004850_0001.excerpt.dat").read_text()
)
HISTORY, OPERATOR = embedded_history(), OemOrbit(EPHEMERIS)
ORBIT = CompositeOrbit(HISTORY, OPERATOR)
INSIDE = (EPHEMERIS.start_unix_s + EPHEMERIS.stop_unix_s) / 2.0
OUTSIDE = EPHEMERIS.stop_unix_s + 3600.0


def test_composite_orbit_inside_the_window_uses_the_ephemeris() -> None:
    assert ORBIT.state(INSIDE) == OPERATOR.state(INSIDE)
    assert ORBIT.provenance(INSIDE).kind == "oem"


def test_composite_orbit_outside_the_window_uses_the_history() -> None:
    assert ORBIT.state(OUTSIDE) == HISTORY.state(OUTSIDE)
    assert ORBIT.elements(OUTSIDE) == HISTORY.elements(OUTSIDE)
    assert ORBIT.provenance(OUTSIDE).kind == "sgp4"


def test_composite_orbit_array_across_a_border_takes_each_row_from_its_source() -> None:
    times = np.linspace(EPHEMERIS.start_unix_s - 3000.0, EPHEMERIS.stop_unix_s + 3000.0, 300)
    states = ORBIT.states(times)
    assert states.ok.all()
    for row, unix_s in enumerate(times.tolist()):
        assert math.dist(ORBIT.state(unix_s).position_teme_km, states.position_teme_km[row]) < 1e-8


def test_composite_orbit_at_a_border_jumps_by_the_disagreement_only() -> None:
    border = EPHEMERIS.stop_unix_s
    inside, outside = ORBIT.state(border), ORBIT.state(border + 0.001)
    assert math.dist(inside.position_teme_km, outside.position_teme_km) < 1.5


def test_composite_orbit_elements_inside_keep_identity_and_revolution_count() -> None:
    fitted, known = ORBIT.elements(INSIDE), HISTORY.elements(INSIDE)
    assert (fitted.norad_id, fitted.name, fitted.bstar) == (known.norad_id, known.name, known.bstar)
    assert fitted.mean_altitude_km == pytest.approx(known.mean_altitude_km, abs=0.3)
    assert fitted.node_count == pytest.approx(HISTORY.node_count(fitted.epoch_unix_s), abs=0.003)
    assert fitted.source == EPHEMERIS.source


def test_composite_orbit_revolution_across_borders_is_continuous() -> None:
    last = ORBIT.revolution(EPHEMERIS.start_unix_s - 9000.0)
    assert last == HISTORY.revolution(EPHEMERIS.start_unix_s - 9000.0)
    for unix_s in np.arange(EPHEMERIS.start_unix_s - 9000.0, EPHEMERIS.stop_unix_s + 9000.0, 7.0).tolist():
        now = ORBIT.revolution(unix_s)
        assert now in {last, last + 1}
        if now > last and OPERATOR.covers(unix_s):
            assert 0.0 <= ORBIT.state(unix_s).position_teme_km[2] < 7.0 * 5.1
        last = now


def test_composite_orbit_altitude_comes_from_the_source_of_the_position() -> None:
    covered, before = EPHEMERIS.start_unix_s + 3600.0, EPHEMERIS.start_unix_s - 3600.0
    for report in (ORBIT.altitude.at(covered), ORBIT.altitude_at(covered)):
        assert report.mean_altitude_km == pytest.approx(ORBIT.elements(covered).mean_altitude_km, abs=0.01)
    assert ORBIT.altitude.at(before).mean_altitude_km == HISTORY.altitude.at(before).mean_altitude_km
    assert ORBIT.altitude.burns is HISTORY.altitude.burns


def test_composite_orbit_error_follows_the_age_of_the_ephemeris() -> None:
    fresh, old = (expected_error(ORBIT, unix_s) for unix_s in (EPHEMERIS.start_unix_s, EPHEMERIS.stop_unix_s))
    assert fresh.p90_km < 2.0
    assert fresh.median_km <= old.median_km
