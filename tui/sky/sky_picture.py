"""A picture of the sky: lines of dots, signs above them, labels in free cells."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
from rich.segment import Segment

from tui.drawing.chart import Drawing
from tui.drawing.styled_text import Line, Run, width
from tui.sky.sky_projection import Panorama

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.astro.stars import StarInSky
    from tui.drawing.canvas import Stroke
    from tui.sky.sky_projection import Dot, SkyProjection

_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
"""Sides of its point where a label may be, in order of preference: right, left, above, below, and between them."""


class Point(msgspec.Struct, frozen=True, gc=False):
    """A star of a painted sky, in one cell.

    Attributes:
        glyph: A sign of its own; empty for a faint one.
        bits: Otherwise the dots of the cell that are lit.
        star: The brightest star in the cell.
    """

    glyph: str
    bits: int
    star: StarInSky


class Label(msgspec.Struct, frozen=True, gc=False):
    """A text beside a point of the sky."""

    azimuth_deg: float
    elevation_deg: float
    text: str
    style: str


class SkyPicture(Drawing):
    """A picture of the sky in cells: lines of dots, glyphs above them, labels in free cells.

    A painted one is painted over the light of the sky.
    """

    def __init__(self, projection: SkyProjection, *, painted: bool = False) -> None:
        super().__init__(projection.columns, projection.rows)
        self.projection = projection
        self.painted = painted
        self.room = min(self.rows, self.columns // 2)
        self.points: dict[tuple[int, int], Point] = {}
        self.way: list[Dot | None] = []
        """The dot of each point of the pass; `None` beside the picture."""
        self.labels: list[tuple[int, int, str]] = []
        """Column, row and text of each label that found room."""
        self.taken: set[tuple[int, int]] = set()
        """Cells that no label may cover beside those with texts."""
        self.label_from_row = 1 if isinstance(projection, Panorama) else 0
        """Labels begin in this row: in the first one of a panorama the way to the station is told."""

    def cell(self, azimuth_deg: float, elevation_deg: float) -> tuple[int, int] | None:
        """The cell of a direction; `None` outside the picture."""
        if not self.projection.holds(azimuth_deg, elevation_deg):
            return None
        return self.cell_of(self.projection.dot(azimuth_deg, elevation_deg))

    def cell_of(self, dot: Dot) -> tuple[int, int] | None:
        """The cell of a dot; `None` outside the picture."""
        column, row = dot.cell
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None

    def curve(self, dots: Iterable[Dot | None], style: str, *, dotted: bool = False) -> Stroke:
        """Draw a line through dots, interrupted at each `None`; returns the layer."""
        joined = (
            ((round(one.x), round(one.y)), (round(other.x), round(other.y)))
            for one, other in pairwise(dots)
            if one is not None and other is not None and self.projection.joined(one, other)
        )
        return self.draw(joined, style, dotted=dotted)

    def glyph(self, azimuth_deg: float, elevation_deg: float, glyph: str, style: str, *, over: bool = True) -> bool:
        """Draw a glyph; false if the direction is outside, or if its cell is taken and `over` is false."""
        cell = self.cell(azimuth_deg, elevation_deg)
        if cell is None or (not over and cell in self.texts):
            return False
        self.texts[cell] = (glyph, style)
        return True

    def label(self, label: Label, *, clear_of: Stroke | None = None, alone: bool = False) -> bool:
        """Write a label on the first side of its point that is free and clear of lines; false if none is.

        Args:
            label: The text and its point.
            clear_of: The lines. Where the point is on none of them, neither end of the label touches one: it would seem
                to be the name of what comes along it.
            alone: Leave it out rather than write it close to another text, as a name that only adorns the picture.
        """
        cell = self.cell(label.azimuth_deg, label.elevation_deg)
        if cell is None:
            return False
        column, row = cell
        size = width(label.text)
        beside = None if clear_of is None or row * self.columns + column in clear_of.bits else clear_of
        for right, down in _SIDES:
            start = column + 2 if right > 0 else column - 1 - size if right < 0 else column - size // 2
            if start < 0 or start + size > self.columns:
                continue
            ends = ((start - 1, row + down), (start + size, row + down))
            if (
                all(self._free((start + k, row + down), clear_of) for k in range(size))
                and not any(self._is_marked(end, beside) and end != cell for end in ends)
                and not (alone and self._crowded(start, row + down, size, cell))
            ):
                self.text(start, row + down, label.text, label.style)
                self.labels.append((start, row + down, label.text))
                return True
        return False

    def _crowded(self, start: int, row: int, size: int, own: tuple[int, int]) -> bool:
        """Whether a text or a disc is right above or below some cells of a row, or two cells beside them."""
        around = {(start - 2, row), (start + size + 1, row)}
        around |= {(column, row + down) for column in range(start - 1, start + size + 1) for down in (-1, 1)}
        return any(cell in self.taken or (cell in self.texts and cell != own) for cell in around)

    def _free(self, cell: tuple[int, int], clear_of: Stroke | None) -> bool:
        column, row = cell
        if not self.label_from_row <= row < self.rows or cell in self.taken or self._has_sign(cell):
            return False
        return clear_of is None or row * self.columns + column not in clear_of.bits

    def _is_marked(self, cell: tuple[int, int], lines: Stroke | None) -> bool:
        """Whether a sign stands in a cell or one of the lines runs through it."""
        on_line = lines is not None and cell[1] * self.columns + cell[0] in lines.bits
        return on_line or self._has_sign(cell)

    def _has_sign(self, cell: tuple[int, int]) -> bool:
        """Whether a text or a bright star stands in a cell: a label right beside it would seem to be its name."""
        point = self.points.get(cell)
        return cell in self.texts or (point is not None and point.glyph != "")


def with_text(lines: list[Line], column: int, row: int, run: Run) -> list[Line]:
    """The lines with a text in place of as many cells of a row; unchanged lines stay the same objects."""
    changed = list(lines)
    runs: list[Run] = []
    at, end = 0, column + width(run.text)
    for old in lines[row]:
        after = at + width(old.text)
        if after <= column or end <= at:
            runs.append(old)
        else:
            text = Segment(old.text)  # which puts a blank for half of a wide character
            runs.append(Run(text.split_cells(max(column - at, 0))[0].text, old.style, old.action))
            if at <= column:
                runs.append(run)
            runs.append(Run(text.split_cells(min(end, after) - at)[1].text, old.style, old.action))
        at = after
    changed[row] = tuple(r for r in runs if r.text)
    return changed
