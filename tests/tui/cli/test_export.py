"""`tiangong export`: every form, what it says of its error, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sim.orbit.element_history import embedded_history
from sim.orbit.files.element_files import read_elements
from sim.orbit.files.oem_reader import parse_oem
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

AT = "2026-09-01T00:00:00Z"
UNKNOWN = "2026-11-20"
CASES = Path(__file__).parents[2] / "data" / "cases"


def test_export_tle_of_an_instant_has_its_epoch_there(run: Run) -> None:
    code, out, err = run("export", "--at", AT)
    assert (code, err) == (0, "")
    assert out.startswith("Tiangong\n1 48274U 21035A   26244.00000000 ")
    assert read_elements(out).sets[0].epoch_unix_s == parse_instant(AT)


def test_export_published_is_the_nearest_set_or_all_of_a_span(run: Run) -> None:
    epochs = embedded_history().epochs_unix_s
    one = read_elements(run("export", "--at", AT, "--published")[1]).sets
    assert [abs(s.epoch_unix_s - parse_instant(AT)) for s in one] == [
        pytest.approx(min(abs(epoch - parse_instant(AT)) for epoch in epochs), abs=1e-3)
    ]
    code, out, _ = run("export", "--start", "2026-08-01", "--end", AT, "--published", "--format", "omm-kvn")
    assert code == 0
    found = [s.epoch_unix_s for s in read_elements(out).sets]
    wanted = [t for t in epochs if parse_instant("2026-08-01") <= t <= parse_instant(AT)]
    assert found == pytest.approx(wanted, abs=1e-3)
    assert "element set as published" in out


@pytest.mark.parametrize("form", ["tle", "omm", "omm-json", "omm-kvn"])
def test_export_of_a_span_gives_a_set_a_step(form: str, run: Run) -> None:
    code, out, err = run("export", "--start", AT, "--end", "+6h", "--step", "3600", "--format", form)
    assert (code, err) == (0, "")
    begin = parse_instant(AT)
    assert [s.epoch_unix_s for s in read_elements(out).sets] == pytest.approx(
        [begin + 3600.0 * hour for hour in range(7)], abs=1e-3
    )


def test_export_json_records_state_their_error(run: Run) -> None:
    records = json.loads(run("export", "--at", AT, "--format", "omm-json")[1])
    assert len(records) == 1
    assert (records[0]["ERROR_KM_MEDIAN"], records[0]["ERROR_KM_P90"], records[0]["STALE"]) == (0.4, 1.0, False)
    assert "interpolated between the sets of 2026-08-31T22:42:00Z and 2026-09-13" in records[0]["COMMENT"]


def test_export_oem_has_covariances_and_reads_back(run: Run) -> None:
    words = ("export", "--start", AT, "--end", "+2h", "--format", "oem")
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    oem = parse_oem(out)
    assert (oem.object_id, len(oem.segments[0].unix_s), len(oem.covariances)) == ("2021-035A", 121, 3)
    assert oem.start_unix_s == parse_instant(AT)
    assert "REF_FRAME = ITRF" in run(*words, "--frame", "ITRF")[1]
    code, out, err = run(*words[:-1], "oem-xml")
    assert (code, err) == (0, "")
    same = parse_oem(out)
    assert (same.object_id, same.covariances) == (oem.object_id, oem.covariances)
    assert (same.segments[0].position_teme_km == oem.segments[0].position_teme_km).all()


def test_export_of_an_unknown_place_is_refused_and_the_set_offered(run: Run) -> None:
    code, out, err = run("export", "--at", UNKNOWN)
    assert (code, out) == (1, "")
    assert "the place along the orbit is not known at this time; --published" in err
    code, out, err = run("export", "--at", UNKNOWN, "--published")
    assert code == 0
    assert read_elements(out).sets[0].epoch_unix_s == pytest.approx(embedded_history().last_unix_s, abs=1e-3)
    assert "STALE" in err
    assert run("export", "--at", UNKNOWN, "--format", "oem")[0] == 1


def test_export_span_that_leaves_what_is_known_ends_there_and_says_so(run: Run) -> None:
    span = ("--start", "2026-10-08", "--end", "2026-11-08")
    code, out, err = run("export", *span, "--format", "omm")
    assert code == 0
    assert "the place is not known for" in err
    assert max(s.epoch_unix_s for s in read_elements(out).sets) == pytest.approx(
        embedded_history().last_unix_s, abs=1e-3
    )
    code, out, err = run("export", *span, "--step", "120", "--format", "oem")
    assert code == 0
    assert "the place is not known for" in err
    assert parse_oem(out).stop_unix_s < parse_instant("2026-10-25")


def test_export_of_another_object_has_its_number_and_no_covariance(run: Run) -> None:
    molniya = ("--elements", str(CASES / "p03-molniya.tle"))
    known = read_elements(CASES / "p03-molniya.tle").sets[0]
    at = ("--at", f"{known.epoch_unix_s - parse_instant('now'):+.0f}s".replace("+", "+"))
    _, out, _ = run("export", *molniya, *at, "--format", "omm-json")
    record = json.loads(out)[0]
    assert record["NORAD_CAT_ID"] == known.norad_id
    assert (record["ERROR_KM_MEDIAN"], record["STALE"]) == (None, None)
    code, out, _ = run("export", *molniya, *at, "--format", "oem")
    assert code == 0
    assert "COVARIANCE" not in out
    assert "the error of these states is not known" in out


def test_export_of_an_ephemeris_fits_elements_and_keeps_states(run: Run) -> None:
    given = CASES / "o01-ref.oem"
    oem = read_elements(given).oem
    assert oem is not None
    begin = ("--start", f"{oem.start_unix_s - parse_instant('now'):+.3f}s")
    words = ("export", "--elements", str(given), *begin)
    assert run(*words)[0] == 0
    assert run(*words, "--published")[0] == 1
    code, out, _ = run(*words, "--end", "+1h", "--format", "oem")
    assert code == 0
    assert "META_START" in out


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["--format", "oem", "--published"], 2, "--published is for TLE and OMM, without --step"),
        (["--published", "--step", "60"], 2, "--published is for TLE and OMM, without --step"),
        (["--start", AT, "--end", "2026-08-01"], 2, "--end lies before --start"),
        (["--start", AT, "--end", "+300d", "--step", "1"], 2, "instants are too many"),
        (["--start", AT, "--format", "oem", "--step", "1200"], 1, "take a smaller step"),
        (["--format", "spk"], 2, "invalid choice"),
        (["--start", AT, "--end", "+1h", "--published"], 1, "no element set has its epoch in this span"),
    ],
)
def test_export_mistakes_are_one_line(words: list[str], code: int, complaint: str, run: Run) -> None:
    found, out, err = run("export", *words)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert complaint in err
