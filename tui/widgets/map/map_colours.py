"""The colours of the map on a terminal: which palette, which Earth, and the style of each pair of ink and fill."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from rich.color import Color, ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.drawing.canvas import PACKED
from tui.drawing.cells import READABLE_CONTRAST, readable_ground
from tui.drawing.colours import TEXT_CONTRAST
from tui.map.palette import Role, palette
from tui.map.scene import MapStyle

if TYPE_CHECKING:
    from textual.app import App

    from tui.map.ground.earth import EarthColours

Key = TypeVar("Key")

LEAST_STYLES = 1024
"""So many pairs of colours a picture remembers, or half as many as the screen has cells: a third is the most that one
picture shows. Each takes a kilobyte, with what Textual keeps of it, and an hour of fast time has more than fit."""


def make_room(styles: dict[Key, Style], app: App[Any]) -> None:
    """Empty a cache of styles that has grown too large, before one more is added."""
    if len(styles) >= LEAST_STYLES and len(styles) >= app.size.area // 2:
        styles.clear()
        Strip.render_ansi.cache_clear()  # else Textual keeps 16,384 of them


BOLD = frozenset({Role.LABEL, Role.MARKER, Role.OBSERVER, Role.PASS})
ITALIC = frozenset({Role.NAME_SEA})
READ = frozenset({
    *(Role.LABEL, Role.OBSERVER, Role.PASS, Role.ANOMALY, Role.SITE, Role.SCALE, Role.TIME),
    *(Role.NAME_SEA, Role.NAME_LAND, Role.NAME_CITY),
})  # fmt: skip
"""Roles of what is read, not only seen."""


def theme_variable(role: Role) -> str:
    """The variable with which a theme sets a role's colour."""
    return f"map-{role.name.lower().replace('_', '-')}"


@lru_cache(maxsize=4096)
def unpacked(colour: int) -> Color:
    """A packed colour (see `tui.drawing.canvas.PACKED`) as Rich has it."""
    return Color.from_rgb(colour >> 16 & 255, colour >> 8 & 255, colour & 255)


def _packed(colour: Color) -> int:
    """A colour of Rich as 0xRRGGBB."""
    red, green, blue = colour.get_truecolor()
    return red << 16 | green << 8 | blue


def _of_256(colour: int) -> int:
    """The one of 256 colours that a terminal with so many shows for another."""
    return _packed(unpacked(colour).downgrade(ColorSystem.EIGHT_BIT))


class MapColours:
    """The colours for one app in its present theme; `forget` when the theme changes.

    Colours come from `tui.map.palette`: from the palette the theme names in its variable `map-palette` (`dark`,
    `light`, `contrast`, `red`), else by whether the theme is dark. The variables `map-sea-day`, `map-future` and so
    on (see `tui.map.palette.Role`) override single colours. (Textual's component classes would do the same, but each of
    them is a node that the style sheet is applied to: together they cost more than drawing the map.)
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._colours: list[Color | None] | None = None
        self._styles: dict[tuple[int, int], Style] = {}

    def forget(self) -> None:
        """Drop all cached styles: the theme or the style of the map has changed."""
        self._colours, self._styles = None, {}

    def fills_show(self) -> bool:
        """Whether backgrounds can tell day from night here."""
        return self._app.console.color_system is not None and not self._app.native_ansi_color

    def earth(self, style: MapStyle) -> EarthColours | None:
        """The colours in which the Earth can be shown as it looks; None where the terminal has too few."""
        app = self._app
        depth = app.console.color_system
        if app.native_ansi_color or app.no_color or depth not in {"truecolor", "256"}:
            return None
        if self._palette_name(style) == "red":
            return "red" if depth == "truecolor" else None
        return "truecolor" if depth == "truecolor" else "256"

    def style(self, ink: int, fill: int, map_style: MapStyle) -> Style:
        """The style of cells with this ink and fill."""
        style = self._styles.get((ink, fill))
        if style is None:
            if self._colours is None:
                self._colours = self._load(map_style)
            make_room(self._styles, self._app)
            style = self._styles[ink, fill] = self._made(ink, fill, self._colours)
        return style

    def _palette_name(self, style: MapStyle) -> str:
        """Which palette suits the theme."""
        if self._app.native_ansi_color:
            return "ansi"
        if self._app.no_color:
            return "grey"
        theme = self._app.current_theme
        # The Earth as it looks is a dark picture in every theme.
        dark = theme.dark or style in {MapStyle.EARTH, MapStyle.WINDOW}
        return theme.variables.get("map-palette", "dark" if dark else "light")

    def _load(self, style: MapStyle) -> list[Color | None]:
        """The colour of each role: the palette's, or the theme's where it sets one."""
        own = self._app.current_theme.variables
        chosen = palette(self._palette_name(style), self._app.console.color_system).colours()
        chosen = [own.get(theme_variable(role), colour) for role, colour in zip(Role, chosen, strict=True)]
        return [Color.parse(colour) if colour else None for colour in chosen]

    def _made(self, ink: int, fill: int, colours: list[Color | None]) -> Style:
        """The style of cells with this ink and fill, as it is before the app's filters."""
        if ink >= PACKED:
            return Style.from_color(unpacked(ink), unpacked(fill))
        colour = colours[ink]
        ground = unpacked(fill) if fill >= PACKED else colours[fill]
        depth = self._app.console.color_system
        is_read = ink in READ and depth in {"truecolor", "256"}  # the palettes of sixteen colours see to it
        if colour is not None and ground is not None and (is_read or fill >= PACKED):
            least = TEXT_CONTRAST if is_read else READABLE_CONTRAST
            shown = _of_256 if depth == "256" else None
            ground = unpacked(readable_ground(_packed(ground), _packed(colour), least, shown))
        return Style(color=colour, bgcolor=ground, bold=ink in BOLD or None, italic=ink in ITALIC or None)
