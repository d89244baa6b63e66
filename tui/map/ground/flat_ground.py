"""Land, coasts and night of a flat map, for the styles that draw them in roles (see `tui.map.palette`)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tui.drawing.canvas import BRAILLE, WHOLE_CELLS, DotGrid, line_dots
from tui.map.coastline import coast, land_for
from tui.map.daylight import light_row
from tui.map.flat_projection import GRATICULE_STEP_DEG, Ground
from tui.map.palette import Role
from tui.map.terminator import TWILIGHT_SINES

if TYPE_CHECKING:
    from tui.map.flat_projection import FlatProjection

FINE_COAST_COLUMNS = 140
"""From this width on the map draws the finer coastline."""


def ground_of(projection: FlatProjection) -> Ground:
    """Land and coasts as a projection shows them."""
    if not projection.wraps:
        return _ground_of_part(projection)
    width, height, shift = projection.width, projection.height, projection.shift
    south_deg, north_deg = projection.south_deg, projection.north_deg
    ground = _unrolled_ground(width, height, projection.grid, south_deg, north_deg, projection.graticule)
    glyphs: list[str] = []
    land = bytearray()
    for start in range(0, width * height, width):
        cut, end = start + shift, start + width
        glyphs += ground.glyphs[cut:end] + ground.glyphs[start:cut]
        land += ground.land[cut:end] + ground.land[start:cut]
    cells = [cell - cell % width + (cell - shift) % width for cell in ground.graticule]
    return Ground(glyphs=glyphs, land=bytes(land), ink_day=ground.ink_day, graticule=cells)


def levels_of(projection: FlatProjection, sun: tuple[int, int]) -> bytes:
    """The night level of every cell, by the Sun's altitude in its middle.

    Args:
        projection: The map.
        sun: The Sun's place as `snap_sun` gives it for this width.
    """
    below = sun[0] / 4, (sun[1] + 0.5) / projection.width * 360.0 - 180.0
    west_deg, step_deg, columns = projection.west_deg, projection.cell_deg, projection.width
    latitudes_deg = [projection.north_deg - (row + 0.5) * projection.row_deg for row in range(projection.height)]
    return b"".join(light_row(lat, below, west_deg, step_deg, columns, TWILIGHT_SINES) for lat in latitudes_deg)


def _ground_of_part(projection: FlatProjection) -> Ground:
    """Land and coasts of a part of the Earth."""
    across, down = _dots_for_land(projection.grid)
    step_deg, high_deg = projection.cell_deg / across, projection.row_deg / down
    latitudes_deg = [projection.north_deg - (y + 0.5) * high_deg for y in range(projection.height * down)]
    longitudes_deg = [projection.west_deg + (x + 0.5) * step_deg for x in range(projection.width * across)]
    rows = land_for(min(step_deg, high_deg)).rows(latitudes_deg, longitudes_deg)
    patterns = _packed(rows, projection.height, across, down)
    outlines = _coast(projection) if projection.grid is BRAILLE else bytearray()
    return _ground_of_dots(projection.grid, patterns, outlines, {})


def _coast(projection: FlatProjection) -> bytearray:
    """The dots of the fine coast, cell by cell."""
    lines, stroke = coast(fine=True), projection.stroke()
    south, north = (round(edge * 100) for edge in (projection.south_deg - 3.0, projection.north_deg + 3.0))
    for begin, end in zip(lines.starts, lines.starts[1:], strict=False):
        latitudes = lines.latitudes[begin:end]
        if max(latitudes) < south or min(latitudes) > north:
            continue
        longitudes = lines.longitudes[begin:end]
        stroke.path(projection.dot(lat / 100, lon / 100) for lat, lon in zip(latitudes, longitudes, strict=True))
    patterns = bytearray(projection.width * projection.height)
    for cell, bits in stroke.bits.items():
        patterns[cell] = bits
    return patterns


@lru_cache(maxsize=4)
def _unrolled_ground(
    width: int, height: int, grid: DotGrid, south_deg: float, north_deg: float, graticule: bool
) -> Ground:
    """Land and coasts from 180 W eastwards."""
    across, down = _dots_for_land(grid)
    lit = _land_dots(width * across, height * down, south_deg, north_deg)
    outlines, cells = bytearray(), dict[int, int]()
    if grid is BRAILLE:
        outlines = _coast_patterns(width, height, south_deg, north_deg)
        cells = _graticule_cells(width, height, south_deg, north_deg, outlines) if graticule else {}
    return _ground_of_dots(grid, _packed(lit, height, across, down), outlines, cells)


def _dots_for_land(grid: DotGrid) -> tuple[int, int]:
    """Dots across and down that decide between land and sea in a cell: whole cells take what most of eight dots is."""
    return (grid.across, grid.down) if grid is not WHOLE_CELLS else (2, 4)


def _ground_of_dots(grid: DotGrid, patterns: bytes, outlines: bytearray, cells: dict[int, int]) -> Ground:
    """The ground from its dots.

    Args:
        grid: The dots in a cell.
        patterns: The dots of land in each cell (`_dots_for_land`).
        outlines: The dots of the coast in each cell, where the grid is braille.
        cells: The dots of the graticule by cell.
    """
    across, down = _dots_for_land(grid)
    half = across * down // 2
    mostly = bytes(bin(index).count("1") >= half for index in range(1 << across * down))
    if grid is BRAILLE:
        land = patterns.translate(_table(mostly, Role.LAND_DAY))
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
    step_x, step_y = 360.0 / across, (north_deg - south_deg) / down
    sampler = land_for(min(step_x, step_y))
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
