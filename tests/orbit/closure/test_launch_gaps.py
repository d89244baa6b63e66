"""Where the station is at a launch to it, and gaps that are closed with that."""

from __future__ import annotations

import pytest

from seeds.makers.launch_gaps import Site, close_by_launches, launches_in
from seeds.makers.launch_phase import learnt
from sim.chronicle import embedded_chronicle
from sim.constants import DAY_S
from sim.orbit.closure.interpolation import curve_between, mean_at
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION, MeanOrbit
from sim.orbit.element_history import embedded_history
from sim.status import status_at
from sim.time import parse_instant

HISTORY = embedded_history()


@pytest.fixture(scope="module")
def points() -> list[MeanOrbit]:
    return [HISTORY.point(index) for index in range(len(HISTORY))]


@pytest.fixture(scope="module")
def site(points: list[MeanOrbit]) -> Site:
    return Site.of(points)


def test_learnt_angle_of_long_approaches_is_the_same_to_two_degrees(site: Site) -> None:
    ahead = learnt(site.ahead, site.launches, is_long=True)
    assert ahead.count >= 6
    assert -2.0 < ahead.mean * 360.0 < 0.0
    assert ahead.spread * 360.0 < 2.0


def test_short_approaches_begin_with_the_station_further_back(site: Site) -> None:
    short, long = (learnt(site.ahead, site.launches, is_long=flag).mean for flag in (False, True))
    assert short * 360.0 < long * 360.0 - 5.0


def test_place_at_tianzhou_2_by_the_set_three_days_later_agrees(site: Site, points: list[MeanOrbit]) -> None:
    """That set, carried back over three quiet days, has not taught the angle: 500 km at most between the two."""
    launch = next(launch for launch in site.launches if launch.name == "Tianzhou-2")
    assert launch.name not in site.ahead
    closure = close_by_launches(site, points, 0, 1)
    assert closure is not None
    days = (launch.unix_s - points[0].unix_s) / DAY_S
    turns = mean_at(curve_between(points[0], points[1], closure.steps), days).turns
    back_days = (points[1].unix_s - launch.unix_s) / DAY_S
    whole = points[1].revolution - points[0].revolution + points[1].phase - points[0].phase
    carried = whole - points[1].rate_rev_day * back_days + closure.decay_rev_day2 * back_days**2 / 2.0
    assert abs(turns - carried) * KM_A_REVOLUTION < 500.0


def test_launches_in_short_gaps_and_near_sets_do_not_count(site: Site, points: list[MeanOrbit]) -> None:
    named = {
        launch.name for number in range(len(points) - 1) for launch in launches_in(site, points, number, number + 1)
    }
    assert named == {"Tianzhou-2", "Shenzhou-12", "Tianzhou-3", "Shenzhou-13", "Tianzhou-4", "Shenzhou-14"}


def test_close_by_launches_left_out_gaps_are_nearer_than_without(site: Site, points: list[MeanOrbit]) -> None:
    """Five weeks around launches whose place is known: half of the sets near the launch are within 400 km."""
    errors_km = []
    for first in range(40, len(points) - 2, 7):
        last = next((n for n in range(first, len(points)) if points[n].unix_s > points[first].unix_s + 36 * DAY_S), 0)
        within = launches_in(site, points, first, last) if last > first + 1 else []
        if len(within) != 1 or points[last].unix_s > points[first].unix_s + 42 * DAY_S:
            continue
        closure = close_by_launches(site, points, first, last, blind=True)
        assert closure is not None
        curve = curve_between(points[first], points[last], closure.steps)
        for point in points[first + 1 : last]:
            if abs(point.unix_s - within[0].unix_s) < DAY_S:
                turns = point.revolution + point.phase - points[first].revolution - points[first].phase
                off = turns - mean_at(curve, (point.unix_s - points[first].unix_s) / DAY_S).turns
                errors_km.append(abs(off) * KM_A_REVOLUTION)
    assert len(errors_km) >= 20
    assert sorted(errors_km)[len(errors_km) // 2] < 400.0
    assert sorted(errors_km)[len(errors_km) * 9 // 10] < 800.0


def test_station_at_the_launch_of_shenzhou_14_is_over_the_site() -> None:
    """Two months without a set around it; within a thousand kilometres of Jiuquan (41 N, 100 E)."""
    status = status_at(HISTORY, embedded_chronicle(), parse_instant("2022-06-05T02:44:10Z"), now_unix_s=2e9)
    assert status.position is not None
    assert status.position.latitude_deg == pytest.approx(41.0, abs=2.0)
    assert status.position.longitude_deg == pytest.approx(100.0, abs=10.0)
