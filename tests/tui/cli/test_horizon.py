"""`--horizon` and the setting: what passes, look and the dashboard list then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sim.time import parse_instant
from tests.support.settings_file import write_settings
from tui.cli.commands import dashboard
from tui.config.settings import Settings, config_dir
from tui.session.loading import make_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

SPAN = ["--at", "2026-10-08", "--days", "3"]
HERE = ["--place", "Karachi"]


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    """A wall of 40 degrees all round."""
    path = tmp_path / "wall.csv"
    path.write_text("azimuth,elevation\n0,40\n180,40\n")
    return path


def test_passes_with_a_horizon_begin_where_it_ends(run: Run, shape: Callable[..., Any], wall: Path) -> None:
    level = shape("passes", *SPAN, *HERE)["passes"]
    cut = shape("passes", *SPAN, *HERE, "--horizon", str(wall))["passes"]
    as_high = [one for one in level if one["peak"]["elevation_deg"] > 40.0]
    assert [one["peak"] for one in cut] == [one["peak"] for one in as_high]
    assert 0 < len(cut) < len(level)
    same = shape("passes", *SPAN, *HERE, "--min-elevation", "40")["passes"]
    for one, other in zip(cut, same, strict=True):
        assert one["duration_s"] == pytest.approx(other["duration_s"], abs=0.01)
    _, out, _ = run("passes", *SPAN, *HERE, "--horizon", str(wall))
    assert "or at the horizon of the place" in out


def test_hidden_parts_of_a_pass_are_in_json_and_calendar(run: Run, shape: Callable[..., Any], tmp_path: Path) -> None:
    level = shape("passes", *SPAN, *HERE)["passes"]
    assert all(one["hidden"] is None for one in level)
    high = next(one for one in level if 25.0 < one["peak"]["elevation_deg"] < 60.0)
    pole = tmp_path / "pole.csv"
    side = high["peak"]["azimuth_deg"]
    # A tower on the side where the station culminates, so narrow that it is seen before and behind it.
    edges = [(0.0, 0.0), (side - 5.0, 0.0), (side - 5.0, 89.9), (side + 5.0, 89.9), (side + 5.0, 0.0)]
    pole.write_text("".join(f"{azimuth % 360.0},{elevation}\n" for azimuth, elevation in edges))
    cut = shape("passes", *SPAN, *HERE, "--horizon", str(pole))["passes"]
    assert all(isinstance(one["hidden"], list) for one in cut)
    (one,) = [one for one in cut if one["rise"]["time"] == high["rise"]["time"]]
    (span,) = one["hidden"]
    assert one["rise"]["time"] < span["from"] < high["peak"]["time"] < span["to"] < one["set"]["time"]
    text = run("passes", *SPAN, *HERE, "--horizon", str(pole), "--format", "ics")[1].replace("\r\n ", "")
    assert text.count("behind the horizon of the place from ") == sum(len(each["hidden"]) for each in cut)
    row = shape("look", "--at", high["rise"]["time"], *HERE, "--pass", "1", "--horizon", str(pole))
    assert row["pass"]["hidden"] == one["hidden"]


def test_look_along_a_pass_begins_above_the_horizon(shape: Callable[..., Any], wall: Path) -> None:
    rows = shape("look", "--at", "2026-10-08", *HERE, "--pass", "1", "--horizon", str(wall))["samples"]
    assert rows[0]["elevation_deg"] == pytest.approx(40.0, abs=0.01)
    assert min(row["elevation_deg"] for row in rows) > 39.99


def test_horizon_of_the_settings_counts_at_the_own_place_alone(shape: Callable[..., Any], wall: Path) -> None:
    level = shape("passes", *SPAN)["passes"]  # Karachi, by the time zone
    config_dir().mkdir(parents=True, exist_ok=True)
    (config_dir() / "horizon.csv").write_text(wall.read_text())
    write_settings(Settings(horizon="horizon.csv"))
    assert len(shape("passes", *SPAN)["passes"]) < len(level)
    assert len(shape("passes", *SPAN, *HERE)["passes"]) == len(level)


def test_horizon_of_the_settings_that_cannot_be_read_is_reported(run: Run) -> None:
    write_settings(Settings(horizon="gone.csv"))
    code, out, err = run("passes", *SPAN)
    assert code == 0
    assert "the horizon gone.csv: cannot be read: No such file or directory: passes are listed without it" in err
    assert "Passes over Karachi" in out


@pytest.mark.parametrize("content", ["", "north,high\n1,2,3"])
def test_horizon_of_the_command_line_that_cannot_be_used_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "horizon.csv"
    path.write_text(content)
    code, out, err = run("passes", *SPAN, *HERE, "--horizon", str(path))
    assert (code, out) == (1, "")
    assert "horizon.csv" in err
    assert err.count("\n") == 1


def test_dashboard_lists_passes_above_the_horizon_until_another_place_is_chosen(wall: Path) -> None:
    words = ["--at", "2026-10-08", *HERE, "--horizon", str(wall), "--offline"]
    chosen = dashboard.options(dashboard.DashboardArguments.of(dashboard.parser().parse_args(words)))
    session, _ = make_session(chosen)
    now = parse_instant("2026-10-08")
    listed = session.compute_passes(now).passes
    assert listed
    assert all(one.rise.elevation_deg == pytest.approx(40.0, abs=0.01) for one in listed)
    here = session.chosen_place
    session.stand_at(here.in_zone("Asia/Tokyo"))
    assert session.horizon is None
    assert len(session.compute_passes(now).passes) > len(listed)
    session.stand_at(here)
    assert session.compute_passes(now).passes == listed
