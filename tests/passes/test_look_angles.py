"""Directions, range rates and distances of Sun and Moon against skyfield; the error of a direction."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.astro.photometry import StandardMagnitude
from sim.errors import OrbitError
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.uncertainty import SPEED_KM_S, UNSTATED, ExpectedError
from sim.passes.finder import find_passes
from sim.passes.look_angles import doppler_hz, look_angles, pointing_error
from sim.passes.observation import observe
from sim.places.place import Place
from tests.support.orbits import LINES, PLACES, epoch_of, example_orbit
from tests.support.reference_sky import look, separation_deg


@pytest.mark.validation
@pytest.mark.parametrize("name", ["station", "ISS", "eccentric"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_look_angles_agree_with_skyfield(name: str, place: Place) -> None:
    orbit = example_orbit(name)
    unix_s = epoch_of(orbit) + np.linspace(0.0, 2 * 86400.0, 400)
    azimuth, elevation, range_km, rate = look(LINES[name], place, unix_s)
    ours = [look_angles(orbit, place, t) for t in unix_s.tolist()]
    across = (np.array([one.azimuth_deg for one in ours]) - azimuth + 180.0) % 360.0 - 180.0
    assert np.abs(across * np.cos(np.radians(elevation))).max() < 1e-4
    assert np.abs([one.elevation_deg for one in ours] - elevation).max() < 1e-4
    assert np.abs([one.range_km for one in ours] - range_km).max() < 2e-3
    assert np.abs([one.range_rate_km_s for one in ours] - rate).max() < 1e-6


def test_look_angles_distances_of_sun_and_moon_agree_with_de421() -> None:
    orbit, place = example_orbit("station"), PLACES[0]
    unix_s = epoch_of(orbit) + np.linspace(0.0, 3 * 86400.0, 300)
    ours = [look_angles(orbit, place, t) for t in unix_s.tolist()]
    for body, theirs in (("sun", "sun_distance_deg"), ("moon", "moon_distance_deg")):
        apart = separation_deg(LINES["station"], place, body, unix_s)
        assert np.abs([getattr(one, theirs) for one in ours] - apart).max() < 0.006


def test_look_angles_have_a_magnitude_only_where_there_is_something_to_see() -> None:
    orbit, place = example_orbit("station"), PLACES[0]
    pass_ = find_passes(orbit, place, epoch_of(orbit), epoch_of(orbit) + 86400.0)[0]
    standard = StandardMagnitude(0.0)
    for share in range(11):
        unix_s = pass_.rise.unix_s + share / 10.0 * pass_.duration_s
        seen, angles = observe(orbit, place, unix_s, standard), look_angles(orbit, place, unix_s, standard)
        assert angles.magnitude == (seen.magnitude if seen.sunlit and seen.elevation_deg > 0.0 else None)
        assert angles.apparent_elevation_deg > angles.elevation_deg
    below = look_angles(orbit, place, pass_.rise.unix_s - 1500.0, standard)
    assert below.elevation_deg < 0.0
    assert below.magnitude is None


def test_doppler_hz_is_positive_while_the_station_comes_nearer() -> None:
    assert doppler_hz(145.8e6, -7.0) == pytest.approx(145.8e6 * 7.0 / 299792.458)
    assert doppler_hz(145.8e6, 0.0) == 0.0


def _error(seconds: float, *, known: bool = True) -> ExpectedError:
    return ExpectedError(SPEED_KM_S * seconds, SPEED_KM_S * 3 * seconds, known, False)


def test_pointing_error_is_the_way_across_the_sky_in_the_stated_seconds() -> None:
    orbit, place = example_orbit("station"), PLACES[0]
    high = max(
        find_passes(orbit, place, epoch_of(orbit), epoch_of(orbit) + 3 * 86400.0), key=lambda p: p.peak.elevation_deg
    )
    unix_s = high.rise.unix_s + 0.3 * high.duration_s
    found = pointing_error(orbit, place, unix_s, _error(1.0))
    assert found is not None
    # A second earlier or later, over an Earth that has turned by a second less (0.4 km of some 7.7).
    near, here = observe(orbit, place, unix_s + 1.0), observe(orbit, place, unix_s)
    assert found.elevation_median_deg == pytest.approx(abs(near.elevation_deg - here.elevation_deg), rel=0.15)
    assert found.elevation_p90_deg == pytest.approx(3.0 * found.elevation_median_deg, rel=0.1)
    # Overhead azimuth runs away, elevation does not.
    top = pointing_error(orbit, place, high.peak.unix_s, _error(1.0))
    assert top is not None
    assert top.azimuth_median_deg * math.cos(math.radians(high.peak.elevation_deg)) < 1.5


@pytest.mark.parametrize("error", [UNSTATED, _error(1.0, known=False)])
def test_pointing_error_that_nobody_knows_is_none(error: ExpectedError) -> None:
    orbit = example_orbit("station")
    assert pointing_error(orbit, PLACES[0], epoch_of(orbit), error) is None


def test_pointing_error_where_the_orbit_ends_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    orbit = example_orbit("station")
    start, state = epoch_of(orbit), Sgp4Orbit.state

    def ending(self: Sgp4Orbit, unix_s: float) -> object:
        if unix_s > start:
            raise OrbitError("it ends")
        return state(self, unix_s)

    monkeypatch.setattr(Sgp4Orbit, "state", ending)
    assert pointing_error(orbit, PLACES[0], start, _error(1.0)) is None
