"""The Moon against DE421, and its phases against the almanac."""

from __future__ import annotations

import math

import numpy as np
import pytest
from skyfield.api import wgs84

from sim.astro.moon import moon_in_sky, moon_position_teme_km
from sim.places.place import Place
from sim.time import UNIX_EPOCH_JD, parse_instant
from tests.support.reference_shadow import apparent_teme_km, de421


def test_moon_position_agrees_with_de421_to_four_thousandths_of_a_degree() -> None:
    unix_s = np.linspace(parse_instant("2021-01-01"), parse_instant("2034-12-31"), 3000)
    ours = np.array([moon_position_teme_km(t) for t in unix_s.tolist()])
    true = apparent_teme_km("moon", unix_s)
    lengths = np.linalg.norm(ours, axis=1), np.linalg.norm(true, axis=1)
    apart_deg = np.degrees(np.arcsin(np.linalg.norm(np.cross(ours, true), axis=1) / (lengths[0] * lengths[1])))
    assert apart_deg.max() < 0.0042
    assert np.abs(lengths[0] - lengths[1]).max() < 90.0


@pytest.mark.parametrize("place", [Place("", 33.7, 73.0, 540.0), Place("", -90.0, 0.0, 2800.0), Place("", 0.0, 180.0)])
def test_moon_in_sky_agrees_with_skyfield(place: Place) -> None:
    ephemeris, timescale = de421()
    observer = ephemeris["earth"] + wgs84.latlon(place.latitude_deg, place.longitude_deg, place.height_m)
    for day in range(0, 60, 3):
        unix_s = parse_instant("2025-03-01") + day * 86400 + day * 3333.0
        time = timescale.tt_jd(UNIX_EPOCH_JD, (unix_s + 69.184) / 86400.0)
        elevation, azimuth, _ = observer.at(time).observe(ephemeris["moon"]).apparent().altaz()
        ours = moon_in_sky(unix_s, place)
        assert ours.elevation_deg == pytest.approx(elevation.degrees, abs=0.005)
        across = math.sin(math.radians(ours.azimuth_deg - azimuth.degrees)) * math.cos(elevation.radians)
        assert math.degrees(across) == pytest.approx(0.0, abs=0.005)


@pytest.mark.parametrize(
    ("instant", "lit", "waxing"),
    [
        ("2026-08-12T17:37Z", 0.0, None),  # new: the total eclipse of the Sun over Spain
        ("2026-03-03T11:38Z", 1.0, None),  # full: the total eclipse of the Moon
        ("2026-08-20T02:46Z", 0.5, True),  # first quarter
        ("2026-08-06T02:21Z", 0.5, False),  # last quarter
    ],
)
def test_moon_in_sky_phases_agree_with_the_almanac(instant: str, lit: float, waxing: bool | None) -> None:
    moon = moon_in_sky(parse_instant(instant), Place("", 0.0, 0.0))
    assert moon.lit == pytest.approx(lit, abs=0.004)
    if waxing is not None:
        assert moon.waxing is waxing
