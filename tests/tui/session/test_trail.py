"""The ground track around an instant: where its samples lie, and which of them a first picture has."""

from __future__ import annotations

from itertools import pairwise

from sim.orbit.element_history import embedded_history
from sim.time import parse_instant
from tui.session.frame import TRACK_STEP_S, Trail

HERE_S = parse_instant("2024-12-17T08:00:30Z")
REVOLUTION_S = 92.0 * 60.0


def test_trail_draft_has_every_second_sample_of_the_track() -> None:
    trail = Trail(embedded_history())
    rough_past, rough_future = trail.around(HERE_S, REVOLUTION_S, 2 * REVOLUTION_S, draft=True)
    past, future = trail.around(HERE_S, REVOLUTION_S, 2 * REVOLUTION_S)
    assert [point.unix_s for point in past] == sorted(point.unix_s for point in past)
    assert rough_past[-1] == past[-1]
    rough, whole = (*rough_past, *rough_future), (*past, *future)
    assert set(rough) < set(whole)
    assert {b.unix_s - a.unix_s for a, b in pairwise(rough)} == {2 * TRACK_STEP_S}
    assert {b.unix_s - a.unix_s for a, b in pairwise(whole)} == {TRACK_STEP_S}


def test_trail_after_a_draft_is_as_without_one() -> None:
    trail = Trail(embedded_history())
    trail.around(HERE_S, REVOLUTION_S, REVOLUTION_S, draft=True)
    fresh = Trail(embedded_history())
    assert trail.around(HERE_S, REVOLUTION_S, REVOLUTION_S) == fresh.around(HERE_S, REVOLUTION_S, REVOLUTION_S)
