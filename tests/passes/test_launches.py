"""Opportunities to launch against the launches that took place, beta against skyfield, the plane against astropy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from astropy import units
from astropy.coordinates import ITRS, TEME, CartesianRepresentation
from astropy.time import Time

from seeds.makers import launch_plane
from sim.astro.frames import site_itrs_km
from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.plane import beta_at, plane_at
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.uncertainty import STALE_NODE_DEG, ExpectedError, expected_error, plane_error
from sim.passes.plans.launches import SITES, crossings, find_opportunities, habit_at, site_named
from sim.places.place import Place
from sim.seed_data import seed_json
from sim.time import parse_instant
from tests.support.orbits import LINES, epoch_of, example_orbit
from tests.support.reference_shadow import de421
from tests.support.reference_sky import satellite, times

HISTORY = embedded_history()
LAUNCHES = seed_json("launch_plane.json")["launches"]
SHENZHOU = [row for row in LAUNCHES if row["ship"].startswith("Shenzhou")]
BY_HABIT = [row for row in LAUNCHES if habit_at(row["site"], parse_instant(row["launch"]))]


def error_at(unix_s: float) -> ExpectedError:
    return expected_error(HISTORY, unix_s)


def test_every_launch_fell_on_an_opportunity_within_eight_minutes() -> None:
    """Shenzhou-12 to -14 started 40 s before the pass, those since within 22 s of 6.5 min after it."""
    assert len(SHENZHOU) == 12
    assert len(LAUNCHES) == 21
    for row in LAUNCHES:
        at = parse_instant(row["launch"])
        near = list(crossings(HISTORY, site_named(row["site"]), at - 3.0 * 3600.0, at + 3.0 * 3600.0))
        off_s = [at - one.unix_s for one in near if one.name == "descending"]
        assert off_s == [pytest.approx(row["offset_s"], abs=0.1)]
        assert abs(off_s[0]) < 480.0
    early = [row["offset_s"] for row in SHENZHOU[:3]]
    late = [row["offset_s"] for row in SHENZHOU[3:]]
    assert max(early) - min(early) < 5.0
    assert max(late) - min(late) < 45.0
    cargo = [row["offset_s"] for row in LAUNCHES if row["site"] == "Wenchang"]
    assert (len(cargo), max(cargo) - min(cargo) < 60.0) == (9, True)


@pytest.mark.parametrize("row", BY_HABIT, ids=lambda row: row["ship"])
def test_opportunity_by_the_launches_before_is_within_a_minute_of_the_launch(row: dict[str, str]) -> None:
    """Shenzhou-15 and -16 began a new habit, seven minutes later than the ships before them."""
    at = parse_instant(row["launch"])
    found = find_opportunities(HISTORY, row["site"], at - 10.0 * 3600.0, at + 10.0 * 3600.0, error_at=error_at)
    off_s = min(abs(one.launch_unix_s - at) for one in found if one.launch_unix_s is not None)
    assert off_s < (450.0 if row["ship"] in {"Shenzhou-15", "Shenzhou-16"} else 60.0)


@pytest.mark.parametrize("days", [10.0, 30.0])
def test_opportunity_foretold_weeks_before_holds_within_its_error(days: float) -> None:
    """With the sets of that day alone, for the six ships from Jiuquan whose three forerunners had the new habit."""
    inside = 0
    for row in [one for one in BY_HABIT if one["ship"] > "Shenzhou-17" and one["site"] == "Jiuquan"]:
        at = parse_instant(row["launch"])
        then = at - days * DAY_S
        known = ElementHistory([s for s in HISTORY.sets if s.epoch_unix_s <= then])
        found = find_opportunities(known, "Jiuquan", at - 10.0 * 3600.0, at + 10.0 * 3600.0, error_at=error_at)
        nearest = min((one for one in found if one.is_flown), key=lambda one: abs((one.launch_unix_s or 0.0) - at))
        assert nearest.launch_unix_s is not None
        off_s, p90_s = abs(nearest.launch_unix_s - at), nearest.error_s[1]
        assert p90_s < 300.0
        assert off_s < 2.0 * p90_s
        inside += off_s <= p90_s
    assert inside >= 4


@pytest.mark.parametrize("ship", ["Shenzhou-18", "Shenzhou-20", "Shenzhou-21", "Shenzhou-22", "Shenzhou-23"])
def test_station_s_place_suits_the_plan_that_was_flown(ship: str) -> None:
    row = next(one for one in LAUNCHES if one["ship"] == ship)
    at = parse_instant(row["launch"])
    (chance,) = [
        one
        for one in find_opportunities(HISTORY, "Jiuquan", at - 3600.0, at + 3600.0, error_at=error_at)
        if one.crossing.name == "descending"
    ]
    assert chance.suits == ("6.5 h" if row["approach_hours"] > 5.5 else "3.5 h")


@pytest.mark.parametrize("name", SITES)
def test_crossings_put_the_site_into_the_plane_as_astropy_turns_the_earth(name: str) -> None:
    start, site = parse_instant("2026-09-01"), site_named(name)
    found = list(crossings(HISTORY, site, start, start + 5.0 * DAY_S))
    assert [one.name for one in found[:2]] in (["ascending", "descending"], ["descending", "ascending"])
    assert 10 <= len(found) <= 11
    for one in found:
        time = Time(one.unix_s, format="unix", scale="utc")
        here = ITRS(CartesianRepresentation(*(km * units.km for km in site_itrs_km(site))), obstime=time)
        sight = here.transform_to(TEME(obstime=time)).cartesian.xyz.to_value(units.km)
        sight /= np.linalg.norm(sight)
        normal = np.array(plane_at(HISTORY, one.unix_s).normal_teme)
        assert abs(normal @ sight) < 1e-6 * 20.0  # half a second of the Earth's turning, where UT1 is not UTC
        along = np.cross(normal, sight)
        east = np.cross((0.0, 0.0, 1.0), sight)
        north = np.cross(sight, east / np.linalg.norm(east))
        azimuth_deg = math.degrees(math.atan2(along @ east / np.linalg.norm(east), along @ north))
        assert one.azimuth_deg == pytest.approx(azimuth_deg, abs=0.02)
        assert bool(north @ along > 0.0) is (one.name == "ascending")


def test_crossings_of_a_site_beyond_the_inclination_are_none() -> None:
    start = parse_instant("2026-09-01")
    assert list(crossings(HISTORY, Place("Taiyuan's north", 43.0, 112.0), start, start + DAY_S)) == []
    with pytest.raises(OrbitError, match="low, nearly circular orbits alone"):
        plane_at(example_orbit("eccentric"), epoch_of(example_orbit("eccentric")))


def test_habit_before_three_launches_is_none_and_no_launch_is_foretold() -> None:
    start = parse_instant("2021-09-01")
    assert habit_at("Jiuquan", start) is None
    found = find_opportunities(HISTORY, "Jiuquan", start, start + DAY_S, error_at=error_at)
    assert [one.launch_unix_s for one in found] == [None, None]
    assert not any(one.is_flown for one in found)


@pytest.mark.parametrize("days", [0.0, 20.0, 40.0])
def test_beta_agrees_with_the_sun_of_de421_and_the_orbit_of_skyfield(days: float) -> None:
    orbit = example_orbit("station")
    unix_s = epoch_of(orbit) + days * DAY_S
    ephemeris, _ = de421()
    time = times(unix_s)
    state = satellite(LINES["station"]).at(time)
    sun = ephemeris["earth"].at(time).observe(ephemeris["sun"]).apparent().position.km
    normal = np.cross(state.position.km, state.velocity.km_per_s)
    sine = normal @ sun / np.linalg.norm(normal) / np.linalg.norm(sun)
    known = ExpectedError(1.0, 1.0, position_known=True, stale=False)
    assert beta_at(orbit, unix_s, known).beta_deg == pytest.approx(math.degrees(math.asin(sine)), abs=0.006)
    lost = ExpectedError(1.0, 1.0, position_known=False, stale=True)
    assert beta_at(orbit, unix_s, lost).beta_deg == pytest.approx(
        math.degrees(math.asin(sine)), abs=0.06 + 0.003 * days
    )


def test_plane_error_grows_to_half_a_year_and_is_null_beyond_and_for_others() -> None:
    ages = [0.0, 1.0, 10.0, 29.0, 60.0, 179.0]
    errors = [plane_error(HISTORY, HISTORY.last_unix_s + age * DAY_S) for age in ages]
    assert [one.p90_deg for one in errors] == sorted(one.p90_deg for one in errors)
    assert [one.stale for one in errors] == [one.p90_deg > STALE_NODE_DEG for one in errors]
    assert (errors[0].stale, errors[-1].stale) == (False, True)
    assert not plane_error(HISTORY, HISTORY.last_unix_s + 181.0 * DAY_S).is_known
    iss = example_orbit("ISS")
    assert plane_error(iss, epoch_of(iss)).stale is None


@pytest.mark.validation
def test_what_was_learnt_of_launches_and_planes_equals_what_the_history_tells() -> None:
    seed = seed_json("launch_plane.json")
    assert launch_plane.launch_rows(HISTORY) == seed["launches"]
    assert launch_plane.plan_rows(HISTORY) == seed["plans"]
    assert launch_plane.node_table() == seed["node"]


def test_plane_between_two_sets_is_that_of_the_instant() -> None:
    unix_s = parse_instant("2026-09-05T12:00Z")
    plane = plane_at(HISTORY, unix_s)
    assert math.degrees(plane.node_rad) % 360.0 == pytest.approx(HISTORY.elements(unix_s).raan_deg, abs=1e-9)
    ahead = plane_at(Sgp4Orbit(HISTORY.elements(unix_s)), unix_s + DAY_S)
    turned_deg = (math.degrees(ahead.node_rad) - HISTORY.elements(unix_s + DAY_S).raan_deg + 180.0) % 360.0 - 180.0
    assert abs(turned_deg) < 0.01
