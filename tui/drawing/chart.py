"""Curves and labels in braille, read as styled lines for a panel."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tui.drawing.canvas import BRAILLE, Stroke
from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run, characters, pad, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Dots = dict[int, tuple[int, str]]
"""Lit dots and style by cell index (row times width plus column)."""


class Drawing:
    """Lines of dots with texts above them, in so many columns and rows of cells, read as styled lines."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.texts: dict[tuple[int, int], tuple[str, str]] = {}
        """Character, with its accents, and style by column and row; empty in the second cell of a wide character."""
        self.layers: list[tuple[Stroke, str]] = []
        """Lines and their styles, the uppermost last; a new list for each layer more."""

    def draw(self, dots: Iterable[tuple[tuple[int, int], tuple[int, int]]], style: str, *, dotted: bool) -> Stroke:
        """Draw straight lines from dot to dot as one layer of a style, and return the layer."""
        stroke = Stroke(self.columns, self.rows, BRAILLE, wraps=False)
        for start, end in dots:
            stroke.line(start, end, dotted=dotted)
        self.layers = [*self.layers, (stroke, style)]
        return stroke

    def text(self, column: int, row: int, text: str, style: str) -> None:
        """Write a text over the lines, clipped at the edges."""
        for character, size in characters(text):
            if 0 <= row < self.rows and column >= 0 and column + size <= self.columns:
                self.texts[column, row] = (character, style)
                if size == 2:
                    self.texts[column + 1, row] = ("", style)
            column += size

    def lines(self) -> list[Line]:
        """The drawing, row by row."""
        dots = merged(self.layers)
        return [line_of(row, self.columns, dots, self.texts) for row in range(self.rows)]


class Chart(Drawing):
    """A drawing with a coordinate system, its edges at the values of two ranges.

    A cell takes the style of the last curve through it.
    """

    def __init__(self, columns: int, rows: int, x_range: tuple[float, float], y_range: tuple[float, float]) -> None:
        super().__init__(columns, rows)
        self._x0, self._x1 = x_range
        self._y0, self._y1 = y_range
        self._curves = Memo[tuple[Dots, list[Line]]]()

    def without_texts(self) -> Chart:
        """A chart with the same curves and no texts, for curves that stay while texts change."""
        twin = Chart(self.columns, self.rows, (self._x0, self._x1), (self._y0, self._y1))
        twin.layers, twin._curves = self.layers, self._curves
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
        """Draw a line through points."""
        self.draw(pairwise([self.dot_of(x, y) for x, y in points]), style, dotted=dotted)

    def label(self, column: int, row: int, text: str, style: str) -> bool:
        """Write a whole text, at least a cell from any other one; false where there is no room."""
        room = width(text)
        column = min(max(column, 0), self.columns - room)
        if column < 0 or any((x, row) in self.texts for x in range(column - 1, column + room + 1)):
            return False
        self.text(column, row, text, style)
        return True

    def mark(self, x: float, y: float, glyph: str, style: str) -> None:
        """Draw a glyph at a point."""
        column, row = self.cell_of(x, y)
        self.text(column, row, glyph, style)

    def lines(self) -> list[Line]:
        """The chart, row by row; rows without texts are kept for charts with the same curves."""
        dots, bare = self._curves.get(Identity(self.layers), self._without_texts)
        written = {row for _, row in self.texts}
        return [
            line_of(row, self.columns, dots, self.texts) if row in written else line for row, line in enumerate(bare)
        ]

    def scaled_lines(self, scale: Mapping[int, str], cells: int) -> list[Line]:
        """The chart behind a scale: texts by their rows, in so many cells."""
        return [(Run(pad(scale.get(row, ""), cells), "dim"), *line) for row, line in enumerate(self.lines())]

    def _without_texts(self) -> tuple[Dots, list[Line]]:
        dots = merged(self.layers)
        return dots, [line_of(row, self.columns, dots, {}) for row in range(self.rows)]


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
    begin, glyphs = row * columns, BRAILLE.glyphs
    blank = (0, "")
    cells = [dots.get(cell, blank) for cell in range(begin, begin + columns)]
    drawn, styles = [glyphs[bits] for bits, _ in cells], [style for _, style in cells]
    for (column, text_row), (glyph, style) in texts.items():
        if text_row == row:
            drawn[column], styles[column] = glyph, style
    runs: list[Run] = []
    start = 0
    for column, style in enumerate(styles):
        if style != styles[start]:
            runs.append(Run("".join(drawn[start:column]), styles[start]))
            start = column
    if columns:
        runs.append(Run("".join(drawn[start:]), styles[start]))
    return tuple(runs)
