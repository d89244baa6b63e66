"""Texts in a grid of cells: clipped, wide characters whole, accents with their letters."""

from __future__ import annotations

from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import line_width, plain


def test_cell_grid_keeps_wide_characters_whole() -> None:
    sheet = CellGrid(6, 1)
    sheet.put(0, 0, "天宫")
    sheet.put(5, 0, "天")  # its right half would be outside
    assert plain(sheet.line(0)) == "天宫  "
    assert line_width(sheet.line(0)) == 6


def test_cell_grid_accents_take_no_cell() -> None:
    sheet = CellGrid(6, 1)
    sheet.put(-1, 0, "xi\u0307\u0304\u5929\u0304yzu\u0301")
    assert plain(sheet.line(0)) == "i\u0307\u0304\u5929\u0304yzu\u0301"
    assert line_width(sheet.line(0)) == 6
