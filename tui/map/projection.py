"""What every projection of the map can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from tui.drawing.canvas import Stroke

if TYPE_CHECKING:
    from tui.drawing.canvas import DotGrid

Place = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""


class MapProjection(ABC):
    """From places on Earth to dots of a picture, and back.

    Args:
        width: Columns of cells.
        height: Rows of cells.
        grid: The dots in a cell.
        wraps: Whether what leaves the picture at one side comes in at the other.
    """

    def __init__(self, width: int, height: int, grid: DotGrid, *, wraps: bool = False) -> None:
        self.width, self.height, self.grid, self.wraps = width, height, grid, wraps
        self.dots_across, self.dots_down = width * grid.across, height * grid.down

    @property
    @abstractmethod
    def cell_deg(self) -> float:
        """About how many degrees of the Earth a column in the middle spans."""

    def stroke(self) -> Stroke:
        """An empty layer of lines."""
        return Stroke(self.width, self.height, self.grid, wraps=self.wraps)

    @abstractmethod
    def dot(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """The dot at a place, perhaps outside the picture; None where the place is hidden."""

    def cell(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """Column and row at a place, or None outside the picture."""
        dot = self.dot(latitude_deg, longitude_deg)
        if dot is None or not (0 <= dot[0] < self.dots_across and 0 <= dot[1] < self.dots_down):
            return None
        return dot[0] // self.grid.across, dot[1] // self.grid.down

    @abstractmethod
    def place(self, column: int, row: int) -> Place | None:
        """The place in the middle of a cell, or None where there is no ground."""
