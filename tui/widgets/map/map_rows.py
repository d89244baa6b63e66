"""The rows of a map as segments, of which those stay whose cells have not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.drawing.canvas import Canvas, CellRun
    from tui.map.scene import MapStyle
    from tui.widgets.map.map_colours import MapColours


CLOSE_COLUMNS = 8
"""Changed cells of a row that are no further apart than this are made anew as one stretch."""


class MapRows:
    """Segments of the rows that have been painted.

    A row of the Earth has some eighty colours one after the other, and a frame changes a few of its cells: to look up
    the styles of all others again takes as long as all that Textual does with the row.
    """

    __slots__ = ("_rows", "_stale")

    def __init__(self) -> None:
        self._rows: dict[int, tuple[list[int], list[Segment]]] = {}  # first columns, segments
        self._stale: dict[int, list[tuple[int, int]]] = {}

    def forget(self) -> None:
        """Make all segments anew."""
        self._rows.clear()
        self._stale.clear()

    def change(self, row: int, columns: Sequence[int]) -> None:
        """Make those of some columns of a row, in order, anew when the row is next asked for."""
        if row in self._rows:
            self._stale.setdefault(row, []).extend(_stretches(columns))

    def segments(self, row: int, canvas: Canvas, colours: MapColours, style: MapStyle) -> list[Segment]:
        """The segments of a row.

        Args:
            row: Its number.
            canvas: Has the cells.
            colours: Those of the terminal and the theme.
            style: That of the map.
        """

        def made(runs: list[CellRun]) -> list[Segment]:
            style_of = colours.style
            return [Segment(text, style_of(ink, fill, style)) for text, ink, fill in runs]

        if row not in self._rows:
            starts, runs = canvas.placed_runs(row)
            self._rows[row] = starts, made(runs)
        starts, segments = self._rows[row]
        for first, after in self._stale.pop(row, ()):
            which, begin, end = canvas.around(starts, first, after)
            starts[which], runs = canvas.placed_runs(row, begin, end)
            segments[which] = made(runs)
        return [*segments]  # Textual keeps what it gets


def _stretches(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first column and the one after the last of each stretch of columns that lie close together."""
    first = last = columns[0]
    for column in columns:
        if column - last > CLOSE_COLUMNS:
            yield first, last + 1
            first = column
        last = column
    yield first, last + 1
