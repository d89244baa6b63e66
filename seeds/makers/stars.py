"""Make `seeds/stars.tsv` and `seeds/constellations.tsv`: stars, the lines that join them, names of constellations.

Reads the data folder of the npm package `d3-celestial` (unpack `npm pack d3-celestial`): positions, magnitudes and
colours of the Extended Hipparcos Compilation, names, and constellation lines whose corners are stars of the same table.
Run `python -m seeds.makers.stars PACKAGE/data`.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FAINTEST_MAGNITUDE = 4.5
"""What an eye finds in a dark sky; corners of the constellations' lines are taken though they are fainter."""

FAINTEST_NAMED_MAGNITUDE = 2.5
"""Fainter stars keep their designation only: names there are less settled and nobody looks for them by name."""

SAME_POINT_DEG = 0.01


CatalogueStar = tuple[str, float, float, float, str]
"""Hipparcos number, right ascension 0 to 360, declination, magnitude, and B-V as it is written there."""


def main(folder: Path) -> None:
    """Write both tables beside this package."""
    stars = _stars(folder)
    joins = _joins(folder, stars)
    names = _names(folder, stars)
    lines = ["ra_deg\tdec_deg\tmagnitude\tb_v\tname\tname_zh\tdesignation\tjoined"]
    for row, (_, ra_deg, dec_deg, magnitude, b_v) in enumerate(stars):
        joined = ",".join(str(other) for other in sorted(joins[row]))
        colour = f"{float(b_v):.2f}" if b_v else ""
        lines.append("\t".join([f"{ra_deg:.4f}", f"{dec_deg:.4f}", f"{magnitude:.2f}", colour, *names[row], joined]))
    _write("stars.tsv", lines)
    print(f"{len(stars)} stars, {sum(map(len, joins))} lines")
    _write("constellations.tsv", ["ra_deg\tdec_deg\trank\tname", *_constellations(folder)])


def _write(name: str, lines: list[str]) -> None:
    target = Path(__file__).parents[1] / name
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - 1} rows, {target.stat().st_size} bytes")


def _constellations(folder: Path) -> list[str]:
    """Where each name is written, how well the figure is known (1 to 3), and the name."""
    rows = []
    for feature in _read(folder, "constellations.json")["features"]:
        longitude_deg, dec_deg = feature["geometry"]["coordinates"]
        properties = feature["properties"]
        rows.append((int(properties["rank"]), properties["name"], longitude_deg % 360.0, dec_deg))
    return [f"{ra_deg:.2f}\t{dec_deg:.2f}\t{rank}\t{name}" for rank, name, ra_deg, dec_deg in sorted(rows)]


def _read(folder: Path, name: str) -> Any:  # noqa: ANN401 - foreign JSON
    return json.loads((folder / name).read_text(encoding="utf-8"))


def _stars(folder: Path) -> list[CatalogueStar]:
    """Brightest first: all down to the limit, and the corners of the figures."""
    corners = {(round(ra_deg, 2), round(dec_deg, 2)) for chain in _chains(folder) for ra_deg, dec_deg in chain}
    found = []
    for feature in _read(folder, "stars.6.json")["features"]:
        magnitude = float(feature["properties"]["mag"])
        longitude_deg, dec_deg = feature["geometry"]["coordinates"]
        ra_deg = longitude_deg % 360.0
        if magnitude <= FAINTEST_MAGNITUDE or (round(ra_deg, 2), round(dec_deg, 2)) in corners:
            found.append((str(feature["id"]), ra_deg, dec_deg, magnitude, feature["properties"]["bv"]))
    return sorted(found, key=lambda star: (star[3], star[1]))


def _chains(folder: Path) -> Iterator[list[tuple[float, float]]]:
    """The lines of the constellations: right ascension 0 to 360 and declination of their corners."""
    for feature in _read(folder, "constellations.lines.json")["features"]:
        for chain in feature["geometry"]["coordinates"]:
            yield [(longitude_deg % 360.0, dec_deg) for longitude_deg, dec_deg in chain]


def _names(folder: Path, stars: list[CatalogueStar]) -> list[tuple[str, str, str]]:
    """Name, Chinese name and designation (`α CMa`) of each; a name given to two stars is the brighter one's."""
    table = _read(folder, "starnames.json")
    used: set[str] = set()
    names = []
    for number, _, _, magnitude, _ in stars:
        entry = table.get(number, {})
        name, zh = entry.get("name", ""), entry.get("zh", "").split(" ")[0]
        if not name or name in used or magnitude > FAINTEST_NAMED_MAGNITUDE:
            name = zh = ""
        used.add(name)
        designation = f"{entry.get('bayer') or entry.get('flam', '')} {entry.get('c', '')}".strip()
        names.append((name, zh, designation))
    return names


def _joins(folder: Path, stars: list[CatalogueStar]) -> list[set[int]]:
    """For each star the later ones it is joined to; lines that end at no star of the table are left out."""
    joins: list[set[int]] = [set() for _ in stars]
    for chain in _chains(folder):
        rows = [_row_at(stars, ra_deg, dec_deg) for ra_deg, dec_deg in chain]
        for one, other in pairwise(rows):
            if one is not None and other is not None and one != other:
                joins[min(one, other)].add(max(one, other))
    return joins


def _row_at(stars: list[CatalogueStar], ra_deg: float, dec_deg: float) -> int | None:
    for row, (_, ra, dec, *_rest) in enumerate(stars):
        if abs(dec - dec_deg) < SAME_POINT_DEG and abs((ra - ra_deg + 180.0) % 360.0 - 180.0) < SAME_POINT_DEG:
            return row
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
