"""What the tests of the map share: a station on a circular orbit, a screen in memory, reviewable text of a map."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, floor, pi, radians, sin
from typing import Any

import pyte
from rich.style import Style
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.widget import Widget

from tui.drawing.changed_cells import ChangedCells
from tui.map.scene import MapOptions, MapScene
from tui.map.world_map import WorldMap
from tui.widgets.line_filters import KeptRows, OwnColours
from tui.widgets.map.world_map_panel import GroundTrack

INCLINATION_DEG, PERIOD_S, DAY_S = 41.5, 5540.0, 86164.0
ISLAMABAD = (33.7, 73.1, "Islamabad")


def sub_point(seconds: float) -> tuple[float, float]:
    """Latitude and longitude under a station on a circular, inclined orbit over a turning Earth."""
    inclination, along = radians(INCLINATION_DEG), 2 * pi * seconds / PERIOD_S
    latitude = asin(sin(inclination) * sin(along))
    right_ascension = atan2(cos(inclination) * sin(along), cos(along))
    longitude_deg = degrees(right_ascension) + 30.0 - seconds / DAY_S * 360.0
    return degrees(latitude), (longitude_deg + 180.0) % 360.0 - 180.0


def scene_at(seconds: float, **changes: Any) -> MapScene:
    """The scene at an instant: half a revolution back, one and a half ahead, samples at multiples of 30 s."""
    newest = floor(seconds / 30)
    latitude_deg, longitude_deg = sub_point(seconds)
    values: dict[str, Any] = {
        "latitude_deg": latitude_deg,
        "longitude_deg": longitude_deg,
        "subsolar_latitude_deg": 23.4 * sin(2 * pi * (seconds / 86400.0 - 80.0) / 365.25),
        "subsolar_longitude_deg": (60.0 - seconds / 240.0 + 180.0) % 360.0 - 180.0,
        "past": tuple(sub_point(30.0 * i) for i in range(newest - 92, newest + 1)),
        "future": tuple(sub_point(30.0 * i) for i in range(newest + 1, newest + 277)),
        "footprint_radius_deg": 19.8,
        "observer": ISLAMABAD,
    }
    return MapScene(**{**values, **changes})


def shown(width: int, height: int, scene: MapScene, options: MapOptions | None = None) -> WorldMap:
    """A fresh map of one scene."""
    world = WorldMap(width, height, options or MapOptions())
    world.draw(scene)
    return world


def cells(world: WorldMap) -> list[tuple[str, int, int]]:
    """All that a map shows, cell by cell."""
    canvas = world.canvas
    return list(zip(canvas.glyphs, canvas.inks, canvas.fills, strict=True))


def as_text(world: WorldMap) -> str:
    """A map as text: its glyphs, then its fills (a to e sea from day to night, A to E land, K space, * marker)."""
    letters = "abcdeABCDEK" + "?" * 15 + "*"
    glyphs = [world.canvas.text(row).rstrip() for row in range(world.height)]
    fills = [letters[fill] for fill in world.canvas.fills]
    lines = ["".join(fills[row * world.width : (row + 1) * world.width]) for row in range(world.height)]
    return "\n".join([*glyphs, "", *lines, ""])


class RecordingDriver(HeadlessDriver):
    """Takes what Textual would write to a terminal."""

    written: list[str]

    @property
    def is_headless(self) -> bool:
        return False

    changed: ChangedCells | None = None
    """Passes what is written through this, as the dashboard's driver does."""

    def write(self, data: str) -> None:
        self.written.append(data if self.changed is None else self.changed.reduced(data))


class BareMap(GroundTrack, KeptRows, OwnColours, Widget):
    """A map without border and frames: it shows the scenes it is given."""

    DEFAULT_CSS = "BareMap { width: 1fr; height: 1fr; }"


class MapApp(App[None]):
    """Nothing but a map, with something beside and above it so that its place is not the corner."""

    CSS = "#above { height: 2; } #beside { width: 7; } #frame { border: round grey; }"

    def __init__(self, scene: MapScene | None, options: MapOptions | None = None, *, bare: bool = False) -> None:
        super().__init__()
        self._first, self._options, self._bare = scene, options, bare
        self.messages: list[object] = []

    def compose(self) -> ComposeResult:
        from textual.containers import Horizontal
        from textual.widgets import Static

        if self._bare:
            yield BareMap(self._options)
            return
        yield Static("above", id="above")
        with Horizontal():
            yield Static("beside", id="beside")
            with Horizontal(id="frame"):
                yield BareMap(self._options)

    def on_mount(self) -> None:
        if self._first is not None:
            self.track.show_scene(self._first)

    @property
    def track(self) -> BareMap:
        return self.query_one(BareMap)

    def on_ground_track_clicked(self, message: GroundTrack.Clicked) -> None:
        self.messages.append(message)

    def record(self) -> list[str]:
        """From now on, keep all that is written."""
        driver = self._driver
        assert isinstance(driver, HeadlessDriver)
        driver.__class__ = RecordingDriver
        assert isinstance(driver, RecordingDriver)
        driver.written = []
        return driver.written


class Terminal:
    """A terminal in memory."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self.screen)

    def feed(self, written: list[str]) -> None:
        """Play what was written."""
        for data in written:
            self._stream.feed(data.replace("\n", "\r\n"))

    def row(self, y: int, x0: int, x1: int) -> list[tuple[str, str, str]]:
        """Glyph, foreground and background of some cells; the foreground of a space does not count."""
        line = self.screen.buffer[y]
        found = [line[x] for x in range(x0, x1)]
        return [(cell.data, "" if cell.data == " " else cell.fg, cell.bg) for cell in found]


def expected_row(track: GroundTrack, world: WorldMap, row: int) -> list[tuple[str, str, str]]:
    """What a terminal has to show in one row of a widget's map."""

    def colour(style: Style, ground: bool) -> str:
        value = style.bgcolor if ground else style.color
        return "default" if value is None else value.get_truecolor().hex.removeprefix("#")

    result = []
    for text, ink, fill in world.canvas.runs(row):
        style = track.colours.style(ink, fill, track.options.style)
        fore, back = colour(style, ground=False), colour(style, ground=True)
        result += [(glyph, "" if glyph == " " else fore, back) for glyph in text]
    return result
