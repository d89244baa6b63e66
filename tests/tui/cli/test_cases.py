"""Files as people meet them, asked through the command line: what each command says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from icalendar import Calendar

from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.tle import parse_tle
from sim.time import parse_instant
from tests.support.oem_writer import eme2000_rows, kvn_oem
from tests.support.orbits import LINES, example_orbit

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

CASES = Path(__file__).parents[2] / "data" / "cases"
AT = ("--at", "2026-08-22T16:01:00Z", "--place", "Berlin")
NOON = parse_instant("2026-08-22T12:00:00Z")


def case(name: str) -> tuple[str, str]:
    return "--elements", str(CASES / name)


def position(run: Run, name: str) -> tuple[float, float, float]:
    code, out, _ = run("status", *AT, *case(name), "--format", "json")
    assert code == 0
    found = json.loads(out)["position"]
    return found["latitude_deg"], found["longitude_deg"], found["height_km"]


STATION = (
    "c01-nochecksum.tle", "c02-indented.tle", "c14-css.tle.gz", "c14b-css.zip", "c19-gpredict.sat", "m03-n2yo.json",
    "m04b-upper-tle.json", "m05.jsonl", "m05b-wrapped.json", "m06-theory-tle.xml", "m07-empty-first.xml",
    "m09d-leading-blank.csv", "m09e-semicolon.csv", "m09h-comment.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", STATION)
def test_status_of_the_station_in_any_form_is_the_same_place(name: str, run: Run) -> None:
    assert position(run, name) == pytest.approx((29.137825, 106.070053, 391.2463), abs=1e-4)


@pytest.mark.parametrize("name", ["m02-old-spacetrack.json", "m02-same.tle"])
def test_status_of_old_space_track_counts_the_microseconds(name: str, run: Run) -> None:
    assert position(run, name)[:2] == pytest.approx((29.117657, 106.03192), abs=1e-6)


@pytest.mark.parametrize("name", ["o03-itrf.oem", "o04-gps.oem", "o04-tai.oem"])
def test_status_of_one_ephemeris_in_another_frame_or_clock_is_the_same_to_a_metre(name: str, run: Run) -> None:
    reference, found = position(run, "o01-ref.oem"), position(run, name)
    assert found[:2] == pytest.approx(reference[:2], abs=5e-6)  # 0.6 m on the ground
    assert found[2] == pytest.approx(reference[2], abs=1e-3)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("c13b-html-lower.tle", "a web page, not elements: “403 Forbidden GP data has not updated"),
        ("c13d-forbidden.json", "“You've violated your query rate limit."),
        ("m13-opm.kvn", "one state (OPM), not elements"),
        ("c16-iss-and-noaa.tle", "choose one with --object: 25544 ISS (ZARYA), 33591 NOAA 19"),
    ],
)
def test_every_command_on_a_file_without_the_orbit_says_so_in_one_line(name: str, says: str, run: Run) -> None:
    for command in ("status", "passes", "eclipses", "track"):
        code, out, err = run(command, *AT, *case(name))
        assert (code, out) == (1, "")
        assert says in err
        assert err.count("\n") == 1


def test_status_with_an_object_chosen_is_of_that_object(run: Run) -> None:
    for wanted, label in (
        ("33591", "NOAA 19, object 33591"),
        ("noaa", "NOAA 19, object 33591"),
        ("iss", "ISS (ZARYA)"),
    ):
        code, out, _ = run("--object", wanted, "status", *AT, *case("c16-iss-and-noaa.tle"))
        assert code == 0
        assert out.startswith(label)
    assert run("status", *AT, "--object", "iss") == (
        1,
        "",
        "tiangong: there are elements of the station alone, none of “iss”: give a file with --elements\n",
    )
    assert run("status", *AT, "--object", "48274")[0] == 0


def test_several_element_files_are_one_history(run: Run) -> None:
    both = (*case("c02-indented.tle"), *case("m05.jsonl"))
    code, out, _ = run("status", "--at", "2026-08-21T12:00Z", "--format", "json", *both)
    assert code == 0
    assert json.loads(out)["elements"]["epoch"].startswith("2026-08-2")


def test_elements_from_standard_input_are_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with (CASES / "c14-css.tle.gz").open("rb") as file:
        monkeypatch.setattr("sys.stdin", type("Stream", (), {"buffer": file})())
        code, out, _ = run("status", *AT, "--elements", "-", "--format", "json")
    assert code == 0
    assert json.loads(out)["elements"]["source"] == "standard input"


def test_the_iss_is_called_so_everywhere_with_its_own_numbers(run: Run) -> None:
    for name in ("c16c-iss.tle", "o15-iss.oem"):
        code, out, err = run("status", *AT, *case(name), "--format", "json")
        about = json.loads(out)["object"]
        assert (code, about["norad_id"], about["cospar_id"]) == (0, 25544, "1998-067A")
        assert about["name"].startswith("ISS")
        calendar = Calendar.from_ical(
            run("passes", "--at", "2026-08-22T12:00Z", "--days", "0.33", "--place", "Santiago", "--min-elevation", "0",
                *case(name), "--format", "ics")[1]
        )  # fmt: skip
        events = calendar.walk("VEVENT")
        assert events
        assert all(str(event["UID"]).startswith("25544") for event in events)
        assert "Tiangong" not in err


# ── windows that are covered in part ───────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two ephemerides of a week, the second of which begins a day later."""
    orbit, folder = example_orbit("station"), tmp_path_factory.mktemp("days")
    paths = []
    for number in range(2):
        times = NOON + 86400.0 * number + np.arange(0.0, 7.0 * 86400.0 + 1.0, 240.0)
        paths.append(folder / f"day{number}.oem")
        paths[-1].write_text(kvn_oem(times, eme2000_rows(orbit, times)))
    return paths[0], paths[1]


