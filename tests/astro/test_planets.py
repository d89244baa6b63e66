"""The planets against DE421: places in degrees, magnitudes against skyfield's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from skyfield.api import wgs84
from skyfield.magnitudelib import planetary_magnitude

from sim.astro.planets import PLANETS, planets, planets_in_sky
from sim.places.place import Place
from sim.time import UNIX_EPOCH_JD, parse_instant
from tests.support.reference_shadow import de421

NAMES_IN_DE421 = {"Mars": "mars", "Jupiter": "jupiter barycenter", "Saturn": "saturn barycenter"}


def from_de421(name: str, unix_s: list[float]) -> object:
    ephemeris, timescale = de421()
    times = timescale.tt_jd(UNIX_EPOCH_JD, (np.array(unix_s) + 69.184) / 86400.0)
    return ephemeris["earth"].at(times).observe(ephemeris[NAMES_IN_DE421.get(name, name.lower())])


@pytest.mark.validation
@pytest.mark.parametrize(("name", "most_deg"), [*zip(PLANETS, (0.03, 0.05, 0.1, 0.15, 0.2), strict=True)])
def test_planets_agree_with_de421_in_degrees(name: str, most_deg: float) -> None:
    unix_s = np.linspace(parse_instant("2021-01-01"), parse_instant("2034-12-31"), 2000).tolist()
    seen = from_de421(name, unix_s)
    true = seen.position.au  # type: ignore[attr-defined]  # skyfield has no types
    true /= np.linalg.norm(true, axis=0)
    ours = np.array([planets(t)[PLANETS.index(name)].direction for t in unix_s]).T
    apart_deg = np.degrees(np.arcsin(np.linalg.norm(np.cross(ours, true, axis=0), axis=0)))
    assert float(apart_deg.max()) < most_deg
    assert float((ours * true).sum(axis=0).min()) > 0.9


@pytest.mark.parametrize(
    ("name", "most"), [("Mercury", 0.6), ("Venus", 0.3), ("Mars", 0.35), ("Jupiter", 0.15), ("Saturn", 0.2)]
)
def test_planet_magnitudes_agree_with_skyfield(name: str, most: float) -> None:
    unix_s = np.linspace(parse_instant("2021-01-01"), parse_instant("2034-12-31"), 400).tolist()
    true = np.asarray(planetary_magnitude(from_de421(name, unix_s)))
    ours = np.array([planets(t)[PLANETS.index(name)].magnitude for t in unix_s])
    apart = np.abs(ours - true)[np.isfinite(true) & (true < 2.0)]
    assert apart.size > 100
    assert float(apart.max()) < most


@pytest.mark.parametrize("place", [Place("", 33.7, 73.0, 540.0), Place("", -65.0, -179.9), Place("", 90.0, 0.0)])
def test_planets_in_sky_agree_with_skyfield(place: Place) -> None:
    ephemeris, timescale = de421()
    observer = ephemeris["earth"] + wgs84.latlon(place.latitude_deg, place.longitude_deg, place.height_m)
    for day in range(0, 4000, 397):
        unix_s = parse_instant("2023-03-01") + day * 86400 + day * 3333.0
        time = timescale.tt_jd(UNIX_EPOCH_JD, (unix_s + 69.184) / 86400.0)
        for planet in planets_in_sky(unix_s, place):
            body = ephemeris[NAMES_IN_DE421.get(planet.name, planet.name.lower())]
            elevation, azimuth, _ = observer.at(time).observe(body).apparent().altaz()
            across_deg = (planet.azimuth_deg - azimuth.degrees + 180.0) % 360.0 - 180.0
            across_deg *= math.cos(elevation.radians)
            assert math.hypot(across_deg, planet.elevation_deg - elevation.degrees) < 0.2, planet.name


def test_venus_is_always_the_brightest_planet() -> None:
    for day in range(0, 3000, 50):
        seen = planets(parse_instant("2021-01-01") + day * 86400.0)
        assert min(seen, key=lambda planet: planet.magnitude).name == "Venus"
