"""The ground of the map: light of every pixel, incremental drawing, contrast of lines."""

from __future__ import annotations

from itertools import pairwise, product
from math import cos, radians, sin
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.astro.sun import subsolar_point
from sim.time import parse_instant
from tests.support.map_cases import cells, scene_at, shown
from tui.drawing.canvas import HALF_BLOCKS, PACKED, WHOLE_CELLS
from tui.drawing.cells import CellShape, contrast, luminance, readable_ground
from tui.map.daylight import LIGHT_STEPS, light_step
from tui.map.flat_projection import FlatProjection
from tui.map.globe_projection import GlobeProjection, direction
from tui.map.ground.earth import GROUNDS, earth_colours, raster_for
from tui.map.ground.earth_globe import SPACE_COLOUR, GlobeEarth
from tui.map.ground.earth_ground import FlatEarth
from tui.map.palette import PALETTES, Role
from tui.map.scene import MapOptions, MapStyle
from tui.map.world_map import WorldMap

COLOURS = earth_colours("truecolor")
EARTH = MapOptions(style=MapStyle.EARTH, earth="truecolor")
GLOBE = MapOptions(style=MapStyle.GLOBE, earth="truecolor")
LINES = (Role.FOOTPRINT, Role.PAST, Role.FUTURE, Role.UNCERTAIN, Role.LABEL, Role.OBSERVER, Role.SUN)


def sun_sine(place: tuple[float, float], sun: tuple[float, float]) -> float:
    return sum(a * b for a, b in zip(direction(*place), direction(*sun), strict=True))


def colours_of(earth: FlatEarth | GlobeEarth, index: int) -> tuple[int, int]:
    """The colours of the upper and the lower pixel of a cell of half blocks."""
    glyph, ink, fill = earth.cell(index)
    assert glyph in " ▀"
    return (fill, fill) if glyph == " " else (ink, fill)


def flat(width: int, height: int, centre_deg: float = 105.0) -> FlatProjection:
    return FlatProjection(width, height, HALF_BLOCKS, centre_longitude_deg=centre_deg)


# -- every pixel ---------------------------------------------------------------------------------------------


