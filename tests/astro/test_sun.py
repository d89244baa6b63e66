"""The Sun against DE421, the light on the station against a stepwise search, and what follows from them."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from skyfield.api import wgs84

from sim.astro.shadow import LightState, limb_clearance_rad, shadow_state
from sim.astro.sun import (
    SunTrack,
    beta_angle_deg,
    subsolar_point,
    sun_elevation_deg,
    sun_in_sky,
    sun_moved_km,
    sun_position_teme_km,
    twilight_name,
)
from sim.astro.vectors import angle_rad, columns
from sim.eclipses import LightChange, next_light_change
from sim.errors import OrbitError
from sim.orbit.propagation import Sgp4Orbit, State
from sim.places.place import Place
from sim.time import parse_instant
from tests.support.orbits import epoch_of, example_orbit
from tests.support.reference_shadow import apparent_teme_km, de421


def beta_of(orbit: Sgp4Orbit, unix_s: float) -> float:
    state = orbit.state(unix_s)
    return beta_angle_deg(unix_s, state.position_teme_km, state.velocity_teme_km_s)


ORBITS = ["station", "ISS", "near-polar", "eccentric"]


def test_sun_position_agrees_with_de421_to_four_thousandths_of_a_degree() -> None:
    unix_s = np.linspace(parse_instant("2021-01-01"), parse_instant("2034-12-31"), 1500)
    ours = np.array([sun_position_teme_km(t) for t in unix_s.tolist()])
    true = apparent_teme_km("sun", unix_s)
    lengths = np.linalg.norm(ours, axis=1), np.linalg.norm(true, axis=1)
    apart_deg = np.degrees(np.arcsin(np.linalg.norm(np.cross(ours, true), axis=1) / (lengths[0] * lengths[1])))
    assert apart_deg.max() < 0.004
    assert np.abs(lengths[0] - lengths[1]).max() < 15000.0  # km: 1e-4, for the disc's size


def test_sun_track_between_its_knots_equals_the_series() -> None:
    start = parse_instant("2026-01-01")
    unix_s = start + np.linspace(0.0, 365 * 86400.0, 3000)
    track = SunTrack(start, start + 365 * 86400.0).teme_km(unix_s)
    series = np.array([sun_position_teme_km(t) for t in unix_s.tolist()])
    sine = np.linalg.norm(np.cross(track, series), axis=1) / np.einsum("ij,ij->i", series, series)
    assert np.degrees(sine.max()) < 1e-4


def test_sun_moved_km_for_two_hours_stays_within_a_millionth_of_the_series() -> None:
    for day in range(365):
        unix_s = parse_instant("2026-01-01") + day * 86400.0
        start = sun_position_teme_km(unix_s)
        for hours in (-2.0, 0.5, 2.0):
            later = sun_position_teme_km(unix_s + hours * 3600.0)
            assert angle_rad(sun_moved_km(start, hours * 3600.0), later) < 1.5e-6


@pytest.mark.parametrize(
    ("instant", "latitude_deg"),
    [
        # Equinoxes and solstices of the almanac, to the minute.
        ("2026-03-20T14:46Z", 0.0),
        ("2026-06-21T08:24Z", 23.44),
        ("2026-09-23T00:05Z", 0.0),
        ("2026-12-21T20:50Z", -23.44),
    ],
)
def test_subsolar_point_at_equinox_and_solstice_has_the_expected_latitude(instant: str, latitude_deg: float) -> None:
    latitude, _ = subsolar_point(parse_instant(instant))
    assert latitude == pytest.approx(latitude_deg, abs=0.005)


def test_sun_elevation_at_the_subsolar_point_is_ninety_degrees() -> None:
    chance = random.Random(1)
    for _ in range(50):
        unix_s = parse_instant("2026-01-01") + chance.random() * 365 * 86400
        latitude, longitude = subsolar_point(unix_s)
        assert sun_elevation_deg(unix_s, Place("", latitude, longitude)) == pytest.approx(90.0, abs=0.001)
        antipode = Place("", -latitude, longitude - math.copysign(180.0, longitude))
        # The parallax: the antipode lies an Earth radius off the centre, but on the same line.
        assert sun_elevation_deg(unix_s, antipode) == pytest.approx(-90.0, abs=0.2)


def test_sun_in_sky_agrees_with_skyfield() -> None:
    ephemeris, timescale = de421()
    place = Place("Islamabad", 33.6844, 73.0479, 540.0)
    observer = ephemeris["earth"] + wgs84.latlon(place.latitude_deg, place.longitude_deg, place.height_m)
    for day in range(0, 360, 7):
        unix_s = parse_instant("2025-01-01") + day * 86400 + day * 1111.0
        time = timescale.tt_jd(2440587.5, (unix_s + 69.184) / 86400.0)
        elevation, azimuth, _ = observer.at(time).observe(ephemeris["sun"]).apparent().altaz()
        ours = sun_in_sky(unix_s, place)
        assert ours.elevation_deg == pytest.approx(elevation.degrees, abs=0.006)
        assert math.sin(math.radians(ours.azimuth_deg - azimuth.degrees)) * math.cos(
            elevation.radians
        ) == pytest.approx(0.0, abs=1.2e-4)


@pytest.mark.parametrize(
    ("elevation_deg", "name"),
    [
        (40.0, "day"),
        (-0.8, "day"),
        (-0.9, "civil twilight"),
        (-6.1, "nautical twilight"),
        (-12.1, "astronomical twilight"),
        (-18.1, "night"),
    ],
)
def test_twilight_name_at_each_limit_is_the_standard_one(elevation_deg: float, name: str) -> None:
    assert twilight_name(elevation_deg) == name


def test_sun_elevation_beyond_polar_circles_stays_up_or_down() -> None:
    june, december = parse_instant("2026-06-21"), parse_instant("2026-12-21")
    north = Place("", 78.2, 15.6)
    assert all(sun_elevation_deg(june + hour * 3600.0, north) > 5.0 for hour in range(24))
    assert all(sun_elevation_deg(december + hour * 3600.0, north) < -5.0 for hour in range(24))


def test_beta_angle_is_bounded_and_equals_its_formula() -> None:
    orbit = example_orbit("station")
    for day in range(60):
        unix_s = epoch_of(orbit) + day * 86400.0
        state = orbit.state(unix_s)
        beta_deg = beta_angle_deg(unix_s, state.position_teme_km, state.velocity_teme_km_s)
        assert abs(beta_deg) < 41.5 + 23.5
        rx, ry, rz = state.position_teme_km
        vx, vy, vz = state.velocity_teme_km_s
        hx, hy, hz = ry * vz - rz * vy, rz * vx - rx * vz, rx * vy - ry * vx
        inclination, node = math.acos(hz / math.hypot(hx, hy, hz)), math.atan2(hx, -hy)
        x, y, z = sun_position_teme_km(unix_s)
        ascension, declination = math.atan2(y, x), math.atan2(z, math.hypot(x, y))
        sine = math.cos(declination) * math.sin(inclination) * math.sin(node - ascension)
        sine += math.sin(declination) * math.cos(inclination)
        assert beta_deg == pytest.approx(math.degrees(math.asin(sine)), abs=1e-6)


def test_limb_clearance_of_an_array_equals_single_values() -> None:
    orbit = example_orbit("near-polar")
    unix_s = epoch_of(orbit) + np.linspace(0.0, 6000.0, 300)
    positions = orbit.states(unix_s).position_teme_km
    suns = np.array([sun_position_teme_km(t) for t in unix_s.tolist()])
    many = limb_clearance_rad(columns(positions), columns(suns), np)
    one = [limb_clearance_rad(tuple(p), tuple(s)) for p, s in zip(positions.tolist(), suns.tolist(), strict=True)]
    assert many == pytest.approx(one, abs=1e-12)


@pytest.mark.parametrize("name", ORBITS)
def test_next_light_change_from_random_instants_is_the_first_of_a_dense_search(name: str) -> None:
    """Against steps of two seconds and halving, from random instants of ten days."""
    orbit = example_orbit(name)
    chance = random.Random(7)
    for _ in range(40):
        unix_s = epoch_of(orbit) + chance.random() * 10 * 86400.0
        change = next_light_change(orbit, unix_s)
        assert change.state == shadow_state(unix_s, orbit.state(unix_s).position_teme_km)
        assert change.change_unix_s is not None
        steps = np.arange(unix_s, change.change_unix_s, 2.0)
        positions = orbit.states(steps).position_teme_km.tolist()
        between = {shadow_state(t, tuple(p)) for t, p in zip(steps.tolist(), positions, strict=True)}
        assert between == {change.state}
        before, after = change.change_unix_s - 0.005, change.change_unix_s + 0.005
        assert shadow_state(before, orbit.state(before).position_teme_km) == change.state
        assert shadow_state(after, orbit.state(after).position_teme_km) == change.next_state


def test_next_light_change_repeated_gives_four_contacts_in_order() -> None:
    orbit = example_orbit("station")
    unix_s, seen = epoch_of(orbit), []
    for _ in range(64):
        change = next_light_change(orbit, unix_s)
        assert change.change_unix_s is not None
        seen.append((change.state, change.next_state))
        unix_s = change.change_unix_s + 0.01
    cycle: list[tuple[LightState, LightState | None]] = [
        ("sunlit", "penumbra"),
        ("penumbra", "umbra"),
        ("umbra", "penumbra"),
        ("penumbra", "sunlit"),
    ]
    begin = cycle.index(seen[0])
    assert seen == [cycle[(begin + number) % 4] for number in range(64)]
    assert unix_s - epoch_of(orbit) == pytest.approx(16 * 92.3 * 60.0, rel=0.01)


def test_next_light_change_in_a_sunlit_season_is_none() -> None:
    """The ISS at a beta of more than 71 degrees sees no night for days."""
    orbit = example_orbit("ISS")
    days = [epoch_of(orbit) + 43200.0 * half for half in range(-700, 700)]
    unix_s = max(days, key=lambda t: abs(beta_of(orbit, t)))
    assert abs(beta_of(orbit, unix_s)) > 71.0
    assert next_light_change(orbit, unix_s) == LightChange(state="sunlit", next_state=None, change_unix_s=None)


def test_next_light_change_where_the_orbit_ends_is_unknown() -> None:
    station = example_orbit("station")
    now = epoch_of(station)

    class EndsSoon(Sgp4Orbit):
        def state(self, unix_s: float) -> State:
            if unix_s > now + 60.0:
                raise OrbitError("the ephemeris ends here")
            return super().state(unix_s)

    change = next_light_change(EndsSoon(station.element_set), now)
    assert change.state in {"sunlit", "penumbra", "umbra"}
    assert (change.next_state, change.change_unix_s) == (None, None)
