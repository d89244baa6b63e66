"""The canvas: dots, lines, runs and changed cells."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.drawing.canvas import (
    BRAILLE,
    HALF_BLOCKS,
    OCTANTS,
    WHOLE_CELLS,
    Canvas,
    DotGrid,
    Stroke,
    changed_cells,
    line_dots,
    place_text,
)

GRIDS = [BRAILLE, HALF_BLOCKS, OCTANTS, WHOLE_CELLS]


@pytest.mark.parametrize("grid", GRIDS)
def test_dot_grid_glyphs_are_distinct_and_one_cell_wide(grid: DotGrid) -> None:
    assert len(grid.glyphs) == 1 << grid.across * grid.down
    assert len(set(grid.glyphs)) == len(grid.glyphs)
    assert {cell_len(glyph) for glyph in grid.glyphs} == {1}
    assert grid.glyphs[0] == " "


def test_braille_glyphs_match_unicode_names() -> None:
    # Unicode names a pattern by its dots: 1 2 3 7 down the left column, 4 5 6 8 down the right one.
    numbering = [["1", "4"], ["2", "5"], ["3", "6"], ["7", "8"]]
    for y, row in enumerate(numbering):
        for x, number in enumerate(row):
            assert unicodedata.name(BRAILLE.glyphs[BRAILLE.bit(x, y)]) == f"BRAILLE PATTERN DOTS-{number}"


def test_octant_glyphs_match_unicode_16() -> None:
    # BLOCK OCTANT-3 is the first of its block, BLOCK OCTANT-2345678 the last; quadrants are older.
    assert OCTANTS.glyphs[0b00000100] == "\U0001cd00"
    assert OCTANTS.glyphs[0b11111110] == "\U0001cde5"
    assert OCTANTS.glyphs[0b00000101] == "▘"
    assert OCTANTS.glyphs[0b11110000] == "▄"


points = st.tuples(st.integers(-50, 50), st.integers(-50, 50))


@given(points, points)
def test_line_dots_are_connected_and_as_many_as_longer_side(start: tuple[int, int], end: tuple[int, int]) -> None:
    dots = list(line_dots(*start, *end))
    assert dots[0] == start
    assert dots[-1] == end
    assert len(dots) == max(abs(end[0] - start[0]), abs(end[1] - start[1])) + 1
    for (x0, y0), (x1, y1) in pairwise(dots):
        assert max(abs(x1 - x0), abs(y1 - y0)) == 1


def test_stroke_line_wraps_the_short_way() -> None:
    stroke = Stroke(10, 2, BRAILLE, wraps=True)
    stroke.line((18, 3), (1, 3))
    assert sorted(stroke.bits) == [0, 9]


def test_stroke_without_wrapping_drops_dots_outside() -> None:
    stroke = Stroke(10, 2, BRAILLE, wraps=False)
    stroke.line((-3, -3), (30, 9))
    assert stroke.bits
    assert all(0 <= cell < 20 for cell in stroke.bits)
    stroke = Stroke(10, 2, BRAILLE, wraps=False)
    stroke.line((-30, -9), (-3, -3))
    assert not stroke.bits


@given(st.integers(0, 60), st.integers(0, 30), st.integers(0, 60), st.integers(0, 30))
def test_stroke_dotted_line_is_half_of_the_line(x0: int, y0: int, x1: int, y1: int) -> None:
    whole, dotted = (Stroke(40, 10, BRAILLE, wraps=False) for _ in range(2))
    whole.line((x0, y0), (x1, y1))
    dotted.line((x0, y0), (x1, y1), dotted=True)
    lit = sum(bits.bit_count() for bits in whole.bits.values())
    assert abs(2 * sum(bits.bit_count() for bits in dotted.bits.values()) - lit) <= 1
    assert all(bits & ~whole.bits[cell] == 0 for cell, bits in dotted.bits.items())


glyph = st.sampled_from([" ", " ", "x", "⠿", "y"])
canvas_cells = st.lists(st.tuples(glyph, st.integers(0, 2), st.integers(0, 2)), min_size=24, max_size=24)


def canvas_of(values: list[tuple[str, int, int]]) -> Canvas:
    canvas = Canvas(8, 3)
    for cell, (glyph, ink, fill) in enumerate(values):
        canvas.glyphs[cell], canvas.inks[cell], canvas.fills[cell] = glyph, ink, fill
    return canvas


@given(canvas_cells)
def test_canvas_runs_equal_its_cells(values: list[tuple[str, int, int]]) -> None:
    canvas = canvas_of(values)
    for row in range(3):
        runs = canvas.runs(row)
        told = [(glyph, ink if glyph != " " else -1, fill) for text, ink, fill in runs for glyph in text]
        asked = values[row * 8 : row * 8 + 8]
        assert told == [(glyph, ink if glyph != " " else -1, fill) for glyph, ink, fill in asked]


def test_canvas_runs_join_spaces_to_neighbours() -> None:
    canvas = canvas_of([(" ", 2, 0), ("x", 1, 0), (" ", 2, 0), ("y", 1, 0), *[(" ", 0, 0)] * 20])
    assert canvas.runs(0) == [(" x y    ", 1, 0)]


@given(canvas_cells, canvas_cells)
def test_changed_cells_are_those_that_differ(
    before: list[tuple[str, int, int]], after: list[tuple[str, int, int]]
) -> None:
    differing = {cell for cell in range(24) if before[cell] != after[cell]}
    assert changed_cells(canvas_of(before), canvas_of(after)) == differing


@given(canvas_cells, st.integers(0, 8), st.integers(0, 8))
def test_canvas_runs_of_part_of_a_row_equal_the_whole(values: list[tuple[str, int, int]], one: int, other: int) -> None:
    first, after = sorted((one, other))
    canvas = canvas_of(values)
    told = [(glyph, fill) for text, _, fill in canvas.runs(1, first, after) for glyph in text]
    assert told == [(glyph, fill) for glyph, _, fill in values[8 + first : 8 + after]]


def test_place_text_wide_characters_keep_row_width() -> None:
    marks: dict[int, tuple[str, int]] = {}
    place_text(marks, 10, 2, "a天宫b", 3)
    assert "".join(marks[cell][0] for cell in sorted(marks)) == "a天宫b"
    assert sorted(marks) == list(range(12, 18))
    assert cell_len("a天宫b") == 6
