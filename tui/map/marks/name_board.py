"""Signs and names on the map: each whole or absent, none over another, and a gap beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.drawing.canvas import Mark, place_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set

    from tui.map.palette import Role

Cell = tuple[int, int]
"""Column and row."""


class NameBoard:
    """The cells of a map that signs and names have taken.

    Args:
        width: Columns of the map.
        height: Rows of the map.
        lines: Cells that lines run through; names keep clear of them where they can.
        is_ground: Whether a cell shows ground: names of areas and lines stand on it, whole.
    """

    def __init__(self, width: int, height: int, lines: Set[int], is_ground: Callable[[int, int], bool]) -> None:
        self.width, self.height = width, height
        self.marks: dict[int, Mark] = {}
        self._lines, self._is_ground = lines, is_ground

    def is_free(self, cell: Cell) -> bool:
        """Whether neither sign nor name stands in a cell."""
        return cell[1] * self.width + cell[0] not in self.marks

    def sign(self, cell: Cell, glyph: str, role: Role) -> bool:
        """Put a sign into a cell unless it is taken; returns whether the sign was placed."""
        if not self.is_free(cell):
            return False
        self.marks[cell[1] * self.width + cell[0]] = glyph, role
        return True

    def beside(self, sign: Cell, name: str, role: Role, rows: Iterable[int], *, on_ground: bool = False) -> bool:
        """Write a name near its sign: clear of the lines if that is possible.

        Args:
            sign: Column and row of the sign.
            name: What to write, on one line; if it fits nowhere it is left out.
            role: Its ink.
            rows: Rows to try, relative to the sign, best first; on each to the right and to the left.
            on_ground: Only where both its ends lie on the ground.

        Returns:
            Whether it was written.
        """
        length = cell_len(name)
        column, row = sign
        starts = ((start, row + n) for n in rows for start in (column + 2, column - 1 - length))
        tried = self._on_ground(starts, length) if on_ground else starts
        return self._write(name, length, tried, role, must_be_clear=False)

    def has_ground(self, middle: Cell, name: str) -> bool:
        """Whether a name centred on a cell lies on the ground: not beside the globe, not over the horizon."""
        length = cell_len(name)
        return any(self._on_ground([(middle[0] - length // 2, middle[1])], length))

    def around(self, middle: Cell, name: str, role: Role, *, reach: int) -> bool:
        """Write the name of an area centred near a cell, on the ground and clear of all lines.

        Args:
            middle: Column and row.
            name: What to write.
            role: Its ink.
            reach: Cells by which it may be moved aside.

        Returns:
            Whether it was written.
        """
        length = cell_len(name)
        left = middle[0] - length // 2
        shifts = (0, *(side * step for step in range(2, reach + 1, 2) for side in (1, -1)))
        starts = ((left + shift, middle[1] + down) for down in (0, 1, -1, 2, -2)[: 1 + reach] for shift in shifts)
        return self._write(name, length, self._on_ground(starts, length), role, must_be_clear=True)

    def named_sign(self, cell: Cell, glyph: str, name: str, role: Role) -> bool:
        """Put a sign with its name beside it, or neither; returns whether they were placed.

        Where a name stands against the cell, the sign would seem to be that one's.
        """
        column, row = cell
        beside = [(x, row) for x in (column - 1, column + 1) if 0 <= x < self.width]
        if not (all(map(self.is_free, beside)) and self.sign(cell, glyph, role)):
            return False
        if self.beside(cell, name, role, (0,)):
            return True
        del self.marks[cell[1] * self.width + cell[0]]
        return False

    def at(self, start: Cell, text: str, role: Role) -> bool:
        """Write a text from a cell on if there is room; returns whether it was written."""
        return self._write(text, cell_len(text), (start,), role, must_be_clear=False)

    def _on_ground(self, starts: Iterable[Cell], length: int) -> Iterator[Cell]:
        """Those starts of a text from which both its ends, and the gaps beside them, lie on the ground."""
        for start, row in starts:
            if self._is_ground(start - 1, row) and self._is_ground(start + length, row):
                yield start, row

    def _write(self, name: str, length: int, starts: Iterable[Cell], role: Role, *, must_be_clear: bool) -> bool:
        if not length:
            return False
        free = self._free(length, starts)
        second_best: Cell | None = None
        for start, row in free:
            first = row * self.width + start
            if self._lines.isdisjoint(range(first, first + length)):
                place_text(self.marks, row * self.width, start, name, role)
                return True
            second_best = second_best or (start, row)
        if second_best is None or must_be_clear:
            return False
        place_text(self.marks, second_best[1] * self.width, second_best[0], name, role)
        return True

    def _free(self, length: int, starts: Iterable[Cell]) -> Iterator[Cell]:
        """Those starts of a text from which it meets no other, nor touches one at its ends."""
        for start, row in starts:
            if not (0 <= row < self.height and 0 <= start <= self.width - length):
                continue
            first = row * self.width + max(start - 1, 0)
            after = row * self.width + min(start + length + 1, self.width)
            if self.marks.keys().isdisjoint(range(first, after)):
                yield start, row
