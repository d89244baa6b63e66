"""Pictures of the screen in SVG, with every character as wide as its cells, and blocks drawn whatever the font.

Rich gives a text with wide characters the length of as many narrow ones, so that browsers squeeze Chinese names to half
of their width. Here a wide character gets an element of its own, two cells long. Blocks (halves, quadrants, sextants,
octants, bars) become areas: few fonts have all of them, and hardly one fills the cell without gaps.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

from tui.drawing.canvas import HALF_BLOCKS, OCTANTS
from tui.drawing.cells import QUADRANTS, SEXTANTS

_TEXT = re.compile(r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>([^<]*)</text>')


_ABOVE_BASELINE, _LINE_HEIGHT = 18.5, 24.65
"""Where Rich puts the background of a cell: so far above the baseline of its text, and so high."""

Area = tuple[float, float, float, float]
"""Left, upper, right and lower edge, in cells."""


def with_cell_widths(svg: str) -> str:
    """An SVG picture that Rich has made, its wide characters corrected and its blocks drawn."""
    return _TEXT.sub(_corrected, svg)


def _corrected(found: re.Match[str]) -> str:
    text = unescape(found[6])
    if text.isascii() or (cell_len(text) == len(text) and _areas().keys().isdisjoint(text)):
        return found[0]
    cell_width = float(found[4]) / len(text)
    x, parts = float(found[2]), []
    for kind, characters in groupby(enumerate(text), key=_kind):
        piece = "".join(character for _, character in characters)
        length = cell_width * cell_len(piece)
        if kind == _BLOCKS:
            parts.append(_drawn(found[1], piece, x, float(found[3]) - _ABOVE_BASELINE, cell_width))
        else:
            written = escape(piece).replace(" ", "&#160;").replace("\xa0", "&#160;")
            # A wide glyph is a little narrower than its two cells: the picture has it in their middle.
            middle = f' text-anchor="middle" x="{x + length / 2:g}"'
            anchor = middle if kind >= 0 else f' x="{x:g}" textLength="{length:g}"'
            parts.append(f'<text class="{found[1]}"{anchor} y="{found[3]}"{found[5]}>{written}</text>')
        x += length
    return "".join(parts)


_TEXTS, _BLOCKS = -1, -2


def _kind(pair: tuple[int, str]) -> int:
    """What goes together: narrow characters, blocks; a wide character stands alone, under its number."""
    number, character = pair
    if character in _areas():
        return _BLOCKS
    return number if cell_len(character) == 2 else _TEXTS


def _drawn(style: str, blocks: str, x: float, y: float, cell_width: float) -> str:
    """Blocks as the areas that they fill."""
    steps = []
    for number, block in enumerate(blocks):
        for left, upper, right, lower in _areas()[block]:
            start = f"M{x + (number + left) * cell_width:g} {y + upper * _LINE_HEIGHT:g}"
            steps.append(f"{start}h{(right - left) * cell_width:g}v{(lower - upper) * _LINE_HEIGHT:g}")
            steps.append(f"h{(left - right) * cell_width:g}z")
    return f'<path class="{style}" shape-rendering="crispEdges" d="{"".join(steps)}"/>'


@cache
def _areas() -> dict[str, tuple[Area, ...]]:
    """What each block fills of its cell."""
    found: dict[str, tuple[Area, ...]] = {}
    for eighths in range(1, 9):
        found[chr(0x2580 + eighths)] = ((0.0, 1.0 - eighths / 8, 1.0, 1.0),)
        found[chr(0x2590 - eighths)] = ((0.0, 0.0, eighths / 8, 1.0),)
    for grid in (OCTANTS, SEXTANTS, QUADRANTS, HALF_BLOCKS):
        for index, glyph in enumerate(grid.glyphs):
            if not glyph.isspace():
                found[glyph] = _lit_areas(index, grid.across, grid.down)
    return found


def _lit_areas(index: int, across: int, down: int) -> tuple[Area, ...]:
    """The lit dots of a glyph, those beside each other in one area."""
    areas = []
    for row in range(down):
        dots = [bool(index >> (row * across + column) & 1) for column in range(across)]
        for lit, columns in groupby(range(across), key=dots.__getitem__):
            if lit:
                first, *rest = columns
                areas.append((first / across, row / down, (first + len(rest) + 1) / across, (row + 1) / down))
    return tuple(areas)
