"""The globe: the Earth as seen from far away, straight above a place (orthographic projection)."""

from __future__ import annotations

from functools import cache, lru_cache
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from typing import TYPE_CHECKING

from sim.astro.frames import enu_axes
from tui.drawing.canvas import BRAILLE
from tui.map.coastline import coast, land_for
from tui.map.flat_projection import GRATICULE_STEP_DEG, Ground
from tui.map.palette import Role
from tui.map.projection import MapProjection
from tui.map.terminator import level_of_sine

if TYPE_CHECKING:
    from tui.drawing.canvas import Stroke
    from tui.map.projection import Place

TURN_STEP_DEG = 3
"""The globe turns in steps of this size: each step changes every cell."""

STAR_SPACING = 61
"""One in so many cells beside the disc shows a star: decoration, not a sky map."""

EDGE_TOLERANCE = 1e-9
"""Directions on the edge of the disc, which rounding puts a little behind it, still count as visible."""

Vector = tuple[float, float, float]
"""A direction from the Earth's centre: towards 0 N 0 E, towards 0 N 90 E, towards the north pole."""


def direction(latitude_deg: float, longitude_deg: float) -> Vector:
    """The unit vector towards a place, on a spherical Earth."""
    latitude, longitude = radians(latitude_deg), radians(longitude_deg)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


@cache
def _coast_directions() -> list[tuple[int, list[Vector]]]:
    """The coarse coastline as directions: extent in hundredths of a degree, and points, line by line."""
    lines = coast(fine=False)
    points = [
        direction(latitude / 100, longitude / 100)
        for latitude, longitude in zip(lines.latitudes, lines.longitudes, strict=True)
    ]
    return [
        (extent, points[begin:end])
        for extent, begin, end in zip(lines.extents, lines.starts, lines.starts[1:], strict=False)
    ]


class GlobeProjection(MapProjection):
    """Half of the Earth in a disc; what lies behind is not seen."""

    def __init__(
        self, width: int, height: int, centre: tuple[int, int], *, graticule: bool = False, zoom: float = 1.0
    ) -> None:
        """Turn the globe.

        Args:
            width: Columns of cells.
            height: Rows of cells.
            centre: Latitude and longitude in the middle of the disc, in steps of `TURN_STEP_DEG`.
            graticule: Draw meridians and parallels every 30 degrees.
            zoom: How many times as large as a disc that fits, at least 1.
        """
        super().__init__(width, height, BRAILLE)
        self.centre = centre
        self.graticule, self.zoom = graticule, zoom
        self.radius = max(min(self.dots_across, self.dots_down) / 2 - 1.0, 0.5) * zoom
        # Unit vectors of the picture: to the right, up, and towards the eye.
        self._right, self._up, self._eye = enu_axes(centre[0] * TURN_STEP_DEG, centre[1] * TURN_STEP_DEG)

    def _dot_of(self, place: Vector) -> tuple[int, int] | None:
        """The dot of a direction, or None behind the edge."""
        x, y, z = place
        eye, right, up = self._eye, self._right, self._up
        if x * eye[0] + y * eye[1] + z * eye[2] < -EDGE_TOLERANCE:
            return None
        across = x * right[0] + y * right[1]
        upwards = x * up[0] + y * up[1] + z * up[2]
        return (
            int(self.dots_across / 2 + self.radius * across),
            int(self.dots_down / 2 - self.radius * upwards),
        )

    def dot(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """The dot at a place, or None if it is on the far side."""
        return self._dot_of(direction(latitude_deg, longitude_deg))

    @property
    def cell_deg(self) -> float:
        """Degrees of the Earth that a column in the middle spans."""
        return degrees(2.0 / self.radius)

    def edge(self) -> list[tuple[int, int]]:
        """Dots around the disc."""
        steps = max(36, round(self.radius * 2))
        turns = [2 * pi * step / steps for step in range(steps + 1)]
        centre_x, centre_y = self.dots_across / 2, self.dots_down / 2
        return [(int(centre_x + self.radius * cos(a)), int(centre_y + self.radius * sin(a))) for a in turns]

    def direction_of(self, across: float, upwards: float) -> Vector:
        """The direction under a point of the disc.

        Args:
            across: To the right of the middle, in radii.
            upwards: Above the middle, in radii; the point is at most one radius from it.
        """
        towards = sqrt(max(0.0, 1.0 - across * across - upwards * upwards))
        right, up, eye = self._right, self._up, self._eye
        return (
            across * right[0] + upwards * up[0] + towards * eye[0],
            across * right[1] + upwards * up[1] + towards * eye[1],
            upwards * up[2] + towards * eye[2],
        )

    def _direction_at(self, column: int, row: int) -> Vector | None:
        """The direction under the middle of a cell, or None beside the disc."""
        across = (column * 2 + 1.0 - self.dots_across / 2) / self.radius
        upwards = (self.dots_down / 2 - row * 4 - 2.0) / self.radius
        return None if 1.0 - across * across - upwards * upwards < 0.0 else self.direction_of(across, upwards)

    def place(self, column: int, row: int) -> Place | None:
        """The place in the middle of a cell, or None beside the disc."""
        found = self._direction_at(column, row)
        if found is None:
            return None
        x, y, z = found
        return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))

    def ground(self) -> Ground:
        """Land, coasts, and the disc's edge as this side of the globe shows them."""
        return _globe_ground(self.width, self.height, self.centre, self.graticule, self.zoom)

    def cells(self) -> list[Vector | None]:
        """The direction under each cell."""
        return _cell_directions(self.width, self.height, self.centre, self.zoom)

    def levels(self, sun: tuple[int, int]) -> bytes:
        """The night level of every cell; beside the disc what makes `Role.SPACE` of it.

        Args:
            sun: The Sun's place as `snap_sun` gives it for this width.
        """
        sun_x, sun_y, sun_z = direction(sun[0] / 4, (sun[1] + 0.5) / self.width * 360.0 - 180.0)
        return bytes(
            Role.SPACE if cell is None else level_of_sine(cell[0] * sun_x + cell[1] * sun_y + cell[2] * sun_z)
            for cell in self.cells()
        )


