"""The ground of a map that shows the Earth as it looks: pixels, kept from one position of the Sun to the next."""

from __future__ import annotations

from itertools import compress
from math import ceil
from operator import ne
from typing import TYPE_CHECKING

from tui.drawing.cells import Cell, cell_at
from tui.map.daylight import light_row
from tui.map.ground.earth import GROUNDS, lit_row, raster_for

if TYPE_CHECKING:
    from tui.drawing.canvas import DotGrid
    from tui.map.flat_projection import FlatProjection

DRAFT_ACROSS, DRAFT_DOWN = 4, 2
"""Columns and rows of cells that have one colour in a draft."""

_DRAFT_BITS, _DRAFT_MIDDLE = 0xE0E0E0, 0x101010
"""Its colours are rounded so that many neighbours are equal: a third of the changes of colour have to be written."""

SUN_STEPS_A_PIXEL = 20
"""The Sun moves in steps of this part of a pixel: at each, about three pixels in a thousand change their light."""


def snap_fine(sun: tuple[float, float], columns: int) -> tuple[float, float]:
    """The Sun's latitude and longitude, rounded to steps that are too small to be seen.

    Args:
        sun: Latitude and longitude under the Sun, degrees.
        columns: Pixels around the Earth.
    """
    step_deg = 360.0 / (columns * SUN_STEPS_A_PIXEL)
    return round(sun[0], 1), round(sun[1] / step_deg) * step_deg


def _draft_line(pixels: list[int], width: int) -> list[int]:
    """A row of cells, `DRAFT_ACROSS` of them in the rounded colour of each pixel."""
    line = [0] * (DRAFT_ACROSS * len(pixels))
    rounded = [pixel & _DRAFT_BITS | _DRAFT_MIDDLE for pixel in pixels]
    for column in range(DRAFT_ACROSS):
        line[column::DRAFT_ACROSS] = rounded
    return line[:width]


class EarthGround:
    """Pixels of a map in the light of the Sun.

    Args:
        width: Columns of cells.
        height: Rows of cells.
        grid: Pixels in a cell.
    """

    def __init__(self, width: int, height: int, grid: DotGrid) -> None:
        self.width, self.height, self.grid = width, height, grid
        self.columns, self.rows = width * grid.across, height * grid.down
        self._pixels: list[list[int]] = []
        self._sun: tuple[float, float] | None = None

    def shine(self, sun: tuple[float, float]) -> set[int]:
        """Light the ground; returns the cells that changed, as row times width plus column.

        Args:
            sun: Latitude and longitude under the Sun, degrees.
        """
        sun = self._snapped(sun)
        if sun == self._sun:
            return set()
        first, self._sun = self._sun is None, sun
        changed = self._light_up(sun)
        if first or changed is None:
            return set(range(self.width * self.height))
        across, down, width = self.grid.across, self.grid.down, self.width
        return {y // down * width + x // across for x, y in changed}

    def cell(self, index: int) -> Cell:
        """The two colours and the glyph of a cell."""
        return cell_at(self._pixels, index, self.width, self.grid)

    def coarse_colours(self) -> list[int]:
        """A colour for each cell, row after row, alike in squares of `DRAFT_ACROSS` columns and `DRAFT_DOWN` rows."""
        lines = [_draft_line(pixels, self.width) for pixels in self._draft_pixels()]
        return [colour for row in range(self.height) for colour in lines[row // DRAFT_DOWN]]

    def _draft_pixels(self) -> list[list[int]]:
        """A colour for each square of cells."""
        return [line[::DRAFT_ACROSS] for line in self._pixels[::DRAFT_DOWN]]

    def _snapped(self, sun: tuple[float, float]) -> tuple[float, float]:
        """The Sun's place in steps that are too small to be seen."""
        return snap_fine(sun, self.columns)

    def _light_up(self, sun: tuple[float, float]) -> list[tuple[int, int]] | None:
        """Bring the pixels up to date and list those that changed, column and row; `None` for all."""
        raise NotImplementedError  # abstract


class FlatEarth(EarthGround):
    """A plate carrée.

    Args:
        projection: Where the map's edges are.
        grid: Pixels in a cell.
        colours: The colours of all grounds in all lights (`tui.map.ground.earth.earth_colours`).
        draft: Have one pixel for each square of cells, for `coarse_colours` alone.
    """

    def __init__(self, projection: FlatProjection, grid: DotGrid, colours: list[int], *, draft: bool = False) -> None:
        super().__init__(projection.width, projection.height, grid)
        self._colours = colours
        self._draft = draft
        self._west_deg = projection.west_deg
        self._step_deg = projection.span_deg / self.columns
        step_deg = (projection.north_deg - projection.south_deg) / self.rows
        if draft:
            self._step_deg, step_deg = self._step_deg * DRAFT_ACROSS, step_deg * DRAFT_DOWN
            self.columns, self.rows = ceil(self.columns / DRAFT_ACROSS), ceil(self.rows / DRAFT_DOWN)
        self._latitudes_deg = [projection.north_deg - (row + 0.5) * step_deg for row in range(self.rows)]
        longitudes_deg = [
            (self._west_deg + (column + 0.5) * self._step_deg + 180.0) % 360.0 - 180.0 for column in range(self.columns)
        ]
        self._grounds = raster_for(min(self._step_deg, step_deg)).rows(self._latitudes_deg, longitudes_deg)
        self._light: list[bytes] = []

    def _draft_pixels(self) -> list[list[int]]:
        return self._pixels if self._draft else super()._draft_pixels()

    def _light_up(self, sun: tuple[float, float]) -> list[tuple[int, int]] | None:
        light = [
            light_row(latitude_deg, sun, self._west_deg, self._step_deg, self.columns)
            for latitude_deg in self._latitudes_deg
        ]
        before, self._light = self._light, light
        if not before:
            rows = zip(self._grounds, light, strict=True)
            self._pixels = [lit_row(grounds, steps, self._colours) for grounds, steps in rows]
            return []
        changed = []
        for row, (steps, old) in enumerate(zip(light, before, strict=True)):
            if steps == old:
                continue
            pixels, grounds = self._pixels[row], self._grounds[row]
            for column in compress(range(self.columns), map(ne, steps, old)):
                colour = self._colours[steps[column] * GROUNDS + grounds[column]]
                if colour != pixels[column]:
                    pixels[column] = colour
                    changed.append((column, row))
        return None if changed and self._draft else changed
