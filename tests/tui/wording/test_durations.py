"""Formats of durations and quantities."""

from __future__ import annotations

import pytest

from sim.eclipses import LightChange
from sim.orbit.uncertainty import SPEED_KM_S, ExpectedError
from tests.support.dashboard import ISLAMABAD
from tui.wording import durations, quantities


@pytest.mark.parametrize(
    ("seconds", "countdown", "mission_clock", "compact"),
    [
        (-5.0, "00:00:00", "0 d 00:00:00", "0:00"),
        (7.9, "00:00:07", "0 d 00:00:07", "0:07"),
        (3847.0, "01:04:07", "0 d 01:04:07", "1:04:07"),
        (187_447.0, "2 d 04:04", "2 d 04:04:07", "2d 04:04"),
    ],
)
def test_durations_of_seconds_have_the_stated_formats(
    seconds: float, countdown: str, mission_clock: str, compact: str
) -> None:
    assert durations.countdown(seconds) == countdown
    assert durations.mission_clock(seconds) == mission_clock
    assert durations.compact(seconds) == compact


def test_durations_round_to_their_smallest_unit() -> None:
    assert durations.minutes_seconds(59.6) == "1:00"
    assert durations.hours_minutes(545.6) == "9:06"
    assert [durations.age(days) for days in (0.25, -1.9, 2.44, 44.4)] == ["6 h", "46 h", "2.4 d", "44 d"]


def test_distance_groups_thousands() -> None:
    assert [quantities.distance(km) for km in (0.44, 12.4, 1299.0)] == ["0.4 km", "12 km", "1 300 km"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (LightChange("sunlit", "penumbra", 160.0), "sunlit, shadow in 00:01:00"),
        (LightChange("penumbra", "umbra", 105.0), "in the penumbra, shadow in 00:00:05"),
        (LightChange("umbra", "penumbra", 400.0), "in shadow, sunrise in 00:05:00"),
        (LightChange("sunlit", None, None), "sunlit"),
        (None, "unknown"),
    ],
)
def test_light_text_names_the_next_change(change: LightChange | None, text: str) -> None:
    assert quantities.light_text(change, 100.0) == text


def test_clock_time_is_local_or_marked_as_utc() -> None:
    assert quantities.clock_time(0.0, ISLAMABAD, utc=True) == "00:00:00Z"
    assert quantities.clock_time(0.0, ISLAMABAD, utc=False) == "05:00:00"
    assert quantities.time_of_day(0.0, ISLAMABAD, utc=True) == "00:00:00"


@pytest.mark.parametrize(
    ("seconds", "p90_s", "text"),
    [
        (724.0, 20.0, "00:12:04"),
        (724.0, 240.0, "~12 min"),
        (6.0, 240.0, "~2 min"),  # it may have been already
        (8000.0, 240.0, "~2.2 h"),
        (187_447.0, 240.0, "2 d 04:04"),
    ],
)
def test_time_left_has_no_seconds_where_one_in_ten_is_minutes_off(seconds: float, p90_s: float, text: str) -> None:
    error = ExpectedError(SPEED_KM_S, SPEED_KM_S * p90_s, position_known=True, stale=False)
    assert quantities.time_left(seconds, error) == text
