"""The map panel: turns frames into map scenes; its border names the region below the station."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.widget import Widget

from sim.language import N_, _
from sim.orbit.uncertainty import plane_error
from tui.drawing.cells import CellShape
from tui.drawing.styled_text import text_for
from tui.map.scene import ZOOMS, MapOptions, MapStyle
from tui.widgets.line_filters import KeptRows, OwnColours
from tui.widgets.map.map_scene import map_scene
from tui.widgets.map.world_map_panel import GroundTrack
from tui.widgets.panel import Captioned, FrameScreen, Showing
from tui.wording import quantities

if TYPE_CHECKING:
    from tui.config.settings import Settings
    from tui.session.frame import Frame


def map_options(settings: Settings, *, plain_characters: bool) -> MapOptions:
    """Style, place, size and layers of the map from the settings.

    Args:
        settings: Those of the person.
        plain_characters: Whether only characters are drawn that every terminal has.
    """
    return MapOptions(
        style=MapStyle.ASCII if plain_characters else MapStyle(settings.map_style),
        pixels=CellShape(settings.map_pixels),
        centre_longitude_deg=None if settings.map_follow else settings.map_longitude_deg,
        centre_latitude_deg=settings.map_latitude_deg,
        zoom=max(zoom for zoom in ZOOMS if zoom <= settings.map_zoom),
        layers=frozenset(settings.map_layers),
    )


OUT_OF_THE_WINDOW = N_("¹out of the window, ahead and down")


class StationMap(Showing, Captioned, GroundTrack, KeptRows, OwnColours, Widget):
    """The world map with the ground track; region and light in its border."""

    DEFAULT_CSS = """
    StationMap {
        width: 1fr;
        height: 1fr;
        border: round $secondary-muted;
        border-title-color: $text-primary;
        border-subtitle-color: $muted;
    }
    """

    BORDER_TITLE = N_("¹ground track")

    def on_mount(self) -> None:
        """Begin with the frame of the screen, so that the first thing painted is complete."""
        if isinstance(self.screen, FrameScreen) and self.screen.newest is not None:
            # Only what the first picture shows: the layers come with the next frame.
            self.show_scene(map_scene(self.screen.newest, draft=True))
            self.set_captions(_(self.BORDER_TITLE), _below(self.screen.newest, self.caption_room))

    def show_layers(self, layers: frozenset[str]) -> None:
        """Show these layers and no others."""
        self.options = replace(self.options, layers=layers)

    def show(self, frame: Frame) -> None:
        """Draw a frame and update the border; at an instant without a position nothing of one before stays."""
        self._draw(frame)
        self.set_captions(self._title(frame), _below(frame, self.caption_room))

    def glide(self, frame: Frame) -> None:
        """Move the station on the map; the border waits for the next full frame.

        So does the view out of the window, of which every cell changes with each frame.
        """
        if self.options.style is not MapStyle.WINDOW:
            self._draw(frame)

    def _draw(self, frame: Frame) -> None:
        self.show_scene(map_scene(frame, self.options.layers, self.options.zoom))

    def _title(self, frame: Frame) -> str:
        """The title in the upper border; while there is no place to look out from, the globe stands there."""
        out_of_window = self.options.style is MapStyle.WINDOW and frame.status.known_position is not None
        return _(OUT_OF_THE_WINDOW if out_of_window else self.BORDER_TITLE)


def _below(frame: Frame, room: int) -> str:
    """Region below the station and light, as much as there is room for, or a warning while the position is unknown."""
    if frame.status.position is None:
        return _("position unknown")
    status = frame.status
    if not status.error.position_known:
        if not plane_error(frame.orbit, frame.unix_s).is_known:
            return _("position unknown")
        return text_for(room, _("the plane of the orbit is known, the place along it is not"), _("position unknown"))
    lights = (quantities.light_text(status.light, frame.unix_s, status.error), quantities.light_state(status.light))
    if not frame.below:
        return lights[0]
    texts = (*(f"{frame.below} · {light}" for light in lights), frame.below)
    return text_for(room, *texts)
