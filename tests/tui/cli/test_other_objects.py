"""Element files of another object: its own name and number, no facts of the station."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from sim.orbit.files.object_choice import orbit_from_files
from sim.orbit.space_object import object_of
from sim.passes.finder import find_passes
from sim.places.place import Place
from tests.support.orbits import LINES
from tui.cli import main
from tui.cli.output.calendar import identity

if TYPE_CHECKING:
    from pathlib import Path

AT = ("--at", "2026-08-22T16:01:00Z", "--place", "Berlin", "--offline")


@pytest.fixture
def iss(tmp_path: Path) -> Path:
    path = tmp_path / "iss.tle"
    path.write_text("\n".join(("ISS (ZARYA)", *LINES["ISS"])) + "\n")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main.main(list(words)) == 0
    return capsys.readouterr().out


def test_status_of_another_object_states_its_name_and_nothing_of_the_station(
    iss: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(run(capsys, "status", "--elements", str(iss), *AT, "--format", "json"))
    assert found["object"] == {"name": "ISS (ZARYA)", "norad_id": 25544, "cospar_id": "1998-067A"}
    assert found["elements"]["error_km"] == {"median": None, "p90": None}
    assert found["elements"]["stale"] is None
    assert found["position"]["height_km"] == pytest.approx(428.7, abs=0.1)
    assert (found["crew"], found["ports"], found["spacewalk"], found["crew_as_of"]) == ([], [], None, None)
    text = run(capsys, "status", "--elements", str(iss), *AT)
    assert text.startswith("ISS (ZARYA), object 25544")
    assert "error not known" in text
    assert not {"Tiangong", "crew", "Shenzhou"} & set(text.split())


def test_altitude_of_another_object_has_no_band_and_no_floor(iss: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "altitude", "--elements", str(iss), *AT, "--format", "json"))
    assert found["band_km"] == {"floor": None, "ceiling": None}
    assert found["days_to_floor"] is None
    text = run(capsys, "altitude", "--elements", str(iss), *AT)
    assert not {"Band", "floor"} & set(text.split())


@pytest.mark.parametrize("command", ["crew", "ports", "missions", "spacewalks", "events", "partners"])
def test_station_commands_with_another_object_are_refused(
    command: str, iss: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main([command, "--elements", str(iss), *AT[:2], "--offline"]) == 1
    complaint = capsys.readouterr().err
    assert "data for ISS (ZARYA): the chronicle is that of Tiangong" in complaint
    assert len(complaint.splitlines()) == 1


def test_station_command_with_the_stations_elements_says_once_which_files_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "station.tle").write_text("\n".join(LINES["station"]) + "\n")
    (tmp_path / "other.tle").write_text("not elements\n")
    assert main.main(["crew", "--elements", str(tmp_path), *AT[:2], "--offline", "--format", "json"]) == 0
    assert capsys.readouterr().err.count("other.tle") == 1


def test_magnitude_of_another_object_is_unknown_unless_given(iss: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("passes", "--elements", str(iss), *AT, "--days", "4", "--format", "json")
    unknown = json.loads(run(capsys, *words))["passes"]
    assert {(one["magnitude"], one["grade"], one["error_s"]) for one in unknown} == {(None, None, None)}
    given = json.loads(run(capsys, *words, "--magnitude", "-1.8"))["passes"]
    assert {one["grade"] for one in given} >= {0, 2, 3}
    assert min(one["magnitude"] for one in given if one["magnitude"] is not None) < -3.0
    text = run(capsys, *words[:-2])
    assert "?" in text
    assert " visible " not in text  # nobody knows whether the eye can find it


def test_calendar_of_another_object_bears_its_name_and_number(iss: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calendar = Calendar.from_ical(run(capsys, "passes", "--elements", str(iss), *AT, "--days", "4", "--format", "ics"))
    assert str(calendar["x-wr-calname"]).startswith("ISS (ZARYA) over")
    events = calendar.walk("VEVENT")
    assert events
    assert all(str(event["uid"]).startswith("25544+") for event in events)
    assert all(str(event["summary"]).startswith("ISS (ZARYA)") for event in events)


def test_passes_ics_without_passes_is_valid_with_a_message(iss: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["passes", "--elements", str(iss), *AT[:2], "--lat", "89", "--lon", "0", "--offline",
                      "--days", "1", "--format", "ics"]) == 0  # fmt: skip
    printed = capsys.readouterr()
    assert "the calendar is empty" in printed.err
    assert not Calendar.from_ical(printed.out).walk("VEVENT")


@pytest.mark.parametrize("name", ["station", "ISS", "near-polar", "eccentric"])
@pytest.mark.parametrize("latitude_deg", [0.0, 33.7, 52.0, 80.0, -20.0, -45.0])
def test_calendar_identities_differ_for_different_passes(name: str, latitude_deg: float, tmp_path: Path) -> None:
    path = tmp_path / "one.tle"
    path.write_text("\n".join(LINES[name]) + "\n")
    orbit = orbit_from_files((path,)).orbit
    epoch = orbit.provenance(0.0).epoch_unix_s
    place, about = Place("x", latitude_deg, 13.0), object_of(orbit.elements(epoch))
    passes = find_passes(orbit, place, epoch, epoch + 30 * 86400.0)
    ids = [identity(one, place, orbit, about) for one in passes]
    assert len(set(ids)) == len(ids)


def test_status_of_a_set_without_a_state_at_the_instant_has_no_position(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "decaying.tle"
    path.write_text(
        "1 55897U 22151AAV 26234.12407234  .09435527  24934+0  44853-1 0  9996\n"
        "2 55897  98.5849 110.9278 0014449 269.2407  90.7207 15.92146194026688\n"
    )
    words = ("status", "--elements", str(path), "--at", "2026-08-10T00:00Z", "--offline")
    found = json.loads(run(capsys, *words, "--format", "json"))
    assert set(found["position"].values()) == {None}
    assert "the element set says nothing about this instant" in run(capsys, *words)
    unknown = (None, {"median": None, "p90": None})
    assert {name for name, value in found["orbit"].items() if value not in unknown} == {"inclination_deg"}
    assert "mean altitude" not in run(capsys, *words)
    assert main.main(["altitude", *words[1:]]) == 1
    answered = capsys.readouterr()
    assert answered.out == ""
    assert "says nothing about this instant" in answered.err
