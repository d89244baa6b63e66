"""Refraction against the tables of the almanac."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.astro.refraction import lifted_deg


def unlifted_deg(apparent_deg: float) -> float:
    geometric = apparent_deg
    for _ in range(20):
        geometric += apparent_deg - lifted_deg(geometric)
    return geometric


@pytest.mark.parametrize(
    ("apparent_deg", "arc_minutes"), [(0.0, 34.5), (5.0, 9.9), (10.0, 5.3), (45.0, 1.0), (90.0, 0.0)]
)
def test_unlifted_deg_equals_published_tables(apparent_deg: float, arc_minutes: float) -> None:
    assert (apparent_deg - unlifted_deg(apparent_deg)) * 60.0 == pytest.approx(arc_minutes, abs=0.6)


def test_lifted_deg_is_monotonic() -> None:
    seen = [lifted_deg(-5.0 + step * 0.05) for step in range(1900)]
    assert all(a < b for a, b in pairwise(seen))
