"""`tiangong transits`: every format, the warning, and what is not known."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from sim.orbit.space_object import STATION
from sim.orbit.uncertainty import SPEED_KM_S, ExpectedError
from sim.passes.transits import Transit
from sim.places.place import Place
from sim.time import parse_instant
from tui.cli.output.transit_rows import transit_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

SPAN = ["--at", "2026-09-18", "--place", "Islamabad", "--days", "3"]
KEYS = [
    "time", "body", "separation_deg", "radius_deg", "transit", "chance", "duration_s", "speed_deg_s", "azimuth_deg",
    "elevation_deg", "range_km", "sunlit", "hidden", "apparent_size_arcsec", "path", "warning",
    "error_s", "error_s_p90", "stale", "error_km",
]  # fmt: skip


def test_transits_json_has_the_documented_keys_and_an_error_in_every_row(shape: Callable[..., Any]) -> None:
    found = shape("transits", *SPAN)
    assert list(found) == ["schema", "object", "observer", "elements", "transits"]
    rows = found["transits"]
    assert [row["body"] for row in rows] == ["sun", "sun"]
    assert all(list(row) == KEYS for row in rows)
    assert [row["transit"] for row in rows] == [True, False]
    assert rows[0]["duration_s"] > 1.0
    assert rows[1]["duration_s"] == 0.0
    assert all("solar filter" in row["warning"] and row["error_s_p90"] > 0.0 for row in rows)
    assert all(row["path"]["error_km_p90"] > 0.0 and row["path"]["width_km"] > 4.0 for row in rows)


def test_transits_csv_is_the_same_as_json(run: Run, shape: Callable[..., Any]) -> None:
    code, out, err = run("transits", *SPAN, "--format", "csv")
    assert code == 0
    assert "solar filter" in err
    rows = list(csv.DictReader(io.StringIO(out)))
    for row, same in zip(rows, shape("transits", *SPAN)["transits"], strict=True):
        assert row["time"] == same["time"]
        assert float(row["path_width_km"]) == same["path"]["width_km"]
        assert float(row["error_km_p90"]) == same["error_km"]["p90"]
        assert (row["transit"], row["chance"]) == (str(same["transit"]).lower(), same["chance"])


def test_transits_geojson_draws_centre_line_and_both_limits(run: Run) -> None:
    code, out, _ = run("transits", *SPAN, "--format", "geojson")
    assert code == 0
    found = json.loads(out)
    assert [feature["properties"]["role"] for feature in found["features"]] == ["centre line", "limit", "limit"] * 2
    for feature in found["features"]:
        times = feature["properties"]["coordinateProperties"]["times"]
        lines = feature["geometry"]["coordinates"]
        assert [len(line) for line in lines] == [len(line) for line in times]
        assert all(-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0 for line in lines for lon, lat in line)
    centre = found["features"][0]["geometry"]["coordinates"][0]
    path = found["features"][0]["properties"]["path"]
    assert min(abs(lat - path["latitude_deg"]) + abs(lon - path["longitude_deg"]) for lon, lat in centre) < 0.2


def test_transits_text_warns_of_the_sun_and_says_how_sure_it_is(run: Run) -> None:
    code, out, err = run("transits", *SPAN, "--zone", "Asia/Shanghai")
    assert (code, err) == (0, "")
    assert "Sat 19 Sep 2026 20:52:44.2  crosses the Sun in" in out
    assert "the place lies on the path" in out
    assert "the place lies beside the path" in out
    assert "WARNING: never look at the Sun" in out
    _, moon, _ = run("transits", "--at", "2026-09-10", "--days", "2", "--body", "moon", "--place", "Islamabad")
    assert "of the Moon" in moon
    assert "WARNING" not in moon


def test_transits_none_found_says_so_and_is_done(run: Run, shape: Callable[..., Any]) -> None:
    words = ["transits", "--at", "2026-09-20T12:00", "--days", "0.2", "--within", "0", "--place", "Islamabad"]
    code, out, err = run(*words)
    assert code == 0
    assert out.endswith("none\n")
    assert "no transit within 0 km of Islamabad in these" in err
    *_, err = run("transits", "--at", "2026-10-18T12:00Z", "--days", "5", "--place", "Islamabad", "--offline")
    assert "no transit within 50 km of Islamabad is known in these 5 days" in err
    assert shape(*words)["transits"] == []


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["--at", "2027-03-01", "--place", "Islamabad"], 1, "no transit can be predicted"),
        (["--days", "31"], 2, "not above 0 and up to 30"),
        (["--within", "201"], 2, "from 0 to 200"),
        (["--body", "mars"], 2, "invalid choice"),
    ],
)
def test_transits_mistakes_give_one_line_and_their_code(run: Run, words: list[str], code: int, complaint: str) -> None:
    found, out, err = run("transits", *words)
    assert (found, out) == (code, "")
    assert complaint in err
    assert err.count("\n") == 1


def test_transits_behind_the_horizon_of_the_place_are_left_out_or_said_to_be(
    run: Run, shape: Callable[..., Any], tmp_path: Path
) -> None:
    crossing, beside = shape("transits", *SPAN)["transits"]
    assert crossing["hidden"] is None
    for azimuth_deg, hidden in ((crossing["azimuth_deg"], (True, False)), (beside["azimuth_deg"], (False, True))):
        tree = tmp_path / "tree.csv"
        low, high = azimuth_deg - 2.0, azimuth_deg + 2.0
        tree.write_text(f"0,0\n{low},0\n{low},89\n{high},89\n{high},0\n")
        code, out, err = run("transits", *SPAN, "--horizon", str(tree), "--format", "json")
        assert code == 0
        rows = json.loads(out)["transits"]
        if hidden[0]:
            assert "left out, as the place's own horizon hides it: 1" in err
            assert [row["time"] for row in rows] == [beside["time"]]
        else:
            assert "left out" not in err
            assert [row["hidden"] for row in rows] == [False, True]
            assert "behind the place's own horizon" in run("transits", *SPAN, "--horizon", str(tree))[1]


def test_transits_text_has_no_tenths_of_a_second_of_a_time_that_is_minutes_off(run: Run) -> None:
    _, text, _ = run("transits", "--at", "2021-10-04", "--days", "3", "--place", "Islamabad", "--offline")
    assert "Tue 05 Oct 2021 ~05:08  passes 1.01° from the middle of the Moon" in text


@pytest.mark.parametrize(
    ("at", "p90_s", "text"),
    [
        ("2026-10-25T00:30:00.46Z", 1.0, "Sun 25 Oct 2026 02:30:00.5+02  passes"),
        ("2026-10-25T01:59:59.96Z", 1.0, "Sun 25 Oct 2026 03:00:00.0  passes"),
        ("2026-10-25T01:30:00.46Z", 240.0, "Sun 25 Oct 2026 ~02:30+01  passes"),
    ],
)
def test_transit_lines_in_the_hour_that_comes_twice_have_its_offset_once(at: str, p90_s: float, text: str) -> None:
    found = Transit(
        body="moon",
        unix_s=parse_instant(at),
        separation_deg=1.0,
        radius_deg=0.26,
        duration_s=0.0,
        speed_deg_s=0.5,
        azimuth_deg=90.0,
        elevation_deg=45.0,
        range_km=550.0,
        sunlit=True,
        path=None,
        error=ExpectedError(SPEED_KM_S, SPEED_KM_S * p90_s, position_known=True, stale=False),
        chance="beside",
    )
    madrid = Place("Madrid", 40.4, -3.7, timezone="Europe/Madrid")
    assert transit_lines([found], madrid, STATION)[2].startswith(text)
