"""The clock: live follows the wall clock, simulated time the monotonic clock, both within their bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clock import HORIZON_S, RATES, SimulationClock, Stops, rate_for
from sim.constants import TIANHE_LAUNCH_UNIX_S
from sim.errors import TimeError

WALL = 1_790_000_000.0


class Machine:
    """A machine's two clocks, moved by hand."""

    def __init__(self) -> None:
        self.wall, self.monotonic = WALL, 5000.0

    def run(self, seconds: float) -> None:
        self.wall += seconds
        self.monotonic += seconds


def made() -> tuple[Machine, SimulationClock]:
    machine = Machine()
    return machine, SimulationClock(wall=lambda: machine.wall, monotonic=lambda: machine.monotonic)


def test_clock_live_follows_a_corrected_wall_clock() -> None:
    machine, clock = made()
    machine.run(10.0)
    assert clock.live
    assert clock.now() == WALL + 10.0
    machine.wall -= 3.0
    assert clock.now() == WALL + 7.0


def test_clock_simulated_runs_at_its_rate_and_ignores_the_wall_clock() -> None:
    machine, clock = made()
    clock.seek(1.7e9)
    clock.set_rate(60.0)
    machine.run(2.0)
    machine.wall += 1000.0
    assert not clock.live
    assert clock.now() == 1.7e9 + 120.0


def test_clock_set_rate_continues_from_the_same_instant() -> None:
    machine, clock = made()
    clock.seek(1.7e9)
    clock.set_rate(10.0)
    machine.run(5.0)
    clock.set_rate(-10.0)
    assert clock.now() == 1.7e9 + 50.0
    machine.run(2.0)
    assert clock.now() == 1.7e9 + 30.0


def test_clock_pause_and_resume_continue_from_the_same_instant() -> None:
    machine, clock = made()
    clock.pause()
    machine.run(30.0)
    assert clock.now() == WALL
    clock.toggle_pause()
    machine.run(4.0)
    assert clock.now() == WALL + 4.0
    assert not clock.live


def test_clock_rate_zero_is_a_pause() -> None:
    machine, clock = made()
    clock.set_rate(0.0)
    machine.run(3.0)
    assert clock.paused
    assert clock.now() == WALL


def test_clock_faster_slower_and_reverse_step_through_all_rates() -> None:
    _, clock = made()
    clock.faster()
    assert clock.rate == 2.0
    for _ in range(40):
        clock.faster()
    assert clock.rate == RATES[-1]
    clock.reverse()
    clock.slower()
    assert clock.rate == -RATES[-2], "slower is slower backwards too"
    clock.faster()
    assert clock.rate == -RATES[-1]
    for _ in range(40):
        clock.slower()
    assert clock.rate == -1.0
    clock.reverse()
    assert clock.rate == 1.0
    clock.slower()
    assert clock.rate == 1.0, "nothing is slower than 1x"


def test_clock_return_to_a_stand_is_there_and_runs_as_it_ran() -> None:
    machine, clock = made()
    live = clock.stand()
    clock.seek(WALL - 5000.0)
    clock.set_rate(-60.0)
    backwards = clock.stand()
    clock.pause()
    paused = clock.stand()
    machine.run(9.0)
    clock.return_to(backwards)
    assert (clock.now(), clock.rate, clock.paused) == (WALL - 5000.0, -60.0, False)
    clock.return_to(paused)
    machine.run(9.0)
    assert (clock.now(), clock.paused) == (WALL - 5000.0, True)
    clock.return_to(live)
    assert clock.live
    assert clock.now() == WALL + 18.0


@pytest.mark.parametrize(("duration_s", "rate"), [(90.0, 1.0), (600.0, 5.0), (32_760.0, 300.0), (1e9, 3600.0)])
def test_rate_for_shows_a_length_in_minutes(duration_s: float, rate: float) -> None:
    assert rate_for(duration_s) == rate


@pytest.mark.parametrize(("start", "rate"), [(TIANHE_LAUNCH_UNIX_S + 10.0, -3600.0), (WALL + HORIZON_S - 10.0, 3600.0)])
def test_clock_at_a_border_stops_and_can_turn_back(start: float, rate: float) -> None:
    machine, clock = made()
    clock.seek(start)
    clock.set_rate(rate)
    machine.run(60.0)
    border = clock.earliest_unix_s if rate < 0 else clock.latest_unix_s
    assert clock.now() == border
    assert clock.paused
    clock.set_rate(-rate)
    machine.run(1.0)
    assert abs(clock.now() - border) == pytest.approx(3600.0, abs=61.0)


def test_clock_stopped_at_a_border_counts_stops() -> None:
    machine, clock = made()
    clock.seek(clock.earliest_unix_s)
    clock.seek(clock.latest_unix_s)
    clock.go_live()
    assert clock.stops.times == 0
    clock.seek(TIANHE_LAUNCH_UNIX_S - 1.0)
    assert clock.stops == Stops(1, True)
    clock.set_rate(-60.0)
    machine.run(1.0)
    clock.now()
    clock.now()
    assert clock.stops == Stops(2, True)
    clock.seek(1.7e9)
    assert clock.stops == Stops(2, True)
    clock.seek(clock.latest_unix_s + 1.0)
    assert clock.stops == Stops(3, False)


@given(
    st.lists(
        st.tuples(st.sampled_from(["seek", "step", "rate", "pause", "resume", "live", "run"]), st.floats(-1e12, 1e12))
    )
)
def test_clock_any_operations_stays_within_borders(moves: list[tuple[str, float]]) -> None:
    machine, clock = made()
    for name, value in moves:
        match name:
            case "seek":
                clock.seek(value)
            case "step":
                clock.step(value)
            case "rate":
                clock.set_rate(max(-3600.0, min(3600.0, value)))
            case "pause":
                clock.toggle_pause()
            case "resume":
                clock.resume()
            case "live":
                clock.go_live()
            case _:
                machine.run(abs(value) % 1000.0)
        assert clock.earliest_unix_s <= clock.now() <= clock.latest_unix_s


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_clock_argument_that_is_not_a_number_raises(value: float) -> None:
    _, clock = made()
    with pytest.raises(TimeError, match="not a number"):
        clock.seek(value)
    with pytest.raises(TimeError, match="not a number"):
        clock.set_rate(value)


def test_clock_go_live_returns_to_the_wall_clock() -> None:
    machine, clock = made()
    clock.seek(1.7e9)
    clock.set_rate(-600.0)
    clock.go_live()
    machine.run(1.0)
    assert (clock.live, clock.paused, clock.rate, clock.now()) == (True, False, 1.0, WALL + 1.0)
