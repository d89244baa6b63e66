"""Magnitudes against worked examples, and the shape of the formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.astro.photometry import EXTINCTION_PER_AIR_MASS, STANDARD_MAGNITUDE, air_mass, magnitude, phase_angle_rad
from sim.astro.vectors import columns


def bare(range_km: float, phase_deg: float) -> float:
    """Without the air."""
    return magnitude(range_km, math.radians(phase_deg), 90.0) - EXTINCTION_PER_AIR_MASS * air_mass(90.0)


def test_the_standard_is_where_it_is_stated() -> None:
    assert bare(1000.0, 90.0) == pytest.approx(STANDARD_MAGNITUDE, abs=1e-12)


@pytest.mark.parametrize(
    ("range_km", "phase_deg", "expected"),
    [(390.0, 90.0, -2.0), (390.0, 60.0, -2.8), (800.0, 90.0, -0.5), (1200.0, 110.0, 1.1)],
)
def test_worked_examples_of_the_station(range_km: float, phase_deg: float, expected: float) -> None:
    assert bare(range_km, phase_deg) == pytest.approx(expected, abs=0.06)


def test_the_published_example_of_the_iss() -> None:
    """480 km and 113 degrees give -2.05 with the standard magnitude -1.3."""
    assert bare(480.0, 113.0) - STANDARD_MAGNITUDE - 1.3 == pytest.approx(-2.05, abs=0.02)


def test_a_full_phase_is_brighter_by_the_half_phase_convention() -> None:
    # 2.5 log10(pi) = 1.243 magnitudes between full and half lit.
    assert bare(1000.0, 90.0) - bare(1000.0, 0.0) == pytest.approx(1.243, abs=0.001)


def test_brightness_falls_with_range_phase_and_air() -> None:
    phases = np.radians(np.linspace(0.0, 179.0, 50))
    shown = magnitude(np.full(50, 500.0), phases, np.full(50, 45.0), np)
    assert (np.diff(shown) > 0.0).all()
    ranges = np.linspace(380.0, 2300.0, 50)
    assert (np.diff(magnitude(ranges, np.full(50, 1.5), np.full(50, 45.0), np)) > 0.0).all()
    elevations = np.linspace(0.0, 90.0, 50)
    assert (np.diff(magnitude(np.full(50, 500.0), np.full(50, 1.5), elevations, np)) < 0.0).all()
    assert np.isfinite(magnitude(np.array([400.0]), np.array([np.pi]), np.array([-5.0]), np)).all()


def test_air_masses_are_those_of_kasten_and_young() -> None:
    assert air_mass(np.array([90.0, 30.0, 10.0, 0.0]), np) == pytest.approx([1.0, 1.994, 5.6, 37.9], rel=0.01)


def test_the_phase_is_full_with_the_sun_behind_the_observer() -> None:
    sight = np.array([[0.0, 0.0, 400.0]] * 3)
    suns = np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]) * 1.5e8
    assert np.degrees(phase_angle_rad(columns(sight), columns(suns), np)) == pytest.approx([0.0, 90.0, 180.0])
