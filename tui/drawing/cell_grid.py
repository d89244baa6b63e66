"""A grid of cells that texts are written into, read as lines: for diagrams and timelines."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import msgspec

from tui.drawing.styled_text import Line, Run, characters
from tui.drawing.styled_text import width as cells


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell; an empty text is the right half of a wide character."""

    text: str
    style: str
    action: str


_BLANK = Cell(" ", "", "")


class CellGrid:
    """Cells in rows; what is written outside is clipped."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._rows = [[_BLANK] * width for _ in range(height)]

    def put(self, x: int, y: int, text: str, style: str = "", action: str = "") -> None:
        """Write a text to the right from a cell; wide characters take two cells."""
        if not 0 <= y < self.height:
            return
        for character, size in characters(text):
            if x >= 0 and x + size <= self.width:
                self._rows[y][x] = Cell(character, style, action)
                if size == 2:
                    self._rows[y][x + 1] = Cell("", style, action)
            x += size

    def frame(self, x: int, y: int, width: int, height: int, title: str, style: str) -> None:
        """Draw a box with a title in its upper edge, and clear its inside."""
        head = f"─ {title} " if title else ""
        self.put(x, y, "╭" + head + "─" * (width - 2 - cells(head)) + "╮", style)
        for row in range(y + 1, y + height - 1):
            self.put(x, row, "│" + " " * (width - 2) + "│", style)
        self.put(x, y + height - 1, "╰" + "─" * (width - 2) + "╯", style)

    def line(self, y: int) -> Line:
        """One row; neighbouring cells of the same style and action form one run."""
        alike = groupby(self._rows[y], attrgetter("style", "action"))
        return tuple(Run("".join([spot.text for spot in spots]), style, action) for (style, action), spots in alike)

    def lines(self) -> list[Line]:
        """All rows."""
        return [self.line(y) for y in range(self.height)]
