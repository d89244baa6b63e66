"""The ground track: a world map with the station, its way, day and night."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing.canvas import PACKED
from tui.drawing.cells import readable_ground
from tui.map.flat_projection import Place
from tui.map.palette import Role, palette
from tui.map.world_map import MapOptions, MapScene, MapStyle, WorldMap

if TYPE_CHECKING:
    from tui.map.earth import EarthColours

CENTRES_DEG: tuple[float | None, ...] = (105.0, 0.0, 180.0, None)
"""Central meridians in the order in which they are cycled through; None follows the station."""

STYLES = (MapStyle.EARTH, MapStyle.BRAILLE, MapStyle.HALF, MapStyle.ASCII, MapStyle.GLOBE)
"""Styles in the order in which they are cycled through; octants only when asked for by name."""


def theme_variable(role: Role) -> str:
    """The variable with which a theme sets a role's colour."""
    return f"map-{role.name.lower().replace('_', '-')}"


CLOSE_COLUMNS = 8
"""Changed cells of a row that are no further apart than this are painted as one stretch."""


MOST_STYLES = 8192
"""Pairs of colours that are remembered: a little more than the largest map of the Earth shows at once."""


@lru_cache(maxsize=4096)
def _unpacked(colour: int) -> Color:
    """A packed colour (see `tui.drawing.canvas.PACKED`) as Rich has it."""
    return Color.from_rgb(colour >> 16 & 255, colour >> 8 & 255, colour & 255)


