"""The Earth as it looks from far away: the air over its edge, stars behind it."""

from __future__ import annotations

from math import asin, atan2, degrees, hypot
from typing import TYPE_CHECKING
from zlib import crc32

from tui.drawing.cells import blend
from tui.map.daylight import LIGHT_STEPS, light_step
from tui.map.globe_projection import direction
from tui.map.ground.earth import GROUNDS, raster_for
from tui.map.ground.earth_ground import EarthGround
from tui.map.scene import STAR

if TYPE_CHECKING:
    from tui.drawing.canvas import DotGrid
    from tui.drawing.cells import Cell
    from tui.map.globe_projection import GlobeProjection, Vector

HAZE_STEPS = 8
HAZE_FROM = 0.80
"""Share of the globe's radius from which the air is seen in front of the ground."""

AIR_BEYOND = 0.05
"""How far the air is seen beyond the globe's edge, in radii."""

SPACE_COLOUR = 0x05070C
STAR_COLOURS, STAR_SPACING = (0xC8D0E0, 0x8A92A4, 0x6A7080, 0x4A505E), 31
"""One in so many cells beside the globe shows a star: decoration, not a sky map."""


def star_in(row: int, column: int) -> int | None:
    """The colour of the star in a cell, if there is one."""
    number = crc32(row.to_bytes(2, "big") + column.to_bytes(2, "big"))
    return None if number % STAR_SPACING else STAR_COLOURS[number // STAR_SPACING % len(STAR_COLOURS)]


_AIR_BY_DAY, _AIR_AT_DUSK, _AIR_AT_NIGHT = 0x6FB1FF, 0x9A6A54, 0x0C1730


class GlobeEarth(EarthGround):
    """The globe: the air over its edge, stars behind it.

    Args:
        projection: The side that is seen.
        grid: Pixels in a cell.
        colours: The colours of all grounds in all lights (`tui.map.ground.earth.earth_colours`).
    """

    def __init__(self, projection: GlobeProjection, grid: DotGrid, colours: list[int]) -> None:
        super().__init__(projection.width, projection.height, grid)
        self._colours = colours
        self._mixed: dict[tuple[int, int, int], int] = {}
        self._spots: list[tuple[int, int, Vector, int, int]] = []
        """Column, row, direction, ground (or -1 beyond the edge) and haze of each pixel that light falls on."""
        self._steps = b""
        self._pixels = [[SPACE_COLOUR] * self.columns for _ in range(self.rows)]
        self._lay_out(projection)

    def _lay_out(self, projection: GlobeProjection) -> None:
        """Find what each pixel shows."""
        across_dots, down_dots = 2 / self.grid.across, 4 / self.grid.down
        radius = projection.radius
        raster = raster_for(degrees(max(across_dots, down_dots) / radius))
        for row in range(self.rows):
            upwards = (projection.dots_down / 2 - (row + 0.5) * down_dots) / radius
            for column in range(self.columns):
                across = ((column + 0.5) * across_dots - projection.dots_across / 2) / radius
                out = hypot(across, upwards)
                if out <= 1.0:
                    spot = projection.direction_of(across, upwards)
                    x, y, z = spot
                    ground = raster.at(degrees(asin(max(-1.0, min(1.0, z)))), degrees(atan2(y, x)))
                    thickness = max(0.0, (out - HAZE_FROM) / (1.0 - HAZE_FROM)) ** 2.5 * 0.85
                elif out < 1.0 + AIR_BEYOND + 2.0 / radius:
                    spot = projection.direction_of(across / out, upwards / out)
                    ground, thickness = -1, max(0.0, 0.75 * (1.0 - (out - 1.0) / (AIR_BEYOND + 2.0 / radius))) ** 1.5
                else:
                    continue
                self._spots.append((column, row, spot, ground, round(thickness * HAZE_STEPS)))

    def cell(self, index: int) -> Cell:
        """The two colours and the glyph of a cell; in the dark beside the globe now and then a star."""
        cell = super().cell(index)
        if cell[1] != SPACE_COLOUR or cell[2] != SPACE_COLOUR:
            return cell
        star = star_in(*divmod(index, self.width))
        return cell if star is None else (STAR, star, SPACE_COLOUR)

    def _light_up(self, sun: tuple[float, float]) -> list[tuple[int, int]]:
        sun_x, sun_y, sun_z = direction(*sun)
        steps = bytes([light_step(x * sun_x + y * sun_y + z * sun_z) for _, _, (x, y, z), _, _ in self._spots])
        before, self._steps = self._steps, steps
        changed = []
        for number, step in enumerate(steps):
            if before and before[number] == step:
                continue
            column, row, _, ground, haze = self._spots[number]
            colour = self._colour(ground, step, haze)
            if colour != self._pixels[row][column]:
                self._pixels[row][column] = colour
                changed.append((column, row))
        return changed

    def _colour(self, ground: int, step: int, haze: int) -> int:
        """Ground (or space) behind lit air."""
        if not haze:
            return self._colours[step * GROUNDS + ground] if ground >= 0 else SPACE_COLOUR
        key = ground, step, haze
        if key not in self._mixed:
            behind = self._colours[step * GROUNDS + ground] if ground >= 0 else SPACE_COLOUR
            self._mixed[key] = blend(behind, _air_colour(step), haze / HAZE_STEPS)
        return self._mixed[key]


def _air_colour(step: int) -> int:
    """The colour of the air at the globe's edge in this light."""
    middle = LIGHT_STEPS * 0.45
    if step <= middle:
        return blend(_AIR_BY_DAY, _AIR_AT_DUSK, (step / middle) ** 2)
    return blend(_AIR_AT_DUSK, _AIR_AT_NIGHT, min(1.0, (step - middle) / (LIGHT_STEPS * 0.35)))
