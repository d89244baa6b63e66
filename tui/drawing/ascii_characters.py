"""Everything on the screen in characters that any terminal has: one table, applied where lines are painted.

Braille becomes the stroke that looks most like its dots, boxes become `+`, `-` and `|`, stars and arrows the nearest
sign. Every character keeps its one cell; Chinese names stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

_ALIKE = {
    "-": "─━═╌┄╴╶╸╺–—☆",
    "|": "│┃║╵╷┊▌▍▎▏▐",
    "+": "╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝",
    "\\": "╲↘↖",
    "/": "╱↙↗",
    "#": "█▉▊▋▅▆▇▓▛▜▙▟",
    '"': "▀“”",
    "'": "▘▝’",
    "_": "▁▂▃▄",
    ".": "▖▗░∙",
    ":": "▒",
    "%": "▚▞◐◑",
    ">": "→▶▸►",
    "<": "←◀◂",
    "^": "↑▲▴",
    "v": "↓▼▾",
    "@": "●◉",
    "o": "○◌◦◇",
    "*": "•★✶☉☼⁺",
    "C": "☾☽",
    "h": "⌂",
    "!": "≠",
    "~": "…",
    "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "x": "◆",
}  # fmt: skip
_DOT_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Unicode's bits for the dots of a braille cell, row by row."""


def _stroke(pattern: int) -> str:
    """The sign that looks most like the lit dots of a braille cell."""
    left, right = ([row for row, bits in enumerate(_DOT_BITS) if pattern & bits[side]] for side in (0, 1))
    rows = [*left, *right]
    if len(rows) >= 6 or not rows:
        return "#" if rows else " "
    if not left or not right:
        if len(rows) >= 3:
            return "|"
        return "'" if max(rows) <= 1 else "." if min(rows) >= 2 else ":"
    slope = sum(left) / len(left) - sum(right) / len(right)
    if abs(slope) >= 1.0:
        return "/" if slope > 0.0 else "\\"
    middle = sum(rows) / len(rows)
    return "'" if middle < 1.0 else "-" if middle < 2.5 else "_"


CHARACTERS: dict[int, str] = {
    **{ord(character): plain for plain, alike in _ALIKE.items() for character in alike},
    **{0x2800 + pattern: _stroke(pattern) for pattern in range(256)},
}
"""For `str.translate`."""


class PlainCharacters(LineFilter):
    """Writes the lines that Textual paints in plain characters."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same lines, other characters."""
        del background
        return [Segment(text.translate(CHARACTERS), style, control) for text, style, control in segments]
