"""One's own horizon: its file, and passes cut by it against observations every fifth of a second."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.astro.photometry import StandardMagnitude
from sim.errors import PlaceError
from sim.passes.finder import find_passes
from sim.passes.horizon import Horizon, parse_horizon, read_horizon
from sim.passes.observation import observe
from sim.passes.skyline import HIDDEN_REASON
from tests.support.orbits import PLACES, epoch_of, example_orbit
from tests.support.reference_passes import DenseSearch

if TYPE_CHECKING:
    from pathlib import Path

    from sim.passes.model import Pass

DAY_S = 86400.0
HOUSE = Horizon((0.0, 80.0, 80.0, 140.0, 140.0, 359.0), (5.0, 5.0, 50.0, 50.0, 5.0, 5.0))
"""A house in the south-east with upright edges, hedges elsewhere."""
STANDARD = StandardMagnitude(0.0)


def passes(horizon: Horizon | None) -> list[Pass]:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    return find_passes(
        orbit, PLACES[0], start, start + 8 * DAY_S, horizon=horizon, standard_magnitude_at=lambda _: STANDARD
    )


@pytest.mark.parametrize(
    "text",
    [
        "azimuth,elevation\n0,5\n90,20.5\n270,-1\n",
        "\ufeff# my garden\n0 5\n90 20.5\n\n270 -1\n",
        "0;5\n90;20,5\n270;-1\n",
        "270,-1\r\n90, 20.5  # the oak\r\n0,5\r\n",
        "0\t5\n90\t20,5\n270\t-1",
        "0°, 5°\n90°, 20.5°\n270°, -1°",
    ],
)
def test_parse_horizon_accepted_forms_give_the_same_points(text: str) -> None:
    assert parse_horizon(text) == Horizon((0.0, 90.0, 270.0), (5.0, 20.5, -1.0))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no points"),
        ("azimuth,elevation\n", "holds no points"),
        ("0,5\nhigh,low\n", "line 2: “high,low” is not"),
        ("0,5,7\n", "line 1"),
        ("361,5", "from 0 to 360"),
        ("10,91", "from -10 to 90"),
        ("\n".join(f"{k / 20:.2f},1" for k in range(4000)), "more than 3601 points"),
        ("<!DOCTYPE html>\n<p>404</p>", "is not an azimuth"),
        ("0,5\n\x1b[31m1,1", "is not an azimuth"),
    ],
)
def test_parse_horizon_of_something_else_names_the_line(text: str, complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint) as caught:
        parse_horizon(text)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


@given(st.text(max_size=60))
def test_parse_horizon_any_text_is_a_horizon_or_a_place_error(text: str) -> None:
    with contextlib.suppress(PlaceError):
        found = parse_horizon(text)
        assert found.azimuths_deg == tuple(sorted(found.azimuths_deg))


def test_read_horizon_missing_large_or_binary_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "horizon.csv"
    with pytest.raises(PlaceError, match=r"horizon\.csv: cannot be read"):
        read_horizon(path)
    path.write_bytes(b"0,1\n" * 100_000)
    with pytest.raises(PlaceError, match="larger than"):
        read_horizon(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlaceError, match="UTF-8"):
        read_horizon(path)
    path.write_text("0,1\n180,3\n")
    assert read_horizon(path) == Horizon((0.0, 180.0), (1.0, 3.0))


def test_horizon_elevation_runs_straight_between_points_and_past_north() -> None:
    horizon = Horizon((90.0, 270.0), (10.0, 30.0))
    assert horizon.elevation_deg(180.0) == pytest.approx(20.0)
    assert horizon.elevation_deg(0.0) == horizon.elevation_deg(360.0) == pytest.approx(20.0)
    assert horizon.elevation_deg(-45.0) == horizon.elevation_deg(315.0) == pytest.approx(25.0)
    assert HOUSE.elevation_deg(79.9) == 5.0
    assert HOUSE.elevation_deg(80.1) == 50.0
    assert Horizon((12.0,), (7.0,)).elevation_deg(200.0) == 7.0


@given(st.floats(0, 360), st.floats(-400, 800))
def test_horizon_elevation_is_the_same_as_numpy_interpolates(turn_deg: float, azimuth_deg: float) -> None:
    horizon = parse_horizon(f"{turn_deg:.3f},3\n{(turn_deg + 100) % 360:.3f},12\n{(turn_deg + 250) % 360:.3f},-2")
    expected = np.interp(azimuth_deg % 360.0, *horizon.closed)
    assert horizon.elevation_deg(azimuth_deg) == pytest.approx(float(expected), abs=1e-6)


@pytest.mark.validation
def test_find_passes_above_a_horizon_agrees_with_dense_observations() -> None:
    orbit, place = example_orbit("station"), PLACES[0]
    cut = passes(HOUSE)
    level = passes(None)
    hidden = 0
    for one in level:
        times = np.arange(one.rise.unix_s, one.set.unix_s, 0.2)
        seen = DenseSearch(orbit, one.rise.unix_s, 0.01).seen(place, times)
        elevations_deg, azimuths_deg = seen.elevation_deg.tolist(), seen.azimuth_deg.tolist()
        rows = [*zip(times.tolist(), elevations_deg, azimuths_deg, strict=True)]
        for t, elevation_deg, azimuth_deg in rows[::100]:
            there = observe(orbit, place, t)
            assert (there.elevation_deg, there.azimuth_deg) == pytest.approx((elevation_deg, azimuth_deg), abs=1e-6)
        clear = [(t, high_deg) for t, high_deg, azimuth_deg in rows if high_deg > HOUSE.elevation_deg(azimuth_deg)]
        mine = [other for other in cut if one.rise.unix_s <= other.peak.unix_s <= one.set.unix_s]
        if not clear:
            assert not mine
            continue
        (same,) = mine
        assert same.rise.unix_s == pytest.approx(clear[0][0], abs=0.21)
        assert same.set.unix_s == pytest.approx(clear[-1][0], abs=0.21)
        assert same.peak.elevation_deg == pytest.approx(max(high_deg for _, high_deg in clear), abs=0.06)
        gone_s = sum(end - begin for begin, end in same.hidden)
        assert same.duration_s - gone_s == pytest.approx(0.2 * len(clear), abs=0.8)
        hidden += bool(same.hidden)
    assert hidden  # some go behind the house and come out again


def test_find_passes_above_a_horizon_are_seen_only_where_it_is_clear() -> None:
    orbit, place = example_orbit("station"), PLACES[0]
    level = {one.peak.unix_s: one for one in passes(None)}
    changed = 0
    for one in passes(HOUSE):
        assert one.horizon == HOUSE
        for window in one.windows:
            for share in range(1, 10):
                seen = observe(orbit, place, window.from_unix_s + share / 10.0 * window.duration_s)
                assert seen.elevation_deg > HOUSE.elevation_deg(seen.azimuth_deg) - 0.01
        before = level.get(one.peak.unix_s)
        if before is not None and before.windows != one.windows:
            changed += 1
            assert one.grade <= before.grade
            assert (one.magnitude or 9.0) >= (before.magnitude or 9.0) - 0.05
            assert one.windows or one.reason == HIDDEN_REASON
    assert changed


def test_find_passes_above_a_low_horizon_are_those_without_one() -> None:
    flat = passes(Horizon((0.0,), (-5.0,)))
    assert [(one.rise, one.peak, one.set, one.windows, one.grade) for one in flat] == [
        (one.rise, one.peak, one.set, one.windows, one.grade) for one in passes(None)
    ]


def test_find_passes_behind_a_wall_all_round_are_none() -> None:
    assert passes(Horizon((0.0,), (89.9,))) == []
