"""The world map: layers, each drawn only when what it shows has changed.

From below: the ground (land, coasts, graticule: changes with size, style and centre), the night (with the Sun's
place in steps of one column), and the marks (footprint, past and future track, labels, station). Where the Earth is
shown as it looks, ground and night are one layer (`tui.map.earth_ground`). A `WorldMap` keeps the finished cells and
says after each scene which of them changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin
from operator import add
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len

from tui.drawing.canvas import (
    BRAILLE,
    HALF_BLOCKS,
    OCTANTS,
    PACKED,
    WHOLE_CELLS,
    Canvas,
    CellRun,
    DotGrid,
    Mark,
    Stroke,
    changed_cells,
    place_text,
)
from tui.drawing.cells import CellShape, mean_colour
from tui.map.flat_projection import FlatProjection, Place, snap_sun
from tui.map.palette import Role

if TYPE_CHECKING:
    from tui.map.earth import EarthColours
    from tui.map.earth_ground import EarthGround
    from tui.map.globe_projection import GlobeProjection

CROPPED_BELOW_ROWS = 30
"""A flat map with fewer rows leaves out the polar regions, where the station never comes."""

CROPPED_SOUTH_DEG, CROPPED_NORTH_DEG = -60.0, 66.0

FOLLOW_STEP_DEG = 30
"""A map that follows the station moves its centre in steps of this size."""

FOOTPRINT_FROM_COLUMNS = 60
"""Narrower maps leave out the horizon circle: it would be a smudge."""

GRATICULE_FROM_COLUMNS = 100

ARROW_STEP_DEG = 45
"""The future track carries an arrowhead wherever it crosses a multiple of this longitude."""


class MapStyle(Enum):
    """How the map is drawn."""

    BRAILLE = "braille"
    """Coasts and tracks in braille dots over filled cells."""
    HALF = "half"
    """Half blocks only: works with every font."""
    ASCII = "ascii"
    """Letters and signs of ASCII."""
    OCTANT = "octant"
    """Octants (Unicode 16): sharp, but few terminals know them."""
    GLOBE = "globe"
    """The Earth as a ball, the station's side towards us."""
    EARTH = "earth"
    """The Earth as it looks, two colours a cell."""


class MapScene(msgspec.Struct, frozen=True):
    """What the map shows at one instant. Degrees; north and east are positive."""

    latitude_deg: float
    """Latitude under the station."""
    longitude_deg: float
    subsolar_latitude_deg: float
    """Latitude under the Sun."""
    subsolar_longitude_deg: float
    past: tuple[Place, ...] = ()
    """The track so far, oldest first. Samples stay where they are from tick to tick."""
    future: tuple[Place, ...] = ()
    """The track to come, next first."""
    footprint_radius_deg: float = 0.0
    """Earth-central angle of the circle from which the station stands above the horizon; 0 draws none."""
    observer: tuple[float, float, str] | None = None
    """Latitude, longitude and name of the observer's place."""
    label: str = "Tiangong"
    uncertain: bool = False
    """The place along the orbit is not known: marker and label say so, the tracks are dimmed."""


class MapOptions(msgspec.Struct, frozen=True):
    """How the person wants the map."""

    style: MapStyle = MapStyle.BRAILLE
    centre_longitude_deg: float | None = 105.0
    """The meridian in the middle; None follows the station."""
    graticule: bool = True
    """Draw meridians and parallels, where there is room and no texture to confuse them with."""
    textured: bool = False
    """Show the night by texture, for terminals without any colour."""
    earth: EarthColours | None = None
    """The colours in which `EARTH` and `GLOBE` show the Earth as it looks; without, coasts and filled cells do."""
    pixels: CellShape = CellShape.HALF
    """Pixels in a cell, where the Earth is shown as it looks."""


