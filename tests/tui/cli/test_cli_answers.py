"""Output of each command in each format."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from sim.places.gazetteer import find_place
from sim.time import iso_z, parse_instant
from tests.support.settings_file import write_settings
from tui.cli.commands import passes
from tui.cli.output.text_report import cells, table
from tui.cli.output.track_export import TRACK_COLUMNS
from tui.config.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT = ["--at", "2024-12-17T08:00:00Z"]
KNOWN = ["--at", "2026-10-08"]
ISLAMABAD = ["--lat", "33.6844", "--lon", "73.0479", "--height", "540"]
COMPUTED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


SECONDS = re.compile(r"\d\d:\d\d:\d\d[Z+ ]")


@pytest.mark.parametrize("command", ["passes", "eclipses"])
@pytest.mark.parametrize("options", [[], ["--zone", "Europe/London"]])
def test_text_times_minutes_off_have_no_seconds(
    run: Callable[..., tuple[int, str, str]], command: str, options: list[str]
) -> None:
    """Of 25 May 2021 one time in ten is minutes off."""
    place = ["--place", "London, ENG", "--offline", *options]
    _, rough, _ = run(command, "--at", "2021-05-25T12:00Z", "--days", "1.5", *place)
    _, exact, _ = run(command, "--at", "2026-10-07", "--days", "1", *place)
    doubted = [line for line in rough.splitlines() if line.rstrip().endswith(" min") or " min  " in line]
    assert doubted
    assert all("~" in line and not SECONDS.search(re.sub(r"00:3\d:\d\d", "", line)) for line in doubted)
    assert "~" not in exact
    assert SECONDS.search(exact)


def keys(value: Any) -> Any:
    """The keys of a shape, all the way down; of lists, those of the first entry."""
    if isinstance(value, dict):
        return {key: keys(inner) for key, inner in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value else None


STATUS_KEYS = {
    "schema": None,
    "object": dict.fromkeys(("name", "norad_id", "cospar_id")),
    "time": None,
    "mode": None,
    "position": dict.fromkeys(("latitude_deg", "longitude_deg", "height_km", "speed_km_s")),
    "orbit": {
        **dict.fromkeys(("mean_altitude_km", "mean_altitude_definition", "mean_altitude_kozai_km")),
        **dict.fromkeys(("perigee_km", "apogee_km")),
        "mean_altitude_error_km": {"median": None, "p90": None},
        "perigee_apogee_error_km": {"median": None, "p90": None},
        **dict.fromkeys(("inclination_deg", "period_min", "revolution", "beta_deg")),
        "beta_error_deg": {"median": None, "p90": None},
    },
    "light": dict.fromkeys(("state", "next_state", "next_change")),
    "elements": {
        **dict.fromkeys(("source", "kind", "epoch", "age_days")),
        "error_km": {"median": None, "p90": None},
        "stale": None,
    },
    "crew": [dict.fromkeys(("name", "name_zh", "role", "mission", "launch", "days"))],
    "crew_as_of": None,
    "crew_certain": None,
    "ports": [dict.fromkeys(("port", "vehicle", "since", "approximate"))],
    "spacewalk": {**dict.fromkeys(("number", "mission", "start", "elapsed_s")), "astronauts": [None]},
    "records": {
        "longest_spacewalk": {**dict.fromkeys(("number", "mission", "date", "duration_min")), "astronauts": [None]}
    },
}


def test_status_json_has_exactly_the_documented_keys(shape: Callable[..., Any]) -> None:
    status = shape("status", *AT)
    assert keys(status) == STATUS_KEYS
    assert list(status) == list(STATUS_KEYS)


def test_status_during_the_record_spacewalk_has_its_clock(shape: Callable[..., Any]) -> None:
    status = shape("status", *AT)
    assert (status["schema"], status["time"], status["mode"]) == (2, "2024-12-17T08:00:00Z", "sim")
    assert [member["name"] for member in status["crew"]] == ["Cai Xuzhe", "Song Lingdong", "Wang Haoze"]
    assert status["crew"][0]["name_zh"] == "蔡旭哲"
    assert {ship["port"]: ship["vehicle"] for ship in status["ports"]} == {
        "forward": "Shenzhou-19",
        "aft": "Tianzhou-8",
    }
    assert status["spacewalk"]["number"] == 17
    assert status["spacewalk"]["elapsed_s"] == parse_instant("2024-12-17T08:00Z") - parse_instant("2024-12-17T04:51Z")
    assert status["records"]["longest_spacewalk"]["duration_min"] == 8 * 60 + 23
    assert COMPUTED.fullmatch(status["light"]["next_change"])
    assert COMPUTED.fullmatch(status["elements"]["epoch"])
    assert 340 < status["orbit"]["mean_altitude_km"] < 450


def test_status_after_the_record_spacewalk_has_the_new_record(shape: Callable[..., Any]) -> None:
    status = shape("status", "--at", "2024-12-17T14:00:00Z")
    assert status["spacewalk"] is None
    assert status["records"]["longest_spacewalk"]["duration_min"] == 546


def test_status_unknown_values_are_null(shape: Callable[..., Any]) -> None:
    status = shape("status", "--at", "2021-06-01")
    assert status["spacewalk"] is None
    assert status["records"]["longest_spacewalk"] is None
    assert status["crew"] == []
    oem_gap = shape("status", "--at", "2021-06-01T00:00:00.5Z")
    assert oem_gap["time"] == "2021-06-01T00:00:00.500Z"


def test_status_without_a_time_is_of_now(shape: Callable[..., Any]) -> None:
    assert shape("status")["mode"] == "live"


def test_status_text_equals_json(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("status", *AT)
    assert code == 0
    assert "2024-12-17T08:00:00Z  SIM" in out
    assert "13:00:00 Asia/Karachi" in out
    assert "Cai Xuzhe 蔡旭哲, commander, Shenzhou-19, 48 d 11:33:00" in out
    assert "spacewalk 17: Cai Xuzhe, Song Lingdong, 03:09:00" in out
    assert "Karachi, PK, for the system's time zone Asia/Karachi" in err


@pytest.mark.parametrize("at", ["2022-06-05T03:00:00Z", "2024-12-17T08:00:00Z", "2026-11-24T00:00:00Z"])
def test_status_altitude_equals_altitude_command(at: str, shape: Callable[..., Any]) -> None:
    orbit, report = shape("status", "--at", at)["orbit"], shape("altitude", "--at", at)
    for name in ("mean_altitude_km", "perigee_km", "apogee_km"):
        assert orbit[name] == report[name]


def test_before_the_first_set_the_place_is_not_known_yet(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("status", "--at", "2021-04-29T12:00Z", "--place", "Islamabad")
    assert "position    not known yet" in out
    _, out, _ = run("passes", "--at", "2021-04-30", "--place", "Islamabad", "--days", "2")
    assert out.rstrip().splitlines()[-1].startswith("No pass can be predicted: the elements are too recent")


def test_status_stale_elements_give_a_message(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, err = run("status", "--at", "2027-01-15", "--place", "Islamabad")
    assert "SIM STALE" in out
    assert "not known any more" in out
    assert err.startswith("tiangong: STALE: the elements (embedded history) are 9")
    assert "STALE" not in run("status", *AT)[2]


def test_status_stale_elements_of_a_time_that_has_come_name_the_way_to_newer_ones(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: parse_instant("2026-11-27T12:00:00Z"))
    assert "tiangong update" in run("passes", "--place", "Islamabad")[2]
    assert "tiangong update" not in run("status", "--at", "2027-01-15", "--place", "Islamabad")[2], "nor then known"


def test_crew_text_names_the_instant_and_the_changes_around_it(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("crew", "--at", "2022-06-05")
    assert out.splitlines() == [
        "at          2022-06-05T00:00:00Z",
        "crew        0 aboard",
        "before      2022-04-15T16:44:00Z  Shenzhou-13 undocks from Tianhe nadir",
        "next        2022-06-05T09:42:00Z  Shenzhou-14 docks at Tianhe nadir",
    ]
    _, first, _ = run("crew", "--at", "2021-06-17T08:00Z")
    assert "3 aboard" in first
    assert "before      2021-06-17T07:54:00Z  Shenzhou-12 docks at Tianhe forward" in first


def test_passes_json_has_exactly_the_documented_keys(shape: Callable[..., Any]) -> None:
    found = shape("passes", *KNOWN, *ISLAMABAD, "--days", "3")
    assert set(found) == {"schema", "object", "observer", "elements", "passes"}
    assert found["observer"] == {
        "name": "33.68°N 73.05°E",
        "latitude_deg": 33.6844,
        "longitude_deg": 73.0479,
        "height_m": 540.0,
        "timezone": "Asia/Karachi",
    }
    assert keys(found["elements"]) == STATUS_KEYS["elements"]
    assert keys(found["passes"][0]) == {
        "rise": {"time": None, "azimuth_deg": None},
        "peak": dict.fromkeys(("time", "azimuth_deg", "elevation_deg", "range_km")),
        "set": {"time": None, "azimuth_deg": None},
        **dict.fromkeys(
            ("duration_s", "error_s", "visible", "visible_from", "visible_to", "magnitude", "magnitude_error", "grade")
        ),
        **dict.fromkeys(("error_s_p90", "stale", "hidden", "peak_known")),
    }
    for one in found["passes"]:
        assert COMPUTED.fullmatch(one["rise"]["time"])
        assert one["rise"]["time"] < one["peak"]["time"] < one["set"]["time"]
        assert one["peak"]["elevation_deg"] >= 10.0
        assert one["visible"] == (one["visible_from"] is not None) == (one["magnitude"] is not None)
    assert {one["visible"] for one in found["passes"]} == {True, False}


def test_passes_filters_select_passes(shape: Callable[..., Any]) -> None:
    every = shape("passes", *KNOWN, *ISLAMABAD, "--days", "3")["passes"]
    seen = shape("passes", *KNOWN, *ISLAMABAD, "--days", "3", "--visible")["passes"]
    high = shape("passes", *KNOWN, *ISLAMABAD, "--days", "3", "--min-elevation", "40")["passes"]
    short = shape("passes", *KNOWN, *ISLAMABAD, "--days", "1")["passes"]
    assert seen == [one for one in every if one["visible"]]
    assert [p["peak"] for p in high] == [p["peak"] for p in every if p["peak"]["elevation_deg"] > 40]
    assert short == every[: len(short)]
    assert 0 < len(short) < len(every)


def test_passes_place_and_elevation_default_to_settings(shape: Callable[..., Any]) -> None:
    write_settings(Settings(place=find_place("Nairobi"), min_elevation_deg=30.0, pass_days=2.0))
    found = shape("passes", *KNOWN)
    assert found["observer"]["name"] == "Nairobi"
    assert all(one["peak"]["elevation_deg"] > 30 for one in found["passes"])


def test_passes_csv_rows_equal_json(run: Callable[..., tuple[int, str, str]], shape: Callable[..., Any]) -> None:
    as_json = shape("passes", *KNOWN, *ISLAMABAD, "--days", "2")["passes"]
    rows = list(csv.DictReader(io.StringIO(run("passes", *KNOWN, *ISLAMABAD, "--days", "2", "--format", "csv")[1])))
    assert [row["rise"] for row in rows] == [one["rise"]["time"] for one in as_json]
    assert [row["visible"] == "true" for row in rows] == [one["visible"] for one in as_json]
    assert [row["magnitude"] == "" for row in rows] == [one["magnitude"] is None for one in as_json]


def test_passes_text_is_in_local_time(run: Callable[..., tuple[int, str, str]]) -> None:
    _, local, _ = run("passes", *KNOWN, *ISLAMABAD, "--days", "1")
    _, utc, _ = run("passes", *KNOWN, *ISLAMABAD, "--days", "1", "--utc")
    assert "times in Asia/Karachi" in local
    assert "Thu 08 Oct  05:41:4" in local
    assert "times in UTC" in utc
    assert "2026-10-08  00:41:4" in utc
    assert run("passes", *KNOWN, "--lat", "80", "--lon", "0", "--days", "1")[1].splitlines()[-1] == "none"


def test_eclipses_json_csv_and_text_agree(run: Callable[..., tuple[int, str, str]], shape: Callable[..., Any]) -> None:
    found = shape("eclipses", *KNOWN, "--days", "1")
    assert set(found) == {"schema", "object", "elements", "eclipses"}
    assert 15 <= len(found["eclipses"]) <= 16
    contacts = ["penumbra_enter", "umbra_enter", "umbra_leave", "penumbra_leave"]
    columns = ["enter", "leave", "error_s", "error_s_p90", "stale", *contacts, "deepest"]
    for one in found["eclipses"]:
        assert list(one) == columns
        assert one["deepest"] == "umbra"
        order = ("penumbra_enter", "enter", "umbra_enter", "umbra_leave", "leave", "penumbra_leave")
        times = [parse_instant(one[name]) for name in order]
        assert times == sorted(times)
        assert 5.0 < times[2] - times[0] < 40.0  # the Sun's disc takes some ten seconds to go
    lines = run("eclipses", *KNOWN, "--days", "1", "--format", "csv")[1].splitlines()
    assert lines[0] == ",".join(columns)
    assert lines[1:] == [
        ",".join(("true" if one[name] else "false") if name == "stale" else str(one[name]) for name in columns)
        for one in found["eclipses"]
    ]
    assert len(run("eclipses", *KNOWN, "--days", "1")[1].splitlines()) == len(found["eclipses"]) + 1


def test_track_rows_equal_status(run: Callable[..., tuple[int, str, str]], shape: Callable[..., Any]) -> None:
    text = run("track", "--start", "2024-12-17T08:00Z", "--end", "2024-12-17T08:10Z", "--step", "60")[1]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.splitlines()[0] == ",".join(TRACK_COLUMNS)
    assert [row["time"] for row in rows] == [f"2024-12-17T08:{minute:02d}:00.000Z" for minute in range(11)]
    status = shape("status", *AT)
    for name in ("latitude_deg", "longitude_deg"):
        assert float(rows[0][name]) == pytest.approx(status["position"][name], abs=2e-6)
    assert float(rows[0]["height_km"]) == pytest.approx(status["position"]["height_km"], abs=2e-4)
    assert rows[0]["light"] == status["light"]["state"]


@pytest.mark.parametrize("begin", [["--start", "2024-12-17T08:00Z"], AT])
def test_track_end_as_offset_counts_from_the_start(begin: list[str], run: Callable[..., tuple[int, str, str]]) -> None:
    rows = run("track", *begin, "--end", "+5m", "--step", "60")[1].splitlines()[1:]
    assert [row.partition(",")[0] for row in rows] == [f"2024-12-17T08:0{minute}:00.000Z" for minute in range(6)]


def test_track_end_as_offset_from_now_counts_from_now(run: Callable[..., tuple[int, str, str]]) -> None:
    for end, samples in (("now+30m", 7), ("-10m", 3), ("now", 4)):
        rows = run("track", "--start", "-30m", "--end", end, "--step", "600")[1].splitlines()[1:]
        assert len(rows) in {samples - 1, samples}  # now is read twice, a moment apart


def test_events_end_as_offset_counts_from_the_start(shape: Callable[..., Any]) -> None:
    december = shape("events", "--from", "2024-12-01", "--to", "2025-01-01", *AT)
    assert december["events"]
    assert shape("events", "--from", "2024-12-01", "--to", "+31d", *AT) == december
    assert shape("events", *AT, "--to", "+1d") == shape("events", *AT, "--to", "2024-12-18T08:00Z")


def test_events_from_or_to_alone_reach_to_the_ends_of_what_is_known(shape: Callable[..., Any]) -> None:
    every = shape("events", "--from", "2000-01-01", "--to", "2040-01-01", *AT)["events"]
    split = "2024-12-17T00:00:00Z"
    early = shape("events", "--to", split, *AT)["events"]
    late = shape("events", "--from", split, *AT)["events"]
    assert early
    assert late
    assert early + late == every
    assert early[-1]["time"] < split <= late[0]["time"]


def test_events_of_an_empty_span_are_none(shape: Callable[..., Any]) -> None:
    assert shape("events", "--from", "2040-01-01", *AT, "--to", "2040-01-02")["events"] == []
    assert shape("events", "--to", "2010-01-01T00:00:00Z", "--from", "2009-01-01", *AT)["events"] == []


def test_track_at_an_eclipse_has_all_three_light_states(shape: Callable[..., Any]) -> None:
    enter = shape("eclipses", *KNOWN, "--days", "0.1")["eclipses"][0]["enter"]
    begin = parse_instant(enter)
    span = ["--start", iso_z(begin - 30), "--end", iso_z(begin + 30), "--step", "1"]
    light = [point["light"] for point in shape("track", *span)["track"]]
    assert sorted(set(light), key=light.index) == ["sunlit", "penumbra", "umbra"]
    assert light[0] == "sunlit"
    assert light[-1] == "umbra"


def test_track_geojson_is_cut_at_the_date_line(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("track", *KNOWN, "--step", "60", "--format", "geojson")
    assert code == 0
    feature = json.loads(out)["features"][0]
    lines = feature["geometry"]["coordinates"]
    assert len(lines) == 2
    assert lines[0][-1][0] == 180.0
    assert lines[1][0][0] == -180.0
    assert lines[0][-1][1:] == lines[1][0][1:]
    for line in lines:
        assert all(abs(b[0] - a[0]) < 180 for a, b in itertools.pairwise(line))
        assert all(-180 <= lon <= 180 and -42 < lat < 42 and 3.7e5 < height < 4.2e5 for lon, lat, height in line)


def test_spacewalks_at_a_past_instant_are_those_known_then(shape: Callable[..., Any]) -> None:
    before = shape("spacewalks", *AT)
    assert len(before["spacewalks"]) == 17
    going_on = before["spacewalks"][-1]
    assert (going_on["start"], going_on["end"], going_on["duration_min"]) == ("2024-12-17T04:51:00Z", None, None)
    after = shape("spacewalks", "--at", "2024-12-18")
    assert after["spacewalks"][-1]["duration_min"] == 546
    assert after["records"]["longest_spacewalk"]["number"] == 17
    assert before["records"]["longest_spacewalk"]["number"] == 15
    assert {"number", "mission", "date", "start", "end", "duration_min", "astronauts", "sources"} <= set(going_on)
    assert all(walk["sources"] for walk in after["spacewalks"])


@pytest.mark.parametrize(
    ("command", "told"),
    [("missions", "docked (last known on 2026-10-10)"), ("spacewalks", "(last known on 2026-10-10)\n"),
     ("status", "27 so far;")],
)  # fmt: skip
def test_text_after_the_last_known_day_names_it(
    command: str, told: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    _, text, _ = run(command, "--at", "2026-11-28", "--offline")
    line = next(line for line in f"{text}\n".splitlines(keepends=True) if told in line)
    assert "(last known on 2026-10-10)" in line


@pytest.mark.parametrize("command", ["status", "ports"])
def test_text_names_ships_that_are_not_docked_as_json_does(
    command: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    _, text, _ = run(command, "--at", "2023-05-20", "--offline")
    assert "flying      Tianzhou-5 since 2023-05-05T07:26:00Z" in text.splitlines()
    _, text, _ = run(command, *AT, "--offline")
    assert "flying" not in text


def test_spacewalk_of_unknown_hours_is_never_said_to_be_under_way(run: Callable[..., tuple[int, str, str]]) -> None:
    _, text, _ = run("spacewalks", "--at", "2023-02-28T05:00Z")
    assert "that day" in text
    assert "going on" not in text
    _, text, _ = run("spacewalks", *AT)
    assert "going on" in text


@pytest.mark.parametrize(
    ("command", "at", "told"),
    [
        ("missions", "2021-04-29T05:00Z", "No ship has flown to the station yet."),
        ("missions", "2021-05-30", "Tianzhou-2"),
        ("spacewalks", "2021-07-03", "no spacewalk yet at this instant"),
        ("spacewalks", "2021-07-05", "Liu Boming"),
        ("partners", "2021-06-16", "Nobody has flown to the station yet."),
        ("partners", "2021-06-18", "Only Chinese crews have flown to the station so far."),
    ],
)
def test_text_of_the_first_months_says_what_was_not_yet(
    command: str, at: str, told: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, text, _ = run(command, "--at", at)
    assert code == 0
    assert told in text


def test_spacewalks_text_uncertain_day_is_marked(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("spacewalks", "--at", "2026-10-01")
    dates = {line.split()[0]: line.split()[1] for line in out.splitlines()[1:12]}
    assert dates["9"] == "~2023-02-28"
    assert dates["8"] == "2023-02-09"


def test_list_commands_at_known_instants_give_the_published_facts(shape: Callable[..., Any]) -> None:
    both = shape("crew", "--at", "2022-12-01")
    assert len(both["crew"]) == 6
    assert both["crew_certain"] is True
    assert shape("ports", "--at", "2022-12-01")["free_ports"] == []
    everyone = shape("crew", "--all", *AT)["people"]
    assert {"Nie Haisheng", "Wang Yaping"} <= {one["name"] for one in everyone}
    assert "Chen Zhongrui" not in {one["name"] for one in everyone}
    flights = shape("missions", "--at", "2021-07-01")
    assert [one["name"] for one in flights["missions"]] == ["Tianzhou-2", "Shenzhou-12"]
    assert {one["status"] for one in flights["missions"]} == {"docked"}
    away = shape("missions", "--at", "2023-05-20")["missions"]  # it flew alone for a month and docked again
    assert {one["name"]: one["status"] for one in away}["Tianzhou-5"] == "under way"
    assert "Tianzhou-5" not in {one["vehicle"] for one in shape("ports", "--at", "2023-05-20")["ports"]}
    events = shape("events", "--from", "2024-12-17", "--to", "2024-12-18")["events"]
    assert {"spacewalk start", "spacewalk end", "record"} <= {one["kind"] for one in events}


@pytest.mark.parametrize(("at", "certain"), [("2026-10-10T23:59:59Z", True), ("2026-10-11", False)])
def test_missions_json_says_until_which_day_flights_are_known(
    at: str, certain: bool, shape: Callable[..., Any], tmp_path: Path
) -> None:
    flights = shape("missions", "--at", at)
    assert (flights["as_of"], flights["certain"]) == ("2026-10-10", certain)
    folder = tmp_path / "config" / "facts"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('[as_of]\ncrew = "2026-12-01"\n')  # ships with cargo: no longer than before
    flights = shape("missions", "--at", at)
    assert (flights["as_of"], flights["certain"]) == ("2026-10-10", certain)
    (folder / "mine.toml").write_text('[as_of]\ncrew = "2026-12-01"\ncargo = "2026-11-20"\n')
    flights = shape("missions", "--at", at)
    assert (flights["as_of"], flights["certain"]) == ("2026-11-20", True)


def test_altitude_at_a_past_instant_is_that_known_then(shape: Callable[..., Any]) -> None:
    report = shape("altitude", "--at", "2026-07-10")
    assert report["band_km"] == {"floor": 340.0, "ceiling": 450.0}
    assert 380 < report["mean_altitude_km"] < 400
    raised = report["burns"][-1]
    assert raised["kind"] == "raise"
    assert raised["before"] < "2026-07-10"
    assert raised["size_km"] == pytest.approx(10.1, abs=0.5)


def test_partners_text_begins_with_who_flies_and_the_agreement(run: Callable[..., tuple[int, str, str]]) -> None:
    _, now, _ = run("partners", "--at", "2026-10-04")
    assert now.startswith("A Pakistani astronaut is to fly to Tiangong\nwho ")
    assert now.index("Khurram Daud") < now.index("signed 2025-02-28") < now.index("date        step")
    _, earlier, _ = run("partners", "--at", "2025-03-10")
    assert "nobody is named yet" in earlier
    assert "Khurram Daud" not in earlier
    _, before, _ = run("partners", "--at", "2024-03-10")
    assert before.startswith("No flight of a foreign astronaut is announced")
    assert "agreement" not in before


def test_partners_before_the_agreement_has_none(shape: Callable[..., Any]) -> None:
    assert shape("partners", "--at", "2025-01-01")["agreement"] is None
    now = shape("partners")
    assert now["agreement"]["date"] == "2025-02-28"
    assert len(now["candidates"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["crew"],
        ["crew", "--all"],
        ["ports"],
        ["missions"],
        ["spacewalks"],
        ["events"],
        ["altitude"],
        ["burns"],
        ["partners"],
    ],
)
def test_list_commands_text_has_no_trailing_blanks(words: list[str], run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run(*words, *AT)
    assert code == 0
    assert len(out.splitlines()) > 2
    assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_passes_wait_ends_the_lead_before_the_rise(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [parse_instant("2026-10-08T00:00:00Z")]
    monkeypatch.setattr("tui.cli.context.time.time", lambda: clock[0])
    until: list[float] = []
    monkeypatch.setattr(passes, "sleep_until", until.append)
    code, out, err = run("passes", "--wait", "--lead", "5m", *ISLAMABAD, "--format", "json")
    first = json.loads(out)["passes"]
    assert code == 0
    assert len(first) == 1
    assert until == [pytest.approx(parse_instant(first[0]["rise"]["time"]) - 300.0, abs=1e-3)]
    assert "waiting for the pass that rises at Thu 08 Oct" in err
    code, _, err = run("passes", "--wait", "--lat", "80", "--lon", "0")
    assert (code, "no such pass in the next 10 days" in err) == (1, True)


UNKNOWN = ["--at", "2026-11-20", "--place", "Islamabad"]
"""Forty days after the last set of the embedded history."""


def test_passes_unknown_position_lists_none(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("passes", *UNKNOWN, "--days", "3")
    assert code == 0
    assert "No pass can be predicted: the elements are too old" in out
    assert "*" not in out
    code, out, err = run("passes", *UNKNOWN, "--days", "3", "--format", "ics")
    assert (code, out) == (1, "")
    assert "not known" in err


@pytest.mark.parametrize("wanted", [["--visible"], ["--grade", "3"]])
def test_passes_whose_time_is_not_known_are_told_of_whatever_is_wanted(
    wanted: list[str], run: Callable[..., tuple[int, str, str]]
) -> None:
    _, out, _ = run("passes", "--at", "2026-10-18T12:00Z", "--place", "Beijing", "--days", "3", "--offline", *wanted)
    assert out.splitlines()[-1].startswith("No pass can be predicted")


def test_passes_list_ends_where_the_position_is_unknown(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("passes", "--at", "2026-10-11", "--place", "Islamabad", "--days", "30")
    lines = out.splitlines()
    assert lines[0].endswith("rise and set at 10°")
    assert lines[-1].startswith("No further pass can be predicted")
    assert len(lines) > 20
    assert "Sun 08 Nov" not in out
    code, out, _ = run("passes", "--at", "2026-10-11", "--place", "Islamabad", "--days", "30", "--format", "ics")
    assert (code, out.count("BEGIN:VEVENT")) == (0, len(lines) - 4)


@pytest.mark.parametrize(
    ("command", "at", "told"),
    [
        ("passes", "2021-05-13", "No earlier pass can be predicted"),
        ("passes", "2024-10-23T12:00Z", "Passes Fri 25 Oct cannot be predicted: no elements are near."),
        ("eclipses", "2021-05-13", "2021-05-13 to 2021-05-14: at most 00:25:33 in the shadow each revolution"),
        ("eclipses", "2024-10-24T22:00Z", "2024-10-25: at most 00:36:06 in the shadow each revolution"),
        ("eclipses", "2026-10-18", "From 2026-10-19 on at most 00:34:54 in the shadow each revolution"),
    ],
)
def test_lists_tell_the_days_of_which_no_time_is_known(
    command: str, at: str, told: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    """Before the first set, between two distant ones, and long after the last."""
    _, out, _ = run(command, "--at", at, "--days", "4", "--place", "Islamabad", "--offline")
    assert out.splitlines()[-1].startswith(told)
    assert len(out.splitlines()) > 5


def test_passes_wait_unknown_position_does_not_wait(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.context.time.time", lambda: parse_instant("2026-11-20T00:00:00Z"))
    monkeypatch.setattr(passes, "sleep_until", lambda unix_s: pytest.fail("slept"))
    code, out, err = run("passes", "--wait", *ISLAMABAD)
    assert (code, out) == (1, "")
    assert "no pass can be waited for" in err


def test_status_unknown_position_has_no_light_times(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    _, out, _ = run("eclipses", *UNKNOWN[:2])
    assert out.startswith("At most 00:3")
    assert len(out.splitlines()) == 1
    _, out, _ = run("status", *UNKNOWN)
    assert "light       not known any more" in out
    assert "position    not known any more" in out
    assert re.search(r"beta [+-]\d+\.\d° ±\d\.\d°", out)  # by the plane, as `tiangong beta` has it
    _, out, _ = run("status", "--at", "2027-11-25")
    assert "beta not known" in out


def test_passes_error_is_never_zero(shape: Callable[..., Any]) -> None:
    found = shape("passes", *AT, "--place", "Islamabad", "--days", "2")["passes"]
    assert all(one["error_s"] > 0.0 for one in found)


def test_sleep_until_after_machine_suspend_follows_the_clock() -> None:
    now = [1000.0]
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        now[0] += seconds if len(naps) != 2 else 500.0  # the machine slept on

    passes.sleep_until(1100.0, lambda: now[0], sleep)
    assert naps == [30.0, 30.0]
    passes.sleep_until(1100.0, lambda: 1100.0, sleep)
    assert len(naps) == 2


def test_table_wide_characters_keep_columns() -> None:
    assert cells("朱杨柱 ab") == 9
    assert cells("e\u0301") == 1
    lines = table(("name", "n"), [("朱", "1"), ("abc", "22")], right=[1])
    assert lines == ["name   n", "朱     1", "abc   22"]


def test_snap_view_is_drawn_to_output_and_file(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("snap", *AT, "--size", "80x24", "--place", "Islamabad")
    assert code == 0
    assert len(out.splitlines()) == 24
    assert all(cells(line) <= 80 for line in out.splitlines())
    assert "2024-12-17 08:00:00Z" in out
    path = tmp_path / "view.svg"
    assert run("snap", *AT, "--size", "80x24", "--place", "Islamabad", "--output", str(path))[0] == 0
    assert path.read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("command", "at", "line"),
    [
        ("status", "2021-09-18T04:00Z", "next        2021-09-18T06:00:00Z (about)  Tianzhou-2 docks at Tianhe forward"),
        ("ports", "2021-10-04", "ports       forward: Tianzhou-2 since 2021-09-18T06:00:00Z (about)"),
        (
            "status",
            "2025-08-15T12:00Z",
            "before      2025-08-15T08:00:00Z (about)  Spacewalk 22 begins: Chen Dong, Wang",
        ),
        ("status", "2023-03-30T23:00Z", "before      2023-03-30  perhaps later: Spacewalk 10: Fei Junlong, Zhang Lu"),
        ("status", "2021-10-04", "light       sunlit, penumbra in ~24 min"),
    ],
)
def test_text_says_what_is_approximate_or_may_be_later(
    command: str, at: str, line: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    assert line in run(command, "--at", at, "--offline")[1]


def test_text_of_the_longest_walk_says_that_some_lengths_were_not_published(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    assert "the longest of published length 7:06" in run("status", "--at", "2023-06-04", "--offline")[1]
    assert "Longest of those with a published length: 7:06" in run("spacewalks", "--at", "2023-06-04")[1]
    assert "the longest 9:06" in run("status", "--at", "2025-01-01", "--offline")[1]  # a source settles that


@pytest.mark.parametrize(
    ("at", "label", "told"),
    [
        ("2026-10-03", "next", "2026-10-05  Yang Liwei"),
        ("2026-11-01", "next", "by 2026-11-30  Planned: Shenzhou-24"),
        ("2026-12-10", "next", "2026-12-21 (about)  Planned: Xuntian"),
        ("2026-12-25", "before", "2026-10-05  Yang Liwei"),
        ("2026-12-25", "next", "by 2026-12-31  Planned: Flight of a Pakistani astronaut"),
    ],
)
def test_text_of_status_has_a_plan_as_next_while_its_span_lasts_and_never_as_before(
    at: str, label: str, told: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    _, text, _ = run("status", "--at", at, "--offline")
    assert next(line for line in text.splitlines() if line.startswith(label)).split(maxsplit=1)[1].startswith(told)


def test_text_of_events_marks_plans_that_were_not_known_yet_and_status_does_not_have_them_as_next(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    at = ("--at", "2026-09-15", "--offline")
    _, events, _ = run("events", *at)
    assert "  Planned: Shenzhou-24" in events
    assert "later: Planned: Flight of a Pakistani astronaut" in events  # as it was said on 5 October
    assert "later: Planned: Xuntian" in run("events", "--at", "2026-10-08", "--offline")[1]
    assert "Xuntian" not in run("status", "--at", "2026-10-08", "--offline")[1]  # `missions` does not know it either


def test_main_ports_says_where_a_time_is_approximate(shape: Callable[..., Any]) -> None:
    ports = {ship["port"]: ship for ship in shape("ports", "--at", "2021-10-01")["ports"]}
    assert ports["forward"] == {
        "port": "forward",
        "vehicle": "Tianzhou-2",
        "since": "2021-09-18T06:00:00Z",
        "approximate": True,
    }
    assert ports["aft"]["approximate"] is False


@pytest.mark.parametrize(
    ("at", "mean", "apsides"), [("2026-10-08", r"\d+\.\d\d", r"\d+\.\d"), ("2026-11-28", r"\d+", r"\d+")]
)
def test_text_of_altitude_has_no_more_digits_than_its_error(
    at: str, mean: str, apsides: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    first, method, *_ = run("altitude", "--at", at)[1].splitlines()
    assert re.search(rf": {mean} km, ±.*, perigee {apsides}, apogee {apsides}$", first)
    assert re.search(rf" {mean} km$", method)
