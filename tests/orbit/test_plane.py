"""The line below the orbit: the station is over it whenever its place is known."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs
from sim.errors import OrbitError
from sim.orbit.element_history import embedded_history
from sim.orbit.plane import places_below
from sim.time import parse_instant
from tests.support.orbits import example_orbit

HISTORY = embedded_history()
POINTS = 360


def angle_deg(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places, as seen from the middle of the Earth."""
    (p, q), (r, s) = ([math.radians(degrees) for degrees in place] for place in (one, other))
    return math.degrees(math.acos(min(1.0, math.sin(p) * math.sin(r) + math.cos(p) * math.cos(r) * math.cos(q - s))))


@pytest.mark.parametrize(
    "at", ["2021-07-04T02:00:00Z", "2022-11-29T21:42:00Z", "2024-12-17T08:00:00Z", "2026-10-08T12:34:56Z"]
)
@pytest.mark.parametrize("minutes", [0, 23, 46, 69])
def test_places_below_has_the_station_over_one_of_them(at: str, minutes: int) -> None:
    unix_s = parse_instant(at) + minutes * 60.0
    position_teme_km = HISTORY.state(unix_s).position_teme_km
    latitude_deg, longitude_deg, _height_km = itrs_to_geodetic(teme_position_to_itrs(unix_s, position_teme_km))
    line = places_below(HISTORY, unix_s, POINTS)
    nearest = min(angle_deg(place, (latitude_deg, longitude_deg)) for place in line)
    assert nearest < 0.5 * 360.0 / POINTS + 0.1  # half a step along it, and the ripple of the plane across it


def test_places_below_goes_round_in_the_direction_of_flight() -> None:
    unix_s = parse_instant("2024-12-17T08:00:00Z")
    line = places_below(HISTORY, unix_s, POINTS)
    assert len(line) == POINTS + 1
    assert line[0] == pytest.approx(line[-1])
    assert line[0][0] == pytest.approx(0.0, abs=1e-4)  # the pole moves
    assert line[1][0] > 0.0  # from the ascending node on
    steps = [(after[1] - before[1] + 180.0) % 360.0 - 180.0 for before, after in pairwise(line)]
    assert min(steps) > 0.0
    assert sum(steps) == pytest.approx(360.0)


def test_places_below_of_a_high_orbit_raises() -> None:
    orbit = example_orbit("eccentric")
    with pytest.raises(OrbitError, match="low, nearly circular"):
        places_below(orbit, orbit.element_set.epoch_unix_s, POINTS)
