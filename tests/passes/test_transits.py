"""Transits against a search by skyfield and DE421 that shares nothing with ours; the path, its width and its error."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sim.constants import DAY_S
from sim.orbit.uncertainty import UNSTATED, ExpectedError
from sim.passes.transit_path import across_p90_km
from sim.passes.transits import BodyName, Transit, find_transits, widest_arcsec
from sim.places.place import Place
from tests.support.orbits import LINES, PLACES, epoch_of, example_orbit
from tests.support.reference_sky import look, separation_deg

if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = 8.0
SEARCHED = (PLACES[0], PLACES[10])
NEAR_DEG, HIGH_DEG = 10.0, 10.0
FAR_KM = 1500.0
"""A path that passes so near in the sky lies nearer than this on the ground."""

KNOWN = ExpectedError(0.4, 1.0, True, False)


@cache
def ours(place: Place, within_km: float) -> list[Transit]:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    return find_transits(orbit, place, start, start + DAYS * DAY_S, error_at=lambda _: KNOWN, within_km=within_km)


@cache
def theirs(place: Place, body: BodyName) -> list[tuple[float, float]]:
    """Instants and separations of all approaches nearer than `NEAR_DEG`, station and body above the horizon."""
    start = epoch_of(example_orbit("station"))
    coarse = start + np.arange(0.0, DAYS * DAY_S, 60.0)
    up = coarse[look(LINES["station"], place, coarse)[1] > HIGH_DEG - 20.0]
    fine = np.unique(np.concatenate([up + shift for shift in np.arange(-60.0, 61.0, 2.0)]).round(3))
    fine = fine[look(LINES["station"], place, fine)[1] > HIGH_DEG - 8.0]
    apart = separation_deg(LINES["station"], place, body, fine)
    least = (apart[1:-1] < apart[:-2]) & (apart[1:-1] <= apart[2:]) & (apart[1:-1] < NEAR_DEG + 1.0)
    found = []
    for near in fine[1:-1][least].tolist():
        around = near + np.arange(-2.2, 2.2, 0.01)
        closest = separation_deg(LINES["station"], place, body, around)
        at = int(closest.argmin())
        high = look(LINES["station"], place, around[at : at + 1])[1][0] > HIGH_DEG
        if closest[at] < NEAR_DEG and 0 < at < len(around) - 1 and high:
            found.append((float(around[at]), float(closest[at])))
    return found


@pytest.mark.validation
@pytest.mark.parametrize("body", ["sun", "moon"])
@pytest.mark.parametrize("place", SEARCHED, ids=lambda place: place.name)
def test_find_transits_agrees_with_skyfield(place: Place, body: BodyName) -> None:
    expected = theirs(place, body)
    found = {one.unix_s: one for one in ours(place, FAR_KM) if one.body == body}
    for unix_s, separation in expected:
        at = min(found, key=lambda t: abs(t - unix_s), default=math.inf)
        assert abs(at - unix_s) < 0.1
        assert found[at].separation_deg == pytest.approx(separation, abs=0.01)
    near = [
        one for one in found.values() if one.separation_deg < NEAR_DEG - 0.02 and one.elevation_deg > HIGH_DEG + 0.1
    ]
    assert len(near) <= len(expected)


@pytest.mark.validation
def test_skyfield_finds_enough_to_compare() -> None:
    assert sum(len(theirs(place, body)) for place in SEARCHED for body in ("sun", "moon")) >= 5


@pytest.mark.validation
@pytest.mark.parametrize("place", SEARCHED, ids=lambda place: place.name)
def test_transit_seen_from_its_path_is_central_and_from_its_limits_touches(place: Place) -> None:
    checked = 0
    for one in ours(place, 200.0):
        path = one.path
        if path is None or one.elevation_deg < 8.0:
            continue
        nearest = Place("path", path.nearest.latitude_deg, path.nearest.longitude_deg, place.height_m)
        times = path.nearest.unix_s + np.arange(-0.5, 0.5, 0.01)
        assert separation_deg(LINES["station"], nearest, one.body, times).min() < 0.01
        middle = min(range(len(path.centre)), key=lambda k: abs(path.centre[k].unix_s - path.nearest.unix_s))
        for limit in path.limits:
            edge = Place("limit", limit[middle].latitude_deg, limit[middle].longitude_deg, place.height_m)
            times = limit[middle].unix_s + np.arange(-4.0, 4.0, 0.01)
            least = separation_deg(LINES["station"], edge, one.body, times).min()
            assert least == pytest.approx(one.radius_deg, rel=0.05)
        checked += 1
    assert checked


@pytest.mark.validation
def test_transit_duration_is_that_of_the_centre_before_the_disc() -> None:
    there = [(place, one) for place in SEARCHED for one in ours(place, 200.0) if one.path and one.elevation_deg > 10.0]
    place, one = there[0]
    assert one.path is not None
    on_path = Place("path", one.path.nearest.latitude_deg, one.path.nearest.longitude_deg, place.height_m)
    central = min(ours(on_path, 0.0), key=lambda other: abs(other.unix_s - one.path.nearest.unix_s))  # type: ignore[union-attr]
    assert central.is_transit
    times = central.unix_s + np.arange(-6.0, 6.0, 0.002)
    inside = separation_deg(LINES["station"], on_path, one.body, times) < central.radius_deg
    assert central.duration_s == pytest.approx(inside.sum() * 0.002, abs=0.02)
    assert central.chance == "sure"


def test_find_transits_within_a_distance_is_a_part_of_those_within_a_larger_one() -> None:
    near, far = ours(PLACES[0], 20.0), ours(PLACES[0], 200.0)
    assert {one.unix_s for one in near} <= {one.unix_s for one in far}
    assert all(one.is_transit or (one.path is not None and one.path.distance_km <= 20.0) for one in near)
    assert [one.unix_s for one in far] == sorted(one.unix_s for one in far)


def known_within(km: float) -> Callable[[float], ExpectedError]:
    """An error that is the same at every instant."""
    error = ExpectedError(km / 3, km, True, False)
    return lambda _: error


def test_transit_with_an_uncertain_path_is_only_possible() -> None:
    orbit = example_orbit("station")
    one = next(one for one in ours(PLACES[0], 200.0) if one.path is not None and one.elevation_deg > 20.0)
    assert one.path is not None
    on_path = Place("path", one.path.nearest.latitude_deg, one.path.nearest.longitude_deg, PLACES[0].height_m)
    chances, errors_km = [], []
    for stated in (known_within(1.0), known_within(300.0)):
        found = find_transits(orbit, on_path, one.unix_s - 60.0, one.unix_s + 60.0, error_at=stated)
        assert len(found) == 1
        assert found[0].path is not None
        chances.append(found[0].chance)
        errors_km.append(found[0].path.error_p90_km or math.nan)
    assert chances == ["sure", "possible"]
    # 300 km along the track are 39 s, in which the ground turns by up to 18 km; a kilometre is next to nothing.
    assert 0.3 < errors_km[0] < 3.0
    assert 3.0 < errors_km[1] < 18.0 / math.sin(math.radians(one.elevation_deg))


def test_transit_of_an_object_without_a_stated_error_has_no_chance_stated() -> None:
    orbit, place = example_orbit("ISS"), PLACES[4]
    start = epoch_of(orbit)
    found = find_transits(orbit, place, start, start + DAYS * DAY_S, error_at=lambda _: UNSTATED, within_km=100.0)
    assert found
    assert {one.chance for one in found} == {"not known"}
    assert all(one.path is None or one.path.error_p90_km is None for one in found)


def test_find_transits_where_the_place_is_not_known_finds_none() -> None:
    orbit = example_orbit("station")
    unknown = ExpectedError(9e3, 3e4, False, True)
    start = epoch_of(orbit)
    assert find_transits(orbit, PLACES[0], start, start + DAY_S, error_at=lambda _: unknown, within_km=200.0) == []


def test_across_p90_km_grows_with_the_age_and_is_held_at_the_end() -> None:
    assert across_p90_km(0.0) == across_p90_km(1.0) == 0.3
    assert across_p90_km(4.0) == pytest.approx(0.95)
    assert across_p90_km(-4.0) == across_p90_km(4.0)
    assert across_p90_km(100.0) == 13.0


def test_widest_arcsec_is_that_of_the_wings_at_the_distance() -> None:
    one = ours(PLACES[0], 200.0)[0]
    assert widest_arcsec(one) == pytest.approx(math.degrees(0.055 / one.range_km) * 3600.0)
