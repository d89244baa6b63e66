"""Styles of cells that have colours of their own: what pictures in panels are painted with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.color import Color
from rich.style import Style

from tui.drawing.ascii_filter import PlainCharacters
from tui.drawing.canvas import SIGN, STRONG
from tui.drawing.cells import red_shade

if TYPE_CHECKING:
    from textual.app import App

MOST_STYLES = 4096
"""A panel forgets its styles when there are more."""


def picture_depth(app: App[Any]) -> str | None:
    """The colours of the terminal, `truecolor` or `256`, where they are enough for a picture; else None."""
    depth = app.console.color_system
    if app.native_ansi_color or app.no_color or any(isinstance(f, PlainCharacters) for f in app.get_line_filters()):
        return None
    return depth if depth in {"truecolor", "256"} else None


def picture_style(name: str, *, red: bool) -> Style:
    """The style of a run named `#`, ink, `#`, fill, both hexadecimal.

    Args:
        name: That name.
        red: Whether the theme is for eyes used to the dark.
    """
    ink, fill = (int(part, 16) for part in name[1:].split("#"))
    bold, is_sign = bool(ink & STRONG) or None, bool(ink & SIGN)
    ink, fill = ink & 0xFFFFFF, fill & 0xFFFFFF
    if red:
        ink, fill = _red_sign(ink) if is_sign else red_shade(ink), red_shade(fill)
    return Style(color=_rich(ink), bgcolor=_rich(fill), bold=bold)


def _red_sign(colour: int) -> int:
    """A colour that is read, in red: by its lightness, but never so dark that it is not."""
    lightness = (3 * (colour >> 16) + 6 * (colour >> 8 & 255) + (colour & 255)) // 10
    shown = 120 + lightness * 135 // 255
    return shown << 16 | shown * 9 // 25 << 8 | shown * 8 // 25


@lru_cache(maxsize=4096)
def _rich(colour: int) -> Color:
    return Color.from_rgb(colour >> 16, colour >> 8 & 255, colour & 255)
