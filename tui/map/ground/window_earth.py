"""The ground as it passes below the station: near towns larger than far ones, and the air over the horizon.

Loads numpy, so it is drawn after the first picture only; a draft is dark.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tui.drawing.canvas import WHOLE_CELLS
from tui.drawing.cells import cell_at
from tui.map.daylight import LIGHT_ALTITUDES_DEG, LIGHT_STEPS
from tui.map.globe_projection import direction
from tui.map.ground.earth import GROUNDS, raster_for
from tui.map.ground.earth_globe import star_in
from tui.map.scene import STAR

if TYPE_CHECKING:
    from sim.types import Floats, Indices
    from tui.drawing.canvas import DotGrid
    from tui.drawing.cells import Cell
    from tui.map.window_projection import WindowProjection

SPACE_COLOUR = 0x04060B
AIR_SCALE_KM = 22.0
"""The glow over the horizon falls to a third in this height: thicker than the air is, as a picture needs it."""

HAZE = 0.7
"""Share of the air's colour in front of the ground at the horizon."""

FAR_STEP_DEG = 0.6
"""Where a pixel spans more of the ground than this, a coarser raster keeps it from flickering."""

SUN_STEPS_A_DEGREE = 4
ROUNDED_TO = 0xF8F8F8
"""Colours in steps that are hardly seen: neighbours become alike."""

_SHOWN_SPACE = SPACE_COLOUR & ROUNDED_TO

_AIR_BY_DAY, _AIR_AT_DUSK, _AIR_AT_NIGHT = (95, 160, 245), (150, 98, 74), (16, 36, 44)


