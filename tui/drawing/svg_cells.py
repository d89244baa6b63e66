"""Pictures of the screen in SVG, with every character as wide as its cells.

Rich gives a text with wide characters the length of as many narrow ones, so that browsers squeeze Chinese names to half
of their width. Here a wide character gets an element of its own, two cells long.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

_TEXT = re.compile(r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>([^<]*)</text>')


def with_cell_widths(svg: str) -> str:
    """An SVG picture that Rich has made, its wide characters corrected."""
    return _TEXT.sub(_corrected, svg)


def _corrected(found: re.Match[str]) -> str:
    text = unescape(found[6])
    if text.isascii() or cell_len(text) == len(text):
        return found[0]
    cell_width = float(found[4]) / len(text)
    x, parts = float(found[2]), []
    for number, characters in groupby(enumerate(text), key=lambda pair: pair[0] if cell_len(pair[1]) == 2 else -1):
        piece = "".join(character for _, character in characters)
        length = cell_width * cell_len(piece)
        written = escape(piece).replace(" ", "&#160;").replace("\xa0", "&#160;")
        # A wide glyph is a little narrower than its two cells: the picture has it in their middle.
        middle = f' text-anchor="middle" x="{x + length / 2:g}"'
        anchor = middle if number >= 0 else f' x="{x:g}" textLength="{length:g}"'
        parts.append(f'<text class="{found[1]}"{anchor} y="{found[3]}"{found[5]}>{written}</text>')
        x += length
    return "".join(parts)
