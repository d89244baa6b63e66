"""Projections of the sky: a disc around the zenith, or a panorama."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from sim.astro.vectors import wrapped_deg
from tui.drawing.canvas import BRAILLE

if TYPE_CHECKING:
    from collections.abc import Iterator

SIDE_COLUMNS = 4
"""Cells left and right of the disc, for compass letters."""

LETTER_ROWS = 1
"""Rows above and below the disc, and below the panorama, for compass letters."""

WIDEST_DEG = 360.0
NARROWEST_DEG = 180.0


class Dot(msgspec.Struct, frozen=True, gc=False):
    """A dot of the picture, counted from its upper left corner; fractions lie between dots."""

    x: float
    y: float

    @property
    def cell(self) -> tuple[int, int]:
        """Column and row of the cell it is in."""
        return math.floor((self.x + 0.5) / BRAILLE.across), math.floor((self.y + 0.5) / BRAILLE.down)


@dataclass(frozen=True)
class Disc:
    """The whole sky: zenith in the middle, horizon at the edge, radius proportional to the zenith distance.

    As seen from below: with north up, east is at the left.

    Attributes:
        columns: Width in cells.
        rows: Height in cells.
        up_deg: Azimuth that points up on the screen.
    """

    columns: int
    rows: int
    up_deg: float = 0.0

    @cached_property
    def centre(self) -> Dot:
        """The zenith."""
        return Dot((self.columns * BRAILLE.across - 1) / 2.0, (self.rows * BRAILLE.down - 1) / 2.0)

    @cached_property
    def radius(self) -> float:
        """Dots from the zenith to the horizon; dots are square where cells are twice as high as wide."""
        across = (self.columns - 2 * SIDE_COLUMNS) * BRAILLE.across
        down = (self.rows - 2 * LETTER_ROWS) * BRAILLE.down
        return max((min(across, down) - 1) / 2.0, 2.0)

    def dot(self, azimuth_deg: float, elevation_deg: float) -> Dot:
        """The dot of a direction; outside the disc below the horizon."""
        turn = math.radians(azimuth_deg - self.up_deg)
        distance = (90.0 - elevation_deg) / 90.0 * self.radius
        return Dot(self.centre.x - math.sin(turn) * distance, self.centre.y - math.cos(turn) * distance)

    def direction(self, dot: Dot) -> tuple[float, float]:
        """Azimuth and elevation (deg) of a dot."""
        azimuth_deg, elevation_deg = self.directions(dot.x, dot.y)
        return azimuth_deg % 360.0, elevation_deg

    def directions(self, x: Any, y: Any, m: Any = math) -> tuple[Any, Any]:  # noqa: ANN401 - numbers or arrays
        """`direction` for the numbers of a dot (`math`) or arrays of them (`numpy`); azimuths of any turn."""
        dx, dy = self.centre.x - x, self.centre.y - y
        return m.degrees(m.atan2(dx, dy)) + self.up_deg, 90.0 - m.hypot(dx, dy) / self.radius * 90.0

    @property
    def dots_per_deg(self) -> float:
        """Dots of a degree of elevation."""
        return self.radius / 90.0

    def holds(self, azimuth_deg: float, elevation_deg: float) -> bool:
        """Whether a direction is inside the picture."""
        return elevation_deg >= 0.0

    def joined(self, one: Dot, other: Dot) -> bool:
        """Whether neighbouring samples may be joined by a line: always."""
        return True

    def ring(self, elevation_deg: float) -> Iterator[Dot]:
        """Dots of a circle of equal elevation."""
        steps = max(24, round(self.radius * (90.0 - elevation_deg) / 90.0 * 5.0))
        return (self.dot(360.0 * k / steps, elevation_deg) for k in range(steps + 1))

    def letter(self, azimuth_deg: float) -> Dot:
        """The dot of a compass letter, outside the horizon."""
        edge = self.dot(azimuth_deg, 0.0)
        turn = math.radians(azimuth_deg - self.up_deg)
        return Dot(edge.x - math.sin(turn) * 2.5 * BRAILLE.across, edge.y - math.cos(turn) * 0.8 * BRAILLE.down)


@dataclass(frozen=True)
class Panorama:
    """A panorama: the horizon at the lower edge, the zenith at the upper one, a given azimuth in the middle.

    Attributes:
        columns: Width in cells.
        rows: Height in cells.
        facing_deg: Azimuth in the middle.
    """

    columns: int
    rows: int
    facing_deg: float = 180.0

    @cached_property
    def _height(self) -> float:
        return max((self.rows - LETTER_ROWS) * BRAILLE.down - 1.0, 4.0)

    @cached_property
    def _across(self) -> int:
        """Dots from the first column of them to the last one."""
        return self.columns * BRAILLE.across - 1

    @cached_property
    def span_deg(self) -> float:
        """Azimuths from edge to edge: the same scale as for elevations, but at least half the horizon."""
        true = 90.0 / self._height * self._across
        return min(max(true, NARROWEST_DEG), WIDEST_DEG)

    def dot(self, azimuth_deg: float, elevation_deg: float) -> Dot:
        """The dot of a direction; beside the picture where the azimuth is too far from the middle."""
        offset_deg = wrapped_deg(azimuth_deg - self.facing_deg)
        return Dot((0.5 + offset_deg / self.span_deg) * self._across, (90.0 - elevation_deg) / 90.0 * self._height)

    def direction(self, dot: Dot) -> tuple[float, float]:
        """Azimuth and elevation (deg) of a dot."""
        azimuth_deg, elevation_deg = self.directions(dot.x, dot.y)
        return azimuth_deg % 360.0, elevation_deg

    def directions(self, x: Any, y: Any, m: Any = math) -> tuple[Any, Any]:  # noqa: ANN401 - numbers or arrays
        """`direction` for the numbers of a dot or arrays of them; azimuths of any turn."""
        del m  # this one needs no functions
        return self.facing_deg + (x / self._across - 0.5) * self.span_deg, 90.0 - y / self._height * 90.0

    @property
    def dots_per_deg(self) -> float:
        """Dots of a degree of elevation."""
        return self._height / 90.0

    def holds(self, azimuth_deg: float, elevation_deg: float) -> bool:
        """Whether a direction is inside the picture."""
        offset_deg = wrapped_deg(azimuth_deg - self.facing_deg)
        return elevation_deg >= 0.0 and abs(offset_deg) <= self.span_deg / 2.0

    def joined(self, one: Dot, other: Dot) -> bool:
        """Whether neighbouring samples may be joined by a line: not across the edges."""
        return abs(one.x - other.x) < self.columns * BRAILLE.across / 2.0

    def ring(self, elevation_deg: float) -> Iterator[Dot]:
        """Dots of a line of equal elevation."""
        y = self.dot(self.facing_deg, elevation_deg).y
        return (Dot(float(x), y) for x in range(0, self.columns * BRAILLE.across, 2))

    def letter(self, azimuth_deg: float) -> Dot:
        """The dot of a compass letter, in the row below the horizon."""
        return Dot(self.dot(azimuth_deg, 0.0).x, self.rows * BRAILLE.down - 2.0)


SkyProjection = Disc | Panorama
