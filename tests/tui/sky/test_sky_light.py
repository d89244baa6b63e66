"""The light of the painted sky: twilight, ground, the colours of stars."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.astro.sun import sun_in_sky
from sim.passes.horizon import Horizon
from sim.time import parse_instant
from tests.support.dashboard import ISLAMABAD
from tui.drawing.cells import contrast, luminance
from tui.sky.sky_light import (
    SKY_COLOURS,
    milky_way_strength,
    sky_pixels,
    star_colour,
    twilight,
)
from tui.sky.sky_projection import Disc, Panorama

DUSK = parse_instant("2026-09-01T14:15:00Z")
SUN_HEIGHTS_DEG = [-30.0, -18.0, -16.0, -13.0, -12.0, -10.0, -8.0, -6.0, -4.5, -2.0, 0.0, 3.0]
OUTSIDE = 0x010203


def luminances(colours: np.ndarray) -> list[float]:
    packed = [int(red) << 16 | int(green) << 8 | int(blue) for red, green, blue in colours.reshape(-1, 3).round()]
    return [luminance(colour) for colour in packed]


@pytest.mark.parametrize("sun_deg", SUN_HEIGHTS_DEG)
@pytest.mark.parametrize("from_sun_deg", [0.0, 40.0, 90.0, 135.0, 180.0])
def test_twilight_darkens_from_the_horizon_to_the_zenith(sun_deg: float, from_sun_deg: float) -> None:
    elevations = np.linspace(0.0, 90.0, 91)
    found = luminances(twilight(elevations, np.full(91, from_sun_deg), sun_deg))
    assert all(lower >= higher - 1e-3 for lower, higher in pairwise(found))
    assert found[0] > found[-1]


@pytest.mark.parametrize("sun_deg", SUN_HEIGHTS_DEG[2:])
@pytest.mark.parametrize("elevation_deg", [0.0, 5.0, 20.0])
def test_twilight_darkens_away_from_the_sun(sun_deg: float, elevation_deg: float) -> None:
    away = np.linspace(0.0, 180.0, 91)
    found = luminances(twilight(np.full(91, elevation_deg), away, sun_deg))
    assert all(nearer >= farther - 1e-3 for nearer, farther in pairwise(found))
    assert found[0] > found[-1]


@pytest.mark.parametrize(("elevation_deg", "from_sun_deg"), [(0.0, 0.0), (10.0, 60.0), (45.0, 120.0), (90.0, 180.0)])
def test_twilight_darkens_as_the_sun_sinks(elevation_deg: float, from_sun_deg: float) -> None:
    here = np.array([elevation_deg]), np.array([from_sun_deg])
    found = [luminances(twilight(*here, sun_deg))[0] for sun_deg in np.linspace(-20.0, 0.0, 81).tolist()]
    assert all(lower <= higher + 1e-4 for lower, higher in pairwise(found))


def test_twilight_is_warm_towards_the_sun_and_blue_away_from_it() -> None:
    sunward, away = twilight(np.array([1.0, 1.0]), np.array([0.0, 180.0]), -8.0)
    assert sunward[0] > 1.5 * sunward[2]
    assert away[2] > 1.5 * away[0]


@pytest.mark.parametrize("colours", SKY_COLOURS, ids=lambda colours: f"{colours.sun_elevation_deg:.0f}")
def test_overhead_white_letters_can_be_read_by_night_and_day(colours: object) -> None:
    red, green, blue = colours.zenith  # type: ignore[attr-defined]
    assert contrast(0xFFFFFF, red << 16 | green << 8 | blue) >= 4.5


def test_sky_pixels_are_brightest_where_the_sun_has_set() -> None:
    sun = sun_in_sky(DUSK, ISLAMABAD)
    assert -12.0 < sun.elevation_deg < -6.0
    view = Panorama(100, 30, sun.azimuth_deg - 20.0)
    pixels = sky_pixels(view, ISLAMABAD, DUSK, 0.0, None, OUTSIDE)
    assert pixels.shape == (60, 100)
    row = [luminance(colour) for colour in pixels[55].tolist()]
    column = round(float(np.mean([x for x, value in enumerate(row) if value == max(row)])))
    expected = view.dot(sun.azimuth_deg, 2.0).x / 2.0
    assert abs(column - expected) <= 2.0


def test_sky_pixels_outside_the_disc_are_the_ground() -> None:
    disc = Disc(60, 28)
    pixels = sky_pixels(disc, ISLAMABAD, DUSK, 0.0, None, OUTSIDE)
    assert pixels[0, 0] == pixels[-1, -1] == OUTSIDE
    assert pixels[28, 30] != OUTSIDE


def test_sky_pixels_below_the_own_horizon_are_the_ground() -> None:
    view = Panorama(90, 31, 180.0)
    wall = Horizon(azimuths_deg=(150.0, 150.0, 200.0, 200.0), elevations_deg=(0.0, 40.0, 40.0, 0.0))
    pixels = sky_pixels(view, ISLAMABAD, DUSK, 0.0, wall, OUTSIDE)
    free = sky_pixels(view, ISLAMABAD, DUSK, 0.0, None, OUTSIDE)
    for azimuth_deg, elevation_deg, hidden in ((175.0, 30.0, True), (175.0, 50.0, False), (120.0, 30.0, False)):
        dot = view.dot(azimuth_deg, elevation_deg)
        x, y = round((dot.x - 0.5) / 2.0), round((dot.y - 0.5) / 2.0)
        assert bool(pixels[y, x] == OUTSIDE) is hidden
        assert bool(pixels[y, x] == free[y, x]) is not hidden


def test_milky_way_shows_in_the_dark_only_and_little_in_moonlight() -> None:
    assert milky_way_strength(-11.0, 0.0) == 0.0
    assert milky_way_strength(-20.0, 0.0) == 1.0
    assert 0.0 < milky_way_strength(-20.0, 1.0) < milky_way_strength(-15.0, 0.0) < 1.0


def test_star_colour_goes_from_blue_to_orange() -> None:
    def warmth(b_v: float) -> int:
        colour = star_colour(b_v)
        return (colour >> 16) - (colour & 255)

    found = [warmth(b_v) for b_v in (-0.3, 0.0, 0.3, 0.65, 1.0, 1.5, 2.0)]
    assert found == sorted(found)
    assert found[0] < -60 < 60 < found[-2]
    assert star_colour(None) == 0xFFFFFF
