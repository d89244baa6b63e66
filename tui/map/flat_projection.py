"""The flat map: every degree of longitude and latitude alike (plate carrée), any meridian in the middle."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from tui.drawing.canvas import BRAILLE, WHOLE_CELLS, DotGrid, Stroke, line_dots
from tui.map.palette import Role

FINE_COAST_COLUMNS = 140
"""From this width on the map draws the finer coastline."""

GRATICULE_STEP_DEG = 30

Place = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""


class Ground(msgspec.Struct, frozen=True):
    """What does not change with time, cell by cell."""

    glyphs: list[str]
    land: bytes
    """`Role.LAND_DAY` where the cell's background is land, else 0; the night level is added to it."""
    ink_day: int
    """The ink of the glyphs by day; the night level is added to it."""
    graticule: list[int]
    """Cells whose glyph is part of the graticule."""


def snap_sun(latitude_deg: float, longitude_deg: float, columns: int) -> tuple[int, int]:
    """The Sun's place in steps too small to show: quarters of a degree north, whole columns from 180 W.

    The night then moves one column at a time everywhere at once instead of trickling through all rows.
    """
    return round(latitude_deg * 4), int((longitude_deg + 180.0) % 360.0 / 360.0 * columns) % columns


class FlatProjection:
    """Longitude across, latitude down, wrapping at the sides."""

    wraps = True

    def __init__(
        self,
        width: int,
        height: int,
        grid: DotGrid,
        *,
        centre_longitude_deg: float,
        south_deg: float = -90.0,
        north_deg: float = 90.0,
        graticule: bool = False,
    ) -> None:
        """Lay out the map.

        Args:
            width: Columns of cells; they span 360 degrees.
            height: Rows of cells.
            grid: The dots in a cell.
            centre_longitude_deg: The meridian in the middle, rounded to a whole column.
            south_deg: Latitude of the lower edge.
            north_deg: Latitude of the upper edge.
            graticule: Draw meridians and parallels every 30 degrees.
        """
        self.width, self.height, self.grid = width, height, grid
        self.south_deg, self.north_deg = south_deg, north_deg
        self.graticule = graticule
        self.dots_across, self.dots_down = width * grid.across, height * grid.down
        self.shift = round(centre_longitude_deg / 360.0 * width) % width
        """Columns by which the map beginning at 180 W is rolled to the left."""
        self.west_deg = self.shift * 360.0 / width - 180.0
        """Longitude of the left edge."""
        self.span_deg = 360.0

    def stroke(self) -> Stroke:
        """An empty layer of lines for this map."""
        return Stroke(self.width, self.height, self.grid, wraps=True)

    def dot(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """The dot at a place; above or below the picture if the map is cropped there."""
        fraction = (longitude_deg + 180.0) % 360.0 / 360.0
        x = (int(fraction * self.dots_across) - self.shift * self.grid.across) % self.dots_across
        down = (self.north_deg - latitude_deg) / (self.north_deg - self.south_deg)
        y = int(down * self.dots_down // 1)
        return x, (self.dots_down - 1 if latitude_deg == self.south_deg else y)

    def cell(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """Column and row at a place, or None outside the picture."""
        dot = self.dot(latitude_deg, longitude_deg)
        if dot is None or not 0 <= dot[1] < self.dots_down:
            return None
        return dot[0] // self.grid.across, dot[1] // self.grid.down

    def place(self, column: int, row: int) -> Place | None:
        """The place in the middle of a cell."""
        step_deg = 360.0 / self.width
        longitude_deg = ((column + self.shift) % self.width + 0.5) * step_deg - 180.0
        return self.north_deg - (row + 0.5) * (self.north_deg - self.south_deg) / self.height, longitude_deg

    def ground(self) -> Ground:
        """Land and coasts, rolled to the central meridian."""
        ground = _unrolled_ground(self.width, self.height, self.grid, self.south_deg, self.north_deg, self.graticule)
        width, shift = self.width, self.shift
        glyphs: list[str] = []
        land = bytearray()
        for start in range(0, width * self.height, width):
            cut, end = start + shift, start + width
            glyphs += ground.glyphs[cut:end] + ground.glyphs[start:cut]
            land += ground.land[cut:end] + ground.land[start:cut]
        cells = [cell - cell % width + (cell - shift) % width for cell in ground.graticule]
        return Ground(glyphs=glyphs, land=bytes(land), ink_day=ground.ink_day, graticule=cells)

    def levels(self, sun: tuple[int, int]) -> bytes:
        """The night level of every cell.

        Args:
            sun: The Sun's place as `snap_sun` gives it for this width.
        """
        from tui.map.terminator import night_row

        declination_deg = sun[0] / 4
        column = (sun[1] - self.shift) % self.width
        step_deg = (self.north_deg - self.south_deg) / self.height
        levels = bytearray()
        for row in range(self.height):
            line = night_row(self.north_deg - (row + 0.5) * step_deg, declination_deg, self.width)
            levels += line[-column:] + line[:-column] if column else line
        return bytes(levels)


@lru_cache(maxsize=4)
def _unrolled_ground(
    width: int, height: int, grid: DotGrid, south_deg: float, north_deg: float, graticule: bool
) -> Ground:
    """Land and coasts from 180 W eastwards."""
    across, down = (grid.across, grid.down) if grid is not WHOLE_CELLS else (2, 4)
    lit = _land_dots(width * across, height * down, south_deg, north_deg)
    patterns = _packed(lit, height, across, down)
    half = across * down // 2
    mostly = bytes(bin(index).count("1") >= half for index in range(1 << across * down))
    if grid is BRAILLE:
        land = patterns.translate(_table(mostly, Role.LAND_DAY))
        outlines = _coast_patterns(width, height, south_deg, north_deg)
        cells = _graticule_cells(width, height, south_deg, north_deg, outlines) if graticule else {}
        glyphs = [BRAILLE.glyphs[pattern] for pattern in outlines]
        for cell, pattern in cells.items():
            glyphs[cell] = BRAILLE.glyphs[pattern]
        return Ground(glyphs=glyphs, land=land, ink_day=Role.COAST_DAY, graticule=sorted(cells))
    if grid is WHOLE_CELLS:  # outlines in ASCII are unreadable: dot the land itself
        land = patterns.translate(_table(mostly, Role.LAND_DAY))
        dots = [":" if cell else " " for cell in land]
        return Ground(glyphs=dots, land=land, ink_day=Role.COAST_DAY, graticule=[])
    # Blocks: where a cell is mixed, land is the glyph and sea is behind it.
    entire = bytes(index == grid.full for index in range(256))
    glyphs = [" " if pattern == grid.full else grid.glyphs[pattern] for pattern in patterns]
    land = patterns.translate(_table(entire, Role.LAND_DAY))
    return Ground(glyphs=glyphs, land=land, ink_day=Role.LAND_DAY, graticule=[])


def _table(flags: bytes, value: int) -> bytes:
    """A translation table that gives the value where the flag is set."""
    return bytes(value if flag else 0 for flag in flags.ljust(256, b"\0"))


def _land_dots(across: int, down: int, south_deg: float, north_deg: float) -> list[bytes]:
    """Whether the middle of each dot is land: one row of bytes for each row of dots."""
    from tui.map.coastline import LandSampler  # not needed where the Earth is shown as it looks

    step_x, step_y = 360.0 / across, (north_deg - south_deg) / down
    sampler = LandSampler(min(step_x, step_y))
    latitudes = [north_deg - (y + 0.5) * step_y for y in range(down)]
    return sampler.rows(latitudes, [(x + 0.5) * step_x - 180.0 for x in range(across)])


def _packed(rows: list[bytes], height: int, across: int, down: int) -> bytes:
    """Rows of dots (0 or 1) to one byte of bits a cell, the upper left dot in bit 0."""
    dots = [(x, y) for y in range(down) for x in range(across)]
    weights = [bytes((0, 1 << bit)).ljust(256, b"\0") for bit in range(len(dots))]
    patterns = bytearray()
    for row in range(height):
        bits = [rows[row * down + y][x::across].translate(weights[bit]) for bit, (x, y) in enumerate(dots)]
        patterns += bytes(map(sum, zip(*bits, strict=True)))
    return bytes(patterns)


def _coast_patterns(width: int, height: int, south_deg: float, north_deg: float) -> bytearray:
    """The coastline in braille dots, one byte of bits a cell."""
    from tui.map.coastline import coast

    lines = coast(fine=width >= FINE_COAST_COLUMNS)
    across, down = width * 2, height * 4
    scale_x, scale_y = across / 36000.0, down / (north_deg - south_deg) / 100.0
    top = north_deg * 100.0
    left = 18000 * scale_x
    xs = [int(longitude * scale_x + left) for longitude in lines.longitudes]
    if max(xs) >= across:  # 180 E is the right edge of the last dot
        xs = [min(x, across - 1) for x in xs]
    # int() rounds towards zero, which would pull the first row beyond the edge inside: count from above it.
    above = down
    below_top = top * scale_y + above
    ys = [int(below_top - latitude * scale_y) - above for latitude in lines.latitudes]
    smallest = 1.5 * 36000.0 / across
    patterns = bytearray(width * height)
    for number, extent in enumerate(lines.extents):
        if extent < smallest:
            break
        begin, end = lines.starts[number], lines.starts[number + 1]
        x0, y0 = xs[begin], ys[begin]
        begun = False
        for x1, y1 in zip(xs[begin + 1 : end], ys[begin + 1 : end], strict=True):
            if x1 == x0 and y1 == y0:
                continue
            if begun and -2 < x1 - x0 < 2 and -2 < y1 - y0 < 2:  # nothing lies between neighbours
                if 0 <= y1 < down:
                    patterns[(y1 >> 2) * width + (x1 >> 1)] |= 1 << ((y1 & 3) * 2 + (x1 & 1))
            elif (y0 >= 0 or y1 >= 0) and (y0 < down or y1 < down):
                for x, y in line_dots(x0, y0, x1, y1):
                    if 0 <= y < down:
                        patterns[(y >> 2) * width + (x >> 1)] |= 1 << ((y & 3) * 2 + (x & 1))
            x0, y0, begun = x1, y1, True
    return patterns


def _graticule_cells(
    width: int, height: int, south_deg: float, north_deg: float, outlines: bytearray
) -> dict[int, int]:
    """Dotted meridians and parallels in braille, leaving out cells that hold a coast."""
    dots: dict[int, int] = {}
    for longitude in range(-180, 180, GRATICULE_STEP_DEG):
        x = int((longitude + 180) / 360 * width * 2)
        for cell in range(x >> 1, width * height, width):  # the upper dot of every cell
            dots[cell] = dots.get(cell, 0) | 1 << (x & 1)
    for latitude in range(-60, 90, GRATICULE_STEP_DEG):
        if south_deg < latitude < north_deg:
            y = int((north_deg - latitude) / (north_deg - south_deg) * height * 4)
            begin = (y >> 2) * width
            for cell in range(begin, begin + width, 2):  # the left dot of every other cell
                dots[cell] = dots.get(cell, 0) | 1 << ((y & 3) * 2)
    return {cell: bits for cell, bits in dots.items() if not outlines[cell]}
