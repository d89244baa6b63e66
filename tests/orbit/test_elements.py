"""Element sets: fields of real ones, and every kind of invalid set."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4.api import WGS72, Satrec

from sim.errors import ElementsError
from sim.orbit.elements import ElementSet, of_object
from sim.orbit.files.omm import ccsds_unix_s, parse_omm_record
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.tle import parse_tle, parse_tle_text, tle_checksum, tle_epoch_unix_s
from sim.time import iso_z

SAMPLES = Path(__file__).parent.parent / "data" / "sources"
LINE1 = "1 48274U 21035A   26279.66863779  .00016881  00000+0  20358-3 0  9998"
LINE2 = "2 48274  41.4703   4.9680 0001458 342.2236  17.8551 15.60381928310579"
RECORD: dict[str, Any] = json.loads((SAMPLES / "celestrak_gp_omm_records.json").read_text())[0]


def changed(line: str, column: int, text: str) -> str:
    """The line with `text` put in from a column (counted from one, as the format's descriptions do), checksum right."""
    body = (line[: column - 1] + text + line[column - 1 + len(text) :])[:68]
    return body + tle_checksum(body)


def test_parse_tle_real_set_gives_every_field() -> None:
    e = parse_tle(LINE1, LINE2, name="CSS (TIANHE)", source="a file")
    assert (e.norad_id, e.name, e.international_designator) == (48274, "CSS (TIANHE)", "2021-035A")
    assert iso_z(e.epoch_unix_s, milliseconds=True) == "2026-10-06T16:02:50.305Z"
    assert (e.mean_motion_rev_day, e.eccentricity, e.inclination_deg) == (15.60381928, 0.0001458, 41.4703)
    assert (e.raan_deg, e.argument_of_perigee_deg, e.mean_anomaly_deg) == (4.968, 342.2236, 17.8551)
    assert (e.bstar, e.mean_motion_dot, e.mean_motion_ddot, e.revolution) == (2.0358e-4, 1.6881e-4, 0.0, 31057)


def test_element_set_sizes_equal_sgp4_and_the_published_catalogue() -> None:
    e = parse_tle(LINE1, LINE2)
    satrec = Satrec.twoline2rv(LINE1, LINE2, WGS72)
    assert e.semi_major_axis_km == pytest.approx(satrec.a * satrec.radiusearthkm, abs=1e-6)
    assert e.mean_altitude_km == pytest.approx(388.8, abs=0.05)
    assert e.perigee_km == pytest.approx(387.8, abs=0.05)
    assert e.apogee_km == pytest.approx(389.8, abs=0.05)
    assert e.period_min == pytest.approx(92.285, abs=0.001)


def test_revolution_at_counts_at_the_node() -> None:
    e = parse_tle(LINE1, LINE2)
    # 342.2236 + 17.8551 = 360.0787: just past the node.
    assert e.node_count == pytest.approx(31057.00022, abs=1e-5)
    assert e.revolution_at(e.epoch_unix_s) == 31057
    assert e.revolution_at(e.epoch_unix_s - 60.0) == 31056
    assert e.revolution_at(e.epoch_unix_s + 86400.0) == 31057 + 15


def test_revolution_at_epoch_just_before_the_node_is_the_next_one() -> None:
    before = parse_tle(LINE1, changed(LINE2, 44, "17.7700"))  # the sum is 359.9936 degrees
    assert before.node_count == pytest.approx(31057.0, abs=1e-4)


def test_nodal_period_equals_that_of_sgp4() -> None:
    e = parse_tle(LINE1, LINE2)
    orbit = Sgp4Orbit(e)
    crossings = []
    last_z = orbit.state(e.epoch_unix_s - 100.0).position_teme_km[2]
    for second in range(-99, 12000):
        z = orbit.state(e.epoch_unix_s + second).position_teme_km[2]
        if last_z < 0.0 <= z:
            crossings.append(second - z / (z - last_z))
        last_z = z
    assert crossings[2] - crossings[1] == pytest.approx(86400.0 / e.nodal_rev_day, abs=0.2)


@pytest.mark.parametrize(
    ("field", "number"),
    [("00001", 1), ("    5", 5), ("A0000", 100000), ("J9999", 189999), ("P0000", 230000), ("Z9999", 339999)],
)
def test_parse_tle_alpha_5_number_is_decoded(field: str, number: int) -> None:
    e = parse_tle(changed(LINE1, 3, field), changed(LINE2, 3, field))
    assert e.norad_id == number


@pytest.mark.parametrize("field", ["I0000", "O0000", "a0000", "A00 0", "-0001", "A000B", "1_000"])
def test_parse_tle_invalid_catalogue_number_raises(field: str) -> None:
    with pytest.raises(ElementsError, match="not a number"):
        parse_tle(changed(LINE1, 3, field), changed(LINE2, 3, field))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (" 20358-3", 2.0358e-4),
        ("-11606-4", -1.1606e-5),
        (" 00000+0", 0.0),
        (" 00000-0", 0.0),
        ("+10000-1", 0.01),
        ("        ", 0.0),
    ],
)
def test_parse_tle_assumed_decimal_point_is_decoded(field: str, value: float) -> None:
    assert parse_tle(changed(LINE1, 54, field), LINE2).bstar == pytest.approx(value)


