"""Colours of the map: roles, and a palette for each kind of theme and each colour depth.

A ramp of true colours collapses when a terminal rounds it to 256 or 16 colours, so each depth has its own palette of
colours that such terminals show exactly. The ten fills (five night levels of sea and of land) are distinct down to 256
colours; with 16 colours day differs from night, and by day land from sea (by night the coastline shows it).
"""

from __future__ import annotations

from enum import IntEnum

import msgspec


class Role(IntEnum):
    """What a colour is used for. The first sixteen are ordered so that layers can be added as bytes."""

    SEA_DAY = 0
    SEA_CIVIL = 1
    SEA_NAUTICAL = 2
    SEA_ASTRONOMICAL = 3
    SEA_NIGHT = 4
    LAND_DAY = 5
    LAND_CIVIL = 6
    LAND_NAUTICAL = 7
    LAND_ASTRONOMICAL = 8
    LAND_NIGHT = 9
    SPACE = 10
    COAST_DAY = 11
    COAST_CIVIL = 12
    COAST_NAUTICAL = 13
    COAST_ASTRONOMICAL = 14
    COAST_NIGHT = 15
    GRATICULE_DAY = 16
    GRATICULE_NIGHT = 17
    FOOTPRINT = 18
    PAST = 19
    FUTURE = 20
    UNCERTAIN = 21
    LABEL = 22
    OBSERVER = 23
    SUN = 24
    MARKER = 25
    MARKER_FILL = 26
    PAST_DARK = 27
    FUTURE_DARK = 28
    SEEN = 29
    PASS = 30
    ANOMALY = 31
    SITE = 32
    NAME_SEA = 33
    NAME_LAND = 34
    NAME_CITY = 35
    SCALE = 36
    TIME = 37


class Palette(msgspec.Struct, frozen=True):
    """One colour per role: `#rrggbb`, the name of one of the terminal's own colours, or empty for none."""

    sea: tuple[str, str, str, str, str]
    land: tuple[str, str, str, str, str]
    space: str
    coast: tuple[str, str, str, str, str]
    graticule: tuple[str, str]
    footprint: str
    past: str
    future: str
    uncertain: str
    label: str
    observer: str
    sun: str
    marker: str
    marker_fill: str
    # Where these are not set, they are one of the colours above.
    past_dark: str = ""
    future_dark: str = ""
    seen: str = ""
    ahead: str = ""
    anomaly: str = ""
    site: str = ""
    name_sea: str = ""
    name_land: str = ""
    name_city: str = ""
    scale: str = ""
    time: str = ""

    def colours(self) -> list[str]:
        """The colours in the order of `Role`."""
        single = (self.footprint, self.past, self.future, self.uncertain, self.label)
        last = (self.observer, self.sun, self.marker, self.marker_fill)
        dark = (self.past_dark or self.past, self.future_dark or self.future)
        layers = (self.seen or self.sun, self.ahead or self.observer, self.anomaly or self.footprint)
        names = (self.name_sea or self.future, self.name_land or self.label, self.name_city or self.label)
        written = (self.site or self.observer, *names, self.scale or self.uncertain, self.time or self.future)
        first = [*self.sea, *self.land, self.space, *self.coast, *self.graticule]
        return [*first, *single, *last, *dark, *layers, *written]


TRUECOLOR, EIGHT_BIT, STANDARD = "truecolor", "256", "standard"

_DARK = Palette(
    sea=("#15407a", "#10305c", "#0c2343", "#08172d", "#050d1b"),
    land=("#3c7543", "#32613b", "#25482f", "#1b3326", "#14231e"),
    space="#05070c",
    coast=("#9cdb9b", "#80bd87", "#649b72", "#4b7a5e", "#3a5f4e"),
    graticule=("#2d62a3", "#16294a"),
    footprint="#cfa9f7",
    past="#ffa14a",
    future="#62cdff",
    uncertain="#8d9bb0",
    label="#ffffff",
    observer="#fff0b0",
    sun="#ffd54a",
    marker="#ffffff",
    marker_fill="#d7263d",
    past_dark="#b06f36",
    future_dark="#4a8fb4",
    seen="#b6f08a",
    ahead="#ffe27a",
    anomaly="#ff8f8f",
    site="#ffd0a0",
    name_sea="#8fb8e8",
    name_land="#e6dcc4",
    name_city="#d9e1ec",
    scale="#8d9bb0",
)

_DARK_256 = Palette(
    sea=("#005f87", "#00005f", "#121212", "#080808", "#000000"),
    land=("#008700", "#005f00", "#3a3a3a", "#303030", "#262626"),
    space="#000000",
    coast=("#afffaf", "#87d787", "#5faf5f", "#5f875f", "#5f875f"),
    graticule=("#005faf", "#00005f"),
    footprint="#d7afff",
    past="#ffaf5f",
    future="#87d7ff",
    uncertain="#8a8a8a",
    label="#ffffff",
    observer="#ffffaf",
    sun="#ffd75f",
    marker="#ffffff",
    marker_fill="#d70000",
    past_dark="#af5f00",
    future_dark="#5f87af",
    seen="#afff87",
    ahead="#ffff87",
    anomaly="#ff8787",
    site="#ffd7af",
    name_sea="#87afd7",
    name_land="#d7d7af",
    name_city="#d7d7ff",
    scale="#8a8a8a",
)

