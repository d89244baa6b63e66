"""Outside the element sets: what is known, and why the position is not."""

from __future__ import annotations

import pytest

from sim.chronicle import embedded_chronicle
from sim.orbit.element_history import embedded_history
from sim.status import status_at
from sim.time import parse_instant
from tui.wording.coverage import coverage


def coverage_at(text: str) -> str:
    unix_s = parse_instant(text)
    return coverage(status_at(embedded_history(), embedded_chronicle(), unix_s, now_unix_s=unix_s))


def test_coverage_at_before_the_first_set_names_launch_ports_and_orbit() -> None:
    told = coverage_at("2021-05-01")
    assert told.startswith("Known before the first element set: Tianhe launches")
    assert "2021-04-29" in told
    assert "no ship docked" in told
    assert "mean altitude 37" in told
    assert "inclination 41.5°" in told
    assert "the position along the orbit is only good to 2" in told


def test_coverage_at_long_after_the_newest_set_knows_plane_not_position() -> None:
    told = coverage_at("2027-02-01")
    assert told.startswith("Known after the newest element set (2026-10-10): the plane of the orbit")
    assert told.endswith("so the position along the orbit is not known.")


@pytest.mark.parametrize("text", ["2021-05-22T21:00Z", "2022-05-20", "2024-12-17", "2026-10-11"])
def test_coverage_at_near_and_between_sets_is_empty(text: str) -> None:
    assert coverage_at(text) == ""
