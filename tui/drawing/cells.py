"""Pictures in character cells: several pixels to a cell, drawn in the two colours that fit them best.

Colours are packed as 0xRRGGBB. A cell has a glyph, an *ink* (colour of its lit dots) and a *fill* (colour of the
others); a cell in one colour is a space.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.drawing.canvas import HALF_BLOCKS, OCTANTS, DotGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Cell = tuple[str, int, int]
"""Glyph, ink and fill."""


def _sextant_glyphs() -> tuple[str, ...]:
    """Unicode 13's sextants: in order of their bits from U+1FB00, leaving out those that existed before."""
    older = {0: " ", 0b111111: "█", 0b010101: "▌", 0b101010: "▐"}
    newer = iter(range(0x1FB00, 0x1FB3C))
    return tuple(older[index] if index in older else chr(next(newer)) for index in range(64))


QUADRANTS = DotGrid(2, 2, tuple(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"))
SEXTANTS = DotGrid(2, 3, _sextant_glyphs)


class CellShape(Enum):
    """How many pixels a cell shows. Only half blocks are in every font: the others are for who asks for them."""

    HALF = "half"
    QUADRANT = "quadrant"
    SEXTANT = "sextant"
    OCTANT = "octant"

    @property
    def grid(self) -> DotGrid:
        """The dots of a cell and their glyphs."""
        return _GRIDS[self]


_GRIDS = {
    CellShape.HALF: HALF_BLOCKS,
    CellShape.QUADRANT: QUADRANTS,
    CellShape.SEXTANT: SEXTANTS,
    CellShape.OCTANT: OCTANTS,
}


def mean_colour(colours: Sequence[int]) -> int:
    """The mean of some colours, channel by channel."""
    count = len(colours)
    half = count // 2
    red = sum(colour >> 16 for colour in colours) + half
    green = sum(colour >> 8 & 255 for colour in colours) + half
    blue = sum(colour & 255 for colour in colours) + half
    return red // count << 16 | green // count << 8 | blue // count


def squared_distance(one: int, other: int) -> int:
    """How far two colours are apart, squared; green counts most, as it does for the eye."""
    red, green, blue = (one >> 16) - (other >> 16), (one >> 8 & 255) - (other >> 8 & 255), (one & 255) - (other & 255)
    return 2 * red * red + 4 * green * green + 3 * blue * blue


def fit_cell(pixels: tuple[int, ...], grid: DotGrid) -> Cell:
    """The cell that shows these pixels best.

    Args:
        pixels: One colour a dot, row by row.
        grid: The dots of a cell; as many as there are pixels.
    """
    if grid is HALF_BLOCKS:
        upper, lower = pixels
        return (" ", upper, upper) if upper == lower else ("▀", upper, lower)
    return _fitted(pixels, grid)


@lru_cache(maxsize=8192)
def _fitted(pixels: tuple[int, ...], grid: DotGrid) -> Cell:
    kinds = set(pixels)
    if len(kinds) == 1:
        return " ", pixels[0], pixels[0]
    if len(kinds) == 2:
        ink, fill = max(kinds), min(kinds)
        return _cell([pixel == ink for pixel in pixels], ink, fill, grid)
    return _split(pixels, grid)


def _cell(lit: Sequence[bool], ink: int, fill: int, grid: DotGrid) -> Cell:
    """A cell in two given colours."""
    return grid.glyphs[sum(1 << dot for dot, is_lit in enumerate(lit) if is_lit)], ink, fill


def _split(pixels: tuple[int, ...], grid: DotGrid) -> Cell:
    """The best split of more than two colours along the line through the two that are farthest apart.

    Trying every split of eight dots would take 128 trials; along the line there are at most seven.
    """
    first, last = _farthest(tuple(set(pixels)))
    axis = [((last >> shift) & 255) - ((first >> shift) & 255) for shift in (16, 8, 0)]

    def along(pixel: int) -> int:
        return (pixel >> 16) * axis[0] + (pixel >> 8 & 255) * axis[1] + (pixel & 255) * axis[2]

    order = sorted(range(len(pixels)), key=lambda dot: along(pixels[dot]))
    best: tuple[int, int, int, int] | None = None
    for size in range(1, len(order)):
        below = [pixels[dot] for dot in order[:size]]
        above = [pixels[dot] for dot in order[size:]]
        fill, ink = mean_colour(below), mean_colour(above)
        error = sum(squared_distance(pixel, fill) for pixel in below)
        error += sum(squared_distance(pixel, ink) for pixel in above)
        if best is None or error < best[0]:
            best = error, size, ink, fill
    assert best is not None  # noqa: S101 - a cell with three colours has at least three dots
    _, size, ink, fill = best
    lit = set(order[size:])
    return _cell([dot in lit for dot in range(len(pixels))], ink, fill, grid)


def _farthest(colours: tuple[int, ...]) -> tuple[int, int]:
    """The two of these colours that are farthest apart."""
    pairs = ((one, other) for number, one in enumerate(colours) for other in colours[number + 1 :])
    return max(pairs, key=lambda pair: squared_distance(*pair))


def cell_at(pixels: Sequence[list[int]], index: int, width: int, grid: DotGrid) -> Cell:
    """One cell of a picture.

    Args:
        pixels: Rows of colours.
        index: Of the cell: its row times the width, plus its column.
        width: Cells in a row.
        grid: The dots of a cell.
    """
    row, column = divmod(index, width)
    across, down = grid.across, grid.down
    left = column * across
    lines = pixels[row * down : (row + 1) * down]
    return fit_cell(tuple(pixel for line in lines for pixel in line[left : left + across]), grid)


def cell_rows(pixels: Sequence[Sequence[int]], shape: CellShape) -> list[list[Cell]]:
    """A picture in cells.

    Args:
        pixels: Rows of colours; their number and length are multiples of the dots of a cell.
        shape: How many pixels a cell shows.
    """
    grid = shape.grid
    across, down = grid.across, grid.down
    rows = []
    for top in range(0, len(pixels), down):
        lines = pixels[top : top + down]
        columns = [line[x::across] for line in lines for x in range(across)]
        rows.append([fit_cell(dots, grid) for dots in zip(*columns, strict=True)])
    return rows


def luminance(colour: int) -> float:
    """Relative luminance of a colour as WCAG 2 defines it, from 0 to 1."""
    return 0.2126 * LINEAR[colour >> 16] + 0.7152 * LINEAR[colour >> 8 & 255] + 0.0722 * LINEAR[colour & 255]


def contrast(one: int, other: int) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LINEAR = [
    share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in (v / 255 for v in range(256))
]
"""The light of each value of a channel of sRGB, 1 for 255."""

READABLE_CONTRAST = 3.0
"""The least contrast between a line and its ground (WCAG 2.1, 1.4.11)."""


@lru_cache(maxsize=4096)
def readable_ground(
    ground: int, ink: int, least: float = READABLE_CONTRAST, shown: Callable[[int], int] | None = None
) -> int:
    """The ground, darkened (for an ink too dark for that lightened) just as far as the ink needs to be read on it.

    Args:
        ground: Its colour.
        ink: That of what stands on it.
        least: The contrast they need.
        shown: What the terminal makes of a colour, if it has few.
    """
    ink = shown(ink) if shown else ink
    target = 0 if contrast(0, ink) >= least else 0xFFFFFF
    for share in range(0, 17):
        found = blend(ground, target, share / 16)
        if contrast(shown(found) if shown else found, ink) >= least:
            return found
    return target


@lru_cache(maxsize=4096)
def lightened_ink(ink: int, ground: int, least: float = READABLE_CONTRAST) -> int:
    """The ink, mixed with white as far as it needs it to be read on a ground, and as it stays the same colour."""
    for share in range(0, 11):
        found = blend(ink, 0xFFFFFF, share / 16)
        if contrast(found, ground) >= least:
            break
    return found


def blend(one: int, other: int, share: float) -> int:
    """A colour on the way from one (share 0) to another (share 1)."""
    mixed = 0
    for shift in (16, 8, 0):
        start = one >> shift & 255
        mixed |= round(start + ((other >> shift & 255) - start) * share) << shift
    return mixed


def red_shade(colour: int) -> int:
    """A colour as eyes used to the dark may see it: its lightness in red."""
    lightness = (3 * (colour >> 16) + 6 * (colour >> 8 & 255) + (colour & 255)) // 10
    return lightness * 5 // 8 << 16 | lightness // 9 << 8 | lightness // 10
