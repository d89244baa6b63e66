"""Refraction against the tables of the almanac."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.astro.refraction import lifted_deg, unlifted_deg


@pytest.mark.parametrize(
    ("apparent_deg", "arc_minutes"), [(0.0, 34.5), (5.0, 9.9), (10.0, 5.3), (45.0, 1.0), (90.0, 0.0)]
)
def test_unlifted_deg_equals_published_tables(apparent_deg: float, arc_minutes: float) -> None:
    assert (apparent_deg - unlifted_deg(apparent_deg)) * 60.0 == pytest.approx(arc_minutes, abs=0.6)


@pytest.mark.parametrize("apparent_deg", [-0.4, 0.0, 0.3, 5.0, 30.0, 89.0, 90.0])
def test_lifted_deg_and_unlifted_deg_are_inverse(apparent_deg: float) -> None:
    assert lifted_deg(unlifted_deg(apparent_deg)) == pytest.approx(apparent_deg, abs=1e-6)


def test_lifted_deg_is_monotonic() -> None:
    seen = [lifted_deg(-5.0 + step * 0.05) for step in range(1900)]
    assert all(a < b for a, b in pairwise(seen))
