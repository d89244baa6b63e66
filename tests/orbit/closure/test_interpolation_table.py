"""States at many instants equal those at single instants, in any order."""

from __future__ import annotations

import math
import subprocess
import sys

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.orbit.closure.gap import Gap
from sim.orbit.closure.interpolation_table import states_by_set
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.propagation import Sgp4Orbit, State
from tests.support.orbits import closure_at

HISTORY = embedded_history()
EPOCHS = HISTORY.epochs_unix_s
BURNS = [i for i in range(len(HISTORY) - 1) if closure_at(HISTORY, i).steps]
SEVERAL = [i for i in BURNS if len(closure_at(HISTORY, i).steps) > 1]


def one_by_one(history: ElementHistory, unix_s: float) -> State:
    """What the gap or the set that rules at an instant says of it, found by walking."""
    epochs = history.epochs_unix_s
    count = sum(epoch <= unix_s for epoch in epochs)
    if 0 < count < len(epochs):
        gap = history.gap(count - 1)
        return gap.state(unix_s) if isinstance(gap, Gap) else Sgp4Orbit(gap.nearest(unix_s)).state(unix_s)
    return history.orbit(max(count - 1, 0)).state(unix_s)


def assert_same(history: ElementHistory, unix_s: list[float]) -> None:
    states = history.states(np.array(unix_s))
    position, velocity, ok = states.position_teme_km, states.velocity_teme_km_s, states.ok
    assert ok.all()
    for row, instant in enumerate(unix_s):
        alone = one_by_one(history, instant)
        assert position[row].tolist() == pytest.approx(alone.position_teme_km, rel=1e-9, abs=1e-9)
        assert velocity[row].tolist() == pytest.approx(alone.velocity_teme_km_s, rel=1e-9, abs=1e-12)
        assert history.state(instant) == alone


def test_example_history_has_gaps_of_every_kind() -> None:
    kinds = {closure_at(HISTORY, i).kind for i in range(len(HISTORY) - 1)}
    assert kinds == {"quiet", "doubtful", "burn", "campaign", "open", "launch"}
    assert max(len(closure_at(HISTORY, i).steps) for i in SEVERAL) == 2


@settings(max_examples=60)
@given(st.lists(st.floats(EPOCHS[0] - 2 * DAY_S, EPOCHS[-1] + 20 * DAY_S), min_size=1, max_size=40))
def test_states_at_any_instants_in_any_order_equal_single_instants(unix_s: list[float]) -> None:
    assert_same(HISTORY, unix_s)


def test_states_around_every_epoch_and_change_over_equal_single_instants() -> None:
    burns = [EPOCHS[i] + step.days * DAY_S for i in BURNS for step in closure_at(HISTORY, i).steps]
    borders = [*EPOCHS[::9], *burns]
    assert_same(HISTORY, [border + step for border in borders for step in (-1e-3, 0.0, 1e-3)])


def test_states_over_one_kind_of_gap_equal_single_instants() -> None:
    quiet = next(i for i in range(700, len(HISTORY)) if closure_at(HISTORY, i).kind == "quiet")
    for index in (BURNS[5], SEVERAL[0], quiet):
        assert_same(HISTORY, np.linspace(EPOCHS[index], EPOCHS[index + 1], 25, endpoint=False).tolist())
    assert_same(HISTORY, [EPOCHS[-1] + hours * 3600.0 for hours in range(30)])
    assert_same(HISTORY, [EPOCHS[0] - hours * 3600.0 for hours in range(30)])
    assert_same(ElementHistory([HISTORY.orbit(400).element_set]), [EPOCHS[400] + n * 7200.0 for n in range(-9, 9)])


def test_states_rows_without_an_answer_are_nan() -> None:
    unix_s = np.array([EPOCHS[40], math.nan, EPOCHS[800] + 100.0, 1e15, EPOCHS[-1] + 100.0, EPOCHS[0] - 100.0])
    states = HISTORY.states(unix_s)
    position, velocity, ok = states.position_teme_km, states.velocity_teme_km_s, states.ok
    assert ok.tolist() == [True, False, True, False, True, True]
    assert np.isnan(position[~ok]).all()
    assert np.isnan(velocity[~ok]).all()
    assert position[2].tolist() == pytest.approx(HISTORY.state(EPOCHS[800] + 100.0).position_teme_km)
    far_off = HISTORY.orbit(500)
    long_before_s = EPOCHS[500] - 1400.0 * DAY_S
    with pytest.raises(OrbitError, match="so long before its epoch"):
        far_off.state(long_before_s)
    unix_s = np.array([EPOCHS[500], long_before_s])
    assert states_by_set(lambda _: far_off, np.zeros(2, dtype=np.intp), unix_s).ok.tolist() == [True, False]


def test_states_of_no_instants_are_empty() -> None:
    states = HISTORY.states(np.empty(0))
    position, velocity, ok = states.position_teme_km, states.velocity_teme_km_s, states.ok
    assert position.shape == velocity.shape == (0, 3)
    assert ok.shape == (0,)


def test_states_by_set_propagates_each_set_once() -> None:
    asked: list[int] = []

    def orbit(number: int) -> Sgp4Orbit:
        asked.append(number)
        return HISTORY.orbit(number)

    number = np.array([503, 501, 503, 502, 501, 503], dtype=np.intp)
    unix_s = EPOCHS[502] + np.linspace(0.0, 3000.0, 6)
    states = states_by_set(orbit, number, unix_s)
    assert asked == [501, 502, 503]
    for row, which in enumerate(number.tolist()):
        alone = HISTORY.orbit(which).state(unix_s[row])
        assert states.position_teme_km[row].tolist() == pytest.approx(alone.position_teme_km, rel=1e-12)


def test_states_of_sets_not_joined_equal_single_instants() -> None:
    far = msgspec.structs.replace(HISTORY.orbit(10).element_set, mean_motion_rev_day=15.0)
    pair = ElementHistory([HISTORY.orbit(9).element_set, far, HISTORY.orbit(12).element_set])
    first, last = pair.first_unix_s, pair.last_unix_s
    assert_same(pair, np.linspace(first - 900.0, last + 900.0, 60).tolist())
    assert_same(pair, np.linspace(first, first + 600.0, 40).tolist())


def test_states_by_set_where_a_set_gives_an_implausible_place_are_marked() -> None:
    """One instant and many agree that a place beyond any orbit of the set is no answer."""
    runaway = msgspec.structs.replace(HISTORY.orbit(500).element_set, bstar=1.0)
    orbit = Sgp4Orbit(runaway)
    unix_s = runaway.epoch_unix_s + np.array([0.0, *np.linspace(-200.0, -5.0, 40) * DAY_S])
    marked = states_by_set(lambda _: orbit, np.zeros(len(unix_s), dtype=np.intp), unix_s).ok
    assert np.array_equal(marked, orbit.states(unix_s).ok)
    assert marked[0]
    assert not marked.all()


def test_states_in_gaps_do_not_load_masked_arrays() -> None:
    code = (
        "import sys, numpy as np\n"
        "from sim.orbit.element_history import embedded_history\n"
        "embedded_history().states(1734422400.0 + 60.0 * np.arange(1500))\n"
        "print('numpy.ma' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "False\n"  # they would take 10 MB of a running dashboard