@pytest.mark.parametrize(
    ("line1", "line2", "says"),
    [
        (LINE1[:-1] + "7", LINE2, r"line 1 fails its checksum \(7, should be 8\)"),
        (LINE1, LINE2[:-1] + "0", r"line 2 fails its checksum \(0, should be 9\)"),
        (LINE1[:60], LINE2, "line 1 has 60 columns, not 69"),
        (LINE1, LINE2 + "0", "line 2 has 70 columns, not 69"),
        (LINE2, LINE1, "line 1 of the element set does not begin with “1 ”"),
        (LINE1, LINE1, "line 2 of the element set does not begin with “2 ”"),
        ("", "", "line 1 of the element set does not begin"),
        (LINE1, changed(LINE2, 3, "25544"), r"different objects \(48274, 25544\)"),
        (LINE1.replace("48274", "４８２７４"), LINE2, "line 1 has characters that do not occur in element sets"),
        (LINE1, changed(LINE2, 9, "181.0000"), "inclination 181 is outside 0 to 180"),
        (LINE1, changed(LINE2, 53, "17.50381928"), "mean motion 17.50381928 is outside 0.05 to 17"),
        (LINE1, changed(LINE2, 53, " 0.00000000"), "mean motion 0 is outside"),
        (LINE1, changed(LINE2, 53, "        nan"), "a field of the element set is not a number"),
        (LINE1, changed(LINE2, 53, "1_5.6038192"), "a field of the element set is not a number"),
        (LINE1, changed(LINE2, 9, "abcdefgh"), "a field of the element set is not a number"),
        (LINE1, changed(LINE2, 27, "00014.8"), "a field of the element set is not a number"),
        (changed(LINE1, 19, "26367.00000000"), LINE2, "the year has no such day"),
        (changed(LINE1, 19, "26000.50000000"), LINE2, "the year has no such day"),
        (changed(LINE1, 19, "26366.50000000"), LINE2, "the year has no such day"),
        (changed(LINE1, 19, "              "), LINE2, "a field of the element set is not a number"),
        (LINE1, changed(LINE2, 17, "0"), "line 2: column 17 should be blank"),
        (changed(LINE1, 9, "0"), LINE2, "line 1: column 9 should be blank"),
        (changed(LINE1, 63, "4"), LINE2, "made for another theory"),
    ],
)  # fmt: skip
def test_parse_tle_invalid_set_raises_with_the_reason(line1: str, line2: str, says: str) -> None:
    with pytest.raises(ElementsError, match=says):
        parse_tle(line1, line2)


def test_parse_tle_without_checksums_checks_everything_else() -> None:
    assert parse_tle(LINE1[:-1] + "0", LINE2[:-1] + "0", strict=False) == parse_tle(LINE1, LINE2)
    with pytest.raises(ElementsError, match="different objects"):
        parse_tle(LINE1, changed(LINE2, 3, "25544"), strict=False)


@pytest.mark.parametrize(("year", "expected"), [("57", "1957"), ("99", "1999"), ("00", "2000"), ("56", "2056")])
def test_tle_epoch_two_digit_year_is_1957_to_2056(year: str, expected: str) -> None:
    assert iso_z(tle_epoch_unix_s(changed(LINE1, 19, f"{year}001.00000000"))) == f"{expected}-01-01T00:00:00Z"


def test_tle_epoch_day_366_exists_in_leap_years_only() -> None:
    assert iso_z(tle_epoch_unix_s(changed(LINE1, 19, "24366.50000000"))) == "2024-12-31T12:00:00Z"


