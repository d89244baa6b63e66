"""The flat map: every degree of longitude and latitude alike (plate carrée), any meridian in the middle."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from tui.drawing.canvas import DotGrid, Stroke
from tui.map.projection import MapProjection

if TYPE_CHECKING:
    from tui.map.projection import Place

GRATICULE_STEP_DEG = 30


class Raster(msgspec.Struct, frozen=True):
    """Numbers on a plate carrée, from 180 W eastwards and from north to south; longitudes are from -180 to 540."""

    width: int
    height: int
    values: bytes
    """One byte a pixel."""

    def at(self, latitude_deg: float, longitude_deg: float) -> int:
        """The number at a place."""
        row, column = self._row(latitude_deg), int((longitude_deg + 180.0) * (self.width / 360.0)) % self.width
        return self.values[row * self.width + column]

    def rows(self, latitudes_deg: list[float], longitudes_deg: list[float]) -> list[bytes]:
        """The numbers for each latitude (a row) at each longitude (a byte)."""
        per_degree = self.width / 360.0
        columns = [int((longitude + 180.0) * per_degree) % self.width for longitude in longitudes_deg]
        pick = itemgetter(*columns, columns[0])  # one more, so that a single column also gives a tuple
        starts = [self._row(latitude_deg) * self.width for latitude_deg in latitudes_deg]
        return [bytes(pick(self.values[start : start + self.width])[:-1]) for start in starts]

    def _row(self, latitude_deg: float) -> int:
        return min(int((90.0 - latitude_deg) * (self.height / 180.0)), self.height - 1)


class Ground(msgspec.Struct, frozen=True):
    """What does not change with time, cell by cell."""

    glyphs: list[str]
    land: bytes
    """`Role.LAND_DAY` where the cell's background is land, else 0; the night level is added to it."""
    ink_day: int
    """The ink of the glyphs by day; the night level is added to it."""
    graticule: list[int]
    """Cells whose glyph is part of the graticule."""


def snap_sun(latitude_deg: float, longitude_deg: float, columns: int) -> tuple[int, int]:
    """The Sun's place in steps too small to show: quarters of a degree north, whole columns from 180 W.

    The night then moves one column at a time everywhere at once instead of trickling through all rows.
    """
    return round(latitude_deg * 4), int((longitude_deg + 180.0) % 360.0 / 360.0 * columns) % columns


def _edges_deg(centre_deg: float, span_deg: float, rows: int) -> tuple[float, float]:
    """The lower and the upper edge of a part of the Earth, at whole rows and no farther than the poles."""
    row_deg = span_deg / rows
    top_deg = round((centre_deg + span_deg / 2.0) / row_deg) * row_deg
    top_deg = min(max(top_deg, -90.0 + span_deg), 90.0)
    return top_deg - span_deg, top_deg


class FlatProjection(MapProjection):
    """Longitude across, latitude down: the whole Earth, wrapping at the sides, or a part of it."""

    def __init__(
        self,
        width: int,
        height: int,
        grid: DotGrid,
        *,
        centre_longitude_deg: float,
        south_deg: float = -90.0,
        north_deg: float = 90.0,
        graticule: bool = False,
        zoom: float = 1.0,
        centre_latitude_deg: float = 0.0,
    ) -> None:
        """Lay out the map.

        Args:
            width: Columns of cells; they span 360 degrees, divided by the zoom.
            height: Rows of cells.
            grid: The dots in a cell.
            centre_longitude_deg: The meridian in the middle, rounded to a whole column.
            south_deg: Latitude of the lower edge at zoom 1.
            north_deg: Latitude of the upper edge at zoom 1.
            graticule: Draw meridians and parallels every 30 degrees.
            zoom: How many times as large as the whole Earth, at least 1.
            centre_latitude_deg: The parallel in the middle of a part of the Earth, as far as its edges allow.
        """
        super().__init__(width, height, grid, wraps=zoom == 1.0)
        self.graticule, self.zoom = graticule, zoom
        self.span_deg = 360.0 / zoom
        column_deg = self.span_deg / width
        if self.wraps:
            self.south_deg, self.north_deg = south_deg, north_deg
            self.shift = round(centre_longitude_deg / 360.0 * width) % width
        else:
            self.south_deg, self.north_deg = _edges_deg(centre_latitude_deg, (north_deg - south_deg) / zoom, height)
            self.shift = round((centre_longitude_deg - self.span_deg / 2.0 + 180.0) % 360.0 / column_deg)
        # Columns by which the left edge lies east of 180 W.
        self.west_deg = self.shift * column_deg - 180.0
        """Longitude of the left edge, from -180 to 180."""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells two projections of one size and grid apart."""
        return self.shift, self.zoom, self.north_deg, self.south_deg

    @property
    def middle(self) -> Place:
        """The place in the middle of the picture."""
        return (self.north_deg + self.south_deg) / 2.0, (self.west_deg + self.span_deg / 2.0 + 180.0) % 360.0 - 180.0

    @property
    def cell_deg(self) -> float:
        """Degrees of longitude of a column."""
        return self.span_deg / self.width

    @property
    def row_deg(self) -> float:
        """Degrees of latitude of a row."""
        return (self.north_deg - self.south_deg) / self.height

    def stroke(self) -> Stroke:
        """An empty layer of lines for this map."""
        return Stroke(self.width, self.height, self.grid, wraps=self.wraps, around=self.dots_across * self.zoom)

    def dot(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """The dot at a place; outside the picture where the map ends before."""
        if self.wraps:
            fraction = (longitude_deg + 180.0) % 360.0 / 360.0
            x = (int(fraction * self.dots_across) - self.shift * self.grid.across) % self.dots_across
        else:  # beyond the edges up to the meridian opposite the middle
            middle_deg = self.span_deg / 2.0
            east_deg = (longitude_deg - self.west_deg - middle_deg + 180.0) % 360.0 - 180.0 + middle_deg
            x = int(east_deg / self.span_deg * self.dots_across // 1)
        down = (self.north_deg - latitude_deg) / (self.north_deg - self.south_deg)
        y = int(down * self.dots_down // 1)
        return x, (self.dots_down - 1 if latitude_deg == self.south_deg else y)

    def place(self, column: int, row: int) -> Place | None:
        """The place in the middle of a cell."""
        latitude_deg = self.north_deg - (row + 0.5) * (self.north_deg - self.south_deg) / self.height
        if self.wraps:
            longitude_deg = ((column + self.shift) % self.width + 0.5) * (360.0 / self.width) - 180.0
        else:
            longitude_deg = (self.west_deg + (column + 0.5) * self.cell_deg + 180.0) % 360.0 - 180.0
        return latitude_deg, longitude_deg
