"""`tiangong beta` and `tiangong opportunities`: every format, errors, and what is not known."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

CASES = Path(__file__).parents[2] / "data" / "cases"
BEFORE = ("--at", "2026-05-20", "--days", "6")
"""Four days before Shenzhou-23, which was launched at 15:08:36 on the 24th."""


def test_beta_json_is_that_of_status_with_an_error_in_every_row(shape: Callable[..., Any]) -> None:
    found = shape("beta", "--at", "2026-09-01", "--days", "5")
    assert list(found) == ["schema", "object", "elements", "beta"]
    assert len(found["beta"]) == 6
    for row in found["beta"]:
        assert list(row) == ["time", "beta_deg", "error_deg", "stale"]
        status = shape("status", "--at", row["time"])
        assert row["beta_deg"] == pytest.approx(status["orbit"]["beta_deg"], abs=1e-3)
        assert 0.0 < row["error_deg"]["p90"] < 0.5
        assert row["stale"] is False


def test_status_json_has_beta_and_its_error_as_beta_has_them(shape: Callable[..., Any]) -> None:
    """Near a set, where the plane alone is known between two sets and after the last, and where it is not either."""
    instants = "2026-09-01", "2024-10-25T09:00:00Z", "2027-01-15", "2027-11-25"
    for at in instants:
        status = shape("status", "--at", at)
        (row,) = shape("beta", "--at", at, "--days", "0")["beta"]
        beta_deg = status["orbit"]["beta_deg"]
        assert status["orbit"]["beta_error_deg"] == row["error_deg"]
        assert beta_deg == (None if row["beta_deg"] is None else pytest.approx(row["beta_deg"], abs=1e-3))
        assert (beta_deg is None) == (at == instants[-1])
        assert (status["position"]["latitude_deg"] is None) == (at != instants[0])


def test_beta_beyond_the_place_goes_on_with_the_plane_and_ends_with_it(run: Run, shape: Callable[..., Any]) -> None:
    code, out, err = run("beta", "--at", "2026-10-11", "--days", "180", "--step", "432000", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    shapes = shape("beta", "--at", "2026-10-11", "--days", "180", "--step", "432000")["beta"]
    errors = [float(row["error_deg_p90"]) for row in rows if row["error_deg_p90"]]
    assert errors == sorted(errors)
    assert (rows[0]["stale"], rows[-1]["stale"]) == ("false", "true")
    assert [row["beta_deg"] for row in rows] == ["" if s["beta_deg"] is None else str(s["beta_deg"]) for s in shapes]
    assert shapes[-1]["beta_deg"] is None
    assert "beta is not known for 1 of 37 times" in err


def test_beta_of_another_object_has_no_error(shape: Callable[..., Any]) -> None:
    found = shape("beta", "--elements", str(CASES / "p01-geo.tle"), "--at", "2026-08-22", "--days", "1")
    assert all(row["beta_deg"] is not None for row in found["beta"])
    assert all(row["error_deg"] == {"median": None, "p90": None} and row["stale"] is None for row in found["beta"])


def test_opportunities_json_names_the_day_of_shenzhou_23_alone(shape: Callable[..., Any]) -> None:
    found = shape("opportunities", *BEFORE, "--site", "jiuquan")
    assert list(found) == ["schema", "object", "elements", "basis", "sites", "opportunities"]
    assert found["basis"].startswith("Geometric")
    assert found["sites"][0]["launches"] == ["Shenzhou-20", "Shenzhou-21", "Shenzhou-22"]
    suited = [row for row in found["opportunities"] if row["suits"]]
    assert [(row["launch_time"][:16], row["suits"]) for row in suited] == [("2026-05-24T15:08", "3.5 h")]
    for row in found["opportunities"]:
        assert (row["pass"], row["flown"], row["stale"]) == ("descending", True, False)
        assert 1.0 < row["error_s"] < row["error_s_p90"] < 60.0


def test_opportunities_csv_is_the_same_as_json_and_all_has_both_passes(run: Run, shape: Callable[..., Any]) -> None:
    code, out, _ = run("opportunities", *BEFORE, "--all", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    shapes = shape("opportunities", *BEFORE, "--all")["opportunities"]
    assert [row["plane_time"] for row in rows] == [one["plane_time"] for one in shapes]
    assert [row["launch_time"] for row in rows] == [one["launch_time"] or "" for one in shapes]
    assert {row["pass"] for row in rows} == {"ascending", "descending"}
    assert {row["site"] for row in rows} == {"Jiuquan", "Wenchang"}
    flown = {row["pass"]: row["flown"] for row in rows}
    assert flown == {"ascending": "false", "descending": "true"}


def test_opportunities_text_says_that_they_are_geometric(run: Run) -> None:
    code, out, err = run("opportunities", *BEFORE, "--zone", "Asia/Shanghai")
    assert (code, err) == (0, "")
    assert "Geometric: when the mean plane" in out
    assert re.search(r"Sun 24 May 2026 23:01 +98° +23:08 +±32 s +-8°±1° +3\.5 h", out)
    assert max(map(len, out.splitlines())) <= 100
    assert "6.7 min after the plane" in out


def test_opportunities_long_after_the_elements_are_stale_then_null(run: Run, shape: Callable[..., Any]) -> None:
    rows = shape("opportunities", "--at", "2026-11-27", "--days", "5", "--site", "jiuquan")["opportunities"]
    assert all(row["stale"] and row["error_s_p90"] > 120.0 and row["launch_time"] for row in rows)
    assert all(row["station_past_site_deg"] is None and row["suits"] is None for row in rows)
    late = shape("opportunities", "--at", "2027-06-01", "--days", "3")["opportunities"]
    assert late
    assert all(row["plane_time"] is None and row["launch_time"] is None and row["stale"] is True for row in late)
    _, out, err = run("opportunities", "--at", "2027-06-01", "--days", "3")
    assert "more at times for which the plane is not known" in out
    assert "STALE" in err


def test_opportunities_early_have_no_habit(run: Run) -> None:
    code, out, _ = run("opportunities", "--at", "2021-06-10", "--days", "2")
    assert code == 0
    assert "fewer than three launches before this time" in out


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["beta", "--days", "181"], 2, "181 is not from 0 to 180"),
        (["beta", "--days", "180", "--step", "60"], 2, "rows are too many"),
        (["opportunities", "--site", "kourou"], 2, "invalid choice"),
        (["opportunities", "--days", "0"], 2, "0 is not above 0 and up to 120"),
        (
            ["opportunities", "--elements", str(CASES / "p03-molniya.tle"), "--at", "2026-08-22", "--days", "1"],
            1,
            "low, nearly circular orbits alone",
        ),
    ],
)
def test_plane_mistakes_are_one_line(words: list[str], code: int, complaint: str, run: Run) -> None:
    found, out, err = run(*words)
    assert (found, out) == (code, "")
    assert complaint in err.splitlines()[-1]
