"""Cells of two colours: glyphs, best fit and contrast."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.drawing.canvas import DotGrid
from tui.drawing.cells import (
    QUADRANTS,
    SEXTANTS,
    Cell,
    CellShape,
    cell_rows,
    contrast,
    fit_cell,
    lightened_ink,
    luminance,
    mean_colour,
    readable_ground,
    squared_distance,
)

COLOURS = st.integers(0, 0xFFFFFF)


def shown_pixels(cell: Cell, grid: DotGrid) -> list[int]:
    """The colours that a cell shows, dot by dot."""
    glyph, ink, fill = cell
    index = grid.glyphs.index(glyph)
    return [ink if index >> dot & 1 else fill for dot in range(grid.across * grid.down)]


def error_of(cell: Cell, pixels: tuple[int, ...], grid: DotGrid) -> int:
    return sum(squared_distance(a, b) for a, b in zip(shown_pixels(cell, grid), pixels, strict=True))


def least_error(pixels: tuple[int, ...]) -> int:
    """The error of the best of all splits into two colours."""
    best = None
    for lit in product((False, True), repeat=len(pixels)):
        groups = [[p for p, flag in zip(pixels, lit, strict=True) if flag is side] for side in (True, False)]
        error = sum(squared_distance(p, mean_colour(group)) for group in groups if group for p in group)
        best = error if best is None else min(best, error)
    assert best is not None
    return best


@pytest.mark.parametrize("shape", list(CellShape))
def test_cell_shape_glyphs_are_distinct_and_one_cell_wide(shape: CellShape) -> None:
    grid = shape.grid
    assert len(grid.glyphs) == len(set(grid.glyphs)) == 1 << grid.across * grid.down
    assert all(cell_len(glyph) == 1 for glyph in grid.glyphs)


def test_sextants_are_named_after_their_dots() -> None:
    for index, glyph in enumerate(SEXTANTS.glyphs):
        name = unicodedata.name(glyph)
        if name.startswith("BLOCK SEXTANT-"):
            dots = name.removeprefix("BLOCK SEXTANT-")
            assert index == sum(1 << int(dot) - 1 for dot in dots)


def test_quadrants_are_named_after_their_dots() -> None:
    bits = {"UPPER LEFT": 1, "UPPER RIGHT": 2, "LOWER LEFT": 4, "LOWER RIGHT": 8}
    for index, glyph in enumerate(QUADRANTS.glyphs):
        name = unicodedata.name(glyph)
        if name.startswith("QUADRANT "):
            assert index == sum(bits[part.strip()] for part in name.removeprefix("QUADRANT ").split("AND"))


@pytest.mark.parametrize("shape", list(CellShape))
@given(data=st.data(), pair=st.tuples(COLOURS, COLOURS))
def test_fit_cell_two_colours_are_shown_exactly(shape: CellShape, data: st.DataObject, pair: tuple[int, int]) -> None:
    grid = shape.grid
    count = grid.across * grid.down
    pixels = tuple(data.draw(st.lists(st.sampled_from(pair), min_size=count, max_size=count)))
    assert shown_pixels(fit_cell(pixels, grid), grid) == list(pixels)


@settings(max_examples=60)
@given(st.tuples(*[COLOURS] * 6))
def test_fit_cell_error_is_near_the_least(pixels: tuple[int, ...]) -> None:
    found = error_of(fit_cell(pixels, SEXTANTS), pixels, SEXTANTS)
    # Six random colours are the worst case: those of a picture lie nearly on a line.
    assert found <= 2.5 * least_error(pixels) + 60


@given(st.integers(0, 255), st.lists(st.integers(0, 255), min_size=8, max_size=8))
def test_fit_cell_shades_of_one_colour_have_the_least_error(blue: int, greys: list[int]) -> None:
    grid = CellShape.OCTANT.grid
    pixels = tuple(grey << 16 | grey << 8 | blue for grey in greys)
    assert error_of(fit_cell(pixels, grid), pixels, grid) <= least_error(pixels) + 8 * 9 * 2  # rounding of the means


@pytest.mark.parametrize("shape", list(CellShape))
def test_cell_rows_place_every_pixel(shape: CellShape) -> None:
    grid = shape.grid
    width, height = 3, 2
    pixels = [
        [0xFFFFFF * ((x * 7 + y * 3) % 5 % 2) for x in range(width * grid.across)] for y in range(height * grid.down)
    ]
    rows = cell_rows(pixels, shape)
    assert [len(row) for row in rows] == [width] * height
    for y, x in product(range(height), range(width)):
        dots = shown_pixels(rows[y][x], grid)
        expected = [
            pixels[y * grid.down + down][x * grid.across + across]
            for down in range(grid.down)
            for across in range(grid.across)
        ]
        assert dots == expected


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(0, 0xFFFFFF) == pytest.approx(21.0)
    assert contrast(0x777777, 0x777777) == 1.0


@given(COLOURS, COLOURS)
def test_readable_ground_has_the_requested_contrast(ground: int, ink: int) -> None:
    found = readable_ground(ground, ink)
    assert contrast(found, ink) >= 3.0
    if contrast(ground, ink) >= 3.0:
        assert found == ground


@given(COLOURS, COLOURS)
def test_ink_that_is_lightened_is_never_harder_to_read_and_stays_where_it_can_be(ink: int, ground: int) -> None:
    found = lightened_ink(ink, ground, 4.5)
    if contrast(ink, ground) >= 4.5:
        assert found == ink
    elif luminance(ink) >= luminance(ground):
        assert contrast(found, ground) >= contrast(ink, ground)
