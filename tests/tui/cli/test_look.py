"""`tiangong look`: one instant and a pass, in every format."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from icalendar import Calendar

from sim.constants import DAY_S
from sim.passes.finder import find_passes
from sim.places.gazetteer import find_place
from sim.time import iso_z, parse_instant
from tests.support.oem_writer import eme2000_rows, kvn_oem
from tests.support.orbits import LINES, epoch_of, example_orbit
from tui.cli.commands import look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sim.passes.model import Pass

    Run = Callable[..., tuple[int, str, str]]

KNOWN = ["--at", "2026-10-08", "--place", "Islamabad"]
KEYS = [
    "time", "azimuth_deg", "elevation_deg", "apparent_elevation_deg", "range_km", "range_rate_km_s", "doppler_hz",
    "sunlit", "magnitude", "sun_distance_deg", "moon_distance_deg", "azimuth_error_deg", "elevation_error_deg",
    "error_km", "stale",
]  # fmt: skip


def test_look_json_has_the_documented_keys_and_an_error_in_every_row(shape: Callable[..., Any]) -> None:
    found = shape("look", *KNOWN, "--pass", "2", "--step", "60", "--frequency", "145.825M")
    assert list(found) == ["schema", "object", "observer", "elements", "frequency_hz", "pass", "samples"]
    assert (found["schema"], found["frequency_hz"]) == (2, 145_825_000.0)
    rows = found["samples"]
    assert all(list(row) == KEYS for row in rows)
    assert all(row["error_km"]["median"] > 0.0 and row["elevation_error_deg"]["p90"] > 0.0 for row in rows)
    assert rows[0]["time"] == found["pass"]["rise"]["time"]
    assert rows[-1]["time"] == found["pass"]["set"]["time"]
    assert rows[0]["elevation_deg"] == pytest.approx(10.0, abs=1e-3)
    assert rows[0]["azimuth_deg"] == pytest.approx(found["pass"]["rise"]["azimuth_deg"], abs=1e-3)
    for row in rows:
        assert row["doppler_hz"] == pytest.approx(-145.825e6 * row["range_rate_km_s"] / 299792.458, abs=0.3)


def test_look_csv_is_the_same_as_json(run: Run, shape: Callable[..., Any]) -> None:
    words = ["look", *KNOWN, "--pass", "1", "--step", "100"]
    code, out, _ = run(*words, "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    samples = shape(*words)["samples"]
    assert [row["time"] for row in rows] == [sample["time"] for sample in samples]
    assert [float(row["azimuth_deg"]) for row in rows] == [sample["azimuth_deg"] for sample in samples]
    assert {row["doppler_hz"] for row in rows} == {""}
    assert [float(row["error_km_p90"]) for row in rows] == [sample["error_km"]["p90"] for sample in samples]
    assert {row["stale"] for row in rows} == {"false"}


def test_look_now_in_text_says_where_and_when(run: Run) -> None:
    code, out, err = run("look", *KNOWN, "--zone", "Asia/Shanghai")
    assert (code, err) == (0, "")
    assert out.startswith("The station from Islamabad, PK (33.72°N 73.04°E), times in Asia/Shanghai")
    assert "08 Oct 00:00:00" in out
    assert out.endswith("It is below the horizon.\n")


def test_look_where_the_place_is_not_known_is_null_and_stale(run: Run, shape: Callable[..., Any]) -> None:
    row = shape("look", "--at", "2027-03-01", "--place", "Islamabad")["samples"][0]
    assert row["azimuth_deg"] is row["range_km"] is row["error_km"]["p90"] is row["sunlit"] is None
    assert row["stale"] is True
    code, out, err = run("look", "--at", "2027-03-01", "--place", "Islamabad")
    assert code == 0
    assert "The direction is not known" in out
    assert "STALE" in err
    assert run("look", "--at", "2027-03-01", "--place", "Islamabad", "--pass", "1")[0] == 1


def test_look_at_another_object_has_no_stated_error(shape: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "iss.tle"
    path.write_text("\n".join(LINES["ISS"]) + "\n")
    found = shape("look", "--elements", str(path), "--at", "2026-08-22T16:00Z", "--place", "Berlin")
    row = found["samples"][0]
    assert found["object"]["norad_id"] == 25544
    assert row["range_km"] > 300.0
    assert row["error_km"] == row["azimuth_error_deg"] == {"median": None, "p90": None}
    assert row["stale"] is None


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["--step", "3"], 2, "--step is for --pass"),
        (["--pass", "0"], 2, "0 is not from 1 to 200"),
        (["--pass", "x"], 2, "not a number"),
        (["--pass", "1.5"], 2, "whole number"),
        (["--pass", "1", "--step", "0"], 2, "0 is not from 0.01 to 3600"),
        (["--frequency", "145 megahertz"], 2, "is not a frequency"),
        (["--frequency", "-1"], 2, "is not a frequency"),
        (["--frequency", "0"], 2, "is not a frequency"),
        (["--pass", "200"], 1, "there are only"),
        (["--place", "South Pole Station"], 1, "is not in the list"),
        (["--pass", "1", "--place", "80, 0"], 1, "there is no pass over"),
    ],
)
def test_look_mistakes_give_one_line_and_their_code(run: Run, words: list[str], code: int, complaint: str) -> None:
    found, _, err = run("look", "--at", "2026-10-08", *(() if "--place" in words else KNOWN[2:]), *words)
    assert found == code
    assert complaint in err
    assert err.count("\n") <= 1


def test_look_least_step_along_a_pass_is_a_hundredth_of_a_second() -> None:
    assert look.parser().parse_args(["--pass", "1", "--step", "0.01"]).step == 0.01


def long_pass() -> Pass:
    """The first of five minutes and more."""
    orbit = example_orbit("station")
    start = epoch_of(orbit)
    found = find_passes(orbit, find_place("Islamabad"), start, start + DAY_S, min_elevation_deg=10.0)
    return next(one for one in found if one.duration_s > 300.0)


def test_look_along_a_pass_that_an_ephemeris_leaves_ends_there_and_says_so(
    run: Run, shape: Callable[..., Any], tmp_path: Path
) -> None:
    orbit, found = example_orbit("station"), long_pass()
    start = epoch_of(orbit)
    last = found.peak.unix_s + 60.0
    times = np.linspace(start - 3600.0, last, int((last - start + 3600.0) / 60.0))
    path = tmp_path / "short.oem"
    path.write_text(kvn_oem(times, eme2000_rows(orbit, times)))
    words = ["--elements", str(path), "--place", "Islamabad", "--at", iso_z(found.rise.unix_s - 60.0)]
    code, out, err = run("look", *words, "--pass", "1", "--step", "30", "--format", "json")
    assert code == 0
    assert "the ephemeris goes from" in err
    answer = json.loads(out)
    assert answer["pass"]["set"] == {"time": None, "azimuth_deg": None}
    assert answer["pass"]["rise"]["time"] is not None
    rows = answer["samples"]
    assert all(row["azimuth_deg"] is not None for row in rows)
    assert parse_instant(rows[-1]["time"]) == pytest.approx(last, abs=0.01)
    (one,) = shape("passes", *words, "--days", "0.1")["passes"]
    assert (one["set"]["time"], one["duration_s"]) == (None, None)
    code, out, err = run("look", *words, "--pass", "2")
    assert (code, out) == (1, "")
    assert "the ephemeris goes from" in err
    assert "there is only one pass over Islamabad" in err


@pytest.mark.parametrize("seconds", [100.0, 30.0, 1.0])
def test_passes_that_culminate_after_an_ephemeris_has_ended_are_cut_there(
    seconds: float, run: Run, shape: Callable[..., Any], tmp_path: Path
) -> None:
    orbit, found = example_orbit("station"), long_pass()
    last = found.peak.unix_s - seconds
    times = np.arange(last - 9600.0, last + 1.0, 60.0)
    path = tmp_path / "short.oem"
    path.write_text(kvn_oem(times, eme2000_rows(orbit, times)))
    words = ["--elements", str(path), "--place", "Islamabad", "--at", iso_z(found.rise.unix_s - 600.0)]
    (one,) = shape("passes", *words, "--days", "0.1")["passes"]
    assert (one["set"]["time"], one["duration_s"], one["peak_known"]) == (None, None, False)
    assert parse_instant(one["rise"]["time"]) == pytest.approx(found.rise.unix_s, abs=0.1)
    assert parse_instant(one["peak"]["time"]) == pytest.approx(last, abs=0.01)
    assert 10.0 < one["peak"]["elevation_deg"] < found.peak.elevation_deg
    _, out, err = run("passes", *words, "--days", "0.1")
    assert "the ephemeris goes from" in err
    assert f">{one['peak']['elevation_deg']:.0f}°" in out
    (row,) = csv.DictReader(io.StringIO(run("passes", *words, "--days", "0.1", "--format", "csv")[1]))
    assert (row["set"], row["duration_s"], row["peak_known"]) == ("", "", "false")
    told = {lang: run("passes", *words, "--days", "0.1", "--format", "ics", "--lang", lang)[1] for lang in ("en", "zh")}
    for text, marks in (
        (told["en"], ("highest known at", "still up at")),
        (told["zh"], ("已知最高", "仍在地平线以上")),
    ):
        (event,) = Calendar.from_ical(text).walk("VEVENT")
        assert all(mark in str(event["description"]) for mark in marks)
        assert event.decoded("dtend").timestamp() == pytest.approx(last, abs=0.6)
    code, out, _ = run("look", *words, "--pass", "1", "--step", "30", "--format", "json")
    assert code == 0
    assert parse_instant(json.loads(out)["samples"][-1]["time"]) == pytest.approx(last, abs=0.01)


@pytest.mark.parametrize("seconds", [100.0, 30.0, 1.0])
def test_passes_that_culminate_before_an_ephemeris_begins_are_cut_there(
    seconds: float, run: Run, shape: Callable[..., Any], tmp_path: Path
) -> None:
    orbit, found = example_orbit("station"), long_pass()
    first = found.peak.unix_s + seconds
    times = np.arange(first, first + 9600.0, 60.0)
    path = tmp_path / "late.oem"
    path.write_text(kvn_oem(times, eme2000_rows(orbit, times)))
    words = ["--elements", str(path), "--place", "Islamabad", "--at", iso_z(found.rise.unix_s - 600.0)]
    (one,) = shape("passes", *words, "--days", "0.03")["passes"]
    assert (one["rise"]["time"], one["duration_s"], one["peak_known"]) == (None, None, False)
    assert parse_instant(one["peak"]["time"]) == pytest.approx(first, abs=0.01)
    assert parse_instant(one["set"]["time"]) == pytest.approx(found.set.unix_s, abs=0.1)
    (row,) = csv.DictReader(io.StringIO(run("passes", *words, "--days", "0.03", "--format", "csv")[1]))
    assert (row["rise"], row["duration_s"], row["peak_known"]) == ("", "", "false")
    (event,) = Calendar.from_ical(run("passes", *words, "--days", "0.03", "--format", "ics")[1]).walk("VEVENT")
    assert "up already at" in str(event["description"])
    assert "rise in UTC" not in str(event["description"])
    assert [", up already in the" in str(alarm["description"]) for alarm in event.walk("VALARM")] == [True]


def test_look_along_a_pass_that_begins_before_an_ephemeris_begins_with_it(
    shape: Callable[..., Any], tmp_path: Path
) -> None:
    orbit, found = example_orbit("station"), long_pass()
    first = found.peak.unix_s - 60.0
    times = np.arange(first, first + 7200.0, 60.0)
    path = tmp_path / "late.oem"
    path.write_text(kvn_oem(times, eme2000_rows(orbit, times)))
    words = ["--elements", str(path), "--place", "Islamabad", "--at", iso_z(first + 1.0)]
    answer = shape("look", *words, "--pass", "1", "--step", "30")
    assert answer["pass"]["rise"]["time"] is None
    assert parse_instant(answer["samples"][0]["time"]) == pytest.approx(first, abs=0.01)
    assert parse_instant(answer["samples"][-1]["time"]) == pytest.approx(found.set.unix_s, abs=0.05)
