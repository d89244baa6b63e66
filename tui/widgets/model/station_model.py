"""The station in three dimensions as it stood at the instant: turns by itself, by keys and by the mouse."""

from __future__ import annotations

from itertools import groupby
from math import exp, log
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sim.language import N_, _
from sim.movements import NOTHING_MOVES, Movements, movements_at
from tui.drawing.cells import CellShape
from tui.drawing.memo import Memo
from tui.drawing.styled_text import Line, Run, wrap
from tui.model.assembly import placed_vehicles
from tui.model.description import light_text, model_text
from tui.model.docking import movements_text, room_m
from tui.model.lighting import EVEN_LIGHT, Illumination, illumination_at, sun_at
from tui.model.scene import Picture, Scene, fitted_camera, render
from tui.widgets.map.map_colours import make_room
from tui.widgets.map.picture_colours import picture_depth, picture_style
from tui.widgets.selectable import SelectablePanel
from tui.widgets.table import facts_key
from tui.wording.facts import as_of_text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from rich.style import Style
    from textual import events

    from sim.types import Vector
    from tui.drawing.cells import Cell
    from tui.map.ground.earth import EarthColours
    from tui.model.camera import Camera
    from tui.model.scene import Backdrop
    from tui.session.frame import Frame

TURN_DEG_S = 2.0
"""How fast it turns by itself, in the time of the clock on the wall."""

FIRST_AZIMUTH_DEG, FIRST_ELEVATION_DEG = 38.0, 17.0
KEY_TURN_DEG, DRAG_TURN_DEG = 10.0, 3.0
HIGHEST_DEG = 85.0
ZOOM_STEP, MOST_ZOOM = 1.25, 6.0
GROUND_STEPS_A_DEGREE = 4
"""The Earth behind the station moves in steps of a quarter of a degree: 28 km, four seconds of flight."""

SIZES = 250
"""Steps of the size while it grows 2.7 times: 0.4 % each, a fourth of a cell at the tips of the wings."""

CAPTION_FROM_ROWS, MOST_CAPTION_ROWS = 9, 3
"""A lower picture has no line about the light or the ships below it; a higher one has at most so many."""


