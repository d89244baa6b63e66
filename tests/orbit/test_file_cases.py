"""Files as people meet them: what each gives, and how it is named where it gives nothing."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import math
import tarfile
import zipfile
from pathlib import Path

import pytest

from sim.errors import ElementsError
from sim.orbit.files import contents
from sim.orbit.files.element_files import read_elements
from sim.orbit.files.object_choice import orbit_from_files
from sim.orbit.space_object import SpaceObject
from sim.time import parse_instant
from tests.support.orbits import LINES

CASES = Path(__file__).parents[1] / "data" / "cases"
AT = parse_instant("2026-08-22T16:01:00Z")
ONE, TWO = LINES["station"]
ISS = LINES["ISS"]
EXPECTED = read_elements(f"{ONE}\n{TWO}").sets[0]

READ = {
    "c01-nochecksum.tle": ("TLE", "the element set has lines without a checksum: nothing guards their digits"),
    "c02-indented.tle": ("TLE", ""),
    "c14-css.tle.gz": ("TLE", ""),
    "c14b-css.zip": ("TLE", ""),
    "c19-gpredict.sat": ("gpredict", ""),
    "m03-n2yo.json": ("OMM JSON", ""),
    "m04b-upper-tle.json": ("OMM JSON", ""),
    "m05.jsonl": ("OMM JSON", ""),
    "m05b-wrapped.json": ("OMM JSON", ""),
    "m06-theory-tle.xml": ("OMM XML", ""),
    "m07-empty-first.xml": ("OMM XML", "record 1: EPOCH is missing"),
    "m09d-leading-blank.csv": ("OMM CSV", ""),
    "m09e-semicolon.csv": ("OMM CSV", ""),
    "m09h-comment.csv": ("OMM CSV", ""),
}


@pytest.mark.parametrize("name", READ)
def test_read_elements_case_gives_the_station_where_its_lines_put_it(name: str) -> None:
    form, told = READ[name]
    found = read_elements(CASES / name)
    assert (found.form, found.problems) == (form, (told,) if told else ())
    orbit = orbit_from_files((CASES / name,)).orbit
    reference = orbit_from_files((CASES / "c02-indented.tle",)).orbit
    assert math.dist(orbit.state(AT).position_teme_km, reference.state(AT).position_teme_km) < 0.005
    assert found.sets[0].norad_id == 48274
    assert found.sets[0].international_designator == "2021-035A"


def test_read_elements_old_space_track_epoch_counts_its_microseconds() -> None:
    old, same = (read_elements(CASES / name).sets[0] for name in ("m02-old-spacetrack.json", "m02-same.tle"))
    assert old.epoch_unix_s == pytest.approx(same.epoch_unix_s, abs=1e-4)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("c13b-html-lower.tle", r"is a web page, not elements: “403 Forbidden GP data has not updated since"),
        ("c13d-forbidden.json", r"is the answer of a service, not elements: “You've violated your query rate limit\."),
        ("m13-opm.kvn", r"is one state \(OPM\), not elements$"),
    ],
)
def test_read_elements_case_without_elements_is_named_for_what_it_is(name: str, says: str) -> None:
    with pytest.raises(ElementsError, match=f"^{name} {says}"):
        read_elements(CASES / name)


RECORD = {
    "objectName": "CSS", "meanMotion": 15.5915779, "epoch": "2026-08-22T11:12:14.247648", "eccentricity": 0.0001556,
    "inclination": 41.4688, "raOfAscNode": 279.6646, "argOfPericenter": 255.0784, "meanAnomaly": 104.9883,
    "noradCatId": 48274, "bstar": 0.00018184,
}  # fmt: skip
MEAN = {"MEAN_MOTION": 15.5915779, "EPOCH": "2026-08-22T11:12:14.247648", "ECCENTRICITY": 0.0001556,
        "INCLINATION": 41.4688, "RA_OF_ASC_NODE": 279.6646, "ARG_OF_PERICENTER": 255.0784,
        "MEAN_ANOMALY": 104.9883}  # fmt: skip
REST = {"NORAD_CAT_ID": 48274, "BSTAR": 0.00018184}
_PAGE = f"<html><body><pre>\nCSS\n{ONE}\n{TWO}\n</pre></body></html>"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"tle": [ONE, TWO], "name": "CSS"}),
        json.dumps({"tle": ["CSS", ONE, TWO]}),
        json.dumps({"data": {"satellite": {"name": "CSS", "line1": ONE, "line2": TWO}}}),
        json.dumps({"TLE_LINE2": TWO, "TLE_LINE1": ONE, "TLE_LINE0": "0 CSS"}),
        json.dumps({"48274": {"name": "CSS", "tle": f"{ONE}\n{TWO}"}}),
        json.dumps({"results": [{"title": "CSS", "tle": f"CSS\n{ONE}\n{TWO}"}]}),
        json.dumps([["CSS", ONE, TWO]]),
        json.dumps(RECORD),
        json.dumps({"member": [RECORD]}),
        json.dumps({"omm": {"metadata": {"OBJECT_NAME": "CSS"}, "data": {"mean": MEAN, "tleParameters": REST}}}),
        f"name,line1,line2\nCSS,{ONE},{TWO}\n",
        f"name;tle_line1;tle_line2\nCSS;{ONE};{TWO}\n",
        f"name\ttle1\ttle2\nCSS\t{ONE}\t{TWO}\n",
        f"CSS\r{ONE}\r{TWO}\r",
        f"CSS\n\n{ONE}\n\n\n{TWO}",
        f"# from a list\nCSS\n{ONE}\n# the second line\n{TWO}\n",
        f"\tCSS\n\t{ONE}   \n\t{TWO}\t\n",
        f"\ufeff0 CSS\n{ONE}\n{TWO}",
        f"CSS\n\xa0\xa0{ONE}\n\xa0\xa0{TWO}".replace(" ", "\xa0"),
        _PAGE,
    ],
    ids=lambda text: text[:28],
)  # fmt: skip
def test_read_elements_lines_in_any_dress_give_the_set(text: str) -> None:
    (one,) = read_elements(text).sets
    assert (one.norad_id, one.name) == (48274, "CSS")
    assert one.mean_motion_rev_day == EXPECTED.mean_motion_rev_day
    assert one.epoch_unix_s == pytest.approx(EXPECTED.epoch_unix_s, abs=1e-4)


@pytest.mark.parametrize("name", ["1 HOPPER", "1 KUNS-PF", "1 48274 DEBRIS OF SOMETHING QUITE LONG (X)", "2 SISTERS"])
def test_read_elements_name_that_begins_like_a_line_is_a_name(name: str) -> None:
    (one,) = read_elements(f"{name}\n{ONE}\n{TWO}\n").sets
    assert one.name == name


def test_read_elements_csv_with_decimal_commas_is_read() -> None:
    text = (CASES / "m09e-semicolon.csv").read_text()
    head, row = text.splitlines()
    cells = [cell.replace(".", ",") if cell.replace(".", "").isdigit() else cell for cell in row.split(";")]
    (one,) = read_elements(f"sep=;\n{head}\n{';'.join(cells)}\n").sets
    assert one.mean_motion_rev_day == 15.5915779


def test_read_elements_json_lines_with_a_damaged_line_gives_the_others() -> None:
    text = (CASES / "m05.jsonl").read_text() + '{"OBJECT_NAME": "CSS", "EPO'
    found = read_elements(text)
    assert len(found.sets) == 2
    assert found.problems == ("record 3: EPOCH is missing",)


def test_read_elements_utf16_without_a_mark_is_decoded() -> None:
    for code in ("utf-16-le", "utf-16-be", "utf-32"):
        assert read_elements(f"CSS\n{ONE}\n{TWO}\n".encode(code)).sets[0].norad_id == 48274


# ── packed ─────────────────────────────────────────────────────────────────────────────────────────


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


TEXT = f"CSS\n{ONE}\n{TWO}\n".encode()
OTHER = ("ISS\n" + "\n".join(ISS) + "\n").encode()


def test_read_elements_zip_of_several_files_gives_all_and_names_what_is_none() -> None:
    found = read_elements(zipped(a=TEXT, b=OTHER, c=b"<html>no</html>"), name="sets.zip")
    assert [one.norad_id for one in found.sets] == [48274, 25544]
    assert found.problems == ("sets.zip/c is a web page, not elements: “no”",)
    assert read_elements(bz2.compress(TEXT)).sets[0].norad_id == 48274


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(TEXT)[:-12], "is a damaged gzip file"),
        (gzip.compress(gzip.compress(TEXT)), "is packed twice"),
        (zipped(a=gzip.compress(TEXT)), "holds a packed file"),
        (zipped(), "is an empty archive"),
        (zipped(a=TEXT)[:-30], "is a damaged or locked zip file"),
        (zipped(**{f"f{n}": TEXT for n in range(201)}), "holds 201 files, more than 200"),
        (gzip.compress(b""), "is empty"),
    ],
    # bytes as names of tests would differ between workers: gzip writes the time into its header
    ids=["damaged", "twice", "nested", "empty-archive", "locked", "too-many", "empty"],
)
def test_read_elements_packed_file_that_cannot_be_used_says_why(data: bytes, says: str) -> None:
    with pytest.raises(ElementsError, match=says):
        read_elements(data, name="f")


def test_read_elements_bomb_stops_at_the_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LARGEST_BYTES", 2_000_000)
    for data in (
        gzip.compress(b" " * 4_000_000),
        bz2.compress(b" " * 4_000_000),
        zipped(a=b" " * 1_500_000, b=b" " * 1_500_000),
    ):
        assert len(data) < 20_000
        with pytest.raises(ElementsError, match="unpacked, is larger than"):
            read_elements(data, name="f")


# ── what is none ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#cP2026  8 22  0  0  0.00000000      96 ORBIT IGS14", r"\(SP3\), not elements"),
        ("stk.v.11.0\nBEGIN Ephemeris\n", "an ephemeris of STK, not elements"),
        ("H1 CPF  2  NSG 2026  8 22", "predictions for laser ranging"),
        ("CCSDS_CDM_VERS = 1.0\n", "a conjunction of two objects"),
        ('<?xml version="1.0"?><ndm><opm id="CCSDS_OPM_VERS"></opm></ndm>', "one state \\(OPM\\)"),
        ('<?xml version="1.0"?><kml><Placemark/></kml>', "a map"),
        ("<!DOCTYPE html><html><script>x<y</script><p>Sign &amp; in</p>", "a web page, not elements: “Sign & in”"),
        ("No GP data found", "it begins with “No GP data found”"),
        ("Invalid query: \x1b[31mINTDES=9\n", "it begins with “Invalid query: \\[31mINTDES=9”"),
        ('{"message": "Not Found", "documentation_url": "x"}', "answer of a service, not elements: “Not Found”"),
        ('[{"error": {"description": "You must be logged in"}}]', "“You must be logged in”"),
        ('"Too many requests"', "“Too many requests”"),
        ("%PDF-1.7", "a PDF document"),
    ],
)  # fmt: skip
def test_read_elements_of_something_else_names_it(text: str, says: str) -> None:
    with pytest.raises(ElementsError, match=says) as caught:
        read_elements(text, name="f")
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


# ── which object ───────────────────────────────────────────────────────────────────────────────────

TWO_OBJECTS = CASES / "c16-iss-and-noaa.tle"


def test_orbit_from_files_without_the_station_lists_the_objects() -> None:
    with pytest.raises(ElementsError, match=r"holds 2 objects, choose one with --object: 25544 ISS \(ZARYA\), 33591"):
        orbit_from_files((TWO_OBJECTS,))


@pytest.mark.parametrize(
    ("wanted", "number"),
    [("25544", 25544), ("iss", 25544), ("ISS (ZARYA)", 25544), ("zarya", 25544), ("1998-067A", 25544),
     ("98067A", 25544), ("noaa 19", 33591), ("NOAA", 33591), (" 33591 ", 33591)],
)  # fmt: skip
def test_orbit_from_files_object_is_found_by_number_designator_or_name(wanted: str, number: int) -> None:
    chosen = orbit_from_files((TWO_OBJECTS,), wanted)
    assert chosen.about.norad_id == number
    assert [one.norad_id for one in chosen.objects] == [25544, 33591]


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("99999", "holds no object “99999”; it holds 25544"),
        ("noa19", "near to it: 33591 NOAA 19"),
        ("", "no object “”"),
    ],
)
def test_orbit_from_files_object_that_is_not_there_names_what_is(wanted: str, says: str) -> None:
    with pytest.raises(ElementsError, match=says):
        orbit_from_files((TWO_OBJECTS,), wanted)


def test_orbit_from_files_several_files_are_one_history(tmp_path: Path) -> None:
    later = tmp_path / "later.jsonl"
    later.write_text((CASES / "m05.jsonl").read_text().splitlines()[1])
    orbit = orbit_from_files((CASES / "c02-indented.tle", later)).orbit
    assert orbit.provenance(AT - 30 * 3600.0).epoch_unix_s < orbit.provenance(AT).epoch_unix_s


def test_orbit_from_files_of_a_folder_are_its_files(tmp_path: Path) -> None:
    for number, line in enumerate((CASES / "m05.jsonl").read_text().splitlines()):
        (tmp_path / f"{number}.json").write_text(line)
    (tmp_path / "notes.txt").write_text("bring an umbrella")
    chosen = orbit_from_files((tmp_path,))
    assert chosen.orbit.provenance(AT - 30 * 3600.0).epoch_unix_s < chosen.orbit.provenance(AT).epoch_unix_s
    assert len(chosen.messages) == 1
    assert chosen.messages[0].startswith("notes.txt is neither TLE")
    (tmp_path / "none").mkdir()
    with pytest.raises(ElementsError, match="none is an empty folder"):
        orbit_from_files((tmp_path / "none",))


def test_orbit_from_files_sets_and_an_ephemeris_of_one_object_are_one_orbit() -> None:
    orbit = orbit_from_files((CASES / "c16c-iss.tle", CASES / "o15-iss.oem")).orbit
    assert orbit.provenance(AT).kind == "oem"
    assert orbit.provenance(AT + 7 * 86400.0).kind == "sgp4"
    assert orbit.elements(AT).norad_id == 25544


def test_orbit_from_files_of_an_ephemeris_with_a_catalogue_number_is_that_object(tmp_path: Path) -> None:
    path = tmp_path / "one.oem"
    path.write_text((CASES / "o15-iss.oem").read_text().replace("1998-067-A", "25544").replace("= ISS", "= ALPHA"))
    chosen = orbit_from_files((path, CASES / "c16c-iss.tle"))
    assert [one.norad_id for one in chosen.objects] == [25544]
    assert chosen.orbit.provenance(AT).kind == "oem"
    assert orbit_from_files((path,), "alpha").about == SpaceObject("ALPHA", 25544, None)


def test_orbit_from_files_of_the_iss_are_the_iss_in_both_forms() -> None:
    assert orbit_from_files((CASES / "o01-ref.oem",), "css").about.norad_id == 48274
    for name in ("c16c-iss.tle", "o15-iss.oem"):
        about = orbit_from_files((CASES / name,)).about
        assert (about.name.startswith("ISS"), about.norad_id, about.cospar_id) == (True, 25544, "1998-067A")


# ── more of the same kinds ─────────────────────────────────────────────────────────────────────────

RECORD = {
    "OBJECT_NAME": "CSS (TIANHE)", "OBJECT_ID": "2021-035A", "EPOCH": "2026-08-22T11:12:14.247648",
    "MEAN_MOTION": 15.5915779, "ECCENTRICITY": 0.0001556, "INCLINATION": 41.4688, "RA_OF_ASC_NODE": 279.6646,
    "ARG_OF_PERICENTER": 255.0784, "MEAN_ANOMALY": 104.9883, "NORAD_CAT_ID": 48274, "REV_AT_EPOCH": 30351,
    "BSTAR": 0.00018184, "MEAN_MOTION_DOT": 0.0001434, "MEAN_MOTION_DDOT": 0,
}  # fmt: skip
A, B = (CASES / "c02-indented.tle").read_text().split("\n")[1:3]
A, B = A.strip(), B.strip()
KEYS, VALUES = ",".join(RECORD), ",".join(map(str, RECORD.values()))
OTHER_KEYS = {"RA_OF_ASC_NODE": "raan", "ARG_OF_PERICENTER": "arg of perigee", "NORAD_CAT_ID": "norad id"}


def tar_of(text: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in (("._css.tle", b"\0\5"), ("css.tle", text.encode())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


KINDS: dict[str, str | bytes] = {
    "quoted letter": f"> CSS\n> {A}\n> {B}\n",
    "quotes": f'"CSS"\n"{A}"\n"{B}"\n',
    "one row": f"CSS\n{A}{B}\n",
    "one row with a blank": f"{A} {B}",
    "commas": f"CSS,{A},{B}\n",
    "bars": f"CSS | {A} | {B}\n",
    "numbered": f"CSS\n1. {A}\n2. {B}\n",
    "labels": f"TLE1: {A}\nTLE2: {B}\n",
    "assigned": f"line1={A}\nline2={B}\n",
    "printed minus": f"CSS\n{A}\n{B}\n".replace("-", "\u2212"),
    "escaped ends": f"CSS\\n{A}\\n{B}\\n",
    "page of breaks": f"CSS<br>{A}&nbsp;<br>{B}<br>",
    "xml of lines": f"<satellites><satellite><name>CSS</name><l>{A}</l><l>{B}</l></satellite></satellites>",
    "keywords in small letters": "\n".join(f"{key.lower()} = {value}" for key, value in RECORD.items()),
    "yaml": "\n".join(f"{key}: {value}" for key, value in RECORD.items()),
    "quoted values": "\n".join(f'{key} = "{value}"' for key, value in RECORD.items()),
    "other keys": json.dumps({OTHER_KEYS.get(key, key): value for key, value in RECORD.items()}),
    "comma behind the last": json.dumps([RECORD])[:-1] + ",]",
    "offset": json.dumps({**RECORD, "EPOCH": "2026-08-22T19:12:14.247648+08:00"}),
    "title": f"Elements of today\n{KEYS}\n{VALUES}\n",
    "percent": f"% made\n{KEYS}\n{VALUES}\n",
    "slashes": f"// made\n{KEYS}\n// more\n{VALUES}\n",
    "decimal comma in times": f"{KEYS.replace(',', ';')}\n{VALUES.replace(',', ';').replace('.', ',')}\n",
    "xz": lzma.compress(f"CSS\n{A}\n{B}\n".encode()),
    "tar": tar_of(f"CSS\n{A}\n{B}\n"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_read_elements_of_more_kinds_gives_the_station(kind: str) -> None:
    (found,) = read_elements(KINDS[kind], name="file").sets
    assert found.norad_id == 48274
    assert abs(found.epoch_unix_s - EXPECTED_CASE.epoch_unix_s) < 0.001
    assert found.mean_anomaly_deg == pytest.approx(104.9883)
    assert found.raan_deg == pytest.approx(279.6646)
    assert "1" not in found.name


EXPECTED_CASE = read_elements(CASES / "c02-indented.tle").sets[0]


@pytest.mark.parametrize(("mark", "name"), [(b"\x28\xb5\x2f\xfd", "zstd"), (b"\x1f\x9d", "compress"), (b"Rar!", "RAR")])
def test_read_elements_packing_that_is_not_known_is_named(mark: bytes, name: str) -> None:
    with pytest.raises(ElementsError, match=f"is packed with {name}, which is not unpacked here"):
        read_elements(mark + bytes(100), name="file")


def test_read_elements_xz_that_ends_early_or_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lzma.compress(f"CSS\n{A}\n{B}\n".encode() * 100)
    with pytest.raises(ElementsError, match="is a damaged xz file"):
        read_elements(whole[:-30], name="file")
    monkeypatch.setattr(contents, "LARGEST_BYTES", 2_000)
    with pytest.raises(ElementsError, match="unpacked, is larger than"):
        read_elements(whole, name="file")
