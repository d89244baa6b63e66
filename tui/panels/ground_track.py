"""The ground track: a world map with the station, its way, day and night."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.palette import Role, palette
from tui.projection import Place
from tui.worldmap import MapOptions, MapScene, MapStyle, WorldMap

CENTRES_DEG: tuple[float | None, ...] = (105.0, 0.0, 180.0, None)
"""Central meridians in the order in which they are cycled through; None follows the station."""

STYLES = (MapStyle.BRAILLE, MapStyle.HALF, MapStyle.ASCII, MapStyle.GLOBE)
"""Styles in the order in which they are cycled through; octants only when asked for by name."""


def theme_variable(role: Role) -> str:
    """The variable with which a theme sets a role's colour."""
    return f"map-{role.name.lower().replace('_', '-')}"


TILES = 6
"""Columns of tiles in which the map is painted, see `MapTile`."""


class MapTile(Widget):
    """An upright strip of the map.

    Textual writes a changed row of a widget from the widget's left edge to the end of the change. In narrow
    widgets side by side that is a shorter way: on a map of 160 x 45 cells six tiles write 40 percent of the bytes
    that one does; more gain little and cost time.
    """

    DEFAULT_CSS = "MapTile { width: 1fr; height: 100%; }"

    def __init__(self, track: GroundTrack, number: int) -> None:
        """Make one tile of a map.

        Args:
            track: The map.
            number: Which tile this is, counted from the left.
        """
        super().__init__()
        self._track = track
        self._number = number

    def render(self) -> RenderResult:
        """Not used: tiles are drawn line by line."""
        return ""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows that are to be painted.

        A tile has neither border nor padding and the map keeps its strips: going through Textual's own cache of
        styled lines would cost more than drawing them.
        """
        self._track.lay_out()
        strips = [self._track.strip(self._number, row) for row in crop.line_range]
        first, after = crop.column_span
        return [strip if crop.width == strip.cell_length else strip.crop(first, after) for strip in strips]


class GroundTrack(Widget):
    """A map that is given scenes and repaints the cells that changed, nothing else.

    Colours come from `tui.palette`: from the palette the theme names in its variable `map-palette` (`dark`,
    `light`, `contrast`, `red`), else by whether the theme is dark. The variables `map-sea-day`, `map-future` and so
    on (see `tui.palette.Role`) override single colours. (Textual's component classes would do the same, but each of
    them is a node that the style sheet is applied to: together they cost more than drawing the map.)
    """

    DEFAULT_CSS = "GroundTrack { width: 1fr; height: 1fr; layout: horizontal; }"
    BLANK = True  # the tiles cover it

    HELP = """\
    ## Ground track
    The solid line is where the station goes (arrowheads show the direction), the dotted one where it was.
    The circle is the horizon: inside it the station is above the horizon now. ☼ the Sun overhead, ⌂ your place.
    """

    class Clicked(Message):
        """A place on the map was clicked; north and east (-180 to 180) are positive."""

        def __init__(self, latitude_deg: float, longitude_deg: float) -> None:
            super().__init__()
            self.latitude_deg = latitude_deg
            self.longitude_deg = longitude_deg

    class Pointed(Message):
        """The mouse is over another place of the map, or (both None) has left it."""

        def __init__(self, latitude_deg: float | None, longitude_deg: float | None) -> None:
            super().__init__()
            self.latitude_deg = latitude_deg
            self.longitude_deg = longitude_deg

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
        self._tiles = [MapTile(self, number) for number in range(TILES)]
        self._strips: dict[tuple[int, int, int], Strip] = {}
        self._edges: list[int] = []
        self._colours: list[Color | None] | None = None
        self._styles_of: dict[tuple[int, int], Style] = {}
        self._pointed: Place | None = None

    # -- what the app calls --------------------------------------------------------------------------------

    def show(self, scene: MapScene) -> None:
        """Show a scene; repaints only what differs from the last one."""
        self._scene = scene
        if self._map is None:
            self._repaint()
            return
        changed = self._map.draw(scene)
        if changed:
            self._repaint_cells(changed, self._map.width)

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
        self.options = self._options._replace(style=STYLES[number % len(STYLES)])
        return self._options.style

    def cycle_centre(self) -> float | None:
        """Go on to the next central meridian and say which it is; None follows the station."""
        centre = self._options.centre_longitude_deg
        number = CENTRES_DEG.index(centre) + 1 if centre in CENTRES_DEG else 0
        self.options = self._options._replace(centre_longitude_deg=CENTRES_DEG[number % len(CENTRES_DEG)])
        return self._options.centre_longitude_deg

    # -- drawing -------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The tiles, from left to right."""
        yield from self._tiles

    def strip(self, number: int, row: int) -> Strip:
        """One row of one tile as it is laid out, kept until something in it changes."""
        world = self._map
        first, after = self._edges[number : number + 2]
        if world is None or row >= world.height or after > world.width:
            return Strip.blank(after - first)
        strip = self._strips.get((first, after, row))
        if strip is None:
            style = self._style
            segments = [Segment(text, style(ink, fill)) for text, ink, fill in world.runs(row, first, after)]
            strip = Strip(segments, after - first)
            for line_filter in self.get_line_filters():
                strip = strip.apply_filter(line_filter, self.background_colors[1])
            self._strips[first, after, row] = strip
        return strip

    def _repaint_cells(self, cells: set[int], width: int) -> None:
        """Have changed cells painted: in each row of each tile what lies between the first and the last of them."""
        edges = self._edges
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for cell in cells:
            row, column = divmod(cell, width)
            key = (min(bisect_right(edges, column), TILES) - 1, row)
            first, after = spans.get(key, (column, column + 1))
            spans[key] = (min(first, column), max(after, column + 1))
        regions: list[list[Region]] = [[] for _ in self._tiles]
        for (number, row), (first, after) in spans.items():
            left, right = edges[number : number + 2]
            self._strips.pop((left, right, row), None)
            regions[number].append(Region(first - left, row, after - first, 1))
        for tile, found in zip(self._tiles, regions, strict=True):
            if found:
                tile.refresh(*found)

    def _repaint(self) -> None:
        """Have everything painted."""
        self._strips.clear()
        for tile in self._tiles:
            tile.refresh()

    def lay_out(self) -> None:
        """Fit map and tiles to the widget's present size; in a new size nothing that was kept is right."""
        width, height = self.content_size
        self._edges = list(accumulate((tile.size.width for tile in self._tiles), initial=0))
        if self._scene is None or width < 1 or height < 1:
            return
        if self._map is None or (self._map.width, self._map.height) != (width, height):
            self._strips.clear()
            textured = self._options.textured or not self._fills_show()
            self._map = WorldMap(width, height, self._options._replace(textured=textured))
            self._map.draw(self._scene)

    def _start_over(self) -> None:
        """Forget what was drawn and draw it when it is next painted."""
        self._map = None
        self._repaint()

    def on_resize(self) -> None:
        """Have all tiles painted: also those that kept their own size show another part of another map now."""
        for tile in self._tiles:
            tile.refresh()

    # -- colours -------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """The theme or the style sheet has changed."""
        self._colours = None
        self._styles_of = {}
        self._map = None
        self._repaint()
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
        """The colour of each role: the palette's, or the theme's where it sets one."""
        own = self.app.current_theme.variables
        chosen = palette(self._palette_name(), self.app.console.color_system).colours()
        chosen = [own.get(theme_variable(role), colour) for role, colour in zip(Role, chosen, strict=True)]
        return [Color.parse(colour) if colour else None for colour in chosen]

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

    def _place_under(self, event: events.MouseEvent) -> Place | None:
        """The place under the mouse."""
        offset = event.screen_offset - self.content_region.offset
        return self.place_at(offset.x, offset.y)

    def on_click(self, event: events.Click) -> None:
        """Tell which place was clicked."""
        place = self._place_under(event)
        if place is not None:
            self.post_message(self.Clicked(*place))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell which place the mouse is over, when it changes."""
        self._point(self._place_under(event))

    def on_leave(self) -> None:
        """The mouse has left a tile: say so if it has left the map."""
        if self.app.mouse_over not in self._tiles:
            self._point(None)

    def _point(self, place: Place | None) -> None:
        """Announce another place under the mouse."""
        if place != self._pointed:
            self._pointed = place
            self.post_message(self.Pointed(*(place or (None, None))))
