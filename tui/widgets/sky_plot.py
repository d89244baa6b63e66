"""The sky over the place with the path of a pass, and the station at the instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run
from tui.sky.sky_chart import SkyPicture, draw_sky, with_glyph
from tui.sky.sky_projection import Disc, Panorama
from tui.widgets.pass_panel import PassPanel
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene

Aspect = Literal["north up", "south up", "facing"]
ASPECTS: tuple[Aspect, ...] = ("north up", "south up", "facing")

TURN_DEG = 45.0


class SkyPlot(PassPanel):
    """The sky as a disc around the zenith, or as a panorama towards the station.

    Attributes:
        aspect: Orientation of the disc, or the panorama.
        turned_deg: Rotation chosen by the person, added to that of the aspect.
        hint: Keys of this panel, for the lower border.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.aspect: Aspect = ASPECTS[0]
        self.turned_deg = 0.0
        self.hint = ""
        self._background = Memo[tuple[SkyPicture, list[Line]]]()

    def set_scene(self, scene: PassScene | None) -> None:
        """Set another pass and undo the rotation."""
        super().set_scene(scene)
        self.turned_deg = 0.0

    def next_aspect(self) -> None:
        """Switch to the next aspect and undo the rotation."""
        self.aspect = ASPECTS[(ASPECTS.index(self.aspect) + 1) % len(ASPECTS)]
        self.turned_deg = 0.0

    def turn(self, step: int) -> None:
        """Rotate by `TURN_DEG` to the right (1) or left (-1)."""
        self.turned_deg += step * TURN_DEG

    def facing_deg(self, scene: PassScene) -> float:
        """Azimuth in the middle of the panorama: that of the peak, plus the rotation."""
        return (scene.pass_.peak.azimuth_deg + self.turned_deg) % 360.0

    def projection(self, scene: PassScene, width: int, height: int) -> Disc | Panorama:
        """The projection for the aspect and a size."""
        if self.aspect == "facing":
            return Panorama(width, height, self.facing_deg(scene))
        up_deg = 180.0 if self.aspect == "south up" else 0.0
        return Disc(width, height, (up_deg + self.turned_deg) % 360.0)

    def title(self, frame: Frame) -> tuple[str, str]:
        """Orientation and time zone above, keys below."""
        if self.scene is None:
            return "sky", ""
        zone = "UTC" if frame.utc else f"{frame.place.name} time"
        if frame.unix_s < self.scene.pass_.rise.unix_s:
            peak = quantities.time_of_day(self.scene.pass_.peak.unix_s, frame.place, utc=frame.utc, pattern="%H:%M")
            zone = f"as at {peak} {zone}"
        if self.aspect == "facing":
            towards = quantities.compass(self.facing_deg(self.scene))
            return f"sky, facing {towards}, {zone}", self.hint
        return f"sky overhead, {quantities.compass(self._up_deg())} up, {zone}", self.hint

    def _up_deg(self) -> float:
        return ((180.0 if self.aspect == "south up" else 0.0) + self.turned_deg) % 360.0

    def scene_key(self, frame: Frame, scene: PassScene) -> Hashable:
        """The background picture, and cell and style of the station."""
        width, height = self.content_area
        if width <= 0 or height <= 0:
            return None
        picture, _ = self._picture(frame, scene, width, height)
        return Identity(picture), station_mark(frame, scene, picture)

    def draw_scene(self, frame: Frame, scene: PassScene, width: int, height: int) -> list[Line]:
        """The background with the station on it."""
        picture, lines = self._picture(frame, scene, width, height)
        mark = station_mark(frame, scene, picture)
        if mark is None:
            return lines
        column, row, glyph, style = mark
        return with_glyph(lines, column, row, Run(glyph, style))

    def _picture(self, frame: Frame, scene: PassScene, width: int, height: int) -> tuple[SkyPicture, list[Line]]:
        # Before the pass the sky of its peak, as the title says.
        sky = scene.behind(scene.pass_.peak.unix_s if frame.unix_s < scene.pass_.rise.unix_s else frame.unix_s)
        key = (scene, Identity(sky), width, height, self.aspect, self.turned_deg, frame.utc)

        def draw() -> tuple[SkyPicture, list[Line]]:
            picture = draw_sky(self.projection(scene, width, height), scene, sky, utc=frame.utc)
            return picture, picture.lines()

        return self._background.get(key, draw)


def station_mark(frame: Frame, scene: PassScene, picture: SkyPicture) -> tuple[int, int, str, str] | None:
    """Column, row, glyph and style of the station; before the pass at the rise, afterwards at the set."""
    unix_s = frame.unix_s
    sight = frame.sight
    if scene.is_up(unix_s) and sight is not None:
        cell = picture.cell(sight.azimuth_deg, max(sight.elevation_deg, 0.0))
        glyph, style = ("●", "mark") if scene.sunlit(unix_s) else ("○", "mark")
    else:
        edge = scene.pass_.rise if unix_s < scene.pass_.rise.unix_s else scene.pass_.set
        cell = picture.cell(edge.azimuth_deg, max(edge.elevation_deg, 0.0))
        glyph, style = "◌", "mark"
    return None if cell is None else (*cell, glyph, style)
