"""Curves and labels in braille, read as styled lines for a panel."""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from tui.drawing.canvas import BRAILLE, Stroke
from tui.drawing.styled_text import Line, Run, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Dots = dict[int, tuple[int, str]]
"""Lit dots and style by cell index (row times width plus column)."""


class Chart:
    """A drawing area in cells with a coordinate system; a cell takes the style of the last curve through it.

    Args:
        columns: Width in cells.
        rows: Height in cells.
        x_range: Values at the left and right edge.
        y_range: Values at the lower and upper edge.
    """

    def __init__(self, columns: int, rows: int, x_range: tuple[float, float], y_range: tuple[float, float]) -> None:
        self.columns, self.rows = columns, rows
        self._x0, self._x1 = x_range
        self._y0, self._y1 = y_range
        self._layers: list[tuple[Stroke, str]] = []
        self._glyphs: Dots | None = None
        self._bare_lines: dict[int, Line] = {}
        self._texts: dict[tuple[int, int], tuple[str, str]] = {}

    def without_texts(self) -> Chart:
        """A chart with the same curves and no texts, for curves that stay while texts change."""
        twin = Chart(self.columns, self.rows, (self._x0, self._x1), (self._y0, self._y1))
        twin._layers, twin._glyphs, twin._bare_lines = self._layers, self._merged(), self._bare_lines
        return twin

    def dot_of(self, x: float, y: float) -> tuple[int, int]:
        """The dot nearest to a point, counted from the upper left."""
        across, down = self.columns * BRAILLE.across - 1, self.rows * BRAILLE.down - 1
        return (
            round((x - self._x0) / (self._x1 - self._x0) * across),
            round((self._y1 - y) / (self._y1 - self._y0) * down),
        )

    def cell_of(self, x: float, y: float) -> tuple[int, int]:
        """The cell (column, row) of a point."""
        dot_x, dot_y = self.dot_of(x, y)
        return dot_x // BRAILLE.across, dot_y // BRAILLE.down

    def curve(self, points: Sequence[tuple[float, float]], style: str, *, dotted: bool = False) -> None:
        """Draw a line through points, later ones to the right of earlier ones or not."""
        stroke = Stroke(self.columns, self.rows, BRAILLE, wraps=False)
        for start, end in pairwise([self.dot_of(x, y) for x, y in points]):
            stroke.line(start, end, dotted=dotted)
        self._layers, self._glyphs, self._bare_lines = [*self._layers, (stroke, style)], None, {}

    def text(self, column: int, row: int, text: str, style: str) -> None:
        """Write a text over the curves, clipped at the edges."""
        for char in text:
            if 0 <= column < self.columns and 0 <= row < self.rows:
                self._texts[column, row] = (char, style)
            column += width(char)

    def label(self, column: int, row: int, text: str, style: str) -> bool:
        """Write a whole text, at least a cell from any other one; false where there is no room."""
        room = width(text)
        column = min(max(column, 0), self.columns - room)
        if column < 0 or any((x, row) in self._texts for x in range(column - 1, column + room + 1)):
            return False
        self.text(column, row, text, style)
        return True

    def mark(self, x: float, y: float, glyph: str, style: str) -> None:
        """Draw a glyph at a point."""
        column, row = self.cell_of(x, y)
        self.text(column, row, glyph, style)

    def lines(self) -> list[Line]:
        """The picture, row by row."""
        glyphs = self._merged()
        written = {row for _, row in self._texts}
        for row in range(self.rows):
            if row not in written and row not in self._bare_lines:
                self._bare_lines[row] = self._line(row, glyphs)
        return [self._line(row, glyphs) if row in written else self._bare_lines[row] for row in range(self.rows)]

    def _merged(self) -> Dots:
        if self._glyphs is None:
            self._glyphs = merged(self._layers)
        return self._glyphs

    def _line(self, row: int, dots: Dots) -> Line:
        return line_of(row, self.columns, dots, self._texts)


def merged(layers: Iterable[tuple[Stroke, str]]) -> Dots:
    """Dots and style of each cell with lit dots; where layers meet, the style is that of the later one."""
    dots: Dots = {}
    for stroke, style in layers:
        for cell, bits in stroke.bits.items():
            before = dots.get(cell)
            dots[cell] = (bits | before[0] if before else bits, style)
    return dots


def line_of(row: int, columns: int, dots: Dots, texts: Mapping[tuple[int, int], tuple[str, str]]) -> Line:
    """One row of a picture: its texts, and elsewhere its dots; neighbours of one style form one run.

    Args:
        row: Number of the row.
        columns: Width of the picture in cells.
        dots: Lit dots and styles, by cell index.
        texts: Glyph and style by column and row; a wide glyph takes the next cell too.
    """
    cells: list[tuple[str, str]] = []
    column = 0
    while column < columns:
        spot = texts.get((column, row))
        if spot is None:
            bits, style = dots.get(row * columns + column, (0, ""))
            spot = (BRAILLE.glyphs[bits], style)
            column += 1
        else:
            column += width(spot[0])
        cells.append(spot)
    return tuple(Run("".join([glyph for glyph, _ in alike]), style) for style, alike in groupby(cells, itemgetter(1)))
