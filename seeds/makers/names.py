"""Make `seeds/names.tsv`: seas and countries with the place on the map where their names are written.

    python -m seeds.makers.names COUNTRIES-50M.json

The input is the package world-atlas (Natural Earth, 1:50 million). A country's name stands at the point of its largest
part that is farthest from its edges (to a quarter of a degree; distances in degrees, meridians drawn together as they
are there). Entries without a number of ISO 3166 are left out. The seas are the list below: names in common use, and
points placed by hand on open water; `tests/tui/map/test_places.py` looks each of them up in `seeds/land.bin`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from seeds.makers.coast import Line, arcs_of, joined

OUTPUT = Path(__file__).parent.parent / "names.tsv"
SMALLEST_DEG = 1.2
"""Countries that are narrower at their middle have no room for a name at any scale of the map."""

SEAS = (
    # rank (0 oceans, 1 large seas, 2 others), name, latitude, longitude
    (0, "Pacific Ocean", 22.0, -165.0),
    (0, "Pacific Ocean", -32.0, -128.0),
    (0, "Atlantic Ocean", 29.0, -42.0),
    (0, "Atlantic Ocean", -26.0, -14.0),
    (0, "Indian Ocean", -22.0, 80.0),
    (0, "Southern Ocean", -59.0, 100.0),
    (0, "Arctic Ocean", 82.0, -150.0),
    (1, "Mediterranean Sea", 34.3, 18.5),
    (1, "Caribbean Sea", 14.8, -75.0),
    (1, "Arabian Sea", 15.0, 64.0),
    (1, "Bay of Bengal", 14.0, 88.0),
    (1, "South China Sea", 14.5, 114.5),
    (1, "Philippine Sea", 19.0, 133.0),
    (1, "Coral Sea", -17.0, 153.0),
    (1, "Tasman Sea", -38.0, 160.0),
    (1, "Bering Sea", 58.0, -178.0),
    (1, "Gulf of Mexico", 25.0, -90.0),
    (1, "Hudson Bay", 60.0, -86.0),
    (1, "Norwegian Sea", 68.0, 2.0),
    (1, "Barents Sea", 74.0, 38.0),
    (1, "Kara Sea", 76.0, 72.0),
    (1, "Sea of Okhotsk", 54.0, 149.0),
    (1, "Gulf of Alaska", 56.5, -146.0),
    (1, "Labrador Sea", 58.0, -54.0),
    (2, "East China Sea", 28.5, 125.0),
    (2, "Yellow Sea", 35.5, 123.0),
    (2, "Sea of Japan", 40.0, 135.0),
    (2, "Java Sea", -5.0, 110.5),
    (2, "Banda Sea", -6.0, 127.0),
    (2, "Timor Sea", -11.5, 127.5),
    (2, "Andaman Sea", 10.5, 95.8),
    (2, "Celebes Sea", 3.5, 122.0),
    (2, "Black Sea", 43.2, 34.5),
    (2, "Red Sea", 20.5, 38.5),
    (2, "Persian Gulf", 27.0, 51.2),
    (2, "Gulf of Oman", 24.8, 58.8),
    (2, "Gulf of Aden", 12.5, 48.0),
    (2, "Gulf of Guinea", 1.5, 3.0),
    (2, "Mozambique Channel", -18.5, 41.5),
    (2, "North Sea", 56.0, 3.0),
    (2, "Baltic Sea", 57.5, 19.8),
    (2, "Bay of Biscay", 45.5, -4.5),
    (2, "Great Australian Bight", -33.5, 130.0),
    (2, "Sargasso Sea", 28.0, -64.0),
    (2, "Scotia Sea", -57.0, -48.0),
    (2, "Weddell Sea", -72.0, -42.0),
    (2, "Ross Sea", -75.0, -175.0),
    (2, "Greenland Sea", 76.0, -6.0),
    (2, "Laptev Sea", 76.0, 125.0),
    (2, "Gulf of Thailand", 9.8, 101.5),
)


def rings_of_country(geometry: dict[str, Any], arcs: list[Line]) -> list[Line]:
    """The outer rings of a country's parts."""
    listed = geometry["arcs"]
    polygons = listed if geometry["type"] == "MultiPolygon" else [listed]
    return [joined(polygon[0], arcs) for polygon in polygons]


