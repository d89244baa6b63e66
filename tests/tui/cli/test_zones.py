"""`--zone`: the clocks by which local times are shown and times without an offset are read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from sim.orbit.closure.burns import Burn
from sim.places.place import Place
from sim.time import parse_instant
from tests.support.settings_file import write_settings
from tui.cli.commands import COMMANDS
from tui.config.settings import Settings
from tui.wording import burns

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

KNOWN = ["--at", "2026-10-08"]

TIMELESS = {"completions", "facts", "help", "man", "serve"}
"""Commands that read no instant and print no local time."""


def test_zone_is_that_of_local_times_and_of_times_without_offset(run: Run) -> None:
    code, out, err = run("status", "--at", "17 Dec 2024 16:00", "--zone", "asia/shanghai", "--place", "Cologne")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith("Tiangong 天宫  2024-12-17T08:00:00Z")
    assert "2024-12-17 16:00:00 Asia/Shanghai" in out


def test_zone_before_the_command_counts_too(run: Run) -> None:
    code, out, _ = run("--zone", "Asia/Shanghai", "status", "--at", "2024-12-17T16:00")
    assert code == 0
    assert "2024-12-17T08:00:00Z" in out


def test_zone_of_the_settings_is_shown_but_times_are_read_in_utc(run: Run, shape: Callable[..., Any]) -> None:
    write_settings(Settings(zone="Asia/Tokyo"))
    assert shape("passes", *KNOWN, "--days", "1")["observer"]["timezone"] == "Asia/Tokyo"
    assert shape("passes", *KNOWN, "--days", "1", "--zone", "UTC")["observer"]["timezone"] == "UTC"
    _, out, _ = run("status", "--at", "2024-12-17T08:00")
    assert "2024-12-17 17:00:00 Asia/Tokyo" in out


def test_eclipses_in_text_are_told_by_the_clocks_of_the_zone(run: Run) -> None:
    words = ["eclipses", "--at", "2026-10-08T00:00Z", "--days", "0.1"]
    _, in_utc, _ = run(*words)
    _, local, _ = run(*words, "--zone", "Asia/Shanghai")
    first = next(line for line in in_utc.splitlines() if line.startswith("2026"))
    assert first.startswith("2026-10-08T00:")
    assert f"2026-10-08 08:{first[14:19]}+08:00" in local


@pytest.mark.parametrize(
    "clocks", [["--zone", "Asia/Shanghai"], ["--place", "Beijing"], ["--lat", "39.9", "--lon", "116.4"]]
)
def test_events_burns_and_track_in_text_are_told_by_the_clocks_asked_for(run: Run, clocks: list[str]) -> None:
    at = ["--at", "2026-05-10T00:00Z"]
    events = run("events", *at, *clocks)[1].splitlines()
    assert events[0] == "Events, times in Asia/Shanghai"
    rows = {line.split("  ")[0]: line for line in events[3:]}
    assert "Tianzhou-9 re-enters" in rows["2026-05-07 07:49"]
    assert "raised by 4.2 km" in rows["2026-05-09 15:00 to 23:00 (about)"]
    assert "the two arrived" in rows["2026-04-24"].lower()  # known to the day: that day as it is stated
    assert "2026-05-24 23:08:36" in run("events", "--at", "2026-05-25T00:00Z", *clocks)[1]
    burns = run("burns", *at, *clocks)[1].splitlines()
    assert burns[0].endswith("found in the element sets, times in Asia/Shanghai")
    assert burns[-1].startswith("2026-05-09 15:00 to 23:00  2026-05-09 15:")
    track = run("track", "--start", "2026-10-08T00:00Z", "--end", "+1m", "--format", "text", *clocks)[1].splitlines()
    assert track[0].startswith("Track, times in Asia/Shanghai")
    assert [line[:19] for line in track[3:]] == [f"2026-10-08 08:0{n // 2}:{n % 2 * 30:02d}" for n in range(3)]


def test_events_burns_and_track_in_text_are_in_utc_where_no_zone_is_asked_for(run: Run) -> None:
    at = ["--at", "2026-05-10T00:00Z"]
    for words in ([], ["--zone", "UTC"]):
        events = run("events", *at, *words)[1]
        assert events.startswith("Events, times in UTC\n")
        assert "2026-05-06T23:49:00Z" in events
        assert "2026-05-09 07Z to 15Z" in run("burns", *at, *words)[1]
        track = run("track", "--start", "2026-10-08T00:00Z", "--end", "+1m", "--format", "text", *words)[1]
        assert "times in UTC" in track
        assert "\n2026-10-08T00:00:30Z " in track


def test_the_hour_that_comes_twice_is_told_apart_in_track_and_burns(run: Run) -> None:
    span = ["--start", "2025-10-26T00:59:30Z", "--end", "+1m", "--step", "60", "--zone", "Europe/Madrid"]
    track = run("track", *span, "--format", "text")[1].splitlines()
    assert [line.split("  ")[0] for line in track[3:]] == ["2025-10-26 02:59:30+02", "2025-10-26 02:00:30+01"]
    burn = Burn(
        after_unix_s=parse_instant("2025-10-26T00:10Z"), before_unix_s=parse_instant("2025-10-26T01:10Z"),
        unix_s=None, median_date_error_days=0.5, date_error_days=1.0, size_km=1.0, uncertainty_km=0.1,
        eccentricity_change=0.0, eccentricity_after=0.0, confidence="single",
    )  # fmt: skip
    assert burns.date(burn, ZoneInfo("Europe/Madrid")) == "2025-10-26 02:00+02 to 02:00+01"


def test_end_of_a_span_is_read_in_the_zone(shape: Callable[..., Any]) -> None:
    words = ["--start", "2026-10-08T08:00", "--end", "2026-10-08T08:01", "--zone", "Asia/Shanghai", "--step", "60"]
    track = shape("track", *words)["track"]
    assert [point["time"] for point in track] == ["2026-10-08T00:00:00.000Z", "2026-10-08T00:01:00.000Z"]
    track = shape("track", *words[:2], "--end", "+2m", *words[4:])["track"]
    assert len(track) == 3


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["status", "--zone", "Shanghai"], "write Asia/Shanghai"),
        (["status", "--zone", "CST"], "not a time zone"),
        (["passes", "--at", "2026-10-25T02:30", "--zone", "Europe/Berlin"], "comes twice"),
        (["passes", "--at", "2026-03-29T02:30", "--zone", "Europe/Berlin"], "does not exist"),
        (["track", "--end", "17/12/2024"], "could mean two dates"),
    ],
)
def test_wrong_zone_or_time_is_wrong_usage(run: Run, words: list[str], complaint: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1


def test_wrong_zone_in_the_settings_is_reported_and_ignored(run: Run) -> None:
    write_settings(Settings(zone="Mars/Olympus"))
    code, out, err = run("status", *KNOWN)
    assert code == 0
    assert "zone cannot be used: “Mars/Olympus” is not a time zone" in err
    assert "Asia/Karachi" in out


def test_coordinates_have_the_zone_of_their_point(shape: Callable[..., Any]) -> None:
    elvas = ["--lat", "38.881", "--lon", "-7.163"]
    assert shape("passes", *KNOWN, "--days", "1", *elvas)["observer"]["timezone"] == "Europe/Lisbon"


def test_coordinates_without_borders_say_which_zone_is_taken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tzfpy", None)
    code, _, err = run("status", *KNOWN, "--place", "38.881, -7.163")
    assert code == 0
    assert "times are in the zone Europe/Madrid of the nearest city, Badajoz, ES" in err


def test_place_of_the_settings_without_a_zone_has_that_of_its_point(shape: Callable[..., Any]) -> None:
    write_settings(Settings(place=Place("Farm", 38.881, -7.163)))
    observer = shape("passes", *KNOWN, "--days", "1")["observer"]
    assert (observer["name"], observer["timezone"]) == ("Farm", "Europe/Lisbon")


def test_place_by_a_name_of_ones_own_is_found(shape: Callable[..., Any]) -> None:
    home = Place("Home", 51.9687, 5.025, -3.0)
    write_settings(Settings(places=(home,)))
    observer = shape("passes", *KNOWN, "--days", "1", "--place", "home")["observer"]
    assert (observer["name"], observer["latitude_deg"], observer["height_m"]) == ("Home", 51.9687, -3.0)
    assert observer["timezone"] == "Europe/Amsterdam"


def test_height_500_m_below_the_ellipsoid_is_accepted(run: Run) -> None:
    assert run("status", *KNOWN, "--lat", "31.5", "--lon", "35.4", "--height", "-500")[0] == 0
    assert run("status", *KNOWN, "--lat", "31.5", "--lon", "35.4", "--height", "-501")[0] == 2


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - TIMELESS))
def test_every_command_takes_a_zone(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "--zone ZONE" in out
