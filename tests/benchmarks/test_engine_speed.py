"""Costs of the engine as ratios, each measured within one run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from skyfield.api import EarthSatellite, load, wgs84

from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs
from sim.astro.vectors import columns
from sim.orbit.element_history import embedded_history
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.uncertainty import expected_error
from sim.seed_data import seed_json
from sim.time import julian_pair
from tests.benchmarks.programs import environment
from tests.benchmarks.timing import best_s

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).parents[2]
HISTORY = embedded_history()
LINES = tuple(seed_json("elements.json")["sets"][-1][:2])


def test_ground_track_of_three_orbits_against_skyfield() -> None:
    start_unix_s = HISTORY.last_unix_s + 3600.0
    unix_s = start_unix_s + np.arange(0.0, 3 * 92.3 * 60.0, 10.0)

    def ours() -> object:
        position_km = columns(Sgp4Orbit(HISTORY.sets[-1]).states(unix_s).position_teme_km)
        return itrs_to_geodetic(teme_position_to_itrs(unix_s, position_km, np), np)

    scale = load.timescale()

    def theirs() -> object:
        satellite = EarthSatellite(*LINES, ts=scale)
        times = scale.utc(2026, 10, 10, 20, 53, 15.6 + np.arange(len(unix_s)) * 10.0)
        return wgs84.geographic_position_of(satellite.at(times)).latitude.degrees

    ours_s, peer_s = best_s(ours, theirs)
    ratio = peer_s / ours_s
    print(f"\nground track, 3 orbits at 10 s: skyfield takes {ratio:.0f} times as long")
    assert ratio >= 25.0


def test_place_now_against_bare_sgp4() -> None:
    alone = HISTORY.orbit(500)
    satrec = alone.satrec
    unix_s = HISTORY.epochs_unix_s[500] + 1800.0  # between two sets: both are asked
    chance = random.Random(7)
    anywhere = [chance.uniform(HISTORY.first_unix_s, HISTORY.last_unix_s) for _ in range(200)]

    def bare() -> None:
        for _ in range(200):
            satrec.sgp4(*julian_pair(unix_s))

    def tick() -> None:
        for _ in range(200):
            itrs_to_geodetic(teme_position_to_itrs(unix_s, HISTORY.state(unix_s).position_teme_km))

    def single() -> None:
        for _ in range(200):
            itrs_to_geodetic(teme_position_to_itrs(unix_s, alone.state(unix_s).position_teme_km))

    def stated() -> None:
        for _ in range(200):
            expected_error(HISTORY, unix_s)

    def stated_anywhere() -> None:
        for instant in anywhere:
            expected_error(HISTORY, instant)

    bare_s, *others_s = best_s(bare, single, tick, stated, stated_anywhere)
    one, both, error, anywhere_error = (other_s / bare_s for other_s in others_s)
    print(
        f"\nplace now: {one:.1f} bare calls of sgp4; joined from two sets {both:.1f}; its expected error {error:.1f}, "
        f"at random instants {anywhere_error:.1f}"
    )
    assert one < 10.0
    assert both < 14.0
    assert error < 5.0
    assert anywhere_error < 5.0


def test_joined_track_against_single_set() -> None:
    start_unix_s = HISTORY.epochs_unix_s[500]
    unix_s = start_unix_s + np.arange(0.0, 3 * 92.3 * 60.0, 10.0)
    single = HISTORY.orbit(500)
    joined_s, single_s = best_s(lambda: HISTORY.states(unix_s), lambda: single.states(unix_s))
    ratio = joined_s / single_s
    print(f"\nstates of three orbits, joined against one set: {ratio:.1f} times")
    assert ratio < 5.0


def test_embedded_history_opening_against_reading_all_sets() -> None:
    """As a part of the time it takes to read every set in it."""

    def epochs() -> None:
        embedded_history.cache_clear()
        embedded_history()

    def everything() -> None:
        embedded_history.cache_clear()
        assert list(embedded_history().sets)

    epochs_s, everything_s = best_s(epochs, everything)
    share = epochs_s / everything_s
    print(f"\nthe embedded history, before a set is asked for: {share:.2f} of reading it whole")
    assert share < 0.35


def start_once_s(code: str, folder: Path) -> float:
    """Processor seconds of a fresh interpreter for some imports."""
    timed = f"import time; t = time.process_time(); {code}; print(time.process_time() - t)"
    command, env = [sys.executable, "-c", timed], {**os.environ, **environment(folder)}
    return float(subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout)


def start_s(code: str, folder: Path) -> float:
    """The median of several, with compiled modules cached."""
    runs = [start_once_s(code, folder) for _ in range(10)]
    return median(runs[1:])


def start_ratio(code: str, peer: str, folder: Path) -> float:
    """The median of pairs of starts, with compiled modules cached."""
    pairs = [(start_once_s(code, folder), start_once_s(peer, folder)) for _ in range(12)]
    return median(ours_s / peer_s for ours_s, peer_s in pairs[1:])


def test_engine_import_against_numpy(tmp_path: Path) -> None:
    """What the engine adds to a program that has numpy, and what the dashboard's screen and settings load anyway.

    That is parts of the standard library and msgspec, of which the records of the dashboard are made too.
    """
    common = "import dataclasses, datetime, json, re, pathlib, typing, unicodedata, msgspec"
    numpy_s = start_s("import numpy", tmp_path)
    base_s = start_s(f"import numpy, sgp4.api; {common}", tmp_path)
    engine_s = start_s(
        f"import numpy, sgp4.api; {common}; import sim.orbit.element_history, sim.astro.frames,"
        " sim.orbit.uncertainty, sim.orbit.oem, sim.orbit.composite, sim.passes.finder, sim.eclipses",
        tmp_path,
    )
    ratio = (engine_s - base_s) / numpy_s
    print(f"\nimporting the engine adds {ratio:.2f} of numpy's own import")
    assert ratio <= 0.35


SNAPSHOT = (
    "from sim.status import status_at; from sim.orbit.element_history import embedded_history;"
    " from sim.chronicle import embedded_chronicle"
)
ASKED = "status_at(embedded_history(), embedded_chronicle(), 1.75e9, now_unix_s=1.75e9).position"


@pytest.mark.parametrize(
    ("what", "code", "target"), [("import", SNAPSHOT, 0.8), ("import and a place", f"{SNAPSHOT}; {ASKED}", 1.0)]
)
def test_script_that_asks_a_snapshot_against_import_of_sgp4_and_numpy(
    what: str, code: str, target: float, tmp_path: Path
) -> None:
    """What a script pays before its first answer: the peer has no history, no crew, no light and no error by then.

    Counted in instructions 0.60 and 0.72 of the peer; two thirds of the first are the import of msgspec.
    """
    ratio = start_ratio(code, "import numpy, sgp4.api", tmp_path)
    print(f"\na script that asks a snapshot, {what}: {ratio:.2f} of importing sgp4 and numpy")
    assert ratio <= target