class WindowEarth:
    """Pixels of the view out of the window, in the light of the Sun.

    Args:
        projection: The camera.
        grid: Pixels in a cell.
        colours: The colours of all grounds in all lights (`tui.map.ground.earth.earth_colours`).
        smooth: Mix colours between the pixels of the raster; else only colours of the table are shown on the ground.
    """

    def __init__(self, projection: WindowProjection, grid: DotGrid, colours: list[int], *, smooth: bool) -> None:
        self.width, self.height, self.grid = projection.width, projection.height, grid
        self.columns, self.rows = self.width * grid.across, self.height * grid.down
        self._projection, self._colours, self._smooth = projection, colours, smooth
        self._sun: tuple[float, float] | None = None
        self._pixels: list[list[int]] = []
        self._horizon_row = -1
        """The last row of cells in which nothing of the ground is seen."""

    def shine(self, sun: tuple[float, float]) -> set[int]:
        """Light the ground and say which cells changed: all of them, or none.

        Args:
            sun: Latitude and longitude under the Sun, degrees.
        """
        steps = SUN_STEPS_A_DEGREE
        sun = round(sun[0] * steps) / steps, round(sun[1] * steps) / steps
        if sun == self._sun:
            return set()
        self._sun = sun
        self._pixels = self._dark() if self.grid is WHOLE_CELLS else self._lit(sun)
        return set(range(self.width * self.height))

    def cell(self, index: int) -> Cell:
        """The two colours and the glyph of a cell."""
        cell, row = cell_at(self._pixels, index, self.width, self.grid), index // self.width
        if cell[1] != _SHOWN_SPACE or cell[2] != _SHOWN_SPACE or row > self._horizon_row:
            return cell
        star = star_in(row, index % self.width)
        return cell if star is None else (STAR, star, _SHOWN_SPACE)

    def coarse_colours(self) -> list[int]:
        """A colour for each cell, row after row."""
        return [pixel for line in self._pixels for pixel in line]

    def _dark(self) -> list[list[int]]:
        return [[SPACE_COLOUR] * self.columns for _ in range(self.rows)]

    def _lit(self, sun: tuple[float, float]) -> list[list[int]]:
        """Follow the ray of each pixel to the ground, or past it through the air."""
        import numpy as np

        view = self._projection
        x = (np.arange(self.columns) + 0.5) * (2.0 / self.grid.across) - view.dots_across / 2.0
        y = view.dots_down / 2.0 - (np.arange(self.rows) + 0.5) * (4.0 / self.grid.down)
        ray = (
            np.array(view.look) * view.focal
            + x[None, :, None] * np.array(view.right)
            + y[:, None, None] * np.array(view.up)
        )
        ray /= np.linalg.norm(ray, axis=2, keepdims=True)
        eye = np.array(view.eye)
        along = ray @ eye
        inside = along * along - (view.out**2 - 1.0)
        hits = (inside >= 0.0) & (along < 0.0)
        distance = np.where(hits, -along - np.sqrt(np.maximum(inside, 0.0)), -along)
        point = eye + distance[..., None] * ray
        height = np.linalg.norm(point, axis=2)  # of the ray's lowest point, where it passes by
        sine = (point @ np.array(direction(*sun))) / height
        light = np.clip(
            (LIGHT_ALTITUDES_DEG[0] + 0.75 - np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))) / 1.5, 0.0, 15.0
        )
        picture = np.empty((*hits.shape, 3))
        picture[hits] = self._ground(point[hits], distance[hits], light[hits])
        picture[~hits] = [SPACE_COLOUR >> 16, SPACE_COLOUR >> 8 & 255, SPACE_COLOUR & 255]
        seen = np.flatnonzero(hits.any(axis=1))
        self._horizon_row = (int(seen[0]) if len(seen) else self.rows) // self.grid.down - 1
        veil = np.where(
            hits,
            HAZE * (distance / view.horizon) ** 5,
            np.exp(-np.maximum(height - 1.0, 0.0) * 6371.0 / AIR_SCALE_KM) * (along < 0.0) * 0.85,
        )[..., None]
        picture += veil * (_air(light) - picture)
        return _packed(picture)

    def _ground(self, point: Floats, distance: Floats, light: Floats) -> Floats:
        """Colours of the ground, (n, 3), at points (n, 3) that are so far from the eye."""
        import numpy as np

        latitude = np.degrees(np.arcsin(np.clip(point[:, 2], -1.0, 1.0)))
        longitude = np.degrees(np.arctan2(point[:, 1], point[:, 0]))
        pixel_deg = np.degrees(distance * 4.0 / self.grid.down / self._projection.focal)
        table = _table(tuple(self._colours))
        step = light if self._smooth else np.rint(light)
        lower = np.minimum(step.astype(int), LIGHT_STEPS - 2)
        share = (step - lower)[:, None]
        found = np.empty((len(latitude), 3))
        for chosen, finest_deg in ((pixel_deg < FAR_STEP_DEG, 0.125), (pixel_deg >= FAR_STEP_DEG, FAR_STEP_DEG)):
            samples = self._samples(latitude[chosen], longitude[chosen], finest_deg)
            mixed = sum(
                weight[:, None]
                * (
                    table[lower[chosen], ground] * (1.0 - share[chosen])
                    + table[lower[chosen] + 1, ground] * share[chosen]
                )
                for weight, ground in samples
            )
            found[chosen] = mixed
        return found

    def _samples(self, latitude: Floats, longitude: Floats, finest_deg: float) -> list[tuple[Floats, Indices]]:
        """Grounds around places with their weights: the four nearest pixels, or only the nearest one."""
        import numpy as np

        raster = raster_for(finest_deg)
        grounds = np.frombuffer(raster.grounds, dtype=np.uint8).reshape(raster.height, raster.width)
        down, across = (90.0 - latitude) / 180.0 * raster.height, (longitude + 180.0) / 360.0 * raster.width
        if not self._smooth:
            row = np.clip(down.astype(int), 0, raster.height - 1)
            return [(np.ones(len(row)), grounds[row, across.astype(int) % raster.width])]
        down, across = down - 0.5, across - 0.5
        row, column = np.floor(down).astype(int), np.floor(across).astype(int)
        of_row, of_column = down - row, across - column
        return [
            (
                (of_row if lower else 1.0 - of_row) * (of_column if east else 1.0 - of_column),
                grounds[np.clip(row + lower, 0, raster.height - 1), (column + east) % raster.width],
            )
            for lower in (0, 1)
            for east in (0, 1)
        ]


@cache
def _table(colours: tuple[int, ...]) -> Floats:
    """The colours of all grounds in all lights, (LIGHT_STEPS, GROUNDS, 3)."""
    import numpy as np

    values = np.array(colours, dtype=np.int64)
    channels = np.stack((values >> 16, values >> 8 & 255, values & 255), axis=1).astype(float)
    return channels.reshape(LIGHT_STEPS, GROUNDS, 3)


def _air(light: Floats) -> Floats:
    """The colour of the air in each light: blue by day, warm at dusk, faint at night."""
    import numpy as np

    stops = (0.0, LIGHT_STEPS * 0.45, LIGHT_STEPS * 0.8)
    colours = (_AIR_BY_DAY, _AIR_AT_DUSK, _AIR_AT_NIGHT)
    return np.stack([np.interp(light, stops, [colour[i] for colour in colours]) for i in range(3)], axis=-1)


def _packed(picture: Floats) -> list[list[int]]:
    """Rows of colours 0xRRGGBB, rounded a little."""
    import numpy as np

    values = np.clip(np.rint(picture), 0, 255).astype(np.int64)
    packed = (values[..., 0] << 16 | values[..., 1] << 8 | values[..., 2]) & ROUNDED_TO
    rows: list[list[int]] = packed.tolist()
    return rows
