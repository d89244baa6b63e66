"""The ground track: a world map with the station, its way, day and night."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import RenderResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.palette import FILLS, Role, palette
from tui.projection import Place
from tui.worldmap import MapOptions, MapScene, MapStyle, WorldMap

CENTRES_DEG: tuple[float | None, ...] = (105.0, 0.0, 180.0, None)
"""Central meridians in the order in which they are cycled through; None follows the station."""

STYLES = (MapStyle.BRAILLE, MapStyle.HALF, MapStyle.ASCII, MapStyle.GLOBE)
"""Styles in the order in which they are cycled through; octants only when asked for by name."""


def component_class(role: Role) -> str:
    """The CSS component class that sets a role's colour."""
    return f"ground-track--{role.name.lower().replace('_', '-')}"


class GroundTrack(Widget):
    """A map that is given scenes and repaints the cells that changed, nothing else.

    Colours come from `tui.palette`: from the palette the theme names in its variable `map-palette` (`dark`,
    `light`, `contrast`, `red`), else by whether the theme is dark. The component classes `ground-track--sea-day`,
    `ground-track--future` and so on (see `tui.palette.Role`) override single colours: `background` for fills,
    `color` for the rest.
    """

    DEFAULT_CSS = "GroundTrack { width: 1fr; height: 1fr; }"

    COMPONENT_CLASSES: ClassVar[set[str]] = {component_class(role) for role in Role}

    HELP = """\
    ## Ground track
    The solid line is where the station goes (arrowheads show the direction), the dotted one where it was.
    The circle is the horizon: inside it the station is above the horizon now. ☼ the Sun overhead, ⌂ your place.
    """

    @dataclass
    class Clicked(Message):
        """A place on the map was clicked."""

        latitude_deg: float
        """North positive."""
        longitude_deg: float
        """East positive, -180 to 180."""

    @dataclass
    class Pointed(Message):
        """The mouse is over another place of the map, or (both None) has left it."""

        latitude_deg: float | None
        longitude_deg: float | None

        def can_replace(self, message: Message) -> bool:
            """Only the newest position of the mouse matters."""
            return isinstance(message, GroundTrack.Pointed)

    def __init__(
        self,
        options: MapOptions | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make an empty map; `show` fills it.

        Args:
            options: Style, centre and what to show.
            name: The name of the widget.
            id: The ID of the widget in the DOM.
            classes: The CSS classes of the widget.
        """
        super().__init__(name=name, id=id, classes=classes)
        self._options = options or MapOptions()
        self._scene: MapScene | None = None
        self._map: WorldMap | None = None
        self._strips: dict[int, Strip] = {}
        self._colours: list[Color | None] | None = None
        self._styles_of: dict[tuple[int, int], Style] = {}
        self._pointed: Place | None = None

    # -- what the app calls --------------------------------------------------------------------------------

    def show(self, scene: MapScene) -> None:
        """Show a scene; repaints only what differs from the last one."""
        self._scene = scene
        if self._map is None:
            self.refresh()
            return
        spans = self._map.draw(scene)
        for row in spans:
            self._strips.pop(row, None)
        if spans:
            self.refresh(*(Region(first, row, after - first, 1) for row, (first, after) in spans.items()))

    @property
    def options(self) -> MapOptions:
        """Style, centre and what to show. Setting it draws the map anew."""
        return self._options

    @options.setter
    def options(self, options: MapOptions) -> None:
        if options != self._options:
            self._options = options
            self._start_over()

    def cycle_style(self) -> MapStyle:
        """Go on to the next style and say which it is."""
        known = self._options.style in STYLES
        number = STYLES.index(self._options.style) + 1 if known else 0
        self.options = replace(self._options, style=STYLES[number % len(STYLES)])
        return self._options.style

    def cycle_centre(self) -> float | None:
        """Go on to the next central meridian and say which it is; None follows the station."""
        centre = self._options.centre_longitude_deg
        number = CENTRES_DEG.index(centre) + 1 if centre in CENTRES_DEG else 0
        self.options = replace(self._options, centre_longitude_deg=CENTRES_DEG[number % len(CENTRES_DEG)])
        return self._options.centre_longitude_deg

    # -- drawing -------------------------------------------------------------------------------------------

    def render(self) -> RenderResult:
        """Not used: the map is drawn line by line."""
        return ""

    def render_line(self, y: int) -> Strip:
        """One row of the map, kept until something in it changes."""
        strip = self._strips.get(y)
        if strip is None:
            world = self._current_map()
            if world is None or not 0 <= y < world.height:
                return Strip.blank(self.content_size.width)
            style = self._style
            segments = [Segment(text, style(ink, fill)) for text, ink, fill in world.runs(y)]
            strip = self._strips[y] = Strip(segments, world.width)
        return strip

    def _current_map(self) -> WorldMap | None:
        """The map in the widget's present size, drawn now if the size is new."""
        width, height = self.content_size
        if self._scene is None or width < 1 or height < 1:
            return None
        if self._map is None or (self._map.width, self._map.height) != (width, height):
            self._strips.clear()
            textured = self._options.textured or not self._fills_show()
            self._map = WorldMap(width, height, replace(self._options, textured=textured))
            self._map.draw(self._scene)
        return self._map

    def _start_over(self) -> None:
        """Forget what was drawn and draw it when it is next painted."""
        self._map = None
        self._strips.clear()
        self.refresh()

    def on_resize(self) -> None:
        """Draw in the new size once, when it is painted."""
        self._start_over()

    # -- colours -------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """The theme or the style sheet has changed."""
        self._colours = None
        self._styles_of = {}
        self._map = None
        self._strips = {}
        super().notify_style_update()

    def _fills_show(self) -> bool:
        """Whether backgrounds can tell day from night here."""
        return self.app.console.color_system is not None and not self.app.native_ansi_color

    def _palette_name(self) -> str:
        """Which palette suits the theme."""
        if self.app.native_ansi_color:
            return "ansi"
        if self.app.no_color:
            return "grey"
        theme = self.app.current_theme
        return theme.variables.get("map-palette", "dark" if theme.dark else "light")

    def _load_colours(self) -> list[Color | None]:
        """The colour of each role: the palette's, or the style sheet's where it sets one."""
        chosen = palette(self._palette_name(), self.app.console.color_system).colours()
        colours: list[Color | None] = [Color.parse(colour) if colour else None for colour in chosen]
        for role in Role:
            styles = self.get_component_styles(component_class(role))
            if role in FILLS and styles.has_rule("background"):
                colours[role] = styles.background.rich_color
            elif role not in FILLS and styles.has_rule("color"):
                colours[role] = styles.color.rich_color
        return colours

    def _style(self, ink: int, fill: int) -> Style:
        """The style of cells with this ink and fill."""
        style = self._styles_of.get((ink, fill))
        if style is None:
            if self._colours is None:
                self._colours = self._load_colours()
            style = self._styles_of[ink, fill] = Style(
                color=self._colours[ink],
                bgcolor=self._colours[fill],
                bold=ink in {Role.LABEL, Role.MARKER, Role.OBSERVER} or None,
            )
        return style

    # -- mouse ---------------------------------------------------------------------------------------------

    def place_at(self, x: int, y: int) -> Place | None:
        """Latitude and longitude under a cell of the widget's content, if there is one."""
        return None if self._map is None else self._map.place(x, y)

    def on_click(self, event: events.Click) -> None:
        """Tell which place was clicked."""
        offset = event.get_content_offset(self)
        place = None if offset is None else self.place_at(offset.x, offset.y)
        if place is not None:
            self.post_message(self.Clicked(*place))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell which place the mouse is over, when it changes."""
        offset = event.get_content_offset(self)
        self._point(None if offset is None else self.place_at(offset.x, offset.y))

    def on_leave(self) -> None:
        """The mouse has left the map."""
        self._point(None)

    def _point(self, place: Place | None) -> None:
        """Announce another place under the mouse."""
        if place != self._pointed:
            self._pointed = place
            self.post_message(self.Pointed(*(place or (None, None))))
