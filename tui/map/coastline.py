"""The embedded coastlines and land grids, read without numpy.

`seeds/makers/coast.py` makes the files and describes their format.
"""

from __future__ import annotations

import sys
from array import array
from functools import cache

import msgspec

from sim.seed_data import seed_chunk
from tui.map.flat_projection import Raster

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


def land_for(resolution_deg: float) -> Raster:
    """Land (1) and sea (0): the coarsest grid whose squares are no larger than a resolution."""
    fitting = [level for level, step_deg in enumerate(LAND_STEPS_DEG) if step_deg <= resolution_deg]
    return _land_grid(fitting[-1] if fitting else 0)


@cache
def _land_grid(level: int) -> Raster:
    step_deg = LAND_STEPS_DEG[level]
    return Raster(width=round(360 / step_deg), height=round(180 / step_deg), values=seed_chunk("land.bin", level))
