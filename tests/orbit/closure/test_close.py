"""Closing a gap between two sets: drag and burns are found from them and from the sets outside the gap."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import median

import msgspec
import pytest
from msgspec.structs import replace

from seeds.makers.gap_errors import pairs
from seeds.makers.uncertainty import date_errors
from sim.constants import DAY_S
from sim.orbit.closure.close import Closure, Problem, campaign, close_gap, solve
from sim.orbit.closure.drag import beside, decays_beside
from sim.orbit.closure.gap import LARGEST_CHANGE, can_be_joined
from sim.orbit.closure.interpolation import Step, curve_between, mean_at
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION, MeanOrbit, closable, mean_orbit, turns_between
from sim.orbit.element_history import embedded_history
from sim.time import parse_instant
from tests.support.orbits import closure_at

HISTORY = embedded_history()
POINTS = [HISTORY.point(index) for index in range(len(HISTORY))]
START = POINTS[-1]
DECAY = 0.0005


def later(point: MeanOrbit, days: float, decay: float, burns: tuple[Step, ...] = ()) -> MeanOrbit:
    """The point after so many days with a steady decay and burns."""
    turns = point.rate_rev_day * days + decay * days**2 / 2.0
    turns += sum(step.size_rev_day * (days - step.days) for step in burns)
    counted = point.revolution + point.phase + turns
    return replace(
        point,
        unix_s=point.unix_s + days * DAY_S,
        revolution=math.floor(counted),
        phase=counted % 1.0,
        rate_rev_day=point.rate_rev_day + decay * days + sum(step.size_rev_day for step in burns),
        decay_rev_day2=decay,
    )


def closed_over(
    days: float, burns: tuple[Step, ...], launches_unix_s: tuple[float, ...] = ()
) -> tuple[list[MeanOrbit], Closure]:
    first = replace(START, decay_rev_day2=DECAY)
    points = [first, later(first, days, DECAY, burns)]
    return points, close_gap(points, 0, 1, launches_unix_s)


@pytest.mark.parametrize("days", [0.5, 3.0, 14.0, 40.0])
def test_close_gap_with_drag_alone_has_no_burn(days: float) -> None:
    points, found = closed_over(days, ())
    assert (found.kind, found.steps) == ("quiet", ())
    middle = mean_at(curve_between(points[0], points[1]), days / 2.0)
    true = later(points[0], days / 2.0, DECAY)
    assert abs(turns_between(points[0], true) - middle.turns) * KM_A_REVOLUTION < 0.01


@pytest.mark.parametrize("size_km", [-3.0, 1.0, 3.0, 10.0, 16.0])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("days", [2.0, 7.0, 14.0])
def test_close_gap_single_burn_in_steady_drag_is_dated_to_minutes(days: float, share: float, size_km: float) -> None:
    burn = Step(share * days, -0.003463 * size_km)
    if abs(burn.size_rev_day) < (1.5 if size_km < 0.0 else 0.8) * DECAY * days:
        pytest.skip("as small as the weather")
    points, found = closed_over(days, (burn,))
    assert found.kind == "burn"
    assert found.steps[0].days == pytest.approx(burn.days, abs=0.021)
    assert found.steps[0].size_rev_day == pytest.approx(burn.size_rev_day, rel=0.01)
    for share_of_gap in (0.1, 0.4, 0.6, 0.95):
        at = share_of_gap * days
        burnt = tuple(step for step in (burn,) if step.days < at)
        turns = turns_between(points[0], later(points[0], at, DECAY, burnt))
        off_km = abs(mean_at(curve_between(points[0], points[1], found.steps), at).turns - turns) * KM_A_REVOLUTION
        assert off_km < 30.0  # the burn itself is spread over three hours


def test_close_gap_change_up_and_down_is_not_a_single_burn() -> None:
    _, found = closed_over(6.0, (Step(1.0, -0.06), Step(5.0, 0.04)))
    assert (found.kind, found.steps) == ("open", ())


def test_close_gap_with_launch_dates_separates_two_burns() -> None:
    launch_unix_s = START.unix_s + 18.0 * DAY_S
    burns = (Step(5.5, -0.03), Step(16.1, -0.012))
    _, alone = closed_over(24.0, burns)
    points, found = closed_over(24.0, burns, (launch_unix_s,))
    assert (alone.kind, found.kind) == ("burn", "campaign")
    assert [step.days for step in found.steps] == pytest.approx([5.5, 16.1], abs=0.7)
    whole = sum(step.size_rev_day for step in found.steps)
    assert whole == pytest.approx(-0.042, rel=0.01)
    moment = sum(step.size_rev_day * step.days for step in found.steps)
    assert moment == pytest.approx(sum(step.size_rev_day * step.days for step in burns), rel=0.01)
    assert points[1].revolution > points[0].revolution


def test_close_gap_lowering_and_burn_at_a_launch_are_single() -> None:
    assert len(campaign(20.0, 10.0, 0.01, [9.0])) == 1
    assert len(campaign(20.0, 10.0, -0.03, [10.4])) == 1
    assert len(campaign(20.0, 10.0, -0.03, [])) == 1


def test_solve_small_change_of_mean_motion_is_doubtful() -> None:
    problem = Problem(3.0, 3.0 * 15.63 + 0.0045 * 1.5, 15.63, 15.63 + 0.0045, 0.0008, 0.0008)
    assert solve(problem).kind == "doubtful"


def test_close_gap_in_the_storm_of_may_2024_has_no_burn() -> None:
    first, last = parse_instant("2024-05-08T20:00"), parse_instant("2024-05-30")
    inside = [n for n, p in enumerate(POINTS[:-1]) if first < p.unix_s and POINTS[n + 1].unix_s < last]
    assert len(inside) > 3
    assert not [n for n in inside if closure_at(HISTORY, n).steps]


def test_turns_between_equals_printed_revolution_counts() -> None:
    for before, after in pairwise(POINTS):
        counted = after.revolution + after.phase - before.revolution - before.phase
        assert turns_between(before, after) == pytest.approx(counted, abs=1e-9)


def test_decays_beside_uses_sets_outside_the_gap_only() -> None:
    first, last = 500, 520
    inside_changed = [
        replace(point, decay_rev_day2=1.0, rate_rev_day=15.0) if first < n < last else point
        for n, point in enumerate(POINTS)
    ]
    assert decays_beside(*beside(POINTS, first, last)) == decays_beside(*beside(inside_changed, first, last))
    assert close_gap(POINTS, first, last) == close_gap(inside_changed, first, last)


@pytest.mark.parametrize(("days", "limit_days"), [(4.0, 0.2), (7.0, 0.4), (10.0, 0.4), (14.0, 0.4)])
def test_close_gap_left_out_burns_are_dated_to_a_day(days: float, limit_days: float) -> None:
    errors = date_errors(POINTS, HISTORY.launches_unix_s, days)
    assert len(errors) > 35
    assert median(errors) < limit_days
    assert sorted(errors)[int(0.9 * len(errors))] < 1.0


@pytest.mark.parametrize(("days", "limit_km"), [(7.0, 30.0), (14.0, 100.0), (36.0, 400.0)])
def test_close_gap_largest_error_of_quiet_gaps_is_bounded(days: float, limit_km: float) -> None:
    worst = []
    for first, last in pairs(POINTS, days):
        found = close_gap(POINTS, first, last, HISTORY.launches_unix_s)
        if found.kind == "quiet":
            before = POINTS[first]
            curve = curve_between(before, POINTS[last])
            worst.append(
                max(
                    abs(
                        point.revolution + point.phase - before.revolution - before.phase
                        - mean_at(curve, (point.unix_s - before.unix_s) / DAY_S).turns
                    )
                    * KM_A_REVOLUTION
                    for point in POINTS[first + 1 : last]
                )
            )  # fmt: skip
    assert len(worst) > 300
    assert sorted(worst)[int(0.9 * len(worst))] < limit_km


def test_closable_rejects_other_orbits() -> None:
    base = HISTORY.orbit(0).element_set
    assert closable(base)
    assert not closable(msgspec.structs.replace(base, mean_motion_rev_day=2.0))
    assert not closable(msgspec.structs.replace(base, eccentricity=0.3))
    assert mean_orbit(msgspec.structs.replace(base, bstar=-1e-4)).decay_rev_day2 is None


def test_can_be_joined_equals_the_rate_sampled_along_the_gap() -> None:
    """Some gaps are decided by the sum of the terms, others by samples; both sides of the limit occur in both."""
    before = POINTS[500]
    decided = {(summed, joined): 0 for summed in (True, False) for joined in (True, False)}
    for change in range(-8, 9):
        for size in (-0.4, -0.2, -0.05, 0.01, 0.05, 0.1, 0.25, 0.4):
            after = replace(
                before,
                unix_s=before.unix_s + 10.0 * DAY_S,
                phase=(before.phase + 0.1 * change) % 1.0,
                rate_rev_day=before.rate_rev_day * (1.0 + 0.004 * change),
            )
            curve = curve_between(before, after, (Step(5.0, size),))
            largest = LARGEST_CHANGE * before.rate_rev_day
            rates = [mean_at(curve, days).rate for days in (0.0, 1.25, 2.5, 3.75, 5.0, 6.25, 7.5, 8.75, 10.0)]
            joined = all(abs(rate - before.rate_rev_day) < largest for rate in rates)
            terms = 10.0 * (abs(curve.slope) + 10.0 * abs(curve.bend)) + abs(size)
            assert can_be_joined(before, after, curve, 10.0) == joined
            decided[terms < largest, joined] += 1
    assert decided.pop((True, False)) == 0
    assert min(decided.values()) > 5
