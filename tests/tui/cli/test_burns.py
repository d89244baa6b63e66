"""`tiangong burns`: equal burns and dates in every command, with the precision to which they are known."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from sim.orbit.element_history import embedded_history
from sim.time import iso_z, parse_instant
from tui.session.burn_events import burn_events
from tui.wording import burns as burn_text

if TYPE_CHECKING:
    from collections.abc import Callable

AT = ("--at", "2026-10-12T00:00:00Z")
BURNS = embedded_history().burns
UNDATED = [burn for burn in BURNS if burn.unix_s is None]


def test_burns_altitude_and_events_list_the_same_burns(shape: Callable[..., Any]) -> None:
    burns = shape("burns", *AT)["burns"]
    assert len(burns) == len(BURNS)
    assert shape("altitude", *AT)["burns"] == burns
    events = shape("events", "--from", "2021-04-29", "--to", "2026-10-12")["events"]
    found = [event for event in events if event["kind"] in {"raise", "lowering"}]
    assert [event["kind"] for event in found] == [
        burn.kind for burn in sorted(BURNS, key=lambda b: b.after_unix_s if b.unix_s is None else b.unix_s)
    ]
    assert sorted((event["time"], event["until"]) for event in found) == sorted(
        (iso_z(event.unix_s), iso_z(event.until_s)) for event in burn_events(BURNS)
    )


def test_burns_json_each_burn_has_window_date_size_and_effect(shape: Callable[..., Any]) -> None:
    for one in shape("burns", *AT)["burns"]:
        assert one["after"] < one["before"]
        assert one["stale"] is (one["time"] is None) is (one["error_s"] is None) is (one["error_s_p90"] is None)
        if one["time"] is not None:
            assert one["after"] <= one["time"] <= one["before"]
            assert 0.0 < one["error_s"] <= one["error_s_p90"]
        assert (one["kind"] == "raise") is (one["size_km"] > 0.0)
        assert one["delta_v_m_s"] == pytest.approx(0.57 * abs(one["size_km"]), abs=0.01)
        assert 0.0 <= one["eccentricity_change"] < 0.003
        assert one["confidence"] in {"single", "campaign", "possible"}


def test_burns_csv_rows_equal_json(run: Callable[..., tuple[int, str, str]], shape: Callable[..., Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("burns", *AT, "--format", "csv")[1])))
    burns = shape("burns", *AT)["burns"]
    assert [list(row) for row in rows] == [list(one) for one in burns]
    assert [row["time"] for row in rows] == [one["time"] or "" for one in burns]
    assert {row["stale"] for row in rows} == {"true", "false"}


def test_burns_at_an_instant_lists_no_later_burn(shape: Callable[..., Any]) -> None:
    burns = shape("burns", "--at", "2022-07-10")["burns"]
    assert burns[-1]["kind"] == "lowering"
    assert burns[-1]["time"] < "2022-07-10"
    assert len(burns) < len(BURNS)


def test_burns_text_distinguishes_raises_and_lowerings(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("burns", *AT)
    lines = out.splitlines()
    lowerings = sum(burn.kind == "lowering" for burn in BURNS)
    assert lines[0] == f"{len(BURNS) - lowerings} raises, {lowerings} lowerings found in the element sets, times in UTC"
    assert sum(" lowering " in line for line in lines) == lowerings
    assert len(lines) == len(BURNS) + 3
    assert f"of {len(BURNS) - lowerings} raises, {lowerings} lowerings" in run("altitude", *AT)[1]


@pytest.mark.parametrize("burn", UNDATED, ids=lambda burn: f"{burn.after_unix_s:.0f}")
def test_burn_text_of_a_window_has_both_ends(burn: Any) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d( \d\dZ)? to (\d{4}-)?(\d\d-)?\d\d(Z)?", burn_text.date(burn))
    (event,) = burn_events([burn])
    assert (event.unix_s, event.until_s) == (burn.after_unix_s, burn.before_unix_s)
    assert event.text == burn_text.date(burn)


def test_burn_text_of_a_dated_burn_states_its_error() -> None:
    dated = [burn for burn in BURNS if burn.unix_s is not None]
    for burn, event in zip(dated, burn_events(dated), strict=True):
        assert "±" in burn_text.date(burn)
        assert burn.unix_s is not None
        assert event.until_s is not None
        assert burn.after_unix_s <= event.unix_s == burn.unix_s <= event.until_s <= burn.before_unix_s
    fine = next(burn for burn in BURNS if burn.after_unix_s < parse_instant("2026-07-02T07:00Z") < burn.before_unix_s)
    assert burn_text.date(fine).startswith("2026-07-02 07Z ±")
    coarse = next(burn for burn in BURNS if burn.unix_s is not None and burn.date_error_days > 1.0)
    assert burn_text.date(coarse) == "2021-09-01 ±1.1 d"


DATED = next(burn for burn in BURNS if burn.unix_s is not None and burn.date_error_days > 1.0)


@pytest.mark.parametrize("burn", [DATED, UNDATED[0]], ids=["dated", "window"])
def test_events_do_not_say_whether_a_burn_is_over_within_its_span(
    burn: Any, shape: Callable[..., Any], run: Callable[..., tuple[int, str, str]]
) -> None:
    (event,) = burn_events([burn])
    assert event.since_s is not None
    title = event.phrase.english

    def later(unix_s: float) -> bool | None:
        rows = shape("events", "--at", iso_z(unix_s))["events"]
        (row,) = [row for row in rows if row["title"] == title and row["until"] == iso_z(event.until_s)]
        answer: bool | None = row["later"]
        return answer

    assert later(event.since_s - 60.0) is True
    assert later(event.since_s + 60.0) is None
    assert later((event.since_s + event.until_s) / 2.0) is None
    assert later(event.until_s - 60.0) is None
    assert later(event.until_s + 60.0) is False
    lines = run("events", "--at", iso_z(event.until_s - 60.0))[1].splitlines()
    assert any(f"perhaps later: {title}" in line for line in lines)


@pytest.mark.parametrize(("day", "size_km"), [("2022-09-20T20:00Z", -0.16)])
def test_burns_small_lowerings_are_marked_possible(day: str, size_km: float) -> None:
    (found,) = [burn for burn in BURNS if burn.after_unix_s < parse_instant(day) < burn.before_unix_s]
    assert found.kind == "lowering"
    assert found.size_km == pytest.approx(size_km, abs=0.05)
    assert found.confidence == "possible"
