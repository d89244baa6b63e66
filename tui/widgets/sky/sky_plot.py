"""The sky over the place with the path of a pass, and the station at the instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from sim.astro.vectors import wrapped_deg
from sim.language import _
from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run, text_for
from tui.drawing.styled_text import width as cells
from tui.sky.pass_geometry import FAST_SKY_STEP_S, SKY_STEP_S
from tui.sky.sky_chart import draw_sky
from tui.sky.sky_light import FAST_LIGHT_STEP_S, LIGHT_STEP_S, sky_pixels
from tui.sky.sky_painting import PaintedSky, in_lines, paint
from tui.sky.sky_picture import with_text
from tui.sky.sky_projection import Disc, Panorama
from tui.sky.sky_station import UNHURRIED_RATE, Overlay, overlay, turn_column, with_overlay
from tui.widgets.map.map_colours import make_room
from tui.widgets.map.picture_colours import picture_depth, picture_style
from tui.widgets.sky.pass_panel import PassPanel
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Hashable

    from rich.style import Style
    from textual import events
    from textual.timer import Timer

    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene, SkyBehind
    from tui.sky.sky_light import Pixels
    from tui.sky.sky_picture import SkyPicture

Aspect = Literal["north up", "south up", "facing"]
ASPECTS: tuple[Aspect, ...] = ("north up", "south up", "facing")

TURN_DEG = 45.0

PAN_STEPS, PAN_S = 6, 0.3
"""A turn of the panorama is shown in so many steps, in so much time."""

DARK_GROUND = "#080c14"
"""What is no sky, under a light theme: a painted sky is dark in every one."""


def is_fast(frame: Frame) -> bool:
    """Whether time runs too fast for small steps: then a panorama turns at once and the sky moves in longer ones."""
    return not frame.clock.paused and abs(frame.clock.rate) > UNHURRIED_RATE


class DrawnSky(NamedTuple):
    """A sky without the station: what stands in it, and how it is painted, or the lines of a chart."""

    picture: SkyPicture
    shown: PaintedSky | list[Line]


class SkyPlot(PassPanel):
    """The sky as a disc around the zenith, or as a panorama towards the station.

    Attributes:
        aspect: Orientation of the disc, or the panorama.
        turned_deg: Rotation chosen by the person, added to that of the aspect.
        hints: Keys of this panel, for the lower border: marked texts, the longest first.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.aspect: Aspect = ASPECTS[0]
        self.turned_deg = 0.0
        self.hints: tuple[str, ...] = ()
        self._shown_deg: float | None = None
        """Azimuth in the middle of the panorama as it is shown, on its way to `facing_deg`."""
        self._pan: Timer | None = None
        self._drawn = Memo[DrawnSky]()
        self._laid_over = Memo[Overlay]()
        self._ground_light = Memo["Pixels"]()

    def set_scene(self, scene: PassScene | None) -> None:
        """Set another pass and undo the rotation."""
        super().set_scene(scene)
        self.turned_deg, self._shown_deg = 0.0, None

    def next_aspect(self) -> None:
        """Switch to the next aspect and undo the rotation."""
        self.aspect = ASPECTS[(ASPECTS.index(self.aspect) + 1) % len(ASPECTS)]
        self.turned_deg, self._shown_deg = 0.0, None

    def turn(self, step: int) -> None:
        """Rotate by `TURN_DEG` to the right (1) or left (-1)."""
        self.turned_deg += step * TURN_DEG

    def show(self, frame: Frame) -> None:
        """Draw the frame; a panorama turns to a new direction in several steps."""
        self._face(frame)
        super().show(frame)

    def glide(self, frame: Frame) -> None:
        """Move the station also between full frames, in the theatre."""
        if self.on_stage:
            self.show(frame)

    def _face(self, frame: Frame) -> None:
        if self.scene is None or self.aspect != "facing":
            return
        wanted_deg = self.facing_deg(frame, self.scene)
        still = not self.on_stage or self.app.animation_level == "none" or is_fast(frame)
        if self._shown_deg is None or still:
            self._shown_deg = wanted_deg
        elif self._shown_deg != wanted_deg and self._pan is None:
            self._pan = self.set_interval(PAN_S / PAN_STEPS, self._pan_on)

    def _pan_on(self) -> None:
        """One step of a turn: a constant share of what remains."""
        frame, scene = self.newest, self.scene
        wanted_deg = None if frame is None or scene is None else self.facing_deg(frame, scene)
        if wanted_deg is None or self._shown_deg is None or self.aspect != "facing":
            left_deg = 0.0
        else:
            left_deg = wrapped_deg(wanted_deg - self._shown_deg)
            self._shown_deg = wanted_deg if abs(left_deg) < 2.0 else (self._shown_deg + left_deg * 0.45) % 360.0
        if abs(left_deg) < 2.0 and self._pan is not None:
            self._pan.stop()
            self._pan = None
        if frame is not None:
            super().show(frame)

    def facing_deg(self, frame: Frame, scene: PassScene) -> float:
        """Azimuth in the middle of the panorama, plus the rotation: in the theatre it follows the station."""
        towards_deg = scene.facing_deg(frame.unix_s) if self.on_stage else scene.pass_.peak.azimuth_deg
        return (towards_deg + self.turned_deg) % 360.0

    def projection(self, scene: PassScene, width: int, height: int) -> Disc | Panorama:
        """The projection for the aspect and a size."""
        if self.aspect == "facing":
            shown_deg = self._shown_deg
            return Panorama(width, height, scene.pass_.peak.azimuth_deg if shown_deg is None else shown_deg)
        return Disc(width, height, self._up_deg())

    def title(self, frame: Frame) -> tuple[str, str]:
        """Orientation and time zone above, keys below."""
        if self.scene is None:
            return _("sky"), ""
        zone = "UTC" if frame.utc else _("{place} time").format(place=frame.place.label)
        clocks = [zone]
        if frame.unix_s < self.scene.pass_.rise.unix_s:
            pass_ = self.scene.pass_
            peak = frame.time_of_day(pass_.peak.unix_s, quantities.minute_pattern(pass_.error))
            clocks = [_("as at {time} {zone}").format(time=peak, zone=zone), _("as at {time}").format(time=peak)]
        if self.aspect == "facing":
            towards = quantities.compass(self.facing_deg(frame, self.scene))
            long, *short = (
                _("sky, facing {direction}, {zone}"),
                _("sky, facing {direction}"),
                # Translators: the sky in this direction, in the border of a narrow panel; six cells.
                _("to {direction}"),
            )
        else:
            towards = quantities.compass(self._up_deg())
            long, *short = (
                _("sky overhead, {direction} up, {zone}"),
                _("sky overhead, {direction} up"),
                _("sky, {direction} up"),
                # Translators: the direction at the upper edge of the sky, in the border of a narrow panel; six cells.
                _("{direction} up"),
            )
        texts = [long.format(direction=towards, zone=clock) for clock in clocks]
        texts += [text.format(direction=towards) for text in short]
        room = self.caption_room
        hint = text_for(room, *map(_, self.hints)) if self.hints else ""
        return text_for(room - cells(self.rehearsal_mark(frame)), *texts), hint

    def _up_deg(self) -> float:
        return ((180.0 if self.aspect == "south up" else 0.0) + self.turned_deg) % 360.0

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scrolled(event, -1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scrolled(event, 1)

    def _scrolled(self, event: events.MouseEvent, step: int) -> None:
        if self.on_stage and self.newest is not None:
            event.stop()
            self.turn(step)
            self.show(self.newest)

    # ── painting ──────────────────────────────────────────────────────────────────────────────

    def scene_key(self, frame: Frame, scene: PassScene) -> Hashable:
        width, height = self.content_area
        if width <= 0 or height <= 0:
            return None
        sky = self._sky(frame, scene, width, height)
        return Identity(sky), self._over(frame, scene, sky)

    def draw_scene(self, frame: Frame, scene: PassScene, width: int, height: int) -> list[Line]:
        sky = self._sky(frame, scene, width, height)
        over = self._over(frame, scene, sky)
        lines = sky.shown
        if isinstance(lines, PaintedSky):
            return with_overlay(lines, sky.picture, over)
        if over.mark is not None:
            column, row, glyph = over.mark
            lines = with_text(lines, column, row, Run(glyph, "mark"))
        if over.turn and turn_column(over.turn, width) >= 0:
            lines = with_text(lines, turn_column(over.turn, width), 0, Run(over.turn, "mark"))
        return lines

    def _over(self, frame: Frame, scene: PassScene, sky: DrawnSky) -> Overlay:
        """The station at the instant, before the pass where it rises, afterwards where it has set."""
        unix_s, sight = frame.unix_s, frame.sight
        motion = self.app.animation_level != "none"
        rate = 0.0 if frame.clock.paused else frame.clock.rate

        def find() -> Overlay:
            seen = None
            if scene.is_up(unix_s) and sight is not None:
                seen = replace(scene.at(unix_s), azimuth_deg=sight.azimuth_deg, elevation_deg=sight.elevation_deg)
            return overlay(scene, sky.picture, unix_s, seen, rate=rate, motion=motion)

        return self._laid_over.get((Identity(frame), Identity(sky), motion), find)

    def _sky(self, frame: Frame, scene: PassScene, width: int, height: int) -> DrawnSky:
        # Before the pass the sky of its peak, as the title says.
        unix_s = scene.pass_.peak.unix_s if frame.unix_s < scene.pass_.rise.unix_s else frame.unix_s
        fast = is_fast(frame)
        behind = scene.behind(unix_s, FAST_SKY_STEP_S if fast else SKY_STEP_S)
        painted = self._is_painted
        projection = self.projection(scene, width, height)
        key = (scene, Identity(behind), projection, frame.utc, painted)

        def draw() -> DrawnSky:
            picture = draw_sky(projection, scene, behind, utc=frame.utc, painted=painted)
            if not painted:
                return DrawnSky(picture, picture.lines())
            canvas = paint(picture, behind, self._light(scene, behind, projection, fast=fast))
            return DrawnSky(picture, in_lines(canvas))

        return self._drawn.get(key, draw)

    def _light(self, scene: PassScene, behind: SkyBehind, projection: Disc | Panorama, *, fast: bool) -> Pixels:
        """The light of the sky, which changes more slowly than what stands in it."""
        unix_s = scene.stepped(behind.unix_s, FAST_LIGHT_STEP_S if fast else LIGHT_STEP_S)
        moon_lit = behind.moon_lit if behind.body("Moon") is not None else 0.0
        lit = round(moon_lit * 8.0) / 8.0
        ground = self.app.theme_variables["background"] if self.app.current_theme.dark else DARK_GROUND
        outside = int(ground[1:7], 16)
        key = (projection, scene.place, unix_s, lit, scene.pass_.horizon, outside)
        return self._ground_light.get(
            key, lambda: sky_pixels(projection, scene.place, unix_s, lit, scene.pass_.horizon, outside)
        )

    def _mixed(self, name: str) -> Style:
        """The colours of a painted cell, beside the named styles of every panel."""
        if not name.startswith("#"):
            return super()._mixed(name)
        make_room(self._run_styles, self.app)
        return picture_style(name, red=self._is_red, greys=picture_depth(self.app) == "256")

    @property
    def _is_painted(self) -> bool:
        """Whether the terminal has colours enough: 256 have hardly any dark reds."""
        depth = picture_depth(self.app)
        return depth == "truecolor" or (depth == "256" and not self._is_red)
