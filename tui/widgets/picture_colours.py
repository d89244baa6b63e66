"""Styles of cells that have colours of their own: what pictures in panels are painted with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.color import Color
from rich.style import Style

from tui.drawing.canvas import STRONG
from tui.drawing.cells import red_shade

if TYPE_CHECKING:
    from textual.app import App

MOST_STYLES = 4096
"""A panel forgets its styles when there are more."""


def picture_depth(app: App[Any]) -> str | None:
    """The colours of the terminal, `truecolor` or `256`, where they are enough for a picture; else None."""
    depth = app.console.color_system
    if app.native_ansi_color or app.no_color or getattr(app, "characters", None) is not None:
        return None
    return depth if depth in {"truecolor", "256"} else None


def picture_style(name: str, *, red: bool) -> Style:
    """The style of a run named `#`, ink, `#`, fill, both hexadecimal.

    Args:
        name: That name.
        red: Whether the theme is for eyes used to the dark.
    """
    ink, fill = (int(part, 16) for part in name[1:].split("#"))
    bold = bool(ink & STRONG) or None
    ink, fill = ink & 0xFFFFFF, fill & 0xFFFFFF
    if red:
        ink, fill = red_shade(ink), red_shade(fill)
    return Style(color=_rich(ink), bgcolor=_rich(fill), bold=bold)


@lru_cache(maxsize=4096)
def _rich(colour: int) -> Color:
    return Color.from_rgb(colour >> 16, colour >> 8 & 255, colour & 255)
