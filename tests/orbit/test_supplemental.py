"""The forecast chain: each piece covers six hours, and there is no answer outside."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from sim.errors import ElementsError, OrbitError
from sim.orbit.composite import CompositeOrbit
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.supplemental import PIECE_S, ForecastOrbit

HISTORY = embedded_history()
LAST = HISTORY.sets[-1]
PIECES = [
    msgspec.structs.replace(
        LAST, epoch_unix_s=LAST.epoch_unix_s + number * PIECE_S, raan_deg=LAST.raan_deg - 1.52 * number, source="F"
    )
    for number in range(5)
]


def test_forecast_orbit_each_piece_covers_six_hours() -> None:
    forecast = ForecastOrbit(PIECES)
    for piece in PIECES:
        instant = piece.epoch_unix_s + 0.4 * PIECE_S
        assert forecast.state(instant) == Sgp4Orbit(piece).state(instant)
        assert forecast.elements(instant) is piece


def test_forecast_orbit_outside_its_pieces_raises() -> None:
    forecast = ForecastOrbit(PIECES, not_before_unix_s=PIECES[1].epoch_unix_s + 100.0)
    end = PIECES[-1].epoch_unix_s + PIECE_S
    for instant in (PIECES[0].epoch_unix_s + 10.0, PIECES[1].epoch_unix_s + 99.0, end):
        assert not forecast.covers(instant)
        with pytest.raises(OrbitError, match="forecast does not cover"):
            forecast.state(instant)
    assert forecast.covers(end - 1.0)
    with pytest.raises(ElementsError, match="ends before"):
        ForecastOrbit(PIECES, not_before_unix_s=end)


def test_forecast_orbit_single_instants_and_arrays_agree() -> None:
    forecast = ForecastOrbit(PIECES, not_before_unix_s=PIECES[0].epoch_unix_s + 500.0)
    instants = np.linspace(PIECES[0].epoch_unix_s - 3600.0, PIECES[-1].epoch_unix_s + 1.2 * PIECE_S, 200)
    states = forecast.states(instants)
    position, velocity, ok = states.position_teme_km, states.velocity_teme_km_s, states.ok
    for row, instant in enumerate(instants.tolist()):
        assert ok[row] == forecast.covers(instant)
        if ok[row]:
            state = forecast.state(instant)
            np.testing.assert_allclose(position[row], state.position_teme_km, rtol=0, atol=1e-6)
            np.testing.assert_allclose(velocity[row], state.velocity_teme_km_s, rtol=0, atol=1e-9)
        else:
            assert np.isnan(position[row]).all()


def test_forecast_orbit_in_a_composite_states_its_provenance() -> None:
    forecast = ForecastOrbit(PIECES, not_before_unix_s=HISTORY.last_unix_s)
    orbit = CompositeOrbit(ElementHistory(HISTORY.sets[-5:]), forecast)
    seen, foreseen = HISTORY.last_unix_s - 3600.0, HISTORY.last_unix_s + 2.5 * PIECE_S
    assert orbit.provenance(seen).source == LAST.source
    assert orbit.provenance(foreseen).source == "F"
    assert orbit.provenance(foreseen).age_days == pytest.approx(0.625)
    assert orbit.elements(foreseen).norad_id == LAST.norad_id
    assert abs(orbit.revolution(foreseen) - HISTORY.revolution(foreseen)) <= 1
