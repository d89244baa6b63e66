"""Magnitudes against worked examples, and the shape of the formula."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import ArrayLike

from sim.astro.photometry import (
    air_mass,
    extinction_per_air_mass,
    eye_limit_magnitude,
    magnitude,
    phase_angle_rad,
)
from sim.astro.vectors import columns


def bare(range_km: float, phase_deg: float) -> float:
    """Without the air."""
    return magnitude(0.0, range_km, math.radians(phase_deg), 90.0, 0.0)


def test_magnitude_at_standard_range_and_phase_is_the_standard_magnitude() -> None:
    assert bare(1000.0, 90.0) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("range_km", "phase_deg", "expected"),
    [(390.0, 90.0, -2.0), (390.0, 60.0, -2.8), (800.0, 90.0, -0.5), (1200.0, 110.0, 1.1)],
)
def test_magnitude_of_the_station_equals_worked_examples(range_km: float, phase_deg: float, expected: float) -> None:
    assert bare(range_km, phase_deg) == pytest.approx(expected, abs=0.06)


def test_magnitude_of_the_iss_equals_published_example() -> None:
    """480 km and 113 degrees give -2.05 with the standard magnitude -1.3."""
    assert magnitude(-1.3, 480.0, math.radians(113.0), 90.0, 0.0) == pytest.approx(-2.05, abs=0.02)


def test_magnitude_at_full_phase_is_brighter_by_the_half_phase_convention() -> None:
    # 2.5 log10(pi) = 1.243 magnitudes between full and half lit.
    assert bare(1000.0, 90.0) - bare(1000.0, 0.0) == pytest.approx(1.243, abs=0.001)


def test_magnitude_grows_with_range_phase_angle_and_air_mass() -> None:
    def shown(range_km: ArrayLike, phase_rad: ArrayLike, elevation_deg: ArrayLike) -> np.ndarray:
        distances, phases, elevations = np.broadcast_arrays(range_km, phase_rad, elevation_deg)
        return magnitude(np.zeros(distances.shape), distances, phases, elevations, np.full(distances.shape, 0.28), np)

    assert (np.diff(shown(500.0, np.radians(np.linspace(0.0, 179.0, 50)), 45.0)) > 0.0).all()
    assert (np.diff(shown(np.linspace(380.0, 2300.0, 50), 1.5, 45.0)) > 0.0).all()
    assert (np.diff(shown(500.0, 1.5, np.linspace(0.0, 90.0, 50))) < 0.0).all()
    assert np.isfinite(shown(np.array([400.0]), np.pi, -5.0)).all()


def test_extinction_per_air_mass_falls_with_observer_height() -> None:
    """Green 1992, table 2: 0.28 at sea level, 0.24 at 0.5 km, 0.21 at 1 km, 0.16 at 2 km, 0.13 at 3 km."""
    heights_m = [0.0, 500.0, 1000.0, 2000.0, 3000.0]
    assert [extinction_per_air_mass(h) for h in heights_m] == pytest.approx([0.28, 0.24, 0.21, 0.16, 0.13], abs=0.006)


def test_eye_limit_magnitude_is_continuous_and_equal_for_floats_and_arrays() -> None:
    sun_deg = np.linspace(-40.0, 0.0, 4001)
    limits = eye_limit_magnitude(sun_deg, np)
    assert (np.diff(limits) <= 0.0).all()
    assert np.abs(np.diff(limits)).max() < 0.011
    assert limits == pytest.approx([eye_limit_magnitude(float(one)) for one in sun_deg], abs=1e-12)
    assert [eye_limit_magnitude(one) for one in (-30.0, -12.0, -6.0)] == pytest.approx([4.5, 4.0, 2.0])


def test_air_mass_equals_kasten_and_young() -> None:
    assert air_mass(np.array([90.0, 30.0, 10.0, 0.0]), np) == pytest.approx([1.0, 1.994, 5.6, 37.9], rel=0.01)


def test_phase_angle_with_sun_behind_beside_and_ahead_is_0_90_and_180() -> None:
    sight = np.array([[0.0, 0.0, 400.0]] * 3)
    suns = np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]) * 1.5e8
    assert np.degrees(phase_angle_rad(columns(sight), columns(suns), np)) == pytest.approx([0.0, 90.0, 180.0])