# The sixteen colours as Rich numbers them; a terminal shows its own shades of them.
_DARK_16 = Palette(
    sea=("#0000aa", "#0000aa", "#000000", "#000000", "#000000"),
    land=("#aa5500", "#aa5500", "#000000", "#000000", "#000000"),
    space="#000000",
    coast=("#55ff55", "#55ff55", "#00aa00", "#00aa00", "#00aa00"),
    graticule=("#5555ff", "#0000aa"),
    footprint="#ff55ff",
    past="#ffff55",
    future="#55ffff",
    uncertain="#aaaaaa",
    label="#ffffff",
    observer="#ffff55",
    sun="#ffff55",
    marker="#ffffff",
    marker_fill="#aa0000",
)

_LIGHT = Palette(
    sea=("#cfe4f6", "#b7cfe6", "#a0b9d3", "#8ca5c1", "#7b94b1"),
    land=("#f3f0dc", "#dcdac4", "#c4c4ae", "#adaf9b", "#989c8a"),
    space="#eef1f5",
    coast=("#6f8f58", "#617e50", "#546d48", "#485d41", "#3d4f3a"),
    graticule=("#a9c4de", "#6c84a1"),
    footprint="#6f2da8",
    past="#a03000",
    future="#003e9e",
    uncertain="#4f5b6b",
    label="#0b1016",
    observer="#3d0d2d",
    sun="#9a5b00",
    marker="#ffffff",
    marker_fill="#c8102e",
    past_dark="#7a4420",
    future_dark="#34507a",
    seen="#205000",
    ahead="#5a3a00",
    anomaly="#8a1020",
    name_sea="#1c3f6e",
    name_land="#3a3420",
    name_city="#20262e",
    time="#00286a",
)

_LIGHT_256 = Palette(
    sea=("#afd7ff", "#87afd7", "#87afaf", "#8787af", "#5f87af"),
    land=("#ffffd7", "#d7d7af", "#afaf87", "#949494", "#87875f"),
    space="#ffffff",
    coast=("#5f875f", "#5f875f", "#5f5f00", "#005f00", "#005f00"),
    graticule=("#87afff", "#5f87af"),
    footprint="#5f00af",
    past="#870000",
    future="#00005f",
    uncertain="#444444",
    label="#000000",
    observer="#000000",
    sun="#5f0000",
    marker="#ffffff",
    marker_fill="#d70000",
)

_LIGHT_16 = Palette(
    sea=("#ffffff", "#ffffff", "#55ffff", "#55ffff", "#55ffff"),
    land=("#ffff55", "#ffff55", "#aaaaaa", "#aaaaaa", "#aaaaaa"),
    space="#ffffff",
    coast=("#00aa00", "#00aa00", "#555555", "#555555", "#555555"),
    graticule=("#aaaaaa", "#aaaaaa"),
    footprint="#aa00aa",
    past="#aa0000",
    future="#0000aa",
    uncertain="#555555",
    label="#000000",
    observer="#000000",
    sun="#aa5500",
    marker="#ffffff",
    marker_fill="#aa0000",
)

_CONTRAST = Palette(
    sea=("#003d99", "#002b70", "#001c4d", "#000f2b", "#000000"),
    land=("#1f7a1f", "#1c5c1c", "#204020", "#2a342a", "#2b2b2b"),
    space="#000000",
    coast=("#ffffff", "#e6ffe6", "#ccffcc", "#b3e6b3", "#a6d9a6"),
    graticule=("#4d88d9", "#26446e"),
    footprint="#ff9dff",
    past="#ffb000",
    future="#00ffff",
    uncertain="#d0d0d0",
    label="#ffffff",
    observer="#ffff00",
    sun="#ffff00",
    marker="#ffffff",
    marker_fill="#e00000",
    past_dark="#d09000",
    future_dark="#00b8b8",
    seen="#a0ff60",
    ahead="#ffff60",
    anomaly="#ff8080",
    name_sea="#a8c8ff",
    name_land="#fff0d0",
    name_city="#ffffff",
)

_CONTRAST_256 = Palette(
    sea=("#0000af", "#000087", "#00005f", "#080808", "#000000"),
    land=("#008700", "#5f5f00", "#005f00", "#444444", "#303030"),
    space="#000000",
    coast=("#ffffff", "#d7ffd7", "#afffaf", "#afd7af", "#afd7af"),
    graticule=("#5f87d7", "#005f87"),
    footprint="#ff87ff",
    past="#ffaf00",
    future="#00ffff",
    uncertain="#d7d7ff",
    label="#ffffff",
    observer="#ffffaf",
    sun="#ffff00",
    marker="#ffffff",
    marker_fill="#d70000",
)

