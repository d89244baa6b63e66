"""From where the station is seen: closed forms against a search with places and directions."""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.astro.frames import azimuth_elevation_deg, geodetic_to_itrs, to_enu
from sim.passes.seen_from import SeenFrom

MARGIN_DEG = 1e-6
"""Closer to a limit than this rounding decides."""


def elevation_deg(region: SeenFrom, latitude_deg: float, longitude_deg: float) -> float:
    """How high the station stands, by vectors on the ellipsoid."""
    station = geodetic_to_itrs(region.latitude_deg, region.longitude_deg, region.height_km)
    place = geodetic_to_itrs(latitude_deg, longitude_deg, 0.0)
    sight = (station[0] - place[0], station[1] - place[1], station[2] - place[2])
    return azimuth_elevation_deg(to_enu(sight, latitude_deg, longitude_deg))[1]


def sun_deg(region: SeenFrom, latitude_deg: float, longitude_deg: float) -> float:
    """How high the Sun stands, by spherical trigonometry."""
    latitude, declination = radians(latitude_deg), radians(region.sun_latitude_deg)
    hour = radians(longitude_deg - region.sun_longitude_deg)
    return degrees(asin(sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour)))


def region_of(random: Random) -> SeenFrom:
    return SeenFrom(
        latitude_deg=random.uniform(-42.0, 42.0),
        longitude_deg=random.uniform(-180.0, 180.0),
        height_km=random.uniform(340.0, 450.0),
        sun_latitude_deg=random.uniform(-23.5, 23.5),
        sun_longitude_deg=random.uniform(-180.0, 180.0),
    )


def test_seen_from_equals_search_at_ten_thousand_places() -> None:
    random, inside, checked = Random(14), 0, 0
    while checked < 10_000:
        region = region_of(random)
        for _ in range(50):
            latitude_deg = max(-90.0, min(90.0, region.latitude_deg + random.uniform(-16.0, 16.0)))
            longitude_deg = region.longitude_deg + random.uniform(-24.0, 24.0)
            high = elevation_deg(region, latitude_deg, longitude_deg) - 10.0
            dark = -6.0 - sun_deg(region, latitude_deg, longitude_deg)
            if min(abs(high), abs(dark)) < MARGIN_DEG:
                continue
            expected = high > 0.0 and dark > 0.0
            assert region.holds(latitude_deg, longitude_deg) == expected, (region, latitude_deg, longitude_deg)
            inside += expected
            checked += 1
    assert inside > 1000


@settings(max_examples=200)
@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-23.5, 23.5), st.floats(-180, 180), st.floats(-90, 90))
def test_seen_from_arcs_end_where_a_condition_ends(
    latitude: float, longitude: float, declination: float, sun: float, parallel: float
) -> None:
    region = SeenFrom(latitude, longitude, 390.0, declination, sun)
    for west, east in region.arcs(parallel):
        assert 0.0 < east - west <= 360.0
        middle = (west + east) / 2.0
        assert elevation_deg(region, parallel, middle) >= 10.0 - 1e-6
        assert sun_deg(region, parallel, middle) <= -6.0 + 1e-6


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_seen_from_station_over_a_pole_in_its_night_is_seen_all_around(pole: float) -> None:
    region = SeenFrom(pole, 0.0, 390.0, -23.0 if pole > 0 else 23.0, 0.0)
    for longitude_deg in range(-180, 180, 30):
        assert region.holds(pole * 0.95, float(longitude_deg))
    assert not region.holds(pole * 0.7, 0.0)


def test_seen_from_over_the_antimeridian_holds_on_both_sides() -> None:
    region = SeenFrom(10.0, 179.0, 390.0, 0.0, 0.0)
    assert region.holds(10.0, 179.9)
    assert region.holds(10.0, -179.0)
    assert region.holds(10.0, 181.0)
    assert not region.holds(10.0, -160.0)


def test_seen_from_at_noon_is_nowhere() -> None:
    region = SeenFrom(0.0, 30.0, 390.0, 0.0, 30.0)
    assert not any(region.arcs(float(latitude)) for latitude in range(-90, 91))
