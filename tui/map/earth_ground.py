"""The ground of a map that shows the Earth as it looks: pixels, kept from one position of the Sun to the next."""

from __future__ import annotations

from math import asin, atan2, degrees, hypot
from typing import TYPE_CHECKING

from tui.drawing.cells import Cell, blend, fit_cell
from tui.map.daylight import LIGHT_STEPS, light_row, light_step
from tui.map.earth import GROUNDS, lit_row, raster_for
from tui.map.globe_projection import direction

if TYPE_CHECKING:
    from tui.drawing.canvas import DotGrid
    from tui.map.flat_projection import FlatProjection
    from tui.map.globe_projection import GlobeProjection, Vector

SUN_STEPS_A_PIXEL = 64
"""The Sun moves in steps of this part of a pixel: at each, about one pixel in a thousand changes its light."""

HAZE_STEPS = 8
HAZE_FROM = 0.80
"""Share of the globe's radius from which the air is seen in front of the ground."""

AIR_BEYOND = 0.05
"""How far the air is seen beyond the globe's edge, in radii."""

SPACE_COLOUR = 0x05070C
STAR_COLOURS = (0x8C93A6, 0x4A4F5C, 0x2C3038)
STAR_SPACING = 61
"""One in so many pixels beside the globe shows a star: decoration, not a sky map."""

_AIR_BY_DAY, _AIR_AT_DUSK, _AIR_AT_NIGHT = 0x6FB1FF, 0x9A6A54, 0x0C1730


def snap_fine(sun: tuple[float, float], columns: int) -> tuple[float, float]:
    """The Sun's latitude and longitude, rounded to steps that are too small to be seen.

    Args:
        sun: Latitude and longitude under the Sun, degrees.
        columns: Pixels around the Earth.
    """
    step_deg = 360.0 / (columns * SUN_STEPS_A_PIXEL)
    return round(sun[0], 1), round(sun[1] / step_deg) * step_deg


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
        """Light the ground and say which cells (row times width plus column) changed by that.

        Args:
            sun: Latitude and longitude under the Sun, degrees.
        """
        sun = snap_fine(sun, self.columns)
        if sun == self._sun:
            return set()
        first, self._sun = self._sun is None, sun
        changed = self._light_up(sun)
        if first:
            return set(range(self.width * self.height))
        across, down, width = self.grid.across, self.grid.down, self.width
        return {y // down * width + x // across for x, y in changed}

    def cell(self, index: int) -> Cell:
        """The two colours and the glyph of a cell."""
        row, column = divmod(index, self.width)
        across, down = self.grid.across, self.grid.down
        left = column * across
        lines = self._pixels[row * down : (row + 1) * down]
        if across == 1:
            return fit_cell((lines[0][left], lines[1][left]), self.grid)
        return fit_cell(tuple(pixel for line in lines for pixel in line[left : left + across]), self.grid)

    def _light_up(self, sun: tuple[float, float]) -> list[tuple[int, int]]:
        """Bring the pixels up to date and list those that changed: column and row."""
        raise NotImplementedError  # abstract


class FlatEarth(EarthGround):
    """A plate carrée.

    Args:
        projection: Where the map's edges are.
        grid: Pixels in a cell.
        colours: The colours of all grounds in all lights (`tui.map.earth.earth_colours`).
    """

    def __init__(self, projection: FlatProjection, grid: DotGrid, colours: list[int]) -> None:
        super().__init__(projection.width, projection.height, grid)
        self._colours = colours
        self._west_deg = projection.west_deg
        self._step_deg = projection.span_deg / self.columns
        step_deg = (projection.north_deg - projection.south_deg) / self.rows
        self._latitudes_deg = [projection.north_deg - (row + 0.5) * step_deg for row in range(self.rows)]
        longitudes_deg = [
            (self._west_deg + (column + 0.5) * self._step_deg + 180.0) % 360.0 - 180.0 for column in range(self.columns)
        ]
        self._grounds = raster_for(min(self._step_deg, step_deg)).rows(self._latitudes_deg, longitudes_deg)
        self._light: list[bytes] = []

    def _light_up(self, sun: tuple[float, float]) -> list[tuple[int, int]]:
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
            for column in [column for column, (a, b) in enumerate(zip(steps, old, strict=True)) if a != b]:
                colour = self._colours[steps[column] * GROUNDS + grounds[column]]
                if colour != pixels[column]:
                    pixels[column] = colour
                    changed.append((column, row))
        return changed


class GlobeEarth(EarthGround):
    """The globe: the air over its edge, stars behind it.

    Args:
        projection: The side that is seen.
        grid: Pixels in a cell.
        colours: The colours of all grounds in all lights (`tui.map.earth.earth_colours`).
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
                    self._add_star(column, row)
                    continue
                self._spots.append((column, row, spot, ground, round(thickness * HAZE_STEPS)))

    def _add_star(self, column: int, row: int) -> None:
        """Now and then a star."""
        number = (row * self.columns + column) * 2654435761 >> 8
        if number % STAR_SPACING == 0:
            self._pixels[row][column] = STAR_COLOURS[number // STAR_SPACING % len(STAR_COLOURS)]

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


def earth_ground(
    projection: FlatProjection | GlobeProjection, grid: DotGrid, colours: list[int]
) -> FlatEarth | GlobeEarth:
    """The ground that belongs to a projection."""
    from tui.map.flat_projection import FlatProjection as Flat

    if isinstance(projection, Flat):
        return FlatEarth(projection, grid, colours)
    return GlobeEarth(projection, grid, colours)
