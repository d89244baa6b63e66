"""Flat convex faces to pixels: which face is nearest where, kept in a z-buffer."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Corner = tuple[float, float, float]
"""Across and down in pixels (the middle of the first pixel is at 0.5), and nearness, the larger the nearer."""

NOBODY = -1
_FAR = 1e9


class ZBuffer:
    """The nearest face at every pixel.

    Attributes:
        owners: The number of the face at each pixel, row by row, `NOBODY` where there is none.
        nearness: How near it is there.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.owners = [NOBODY] * (columns * rows)
        self.nearness = [0.0] * (columns * rows)

    def fill(self, corners: Sequence[Corner], owner: int) -> None:
        """Draw a flat convex face where nothing nearer is. A pixel belongs to it if its middle does.

        Nearness is linear over a flat face, so it is one addition a pixel.
        """
        slopes = _slopes(corners)
        if slopes is None:
            return
        across, down, start = slopes
        heights = [corner[1] for corner in corners]
        top, bottom = max(ceil(min(heights) - 0.5), 0), min(ceil(max(heights) - 0.5), self.rows)
        columns, owners, nearness = self.columns, self.owners, self.nearness
        edges = [*zip((corners[-1], *corners), corners, strict=False)]
        for row in range(top, bottom):
            middle = row + 0.5
            left, right = _crossing(edges, middle)
            first, after = max(ceil(left - 0.5), 0), min(ceil(right - 0.5), columns)
            if first >= after:
                continue
            near = start + down * middle + across * (first + 0.5)
            for pixel in range(row * columns + first, row * columns + after):
                if near > nearness[pixel]:
                    nearness[pixel] = near
                    owners[pixel] = owner
                near += across


def _slopes(corners: Sequence[Corner]) -> tuple[float, float, float] | None:
    """Nearness = start + across * x + down * y over a face; None where it is seen edge on."""
    x0, y0, n0 = corners[0]
    best, found = 0.0, None
    for number in range(1, len(corners) - 1):
        (x1, y1, n1), (x2, y2, n2) = corners[number], corners[number + 1]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if abs(area) > best:
            best = abs(area)
            across = ((n1 - n0) * (y2 - y0) - (n2 - n0) * (y1 - y0)) / area
            down = ((x1 - x0) * (n2 - n0) - (x2 - x0) * (n1 - n0)) / area
            found = across, down, n0 - across * x0 - down * y0
    return found if best > 1e-9 else None


def _crossing(edges: Sequence[tuple[Corner, Corner]], y: float) -> tuple[float, float]:
    """Where a horizontal line enters and leaves a convex face; nothing between the two where it misses it."""
    left, right = _FAR, -_FAR
    for (x0, y0, _), (x1, y1, _) in edges:
        if (y0 <= y) != (y1 <= y):
            x = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
            if left > right:
                left = right = x
            elif x < left:
                left = x
            elif x > right:
                right = x
    return left, right
