"""`tiangong contacts`: every format, own stations, and what is not known."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

SPAN = ("--at", "2026-09-01T00:00Z", "--days", "1")
UNKNOWN = ("--at", "2026-11-20", "--days", "0.2")


def test_contacts_json_has_an_error_in_every_row(shape: Callable[..., Any]) -> None:
    found = shape("contacts", *SPAN)
    assert list(found) == ["schema", "object", "elements", "stations", "any_station", "contacts"]
    assert len(found["stations"]) == 11
    assert 0.1 < found["any_station"]["share"] < 0.4
    rows = found["contacts"]
    assert len(rows) > 40
    assert all(
        list(row)
        == [
            "station", "rise", "peak", "set", "duration_s", "min_elevation_deg", "error_s", "error_s_p90", "stale",
        ]
        for row in rows
    )  # fmt: skip
    assert all(row["error_s_p90"] > 0.0 and row["stale"] is False for row in rows)
    assert [row["rise"]["time"] for row in rows] == sorted(row["rise"]["time"] for row in rows)


def test_contacts_csv_is_the_same_as_json(run: Run, shape: Callable[..., Any]) -> None:
    words = ("contacts", *SPAN, "--station", "Kashi", "--min-elevation", "10")
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv")[1])))
    shapes = shape(*words)["contacts"]
    assert len(rows) == len(shapes) > 2
    for row, one in zip(rows, shapes, strict=True):
        assert (row["station"], row["stale"]) == ("Kashi", "false")
        assert (row["rise"], row["peak"], row["set"]) == tuple(one[end]["time"] for end in ("rise", "peak", "set"))
        assert float(row["peak_elevation_deg"]) == one["peak"]["elevation_deg"]
        assert float(row["error_s_p90"]) == one["error_s_p90"]


def test_contacts_text_says_what_in_view_means(run: Run) -> None:
    code, out, err = run("contacts", *SPAN)
    assert (code, err) == (0, "")
    assert "Contacts of 11 stations, times in UTC" in out
    assert "geometric" in out
    assert "Contacts of 1 station, " in run("contacts", *SPAN, "--station", "Kashi")[1]
    assert "in view of one station or more" in out
    assert "08:56:00 " in run("contacts", *SPAN, "--zone", "Asia/Shanghai")[1]


def test_contacts_text_times_minutes_off_have_no_seconds(run: Run) -> None:
    _, text, _ = run("contacts", "--at", "2026-10-18T12:00Z", "--days", "1", "--offline")
    rows = [line for line in text.splitlines() if line.endswith(" min")]
    assert len(rows) > 10
    assert all(line.count("~") == 3 and not re.search(r":\d\d:\d\d", line) for line in rows)


def test_contacts_own_table_is_used(tmp_path: Path, shape: Callable[..., Any]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon,height_m,mask\nDish,31.1,77.2,2100,20\n")
    found = shape("contacts", *SPAN, "--stations", str(path))
    assert found["stations"] == [
        {
            "name": "Dish", "latitude_deg": 31.1, "longitude_deg": 77.2, "height_m": 2100.0, "min_elevation_deg": 20.0,
            "source": "given",
        }
    ]  # fmt: skip
    assert found["contacts"]
    assert all(row["peak"]["elevation_deg"] >= 20.0 for row in found["contacts"])


def test_contacts_at_unknown_times_are_null(run: Run, shape: Callable[..., Any]) -> None:
    found = shape("contacts", *UNKNOWN)
    assert found["any_station"] == {"in_view_s": None, "longest_gap_s": None, "share": None}
    for row in found["contacts"]:
        assert row["rise"] == {"time": None, "azimuth_deg": None}
        assert (row["duration_s"], row["error_s"], row["error_s_p90"], row["stale"]) == (None, None, None, True)
    code, out, err = run("contacts", *UNKNOWN)
    assert code == 0
    assert "at times that are not known" in out
    assert "STALE" in err


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["--station", "Moon"], 1, "there is no station “Moon”; there are Beijing"),
        (["--stations", "no/such.csv"], 1, "the stations such.csv: cannot be read: No such file"),
        (["--stations", ""], 2, "the name of the file is missing"),
        (["--days", "31"], 2, "31 is not above 0 and up to 30"),
        (["--min-elevation", "90"], 2, "90 is not from -5 to 89"),
    ],
)
def test_contacts_mistakes_are_one_line(words: list[str], code: int, complaint: str, run: Run) -> None:
    found, out, err = run("contacts", *words)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert complaint in err


def test_contacts_none_found_says_so(run: Run) -> None:
    code, _, err = run("contacts", "--at", "2026-09-01T00:00Z", "--days", "0.02", "--station", "Kashi")
    assert (code, err) == (0, "tiangong: no contact in these 0.02 days\n")
