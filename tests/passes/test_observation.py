"""One look at the station against the same in arrays, which is tested against independent programs."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.astro import photometry
from sim.constants import DAY_S
from sim.orbit.element_history import embedded_history
from sim.passes.finder import find_passes, sky_path
from sim.passes.observation import look, magnitude
from sim.time import parse_instant
from tests.support.orbits import PLACES, epoch_of, example_orbit


@pytest.mark.parametrize("name", ["the history", "station", "ISS", "near-polar", "eccentric"])
@pytest.mark.parametrize("place", [PLACES[0], PLACES[5], PLACES[8]], ids=lambda place: place.name)
def test_it_sees_what_the_path_of_a_pass_shows(name: str, place: object) -> None:
    if name == "the history":
        orbit, start = embedded_history(), parse_instant("2024-12-17")
    else:
        orbit = example_orbit(name)
        start = epoch_of(orbit)
    passes = find_passes(orbit, place, start, start + 2 * DAY_S)
    assert passes
    for pass_ in passes:
        path = sky_path(orbit, place, pass_, 25)
        looks = [look(orbit, place, unix_s) for unix_s in path.unix_s.tolist()]
        turned = (np.array([seen.azimuth_deg for seen in looks]) - path.azimuth_deg + 180.0) % 360.0 - 180.0
        # The arrays hold the pole still within a pass, and next to the zenith azimuth runs away.
        assert np.abs(turned * np.cos(np.radians(path.elevation_deg))).max() < 1e-5
        assert [seen.elevation_deg for seen in looks] == pytest.approx(path.elevation_deg, abs=1e-5)
        assert [seen.range_km for seen in looks] == pytest.approx(path.range_km, rel=1e-7)
        assert [seen.magnitude for seen in looks] == pytest.approx(path.magnitude, abs=1e-3)
        unlike = [seen.unix_s for seen, lit in zip(looks, path.sunlit, strict=True) if seen.sunlit != lit]
        edges = [edge for span in pass_.light.sunlit for edge in span]
        assert all(min(abs(unix_s - edge) for edge in edges) < 0.1 for unix_s in unlike)


@given(st.floats(300.0, 3000.0), st.floats(0.0, math.pi), st.floats(-5.0, 90.0))
def test_brightness_is_that_of_the_arrays(range_km: float, phase_rad: float, elevation_deg: float) -> None:
    arrays = photometry.magnitude(*(np.array([value]) for value in (range_km, phase_rad, elevation_deg)))
    assert magnitude(range_km, phase_rad, elevation_deg) == pytest.approx(arrays[0], abs=1e-9)


def test_it_takes_no_numpy() -> None:
    program = (
        "import sys; from sim.passes.observation import look;"
        "from sim.orbit.element_history import embedded_history; from sim.places.place import Place;"
        "look(embedded_history(), Place('x', 33.0, 73.0, 500.0), 1734422400.0); print('numpy' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