PARTLY = ("passes", "--at", "2026-08-25T13:00Z", "--place", "Islamabad")


def test_passes_beyond_an_ephemeris_lists_what_is_covered_and_says_where_it_ends(
    days: tuple[Path, Path], run: Run
) -> None:
    code, out, err = run(*PARTLY, "--elements", str(days[0]))
    assert code == 0
    assert "the ephemeris goes from 2026-08-22T12:00:00Z to 2026-08-29T12:00:00Z" in err
    assert len(out.splitlines()) > 10
    found = json.loads(run(*PARTLY, "--elements", str(days[0]), "--format", "json")[1])
    assert found["covered"] == [{"from": "2026-08-25T13:00:00.000Z", "to": "2026-08-29T12:00:00.000Z"}]
    assert all(one["set"]["time"] < "2026-08-29T12:00:00" for one in found["passes"])


@pytest.mark.parametrize("command", ["passes", "eclipses", "track"])
def test_searches_of_a_time_that_is_not_covered_say_so_and_exit_with_1(
    command: str, days: tuple[Path, Path], run: Run
) -> None:
    code, out, err = run(command, "--at", "2026-09-25T13:00Z", "--elements", str(days[0]))
    assert (code, out) == (1, "")
    assert "2026-08-22T12:00:00Z to 2026-08-29T12:00:00Z" in err


def test_eclipses_and_track_begun_before_an_ephemeris_answer_for_the_rest(days: tuple[Path, Path], run: Run) -> None:
    code, out, err = run("eclipses", "--at", "2026-08-22T00:00Z", "--days", "1", "--elements", str(days[0]))
    assert code == 0
    assert len(out.splitlines()) == 9
    assert "goes from 2026-08-22T12:00:00Z" in err
    code, out, err = run(
        "track", "--start", "2026-08-22T11:00Z", "--end", "+2h", "--step", "600", "--elements", str(days[0])
    )
    assert code == 0
    assert "the place is not known for 6 of 13 times" in err


def uids(text: str) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(text).walk("VEVENT")]


def test_calendar_of_two_ephemerides_has_the_same_ids_for_the_same_passes(days: tuple[Path, Path], run: Run) -> None:
    a, b = (uids(run(*PARTLY, "--elements", str(path), "--format", "ics")[1]) for path in days)
    assert len(a) > 10
    assert b[: len(a)] == a
    assert len(set(b)) == len(b) > len(a)
    sets = uids(run(*PARTLY, *case("c02-indented.tle"), "--format", "ics")[1])
    assert sets[: len(a)] == a


# ── any orbit ──────────────────────────────────────────────────────────────────────────────────────


def with_checksum(line: str) -> str:
    return line[:68] + str(sum(int(c) if c.isdigit() else c == "-" for c in line[:68]) % 10)


