"""The calendar of passes, read by another iCalendar library."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.files.oem_reader import parse_oem
from sim.orbit.oem import OemOrbit
from sim.orbit.space_object import STATION
from sim.orbit.uncertainty import expected_error
from sim.passes.finder import find_passes
from sim.passes.model import Pass
from sim.places.gazetteer import find_place
from sim.places.place import Place
from sim.sanitize import clean
from sim.time import iso_z, parse_instant
from tui.cli.output.calendar import calendar_text, identity

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = parse_instant("2026-10-08")
ISLAMABAD = find_place("Islamabad")


@pytest.fixture(scope="module")
def passes() -> list[Pass]:
    return find_passes(embedded_history(), ISLAMABAD, DAY, DAY + 3 * 86400.0, min_elevation_deg=10.0)


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_calendar_text_has_one_event_and_alarm_per_pass(passes: list[Pass]) -> None:
    text = calendar_text(passes, ISLAMABAD, embedded_history(), lead_s=900.0)
    found = events(text)
    assert len(found) == len(passes) > 10
    for event, one in zip(found, passes, strict=True):
        assert event.decoded("dtstart").timestamp() == pytest.approx(one.rise.unix_s, abs=0.5)
        assert event.decoded("dtend").timestamp() == pytest.approx(one.set.unix_s, abs=0.5)
        assert event.decoded("dtstart").utcoffset() == timedelta(0)
        assert str(event["location"]) == "Islamabad, PK"
        assert f"{one.peak.elevation_deg:.0f}° high" in str(event["summary"])
        assert ("to be seen from" in str(event["description"])) == one.visible
        alarms = event.walk("VALARM")
        assert [alarm.decoded("trigger") for alarm in alarms] == [timedelta(minutes=-15)]
        assert all(alarm["action"] == "DISPLAY" and alarm["description"] for alarm in alarms)


def test_calendar_text_of_passes_minutes_off_tells_minutes() -> None:
    """Nine in ten passes of 25 May 2021 lie within nine minutes: seconds would claim more."""
    history, start = embedded_history(), parse_instant("2021-05-25")
    found = find_passes(
        history, ISLAMABAD, start, start + 86400.0, error_at=lambda unix_s: expected_error(history, unix_s)
    )
    assert found
    for event in events(calendar_text(found, ISLAMABAD, history, lead_s=900.0)):
        told = str(event["description"])
        assert "rises ~" in told
        assert "rise in UTC ~2021-05-2" in told


def test_calendar_text_is_valid_icalendar(passes: list[Pass]) -> None:
    text = calendar_text(passes, ISLAMABAD, embedded_history(), lead_s=600.0)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in text.replace("\r\n", "")
    calendar = Calendar.from_ical(text)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert not calendar.errors
    assert all({"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event) for event in events(text))


def test_calendar_text_identities_are_unique_and_survive_new_elements(passes: list[Pass]) -> None:
    history = embedded_history()
    older = ElementHistory(history.sets[:-6])
    again = find_passes(older, ISLAMABAD, DAY, DAY + 3 * 86400.0, min_elevation_deg=10.0)
    moved = [abs(a.rise.unix_s - b.rise.unix_s) for a, b in zip(passes, again, strict=True)]
    assert max(moved) > 0.5
    ids, ids_again = (
        [str(event["uid"]) for event in events(calendar_text(found, ISLAMABAD, orbit, lead_s=600.0))]
        for found, orbit in ((passes, history), (again, older))
    )
    assert ids == ids_again
    assert len(set(ids)) == len(ids)
    elsewhere = Place("x", 31.5, 74.3)
    there = calendar_text(passes, elsewhere, history, lead_s=600.0)
    assert not set(ids) & {str(event["uid"]) for event in events(there)}


def test_calendar_text_hostile_place_name_is_escaped(passes: list[Pass]) -> None:
    hostile = Place("A;B,C:\\n\nEND:VEVENT", 33.7, 73.0)
    text = calendar_text(passes[:2], hostile, embedded_history(), lead_s=600.0)
    assert len(events(text)) == 2
    assert str(events(text)[0]["location"]) == clean(hostile.title)


def test_passes_ics_has_an_event_per_pass(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("passes", "--at", "2026-10-08", "--place", "Islamabad", "--days", "3", "--format", "ics")
    assert code == 0
    assert len(events(out)) > 10


def test_calendar_identity_from_ephemeris_equals_that_from_elements(passes: list[Pass]) -> None:
    """An ephemeris made of the same orbit has no number of revolutions; the station's own history counts for it."""
    history = embedded_history()
    rows = []
    for step in range(24 * 60 + 1):
        state = history.state(DAY + 60.0 * step)
        numbers = (*state.position_teme_km, *state.velocity_teme_km_s)
        rows.append(f"{iso_z(DAY + 60.0 * step, milliseconds=True)[:-1]} " + " ".join(f"{x:.9f}" for x in numbers))
    head = (
        "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2026-10-08T00:00:00\nORIGINATOR = TEST\nMETA_START\nOBJECT_NAME = CSS\n"
        "OBJECT_ID = 2021-035A\nCENTER_NAME = EARTH\nREF_FRAME = TEME\nTIME_SYSTEM = UTC\n"
        f"START_TIME = {iso_z(DAY)[:-1]}\nSTOP_TIME = {iso_z(DAY + 86400.0)[:-1]}\nMETA_STOP\n"
    )
    ephemeris = OemOrbit(parse_oem(head + "\n".join(rows) + "\n"))
    inside = [one for one in passes if one.rise.unix_s > DAY + 600.0 and one.set.unix_s < DAY + 85800.0]
    assert len(inside) >= 4
    for one in inside:
        assert identity(one, ISLAMABAD, ephemeris, STATION) == identity(one, ISLAMABAD, history, STATION)
