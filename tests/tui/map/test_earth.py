"""The embedded Earth: surface at known places by day and by night, and its colours."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.land import is_land
from tui.drawing.cells import luminance, squared_distance
from tui.map.daylight import LIGHT_STEPS
from tui.map.ground.earth import GROUNDS, RASTER_WIDTHS, EarthColours, earth_colours, lit_row, raster_for

DAY, NIGHT = 0, LIGHT_STEPS - 1
PLACES = {
    "Sahara": (23.0, 10.0),
    "Amazon": (-5.0, -63.0),
    "Greenland": (75.0, -40.0),
    "Pacific": (-40.0, -125.0),
    "Gobi": (43.5, 104.0),
}


def colour_at(place: tuple[float, float], step: int, step_deg: float = 2.0) -> int:
    ground = raster_for(step_deg).at(*place)
    return earth_colours("truecolor")[step * GROUNDS + ground]


def channels(colour: int) -> tuple[int, int, int]:
    return colour >> 16, colour >> 8 & 255, colour & 255


@pytest.mark.parametrize("step_deg", [360 / width for width in RASTER_WIDTHS])
def test_colour_at_known_places_has_the_expected_hue(step_deg: float) -> None:
    red, green, blue = channels(colour_at(PLACES["Sahara"], DAY, step_deg))
    assert red > green > blue
    assert red > 150
    red, green, blue = channels(colour_at(PLACES["Amazon"], DAY, step_deg))
    assert green > red > blue or green > blue
    assert max(red, green, blue) < 120
    assert min(channels(colour_at(PLACES["Greenland"], DAY, step_deg))) > 200
    red, green, blue = channels(colour_at(PLACES["Pacific"], DAY, step_deg))
    assert blue > green > red


def test_raster_for_every_width_gives_the_nearest_raster() -> None:
    for width in RASTER_WIDTHS:
        raster = raster_for(360 / width)
        assert (raster.width, raster.height) == (width, width // 2)
        assert len(raster.values) == width * width // 2
    assert raster_for(0.01).width == RASTER_WIDTHS[-1]
    assert raster_for(30.0).width == RASTER_WIDTHS[0]


def test_colour_at_night_is_bright_in_cities_and_dark_elsewhere() -> None:
    for city in ((35.68, 139.69), (31.22, 121.46), (40.71, -74.01), (30.04, 31.24), (-23.55, -46.63)):
        assert luminance(colour_at(city, NIGHT)) > 0.15
    for empty in PLACES.values():
        assert luminance(colour_at(empty, NIGHT)) < 0.03


def test_earth_colours_at_night_distinguish_land_and_sea() -> None:
    raster = raster_for(1.0)
    colours = earth_colours("truecolor")
    land: list[float] = []
    sea: list[float] = []
    for latitude_deg in range(-50, 60, 7):
        for longitude_deg in range(-175, 180, 9):
            place = latitude_deg + 0.5, longitude_deg + 0.5
            (land if is_land(*place) else sea).append(luminance(colours[NIGHT * GROUNDS + raster.at(*place)]))
    assert sorted(land)[len(land) // 20] > sorted(sea)[len(sea) * 19 // 20]


@pytest.mark.parametrize("kind", ["truecolor", "256", "red"])
def test_earth_colours_without_lights_darken_with_each_step(kind: EarthColours) -> None:
    colours = earth_colours(kind)
    assert len(colours) == LIGHT_STEPS * GROUNDS
    by_night = earth_colours("truecolor")[NIGHT * GROUNDS :]
    dark = [ground for ground in range(GROUNDS) if luminance(by_night[ground]) < 0.03]
    means = [sum(luminance(colours[step * GROUNDS + ground]) for ground in dark) for step in range(LIGHT_STEPS)]
    assert means[0] > 5 * means[-1]
    slack = 1.0 if kind == "256" else 0.1 if kind == "red" else 0.0  # 256 colours are too few for a smooth fall
    assert all(later <= earlier + slack for earlier, later in pairwise(means))


def test_earth_colours_of_neighbouring_steps_are_near() -> None:
    colours = earth_colours("truecolor")
    for ground in set(raster_for(3.0).values):
        path = [colours[step * GROUNDS + ground] for step in range(LIGHT_STEPS)]
        whole = squared_distance(0, 0xFFFFFF)
        assert (
            max(squared_distance(a, b) for a, b in pairwise(path)) < whole * 0.04
        )  # of which a quarter by the rounding of colours


def test_earth_colours_of_256_are_those_of_xterm() -> None:
    steps = {0, 95, 135, 175, 215, 255}
    for colour in earth_colours("256"):
        red, green, blue = channels(colour)
        assert {red, green, blue} <= steps or (red == green == blue and (red - 8) % 10 == 0)


def test_raster_rows_equal_single_places() -> None:
    raster = raster_for(2.0)
    latitudes, longitudes = [90.0, 45.3, 0.0, -89.9, -90.0], [-180.0, -0.1, 0.0, 179.9, 180.0, 359.0, 539.0]
    for latitude_deg, row in zip(latitudes, raster.rows(latitudes, longitudes), strict=True):
        assert list(row) == [raster.at(latitude_deg, longitude_deg) for longitude_deg in longitudes]


def test_lit_row_looks_colours_up() -> None:
    colours = earth_colours("truecolor")
    assert lit_row(b"\x05\xff", b"\x00\x0f", colours) == [colours[5], colours[15 * GROUNDS + 255]]