class StationModel(SelectablePanel):
    """A picture of modules, wings and ships, lit by the true Sun; the cursor points at one of them.

    Where the terminal has too few colours for a picture, the same is said in words.

    Args:
        pixels: Pixels in a cell.
        id: The ID of the widget in the DOM.
    """

    fills_by_clicks = False

    BORDER_TITLE = N_("model")
    hint = N_("← → turn · ↑ ↓ part · Enter opens · f full screen")

    def __init__(self, pixels: CellShape = CellShape.HALF, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pixels = pixels
        self._azimuth_deg, self._elevation_deg, self._zoom = FIRST_AZIMUTH_DEG, FIRST_ELEVATION_DEG, 1.0
        self._turning_since_s: float | None = None
        self.turns = True
        """Whether it turns by itself while it is active; the first turn by hand ends that."""
        self._picture = Memo[Picture]()
        self._dragged_from: tuple[int, int] | None = None
        self._dragged = False

    # ── what is shown ─────────────────────────────────────────────────────────────────────────

    def title(self, frame: Frame) -> tuple[str, str]:
        """The configuration or the part pointed at; until when it is known."""
        facts = frame.status.facts
        known = as_of_text(facts.ports_as_of, certain=facts.ports_certain)
        name = _(self.cursor) if self.cursor else facts.shape.text
        return _("model: {name}").format(name=name), self.lower_title(_("attitude assumed"), known)

    def cache_key(self, frame: Frame) -> Hashable:
        """Facts, what moves, light, eye and part pointed at."""
        what = facts_key(frame), _moves(frame), _light(frame), _ground(frame)
        camera = self._camera(frame, *self.content_size)
        return *what, camera, self.cursor, self._depth(), self.content_size, self.active

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The picture with a line about what moves or about the light below it, or all of it in words."""
        facts, light, moves = frame.status.facts, _light(frame), _moves(frame)
        if not facts.in_orbit or self._depth() is None:
            return wrap(model_text(facts, light, moves), width)
        caption: list[Line] = []
        if height >= CAPTION_FROM_ROWS:
            text = movements_text(moves)
            caption = wrap(text, width)[:MOST_CAPTION_ROWS] if text else wrap(light_text(light), width, "dim")[:2]
        picture = self._draw_picture(frame, light, width, height - len(caption))
        return [*(_line(row) for row in picture.rows), *caption]

    def _draw_picture(self, frame: Frame, light: Illumination | None, width: int, height: int) -> Picture:
        facts, moves, ground = frame.status.facts, _moves(frame), _ground(frame)
        camera = self._camera(frame, width, height)
        key = (facts_key(frame), moves, light, ground, camera, self.cursor, self._depth(), width, height)

        def drawn() -> Picture:
            vehicles = tuple(placed_vehicles(facts, moves))
            scene = Scene(vehicles=vehicles, light=light or EVEN_LIGHT, camera=camera, highlighted=self.cursor)
            backdrop = self._backdrop(frame, camera, width, height) if ground is not None else None
            return render(scene, width, height, self._pixels, backdrop)

        return self._picture.get(key, drawn)

    def _camera(self, frame: Frame, width: int, height: int) -> Camera:
        """The eye, so near that the station fills the picture; it comes nearer in steps that nobody sees."""
        framed = tuple(placed_vehicles(frame.status.facts, _moves(frame), room_m))
        fitted = fitted_camera(
            framed,
            max(width, 1),
            max(height, 1),
            azimuth_deg=self._azimuth_now_deg(frame),
            elevation_deg=self._elevation_deg,
            sun=_sun(frame),
        )
        size = exp(round(log(fitted.columns_per_m) * SIZES) / SIZES)
        return replace(fitted, columns_per_m=size * self._zoom)

    def _backdrop(self, frame: Frame, camera: Camera, width: int, height: int) -> Backdrop | None:
        from tui.widgets.model.backdrop import backdrop_of

        state = frame.status.state
        if state is None:
            return None
        kind: EarthColours = "truecolor" if self._depth() == "truecolor" else "256"
        return backdrop_of(frame.unix_s, state, camera, width, height, self._pixels.grid, kind)

    def _depth(self) -> str | None:
        """The colours of the terminal, where they are enough for a picture."""
        return picture_depth(self.app)

    def _mixed(self, name: str) -> Style:
        """The colours of a cell of the picture, beside the named styles of every panel."""
        if not name.startswith("#"):
            return super()._mixed(name)
        make_room(self._run_styles, self.app)
        return picture_style(name, red=self._is_red)

    def glide(self, frame: Frame) -> None:
        """Between two full frames a ship that comes or goes moves on."""
        if _moves(frame) is not NOTHING_MOVES:
            self.show(frame)

    # ── turning ───────────────────────────────────────────────────────────────────────────────

    def _azimuth_now_deg(self, frame: Frame) -> int:
        """Direction of the camera in whole degrees; it turns by itself from frame to frame."""
        now_s, since_s = frame.clock.wall_unix_s, self._turning_since_s
        if self.turns and since_s is not None:
            self._azimuth_deg += (now_s - since_s) * TURN_DEG_S
        # Beside a list that is read it stands still.
        self._turning_since_s = now_s if self.active else None
        return round(self._azimuth_deg) % 360

    def turn(self, right_deg: float, up_deg: float) -> None:
        """Turn the camera by hand; it no longer turns by itself."""
        if self.newest is not None:
            self._azimuth_deg = float(self._azimuth_now_deg(self.newest))
        self.turns = False
        self._azimuth_deg = (self._azimuth_deg + right_deg) % 360.0
        self._elevation_deg = max(-HIGHEST_DEG, min(HIGHEST_DEG, self._elevation_deg + up_deg))
        self.redraw()

    def zoom_by(self, step: int) -> None:
        """Zoom in (1), out (-1), or reset zoom and rotation (0)."""
        if step == 0:
            self._azimuth_deg, self._elevation_deg, self._zoom = FIRST_AZIMUTH_DEG, FIRST_ELEVATION_DEG, 1.0
            self.turns, self._turning_since_s = True, None
        else:
            self._zoom = max(1.0, min(MOST_ZOOM, self._zoom * ZOOM_STEP**step))
        self.redraw()

    # ── keys of lists ─────────────────────────────────────────────────────────────────────────

    def keys(self) -> list[str]:
        if self.newest is None:
            return []
        return [vehicle.vehicle for vehicle in placed_vehicles(self.newest.status.facts, _moves(self.newest))]

    def move(self, step: int) -> None:
        """Point at the next part; after the last one at none."""
        names = ["", *self.keys()]
        here = names.index(self.cursor) if self.cursor in names else 0
        self.cursor = names[(here + step) % len(names)]
        self.redraw()

    def page(self, step: int) -> None:
        self.turn(0.0, -step * KEY_TURN_DEG)

    def edge(self, step: int) -> None:
        self.turn(0.0, -step * 2.0 * HIGHEST_DEG)

    def sideways(self, step: int) -> bool:
        self.turn(step * KEY_TURN_DEG, 0.0)
        return True

    def enter(self) -> None:
        self.open_cursor()

    # ── the mouse ─────────────────────────────────────────────────────────────────────────────

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragged_from, self._dragged = (event.screen_x, event.screen_y), False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged_from is None:
            return
        right, down = event.screen_x - self._dragged_from[0], event.screen_y - self._dragged_from[1]
        if right or down:
            self._dragged_from, self._dragged = (event.screen_x, event.screen_y), True
            self.turn(-right * DRAG_TURN_DEG, down * 2.0 * DRAG_TURN_DEG)

    def on_mouse_up(self) -> None:
        self._dragged_from = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        offset = event.get_content_offset(self)
        if self._dragged or offset is None or self._picture.latest is None:
            return
        name = self._picture.latest.vehicle_at(offset.x, offset.y)
        if name:
            self.cursor = name
            self.redraw()
            self.open_cursor()

    def wheel(self, step: int) -> None:
        """Further (1), nearer (-1)."""
        self.zoom_by(-step)


def _moves(frame: Frame) -> Movements:
    """What comes, goes and turns at the instant."""
    return movements_at(frame.chronicle, frame.unix_s) if frame.status.object.is_station else NOTHING_MOVES


def _light(frame: Frame) -> Illumination | None:
    """The light at the instant; None where the place of the station is not known."""
    state = frame.status.state
    if state is None or not frame.status.error.position_known:
        return None
    return illumination_at(frame.unix_s, state)


def _sun(frame: Frame) -> Vector:
    """Where the wings are turned to, to the last digit: the light goes in steps, and the size with it would jump."""
    state = frame.status.state
    if state is None or not frame.status.error.position_known:
        return EVEN_LIGHT.sun
    return sun_at(frame.unix_s, state)


def _ground(frame: Frame) -> tuple[int, ...] | None:
    """The place above the Earth in steps, by which the backdrop is kept; None while there is none.

    There is none where the place is not known, and until the lists of the first seconds are there: the backdrop is
    computed with numpy, which is loaded for them in a thread.
    """
    position = frame.status.position
    if position is None or not frame.status.error.position_known or frame.altitude is None:
        return None
    place = position.latitude_deg, position.longitude_deg
    return tuple(round(angle_deg * GROUND_STEPS_A_DEGREE) for angle_deg in place)


def _line(row: list[Cell]) -> Line:
    """A row of the picture as runs of cells with the same colours."""
    runs = groupby(row, key=lambda cell: cell[1:])
    return tuple(Run("".join(cell[0] for cell in cells), f"#{ink:06x}#{fill:06x}") for (ink, fill), cells in runs)
