"""The ground track: a world map with the station, its way, day and night."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Self, TypeAlias

from msgspec.structs import replace
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.map.scene import MapOptions, MapStyle
from tui.map.world_map import WorldMap
from tui.widgets.map.map_colours import MapColours
from tui.widgets.map.map_rows import MapRows

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer
    from textual.widget import Widget

    from tui.map.flat_projection import FlatProjection
    from tui.map.ground.earth import EarthColours
    from tui.map.projection import Place
    from tui.map.scene import MapScene

    WidgetPart: TypeAlias = Widget
else:
    WidgetPart = object  # every further class of widgets costs a fifth of a millisecond of the start

CENTRES_DEG: tuple[float | None, ...] = (105.0, 0.0, 180.0, None)
"""Central meridians in the order in which they are cycled through; None follows the station."""

STYLES = (MapStyle.EARTH, MapStyle.BRAILLE, MapStyle.HALF, MapStyle.ASCII, MapStyle.GLOBE, MapStyle.WINDOW)
"""Styles in the order in which they are cycled through; octants only when asked for by name."""

SETTLED_S = 0.6
"""So long after the last movement of the map its place is announced, to be kept."""


class GroundTrack(WidgetPart):
    """A part of a widget: a map that is given scenes and repaints the cells that changed, nothing else.

    The wheel zooms at the pointer, dragging moves the map, a click announces the place.
    """

    class Clicked(Message):
        """A place on the map was clicked, or chosen by a key; north and east (-180 to 180) are positive."""

        def __init__(self, latitude_deg: float, longitude_deg: float) -> None:
            super().__init__()
            self.latitude_deg = latitude_deg
            self.longitude_deg = longitude_deg

    class Moved(Message):
        """The user has moved the map and it has come to rest; carries the options to be stored."""

        def __init__(self, options: MapOptions) -> None:
            super().__init__()
            self.options = options

        def can_replace(self, message: Message) -> bool:
            """Replaces an older message of the same kind in the queue."""
            return isinstance(message, GroundTrack.Moved)

    def __init__(self, options: MapOptions | None = None, *, id: str | None = None) -> None:
        """Create an empty map; `show` fills it.

        Args:
            options: Style, centre and what to show.
            id: The ID of the widget in the DOM.
        """
        self._rows = MapRows()  # before a title is set, which refreshes the widget
        super().__init__(id=id)
        self._options = options or MapOptions()
        self._scene: MapScene | None = None
        self._map: WorldMap | None = None
        self._colours: MapColours | None = None
        self._drawn_size = Size(0, 0)
        self._refined = False
        self._before_window = MapStyle.EARTH
        self._whole_centre_deg = self._options.centre_longitude_deg if self._options.zoom == 1.0 else CENTRES_DEG[0]
        """The meridian in the middle of the whole Earth, before it came nearer."""
        self._drag: tuple[int, int, Place, MapOptions] | None = None
        """Where the button went down on the screen, the middle of the map and its options then."""
        self._dragged = False
        self._settling: Timer | None = None

    # -- what the app calls --------------------------------------------------------------------------------

    def show_scene(self, scene: MapScene) -> None:
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
            if options.style is not self._options.style and self._colours is not None:
                self._colours.forget()
            self._options = options
            self._start_over()

    @property
    def drawn_options(self) -> MapOptions:
        """The options as far as this terminal can show them."""
        return self._options if self._map is None else self._map.options

    def cycle_style(self) -> MapStyle:
        """Switch to the next style; returns it."""
        of_earth = {MapStyle.EARTH, MapStyle.WINDOW}
        styles = [style for style in STYLES if style not in of_earth or self._earth_colours() is not None]
        number = styles.index(self._options.style) + 1 if self._options.style in styles else 0
        self.options = replace(self._options, style=styles[number % len(styles)])
        return self._options.style

    def toggle_window(self) -> MapStyle | None:
        """Switch between map and window view; returns the style, or None where the terminal has too few colours."""
        if self._options.style is MapStyle.WINDOW:
            self.options = replace(self._options, style=self._before_window)
        elif self._earth_colours() is None:
            return None
        else:
            self._before_window = self._options.style
            self.options = replace(self._options, style=MapStyle.WINDOW)
        return self._options.style

    def cycle_centre(self) -> float | None:
        """Switch to the next central meridian; returns it in degrees, None if the map follows the station.

        A map of a part of the Earth begins to follow the station, or stays where it is.
        """
        options = self._options
        centre = options.centre_longitude_deg
        if options.zoom > 1.0:
            from tui.map.viewport import centred

            stays = centred(options, self._flat.middle if self._flat else (0.0, CENTRES_DEG[0] or 0.0))
            self.options = replace(options, centre_longitude_deg=None) if centre is not None else stays
        else:
            number = CENTRES_DEG.index(centre) + 1 if centre in CENTRES_DEG else 0
            self.options = replace(options, centre_longitude_deg=CENTRES_DEG[number % len(CENTRES_DEG)])
        self._announce()
        return self._options.centre_longitude_deg

    @property
    def _flat(self) -> FlatProjection | None:
        """Where places are on the map, if it is drawn and flat."""
        return None if self._map is None else self._map.flat

    @property
    def is_flat(self) -> bool:
        """Whether the map is flat: the globe and the view out of the window cannot be moved."""
        if self._map is None:  # nothing is drawn yet, or not since a change
            return self._scene is not None and self._options.style not in {MapStyle.GLOBE, MapStyle.WINDOW}
        return self._map.flat is not None

    @property
    def is_afield(self) -> bool:
        """Whether a part of the Earth is shown that stays where it is while the station flies out of it."""
        return self.is_flat and self._options.zoom > 1.0 and self._options.centre_longitude_deg is not None

    def zoom(self, step: int, pointer: Place | None = None) -> bool:
        """Show the map larger (step 1), smaller (-1) or all of the Earth (0).

        The pointer's place stays where it is. Without one the whole Earth comes nearer at the station, which it follows
        from then on, unless it was moved; as long as nobody knows where that is, at the observer's place
        (`MapScene.uncertain`).

        Returns:
            Whether this picture can be larger at all: the view out of the window cannot.
        """
        if self._scene is None or self.drawn_options.style is MapStyle.WINDOW:
            return False
        from tui.map.viewport import begun, zoomed

        options, centre = self._options, self._options.centre_longitude_deg
        if options.zoom == 1.0:
            self._whole_centre_deg = centre
        flat = self._flat
        if step > 0 and pointer is None and options.zoom == 1.0 and centre in CENTRES_DEG:
            wanted = begun(options)
        else:
            wanted = zoomed(options, step, None if flat is None or pointer is None else (flat.middle, pointer))
            if wanted.zoom == 1.0 and (step == 0 or centre is None):
                wanted = replace(wanted, centre_longitude_deg=self._whole_centre_deg, centre_latitude_deg=0.0)
        self._move(wanted)
        return True

    def pan(self, east: int, south: int) -> None:
        """Move the map by steps, a part of what it shows each."""
        flat = self._flat
        if flat is not None:
            from tui.map.viewport import PAN_SHARE, panned

            east_deg = east * PAN_SHARE * flat.span_deg
            north_deg = -south * PAN_SHARE * (flat.north_deg - flat.south_deg)
            self._move(panned(self._options, flat.middle, east_deg, north_deg))

    def look_at(self, place: Place) -> None:
        """Show the surroundings of a place."""
        from tui.map.viewport import looking_at

        style = self._options.style if self._options.style not in {MapStyle.GLOBE, MapStyle.WINDOW} else MapStyle.EARTH
        self._move(looking_at(replace(self._options, style=style), place))

    @property
    def middle(self) -> Place | None:
        """The place in the middle of the map."""
        if self._map is None:
            return None
        return self._map.flat.middle if self._map.flat else self.place_at(self.size.width // 2, self.size.height // 2)

    def _move(self, options: MapOptions) -> None:
        """Set centre and zoom, and post `Moved` once the map has come to rest."""
        if options != self._options:
            self.options = options
            self._announce()

    def _announce(self) -> None:
        """Post `Moved` after `SETTLED_S` without another change."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLED_S, lambda: self.post_message(self.Moved(self._options)) and None)

    # -- drawing -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Resize the map to the widget; a new size drops all cached lines."""
        size = self.size
        if self._scene is None or not size:
            return
        if self._map is None or self._drawn_size != size:
            textured = self._options.textured or not self.colours.fills_show()
            options = replace(self._options, textured=textured, earth=self._earth_colours())
            self._map = WorldMap(*size, options, draft=not self._refined)
            self._map.draw(self._scene)
            self._rows.forget()
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
        return Strip(self._rows.segments(y, self._map.canvas, self.colours, self._options.style), self._map.width)

    def _repaint_cells(self, cells: set[int], width: int) -> None:
        """Have changed cells painted, one stretch a row.

        Textual writes a row from the left edge of the widget to the end of each stretch: two in a row would write what
        lies left of both twice.
        """
        regions: list[Region] = []
        for row, changed in groupby(sorted(cells), key=lambda cell: cell // width):
            columns = [cell - row * width for cell in changed]
            self._rows.change(row, columns)
            regions.append(Region(columns[0], row, columns[-1] + 1 - columns[0], 1))
        self.refresh(*regions)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint regions, or all of the widget, which then is drawn anew."""
        if not regions:
            self._rows.forget()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _start_over(self) -> None:
        """Drop what was drawn; it is drawn again when it is next painted."""
        self._map, self._drawn_size = None, Size(0, 0)
        self.refresh()

    # -- colours -------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """The theme or the style sheet has changed."""
        self.colours.forget()
        self._start_over()
        super().notify_style_update()

    @property
    def colours(self) -> MapColours:
        """The colours of the terminal and the theme."""
        if self._colours is None:
            self._colours = MapColours(self.app)
        return self._colours

    def _earth_colours(self) -> EarthColours | None:
        """The colours in which the Earth can be shown as it looks; None where the terminal has too few."""
        return self.colours.earth(self._options.style)

    # -- mouse ---------------------------------------------------------------------------------------------

    def place_at(self, x: int, y: int) -> Place | None:
        """Latitude and longitude under a cell of the widget's content, if there is one."""
        return None if self._map is None else self._map.place(x, y)

    def _place_under(self, event: events.MouseEvent) -> Place | None:
        """The place under the mouse."""
        offset = event.screen_offset - self.content_region.offset
        return self.place_at(offset.x, offset.y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click or the beginning of a drag."""
        self._dragged = False
        flat = self._flat
        if flat is not None and event.button == 1 and event.get_content_offset(self) is not None:
            self._drag = event.screen_x, event.screen_y, flat.middle, self._options
            self.capture_mouse()

    def on_mouse_up(self) -> None:
        """The end of a drag."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Post the clicked place, unless the map was dragged."""
        place = self._place_under(event)
        if place is not None and not self._dragged:
            self.post_message(self.Clicked(*place))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the map."""
        flat = self._flat
        if self._drag is None or flat is None:
            return
        x, y, middle, options = self._drag
        right, down = event.screen_x - x, event.screen_y - y
        if right or down:
            self._dragged = True
        if self._dragged:
            from tui.map.viewport import panned

            self._move(panned(options, middle, -right * flat.cell_deg, down * flat.row_deg))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Zoom in."""
        event.stop()
        self._roll(1, event)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Zoom out."""
        event.stop()
        self._roll(-1, event)

    def _roll(self, step: int, event: events.MouseEvent) -> None:
        """Zoom at the pointer; the globe turns with the station, wherever the pointer is."""
        pointer = self._place_under(event) if self.is_flat else None
        if pointer is not None or not self.is_flat:
            self.zoom(step, pointer)
