"""Instants: accepted texts, printing, and precision."""

from __future__ import annotations

import contextlib
import math
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import TimeError
from sim.time import EARLIEST_UNIX_S, LATEST_UNIX_S, duration_text, iso_z, julian_pair, parse_instant

INSTANTS = st.floats(EARLIEST_UNIX_S, LATEST_UNIX_S - 1.0)
NOW = 1_734_422_400.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-17", "2024-12-17T00:00:00Z"),
        ("2024-12-17T08:00:00Z", "2024-12-17T08:00:00Z"),
        ("2024-12-17 08:00 UTC", "2024-12-17T08:00:00Z"),
        ("2024-12-17T16:00+08:00", "2024-12-17T08:00:00Z"),
        ("2024-12-17T08:00", "2024-12-17T08:00:00Z"),
        ("now", "2024-12-17T08:00:00Z"),
        ("+90m", "2024-12-17T09:30:00Z"),
        ("now -2d", "2024-12-15T08:00:00Z"),
        ("+1.5 h", "2024-12-17T09:30:00Z"),
        ("+2W", "2024-12-31T08:00:00Z"),
    ],
)
def test_parse_instant_accepted_forms_give_the_instant(text: str, expected: str) -> None:
    assert iso_z(parse_instant(text, now_unix_s=NOW)) == expected


def test_parse_instant_without_offset_uses_the_given_zone() -> None:
    shanghai = parse_instant("2024-12-17T16:00", zone=ZoneInfo("Asia/Shanghai"))
    assert iso_z(shanghai) == "2024-12-17T08:00:00Z"


@pytest.mark.parametrize(
    "text", ["", "noon", "2024-12", "+", "+5", "nan", "\x1b[2J", "2024-12-17 08:00 and more", "17 Dec"]
)
def test_parse_instant_invalid_text_raises_one_clear_line(text: str) -> None:
    with pytest.raises(TimeError, match="is not a date or time: write it like 2024-12-17") as caught:
        parse_instant(text)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-17T23:59:60Z", "2024-12-18T00:00:00Z"),
        ("2024-12-18T08:59:60+09:00", "2024-12-18T00:00:00Z"),
        ("2024-12-17T24:00", "2024-12-18T00:00:00Z"),
        ("2024-352", "2024-12-17T00:00:00Z"),
        ("2024-352T08:00Z", "2024-12-17T08:00:00Z"),
        ("2024352T0800Z", "2024-12-17T08:00:00Z"),
        ("2024-W51-2", "2024-12-17T00:00:00Z"),
        ("today", "2024-12-17T00:00:00Z"),
        ("tomorrow 20:00", "2024-12-18T20:00:00Z"),
        ("20:00 tomorrow", "2024-12-18T20:00:00Z"),
        ("Yesterday at 8:30 pm", "2024-12-16T20:30:00Z"),
        ("17 Dec 2024", "2024-12-17T00:00:00Z"),
        ("Dec 17, 2024 16:00 UTC", "2024-12-17T16:00:00Z"),
        ("Tue, 17 Dec 2024 08:00:00 GMT", "2024-12-17T08:00:00Z"),
        ("17-Dec-2024", "2024-12-17T00:00:00Z"),
        ("2024/12/17 8:00", "2024-12-17T08:00:00Z"),
        ("2024年12月17日", "2024-12-17T00:00:00Z"),
        ("2024年12月17日16时30分", "2024-12-17T16:30:00Z"),
        ("２０２４年12月17日 下午4点", "2024-12-17T16:00:00Z"),
        ("明天 20:00", "2024-12-18T20:00:00Z"),
        ("2024-12-17 16:00 Asia/Shanghai", "2024-12-17T08:00:00Z"),
        ("2024-12-17T16:00+08:00[Asia/Shanghai]", "2024-12-17T08:00:00Z"),
        ("2024-12-17 16:00 UTC+8", "2024-12-17T08:00:00Z"),
        ("tomorrow 20:00 europe/berlin", "2024-12-18T19:00:00Z"),
    ],
)
def test_parse_instant_as_people_write_gives_the_instant(text: str, expected: str) -> None:
    assert iso_z(parse_instant(text, now_unix_s=NOW)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat Aug 22 16:01:00 2026", "2026-08-22T16:01:00Z"), ("Sat Aug 22 16:01:00 UTC 2026", "2026-08-22T16:01:00Z"),
        ("2026-8-22 16:01", "2026-08-22T16:01:00Z"), ("@1787414460", "2026-08-22T16:01:00Z"),
        ("2026-08-22T16:01:00\u221202:00", "2026-08-22T18:01:00Z"), ("+2h30m", "1970-01-01T02:30:00Z"),
        ("-1d 12h", "1969-12-30T12:00:00Z"), ("now+1h30min15s", "1970-01-01T01:30:15Z"),
    ],
)  # fmt: skip
def test_parse_instant_as_programs_print_and_in_parts_gives_the_instant(text: str, expected: str) -> None:
    assert iso_z(parse_instant(text, now_unix_s=0.0)) == expected


