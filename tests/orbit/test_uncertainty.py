"""The expected error: calibrated on months it was not learnt from, and honest at the edges."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise

import pytest

from seeds.makers.uncertainty import Samples, Track, collect, tables
from sim.constants import DAY_S
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.propagation import Provenance, Sgp4Orbit
from sim.orbit.uncertainty import (
    HALF_ORBIT_KM,
    SPEED_KM_S,
    STALE_P90_KM,
    ErrorCurve,
    bridged_days,
    error_of,
    expected_error,
)
from sim.seed_data import seed_json

HISTORY = embedded_history()
ALONE = Provenance("a set", "sgp4", 1.7e9, 0.0)
FOLDS = 4


@pytest.fixture(scope="module")
def measured() -> Samples:
    return collect(Track(HISTORY.sets))


def test_half_lie_under_the_median_and_nine_in_ten_under_the_other_in_months_not_learnt_from(measured: Samples) -> None:
    """Cross-validation: every month is judged by tables learnt without it; months weigh the same."""
    months = sorted({month for part in measured for _, _, month in part})
    hits: dict[str, dict[str, list[tuple[bool, bool]]]] = defaultdict(lambda: defaultdict(list))
    for fold in range(FOLDS):
        held_out = set(months[fold::FOLDS])
        learnt = tables(measured, set(months) - held_out)
        for basis in ("alone", "between", "burn"):
            curve = ErrorCurve(learnt[basis])
            for days, error_km, month in getattr(measured, basis):
                if month in held_out:
                    median_km, p90_km = curve.at(days)
                    hits[basis][month].append((error_km < median_km, error_km < p90_km))
    for basis, by_month in hits.items():
        shares = [[sum(column) / len(rows) for column in zip(*rows, strict=True)] for rows in by_month.values()]
        under_median, under_p90 = (sum(column) / len(shares) for column in zip(*shares, strict=True))
        assert len(shares) > 40, basis
        assert 0.40 < under_median < 0.60, basis
        assert 0.80 < under_p90 < 1.00, basis


def test_the_tables_are_those_that_the_history_teaches(measured: Samples) -> None:
    assert tables(measured) == seed_json("uncertainty.json")


def test_the_error_grows_with_age_up_to_not_knowing_the_place() -> None:
    ages = [0.0, 0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0, 60.0, 1000.0]
    errors = [error_of(ALONE._replace(age_days=age)) for age in ages]
    for younger, older in pairwise(errors):
        assert younger.median_km <= older.median_km
        assert younger.p90_km <= older.p90_km
        assert older.median_km < older.p90_km
    assert errors[-1].p90_km == HALF_ORBIT_KM
    assert [e.position_known for e in errors[-2:]] == [False, False]
    assert all(e.position_known for e in errors[:10])


def test_fresh_sets_are_good_to_a_kilometre_and_seconds_follow_from_kilometres() -> None:
    fresh = error_of(ALONE._replace(age_days=0.25))
    assert 0.1 < fresh.median_km < fresh.p90_km < 2.0
    assert fresh.median_s == pytest.approx(fresh.median_km / SPEED_KM_S)
    assert fresh.p90_s == pytest.approx(fresh.p90_km / SPEED_KM_S)


@pytest.mark.parametrize(("age_days", "stale"), [(0.5, False), (2.5, False), (4.0, True), (-4.0, True), (30.0, True)])
def test_stale_begins_between_the_third_and_the_fourth_day(age_days: float, stale: bool) -> None:
    error = error_of(ALONE._replace(age_days=age_days))
    assert error.stale is stale
    assert stale == (error.p90_km > STALE_P90_KM)


def test_what_a_burn_does() -> None:
    plain, after = (error_of(ALONE._replace(age_days=2.0, after_burn=flag)) for flag in (False, True))
    assert after.median_km > plain.median_km
    joined = Provenance("x", "sgp4", 1.7e9, 3.0, "between", 7.0)
    assert error_of(joined._replace(basis="burn")).p90_km > 5 * error_of(joined).p90_km
    alone = error_of(ALONE._replace(age_days=3.0))
    assert error_of(joined).p90_km < alone.p90_km / 5


def test_where_two_sets_could_not_be_joined_the_nearer_one_counts() -> None:
    apart = Provenance("x", "sgp4", 1.7e9, 20.0, "apart", 62.0)
    assert error_of(apart) == error_of(ALONE._replace(age_days=20.0))


def test_the_age_that_counts_in_a_gap() -> None:
    assert bridged_days(3.5, 7.0) == pytest.approx(7.0)
    assert bridged_days(0.0, 7.0) == bridged_days(7.0, 7.0) == 0.0
    assert bridged_days(0.1, 100.0) == pytest.approx(0.4, rel=0.01)
    assert bridged_days(2.0, 7.0) == pytest.approx(bridged_days(5.0, 7.0))


def test_any_orbit_can_be_asked() -> None:
    last = HISTORY.last_unix_s
    assert expected_error(HISTORY, last + DAY_S) == expected_error(Sgp4Orbit(HISTORY.sets[-1]), last + DAY_S)
    thinned = ElementHistory(HISTORY.sets[:-40:20])
    middle = (thinned.epochs_unix_s[-2] + thinned.epochs_unix_s[-1]) / 2.0
    assert expected_error(thinned, middle).p90_km > expected_error(HISTORY, middle).p90_km


def test_a_curve_is_straight_in_the_logarithms() -> None:
    curve = ErrorCurve({"days": [1.0, 4.0], "median_km": [1.0, 16.0], "p90_km": [3.0, 48.0]})
    assert curve.at(2.0) == pytest.approx((4.0, 12.0))
    assert curve.at(8.0) == pytest.approx((64.0, 192.0))
    assert curve.at(0.0) == curve.at(-1.0) == pytest.approx((1.0, 3.0))
    assert all(math.isfinite(km) for km in curve.at(1e9))
