"""Themes beside Textual's own: night sky, daylight, red for dark-adapted eyes, high contrast.

Every colour has a contrast of at least 4.5 to the background, so that text in it, and text of the background's colour
on it, can be read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.theme import BUILTIN_THEMES, Theme

from sim.language import _

if TYPE_CHECKING:
    from collections.abc import Container

    from textual.app import App

DEFAULT = "tiangong"

THEMES = (
    Theme(
        name="tiangong",
        primary="#5cb8ff",
        secondary="#8ea6c4",
        accent="#ffb454",
        warning="#f2c14e",
        error="#ff6b6b",
        success="#7bd88f",
        foreground="#d7e1ee",
        background="#080c14",
        surface="#0c121d",
        panel="#131c2b",
        variables={"text-disabled": "#9aa7b8"},
    ),
    Theme(
        name="tiangong-day",
        primary="#1d5f9e",
        secondary="#51657d",
        accent="#b35900",
        warning="#946200",
        error="#b3261e",
        success="#1f7a3d",
        foreground="#16202c",
        background="#f7f9fc",
        surface="#eef2f7",
        panel="#dfe6ef",
        dark=False,
        variables={"text-disabled": "#4f5d6d"},
    ),
    Theme(
        name="tiangong-red",
        primary="#e8564b",
        secondary="#8c2a24",
        accent="#ff5a4f",
        warning="#e0483e",
        error="#ff7a70",
        success="#e04438",
        foreground="#f0564a",
        background="#000000",
        surface="#090101",
        panel="#180303",
        variables={"map-palette": "red", "text-disabled": "#e8564b", "input-selection-background": "#e8564b30"},
    ),
    Theme(
        name="tiangong-contrast",
        primary="#00d7ff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffd700",
        error="#ff5f5f",
        success="#00ff5f",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        variables={"map-palette": "contrast", "text-disabled": "#b0b0b0"},
    ),
)

ANSI_DARK = replace(
    BUILTIN_THEMES["ansi-dark"],
    primary="ansi_bright_cyan",
    accent="ansi_bright_yellow",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    success="ansi_bright_green",
)
"""Textual's theme of the terminal's own colours, in the bright ones: its blue can hardly be read on black."""

CYCLE = (*(theme.name for theme in THEMES), "ansi-dark")
"""Themes that the theme key cycles through; the command palette offers all of Textual's."""


def names() -> tuple[str, ...]:
    """All themes: those of the theme key first, then the others of Textual that the palette offers."""
    return *CYCLE, *(name for name in BUILTIN_THEMES if name not in CYCLE)


def register(app: App[Any]) -> None:
    """Register the themes with the app."""
    for theme in (*THEMES, ANSI_DARK):
        app.register_theme(theme)


def chosen(name: str | None, available: Container[str]) -> tuple[str, tuple[str, ...]]:
    """The theme to begin with, and a notice where there is none of the name that was asked for."""
    if not name or name in available:
        return name or DEFAULT, ()
    return DEFAULT, (_("there is no theme “{theme}”; t walks through those there are").format(theme=name),)
