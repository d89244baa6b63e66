"""The ground of a map, kept from scene to scene: the Earth as it looks, or land, coasts and night in roles."""

from __future__ import annotations

from array import array
from operator import add
from typing import TYPE_CHECKING

from tui.drawing.canvas import PACKED, WHOLE_CELLS, Canvas, changed_cells
from tui.map.flat_projection import FlatProjection, snap_sun
from tui.map.palette import Role
from tui.map.scene import MapStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.map.flat_projection import Ground
    from tui.map.ground.earth_ground import EarthGround
    from tui.map.projection import MapProjection
    from tui.map.scene import MapOptions, MapScene


class GroundLayer:
    """The ground below all marks.

    Args:
        width: Columns of cells.
        height: Rows of cells.
        options: Style and colours.
        draft: Show the Earth coarsely.
    """

    def __init__(self, width: int, height: int, options: MapOptions, *, draft: bool) -> None:
        self.width, self.height, self.options, self.draft = width, height, options, draft
        self.canvas = Canvas(width, height)
        self._key: object = None
        self._earth: tuple[MapProjection, EarthGround] | None = None

    def refine(self) -> None:
        """Draw as finely as can be from the next scene on."""
        self.draft = False
        self._earth = None

    def draw(self, projection: MapProjection, scene: MapScene) -> set[int]:
        """Show a scene; says which cells changed."""
        if self.options.earth is not None and self.options.style in {MapStyle.EARTH, MapStyle.GLOBE, MapStyle.WINDOW}:
            return self._draw_earth(projection, scene)
        return self._draw_roles(projection, scene)

    def _draw_earth(self, projection: MapProjection, scene: MapScene) -> set[int]:
        """Light the Earth as it looks; returns the cells that changed."""
        if self._earth is None or self._earth[0] is not projection:
            self._earth = projection, self._earth_under(projection)
        ground = self._earth[1]
        return self._take(ground, ground.shine((scene.subsolar_latitude_deg, scene.subsolar_longitude_deg)))

    def _take(self, ground: EarthGround, cells: Iterable[int]) -> set[int]:
        """Take cells of the Earth over into the ground of the map."""
        canvas, taken = self.canvas, set(cells)
        if self.draft and len(taken) == len(canvas.fills):
            canvas.inks[:] = canvas.fills[:] = array("I", [PACKED | colour for colour in ground.coarse_colours()])
            canvas.glyphs[:] = [" "] * len(canvas.fills)
            return taken
        for cell in taken:
            glyph, ink, fill = ground.cell(cell)
            canvas.glyphs[cell], canvas.inks[cell], canvas.fills[cell] = glyph, PACKED | ink, PACKED | fill
        return taken

    def _earth_under(self, projection: MapProjection) -> EarthGround:
        """The ground for a projection, not lit yet."""
        from tui.map.ground.earth import earth_colours

        grid, colours = self.options.pixels.grid, earth_colours(self.options.earth or "truecolor")
        if self.draft:
            grid = WHOLE_CELLS
        if isinstance(projection, FlatProjection):
            from tui.map.ground.earth_ground import FlatEarth

            return FlatEarth(projection, grid, colours, draft=self.draft)
        from tui.map.globe_projection import GlobeProjection

        if isinstance(projection, GlobeProjection):
            from tui.map.ground.earth_globe import GlobeEarth

            return GlobeEarth(projection, grid, colours)
        from tui.map.ground.window_earth import WindowEarth
        from tui.map.window_projection import WindowProjection

        assert isinstance(projection, WindowProjection)  # noqa: S101 - there are no others
        return WindowEarth(projection, grid, colours, smooth=self.options.earth == "truecolor" and not self.draft)

    def _draw_roles(self, projection: MapProjection, scene: MapScene) -> set[int]:
        """Put ground and night together; returns the cells that changed."""
        from tui.map.terminator import NAUTICAL  # not needed where the Earth is shown as it looks

        sun = snap_sun(scene.subsolar_latitude_deg, scene.subsolar_longitude_deg, self.width)
        if (projection, sun) == self._key:
            return set()
        self._key = projection, sun
        ground, levels = _ground_and_night(projection, sun)
        before, self.canvas = self.canvas, Canvas(self.width, self.height)
        canvas = self.canvas
        canvas.glyphs[:] = ground.glyphs
        canvas.fills[:] = array("I", map(add, ground.land, levels))
        inks = levels.translate(bytes((ground.ink_day + i) & 0xFF for i in range(256)))
        canvas.inks[:] = array("I", [*inks])
        for cell in ground.graticule:
            canvas.inks[cell] = Role.GRATICULE_DAY if levels[cell] < NAUTICAL else Role.GRATICULE_NIGHT
        if self.options.textured:
            self._add_texture(levels)
        return changed_cells(before, canvas)

    def _add_texture(self, levels: bytes) -> None:
        """Dot the night side, every second cell, where nothing else is drawn."""
        from tui.map.terminator import LEVELS, NAUTICAL

        glyphs, width = self.canvas.glyphs, self.width
        ascii_only = self.options.style is MapStyle.ASCII
        for cell, level in enumerate(levels):
            if not NAUTICAL <= level < LEVELS:
                continue
            if glyphs[cell] == " " and (cell % width + cell // width) % 2:
                glyphs[cell] = "." if ascii_only else "⠂"
            elif ascii_only and glyphs[cell] == ":":
                glyphs[cell] = ";"


def _ground_and_night(projection: MapProjection, sun: tuple[int, int]) -> tuple[Ground, bytes]:
    """Land and coasts, and the night level of every cell."""
    if isinstance(projection, FlatProjection):
        from tui.map.ground.flat_ground import ground_of, levels_of

        return ground_of(projection), levels_of(projection, sun)
    from tui.map.globe_projection import GlobeProjection

    assert isinstance(projection, GlobeProjection)  # noqa: S101 - there are no others in roles
    return projection.ground(), projection.levels(sun)