@pytest.mark.parametrize("text", ["2026-08-22T16.01Z", "2026-08-22 16:01.5Z", "Sun Aug 22 16:01:00 2026"])
def test_parse_instant_of_parts_of_hours_or_a_wrong_weekday_is_refused(text: str) -> None:
    with pytest.raises(TimeError):
        parse_instant(text)


def test_parse_instant_words_count_days_of_the_zone() -> None:
    late = parse_instant("2024-12-17T20:00Z")  # in Shanghai the 18th has begun
    assert (
        iso_z(parse_instant("today 08:00", now_unix_s=late, zone=ZoneInfo("Asia/Shanghai"))) == "2024-12-18T00:00:00Z"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("17/12/2024", "could mean two dates"),
        ("12.11.2024", "could mean two dates"),
        ("17 Dec 24", "year of two digits"),
        ("20:00", "names no day: write today 20:00"),
        ("Mon 17 Dec 2024", "2024-12-17 is a Tuesday"),
        ("2024-13-01", "not a date or time: the calendar does not have"),
        ("2023-366", "not a date or time: the calendar does not have"),
        ("2024-12-17T25:00", "no clock shows this hour"),
        ("2024-12-17T08:00:60Z", "leap second"),
        ("tomorrow 12 pm", "twelve is not clear"),
        ("tomorrow 13 pm", "am and pm do not have"),
        ("2024-12-17 16:00 CST", "not one clear time zone"),
        ("2024-12-17 16:00 Mars/Olympus", "is not a time zone"),
        ("2024-12-17 16:00+25:00", "not one of a time zone"),
        ("2026-10-25 02:30 Europe/Berlin", r"comes twice .* write the offset too, \+02:00 or \+01:00"),
        ("2026-03-29 02:30 Europe/Berlin", "does not exist in Europe/Berlin"),
        ("1" * 500, "too long"),
    ],
)
def test_parse_instant_that_could_mean_two_or_none_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(TimeError, match=complaint) as caught:
        parse_instant(text, now_unix_s=NOW)
    assert "\n" not in str(caught.value)


def test_parse_instant_hour_that_comes_twice_with_offset_is_read() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    hours = [parse_instant(f"2026-10-25 02:30 {offset}", zone=berlin) for offset in ("+02:00", "+01:00")]
    assert [iso_z(unix_s) for unix_s in hours] == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]
    with pytest.raises(TimeError, match="comes twice"):
        parse_instant("2026-10-25T02:30", zone=berlin)


@given(INSTANTS, st.sampled_from(["Europe/Berlin", "Asia/Shanghai", "America/St_Johns", "Australia/Lord_Howe"]))
def test_parse_instant_wall_clock_with_offset_is_the_same_instant(unix_s: float, name: str) -> None:
    moment = datetime.fromtimestamp(round(unix_s), tz=ZoneInfo(name))
    assert parse_instant(f"{moment:%d %B %Y %H:%M:%S %z}") == round(unix_s)


@pytest.mark.parametrize("text", ["1957-12-31", "2100-01-01", "0001-01-01", "9999-12-31T23:59:59-12:00", "+999999999w"])
def test_parse_instant_out_of_range_raises(text: str) -> None:
    with pytest.raises(TimeError, match="outside 1958 to 2099"):
        parse_instant(text)


@given(st.text(max_size=60))
def test_parse_instant_any_text_is_an_instant_or_a_time_error(text: str) -> None:
    with contextlib.suppress(TimeError):
        assert EARLIEST_UNIX_S <= parse_instant(text, now_unix_s=NOW) < LATEST_UNIX_S


@given(INSTANTS)
def test_julian_pair_keeps_every_digit(unix_s: float) -> None:
    midnight, fraction = julian_pair(unix_s)
    assert midnight % 1.0 == 0.5
    assert 0.0 <= fraction <= 1.0
    assert math.isclose((midnight - 2440587.5) * 86400.0 + fraction * 86400.0, unix_s, rel_tol=0, abs_tol=1e-6)


def test_julian_pair_of_j2000_is_2451545() -> None:
    assert julian_pair(946728000.0) == (2451544.5, 0.5)


@given(INSTANTS)
def test_iso_z_text_is_parsed_to_the_same_instant(unix_s: float) -> None:
    assert abs(parse_instant(iso_z(unix_s)) - unix_s) <= 0.5
    assert abs(parse_instant(iso_z(unix_s, milliseconds=True)) - unix_s) <= 0.000501


def test_iso_z_rounds_to_the_nearest_second() -> None:
    eight = datetime(2024, 12, 17, 8, tzinfo=UTC).timestamp()
    assert iso_z(eight - 1e-7) == "2024-12-17T08:00:00Z"
    assert iso_z(eight - 1e-7, milliseconds=True) == "2024-12-17T08:00:00.000Z"
    assert iso_z(eight + 0.1239, milliseconds=True) == "2024-12-17T08:00:00.124Z"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, "00:00:00"),
        (2530.9, "00:42:10"),
        (273906.0, "3 d 04:05:06"),
        (-2530.0, "00:42:10"),
        (59.0, "00:00:59"),
    ],
)
def test_duration_text_has_clock_form(seconds: float, expected: str) -> None:
    assert duration_text(seconds) == expected
