"""Make `seeds/anomaly.tsv`: the outline of the South Atlantic Anomaly at the height of the station.

    python -m seeds.makers.anomaly

Needs the Python package `ppigrf` (2.1.0), which carries the coefficients of the International Geomagnetic Reference
Field, 14th generation (IAGA; Alken et al. 2021 describe the 13th). The outline is where the field at 390 km is
`LIMIT_NT` strong, on 2026-01-01. It moves west by some 0.3 degrees a year: less than a cell of the map between 2021 and
2031.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

OUTPUT = Path(__file__).parent.parent / "anomaly.tsv"
HEIGHT_KM, LIMIT_NT = 390.0, 22_000.0
DATE = datetime(2026, 1, 1)  # noqa: DTZ001 - the package takes times without a zone
DIRECTIONS = 72
"""Points of the outline."""


def strength_nt(latitude_deg: Any, longitude_deg: Any) -> Any:  # noqa: ANN401 - numbers or arrays
    """The field's total intensity."""
    import ppigrf  # type: ignore[import-not-found]  # only where the seed is made

    east, north, up = ppigrf.igrf(longitude_deg, latitude_deg, HEIGHT_KM, DATE)
    return np.sqrt(east**2 + north**2 + up**2)[0]


def main() -> None:
    """Write the seed: along rays from the weakest point to where the field reaches the limit."""
    latitudes, longitudes = np.meshgrid(np.arange(-60.0, 20.0, 1.0), np.arange(-110.0, 40.0, 1.0), indexing="ij")
    grid = strength_nt(latitudes, longitudes)
    row, column = np.unravel_index(np.argmin(grid), grid.shape)
    middle = latitudes[row, column], longitudes[row, column]
    lines = [f"# IGRF-14, {DATE:%Y-%m-%d}, {HEIGHT_KM:.0f} km: {LIMIT_NT:.0f} nT; weakest {grid.min():.0f} nT"]
    lines.append("latitude_deg\tlongitude_deg")
    radii = np.arange(0.0, 90.0, 0.05)
    for turn in np.linspace(0.0, 2.0 * np.pi, DIRECTIONS + 1):
        north, east = middle[0] + radii * np.cos(turn), middle[1] + radii * np.sin(turn)
        outside = strength_nt(np.clip(north, -89.0, 89.0), east) >= LIMIT_NT
        first = int(np.argmax(outside))
        lines.append(f"{north[first]:.2f}\t{east[first]:.2f}")
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(lines[0])


if __name__ == "__main__":
    main()
