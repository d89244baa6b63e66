"""Make `seeds/coast.bin` and `seeds/land.bin` from Natural Earth land polygons.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python seeds/makers/coast.py package/land-110m.json package/land-50m.json seeds/

Both results are read by `tui.map.coastline` without numpy, in a few milliseconds:

* `coast.bin`: the magic `TGCOAST1`, then for the coarse (110m) and the fine (50m) scale a little-endian uint32
  length and that many bytes of zlib data. Inflated these are int16: the number of lines, then for each line
  its extent (hundredths of a degree, larger lines first) and number of points, then all points as
  latitude, longitude in hundredths of a degree.
* `land.bin`: the magic `TGLAND01`, then for each step of 0.25, 0.5, 1 and 2 degrees a uint32 length and
  zlib data. Inflated: one byte a square, 1 for land, rows from north to south, each from 180 W eastwards.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Line = npt.NDArray[np.float64]
"""Points of one line, shape (n, 2): longitude and latitude in degrees."""

COARSE_TOLERANCE_DEG = 0.25
"""How far the simplified 110m coast may stray: a fifth of a dot of the widest map that draws it."""

FINE_TOLERANCE_DEG = 0.11
"""How far the simplified 50m coast may stray; a dot of a 500 column map is 0.36 degrees wide."""

FINE_SMALLEST_DEG = 0.35
"""Islands smaller than this in both directions are left out of the 50m coast."""

OVERSAMPLED_DEG = 0.125
"""Step of the grid on which land is decided before it is averaged to the shipped steps."""

STEPS_DEG = (0.25, 0.5, 1.0, 2.0)


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a quantised TopoJSON file: each a running sum of integer steps, then scaled."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def rings_of(topology: dict[str, Any], arcs: list[Line]) -> list[Line]:
    """The polygons' rings."""
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings += [joined(ring, arcs) for polygon in polygons for ring in polygon]
    return rings


def joined(ring: list[int], arcs: list[Line]) -> Line:
    """One ring of the arcs with these numbers; a negative one is run backwards."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def visible_lines(ring: Line) -> list[Line]:
    """Cut a ring where it runs along the edge of the flat world instead of along a coast."""
    a, b = ring[:-1], ring[1:]
    jumps = np.abs(b[:, 0] - a[:, 0]) > 180.0
    at_pole = (a[:, 1] < -89.9) | (b[:, 1] < -89.9)
    at_edge = (np.abs(a[:, 0]) > 179.99) & (np.abs(b[:, 0]) > 179.99)
    cuts = np.nonzero(jumps | at_pole | at_edge)[0] + 1
    return [piece for piece in np.split(ring, cuts) if len(piece) > 1]


def simplified(line: Line, tolerance_deg: float) -> Line:
    """Douglas and Peucker: drop points nearer than the tolerance to the line that remains."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        start, along = line[first], line[last] - line[first]
        offsets = line[first + 1 : last] - start
        length = float(np.hypot(*along))
        if length > 0.0:
            distances = np.abs(along[0] * offsets[:, 1] - along[1] * offsets[:, 0]) / length
        else:
            distances = np.hypot(offsets[:, 0], offsets[:, 1])
        farthest = int(np.argmax(distances))
        if distances[farthest] > tolerance_deg:
            middle = first + 1 + farthest
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return line[keep]


def packed_coast(rings: list[Line], tolerance_deg: float, smallest_deg: float) -> bytes:
    """One scale of `coast.bin`, inflated; see the module's text."""
    lines: list[tuple[int, Line]] = []
    for ring in rings:
        extent_deg = float(np.max(np.ptp(ring, axis=0)))
        if extent_deg < smallest_deg:
            continue
        extent = min(round(extent_deg * 100), 32767)
        for line in visible_lines(ring):
            # What is left of a bay at the edge of the flat world may run along that edge.
            lines += [(extent, piece) for piece in visible_lines(simplified(line, tolerance_deg))]
    lines.sort(key=lambda item: -item[0])
    heads = [value for extent, line in lines for value in (extent, len(line))]
    points = np.concatenate([np.rint(line[:, ::-1] * 100) for _, line in lines]).astype("<i2")
    return struct.pack(f"<{len(heads) + 1}h", len(lines), *heads) + points.tobytes()


def land_grid(rings: list[Line], step_deg: float) -> npt.NDArray[np.bool_]:
    """Which squares' centres are land, shape (180 / step, 360 / step), north to south from 180 W eastwards.

    Down each column of the grid, every coast crossed toggles land and sea, beginning at the north pole. So
    neither rings that cross 180 degrees nor Antarctica, whose ring encloses the pole, need special care.
    """
    height, width = round(180 / step_deg), round(360 / step_deg)
    toggles = np.zeros((height + 1, width), dtype=np.uint8)
    for ring in rings:
        for (lon0, lat0), (lon1, lat1) in pairwise(ring):
            turn = (lon1 - lon0 + 180.0) % 360.0 - 180.0
            west, east = min(lon0, lon0 + turn), max(lon0, lon0 + turn)
            first = int(np.ceil((west + 180.0) / step_deg - 0.5))
            after = int(np.ceil((east + 180.0) / step_deg - 0.5))
            columns = np.arange(first, after)
            if not len(columns):
                continue
            longitudes = (columns + 0.5) * step_deg - 180.0
            latitudes = lat0 + (lat1 - lat0) * (longitudes - lon0) / turn
            rows = np.clip(np.ceil((90.0 - latitudes) / step_deg - 0.5), 0, height).astype(int)
            np.add.at(toggles, (rows, columns % width), 1)
    return (np.cumsum(toggles[:height], axis=0) % 2).astype(bool)


def averaged(grid: npt.NDArray[np.bool_], factor: int) -> npt.NDArray[np.bool_]:
    """Squares `factor` times as large: land where at least half of the area is."""
    height, width = grid.shape
    blocks = grid.reshape(height // factor, factor, width // factor, factor)
    return np.asarray(blocks.mean(axis=(1, 3)) >= 0.5)


def chunk(data: bytes) -> bytes:
    """Compressed data behind its length."""
    packed = zlib.compress(data, 9)
    return struct.pack("<I", len(packed)) + packed


def main(coarse_path: Path, fine_path: Path, folder: Path) -> None:
    """Read both TopoJSON files and write both seeds."""
    coarse, fine = (json.loads(path.read_text()) for path in (coarse_path, fine_path))
    coarse_rings, fine_rings = (rings_of(topology, arcs_of(topology)) for topology in (coarse, fine))
    coast = [
        packed_coast(coarse_rings, tolerance_deg=COARSE_TOLERANCE_DEG, smallest_deg=0.0),
        packed_coast(fine_rings, tolerance_deg=FINE_TOLERANCE_DEG, smallest_deg=FINE_SMALLEST_DEG),
    ]
    grid = land_grid(fine_rings, OVERSAMPLED_DEG)
    land = [averaged(grid, round(step / OVERSAMPLED_DEG)).astype(np.uint8).tobytes() for step in STEPS_DEG]
    (folder / "coast.bin").write_bytes(b"TGCOAST1" + b"".join(map(chunk, coast)))
    (folder / "land.bin").write_bytes(b"TGLAND01" + b"".join(map(chunk, land)))
    weights = np.cos(np.radians(90.0 - (np.arange(len(grid)) + 0.5) * OVERSAMPLED_DEG))
    print(f"coast points: {[(len(data) - 2) // 4 for data in coast]}")
    print(f"land: {np.average(grid.mean(axis=1), weights=weights):.4f} of the sphere")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