RETROGRADE = (
    with_checksum("1 90001U 20001A   26234.50000000  .00000000  00000+0  00000+0 0  9990"),
    with_checksum("2 90001 179.0000 100.0000 0001000 200.0000 160.0000 15.60000000 40001"),
)
NEAR_EQUATOR = (
    with_checksum("1 90002U 20001B   26234.50000000  .00000000  00000+0  00000+0 0  9990"),
    with_checksum("2 90002   6.0000 100.0000 0001000 200.0000 160.0000 14.80000000 40001"),
)


@pytest.mark.parametrize("lines", [RETROGRADE, NEAR_EQUATOR, LINES["near-polar"], LINES["eccentric"]])
def test_calendar_of_any_orbit_gives_each_pass_its_own_id(lines: tuple[str, str], tmp_path: Path, run: Run) -> None:
    path = tmp_path / "one.tle"
    path.write_text("\n".join(lines))
    begin = Sgp4Orbit(parse_tle(*lines)).element_set.epoch_unix_s
    for place in ("0.5", "-12", "60"):
        where = ("--lat", place, "--lon", "10", "--min-elevation", "0", "--days", "10", "--elements", str(path))
        at = ("--at", f"{np.datetime64(int(begin), 's')}Z")
        found = uids(run("passes", *at, *where, "--format", "ics")[1])
        assert len(set(found)) == len(found)


def test_geostationary_object_is_always_up_or_never(run: Run) -> None:
    words = ("passes", "--at", "2026-08-22T16:01:00Z", "--days", "3", "--min-elevation", "0", *case("p01-geo.tle"))
    _, out, _ = run(*words, "--place", "Tokyo")
    assert "It is always up here in this time: it neither rises nor sets." in out
    (one,) = json.loads(run(*words, "--place", "Tokyo", "--format", "json")[1])["passes"]
    assert (one["rise"]["time"], one["set"]["time"], one["duration_s"]) == (None, None, None)
    assert one["peak"]["elevation_deg"] == pytest.approx(7.95, abs=0.01)
    assert run(*words, "--place", "Berlin")[1].splitlines()[-1] == "none"
    _, calendar, err = run(*words, "--place", "Tokyo", "--format", "ics")
    assert uids(calendar) == []
    assert "left out of the calendar" in err


def test_molniya_has_long_passes(run: Run) -> None:
    _, out, _ = run(*PARTLY, *case("p03-molniya.tle"), "--format", "json")
    passes = json.loads(out)["passes"]
    assert len(passes) == 10
    assert all(30_000.0 < one["duration_s"] < 43_000.0 for one in passes)


def test_medium_orbit_has_no_made_up_magnitude(run: Run) -> None:
    passes = json.loads(run("passes", *AT, *case("p04-greencube.tle"), "--days", "2", "--format", "json")[1])["passes"]
    assert passes
    assert all((one["magnitude"], one["grade"]) == (None, None) for one in passes)


def test_set_long_before_its_epoch_gives_no_place(run: Run) -> None:
    code, out, _ = run("status", "--at", "2026-08-10T00:00:00Z", *case("p07-decaying.tle"), "--format", "json")
    assert code == 0
    assert set(json.loads(out)["position"].values()) == {None}
    text = run("status", "--at", "2026-08-10T00:00:00Z", *case("p07-decaying.tle"))[1]
    assert "the element set says nothing about this instant" in text
    assert "166" not in text


# ── the small ones ─────────────────────────────────────────────────────────────────────────────────


def test_passes_in_the_hour_that_comes_twice_are_told_apart(run: Run) -> None:
    words = (
        "--at",
        "2026-10-24T22:00Z",
        "--days",
        "1",
        "--place",
        "Madrid",
        "--min-elevation",
        "0",
        *case("d01-dst.tle"),
    )
    _, out, _ = run("passes", *words)
    assert "02:01:56+01" in out
    assert "01:24:53 " in out
    _, calendar, _ = run("passes", *words, "--format", "ics")
    assert "02:01:56+01" in calendar.replace("\r\n ", "")


