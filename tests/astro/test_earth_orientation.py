"""Earth orientation: the packaged table against astropy, the stated error at its edges, and results without it."""

from __future__ import annotations

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import astropy_iers_data
import erfa
import numpy as np
import pytest
from astropy.time import Time
from astropy.utils import iers
from numpy.typing import NDArray

from sim.astro import earth_orientation, frames
from sim.astro.earth_orientation import (
    ARCSECOND_RAD,
    MODEL_ERROR_M,
    NO_ORIENTATION,
    NO_TABLE_ERROR_M,
    OrientationTable,
    gmst82_rad,
    orientation_at,
    orientation_table,
    orientation_values,
)
from sim.astro.vectors import columns
from sim.constants import DAY_S, TAU
from tests.support.platforms import HAS_PROC

Floats = NDArray[np.float64]

TABLE = Path(astropy_iers_data.IERS_A_FILE)
SEPTEMBER_2026 = 1789732800.0


@pytest.mark.validation
def test_orientation_at_dates_of_the_table_equals_astropy() -> None:
    """To 0.1 m on the ground: where it has them, astropy takes the file's final values in place of the rapid ones."""
    reference = iers.IERS_A.open(str(TABLE))
    rng = np.random.default_rng(4)
    for unix_s in SEPTEMBER_2026 + rng.uniform(-4000, 300, 60) * DAY_S:
        time = Time(unix_s, format="unix", scale="utc")
        ours = orientation_at(float(unix_s))
        x, y = (np.asarray(value.to_value("arcsec")) for value in reference.pm_xy(time))
        assert ours.x_pole_rad == pytest.approx(float(x) * ARCSECOND_RAD, abs=1.5e-8)
        assert ours.y_pole_rad == pytest.approx(float(y) * ARCSECOND_RAD, abs=1.5e-8)
        assert ours.ut1_minus_utc_s == pytest.approx(float(reference.ut1_utc(time).to_value("s")), abs=2e-4)


def test_orientation_values_of_an_array_equal_single_instants() -> None:
    dense: Floats = SEPTEMBER_2026 + np.arange(0.0, 500.0 * 1717.0, 1717.0)
    scattered: Floats = np.array([1.0e8, 1.7e9, 2.4e9, 1483228799.0, 1483228800.0, 1.2e9])
    for unix_s in (dense, scattered, np.flip(scattered), dense[:1], dense[:0]):
        series = np.array(orientation_values(unix_s, np)).reshape(3, -1).T
        single = [(o.ut1_minus_utc_s, o.x_pole_rad, o.y_pole_rad) for o in (orientation_at(float(t)) for t in unix_s)]
        np.testing.assert_allclose(series, np.array(single).reshape(-1, 3), rtol=0, atol=1e-13)


def test_orientation_at_leap_second_steps_at_midnight() -> None:
    midnight = 1483228800.0  # 2017-01-01, after 23:59:60
    before, after = orientation_at(midnight - 1.0), orientation_at(midnight + 1.0)
    assert after.ut1_minus_utc_s - before.ut1_minus_utc_s == pytest.approx(1.0, abs=1e-6)
    half_a_day = orientation_at(midnight - DAY_S / 2.0)
    assert half_a_day.ut1_minus_utc_s == pytest.approx(before.ut1_minus_utc_s, abs=1e-3)


def test_orientation_error_grows_from_measured_over_predicted_to_unknown() -> None:
    table = orientation_table()
    assert table is not None
    start = {
        mjd: (mjd - earth_orientation.MJD_OF_UNIX_EPOCH) * DAY_S for mjd in (table.last_measured_mjd, table.last_mjd)
    }
    measured = orientation_at(start[table.last_measured_mjd] - 1.0)
    predicted = orientation_at(start[table.last_measured_mjd] + DAY_S)
    beyond = orientation_at(start[table.last_mjd] + 100 * DAY_S)
    lost = orientation_at(start[table.last_mjd] + 1e5 * DAY_S)
    assert (measured.error_m, measured.measured) == (MODEL_ERROR_M, True)
    assert measured.error_m < predicted.error_m < beyond.error_m < lost.error_m == NO_TABLE_ERROR_M
    assert predicted.measured
    assert not beyond.measured
    assert beyond.ut1_minus_utc_s == table.day(table.last_mjd)[0]


def test_orientation_at_before_the_table_holds_its_first_day() -> None:
    table = orientation_table()
    assert table is not None
    early = orientation_at(-3e8)
    assert (early.ut1_minus_utc_s, early.x_pole_rad, early.y_pole_rad) == table.day(table.first_mjd)
    assert not early.measured


def test_orientation_table_read_by_several_threads_gives_each_its_day() -> None:
    table = OrientationTable(TABLE)
    days = [*range(table.first_mjd, table.last_mjd, 7)]
    expected = [table.day(mjd) for mjd in days]
    with ThreadPoolExecutor(4) as threads:
        assert [*threads.map(table.day, days)] == expected


@pytest.mark.skipif(not HAS_PROC, reason="mapped files are listed in /proc")
def test_orientation_table_maps_no_page_of_its_file() -> None:
    table = OrientationTable(TABLE)
    table.day(table.last_mjd)
    assert TABLE.name not in Path("/proc/self/maps").read_text()


@pytest.mark.parametrize(
    "content", [b"", b"no table\n", b"x" * 188 + b"\n", TABLE.read_bytes()[:50_000] + TABLE.read_bytes()[50_050:]]
)
def test_orientation_table_damaged_file_raises(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "finals"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r".+"):
        OrientationTable(path)


def test_no_orientation_position_error_is_within_the_stated_one(monkeypatch: pytest.MonkeyPatch) -> None:
    position = (4000.0, 5000.0, 2200.0)
    instants = np.array([SEPTEMBER_2026 + n * 7 * DAY_S for n in range(-200, 8)])
    vectors = np.tile(position, (len(instants), 1))
    truth = frames.teme_position_to_itrs(instants, columns(vectors), np)
    truth_one = frames.teme_position_to_itrs(float(instants[0]), position)
    monkeypatch.setattr(earth_orientation, "orientation_table", lambda: None)
    assert orientation_at(SEPTEMBER_2026) is NO_ORIENTATION
    bare = frames.teme_position_to_itrs(instants, columns(vectors), np)
    bare_one = frames.teme_position_to_itrs(float(instants[0]), position)
    off_m = np.linalg.norm(np.subtract(bare, truth), axis=0) * 1000.0
    assert 5.0 < off_m.max() < NO_TABLE_ERROR_M
    assert np.linalg.norm(np.subtract(bare_one, truth_one)) * 1000.0 == pytest.approx(off_m[0], abs=1e-6)


def test_gmst82_rad_equals_erfa() -> None:
    draw = random.Random(5)
    for _ in range(500):
        ut1_s = draw.uniform(0.0, 3e9)
        days, seconds = divmod(ut1_s, DAY_S)
        expected = erfa.gmst82(2440587.5 + days, seconds / DAY_S)
        off = (gmst82_rad(ut1_s - 0.3, 0.3) - expected + TAU / 2) % TAU - TAU / 2
        assert abs(off) * 6778e3 < 0.001


def test_gmst82_rad_through_midnights_and_noons_grows_evenly() -> None:
    steps = [gmst82_rad(SEPTEMBER_2026 + 60.0 * n, 0.0) for n in range(3000)]
    for before, after in itertools.pairwise(steps):
        assert (after - before) % TAU == pytest.approx(60.0 * 7.2921158553e-5, abs=1e-10)
