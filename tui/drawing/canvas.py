"""Cells, dots and changed cells: the drawing code under the map.

A picture is `width` by `height` character cells. Each cell has a glyph, an *ink* (the role of its foreground) and
a *fill* (the role of its background); the palette gives each role its colour. Where a picture has colours of
its own, ink and fill are such a colour, 0xRRGGBB, with the bit `PACKED` set. Strokes are drawn in dots, several to a
cell, and turned into glyphs at the end.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import msgspec

from tui.drawing.styled_text import characters

PACKED = 1 << 24
"""Set in an ink or a fill that is a colour of its own, not a role."""

STRONG, SIGN = 1 << 25, 1 << 26
"""Set beside it in the ink of what is bold, and of what is read."""


class DotGrid(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The dots of one cell, and the glyph for each set of lit dots.

    Attributes:
        across: Dots side by side.
        down: Dots one below the other.
        made_glyphs: The glyph for each set of lit dots, or what makes them when they are first needed.

    The dot in column x and row y of a cell is bit `y * across + x` of the index into `glyphs`.
    """

    across: int
    down: int
    made_glyphs: tuple[str, ...] | Callable[[], tuple[str, ...]]

    @cached_property
    def glyphs(self) -> tuple[str, ...]:
        """Glyph for each set of lit dots."""
        made = self.made_glyphs
        return made if isinstance(made, tuple) else made()

    @property
    def full(self) -> int:
        """Index of the glyph with all dots lit."""
        return len(self.glyphs) - 1

    def bit(self, x: int, y: int) -> int:
        """The bit of a dot, from its coordinates counted in dots over the whole picture."""
        return 1 << (y % self.down * self.across + x % self.across)


def _braille_glyphs() -> tuple[str, ...]:
    """Braille glyphs by row-major dots; Unicode numbers three rows down each column and then the fourth row."""
    order = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
    upper, lower = (
        [sum(bit for i, bit in enumerate(half) if index >> i & 1) for index in range(16)]
        for half in (order[:4], order[4:])
    )
    # A plain space instead of U+2800, which some fonts draw as eight empty circles.
    return tuple(chr(0x2800 + upper[index & 15] + lower[index >> 4]) if index else " " for index in range(256))


def _octant_glyphs() -> tuple[str, ...]:
    """Unicode 16's octants: in order of their bits from U+1CD00, leaving out those that had been encoded before."""
    older = {
        **{0x00: " ", 0xFF: "█", 0x0F: "▀", 0xF0: "▄", 0x55: "▌", 0xAA: "▐"},
        **{0x05: "▘", 0x0A: "▝", 0x50: "▖", 0xA0: "▗", 0xA5: "▚", 0x5A: "▞"},
        **{0x5F: "▛", 0xAF: "▜", 0xF5: "▙", 0xFA: "▟", 0xC0: "▂", 0xFC: "▆"},
        **{0x03: "\U0001fb82", 0x3F: "\U0001fb85", 0x14: "\U0001fbe6", 0x28: "\U0001fbe7"},
        **{0x01: "\U0001cea8", 0x02: "\U0001ceab", 0x40: "\U0001cea3", 0x80: "\U0001cea0"},
    }
    newer = iter(range(0x1CD00, 0x1CDE6))
    return tuple(older[index] if index in older else chr(next(newer)) for index in range(256))


BRAILLE = DotGrid(2, 4, _braille_glyphs)
HALF_BLOCKS = DotGrid(1, 2, (" ", "▀", "▄", "█"))
OCTANTS = DotGrid(2, 4, _octant_glyphs)
WHOLE_CELLS = DotGrid(1, 1, (" ", "#"))


def line_dots(x0: int, y0: int, x1: int, y1: int) -> Iterator[tuple[int, int]]:
    """The dots of a straight line, both ends included (Bresenham)."""
    dx, dy = abs(x1 - x0), -abs(y1 - y0)
    step_x, step_y = (1 if x0 < x1 else -1), (1 if y0 < y1 else -1)
    error = dx + dy
    while True:
        yield x0, y0
        if x0 == x1 and y0 == y1:
            return
        twice = 2 * error
        if twice >= dy:
            error += dy
            x0 += step_x
        if twice <= dx:
            error += dx
            y0 += step_y


