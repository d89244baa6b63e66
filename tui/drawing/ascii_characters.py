"""ASCII replacements for every other character on the screen: one table, applied when lines are painted.

Braille becomes the most similar stroke, boxes become `+`, `-` and `|`, stars and arrows the nearest sign. Each
replacement is one cell wide, like the original; Chinese names are the filter's.
"""

from __future__ import annotations

_REPLACED = {
    "-": "−─━═╌┄╴╶╸╺–—☆",
    "|": "│┃║╵╷┊▌▍▎▏▐",
    "+": "╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝",
    "\\": "╲↘↖",
    "/": "╱↙↗",
    "#": "■█▉▊▋▅▆▇▓▛▜▙▟",
    '"': "▀“”″",
    "'": "▘▝’",
    "_": "▁▂▃▄",
    ".": "▖▗░∙",
    ":": "▒",
    "%": "▚▞◐◑",
    ">": "→▶▸►",
    "<": "←◀◂⌫",
    "E": "⏎",
    "^": "↑▲▴▵",
    "T": "╤",
    "v": "↓▼▾",
    "@": "●◉",
    "o": "○◌◦◇",
    "*": "•★✶✦☉☼⁺",
    "C": "☾☽",
    "h": "⌂",
    "!": "≠",
    "~": "…",
    "4": "⁴",
    "5": "⁵",
    "6": "⁶",
    "7": "⁷",
    "x": "◆",
}
"""ASCII character to the characters that it replaces."""

_DOT_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Unicode's bits for the dots of a braille cell: left and right, row by row."""


def _stroke(pattern: int) -> str:
    """The ASCII character most similar to the lit dots of a braille cell."""
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
    **{ord(character): ascii_ for ascii_, replaced in _REPLACED.items() for character in replaced},
    **{0x2800 + pattern: _stroke(pattern) for pattern in range(256)},
}
"""Code points to ASCII characters, for `str.translate`."""