def test_flat_earth_pixels_at_10000_random_points_are_lit_by_sun_altitude() -> None:
    random = Random(20210429)
    width, height = 114, 31
    projection = flat(width, height)
    raster = raster_for(min(360 / width, 180 / (2 * height)))
    for _ in range(100):
        earth = FlatEarth(projection, HALF_BLOCKS, COLOURS)
        sun = subsolar_point(random.uniform(parse_instant("2021-05-01"), parse_instant("2027-06-01")))
        earth.shine(sun)
        for _ in range(100):
            column, row = random.randrange(width), random.randrange(2 * height)
            latitude_deg = 90.0 - (row + 0.5) * 180.0 / (2 * height)
            place = projection.place(column, row // 2)
            assert place is not None
            longitude_deg = place[1]
            altitude_sine = sun_sine((latitude_deg, longitude_deg), sun)
            tolerance = radians(0.1)  # the Sun moves in steps: a tenth of a degree north, 0.05 degrees west
            steps = range(light_step(altitude_sine + tolerance), light_step(altitude_sine - tolerance) + 1)
            ground = raster.at(latitude_deg, longitude_deg)
            shown_colour = colours_of(earth, row // 2 * width + column)[row % 2]
            assert shown_colour in {COLOURS[step * GROUNDS + ground] for step in steps}


@settings(max_examples=20)
@given(st.integers(1, 200), st.integers(1, 60), st.floats(-180, 180), st.data())
def test_flat_earth_pixels_lie_where_the_projection_puts_them(
    width: int, height: int, centre_deg: float, data: st.DataObject
) -> None:
    projection = flat(width, height, centre_deg)
    earth = FlatEarth(projection, HALF_BLOCKS, COLOURS)
    row = data.draw(st.integers(0, 2 * height - 1))
    column = data.draw(st.integers(0, width - 1))
    latitude_deg = earth._latitudes_deg[row]
    longitude_deg = projection.west_deg + (column + 0.5) * 360.0 / width
    assert projection.cell(latitude_deg, longitude_deg) == (column, row // 2)


def test_globe_earth_pixels_show_the_ground_and_space_outside() -> None:
    globe = GlobeProjection(80, 40, (0, 35))
    earth = GlobeEarth(globe, HALF_BLOCKS, COLOURS)
    sun = (10.0, 80.0)
    earth.shine(sun)
    raster = raster_for(2.0)
    compared = 0
    for column, row in product(range(80), range(40)):
        place = globe.place(column, row)
        if place is None or sun_sine(place, direction_to_place(globe)) < 0.75:
            continue  # towards the edge the air is seen
        step = light_step(sun_sine(place, sun))
        if step != 0:
            continue
        near = {
            COLOURS[raster.at(place[0] + north, place[1] + east)]
            for north in (-5, -2.5, 0, 2.5, 5)
            for east in (-5, -2.5, 0, 2.5, 5)
        }
        compared += colours_of(earth, row * 80 + column)[0] in near
    assert compared > 300
    assert luminance(colours_of(earth, 0)[0]) < 0.3
    corner = [colours_of(earth, row * 80 + column)[0] for row, column in product(range(5), range(10))]
    assert corner.count(SPACE_COLOUR) > 40


def direction_to_place(globe: GlobeProjection) -> tuple[float, float]:
    return globe.centre[0] * 3.0, globe.centre[1] * 3.0


def test_globe_earth_edge_by_day_is_soft() -> None:
    globe = GlobeProjection(120, 60, (0, 35))
    earth = GlobeEarth(globe, HALF_BLOCKS, COLOURS)
    earth.shine((0.0, 105.0))
    row = [luminance(colours_of(earth, 30 * 120 + column)[0]) for column in range(120)]
    edge = next(column for column, light in enumerate(row) if light > 0.02)
    outside = [light for light in row[max(0, edge - 6) : edge + 4] if 0.004 < light < 0.4]
    assert len(outside) >= 3


# -- changes ----------------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(
    size=st.tuples(st.integers(2, 120), st.integers(2, 50)),
    start=st.floats(0, 5e6),
    steps=st.lists(st.floats(0, 4000), min_size=1, max_size=5),
    options=st.sampled_from([EARTH, GLOBE, MapOptions(style=MapStyle.EARTH, earth="256", pixels=CellShape.QUADRANT)]),
)
def test_world_map_cached_cells_equal_a_fresh_drawing(
    size: tuple[int, int], start: float, steps: list[float], options: MapOptions
) -> None:
    world = WorldMap(*size, options)
    seconds = start
    world.draw(scene_at(seconds))
    for step in steps:
        before = cells(world)
        seconds += step
        changed = world.draw(scene_at(seconds))
        after = cells(world)
        assert after == cells(shown(*size, scene_at(seconds), options))
        assert changed == {cell for cell, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]}


def test_world_map_moving_terminator_changes_few_ocean_cells() -> None:
    world = shown(114, 31, scene_at(0.0), EARTH)
    counts = [len(world.draw(scene_at(6.0 * number))) for number in range(1, 121)]
    assert sum(counts) / len(counts) < 40
    assert max(counts) < 250


def test_flat_earth_terminator_is_soft() -> None:
    earth = FlatEarth(flat(360, 90), HALF_BLOCKS, COLOURS)
    earth.shine((0.0, 0.0))
    greys = [earth._light[90][column] for column in range(360)]
    assert set(greys) == set(range(LIGHT_STEPS))
    assert all(abs(a - b) <= 1 for a, b in pairwise(greys))


@pytest.mark.parametrize("options", [EARTH, GLOBE], ids=["flat", "globe"])
def test_world_map_draft_has_fewer_colour_changes_and_refines_to_the_whole(options: MapOptions) -> None:
    scene = scene_at(1000.0)
    world, fresh = WorldMap(106, 31, options, draft=True), shown(106, 31, scene, options)
    world.draw(scene)
    runs, runs_of_fresh = (sum(len(one.canvas.runs(row)) for row in range(31)) for one in (world, fresh))
    assert runs < 0.85 * runs_of_fresh
    before = cells(world)
    changed = world.refine()
    assert cells(world) == cells(fresh)
    assert changed == {cell for cell, pair in enumerate(zip(before, cells(world), strict=True)) if pair[0] != pair[1]}
    assert world.refine() == set()
    world.draw(scene_at(1100.0))
    assert cells(world) == cells(shown(106, 31, scene_at(1100.0), options))


def test_flat_earth_draft_computes_one_pixel_for_each_square_of_cells() -> None:
    width, height, sun = 106, 31, (-20.0, 100.0)
    projection = flat(width, height)
    earth = FlatEarth(projection, WHOLE_CELLS, COLOURS, draft=True)
    assert earth.shine(sun) == set(range(width * height))
    assert (earth.columns, earth.rows) == (27, 16)
    colours = earth.coarse_colours()
    assert len(colours) == width * height
    lit = {colour & 0xE0E0E0 | 0x101010 for colour in COLOURS}
    for y, x in product(range(0, height, 2), range(0, width, 4)):
        square = {colours[row * width + x] for row in (y, min(y + 1, height - 1))}
        square |= {colours[y * width + column] for column in range(x, min(x + 4, width))}
        assert len(square) == 1
        assert square <= lit
    assert earth.shine(sun) == set()
    assert earth.shine((-20.0, 90.0)) == set(range(width * height))


# -- styles -------------------------------------------------------------------------------------------------


def test_world_map_without_colours_is_braille() -> None:
    plain = shown(80, 24, scene_at(0.0), MapOptions(style=MapStyle.EARTH))
    assert cells(plain) == cells(shown(80, 24, scene_at(0.0), MapOptions(style=MapStyle.BRAILLE)))


@pytest.mark.parametrize("options", [EARTH, GLOBE], ids=["flat", "globe"])
def test_world_map_lines_and_names_have_the_mean_ground_of_their_cells(options: MapOptions) -> None:
    world = shown(114, 31, scene_at(1000.0), options)
    canvas = world.canvas
    inks = {ink for ink in canvas.inks if ink < PACKED}
    assert {Role.FUTURE, Role.PAST, Role.LABEL, Role.MARKER} <= inks
    for cell, ink in enumerate(canvas.inks):
        if ink < PACKED and ink != Role.MARKER:
            assert canvas.fills[cell] >= PACKED


@pytest.mark.parametrize("depth", ["truecolor", "256"])
@pytest.mark.parametrize("name", ["dark", "red", "contrast"])
def test_world_map_lines_on_every_ground_have_contrast(name: str, depth: str) -> None:
    inks = [int(PALETTES[name][depth].colours()[role].removeprefix("#"), 16) for role in LINES]
    for ground in {*earth_colours("truecolor"), *earth_colours("256"), *earth_colours("red")}:
        for ink in inks:
            assert contrast(readable_ground(ground, ink), ink) >= 3.0


def test_sun_sine_equals_spherical_formula() -> None:
    assert sun_sine((30.0, 40.0), (10.0, 20.0)) == pytest.approx(
        sin(radians(30)) * sin(radians(10)) + cos(radians(30)) * cos(radians(10)) * cos(radians(20))
    )
