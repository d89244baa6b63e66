"""Themes of our own beside Textual's: night sky, daylight, red for dark-adapted eyes, high contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
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
    ),
    Theme(
        name="tiangong-red",
        primary="#d0322a",
        secondary="#8c2a24",
        accent="#ff5a4f",
        warning="#e0483e",
        error="#ff7a70",
        success="#c23a30",
        foreground="#d9453b",
        background="#000000",
        surface="#090101",
        panel="#180303",
        variables={"map-palette": "red"},
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
        variables={"map-palette": "contrast"},
    ),
)

CYCLE = (*(theme.name for theme in THEMES), "ansi-dark")
"""What the theme key walks through; the palette offers every theme Textual knows."""


def register(app: App[Any]) -> None:
    """Make our themes known to the app."""
    for theme in THEMES:
        app.register_theme(theme)
