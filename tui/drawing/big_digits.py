"""Large digits of three by five dots, two dots to a cell."""

from __future__ import annotations

from functools import lru_cache

_DOTS = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", " ██", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", " █ ", " █ ", " █ "),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "-": ("   ", "   ", "███", "   ", "   "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
    "d": ("  █", "  █", "███", "█ █", "███"),
    " ": (" ", " ", " ", " ", " "),
}
_HALVES = {(" ", " "): " ", ("█", " "): "▀", (" ", "█"): "▄", ("█", "█"): "█"}


def big_rows(scale: int) -> int:
    """Rows taken by digits of a scale."""
    return (5 * scale + 1) // 2


def big_width(text: str, scale: int) -> int:
    """Width of a text in cells."""
    return sum(len(_DOTS[char][0]) * scale for char in text) + scale * max(len(text) - 1, 0)


@lru_cache(maxsize=16)  # a countdown is drawn several times a second, and changes once
def big(text: str, scale: int = 1) -> tuple[str, ...]:
    """Rows of a text of digits, colons and signs; at scale 1 a digit is 3 cells wide and 3 rows high."""
    dots = []
    for row in range(5):
        line = (" " * scale).join("".join(dot * scale for dot in _DOTS[char][row]) for char in text)
        dots += [line] * scale
    if len(dots) % 2:
        dots.append(" " * len(dots[0]))
    pairs = (zip(*dots[k : k + 2], strict=True) for k in range(0, len(dots), 2))
    return tuple("".join(_HALVES[pair] for pair in row) for row in pairs)
