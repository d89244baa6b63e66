"""Texts of quantities: the hour that comes twice, a place with its coordinates, an altitude with its error."""

from __future__ import annotations

import pytest

from sim.orbit.element_history import embedded_history
from sim.orbit.uncertainty import SPEED_KM_S, ExpectedError
from sim.places.gazetteer import find_place, place_at
from sim.places.place import Place
from sim.time import parse_instant
from tui.wording import quantities
from tui.wording.quantities import minute_pattern, place_text, repeated_hour_mark, stamp

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


def test_repeated_hour_mark_without_a_zone_is_empty() -> None:
    unix_s = parse_instant("2026-10-25T00:30:00Z")
    assert repeated_hour_mark(unix_s, Place("x", 0.0, 0.0)) == ""


@pytest.mark.parametrize(
    ("p90_s", "zone", "text"),
    [
        (24.0, None, "2024-12-17T08:00:06Z"),
        (24.0, "Asia/Shanghai", "2024-12-17 16:00:06+08:00"),
        (240.0, None, "~2024-12-17T08:00Z"),
        (240.0, "Asia/Shanghai", "~2024-12-17 16:00+08:00"),
        (float("nan"), None, "2024-12-17T08:00:06Z"),
    ],
)
def test_stamp_follows_the_expected_error(p90_s: float, zone: str | None, text: str) -> None:
    error = ExpectedError(SPEED_KM_S * p90_s / 4.0, SPEED_KM_S * p90_s, position_known=True, stale=False)
    assert stamp(parse_instant("2024-12-17T08:00:06Z"), error, zone) == text
    assert (minute_pattern(error) == "~%H:%M") is text.startswith("~")


def test_place_text_names_coordinates_once() -> None:
    assert place_text(find_place("Islamabad")) == "Islamabad, PK (33.72°N 73.04°E)"
    assert place_text(place_at(10.0, -140.0)) == "10.00°N 140.00°W"


@pytest.mark.parametrize(
    ("at", "altitude", "error"),
    [
        ("2022-12-11T00:00:00Z", "391.0 km", "±50 (90 %: 100) m"),
        ("2024-10-25T09:00:00Z", "391.0 ±4.2 km", "±0.3 (90 %: 4.2) km"),
        ("2026-11-20T00:00:00Z", "391 ±17 km", "±6 (90 %: 17) km"),
        ("2028-11-20T00:00:00Z", "391.0 km", "error not known"),
    ],
)
def test_altitude_has_no_more_digits_than_its_error(at: str, altitude: str, error: str) -> None:
    provenance = embedded_history().provenance(parse_instant(at))
    assert quantities.altitude(391.04, provenance) == altitude
    assert quantities.altitude_error(provenance) == error
