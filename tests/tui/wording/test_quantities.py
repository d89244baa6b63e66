"""Texts of quantities: the hour that comes twice."""

from __future__ import annotations

import pytest

from sim.places.place import Place
from sim.time import parse_instant
from tui.wording.quantities import repeated_hour_mark

MADRID = Place("Madrid", 40.4, -3.7, timezone="Europe/Madrid")


@pytest.mark.parametrize(
    ("time", "mark"),
    [
        ("2026-10-24T23:59:59Z", ""),
        ("2026-10-25T00:00:00Z", "+02:00"),
        ("2026-10-25T00:59:59Z", "+02:00"),
        ("2026-10-25T01:00:00Z", "+01:00"),
        ("2026-10-25T01:59:59Z", "+01:00"),
        ("2026-10-25T02:00:00Z", ""),
        ("2026-03-29T01:00:00Z", ""),  # an hour that is left out comes never
    ],
)
def test_repeated_hour_mark_tells_the_two_apart(time: str, mark: str) -> None:
    assert repeated_hour_mark(parse_instant(time), MADRID) == mark


def test_repeated_hour_mark_in_utc_or_without_a_zone_is_empty() -> None:
    unix_s = parse_instant("2026-10-25T00:30:00Z")
    assert repeated_hour_mark(unix_s, MADRID, utc=True) == ""
    assert repeated_hour_mark(unix_s, Place("x", 0.0, 0.0)) == ""
