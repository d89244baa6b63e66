"""The expected error of the mean altitude: held in months left out, large where no single burn joins two sets."""

from __future__ import annotations

from collections import defaultdict

import msgspec
import pytest

from seeds.makers import altitude_errors
from sim.orbit.closure.altitude_error import LEAST_P90_KM, altitude_error
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.propagation import Provenance
from sim.seed_data import seed_json
from sim.time import parse_instant
from tui.cli.output.orbit_shapes import altitude_error_shape

HISTORY = embedded_history()
FOLDS, FAR_DAYS = 4, 5.0


@pytest.fixture(scope="module")
def measured() -> list[altitude_errors.Sample]:
    return altitude_errors.samples(HISTORY)


@pytest.mark.validation
def test_altitude_error_table_equals_the_one_derived_from_the_history(
    measured: list[altitude_errors.Sample],
) -> None:
    assert altitude_errors.tables(measured) == seed_json("uncertainty.json")["altitude"]


@pytest.mark.validation
def test_altitude_error_is_held_in_months_left_out(measured: list[altitude_errors.Sample]) -> None:
    """Every month is judged by tables learnt without it; months weigh the same, near sets and far from them."""
    months = sorted({sample.month for sample in measured})
    hits: dict[tuple[str, str], dict[str, list[tuple[bool, bool]]]] = defaultdict(lambda: defaultdict(list))
    for fold in range(FOLDS):
        held_out = set(months[fold::FOLDS])
        learnt = altitude_errors.tables(measured, set(months) - held_out)
        for sample in measured:
            if sample.month in held_out and sample.kind in learnt:
                error = altitude_error(_provenance(sample), learnt)
                assert error is not None
                off_km, apsides_off_km = sample.off * sample.scale_km, sample.apsides_off * sample.scale_km
                held = (off_km <= error.p90_km, apsides_off_km <= error.apsides_p90_km)
                hits[sample.kind, "anywhere"][sample.month].append(held)
                far = sample.set_days > FAR_DAYS
                hits[sample.kind, "far from the sets" if far else "near a set"][sample.month].append(held)
    for kind in ("quiet", "doubtful", "burn", "campaign", "alone"):
        for place in ("anywhere", "near a set", "far from the sets"):
            for column in (0, 1):
                shares = [sum(hit[column] for hit in cell) / len(cell) for cell in hits[kind, place].values()]
                assert 0.82 < sum(shares) / len(shares) < 0.97, (kind, place, column)


def _provenance(sample: altitude_errors.Sample) -> Provenance:
    is_alone = sample.kind == "alone"
    return Provenance(
        source="a set",
        kind="sgp4",
        epoch_unix_s=1.7e9,
        age_days=sample.set_days,
        basis=sample.kind,  # type: ignore[arg-type]
        gap_days=0.0 if is_alone else sample.days,
        altitude_scale_km=sample.scale_km,
    )


@pytest.mark.parametrize("day", ["2021-05-24T12:00", "2026-02-01T12:00", "2026-05-14T12:00"])
def test_altitude_error_where_no_single_burn_joins_two_sets_is_over_a_kilometre(day: str) -> None:
    error = altitude_error(HISTORY.provenance(parse_instant(day)))
    assert error is not None
    assert 1.0 < error.median_km < error.p90_km < 12.0
    assert error.apsides_p90_km > error.p90_km


def test_altitude_error_between_burns_without_dates_is_that_of_a_burn_nearby_too() -> None:
    error = altitude_error(HISTORY.provenance(parse_instant("2024-10-25T09:00")))  # the orbit rose by 17 km that week
    assert error is not None
    assert 0.2 < error.median_km < 1.0
    assert 3.0 < error.p90_km < 8.0


def test_altitude_error_in_a_quiet_gap_is_the_noise_of_the_sets() -> None:
    error = altitude_error(HISTORY.provenance(parse_instant("2022-12-11T00:00")))
    assert error is not None
    assert error.p90_km == LEAST_P90_KM


def test_altitude_error_grows_after_the_last_set() -> None:
    errors = [
        altitude_error(HISTORY.provenance(HISTORY.last_unix_s + days * 86400.0))
        for days in (0.0, 3.0, 10.0, 30.0, 60.0, 150.0, 365.0)
    ]
    known = [error.p90_km for error in errors if error is not None]
    assert len(known) == 7
    assert known == sorted(set(known))
    assert known[-1] > 80.0  # burns lift it by as much as the air takes it down


def test_altitude_error_years_after_the_last_set_is_not_known() -> None:
    assert altitude_error(HISTORY.provenance(HISTORY.last_unix_s + 500.0 * 86400.0)) is None


def test_altitude_error_of_another_object_is_not_known() -> None:
    sets = [
        msgspec.structs.replace(s, norad_id=25544, name="ISS", international_designator="1998-067A")
        for s in HISTORY.sets[:3]
    ]
    provenance = ElementHistory(sets).provenance(sets[1].epoch_unix_s + 60.0)
    assert altitude_error(provenance) is None
    assert altitude_error_shape(provenance)["mean_altitude_error_km"] == {"median": None, "p90": None}