class Signs(msgspec.Struct, frozen=True):
    """The glyphs of single marks."""

    marker: str
    unknown: str
    sun: str
    observer: str
    arrows: tuple[str, str, str, str]
    """Right, left, up, down."""
    strokes: dict[Role, str]
    """Where lines are drawn in whole cells, the character of each kind of line."""


# All of these are one cell wide also where East Asian ambiguous characters take two.
UNICODE_SIGNS = Signs(marker="◉", unknown="?", sun="☼", observer="⌂", arrows=("▸", "◂", "▴", "▾"), strokes={})
ASCII_SIGNS = Signs(
    marker="@",
    unknown="?",
    sun="*",
    observer="X",
    arrows=(">", "<", "^", "v"),
    strokes={Role.FOOTPRINT: "o", Role.PAST: "-", Role.FUTURE: "+", Role.UNCERTAIN: "~"},
)

GRIDS: dict[MapStyle, DotGrid] = {
    MapStyle.BRAILLE: BRAILLE,
    MapStyle.HALF: HALF_BLOCKS,
    MapStyle.ASCII: WHOLE_CELLS,
    MapStyle.OCTANT: OCTANTS,
    MapStyle.GLOBE: BRAILLE,
    MapStyle.EARTH: BRAILLE,
}


def circle(centre: Place, radius_deg: float, points: int) -> list[Place]:
    """Places at this Earth-central angle around a centre, by azimuth, the last one equal to the first."""
    latitude, longitude = radians(centre[0]), radians(centre[1])
    radius = radians(radius_deg)
    up, out = sin(latitude), cos(latitude) * sin(radius)
    inward, step = cos(radius), radians(360.0 / points)
    places = []
    for number in range(points + 1):
        sine = up * inward + out * cos(number * step)
        turn = atan2(out * sin(number * step), inward - up * sine)
        places.append((degrees(asin(max(-1.0, min(1.0, sine)))), degrees(longitude + turn)))
    return places


