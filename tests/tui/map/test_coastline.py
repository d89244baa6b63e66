"""The embedded land and coastlines, at known places."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from math import cos, radians
from pathlib import Path

import pytest

from tests.support.land import is_land
from tui.map.coastline import LAND_STEPS_DEG, coast, land_for

LAND = {
    "Beijing": (39.9, 116.4),
    "Lhasa": (29.6, 91.1),
    "Alice Springs": (-23.7, 133.9),
    "Sao Paulo": (-23.5, -46.6),
    "Nairobi": (-1.3, 36.8),
    "Denver": (39.7, -105.0),
    "Greenland's ice": (72.0, -40.0),
    "South Pole": (-90.0, 0.0),
    "Antarctica at the antimeridian": (-85.0, 179.9),
    "Chukotka, east of 180": (67.0, -175.0),
    "Chukotka, west of 180": (67.0, 175.0),
}
SEA = {
    "mid Pacific": (0.0, -150.0),
    "Point Nemo": (-48.9, -123.4),
    "mid Atlantic": (30.0, -40.0),
    "South China Sea": (14.0, 114.0),
    "Mediterranean": (35.0, 18.0),
    "Hudson Bay": (60.0, -86.0),
    "Caspian Sea": (42.0, 50.5),
    "North Pole": (90.0, 0.0),
    "Southern Ocean": (-60.0, 100.0),
    "Gulf of Guinea": (0.0, 0.0),
}


@pytest.mark.parametrize("place", LAND.values(), ids=LAND)
def test_land_grid_known_land_is_land(place: tuple[float, float]) -> None:
    assert is_land(*place)


@pytest.mark.parametrize("place", SEA.values(), ids=SEA)
def test_land_grid_known_sea_is_sea(place: tuple[float, float]) -> None:
    assert not is_land(*place)


@pytest.mark.parametrize("step_deg", LAND_STEPS_DEG)
def test_land_sampler_has_the_earths_share_of_land(step_deg: float) -> None:
    # Of the sphere 29.2 percent are land; ice shelves and small islands make the difference.
    sampler = land_for(step_deg)
    assert sampler.width * step_deg == 360.0
    latitudes = [90.0 - (row + 0.5) * step_deg for row in range(sampler.height)]
    longitudes = [(column + 0.5) * step_deg - 180.0 for column in range(sampler.width)]
    rows = sampler.rows(latitudes, longitudes)
    weights = [cos(radians(latitude)) for latitude in latitudes]
    share = sum(w * sum(row) / len(row) for w, row in zip(weights, rows, strict=True)) / sum(weights)
    assert share == pytest.approx(0.29, abs=0.01)


@pytest.mark.parametrize("fine", [False, True])
def test_coast_lines_do_not_follow_the_antimeridian(fine: bool) -> None:
    lines = coast(fine=fine)
    assert list(lines.extents) == sorted(lines.extents, reverse=True)
    for begin, end in zip(lines.starts, lines.starts[1:], strict=False):
        latitudes, longitudes = lines.latitudes[begin:end], lines.longitudes[begin:end]
        assert min(latitudes) > -8990
        for here, there in pairwise(longitudes):
            assert abs(here - there) <= 18000
            assert not (abs(here) == abs(there) == 18000)


def test_coast_lines_separate_land_from_sea() -> None:
    # Half a degree to both sides of the longer pieces of coast, one side is land and the other sea, mostly.
    lines, hits, tried = coast(fine=False), 0, 0
    for i in range(len(lines.latitudes) - 1):
        lat0, lon0, lat1, lon1 = (values[j] / 100 for j in (i, i + 1) for values in (lines.latitudes, lines.longitudes))
        length = max(abs(lat1 - lat0), abs(lon1 - lon0))
        if i + 1 in lines.starts or not 1.5 < length < 10 or abs(lat0) > 75:
            continue
        middle = ((lat0 + lat1) / 2, (lon0 + lon1) / 2)
        north, east = (lon0 - lon1) / length * 0.6, (lat1 - lat0) / length * 0.6
        tried += 1
        hits += is_land(middle[0] + north, middle[1] + east) != is_land(middle[0] - north, middle[1] - east)
    assert tried > 300
    assert hits / tried > 0.8


def test_world_map_is_drawn_without_numpy() -> None:
    program = (
        "import sys; from tui.map.scene import MapOptions, MapScene; from tui.map.world_map import WorldMap;"
        "WorldMap(160, 45, MapOptions()).draw(MapScene(0.0, 0.0, 0.0, 0.0));"
        "sys.exit('numpy' in sys.modules or 'textual' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
