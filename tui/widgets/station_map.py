"""The map panel: turns frames into map scenes; its border names the region below the station."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.widget import Widget

from sim.astro.sun import subsolar_point
from sim.constants import MEAN_EARTH_RADIUS_KM
from sim.sanitize import clean
from tui.drawing.memo import Identity
from tui.map.world_map import MapOptions, MapScene
from tui.widgets.panel import Captioned, FrameScreen, Showing
from tui.widgets.world_map_panel import GroundTrack
from tui.wording import quantities

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.map.flat_projection import Place
    from tui.session.frame import Frame, TrackPoint


class StationMap(Showing, Captioned, Widget):
    """The world map with the ground track; region and light in its border."""

    DEFAULT_CSS = """
    StationMap {
        border: round $secondary-muted;
        border-title-color: $text-primary;
        border-subtitle-color: $foreground 62%;
    }
    """

    BORDER_TITLE = "¹ground track"

    def __init__(self, options: MapOptions | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._options = options

    def compose(self) -> ComposeResult:
        """The map, with a scene from the start."""
        track = GroundTrack(self._options, id="track")
        if isinstance(self.screen, FrameScreen) and self.screen.newest is not None:
            scene = map_scene(self.screen.newest)
            if scene is not None:
                track.show(scene)
                self.set_captions(self.BORDER_TITLE, _below(self.screen.newest))
        yield track

    @property
    def track(self) -> GroundTrack:
        """The map widget."""
        return self.query_one(GroundTrack)

    def on_ground_track_clicked(self, message: GroundTrack.Clicked) -> None:
        """Show coordinates and region of the clicked place."""
        from sim.places.nearest import over

        message.stop()
        latitude, longitude = message.latitude_deg, message.longitude_deg
        text = f"{quantities.latitude(latitude)} {quantities.longitude(longitude)}, {over(latitude, longitude)}"
        self.notify(text, title="map", timeout=5, markup=False)

    def show(self, frame: Frame) -> None:
        """Draw a frame and update the border."""
        if frame.status.position is not None:
            self.glide(frame)
            self.set_captions(self.BORDER_TITLE, _below(frame))

    def glide(self, frame: Frame) -> None:
        """Move the station on the map; the border waits for the next full frame."""
        scene = map_scene(frame)
        if scene is not None:
            self.track.show(scene)


def _below(frame: Frame) -> str:
    """Region below the station and light, or a warning while the position is unknown."""
    if not frame.status.error.position_known:
        return "position from outdated elements"
    light = quantities.light_text(frame.status.light, frame.unix_s)
    return f"{frame.below} · {light}" if frame.below else light


def map_scene(frame: Frame) -> MapScene | None:
    """The scene of a frame; `None` while there is no position."""
    position = frame.status.position
    if position is None:
        return None
    sun_latitude_deg, sun_longitude_deg = subsolar_point(frame.unix_s)
    radius = math.degrees(math.acos(MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + position.height_km)))
    return MapScene(
        latitude_deg=position.latitude_deg,
        longitude_deg=position.longitude_deg,
        subsolar_latitude_deg=sun_latitude_deg,
        subsolar_longitude_deg=sun_longitude_deg,
        past=_places(Identity(frame.past)),
        future=_places(Identity(frame.future)),
        footprint_radius_deg=radius,
        observer=(frame.place.latitude_deg, frame.place.longitude_deg, frame.place.name),
        label=clean(frame.status.object.label, limit=24),
        uncertain=not frame.status.error.position_known,
    )


@lru_cache(maxsize=4)
def _places(track: Identity[tuple[TrackPoint, ...]]) -> tuple[Place, ...]:
    return tuple((p.latitude_deg, p.longitude_deg) for p in track.value)