@lru_cache(maxsize=2)
def _cell_directions(width: int, height: int, centre: tuple[int, int], zoom: float) -> list[Vector | None]:
    """The direction under each cell, or None beside the disc."""
    globe = GlobeProjection(width, height, centre, zoom=zoom)
    return [globe._direction_at(column, row) for row in range(height) for column in range(width)]


@lru_cache(maxsize=2)
def _globe_ground(width: int, height: int, centre: tuple[int, int], graticule: bool, zoom: float) -> Ground:
    """What this side of the globe shows, without light."""
    globe = GlobeProjection(width, height, centre, zoom=zoom)
    sampler = land_for(min(degrees(4.0 / globe.radius), 2.0))
    land = bytearray()
    for cell in globe.cells():
        if cell is None:
            land.append(0)
        else:
            x, y, z = cell
            found = sampler.at(degrees(asin(max(-1.0, min(1.0, z)))), degrees(atan2(y, x)))
            land.append(Role.LAND_DAY * found)
    outlines = globe.stroke()
    smallest = 150.0 * degrees(1.0 / globe.radius)
    for extent, points in _coast_directions():
        if extent < smallest:
            break
        outlines.path(globe._dot_of(point) for point in points)
    lines = globe.stroke()
    if graticule:
        _draw_graticule(globe, lines)
    edge = globe.stroke()
    edge.path(globe.edge())
    glyphs = [" "] * (width * height)
    thin = []
    for index, cell in enumerate(globe.cells()):
        inside = outlines.bits.get(index, 0) if cell is not None else 0
        bits = inside or edge.bits.get(index) or (lines.bits.get(index, 0) if cell is not None else 0)
        if not bits and cell is None and (index * 2654435761 >> 8) % STAR_SPACING == 0:
            bits = 1 << (index * 40503 >> 4) % 8
        glyphs[index] = BRAILLE.glyphs[bits]
        if bits and not inside:
            thin.append(index)
    return Ground(glyphs=glyphs, land=bytes(land), ink_day=Role.COAST_DAY, graticule=thin)


def _draw_graticule(globe: GlobeProjection, stroke: Stroke) -> None:
    """Dotted meridians and parallels every 30 degrees."""
    step_deg = max(1, round(degrees(4.0 / globe.radius)))
    net = [
        (float(latitude), float(longitude))
        for latitude in range(-60, 90, GRATICULE_STEP_DEG)
        for longitude in range(-180, 180, step_deg)
    ]
    net += [
        (float(latitude), float(longitude))
        for longitude in range(-180, 180, GRATICULE_STEP_DEG)
        for latitude in range(-75, 76, step_deg)
    ]
    for place in net:
        dot = globe.dot(*place)
        if dot is not None:
            stroke.dot(*dot)
