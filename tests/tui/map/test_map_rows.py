"""Segments of rows of which some are kept show the same cells as rows made anew."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from tui.drawing.canvas import PACKED, Canvas
from tui.map.scene import MapStyle
from tui.widgets.map.map_rows import MapRows

WIDTH = 40


class CountedColours:
    """Styles by ink and fill, and how many were asked for."""

    asked = 0

    def style(self, ink: int, fill: int, _map_style: MapStyle) -> Style:
        self.asked += 1
        return Style(color=f"#{ink & 0xFFFFFF:06x}", bgcolor=f"#{fill & 0xFFFFFF:06x}")


def scatter(canvas: Canvas, cells: range, random: Random, colours: int) -> None:
    for cell in cells:
        canvas.glyphs[cell] = random.choice("▀▀⠿ ")
        canvas.inks[cell], canvas.fills[cell] = (PACKED | random.randrange(colours) for _ in range(2))


def shown(rows: MapRows, canvas: Canvas, colours: Any, row: int) -> list[tuple[str, str, str]]:
    """Character, ink (of a space none) and fill of each cell."""
    found = []
    for text, style, _ in rows.segments(row, canvas, colours, MapStyle.EARTH):
        assert style is not None
        found += [(char, "" if char == " " else str(style.color), str(style.bgcolor)) for char in text]
    return found


@given(st.integers(1, 4), st.randoms(use_true_random=False), st.integers(1, 12))
def test_map_rows_after_changes_show_the_same_as_rows_made_anew(colours: int, random: Random, changes: int) -> None:
    canvas, kept, styles = Canvas(WIDTH, 2), MapRows(), CountedColours()
    scatter(canvas, range(2 * WIDTH), random, colours)
    for _ in range(changes):
        row = random.randrange(2)
        columns = sorted(random.sample(range(WIDTH), random.randint(1, WIDTH)))
        for column in columns:
            scatter(canvas, range(row * WIDTH + column, row * WIDTH + column + 1), random, colours)
        kept.change(row, columns)
        if random.random() < 0.6:  # else two changes come before the row is painted
            for number in range(2):
                assert shown(kept, canvas, styles, number) == shown(MapRows(), canvas, styles, number)


def test_map_rows_two_cells_changed_far_apart_ask_for_few_styles() -> None:
    canvas, rows, styles = Canvas(WIDTH, 1), MapRows(), CountedColours()
    scatter(canvas, range(WIDTH), Random(7), 1000)
    shown(rows, canvas, styles, 0)
    for column in (5, 30):
        scatter(canvas, range(column, column + 1), Random(column), 1000)
    rows.change(0, [5, 30])
    styles.asked = 0
    shown(rows, canvas, styles, 0)
    assert 0 < styles.asked <= 2 * 3