def test_parse_tle_hostile_name_is_cleaned() -> None:
    assert parse_tle(LINE1, LINE2, name="CSS\x1b[31m\u202e天和\n").name == "CSS[31m天和"


def test_parse_tle_text_invalid_sets_leave_the_others() -> None:
    bad = changed(LINE2, 9, "999.9999")
    text = "\r\n".join(
        ["0 TIANHE", LINE1, LINE2, "", "CSS (TIANHE)            ", LINE1, bad, LINE1, "NEXT", LINE2, LINE1]
    )
    sets, problems = parse_tle_text(text, source="f")
    assert [s.name for s in sets] == ["TIANHE"]
    assert problems == [
        "line 6: inclination 999.9999 is outside 0 to 180",
        "line 8: line 2 of the element set is missing",
        "line 10: line 1 of the element set is missing",
        "line 11: line 2 of the element set is missing",
    ]


def test_of_object_finds_the_station_by_number() -> None:
    sets, problems = parse_tle_text((SAMPLES / "celestrak_gp_stations_2026-08-22.tle").read_text())
    assert not problems
    assert [s.name for s in of_object(sets, 48274)] == ["CSS (TIANHE)"]


def test_parse_omm_record_gives_every_field() -> None:
    e = parse_omm_record(RECORD, source="CelesTrak")
    assert (e.norad_id, e.name, e.source) == (48274, "CSS (TIANHE)", "CelesTrak")
    assert e.mean_motion_rev_day == RECORD["MEAN_MOTION"]
    assert iso_z(e.epoch_unix_s, milliseconds=True) == "2025-05-25T23:00:12.249Z"
    as_text = {key: str(value) for key, value in RECORD.items()}
    assert parse_omm_record(as_text, source="CelesTrak") == e


def test_parse_omm_record_nine_digit_number_propagates() -> None:
    e = parse_omm_record(RECORD)
    long = parse_omm_record({**RECORD, "NORAD_CAT_ID": 799501299})
    assert long.norad_id == 799501299
    assert Sgp4Orbit(long).state(e.epoch_unix_s) == Sgp4Orbit(e).state(e.epoch_unix_s)