def test_track_shorter_than_its_step_keeps_its_point(run: Run) -> None:
    words = ("track", "--start", "2026-08-22T16:01:00Z", "--end", "+10s", "--step", "60", *case("c02-indented.tle"))
    feature = json.loads(run(*words, "--format", "geojson")[1])["features"][0]
    assert feature["geometry"]["type"] == "MultiPoint"
    assert feature["geometry"]["coordinates"][0][:2] == pytest.approx([106.068, 29.14], abs=0.01)
    assert feature["properties"]["coordinateProperties"]["times"] == ["2026-08-22T16:01:00.000Z"]
    assert len(run(*words)[1].splitlines()) == 2


def test_geojson_with_steps_beyond_half_a_revolution_draws_no_lines(run: Run) -> None:
    words = ("track", "--start", "2026-08-22T16:01:00Z", "--end", "+1d", "--step", "3600", *case("c02-indented.tle"))
    code, out, err = run(*words, "--format", "geojson")
    (feature,) = json.loads(out)["features"]
    assert (code, feature["geometry"]["type"], len(feature["geometry"]["coordinates"])) == (0, "MultiPoint", 25)
    assert "points, no lines" in err


def test_status_beyond_the_tables_of_ut1_says_its_error(run: Run) -> None:
    late = ("--at", "2029-08-22T16:01:00Z", *case("p01-geo.tle"))
    assert "the turning of the Earth (UT1) is not known at this instant" in run("status", *late)[1]
    found = json.loads(run("status", *late, "--format", "json")[1])
    assert found["earth_orientation"]["known"] is False
    assert 100.0 < found["earth_orientation"]["error_m"] < 450.0


def test_mean_altitude_says_its_definition_with_kozais_beside_it(run: Run) -> None:
    orbit: dict[str, Any] = json.loads(run("status", *AT, *case("c02-indented.tle"), "--format", "json")[1])["orbit"]
    axis_km = (398600.8 / (15.5915779 * 2.0 * np.pi / 86400.0) ** 2) ** (1.0 / 3.0)  # by Kepler's law
    assert orbit["mean_altitude_kozai_km"] == pytest.approx(
        axis_km - 6378.137, abs=0.3
    )  # carried to the instant by drag
    assert orbit["mean_altitude_km"] == pytest.approx(392.3, abs=0.1)
    assert "Brouwer" in orbit["mean_altitude_definition"]
    assert "Kozai" in run("status", *AT, *case("c02-indented.tle"))[1]


@pytest.mark.parametrize(
    "words",
    [
        ("--offline", "facts", "check"),
        ("--offline", "about"),
        ("--at", "2026-08-22", "--offline", "events"),
        ("--place", "Berlin", "--object", "48274", "status"),
        ("--offline", "--elements", str(CASES / "c02-indented.tle"), "status", "--at", "2026-08-22"),
        ("--offline", "burns"),
    ],
)
def test_options_before_the_command_work(words: tuple[str, ...], run: Run) -> None:
    code, out, err = run(*words)
    assert code == 0, err
    assert out


def test_status_shows_what_the_operator_states_of_the_error(days: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    rows = ["0.0004", "0 0.25", "0 0 0.01", "0 0 0 1e-8", "0 0 0 0 1e-8", "0 0 0 0 0 1e-8"]
    block = ["COVARIANCE_START", "EPOCH = 2026-08-22T12:00:00", "COV_REF_FRAME = RTN", *rows, "COVARIANCE_STOP"]
    path = tmp_path / "stated.oem"
    path.write_text(days[0].read_text() + "\n".join(block))
    _, text, _ = run("status", *AT, "--elements", str(path))
    assert "the operator states (1 sigma, 2026-08-22T12:00:00Z) 20 m radial, 0.5 km along, 0.1 km across" in text
    found = json.loads(run("status", *AT, "--elements", str(path), "--format", "json")[1])["elements"]["stated_error"]
    assert found == {"time": "2026-08-22T12:00:00.000Z", "sigma_km": {"radial": 0.02, "along": 0.5, "across": 0.1}}


def test_track_of_a_file_packed_twice_is_refused_in_one_line(tmp_path: Path, run: Run) -> None:
    import gzip

    path = tmp_path / "twice.gz"
    path.write_bytes(gzip.compress((CASES / "c14-css.tle.gz").read_bytes()))
    code, out, err = run("track", *AT, "--elements", str(path))
    assert (code, out) == (1, "")
    assert err == "tiangong: twice.gz is packed twice (gzip, then gzip): unpack it once\n"
