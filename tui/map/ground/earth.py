"""The Earth as it looks: ground and city lights from an embedded raster, as ready-made colours for every light.

The file is made by `seeds/makers/earth.py`, whose text describes it. It is read without numpy; nothing is computed
here but which colour to look up.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Literal

from sim.seed_data import seed_chunk
from tui.drawing.cells import red_shade
from tui.map.flat_projection import Raster

GROUNDS = 256
"""Kinds of ground: a pixel of the raster is the number of one."""

RASTER_WIDTHS = (80, 100, 120, 150, 190, 240, 320, 480, 720, 1440, 2880)
"""Widths of the embedded rasters; the last one has a file of its own, which is read when one looks closely."""

_FILE, _FINEST_FILE = "earth.bin", "earth_fine.bin"
_TRUECOLOR_CHUNK, _XTERM_CHUNK, _FIRST_RASTER_CHUNK = 0, 1, 2
_CUBE_STEPS = (0, 95, 135, 175, 215, 255)


EarthColours = Literal["truecolor", "256", "red"]
"""Kinds of colours in which the Earth can be shown."""


@cache
def _raster(number: int) -> Raster:
    width = RASTER_WIDTHS[number]
    finest = number == len(RASTER_WIDTHS) - 1
    grounds = seed_chunk(_FINEST_FILE, 0) if finest else seed_chunk(_FILE, _FIRST_RASTER_CHUNK + number)
    return Raster(width=width, height=width // 2, values=grounds)


def raster_for(step_deg: float) -> Raster:
    """The numbers of grounds: the coarsest raster whose pixels are no larger than these, or the finest there is."""
    for number, width in enumerate(RASTER_WIDTHS):
        if width * step_deg >= 359.999:
            return _raster(number)
    return _raster(len(RASTER_WIDTHS) - 1)


@cache
def earth_colours(kind: EarthColours) -> list[int]:
    """The colour (0xRRGGBB) of every ground in every light, at the index step of light * `GROUNDS` + ground.

    Args:
        kind: Any colour, only those of xterm's 256 (chosen for looking alike), or shades of red.
    """
    if kind == "256":
        return [_xterm_colour(number) for number in seed_chunk(_FILE, _XTERM_CHUNK)]
    table = seed_chunk(_FILE, _TRUECOLOR_CHUNK)
    count = len(table) // 3
    words = bytearray(4 * count)  # a byte of zero before each three: numbers of four bytes are read all at once
    words[1::4], words[2::4], words[3::4] = table[0::3], table[1::3], table[2::3]
    colours = list(struct.unpack(f">{count}I", words))
    return [red_shade(colour) for colour in colours] if kind == "red" else colours


def _xterm_colour(number: int) -> int:
    """The colour that xterm shows for a number from 16 to 255."""
    if number >= 232:
        return 0x010101 * (8 + 10 * (number - 232))
    cube = number - 16
    red, green, blue = (_CUBE_STEPS[cube // size % 6] for size in (36, 6, 1))
    return red << 16 | green << 8 | blue


def lit_row(grounds: bytes, light: bytes, colours: list[int]) -> list[int]:
    """The colours (`earth_colours`) of a row of pixels, by the ground and the step of light of each."""
    return [colours[step << 8 | ground] for ground, step in zip(grounds, light, strict=True)]
