"""Single observations against the pass search, and without numpy."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest

from sim.astro.photometry import StandardMagnitude
from sim.constants import DAY_S
from sim.orbit.element_history import embedded_history
from sim.orbit.propagation import Orbit
from sim.passes.finder import find_passes
from sim.passes.observation import observe
from sim.places.place import Place
from sim.time import parse_instant
from tests.support.orbits import PLACES, epoch_of, example_orbit

STANDARD = StandardMagnitude(0.0)


@pytest.mark.parametrize("name", ["the history", "station", "ISS", "near-polar", "eccentric"])
@pytest.mark.parametrize("place", [PLACES[0], PLACES[5], PLACES[8]], ids=lambda place: place.name)
def test_observe_agrees_with_the_pass_search(name: str, place: Place) -> None:
    """The search is tested against independent programs."""
    orbit: Orbit
    if name == "the history":
        orbit, start = embedded_history(), parse_instant("2024-12-17")
    else:
        orbit = example = example_orbit(name)
        start = epoch_of(example)
    passes = find_passes(orbit, place, start, start + 2 * DAY_S)
    assert passes
    for pass_ in passes:
        for moment in (pass_.rise, pass_.peak, pass_.set):
            seen = observe(orbit, place, moment.unix_s)
            apart = (seen.azimuth_deg - moment.azimuth_deg + 180.0) % 360.0 - 180.0
            # The search holds the pole still for ten days, and next to the zenith azimuth runs away.
            assert abs(apart * math.cos(math.radians(moment.elevation_deg))) < 1e-4
            assert seen.elevation_deg == pytest.approx(moment.elevation_deg, abs=1e-4)
            assert seen.range_km == pytest.approx(moment.range_km, abs=0.01)
        edges = [edge for span in pass_.light.sunlit for edge in span]
        for fraction in range(1, 25):
            unix_s = pass_.rise.unix_s + fraction / 25.0 * pass_.duration_s
            lit = any(begin <= unix_s <= end for begin, end in pass_.light.sunlit)
            assert observe(orbit, place, unix_s).sunlit == lit or min(abs(unix_s - edge) for edge in edges) < 0.1


def test_observe_is_as_bright_as_the_search_says() -> None:
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    checked = 0
    every = find_passes(orbit, PLACES[0], start, start + 20 * DAY_S, standard_magnitude_at=lambda _: STANDARD)
    for pass_ in (one for one in every if one.visible):
        shown = [
            observe(orbit, PLACES[0], window.from_unix_s + share / 100.0 * window.duration_s, STANDARD).magnitude
            for window in pass_.windows
            for share in range(101)
        ]
        assert min(one for one in shown if one is not None) == pytest.approx(pass_.magnitude, abs=0.05)
        checked += 1
    assert checked > 5


def test_observe_does_not_load_numpy() -> None:
    program = (
        "import sys; from sim.passes.observation import observe;"
        "from sim.orbit.element_history import embedded_history; from sim.places.place import Place;"
        "observe(embedded_history(), Place('x', 33.0, 73.0, 500.0), 1734422400.0); print('numpy' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
