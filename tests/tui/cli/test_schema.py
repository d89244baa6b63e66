"""Schema 2 of the JSON answers: each row has its own error; unknown values are null."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sim.orbit.element_history import embedded_history
from sim.orbit.uncertainty import expected_error
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Callable

LATE = ("--at", "2026-10-11T00:00:00Z", "--place", "Islamabad", "--days", "30")
"""From hours after the newest embedded set to where the place along the orbit is not known."""

STATIONS = Path(__file__).parents[2] / "data" / "sources" / "celestrak_gp_stations_2026-05-30.tle"
STATION = {"name": "Tiangong", "norad_id": 48274, "cospar_id": "2021-035A"}


@pytest.mark.parametrize(
    "words",
    [
        ("status",), ("track",), ("passes", "--days", "1"), ("eclipses",), ("crew",), ("crew", "--all"), ("ports",),
        ("missions",), ("spacewalks",), ("events",), ("altitude",), ("partners",), ("burns",),
        ("beta",), ("contacts",), ("opportunities",),
    ],
)  # fmt: skip
def test_json_of_every_command_names_schema_and_object(words: tuple[str, ...], shape: Callable[..., Any]) -> None:
    answer = shape(*words, "--at", "2025-03-10")
    assert list(answer)[:2] == ["schema", "object"]
    assert (answer["schema"], answer["object"]) == (2, STATION)


def test_status_json_of_an_element_file_names_its_object(tmp_path: Path, shape: Callable[..., Any]) -> None:
    every = STATIONS.read_text().splitlines()
    at = next(index for index, line in enumerate(every) if line.startswith("1 25544"))
    path = tmp_path / "iss.tle"
    path.write_text("\n".join(every[at - 1 : at + 2]) + "\n")
    at_epoch = ("--elements", str(path), "--at", "2026-05-30T12:00Z")
    expected = {"name": "ISS (ZARYA)", "norad_id": 25544, "cospar_id": "1998-067A"}
    for command in ("status", "eclipses"):
        assert shape(command, *at_epoch)["object"] == expected


def test_passes_json_each_states_the_error_at_its_time(shape: Callable[..., Any]) -> None:
    history = embedded_history()
    passes = shape("passes", *LATE)["passes"]
    known = [one for one in passes if one["peak"]["time"] is not None]
    for one in known:
        error = expected_error(history, parse_instant(one["peak"]["time"]))
        assert one["error_s"] == pytest.approx(error.median_s, abs=0.01)
        assert one["error_s_p90"] == pytest.approx(error.p90_s, abs=0.01)
        assert one["stale"] is error.stale
    assert (known[0]["stale"], known[-1]["stale"]) == (False, True)
    assert known[-1]["error_s"] > 100.0 * known[0]["error_s"]


def test_passes_json_unknown_position_is_null(shape: Callable[..., Any]) -> None:
    last = shape("passes", *LATE)["passes"][-1]
    assert last["stale"] is True
    del last["stale"]
    assert {**last.pop("rise"), **last.pop("peak"), **last.pop("set"), **last} == dict.fromkeys(
        (
            "time", "azimuth_deg", "elevation_deg", "range_km", "duration_s", "error_s", "error_s_p90", "visible",
            "visible_from", "visible_to", "magnitude", "magnitude_error", "grade", "hidden",
            "peak_known",
        )
    )  # fmt: skip


@pytest.mark.parametrize("command", ["passes", "eclipses"])
def test_csv_rows_of_every_command_equal_json(
    command: str, run: Callable[..., tuple[int, str, str]], shape: Callable[..., Any]
) -> None:
    words = (command, *LATE)
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv")[1])))
    shapes = shape(*words)[command]
    assert len(rows) == len(shapes)
    for row, one in zip(rows, shapes, strict=True):
        for name in ("error_s", "error_s_p90"):
            assert row[name] == ("" if one[name] is None else str(one[name]))
        assert row["stale"] == ("true" if one["stale"] else "false")
    assert rows[-1]["error_s"] == rows[-1][next(iter(rows[-1]))] == ""


def test_track_rows_state_their_own_error_and_end_where_the_place_does(
    run: Callable[..., tuple[int, str, str]], shape: Callable[..., Any]
) -> None:
    span = ("--start", "2026-10-09", "--end", "2026-11-20", "--step", "14400")
    rows = shape("track", *span)["track"]
    history = embedded_history()
    for row in rows:
        error = expected_error(history, parse_instant(row["time"]))
        assert row["stale"] is error.stale
        if error.position_known:
            assert row["error_km"] == {"median": round(error.median_km, 2), "p90": round(error.p90_km, 2)}
        else:
            assert row["error_km"] == {"median": None, "p90": None}
        assert (row["latitude_deg"] is not None) is error.position_known
    assert {row["stale"] for row in rows} == {True, False}
    assert rows[-1]["light"] is None
    _, out, err = run("track", *span)
    table = list(csv.DictReader(io.StringIO(out)))
    assert table[0]["error_km_p90"] == str(rows[0]["error_km"]["p90"])
    assert list(table[-1].values())[1:] == ["", "", "", "", "", "", "true"]
    assert "the place is not known for" in err


def test_geojson_holds_time_and_error_of_every_position(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("track", "--at", "2026-10-08", "--step", "60", "--format", "geojson")
    feature = json.loads(out)["features"][0]
    lines = [len(line) for line in feature["geometry"]["coordinates"]]
    properties = feature["properties"]["coordinateProperties"]
    assert len(lines) == 2  # it crosses the date line
    for name in ("times", "error_km_median", "error_km_p90", "stale"):
        assert [len(line) for line in properties[name]] == lines
    assert properties["times"][0] == sorted(properties["times"][0])
    assert all(0.0 < km < 100.0 for line in properties["error_km_p90"] for km in line)


def test_status_json_unknown_position_has_no_position_or_light(shape: Callable[..., Any]) -> None:
    status = shape("status", "--at", "2027-01-15")
    assert set(status["position"].values()) == set(status["light"].values()) == {None}
    assert status["orbit"]["revolution"] is None
    assert status["elements"]["error_km"] == {"median": None, "p90": None}
    assert status["elements"]["stale"] is True
    assert status["orbit"]["mean_altitude_km"] is not None
