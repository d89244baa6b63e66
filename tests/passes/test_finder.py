"""Passes against a dense search; poles, date line, edges of the window and of the data."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import pytest

from sim.errors import OrbitError
from sim.passes.finder import find_pass_times, find_passes
from sim.passes.model import Pass
from sim.places.place import Place
from tests.support.orbits import PLACES, epoch_of, example_orbit
from tests.support.reference_passes import DenseSearch, ReferencePass

if TYPE_CHECKING:
    from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.uncertainty import ExpectedError, error_of

TIME_TOLERANCE_S = 0.01
ELEVATION_TOLERANCE_DEG = 0.001
THIRTY_DAYS = 30.0


def assert_same_passes(passes: list[Pass], reference: list[ReferencePass]) -> None:
    """Each pass of the reference is found at its times and directions, and no other."""
    assert len(passes) == len(reference)
    for ours, true in zip(passes, reference, strict=True):
        assert ours.rise.unix_s == pytest.approx(true.rise_unix_s, abs=TIME_TOLERANCE_S)
        assert ours.set.unix_s == pytest.approx(true.set_unix_s, abs=TIME_TOLERANCE_S)
        assert ours.peak.elevation_deg == pytest.approx(true.peak_elevation_deg, abs=ELEVATION_TOLERANCE_DEG)
        assert ours.peak.unix_s == pytest.approx(true.peak_unix_s, abs=TIME_TOLERANCE_S)
        assert math.cos(math.radians(ours.rise.azimuth_deg - true.rise_azimuth_deg)) > math.cos(math.radians(0.01))


@pytest.fixture(scope="module")
def station() -> Sgp4Orbit:
    return example_orbit("station")


@pytest.fixture(scope="module")
def month(station: Sgp4Orbit) -> DenseSearch:
    return DenseSearch(station, epoch_of(station), THIRTY_DAYS)


@pytest.mark.validation
@pytest.mark.parametrize("threshold_deg", [0.0, 10.0])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_find_passes_of_thirty_days_equal_a_dense_search(
    station: Sgp4Orbit, month: DenseSearch, place: Place, threshold_deg: float
) -> None:
    passes = find_passes(station, place, *month.window, min_elevation_deg=threshold_deg)
    assert_same_passes(passes, month.passes(place, threshold_deg))


@pytest.mark.validation
def test_dense_search_equals_brute_force_crossings(station: Sgp4Orbit) -> None:
    day = DenseSearch(station, epoch_of(station), 1.0)
    for place in PLACES[:4]:
        for threshold_deg in (0.0, 10.0):
            inside = [
                instant
                for p in day.passes(place, threshold_deg)
                for instant in (p.rise_unix_s, p.set_unix_s)
                if day.window[0] < instant < day.window[1]
            ]
            assert day.brute_crossings(place, threshold_deg) == len(inside)


def random_observers(count: int) -> list[Place]:
    """All over the sphere, with the poles and the date line."""
    chance = random.Random(48274)
    corners = [
        Place("", latitude, longitude, height)
        for latitude, longitude, height in (
            (90.0, 0.0, 0.0),
            (-90.0, 0.0, 2800.0),
            (90.0, 180.0, 0.0),
            (0.0, 180.0, 0.0),
            (0.0, -180.0, 0.0),
            (52.0, 180.0, 100.0),
            (-41.0, -180.0, 9000.0),
            (41.5, 0.0, -430.0),
        )
    ]
    return corners + [
        Place("", math.degrees(math.asin(chance.uniform(-1, 1))), chance.uniform(-180, 180), chance.uniform(-430, 9000))
        for _ in range(count - len(corners))
    ]


@pytest.mark.validation
@pytest.mark.parametrize("name", ["station", "ISS", "decaying module", "near-polar", "eccentric"])
def test_find_passes_for_random_observers_equal_a_dense_search(name: str) -> None:
    orbit = example_orbit(name)
    dense = DenseSearch(orbit, epoch_of(orbit), 2.0)
    for number, place in enumerate(random_observers(250)):
        threshold_deg = (0.0, 10.0, 60.0)[number % 3]
        passes = find_passes(orbit, place, *dense.window, min_elevation_deg=threshold_deg)
        assert_same_passes(passes, dense.passes(place, threshold_deg))


def test_find_passes_peak_just_above_threshold_is_found(station: Sgp4Orbit) -> None:
    """A peak 0.0001 degrees above the threshold: a pass of a second or two."""
    start = epoch_of(station)
    place = PLACES[0]
    for known in find_passes(station, place, start, start + 3 * 86400):
        threshold_deg = known.peak.elevation_deg - 1e-4
        again = find_passes(station, place, known.rise.unix_s, known.set.unix_s, min_elevation_deg=threshold_deg)
        assert [p.peak.unix_s for p in again] == [pytest.approx(known.peak.unix_s, abs=0.01)]
        assert 0.0 < again[0].duration_s < 20.0
        assert again[0].rise.elevation_deg == pytest.approx(threshold_deg, abs=1e-5)
        above = known.peak.elevation_deg + 1e-4
        assert not find_passes(station, place, known.rise.unix_s, known.set.unix_s, min_elevation_deg=above)


def test_find_passes_pass_across_window_edge_is_returned_whole(station: Sgp4Orbit) -> None:
    start = epoch_of(station)
    known = find_passes(station, PLACES[0], start, start + 86400)[1]
    for cut in (0.01, 0.3, 0.7, 0.99):
        instant = known.rise.unix_s + cut * known.duration_s
        (first,) = find_passes(station, PLACES[0], instant, known.set.unix_s + 60.0)
        (last,) = find_passes(station, PLACES[0], known.rise.unix_s - 60.0, instant)
        (both,) = find_passes(station, PLACES[0], instant, instant + 0.5)
        for whole in (first, last, both):
            assert whole.rise.unix_s == pytest.approx(known.rise.unix_s, abs=1e-3)
            assert whole.set.unix_s == pytest.approx(known.set.unix_s, abs=1e-3)


def test_find_pass_times_equal_times_of_find_passes(station: Sgp4Orbit) -> None:
    start = epoch_of(station) + 777.0
    times = find_pass_times(station, PLACES[2], start, start + 11 * 86400, min_elevation_deg=5.0)
    passes = find_passes(station, PLACES[2], start, start + 11 * 86400, min_elevation_deg=5.0)
    assert len(times) > 30
    assert [(t.rise, t.peak, t.set) for t in times] == [(p.rise, p.peak, p.set) for p in passes]


def test_find_passes_at_plus_and_minus_180_degrees_are_equal(station: Sgp4Orbit) -> None:
    start = epoch_of(station)
    east, west = (
        find_passes(station, Place("", 10.0, longitude), start, start + 10 * 86400) for longitude in (180.0, -180.0)
    )
    assert len(east) == len(west) > 40
    assert [p.rise.unix_s for p in east] == pytest.approx([p.rise.unix_s for p in west], abs=1e-4)


@pytest.mark.parametrize("latitude_deg", [90.0, -90.0, 70.0])
def test_find_passes_out_of_reach_of_the_orbit_are_none(station: Sgp4Orbit, latitude_deg: float) -> None:
    start = epoch_of(station)
    assert find_passes(station, Place("", latitude_deg, 0.0), start, start + 30 * 86400) == []


def test_find_passes_threshold_out_of_range_raises(station: Sgp4Orbit) -> None:
    start = epoch_of(station)
    for threshold_deg in (90.0, -10.0, math.nan):
        with pytest.raises(OrbitError, match="minimum elevation"):
            find_passes(station, PLACES[0], start, start + 86400, min_elevation_deg=threshold_deg)


def test_find_passes_empty_window_is_empty(station: Sgp4Orbit) -> None:
    start = epoch_of(station)
    assert find_passes(station, PLACES[0], start, start) == []
    assert find_passes(station, PLACES[0], start, start - 86400) == []


def test_find_passes_expected_error_is_the_callers(station: Sgp4Orbit) -> None:
    start = epoch_of(station)
    errors: dict[float, ExpectedError] = {}

    def error_at(unix_s: float) -> ExpectedError:
        return errors.setdefault(unix_s, error_of(station.provenance(unix_s)))

    passes = find_passes(station, PLACES[0], start, start + 86400, error_at=error_at)
    assert [p.error for p in passes] == [errors[p.peak.unix_s] for p in passes]
    assert find_passes(station, PLACES[0], start, start + 86400)[0].error is None