class WorldMap:
    """A map of one size and style that is moved from scene to scene."""

    def __init__(self, width: int, height: int, options: MapOptions, *, draft: bool = False) -> None:
        """Lay out a map; nothing is drawn before the first scene.

        Args:
            width: Columns of cells, at least 1.
            height: Rows of cells, at least 1.
            options: The style and what to show.
            draft: Show the Earth coarsely until `refine` is called: the first picture is there sooner.
        """
        if options.style is MapStyle.EARTH and options.earth is None:
            options = msgspec.structs.replace(options, style=MapStyle.BRAILLE)
        self.width, self.height, self.options = width, height, options
        self.draft = draft
        self._shows_earth = options.earth is not None and options.style in {MapStyle.EARTH, MapStyle.GLOBE}
        self.canvas = Canvas(width, height)
        self._signs = ASCII_SIGNS if options.style is MapStyle.ASCII else UNICODE_SIGNS
        self._ground = Canvas(width, height)
        self._ground_key: object = None
        self._scene: MapScene | None = None
        self._earth: tuple[FlatProjection | GlobeProjection, EarthGround] | None = None
        self._marks: dict[int, Mark] = {}
        self._marks_key: object = None
        self._lines: dict[Role, tuple[object, Stroke]] = {}
        self._heads: tuple[object, dict[int, str]] = None, {}
        self._legs: dict[Role, tuple[object, dict[tuple[Place, Place], dict[int, int]]]] = {}
        self._projection: FlatProjection | GlobeProjection | None = None

    # -- from scene to cells -----------------------------------------------------------------------------

    def draw(self, scene: MapScene) -> set[int]:
        """Show a scene and say which cells (row times width plus column) changed by that."""
        self._scene = scene
        projection = self._project(scene)
        changed = self._draw_earth(projection, scene) if self._shows_earth else self._draw_ground(projection, scene)
        marks_key = (projection, *self._marks_state(scene, projection))
        if marks_key != self._marks_key:
            marks = self._draw_marks(scene, projection)
            changed |= {cell for cell, _ in marks.items() ^ self._marks.items()}
            self._marks, self._marks_key = marks, marks_key
        return self._show(changed) if len(changed) < len(self.canvas.fills) else self._show_all()

    def refine(self) -> set[int]:
        """Show the Earth as finely as it can be; says which cells changed."""
        self.draft = False
        if self._earth is None or self._earth[1].grid is self.options.pixels.grid:
            return set()
        self._earth = None
        return set() if self._scene is None else self.draw(self._scene)

    def runs(self, row: int, first: int = 0, after: int | None = None) -> list[CellRun]:
        """One row of the picture, or some of its columns."""
        return self.canvas.runs(row, first, after)

    def place(self, column: int, row: int) -> Place | None:
        """The place on Earth under a cell, if there is one."""
        if self._projection is None or not (0 <= column < self.width and 0 <= row < self.height):
            return None
        return self._projection.place(column, row)

    def _project(self, scene: MapScene) -> FlatProjection | GlobeProjection:
        """The projection for this scene: the same object as long as nothing about it changes."""
        options, old = self.options, self._projection
        if options.style is MapStyle.GLOBE:
            from tui.map.globe_projection import TURN_STEP_DEG, GlobeProjection

            centre = (
                round(scene.latitude_deg / TURN_STEP_DEG),
                round(scene.longitude_deg / TURN_STEP_DEG) % (360 // TURN_STEP_DEG),
            )
            if not isinstance(old, GlobeProjection) or old.centre != centre:
                net = options.graticule and not options.textured and self.width >= FOOTPRINT_FROM_COLUMNS
                self._projection = old = GlobeProjection(self.width, self.height, centre, graticule=net)
            return old
        centre_deg = options.centre_longitude_deg
        if centre_deg is None:
            centre_deg = round(scene.longitude_deg / FOLLOW_STEP_DEG) * FOLLOW_STEP_DEG
        cropped = self.height < CROPPED_BELOW_ROWS
        fresh = FlatProjection(
            self.width,
            self.height,
            GRIDS[options.style],
            centre_longitude_deg=centre_deg,
            south_deg=CROPPED_SOUTH_DEG if cropped else -90.0,
            north_deg=CROPPED_NORTH_DEG if cropped else 90.0,
            graticule=options.graticule and not options.textured and self.width >= GRATICULE_FROM_COLUMNS,
        )
        if not isinstance(old, FlatProjection) or old.shift != fresh.shift:
            self._projection = old = fresh
        return old

    def _draw_earth(self, projection: FlatProjection | GlobeProjection, scene: MapScene) -> set[int]:
        """Light the Earth as it looks; returns the cells that changed."""
        if self._earth is None or self._earth[0] is not projection:
            self._earth = projection, self._earth_under(projection)
        ground = self._earth[1]
        return self._take_ground(ground, ground.shine((scene.subsolar_latitude_deg, scene.subsolar_longitude_deg)))

    def _take_ground(self, ground: EarthGround, cells: Iterable[int]) -> set[int]:
        """Take cells of the Earth over into the ground of the map."""
        canvas, taken = self._ground, set(cells)
        if self.draft and len(taken) == len(canvas.fills):
            canvas.inks[:] = canvas.fills[:] = [PACKED | colour for colour in ground.coarse_colours()]
            return taken
        for cell in taken:
            glyph, ink, fill = ground.cell(cell)
            canvas.glyphs[cell], canvas.inks[cell], canvas.fills[cell] = glyph, PACKED | ink, PACKED | fill
        return taken

    def _earth_under(self, projection: FlatProjection | GlobeProjection) -> EarthGround:
        """The ground for a projection, not lit yet."""
        from tui.map.earth import earth_colours

        grid, colours = self.options.pixels.grid, earth_colours(self.options.earth or "truecolor")
        if self.draft:
            from tui.map.earth_ground import draft_colours

            grid, colours = WHOLE_CELLS, draft_colours(colours)
        if isinstance(projection, FlatProjection):
            from tui.map.earth_ground import FlatEarth

            return FlatEarth(projection, grid, colours)
        from tui.map.earth_globe import GlobeEarth

        return GlobeEarth(projection, grid, colours)

    def _draw_ground(self, projection: FlatProjection | GlobeProjection, scene: MapScene) -> set[int]:
        """Put ground and night together; returns the cells that changed."""
        from tui.map.terminator import NAUTICAL  # not needed where the Earth is shown as it looks

        sun = snap_sun(scene.subsolar_latitude_deg, scene.subsolar_longitude_deg, self.width)
        if (projection, sun) == self._ground_key:
            return set()
        self._ground_key = projection, sun
        ground, levels = projection.ground(), projection.levels(sun)
        before, self._ground = self._ground, Canvas(self.width, self.height)
        canvas = self._ground
        canvas.glyphs[:] = ground.glyphs
        canvas.fills[:] = bytes(map(add, ground.land, levels))
        canvas.inks[:] = levels.translate(bytes((ground.ink_day + i) & 0xFF for i in range(256)))
        for cell in ground.graticule:
            canvas.inks[cell] = Role.GRATICULE_DAY if levels[cell] < NAUTICAL else Role.GRATICULE_NIGHT
        if self.options.textured:
            self._add_texture(levels)
        return changed_cells(before, canvas)

    def _add_texture(self, levels: bytes) -> None:
        """Dot the night side, every second cell, where nothing else is drawn."""
        from tui.map.terminator import LEVELS, NAUTICAL

        glyphs, width = self._ground.glyphs, self.width
        ascii_only = self.options.style is MapStyle.ASCII
        for cell, level in enumerate(levels):
            if not NAUTICAL <= level < LEVELS:
                continue
            if glyphs[cell] == " " and (cell % width + cell // width) % 2:
                glyphs[cell] = "." if ascii_only else "⠂"
            elif ascii_only and glyphs[cell] == ":":
                glyphs[cell] = ";"

    def _show(self, cells: Iterable[int]) -> set[int]:
        """Bring cells of the picture up to date: the mark if there is one, else the ground. Says which changed."""
        canvas, ground, marks = self.canvas, self._ground, self._marks
        glyphs, inks, fills = canvas.glyphs, canvas.inks, canvas.fills
        changed = set()
        for cell in cells:
            mark = marks.get(cell)
            if mark is None:
                glyph, ink, fill = ground.glyphs[cell], ground.inks[cell], ground.fills[cell]
            else:
                glyph, ink = mark
                fill = Role.MARKER_FILL if ink == Role.MARKER else self._behind(cell)
            if glyphs[cell] != glyph or inks[cell] != ink or fills[cell] != fill:
                glyphs[cell], inks[cell], fills[cell] = glyph, ink, fill
                changed.add(cell)
        return changed

    def _show_all(self) -> set[int]:
        """Draw the picture anew, which is faster than cell by cell. Says which cells changed."""
        before, self.canvas = self.canvas, self._ground.copy()
        self._show(self._marks)
        return changed_cells(before, self.canvas)

    def _behind(self, cell: int) -> int:
        """The fill of a cell with a mark: where the ground has two colours, their mean."""
        ground = self._ground
        fill = ground.fills[cell]
        if fill < PACKED or ground.glyphs[cell] == " ":
            return fill
        return PACKED | mean_colour((ground.inks[cell] & 0xFFFFFF, fill & 0xFFFFFF))

    # -- marks -------------------------------------------------------------------------------------------

    def _marks_state(self, scene: MapScene, projection: FlatProjection | GlobeProjection) -> tuple[object, ...]:
        """All that the marks depend on, besides the projection."""
        return (
            snap_sun(scene.subsolar_latitude_deg, scene.subsolar_longitude_deg, self.width),
            _track_key(scene.past),
            _track_key(scene.future),
            projection.dot(scene.latitude_deg, scene.longitude_deg),
            round(scene.footprint_radius_deg, 1),
            scene.observer,
            scene.label,
            scene.uncertain,
        )

    def _draw_marks(self, scene: MapScene, projection: FlatProjection | GlobeProjection) -> dict[int, Mark]:
        """Footprint, tracks, signs and labels; what comes later covers what came before."""
        station = (scene.latitude_deg, scene.longitude_deg)
        past_role = Role.UNCERTAIN if scene.uncertain else Role.PAST
        future_role = Role.UNCERTAIN if scene.uncertain else Role.FUTURE
        past = self._track(scene.past, Role.PAST, projection).copy()
        future = self._track(scene.future, Role.FUTURE, projection).copy()
        past.path((projection.dot(*place) for place in (*scene.past[-1:], station)), dotted=True)
        future.path(projection.dot(*place) for place in (station, *scene.future[:1]))
        marks: dict[int, Mark] = {}
        if self.width >= FOOTPRINT_FROM_COLUMNS and scene.footprint_radius_deg > 0 and not scene.uncertain:
            self._ink(marks, self._footprint(scene, projection), Role.FOOTPRINT)
        self._ink(marks, past, past_role)
        self._ink(marks, future, future_role)
        marks.update((cell, (arrow, future_role)) for cell, arrow in self._arrows(scene.future, projection).items())
        self._draw_signs(marks, scene, projection)
        return marks

    def _ink(self, marks: dict[int, Mark], stroke: Stroke, role: Role) -> None:
        """Turn a layer of dots into marks."""
        single = self._signs.strokes.get(role)
        glyphs = BRAILLE.glyphs if stroke.grid is OCTANTS else stroke.grid.glyphs
        for cell, bits in stroke.bits.items():
            marks[cell] = (single or glyphs[bits], role)

    def _track(self, places: Sequence[Place], role: Role, projection: FlatProjection | GlobeProjection) -> Stroke:
        """A track through its samples. These stay in place as time goes on, and so do the lines between them."""
        key = (projection, _track_key(places))
        kept = self._lines.get(role)
        if kept is not None and kept[0] == key:
            return kept[1]
        drawn = self._legs.get(role)
        known = drawn[1] if drawn is not None and drawn[0] is projection else {}
        legs: dict[tuple[Place, Place], dict[int, int]] = {}
        whole = projection.stroke()
        for leg in pairwise(places):
            bits = known.get(leg)
            if bits is None:
                stroke = projection.stroke()
                stroke.path((projection.dot(*place) for place in leg), dotted=role is Role.PAST)
                bits = stroke.bits
            legs[leg] = bits
            whole.add(bits)
        self._legs[role] = projection, legs
        self._lines[role] = key, whole
        return whole

    def _footprint(self, scene: MapScene, projection: FlatProjection | GlobeProjection) -> Stroke:
        """The horizon circle around the middle of the station's cell, so that it moves when the marker does."""
        cell = projection.cell(scene.latitude_deg, scene.longitude_deg)
        centre = None if cell is None else projection.place(*cell)
        if centre is None:
            return projection.stroke()
        radius_deg, points = round(scene.footprint_radius_deg, 1), max(36, min(180, self.width))
        key = (projection, centre, radius_deg)
        kept = self._lines.get(Role.FOOTPRINT)
        if kept is None or kept[0] != key:
            stroke = projection.stroke()
            stroke.path(projection.dot(*place) for place in circle(centre, radius_deg, points))
            kept = self._lines[Role.FOOTPRINT] = key, stroke
        return kept[1]

    def _arrows(self, future: Sequence[Place], projection: FlatProjection | GlobeProjection) -> dict[int, str]:
        """Arrowheads along the future track, at fixed longitudes so that they stay put while time passes."""
        key = (projection, _track_key(future))
        if self._heads[0] == key:
            return self._heads[1]
        heads: dict[int, str] = {}
        for before, after in pairwise(future):
            if before[1] % 360 // ARROW_STEP_DEG == after[1] % 360 // ARROW_STEP_DEG:
                continue
            start, end = projection.dot(*before), projection.dot(*after)
            cell = projection.cell(*after)
            if start is None or end is None or cell is None:
                continue
            right, down = end[0] - start[0], end[1] - start[1]
            if projection.wraps and abs(right) > projection.dots_across // 2:
                right = -right  # over the seam
            if 2 * abs(right) >= abs(down):  # most of the way is eastwards
                arrow = self._signs.arrows[0 if right >= 0 else 1]
            else:
                arrow = self._signs.arrows[2 if down < 0 else 3]
            heads[self._index(cell)] = arrow
        self._heads = key, heads
        return heads

    def _draw_signs(
        self, marks: dict[int, Mark], scene: MapScene, projection: FlatProjection | GlobeProjection
    ) -> None:
        """Sun, observer and station with their names."""
        signs, tracks = self._signs, set(marks)
        taken: dict[int, Mark] = {}
        station = projection.cell(scene.latitude_deg, scene.longitude_deg)
        if station is not None:
            taken[self._index(station)] = (signs.unknown if scene.uncertain else signs.marker, Role.MARKER)
            label = f"{scene.label}?" if scene.uncertain else scene.label
            # On the side that the track bends away from: below it where it climbs, above it where it falls.
            ahead = projection.dot(*scene.future[0]) if scene.future else None
            here = projection.dot(scene.latitude_deg, scene.longitude_deg)
            climb = here[1] - ahead[1] if ahead and here else 0
            side = 1 if (climb or -scene.latitude_deg) > 0 else -1
            self._write_name(taken, tracks, station, label, Role.LABEL, (side, 0, -side))
        if scene.observer is not None:
            latitude_deg, longitude_deg, name = scene.observer
            home = projection.cell(latitude_deg, longitude_deg)
            if home is not None and self._index(home) not in taken:
                taken[self._index(home)] = (signs.observer, Role.OBSERVER)
                self._write_name(taken, tracks, home, name, Role.OBSERVER, (0, 1, -1))
        sun = snap_sun(scene.subsolar_latitude_deg, scene.subsolar_longitude_deg, self.width)
        noon = projection.cell(sun[0] / 4, (sun[1] + 0.5) / self.width * 360.0 - 180.0)
        if noon is not None:
            taken.setdefault(self._index(noon), (signs.sun, Role.SUN))
        marks.update(taken)

    def _index(self, cell: tuple[int, int]) -> int:
        """Column and row to the position in the flat arrays."""
        return cell[1] * self.width + cell[0]

    def _write_name(
        self,
        taken: dict[int, Mark],
        tracks: set[int],
        sign: tuple[int, int],
        name: str,
        role: Role,
        lines: tuple[int, ...],
    ) -> None:
        """Write a name near its sign: clear of the tracks if that is possible, never over another name.

        Args:
            taken: Signs and names so far; the name is added.
            tracks: Cells that lines run through.
            sign: Column and row of the sign.
            name: What to write, on one line; if it fits nowhere it is left out.
            role: Its ink.
            lines: Rows to try, relative to the sign, best first; on each to the right and to the left.
        """
        length = cell_len(name)
        column, row = sign
        free: list[tuple[int, int]] = []
        for start, line in [(start, row + n) for n in lines for start in (column + 2, column - 1 - length)]:
            if 0 <= line < self.height and 0 <= start <= self.width - length:
                first = line * self.width + start
                if not any(cell in taken for cell in range(first, first + length)):
                    free.append((first, start))
        if free and length:
            clear = (place for place in free if tracks.isdisjoint(range(place[0], place[0] + length)))
            first, start = next(clear, free[0])
            place_text(taken, first - start, start, name, role)


def _track_key(places: Sequence[Place]) -> tuple[object, ...]:
    """What tells two tracks apart: samples stay in place, so their number and ends are enough."""
    return (len(places), *places[:1], *places[-1:])
