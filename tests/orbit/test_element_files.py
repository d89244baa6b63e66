"""Element files: each format is recognised by its content; hostile files are refused."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import ElementsError
from sim.orbit.element_history import ElementHistory
from sim.orbit.files import contents, element_files
from sim.orbit.files.element_files import read_elements
from sim.orbit.files.object_choice import orbit_from_files
from sim.orbit.files.omm import parse_omm_record
from sim.orbit.oem import OemOrbit
from tests.support.platforms import needs_endless_device

SAMPLES = Path(__file__).parent.parent / "data" / "sources"
RECORDS: list[dict[str, Any]] = json.loads((SAMPLES / "celestrak_gp_omm_records.json").read_text())
STATIONS = (SAMPLES / "celestrak_gp_stations_2026-08-22.tle").read_bytes()
EPHEMERIS = (SAMPLES / "CSS_OEM_20260821004850_0001.excerpt.dat").read_bytes()

CSV = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,"
    "EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
    "\r\nCSS (TIANHE),2021-035A,2026-09-06T06:15:46.430784,15.59622579,.00023499,41.4675,189.8186,260.0025,100.0548,"
    "0,U,48274,999,30582,.16863369E-3,.13514E-3,0\r\n"
)


def kvn(record: dict[str, Any]) -> str:
    lines = ["CCSDS_OMM_VERS = 2.0", "COMMENT a = b", "ORIGINATOR = CELESTRAK", "MEAN_ELEMENT_THEORY = SGP4"]
    units = {"MEAN_MOTION": " [rev/day]", "INCLINATION": " [deg]"}
    return "\r\n".join([*lines, *(f"{key} = {value}{units.get(key, '')}" for key, value in record.items())])


def xml(*records: dict[str, Any], prefix: str = "") -> str:
    messages = "".join(
        f'<{prefix}omm id="CCSDS_OMM_VERS" version="2.0"><header><ORIGINATOR/></header><body><segment><metadata>'
        f"<OBJECT_NAME>{record['OBJECT_NAME']}</OBJECT_NAME><OBJECT_ID/><REF_FRAME>TEME</REF_FRAME></metadata><data>"
        + "".join(f"<{key}>{value}</{key}>" for key, value in record.items() if key not in {"OBJECT_NAME", "OBJECT_ID"})
        + f"</data></segment></body></{prefix}omm>"
        for record in records
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\r\n<ndm>{messages}</ndm>'


FILES = {
    "TLE": STATIONS,
    "OMM JSON": json.dumps(RECORDS).encode(),
    "OMM CSV": CSV.encode(),
    "OMM KVN": kvn(RECORDS[0]).encode(),
    "OMM XML": xml(*RECORDS[:2]).encode(),
    "OEM": EPHEMERIS,
}


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\r\n \n"], ids=["plain", "byte order mark", "blank lines"])
def test_read_elements_each_format_is_recognised_by_content(form: str, mark: bytes) -> None:
    if mark.isspace() and form in {"OMM CSV", "OMM XML"}:
        mark = b""  # both forms begin with their first line
    content = read_elements(mark + FILES[form])
    assert content.form == form
    assert content.problems == ()
    assert (content.oem is not None) == (form == "OEM")


def test_read_elements_one_record_in_all_formats_gives_equal_sets() -> None:
    expected = parse_omm_record(RECORDS[0], source="f")
    forms = [json.dumps(RECORDS[0]), json.dumps([RECORDS[0]]), kvn(RECORDS[0])]
    for text in forms:
        assert read_elements(text, name="f").sets == (expected,)
    for text in (xml(RECORDS[0]), xml(RECORDS[0], prefix="ndm:").replace("<ndm>", '<ndm xmlns:ndm="urn:x">')):
        assert read_elements(text, name="f").sets[0].mean_motion_rev_day == expected.mean_motion_rev_day
        assert read_elements(text, name="f").sets[0].epoch_unix_s == expected.epoch_unix_s


def test_read_elements_csv_number_without_leading_zero_keeps_its_value() -> None:
    (one,) = read_elements(CSV).sets
    assert (one.norad_id, one.bstar, one.eccentricity) == (48274, 1.6863369e-4, 2.3499e-4)


def test_read_elements_kvn_file_with_several_messages_gives_all() -> None:
    content = read_elements(kvn(RECORDS[0]) + "\n\n" + kvn(RECORDS[1]))
    assert [s.epoch_unix_s for s in content.sets] == [parse_omm_record(r).epoch_unix_s for r in RECORDS[:2]]


def test_read_elements_utf16_is_decoded() -> None:
    assert read_elements(STATIONS.decode().encode("utf-16")).sets == read_elements(STATIONS).sets


def test_read_elements_service_responses_are_unwrapped() -> None:
    content = read_elements(SAMPLES / "tle_api_collection_2026-05-30.json")
    assert [s.norad_id for s in content.sets] == [25544, 48274, 53239]
    lines = STATIONS.decode().splitlines()
    station = {"tle0": "0 CSS", "tle1": lines[7], "tle2": lines[8]}
    assert read_elements(json.dumps([station])).sets[0].name == "CSS"


def test_read_elements_one_invalid_set_leaves_the_others() -> None:
    bad = {**RECORDS[0], "INCLINATION": 200}
    content = read_elements(json.dumps([RECORDS[0], bad, "text", RECORDS[1]]))
    assert len(content.sets) == 2
    assert content.problems == (
        "record 2: inclination 200 is outside 0 to 180",
        "record 3: EPOCH is missing",
    )


def test_read_elements_many_problems_names_the_first_and_counts_the_rest() -> None:
    content = read_elements(json.dumps([RECORDS[0], *[{}] * 500]))
    assert len(content.problems) == element_files.MOST_PROBLEMS + 1
    assert content.problems[-1] == "and 480 more"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\x7fELF\0\0", "is a program, not elements"),
        (b"\x01\0\x02\0\x03", "is not a text file"),
        (b"<html><body>403</body></html>", "is a web page, not elements: “403”"),
        (b"No GP data found", "is neither TLE, OMM .* nor OEM"),
        (b"[", "the JSON is damaged"),
        (b"[]", "is an empty answer"),
        (b"[" * 100_000, "the JSON is damaged"),
        (b"[" + b"9" * 10_000 + b"]", "the JSON is damaged"),
        (b"null", "is neither TLE"),
        (b"<ndm><omm>", "the XML is damaged"),
        (b"<omm>" * 50, "nested too deeply"),
        (b'OBJECT_NAME,EPOCH,MEAN_MOTION\n"x', "holds no usable element set: record 1: EPOCH"),
        (b"CCSDS_OMM_VERS = 2.0", "holds no usable element set: record 1: EPOCH"),
        (b"1 48274U 21035A   26279.66863779", "is neither|holds no usable"),
    ],
)
def test_read_elements_without_any_set_raises_one_line(content: bytes, says: str) -> None:
    with pytest.raises(ElementsError, match=says) as caught:
        read_elements(content)
    assert "\n" not in str(caught.value)


def test_read_elements_xml_entities_are_refused() -> None:
    laughs = (
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><ndm><omm><EPOCH>&b;</EPOCH></omm></ndm>'
    )
    outside = (
        '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><ndm><omm><OBJECT_NAME>&a;</OBJECT_NAME></omm></ndm>'
    )
    for text in (laughs, outside):
        with pytest.raises(ElementsError, match="declares a document type"):
            read_elements(text)
        with pytest.raises(ElementsError, match="declares a document type"):
            read_elements(text.encode("utf-16"))


def test_read_elements_file_over_the_limit_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LARGEST_BYTES", 1000)
    path = tmp_path / "large.tle"
    path.write_bytes(STATIONS)
    for source in (path, STATIONS, STATIONS.decode()):
        with pytest.raises(ElementsError, match="is larger than"):
            read_elements(source)


@needs_endless_device
def test_read_elements_endless_device_stops_at_the_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LARGEST_BYTES", 1000)
    with pytest.raises(ElementsError, match="is larger than"):
        read_elements(Path("/dev/zero"))


def test_read_elements_missing_file_or_folder_raises(tmp_path: Path) -> None:
    with pytest.raises(ElementsError, match=r"gone\.tle cannot be read: No such file"):
        read_elements(tmp_path / "gone.tle")
    with pytest.raises(ElementsError, match="cannot be read"):
        read_elements(tmp_path)


def test_read_elements_name_keeps_letters_and_loses_control_characters() -> None:
    record = {**RECORDS[0], "OBJECT_NAME": "天和 \u202e\x07核心舱"}
    assert read_elements(json.dumps(record)).sets[0].name == "天和 核心舱"
    lines = STATIONS.decode().splitlines()
    text = "\n".join(["天和", lines[7], lines[8]])
    assert read_elements(text.encode()).sets[0].name == "天和"
    assert read_elements(text.encode("gb18030")).sets[0].norad_id == 48274


def test_orbit_from_file_of_several_objects_is_the_stations(tmp_path: Path) -> None:
    path = tmp_path / "stations.tle"
    path.write_bytes(STATIONS)
    chosen = orbit_from_files((path,))
    orbit, problems = chosen.orbit, chosen.messages
    assert isinstance(orbit, ElementHistory)
    assert {s.norad_id for s in orbit.sets} == {48274}
    assert problems == ()
    with pytest.raises(ElementsError, match=r"holds no object “99999”; it holds 25544 ISS \(ZARYA\),"):
        orbit_from_files((path,), "99999")


def test_orbit_from_file_of_one_object_is_that_objects(tmp_path: Path) -> None:
    path = tmp_path / "iss.tle"
    path.write_bytes(b"\r\n".join(STATIONS.splitlines()[:3]))
    assert orbit_from_files((path,)).orbit.elements(1.78e9).norad_id == 25544


def test_orbit_from_file_of_an_ephemeris_is_an_oem_orbit(tmp_path: Path) -> None:
    path = tmp_path / "css.oem"
    path.write_bytes(EPHEMERIS)
    assert isinstance(orbit_from_files((path,)).orbit, OemOrbit)


@given(st.data())
@settings(max_examples=4 * settings().max_examples)
def test_read_elements_mutated_file_gives_sets_or_an_elements_error(data: st.DataObject) -> None:
    content = bytearray(FILES[data.draw(st.sampled_from(sorted(FILES)))])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        match data.draw(st.sampled_from(["byte", "cut", "drop", "double", "insert"])):
            case "byte" if content:
                content[at] = data.draw(st.integers(0, 255))
            case "cut":
                del content[at:]
            case "drop":
                del content[at : at + data.draw(st.integers(1, 200))]
            case "double":
                content[at:at] = content[at : at + data.draw(st.integers(1, 2000))]
            case _:
                content[at:at] = data.draw(
                    st.binary(max_size=20)
                    | st.sampled_from(
                        [b"&lol;", b"<!ENTITY", b"\xff\xfe", b"1e999", b"-", b"NaN", b"{", b'"', b"\r", b"="]
                    )
                )
    with contextlib.suppress(ElementsError):
        read_elements(bytes(content))


@given(st.binary(max_size=400))
def test_read_elements_any_bytes_give_sets_or_an_elements_error(content: bytes) -> None:
    with contextlib.suppress(ElementsError):
        read_elements(content)


@pytest.mark.validation
@pytest.mark.parametrize(
    "content",
    [
        b"\n" * 4_000_000,
        b" " * 4_000_000 + b"x",
        b"1 " * 2_000_000,
        (b"1 48274" + b" " * 62 + b"\n") * 30_000,
        b"=" * 4_000_000,
        b"EPOCH=1\n" * 200_000,
        b"EPOCH,MEAN_MOTION\n" + b"," * 2_000_000,
        b"<ndm>" + b"<omm><A>" + b"x" * 3_000_000,
        b"CCSDS_OEM_VERS = 2.0\n" + b"COMMENT\n" * 300_000,
    ],
    ids=["lines", "blanks", "ones", "halves", "equals", "records", "columns", "text", "comments"],
)
def test_read_elements_large_invalid_file_takes_seconds_at_most(content: bytes) -> None:
    began_s = time.thread_time()  # processor time: other programs do not count
    with pytest.raises(ElementsError):
        read_elements(content)
    assert time.thread_time() - began_s < 10.0


def test_read_elements_perigee_below_ground_is_refused_and_named() -> None:
    station = ["1 48274U 21035A   26234.46683157  .00014340  00000+0  18184-3 0  9999",
               "2 48274  41.4688 279.6646 0001556 255.0784 104.9883 15.59157790303510"]  # fmt: skip
    buried = station[1].replace("0001556", "0800000")
    buried = buried[:68] + str(sum(int(c) if c.isdigit() else c == "-" for c in buried[:68]) % 10)
    with pytest.raises(ElementsError, match="perigee lies 1[0-9]{2} km below the ground"):  # noqa: RUF043
        read_elements("\n".join([station[0], buried]))
    both = read_elements("\n".join([*station, station[0].replace("26234", "26235")[:68] + "0", buried]))
    assert len(both.sets) == 1
    assert any("below the ground" in problem for problem in both.problems)
