"""The ground as it passes below the station: near towns larger than far ones, and the air over the horizon.

Loads numpy, so it is drawn after the first picture only; a draft is dark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.drawing.canvas import WHOLE_CELLS
from tui.map.ground.earth_globe import star_in
from tui.map.ground.earth_ground import EarthGround
from tui.map.ground.earth_rays import ROUNDED_TO, EarthRays, packed
from tui.map.scene import STAR

if TYPE_CHECKING:
    from tui.drawing.canvas import DotGrid
    from tui.drawing.cells import Cell
    from tui.map.window_projection import WindowProjection

SPACE_COLOUR = 0x04060B
SUN_STEPS_A_DEGREE = 4
_SHOWN_SPACE = SPACE_COLOUR & ROUNDED_TO


class WindowEarth(EarthGround):
    """Pixels of the view out of the window, in the light of the Sun.

    Args:
        projection: The camera.
        grid: Pixels in a cell.
        colours: The colours of all grounds in all lights (`tui.map.ground.earth.earth_colours`).
        smooth: Mix colours between the pixels of the raster; else only colours of the table are shown on the ground.
    """

    def __init__(self, projection: WindowProjection, grid: DotGrid, colours: list[int], *, smooth: bool) -> None:
        super().__init__(projection.width, projection.height, grid)
        self._projection, self._rays = projection, EarthRays(colours, smooth=smooth)
        self._horizon_row = -1
        """The last row of cells in which nothing of the ground is seen."""

    def cell(self, index: int) -> Cell:
        """The two colours and the glyph of a cell; in the dark over the horizon now and then a star."""
        cell, row = super().cell(index), index // self.width
        if cell[1] != _SHOWN_SPACE or cell[2] != _SHOWN_SPACE or row > self._horizon_row:
            return cell
        star = star_in(row, index % self.width)
        return cell if star is None else (STAR, star, _SHOWN_SPACE)

    def coarse_colours(self) -> list[int]:
        """A colour for each cell, row after row."""
        return [pixel for line in self._pixels for pixel in line]

    def _snapped(self, sun: tuple[float, float]) -> tuple[float, float]:
        steps = SUN_STEPS_A_DEGREE
        return round(sun[0] * steps) / steps, round(sun[1] * steps) / steps

    def _light_up(self, sun: tuple[float, float]) -> None:
        self._pixels = self._dark() if self.grid is WHOLE_CELLS else self._lit(sun)

    def _dark(self) -> list[list[int]]:
        return [[SPACE_COLOUR] * self.columns for _ in range(self.rows)]

    def _lit(self, sun: tuple[float, float]) -> list[list[int]]:
        """Follow the ray of each pixel to the ground, or past it through the air."""
        import numpy as np

        view = self._projection
        x = (np.arange(self.columns) + 0.5) * (2.0 / self.grid.across) - view.dots_across / 2.0
        y = view.dots_down / 2.0 - (np.arange(self.rows) + 0.5) * (4.0 / self.grid.down)
        rays = (
            np.array(view.look) * view.focal
            + x[None, :, None] * np.array(view.right)
            + y[:, None, None] * np.array(view.up)
        )
        pixel_rad = 4.0 / self.grid.down / view.focal
        picture, hits = self._rays.picture(rays, view.eye, pixel_rad, sun, SPACE_COLOUR)
        seen = np.flatnonzero(hits.any(axis=1))
        self._horizon_row = (int(seen[0]) if len(seen) else self.rows) // self.grid.down - 1
        return packed(picture)
