"""Make `seeds/stars.tsv`: the stars one finds the way by, and the lines that join them.

Reads the data folder of the npm package `d3-celestial` (unpack `npm pack d3-celestial`): positions and magnitudes of
the Extended Hipparcos Compilation, names, and constellation lines whose corners are stars of the same table.
Run `python -m seeds.makers.stars PACKAGE/data`.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

FAINTEST_MAGNITUDE = 3.35
"""As far down as Megrez, so that the Dipper is whole."""

FAINTEST_NAMED_MAGNITUDE = 2.5
"""Fainter stars keep their designation only: names there are less settled and nobody looks for them by name."""

SAME_POINT_DEG = 0.01


def main(folder: Path) -> None:
    """Write the table beside this package."""
    stars = _stars(folder)
    joins = _joins(folder, stars)
    names = _names(folder, stars)
    lines = ["ra_deg\tdec_deg\tmagnitude\tname\tname_zh\tdesignation\tjoined"]
    for row, (_, ra_deg, dec_deg, magnitude) in enumerate(stars):
        joined = ",".join(str(other) for other in sorted(joins[row]))
        lines.append("\t".join([f"{ra_deg:.4f}", f"{dec_deg:.4f}", f"{magnitude:.2f}", *names[row], joined]))
    target = Path(__file__).parents[1] / "stars.tsv"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target.name}: {len(stars)} stars, {sum(map(len, joins))} lines, {target.stat().st_size} bytes")


def _read(folder: Path, name: str) -> Any:  # noqa: ANN401 - foreign JSON
    return json.loads((folder / name).read_text(encoding="utf-8"))


def _stars(folder: Path) -> list[tuple[str, float, float, float]]:
    """(Hipparcos number, right ascension 0 to 360, declination, magnitude), brightest first."""
    found = []
    for feature in _read(folder, "stars.6.json")["features"]:
        magnitude = float(feature["properties"]["mag"])
        if magnitude <= FAINTEST_MAGNITUDE:
            longitude_deg, dec_deg = feature["geometry"]["coordinates"]
            found.append((str(feature["id"]), longitude_deg % 360.0, dec_deg, magnitude))
    return sorted(found, key=lambda star: (star[3], star[1]))


def _names(folder: Path, stars: list[tuple[str, float, float, float]]) -> list[tuple[str, str, str]]:
    """Name, Chinese name and designation (`α CMa`) of each; a name given to two stars is the brighter one's."""
    table = _read(folder, "starnames.json")
    used: set[str] = set()
    names = []
    for number, _, _, magnitude in stars:
        entry = table.get(number, {})
        name, zh = entry.get("name", ""), entry.get("zh", "").split(" ")[0]
        if not name or name in used or magnitude > FAINTEST_NAMED_MAGNITUDE:
            name = zh = ""
        used.add(name)
        designation = f"{entry.get('bayer') or entry.get('flam', '')} {entry.get('c', '')}".strip()
        names.append((name, zh, designation))
    return names


def _joins(folder: Path, stars: list[tuple[str, float, float, float]]) -> list[set[int]]:
    """For each star the later ones it is joined to; lines that end at a fainter star are left out."""
    joins: list[set[int]] = [set() for _ in stars]
    for feature in _read(folder, "constellations.lines.json")["features"]:
        for chain in feature["geometry"]["coordinates"]:
            rows = [_row_at(stars, longitude_deg % 360.0, dec_deg) for longitude_deg, dec_deg in chain]
            for one, other in pairwise(rows):
                if one is not None and other is not None and one != other:
                    joins[min(one, other)].add(max(one, other))
    return joins


def _row_at(stars: list[tuple[str, float, float, float]], ra_deg: float, dec_deg: float) -> int | None:
    for row, (_, ra, dec, _) in enumerate(stars):
        if abs(dec - dec_deg) < SAME_POINT_DEG and abs((ra - ra_deg + 180.0) % 360.0 - 180.0) < SAME_POINT_DEG:
            return row
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
