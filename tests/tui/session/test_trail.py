"""The ground track around an instant: where its samples lie, and which of them a first picture has."""

from __future__ import annotations

from itertools import pairwise

from sim.orbit.element_history import embedded_history
from sim.time import parse_instant
from tui.session.frame import DRAFT_STEPS, TRACK_STEP_S, Trail

HERE_S = parse_instant("2024-12-17T08:00:30Z")
REVOLUTION_S = 92.0 * 60.0


def test_trail_draft_has_every_third_sample_of_the_track() -> None:
    trail = Trail(embedded_history())
    rough_past, rough_future = trail.around(HERE_S, REVOLUTION_S, 2 * REVOLUTION_S, draft=True)
    past, future = trail.around(HERE_S, REVOLUTION_S, 2 * REVOLUTION_S)
    assert [point.unix_s for point in past] == sorted(point.unix_s for point in past)
    assert rough_past[-1] == past[-1]
    rough, whole = (*rough_past, *rough_future), (*past, *future)
    assert set(rough) < set(whole)
    assert {b.unix_s - a.unix_s for a, b in pairwise(rough)} == {DRAFT_STEPS * TRACK_STEP_S}
    assert {b.unix_s - a.unix_s for a, b in pairwise(whole)} == {TRACK_STEP_S}


def test_trail_draft_misses_the_track_by_a_third_of_a_dot() -> None:
    orbit = embedded_history()
    rough, _ = Trail(orbit).around(HERE_S, REVOLUTION_S, 0.0, draft=True)
    whole, _ = Trail(orbit).around(HERE_S, REVOLUTION_S, 0.0)
    steps = {round(point.unix_s): point for point in whole}
    for a, b in pairwise(rough):
        for step in range(1, DRAFT_STEPS):
            share, between = step / DRAFT_STEPS, steps[round(a.unix_s + step * TRACK_STEP_S)]
            drawn_deg = a.latitude_deg + share * (b.latitude_deg - a.latitude_deg)
            assert abs(drawn_deg - between.latitude_deg) < 0.53
            turn_deg = (b.longitude_deg - a.longitude_deg + 180.0) % 360.0 - 180.0
            off_deg = a.longitude_deg + share * turn_deg - between.longitude_deg
            assert abs((off_deg + 180.0) % 360.0 - 180.0) < 0.53


def test_trail_after_a_draft_is_as_without_one() -> None:
    trail = Trail(embedded_history())
    trail.around(HERE_S, REVOLUTION_S, REVOLUTION_S, draft=True)
    fresh = Trail(embedded_history())
    assert trail.around(HERE_S, REVOLUTION_S, REVOLUTION_S) == fresh.around(HERE_S, REVOLUTION_S, REVOLUTION_S)