@pytest.mark.parametrize(
    "epoch",
    [
        "2026-07-17T12:32:16",
        "2026-07-17T12:32:16Z",
        "2026-198T12:32:16.000000",
        "2026-07-17 12:32:16.000000000000",
        "2026-07-17T12:32:16+00:00",
    ],
)
def test_parse_omm_record_every_allowed_epoch_form_is_parsed(epoch: str) -> None:
    assert parse_omm_record({**RECORD, "EPOCH": epoch}).epoch_unix_s == 1784291536.0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"EPOCH": None}, "EPOCH is missing"),
        ({"EPOCH": "2026-02-30T00:00:00"}, "EPOCH is not a date"),
        ({"EPOCH": "2026-366T00:00:00"}, "EPOCH is not a date"),
        ({"EPOCH": "1950-01-01T00:00:00"}, "EPOCH is not a date from 1957"),
        ({"EPOCH": "9" * 10_000_000}, "EPOCH is not a date"),
        ({"MEAN_MOTION": None}, "MEAN_MOTION is missing"),
        ({"MEAN_MOTION": "fast"}, "MEAN_MOTION is not a number: “fast”"),
        ({"MEAN_MOTION": "1_5"}, "MEAN_MOTION is not a number"),
        ({"MEAN_MOTION": "１５.6"}, "MEAN_MOTION is not a number"),
        ({"MEAN_MOTION": True}, "MEAN_MOTION is not a number"),
        ({"MEAN_MOTION": [15.6]}, "MEAN_MOTION is not a number"),
        ({"MEAN_MOTION": math.inf}, "MEAN_MOTION is not a finite number"),
        ({"MEAN_MOTION": 10**400}, "MEAN_MOTION is not a finite number"),
        ({"BSTAR": math.nan}, "BSTAR is not a finite number"),
        ({"ECCENTRICITY": -0.1}, "eccentricity -0.1 is outside"),
        ({"ECCENTRICITY": 1.0}, "eccentricity 1 is outside"),
        ({"NORAD_CAT_ID": 48274.5}, "NORAD_CAT_ID is not a whole number"),
        ({"NORAD_CAT_ID": 1e10}, "catalogue number 1e\\+10 is outside"),
        ({"REV_AT_EPOCH": -3}, "revolution number -3 is outside"),
        ({"MEAN_ELEMENT_THEORY": "DSST"}, "MEAN_ELEMENT_THEORY is DSST, only SGP4"),
        ({"REF_FRAME": "EME2000"}, "REF_FRAME is EME2000, only TEME"),
        ({"TIME_SYSTEM": "TAI"}, "TIME_SYSTEM is TAI, only UTC"),
        ({"EPHEMERIS_TYPE": 4}, "EPHEMERIS_TYPE is 4, only 0 can be used"),
        ({"CENTER_NAME": "MOON"}, "CENTER_NAME is MOON, only EARTH"),
    ],
)  # fmt: skip
def test_parse_omm_record_invalid_record_raises_with_the_reason(changes: Mapping[str, object], says: str) -> None:
    with pytest.raises(ElementsError, match=says):
        parse_omm_record({**RECORD, **changes})


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-17",
        "2026-07-17T12:32",
        "26-07-17T12:32:16",
        "2026-07-17T24:32:16",
        "2026-07-17T12:60:16",
        "2026-07-17T12:32:61",
        "2026-000T12:32:16",
    ],
)
def test_ccsds_unix_s_invalid_time_raises(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        ccsds_unix_s(text)


def test_ccsds_unix_s_keeps_microseconds() -> None:
    assert ccsds_unix_s("2026-08-21T00:11:59.999999") == pytest.approx(1787271120.0 - 1e-6, abs=2.5e-7)


def test_element_set_impossible_values_raise() -> None:
    good = parse_tle(LINE1, LINE2)
    fields = msgspec.structs.asdict(good)
    for name in ("epoch_unix_s", "mean_motion_rev_day", "bstar", "mean_motion_dot", "mean_anomaly_deg"):
        with pytest.raises(ElementsError, match="nan is outside"):
            ElementSet(**{**fields, name: math.nan})


@given(st.text(st.characters(codec="utf-8"), max_size=90), st.text(st.characters(codec="utf-8"), max_size=90))
def test_parse_tle_any_two_lines_give_a_set_or_an_elements_error(line1: str, line2: str) -> None:
    with contextlib.suppress(ElementsError):
        parse_tle(line1, line2, strict=False)


@given(st.sampled_from((LINE1, LINE2)), st.integers(3, 68), st.characters(min_codepoint=1, max_codepoint=0x2FF))
def test_parse_tle_one_changed_character_raises(line: str, column: int, character: str) -> None:
    """But for those the checksum cannot see: it is the sum of the digits, a letter counting as nothing."""
    hurt = line[: column - 1] + character + line[column:]
    one, two = (hurt, LINE2) if line is LINE1 else (LINE1, hurt)
    if hurt == line:
        return
    try:
        parse_tle(one, two)
    except ElementsError:
        return
    assert tle_checksum(hurt) == tle_checksum(line)


@given(
    st.dictionaries(
        st.sampled_from(sorted(RECORD)),
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=20)
        | st.lists(st.integers(), max_size=2),
        max_size=4,
    )
)
def test_parse_omm_record_any_record_gives_a_set_or_an_elements_error(changes: dict[str, object]) -> None:
    with contextlib.suppress(ElementsError):
        parse_omm_record({**RECORD, **changes})


def test_omm_epoch_takes_the_microseconds_of_old_space_track_answers() -> None:
    fields: dict[str, object] = {
        "NORAD_CAT_ID": "48274", "EPOCH": "2026-08-22 11:12:14", "EPOCH_MICROSECONDS": "846400",
        "MEAN_MOTION": "15.59157790", "ECCENTRICITY": "0.0001556", "INCLINATION": "41.4688",
        "RA_OF_ASC_NODE": "279.6646", "ARG_OF_PERICENTER": "255.0784", "MEAN_ANOMALY": "104.9883",
        "REV_AT_EPOCH": "30351", "BSTAR": ".00018184",
    }  # fmt: skip
    whole = parse_omm_record({**fields, "EPOCH_MICROSECONDS": ""}).epoch_unix_s
    assert parse_omm_record(fields).epoch_unix_s == pytest.approx(whole + 0.8464, abs=1e-5)
    with_fraction = {**fields, "EPOCH": "2026-08-22T11:12:14.8464"}
    assert parse_omm_record(with_fraction).epoch_unix_s == pytest.approx(whole + 0.8464, abs=1e-5)
    with pytest.raises(ElementsError, match="EPOCH_MICROSECONDS"):
        parse_omm_record({**fields, "EPOCH_MICROSECONDS": "1000000"})