class GroundTrack(Widget):
    """A map that is given scenes and repaints the cells that changed, nothing else.

    Colours come from `tui.map.palette`: from the palette the theme names in its variable `map-palette` (`dark`,
    `light`, `contrast`, `red`), else by whether the theme is dark. The variables `map-sea-day`, `map-future` and so
    on (see `tui.map.palette.Role`) override single colours. (Textual's component classes would do the same, but each of
    them is a node that the style sheet is applied to: together they cost more than drawing the map.)
    """

    DEFAULT_CSS = "GroundTrack { width: 1fr; height: 1fr; }"

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
        self._colours: list[Color | None] | None = None
        self._styles_of: dict[tuple[int, int], Style] = {}
        self._pointed: Place | None = None
        self._drawn_size = Size(0, 0)
        self._refined = False

    # -- what the app calls --------------------------------------------------------------------------------

    def show(self, scene: MapScene) -> None:
        """Show a scene; repaints only what differs from the last one."""
        self._scene = scene
        if self._map is None:
            self.refresh()
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
        styles = [style for style in STYLES if style is not MapStyle.EARTH or self._earth_colours() is not None]
        number = styles.index(self._options.style) + 1 if self._options.style in styles else 0
        self.options = replace(self._options, style=styles[number % len(styles)])
        return self._options.style

    def cycle_centre(self) -> float | None:
        """Go on to the next central meridian and say which it is; None follows the station."""
        centre = self._options.centre_longitude_deg
        number = CENTRES_DEG.index(centre) + 1 if centre in CENTRES_DEG else 0
        self.options = replace(self._options, centre_longitude_deg=CENTRES_DEG[number % len(CENTRES_DEG)])
        return self._options.centre_longitude_deg

    # -- drawing -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Fit the map to the widget's present size; in a new size nothing that was kept is right."""
        size = self.size
        if self._scene is None or not size:
            return
        if self._map is None or self._drawn_size != size:
            textured = self._options.textured or not self._fills_show()
            options = replace(self._options, textured=textured, earth=self._earth_colours())
            self._map = WorldMap(*size, options, draft=not self._refined)
            self._map.draw(self._scene)
            if not self._refined:  # the first picture is a draft, see `WorldMap`
                self.call_after_refresh(self._refine)
            self._drawn_size = size

    def _refine(self) -> None:
        """The first picture is on the screen: draw as finely as can be from now on."""
        self._refined = True
        changed = self._map.refine() if self._map is not None else set()
        if changed and self._map is not None:
            self._repaint_cells(changed, self._map.width)

    def render_line(self, y: int) -> Strip:
        """One row; Textual keeps it until something in it changes."""
        self._lay_out()
        if self._map is None or y >= self._map.height:
            return Strip.blank(self.size.width)
        style = self._ink_style
        return Strip([Segment(text, style(ink, fill)) for text, ink, fill in self._map.runs(y)], self._map.width)

    def _repaint_cells(self, cells: set[int], width: int) -> None:
        """Have changed cells painted, in each row stretch by stretch."""
        regions: list[Region] = []
        row = first = last = -1
        for cell in sorted(cells):
            y, x = divmod(cell, width)
            if y != row or x - last > CLOSE_COLUMNS:
                if row >= 0:
                    regions.append(Region(first, row, last + 1 - first, 1))
                row, first = y, x
            last = x
        self.refresh(*regions, Region(first, row, last + 1 - first, 1))

    def _start_over(self) -> None:
        """Forget what was drawn and draw it when it is next painted."""
        self._map, self._drawn_size = None, Size(0, 0)
        self.refresh()

    # -- colours -------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """The theme or the style sheet has changed."""
        self._colours = None
        self._styles_of = {}
        self._start_over()
        super().notify_style_update()

    def _fills_show(self) -> bool:
        """Whether backgrounds can tell day from night here."""
        return self.app.console.color_system is not None and not self.app.native_ansi_color

    def _earth_colours(self) -> EarthColours | None:
        """The colours in which the Earth can be shown as it looks; None where the terminal has too few."""
        depth = self.app.console.color_system
        if self.app.native_ansi_color or self.app.no_color or depth not in {"truecolor", "256"}:
            return None
        if self._palette_name() == "red":
            return "red" if depth == "truecolor" else None
        return "truecolor" if depth == "truecolor" else "256"

    def _palette_name(self) -> str:
        """Which palette suits the theme."""
        if self.app.native_ansi_color:
            return "ansi"
        if self.app.no_color:
            return "grey"
        theme = self.app.current_theme
        dark = theme.dark or self._options.style is MapStyle.EARTH  # the Earth is a dark picture in every theme
        return theme.variables.get("map-palette", "dark" if dark else "light")

    def _load_colours(self) -> list[Color | None]:
        """The colour of each role: the palette's, or the theme's where it sets one."""
        own = self.app.current_theme.variables
        chosen = palette(self._palette_name(), self.app.console.color_system).colours()
        chosen = [own.get(theme_variable(role), colour) for role, colour in zip(Role, chosen, strict=True)]
        return [Color.parse(colour) if colour else None for colour in chosen]

    def _ink_style(self, ink: int, fill: int) -> Style:
        """The style of cells with this ink and fill."""
        style = self._styles_of.get((ink, fill))
        if style is None:
            if self._colours is None:
                self._colours = self._load_colours()
            if len(self._styles_of) >= MOST_STYLES:
                self._styles_of.clear()
            style = self._styles_of[ink, fill] = self._made_style(ink, fill)
        return style

    def _made_style(self, ink: int, fill: int) -> Style:
        """The style of cells with this ink and fill, as it is before the app's filters."""
        colours = self._colours
        assert colours is not None  # noqa: S101 - loaded by the caller
        if fill < PACKED:
            bold = ink in {Role.LABEL, Role.MARKER, Role.OBSERVER} or None
            return Style(color=colours[ink], bgcolor=colours[fill], bold=bold)
        if ink >= PACKED:
            return Style.from_color(_unpacked(ink), _unpacked(fill))
        colour = colours[ink]
        if colour is not None:  # a line or a letter over the Earth
            fill = readable_ground(fill & 0xFFFFFF, int(colour.get_truecolor().hex[1:], 16))
        return Style(color=colour, bgcolor=_unpacked(fill), bold=ink in {Role.LABEL, Role.OBSERVER} or None)

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
        """The mouse has left the map."""
        self._point(None)

    def _point(self, place: Place | None) -> None:
        """Announce another place under the mouse."""
        if place != self._pointed:
            self._pointed = place
            self.post_message(self.Pointed(*(place or (None, None))))
