"""Styles of the cells of pictures, each with its own pair of colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.style import Style

from tui.drawing.ascii_filter import PlainCharacters
from tui.drawing.canvas import SIGN, STRONG
from tui.drawing.cells import red_shade
from tui.widgets.map.map_colours import unpacked

if TYPE_CHECKING:
    from textual.app import App


def picture_depth(app: App[Any]) -> str | None:
    """The colours of the terminal, `truecolor` or `256`, where they are enough for a picture; else None."""
    depth = app.console.color_system
    if app.native_ansi_color or app.no_color or any(isinstance(f, PlainCharacters) for f in app.get_line_filters()):
        return None
    return depth if depth in {"truecolor", "256"} else None


def picture_style(name: str, *, red: bool, greys: bool = False) -> Style:
    """The style of a run named `#`, ink, `#`, fill, both hexadecimal.

    Args:
        name: That name.
        red: Whether the theme is for eyes used to the dark.
        greys: Whether dark colours are shown in grey, of which 256 colours have many: of dark blues they have one.
    """
    ink, fill = (int(part, 16) for part in name[1:].split("#"))
    bold, is_sign = bool(ink & STRONG) or None, bool(ink & SIGN)
    ink, fill = ink & 0xFFFFFF, fill & 0xFFFFFF
    if red:
        ink, fill = _red_sign(ink) if is_sign else red_shade(ink), red_shade(fill)
    if greys:
        ink, fill = _grey_if_dark(ink), _grey_if_dark(fill)
    return Style(color=unpacked(ink), bgcolor=unpacked(fill), bold=bold)


def _red_sign(colour: int) -> int:
    """A colour that is read, in red: by its lightness, but never so dark that it is not."""
    lightness = (3 * (colour >> 16) + 6 * (colour >> 8 & 255) + (colour & 255)) // 10
    shown = 120 + lightness * 135 // 255
    return shown << 16 | shown * 9 // 25 << 8 | shown * 8 // 25


_DARKEST_OF_CUBE = 95
"""The darkest value, but for 0, in the cube of 256 colours; its greys go in steps of ten from 8 on."""


def _grey_if_dark(colour: int) -> int:
    """A dark colour as the nearest of the 24 greys, others as they are."""
    red, green, blue = colour >> 16, colour >> 8 & 255, colour & 255
    if max(red, green, blue) >= _DARKEST_OF_CUBE:
        return colour
    grey = 8 + 10 * max(round(((3 * red + 6 * green + blue) / 10 - 8) / 10), 0)
    return grey << 16 | grey << 8 | grey
