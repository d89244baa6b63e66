"""The world map: layers, each drawn only when what it shows has changed.

From below: the ground (`tui.map.ground.ground_layer`: it changes with size, style, centre and the Sun) and the marks
(`tui.map.marks`: lines, signs, names). A `WorldMap` keeps the finished cells and says after each scene which of them
changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.drawing.canvas import PACKED, Canvas, Mark, changed_cells
from tui.drawing.cells import blend, mean_colour
from tui.map.flat_projection import FlatProjection
from tui.map.ground.ground_layer import GroundLayer
from tui.map.marks.marks import FOOTPRINT_FROM_COLUMNS, MarksDrawer
from tui.map.palette import Role
from tui.map.scene import ASCII_SIGNS, GRIDS, STAR, UNICODE_SIGNS, MapOptions, MapScene, MapStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.map.projection import MapProjection, Place

CROPPED_BELOW_ROWS = 30
"""A flat map with fewer rows leaves out the polar regions, where the station never comes."""

CROPPED_SOUTH_DEG, CROPPED_NORTH_DEG = -60.0, 66.0

FOLLOW_STEP_DEG = 30
"""A map of the whole Earth that follows the station moves its centre in steps of this size."""

FOLLOW_STEPS_A_SPAN = 3
"""One of a part of the Earth in steps of this part of what it shows."""

GRATICULE_FROM_COLUMNS = 100

NOT_OUT_OF_THE_WINDOW = frozenset({"seen", "horizon", "anomaly"})
"""Layers that would fill the view out of the window."""

SHADES = {"truecolor": (0x8CFF66, 0.24), "256": (0x5F8700, 0.5), "red": (0xC03A24, 0.30)}
"""The colour of the cells from where the station can be seen, and how much of it."""


class WorldMap:
    """A map of one size and style that is moved from scene to scene."""

    def __init__(self, width: int, height: int, options: MapOptions, *, draft: bool = False) -> None:
        """Lay out a map; nothing is drawn before the first scene.

        Args:
            width: Columns of cells, at least 1.
            height: Rows of cells, at least 1.
            options: The style and what to show.
            draft: Show the Earth coarsely and leave out some layers until `refine` is called: the first picture is
                there sooner.
        """
        if options.style in {MapStyle.EARTH, MapStyle.WINDOW} and options.earth is None:
            options = msgspec.structs.replace(options, style=MapStyle.BRAILLE)
        self.width, self.height, self.options = width, height, options
        self.draft = draft
        self.canvas = Canvas(width, height)
        signs = ASCII_SIGNS if options.style is MapStyle.ASCII else UNICODE_SIGNS
        layers = options.layers - NOT_OUT_OF_THE_WINDOW if options.style is MapStyle.WINDOW else options.layers
        self._drawer = MarksDrawer(signs, layers)
        self._drawer.draft = draft
        self._ground = GroundLayer(width, height, options, draft=draft)
        self._scene: MapScene | None = None
        self._marks: dict[int, Mark] = {}
        self._shaded: frozenset[int] = frozenset()
        self._marks_key: object = None
        self._projection: MapProjection | None = None

    # -- from scene to cells -----------------------------------------------------------------------------

    def draw(self, scene: MapScene) -> set[int]:
        """Show a scene and say which cells (row times width plus column) changed by that."""
        is_first, self._scene = self._scene is None, scene
        projection = self._project(scene)
        changed = self._ground.draw(projection, scene)
        marks_key = (projection, *self._drawer.state(scene, projection))
        if marks_key != self._marks_key:
            marks = self._drawer.draw(scene, projection)
            changed |= {cell for cell, _ in marks.cells.items() ^ self._marks.items()} | (marks.shaded ^ self._shaded)
            self._marks, self._shaded, self._marks_key = marks.cells, marks.shaded, marks_key
        if len(changed) < len(self.canvas.fills):
            return self._show(changed)
        return self._show_first() if is_first else self._show_all()

    def refine(self) -> set[int]:
        """Show the Earth as finely as it can be and all layers; says which cells changed."""
        self.draft = self._drawer.draft = False
        self._ground.refine()
        return set() if self._scene is None else self.draw(self._scene)

    def place(self, column: int, row: int) -> Place | None:
        """The place on Earth under a cell, if there is one."""
        if self._projection is None or not (0 <= column < self.width and 0 <= row < self.height):
            return None
        return self._projection.place(column, row)

    @property
    def flat(self) -> FlatProjection | None:
        """Where places are in the picture, if it is flat: only such a map can be moved."""
        return self._projection if isinstance(self._projection, FlatProjection) else None

    def _project(self, scene: MapScene) -> MapProjection:
        """The projection for this scene: the same object as long as nothing about it changes."""
        match self.options.style:
            case MapStyle.WINDOW if not scene.uncertain:
                return self._window(scene)
            case MapStyle.GLOBE | MapStyle.WINDOW:  # from an unknown place nobody looks out
                return self._globe(scene)
            case _:
                return self._flat(scene)

    def _globe(self, scene: MapScene) -> MapProjection:
        from tui.map.globe_projection import TURN_STEP_DEG, GlobeProjection

        options, old = self.options, self._projection
        centre = (
            round(scene.latitude_deg / TURN_STEP_DEG),
            round(scene.longitude_deg / TURN_STEP_DEG) % (360 // TURN_STEP_DEG),
        )
        if not isinstance(old, GlobeProjection) or old.centre != centre:
            net = options.graticule and not options.textured and self.width >= FOOTPRINT_FROM_COLUMNS
            self._projection = old = GlobeProjection(self.width, self.height, centre, graticule=net, zoom=options.zoom)
        return old

    def _window(self, scene: MapScene) -> MapProjection:
        from tui.map.window_projection import WindowProjection, camera_of

        camera, old = camera_of(scene), self._projection
        if not isinstance(old, WindowProjection) or old.camera != camera:
            self._projection = old = WindowProjection(self.width, self.height, camera)
        return old

    def _flat(self, scene: MapScene) -> MapProjection:
        options, old = self.options, self._projection
        centre_deg, latitude_deg = options.centre_longitude_deg, options.centre_latitude_deg
        cropped = self.height < CROPPED_BELOW_ROWS
        south_deg, north_deg = (CROPPED_SOUTH_DEG, CROPPED_NORTH_DEG) if cropped else (-90.0, 90.0)
        if centre_deg is None:
            step_deg = FOLLOW_STEP_DEG if options.zoom == 1.0 else 360.0 / options.zoom / FOLLOW_STEPS_A_SPAN
            centre_deg = round(scene.longitude_deg / step_deg) * step_deg
            high_deg = (north_deg - south_deg) / options.zoom / FOLLOW_STEPS_A_SPAN
            latitude_deg = round(scene.latitude_deg / high_deg) * high_deg
        fresh = FlatProjection(
            self.width,
            self.height,
            GRIDS[options.style],
            centre_longitude_deg=centre_deg,
            south_deg=south_deg,
            north_deg=north_deg,
            graticule=options.graticule and not options.textured and self.width >= GRATICULE_FROM_COLUMNS,
            zoom=options.zoom,
            centre_latitude_deg=latitude_deg,
        )
        if not isinstance(old, FlatProjection) or old.key != fresh.key:
            self._projection = old = fresh
        return old

    def _show(self, cells: Iterable[int]) -> set[int]:
        """Update cells of the picture: the mark if there is one, else the ground. Returns those that changed."""
        canvas, ground, marks, shaded = self.canvas, self._ground.canvas, self._marks, self._shaded
        glyphs, inks, fills = canvas.glyphs, canvas.inks, canvas.fills
        changed = set()
        for cell in cells:
            mark = marks.get(cell)
            if mark is None:
                glyph, ink, fill = ground.glyphs[cell], ground.inks[cell], ground.fills[cell]
                if cell in shaded:
                    ink, fill = self._shade(ink), self._shade(fill)
            else:
                glyph, ink = mark
                fill = Role.MARKER_FILL if ink == Role.MARKER else self._behind(cell)
                if cell in shaded and ink != Role.MARKER:
                    fill = self._shade(fill)
            if glyphs[cell] != glyph or inks[cell] != ink or fills[cell] != fill:
                glyphs[cell], inks[cell], fills[cell] = glyph, ink, fill
                changed.add(cell)
        return changed

    def _show_first(self) -> set[int]:
        """Draw the whole picture, which is faster than cell by cell. Says that every cell changed."""
        self.canvas = self._ground.canvas.copy()
        self._show(self._marks.keys() | self._shaded)
        return set(range(len(self.canvas.fills)))

    def _show_all(self) -> set[int]:
        """Draw the picture anew. Says which cells changed."""
        before = self.canvas
        self._show_first()
        return changed_cells(before, self.canvas)

    def _behind(self, cell: int) -> int:
        """The fill of a cell with a mark: where the ground has two colours, their mean."""
        ground = self._ground.canvas
        fill = ground.fills[cell]
        if fill < PACKED or ground.glyphs[cell] in {" ", STAR}:
            return fill
        return PACKED | mean_colour((ground.inks[cell] & 0xFFFFFF, fill & 0xFFFFFF))

    def _shade(self, colour: int) -> int:
        """A colour of the ground from where the station can be seen; where the ground is drawn in roles, itself."""
        if colour < PACKED:
            return colour
        shade, share = SHADES[self.options.earth or "truecolor"]
        return PACKED | blend(colour & 0xFFFFFF, shade, share)
