"""The embedded coastlines and land grids, read without numpy.

`seeds/makers/coast.py` makes the files and describes their format.
"""

from __future__ import annotations

import sys
from array import array
from functools import cache
from operator import itemgetter

import msgspec

from sim.seed_data import seed_chunk

LAND_STEPS_DEG = (0.25, 0.5, 1.0, 2.0)
"""Sizes of the squares of the embedded land grids, finest first."""


class Coast(msgspec.Struct, frozen=True):
    """Coastlines at one scale. Angles are in hundredths of a degree.

    Line i begins at point `starts[i]` and ends before `starts[i + 1]`. Lines are sorted by falling `extents`, the
    larger side of the bounding box of the island or continent they belong to.
    """

    extents: array[int]
    starts: list[int]
    latitudes: array[int]
    longitudes: array[int]


@cache
def coast(*, fine: bool) -> Coast:
    """The coastlines of Natural Earth at 1:110 million or (`fine`) 1:50 million, simplified to what maps can show."""
    numbers = array("h", seed_chunk("coast.bin", 1 if fine else 0))
    if sys.byteorder == "big":
        numbers.byteswap()
    count = numbers[0]
    heads, points = numbers[1 : 1 + 2 * count], numbers[1 + 2 * count :]
    starts = [0]
    for length in heads[1::2]:
        starts.append(starts[-1] + length)
    return Coast(extents=heads[0::2], starts=starts, latitudes=points[0::2], longitudes=points[1::2])


@cache
def _land_grid(level: int) -> bytes:
    """One byte a square of `LAND_STEPS_DEG[level]`, from the north west, 1 for land."""
    return seed_chunk("land.bin", level)


class LandSampler:
    """Land or sea on a grid that suits a resolution."""

    def __init__(self, resolution_deg: float) -> None:
        """Choose the coarsest grid whose squares are no larger than the resolution."""
        fitting = [level for level, step_deg in enumerate(LAND_STEPS_DEG) if step_deg <= resolution_deg]
        level = fitting[-1] if fitting else 0
        self.step_deg = LAND_STEPS_DEG[level]
        self.width = round(360 / self.step_deg)
        self.height = round(180 / self.step_deg)
        self._grid = _land_grid(level)

    def at(self, latitude_deg: float, longitude_deg: float) -> int:
        """1 on land, else 0."""
        row = min(int((90.0 - latitude_deg) / self.step_deg), self.height - 1)
        column = int((longitude_deg + 180.0) / self.step_deg) % self.width
        return self._grid[row * self.width + column]

    def rows(self, latitudes_deg: list[float], longitudes_deg: list[float]) -> list[bytes]:
        """Land for each latitude (a row) at each longitude (a byte, 0 or 1)."""
        columns = [int((longitude + 180.0) / self.step_deg) % self.width for longitude in longitudes_deg]
        pick = itemgetter(*columns, columns[0])  # one more, so that a single column also gives a tuple
        rows = []
        for latitude_deg in latitudes_deg:
            row = min(int((90.0 - latitude_deg) / self.step_deg), self.height - 1)
            line = self._grid[row * self.width : (row + 1) * self.width]
            rows.append(bytes(pick(line)[:-1]))
        return rows