def area(ring: Line) -> float:
    """About the area of a ring in square degrees, meridians drawn together."""
    x, y = ring[:, 0] * np.cos(np.radians(ring[:, 1])), ring[:, 1]
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2.0


def inside(x: float, y: float, ring: Line) -> bool:
    """Whether a point lies in a ring (crossings of the ray to the east)."""
    x0, y0, x1, y1 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
    crossing = (y0 > y) != (y1 > y)
    at = x0[crossing] + (y - y0[crossing]) * (x1 - x0)[crossing] / (y1 - y0)[crossing]
    return bool(np.count_nonzero(at > x) % 2)


def label_point(ring: Line) -> tuple[float, float, float]:
    """Latitude and longitude of the point farthest from the edges, and the degrees of longitude spanned there."""
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    step = max(0.25, (east - west) / 60.0, (north - south) / 60.0)
    narrow = np.cos(np.radians((south + north) / 2.0))
    start, along = ring[:-1], np.diff(ring, axis=0)
    best = 0.0, 0.0, 0.0  # distance, latitude, longitude
    for y in np.arange(south + step / 2, north, step):
        for x in np.arange(west + step / 2, east, step):
            if not inside(x, y, ring):
                continue
            to_x, to_y = (x - start[:, 0]) * narrow, y - start[:, 1]
            along_x, along_y = along[:, 0] * narrow, along[:, 1]
            share = np.clip((to_x * along_x + to_y * along_y) / np.maximum(along_x**2 + along_y**2, 1e-12), 0.0, 1.0)
            clearance = float(np.min(np.hypot(to_x - share * along_x, to_y - share * along_y)))
            if clearance > best[0]:
                best = clearance, float(y), float(x)
    distance, latitude, longitude = best
    if distance == 0.0:  # too small for the steps
        return 0.0, 0.0, 0.0
    return latitude, longitude, spanned(ring, latitude, longitude)


def spanned(ring: Line, latitude: float, longitude: float) -> float:
    """Degrees of longitude between the edges of a ring on either side of a point."""
    y0, y1 = ring[:-1, 1], ring[1:, 1]
    crossing = (y0 > latitude) != (y1 > latitude)
    at = ring[:-1, 0][crossing] + (latitude - y0[crossing]) * np.diff(ring[:, 0])[crossing] / (y1 - y0)[crossing]
    return float(np.min(at[at > longitude]) - np.max(at[at < longitude]))


def main(source: Path) -> None:
    """Write the seed."""
    topology = json.loads(source.read_text())
    arcs = arcs_of(topology)
    lines = [("sea", name, lat, lon, float(rank)) for rank, name, lat, lon in SEAS]
    countries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if "id" not in geometry or name == "Antarctica":
            continue
        ring = max(rings_of_country(geometry, arcs), key=area)
        if np.ptp(ring[:, 0]) < SMALLEST_DEG:
            continue
        latitude, longitude, size = label_point(ring)
        if size >= SMALLEST_DEG:
            countries.append((area(ring), ("country", name, latitude, longitude, size)))
    lines += [line for _, line in sorted(countries, key=lambda pair: -pair[0])]
    rows = [f"{kind}\t{name}\t{lat:.2f}\t{lon:.2f}\t{size:.1f}" for kind, name, lat, lon, size in lines]
    OUTPUT.write_text("\n".join(["kind\tname\tlatitude_deg\tlongitude_deg\tsize", *rows]) + "\n", encoding="utf-8")
    print(f"{len(SEAS)} seas, {len(countries)} countries, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