# For eyes used to the dark: nothing but red, and little of it.
_RED = Palette(
    sea=("#2b0707", "#220505", "#190303", "#110202", "#090000"),
    land=("#5c1414", "#4a1010", "#390c0c", "#2b0a0a", "#1f0707"),
    space="#050000",
    coast=("#b84a3c", "#9c3d32", "#803229", "#692921", "#55211b"),
    graticule=("#4d1515", "#2a0909"),
    footprint="#a83c50",
    past="#c8562c",
    future="#ff7a66",
    uncertain="#8a4038",
    label="#ff9f8f",
    observer="#ff8a4a",
    sun="#e0662a",
    marker="#200000",
    marker_fill="#ff5240",
    past_dark="#96421f",
    future_dark="#b85448",
    seen="#ff9a70",
    anomaly="#d05a5a",
    name_sea="#b8604e",
    name_land="#d87a66",
    name_city="#d87a66",
    scale="#b8604e",
)

_RED_256 = Palette(
    sea=("#1c1c1c", "#121212", "#121212", "#080808", "#000000"),
    land=("#870000", "#870000", "#5f0000", "#5f0000", "#262626"),
    space="#000000",
    coast=("#d75f5f", "#af5f5f", "#af0000", "#870000", "#870000"),
    graticule=("#5f0000", "#5f0000"),
    footprint="#d7005f",
    past="#d75f00",
    future="#ff8787",
    uncertain="#875f5f",
    label="#ffafaf",
    observer="#ffaf87",
    sun="#ff5f00",
    marker="#000000",
    marker_fill="#ff5f5f",
    anomaly="#ff5f5f",
    scale="#d75f5f",
)

_RED_16 = Palette(
    sea=("#000000",) * 5,
    land=("#aa0000", "#aa0000", "#000000", "#000000", "#000000"),
    space="#000000",
    coast=("#ff5555", "#ff5555", "#aa0000", "#aa0000", "#aa0000"),
    graticule=("#aa0000", "#aa0000"),
    footprint="#aa0000",
    past="#ff5555",
    future="#ff5555",
    uncertain="#aa0000",
    label="#ff5555",
    observer="#ff5555",
    sun="#ff5555",
    marker="#000000",
    marker_fill="#ff5555",
)

# The terminal's own colours on its own background: no fill at all.
_ANSI = Palette(
    sea=("",) * 5,
    land=("",) * 5,
    space="",
    coast=("green", "green", "cyan", "blue", "blue"),
    graticule=("bright_black", "bright_black"),
    footprint="magenta",
    past="yellow",
    future="bright_cyan",
    uncertain="bright_black",
    label="",
    observer="bright_yellow",
    sun="bright_yellow",
    marker="bright_white",
    marker_fill="red",
)

# Greys that keep land, sea and night apart by brightness alone; the tracks differ by texture.
_GREY = Palette(
    sea=("#4b4b4b", "#3b3b3b", "#2c2c2c", "#1d1d1d", "#0e0e0e"),
    land=("#767676", "#6c6c6c", "#555555", "#404040", "#2e2e2e"),
    space="#000000",
    coast=("#c8c8c8", "#acacac", "#919191", "#787878", "#626262"),
    graticule=("#626262", "#333333"),
    footprint="#d0d0d0",
    past="#f0f0f0",
    future="#ffffff",
    uncertain="#a8a8a8",
    label="#ffffff",
    observer="#ffffff",
    sun="#ffffff",
    marker="#000000",
    marker_fill="#ffffff",
)

PALETTES: dict[str, dict[str, Palette]] = {
    "dark": {TRUECOLOR: _DARK, EIGHT_BIT: _DARK_256, STANDARD: _DARK_16},
    "light": {TRUECOLOR: _LIGHT, EIGHT_BIT: _LIGHT_256, STANDARD: _LIGHT_16},
    "contrast": {TRUECOLOR: _CONTRAST, EIGHT_BIT: _CONTRAST_256, STANDARD: _DARK_16},
    "red": {TRUECOLOR: _RED, EIGHT_BIT: _RED_256, STANDARD: _RED_16},
    "grey": {TRUECOLOR: _GREY, EIGHT_BIT: _GREY, STANDARD: _ANSI},
    "ansi": {TRUECOLOR: _ANSI, EIGHT_BIT: _ANSI, STANDARD: _ANSI},
}
"""Palette by name and by the depth of the terminal's colours."""


def palette(name: str, color_system: str | None) -> Palette:
    """The palette of this name for a terminal as Rich describes it; an unknown name gives the dark one."""
    depths = PALETTES.get(name, PALETTES["dark"])
    depth = STANDARD if color_system == "windows" else color_system
    return depths.get(depth or TRUECOLOR, depths[TRUECOLOR])