class Stroke:
    """Lit dots by cell: one layer of lines."""

    __slots__ = ("around", "bits", "dots_across", "dots_down", "grid", "width", "wraps")

    def __init__(self, width: int, height: int, grid: DotGrid, *, wraps: bool, around: float = 0.0) -> None:
        """Start with no dot lit.

        Args:
            width: Columns of cells.
            height: Rows of cells.
            grid: The dots in a cell.
            wraps: Whether what leaves at one side comes in at the other.
            around: Dots around the Earth, where the picture shows only a part of them and lines take the short way.
        """
        self.width = width
        self.grid = grid
        self.dots_across = width * grid.across
        self.dots_down = height * grid.down
        self.wraps = wraps
        self.around = self.dots_across if wraps else around
        self.bits: dict[int, int] = {}
        """Cell index (row times width plus column) to the lit dots in it."""

    def copy(self) -> Stroke:
        """A copy that can be drawn on."""
        twin = Stroke(self.width, self.dots_down // self.grid.down, self.grid, wraps=self.wraps, around=self.around)
        twin.bits = dict(self.bits)
        return twin

    def add(self, bits: dict[int, int]) -> None:
        """Light the dots of another layer as well."""
        own = self.bits
        for cell, lit in bits.items():
            own[cell] = own.get(cell, 0) | lit

    def dot(self, x: int, y: int) -> None:
        """Light one dot; outside the picture nothing happens."""
        self._light(((x, y),))

    def line(self, start: tuple[int, int], end: tuple[int, int], *, dotted: int = 0) -> None:
        """Draw from dot to dot, the short way round if the picture wraps.

        Args:
            start: First dot.
            end: Last dot.
            dotted: Dots left out after each lit one. Which ones depends on the place, not on the line's beginning,
                so that a line whose tail is cut off keeps its texture.
        """
        (x0, y0), (x1, y1) = start, end
        if self.around:
            half = self.around // 2
            x1 = int(x0 + (x1 - x0 + half) % self.around - half)
        if (y0 < 0 and y1 < 0) or (y0 >= self.dots_down and y1 >= self.dots_down):
            return
        if not self.wraps and ((x0 < 0 and x1 < 0) or (x0 >= self.dots_across and x1 >= self.dots_across)):
            return
        dots: Iterable[tuple[int, int]] = line_dots(x0, y0, x1, y1)
        if dotted:
            shallow = abs(x1 - x0) >= abs(y1 - y0)
            dots = [(x, y) for x, y in dots if (x if shallow else y) % (dotted + 1) == 0]
        elif abs(x1 - x0) <= 1 and abs(y1 - y0) <= 1:
            dots = ((x0, y0), (x1, y1))
        self._light(dots)

    def _light(self, dots: Iterable[tuple[int, int]]) -> None:
        """Light dots, as `dot` does; most of the time of a frame is spent here."""
        bits, width, across, down = self.bits, self.width, self.grid.across, self.grid.down
        for x, y in dots:
            if not 0 <= y < self.dots_down:
                continue
            if self.wraps:
                x %= self.dots_across  # noqa: PLW2901 - the same dot
            elif not 0 <= x < self.dots_across:
                continue
            cell = y // down * width + x // across
            bits[cell] = bits.get(cell, 0) | 1 << (y % down * across + x % across)

    def path(self, dots: Iterable[tuple[int, int] | None], *, dotted: int = 0) -> None:
        """Join dots by lines; a None, a place that is not visible, interrupts the line."""
        for start, end in pairwise(dots):
            if start is not None and end is not None:
                self.line(start, end, dotted=dotted)


_INK_BYTES = array("I").itemsize

CellRun = tuple[str, int, int]
"""Text, ink and fill of neighbouring cells that look alike."""

Mark = tuple[str, int]
"""Glyph and ink of one cell drawn over the ground; the fill stays."""


class Canvas:
    """A picture in cells, row after row in flat arrays.

    Attributes:
        glyphs: The character of each cell.
        inks: Packed, as a colour of its own for each of thousands of cells would take ten times the memory as objects.
        fills: Likewise.
    """

    __slots__ = ("fills", "glyphs", "height", "inks", "width")

    def __init__(self, width: int, height: int) -> None:
        """An empty picture: spaces in ink and fill 0."""
        self.width = width
        self.height = height
        self.glyphs = [" "] * (width * height)
        self.inks = array("I", bytes(_INK_BYTES * width * height))
        self.fills = self.inks[:]

    def copy(self) -> Canvas:
        """Another canvas with the same picture."""
        canvas = Canvas(self.width, self.height)
        canvas.glyphs[:], canvas.inks[:], canvas.fills[:] = self.glyphs, self.inks, self.fills
        return canvas

    def runs(self, row: int, first: int = 0, after: int | None = None) -> list[CellRun]:
        """One row, or its columns from `first` to before `after`, in as few runs as possible.

        A space has no ink, so it joins its neighbour if the fill agrees.
        """
        return self.placed_runs(row, first, after)[1]

    def placed_runs(self, row: int, first: int = 0, after: int | None = None) -> tuple[list[int], list[CellRun]]:
        """The runs of a row or of some of its columns, and before them the column in which each begins."""
        begin, end = row * self.width + first, row * self.width + (self.width if after is None else after)
        starts: list[int] = []
        runs: list[CellRun] = []
        text, run_ink, run_fill, column = "", -1, -1, first
        cells = zip(self.glyphs[begin:end], self.inks[begin:end], self.fills[begin:end], strict=True)
        for glyph, ink, fill in cells:
            if fill != run_fill or (ink != run_ink and run_ink >= 0 and glyph != " "):
                if starts:
                    runs.append((text, run_ink if run_ink >= 0 else blank_ink(run_fill), run_fill))
                starts.append(column)
                text, run_ink, run_fill = glyph, -1 if glyph == " " else ink, fill
            else:
                text += glyph
                if run_ink < 0 and glyph != " ":
                    run_ink = ink
            column += 1
        if starts:
            runs.append((text, run_ink if run_ink >= 0 else blank_ink(run_fill), run_fill))
        return starts, runs

    def around(self, starts: list[int], first: int, after: int) -> tuple[slice, int, int]:
        """The runs of a row that columns lie in, with the runs beside them, which changed cells may join.

        Args:
            starts: The column in which each run of the row begins.
            first: The first of the columns.
            after: The one after the last.

        Returns:
            Which of the runs, the column they begin in, the one after their end.
        """
        left, right = max(bisect_right(starts, first) - 2, 0), bisect_left(starts, after) + 1
        return slice(left, right), starts[left], starts[right] if right < len(starts) else self.width

    def text(self, row: int) -> str:
        """One row without colours."""
        return "".join(self.glyphs[row * self.width : (row + 1) * self.width])


def blank_ink(fill: int) -> int:
    """The ink of cells without any: 0, or with a colour of its own the same as the fill."""
    return fill if fill >= PACKED else 0


def place_text(marks: dict[int, Mark], row_start: int, column: int, text: str, ink: int) -> None:
    """Write text into a layer of marks.

    A character two cells wide leaves an empty string in the second one, so that joined rows keep their width. The
    caller makes sure that it fits.
    """
    cell = row_start + column
    for character, size in characters(text):
        marks[cell] = (character, ink)
        if size == 2:
            marks[cell + 1] = ("", ink)
        cell += size


def changed_cells(before: Canvas, after: Canvas) -> set[int]:
    """The cells in which two pictures of one size differ."""
    layers = zip(
        *(before.glyphs, after.glyphs),
        *(before.inks, after.inks),
        *(before.fills, after.fills),
        strict=True,
    )
    return {
        cell
        for cell, (glyph, new_glyph, ink, new_ink, fill, new_fill) in enumerate(layers)
        if fill != new_fill or glyph != new_glyph or ink != new_ink
    }
