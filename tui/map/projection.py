"""What every projection of the map can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.drawing.canvas import DotGrid, Stroke

Place = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""


class MapProjection(Protocol):
    """From places on Earth to dots of a picture, and back."""

    width: int
    height: int
    dots_across: int
    dots_down: int

    @property
    def grid(self) -> DotGrid:
        """The dots in a cell."""
        ...

    @property
    def wraps(self) -> bool:
        """Whether what leaves the picture at one side comes in at the other."""
        ...

    @property
    def cell_deg(self) -> float:
        """About how many degrees of the Earth a column in the middle spans."""
        ...

    def stroke(self) -> Stroke:
        """An empty layer of lines."""
        ...

    def dot(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """The dot at a place, perhaps outside the picture; None where the place is hidden."""
        ...

    def cell(self, latitude_deg: float, longitude_deg: float) -> tuple[int, int] | None:
        """Column and row at a place, or None outside the picture."""
        ...

    def place(self, column: int, row: int) -> Place | None:
        """The place in the middle of a cell, or None where there is no ground."""
        ...
