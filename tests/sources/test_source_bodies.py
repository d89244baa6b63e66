"""Every parser on recorded responses, and on the error texts that services send."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from sim.constants import CSS_NORAD_ID
from sim.errors import ElementsError, SourceError
from sim.orbit.elements import of_object
from sim.orbit.supplemental import PIECE_S
from sim.sources.providers import celestrak, cmsa, launch_library, people_in_space, tle_api
from sim.sources.responses import SourceResponseError
from sim.time import parse_instant
from tests.support.loopback_server import (
    BODIES,
    EPHEMERIS_NAME,
    NOT_UPDATED,
    SPACEWALKS,
    body,
    ephemeris_archive,
    expeditions,
    stations,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.elements import ElementSet

GP = body("celestrak_gp_omm_records.json")


# CelesTrak


def test_celestrak_parse_recorded_body_keeps_every_digit() -> None:
    sets = celestrak.parse(GP)
    assert [s.norad_id for s in sets] == [48274] * 3 + [25544] * 3 + [100057]
    newest = of_object(sets, CSS_NORAD_ID)[-1]
    assert newest.epoch_unix_s == pytest.approx(parse_instant("2026-07-17T12:32:16Z") + 0.126368, abs=1e-6)
    assert (newest.mean_motion_rev_day, newest.eccentricity, newest.bstar) == (15.58143309, 0.0001921, 1.8813e-05)
    assert (newest.name, newest.international_designator, newest.revolution) == ("CSS (TIANHE)", "2021-035A", 29790)
    assert newest.source == "CelesTrak GP"


def test_celestrak_parse_six_digit_number() -> None:
    assert celestrak.parse(GP)[-1].name == "SOYUZ-MS 29"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (NOT_UPDATED, "newest"),
        (b"No GP data found", "refused"),
        (b"No SupGP data found", "refused"),
        (b'Invalid query: "GROUP=swarm&FORMAT=json" (GROUP=swarm not found)', "refused"),
    ],
)
def test_celestrak_parse_prose_gives_its_outcome(said: bytes, outcome: str) -> None:
    with pytest.raises(SourceResponseError) as caught:
        celestrak.parse(said)
    assert caught.value.outcome == outcome


def test_celestrak_parse_skips_bad_records() -> None:
    records = json.loads(GP)
    records[0]["ECCENTRICITY"] = "much"
    records[1] = "a text"
    assert len(celestrak.parse(json.dumps(records).encode())) == len(records) - 2


@pytest.mark.parametrize("broken", [b"[]", b'[{"NORAD_CAT_ID": 48274}]'])
def test_celestrak_parse_without_usable_record_raises(broken: bytes) -> None:
    with pytest.raises(ElementsError, match="no element set can be used"):
        celestrak.parse(broken)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2026-05-30", ["CSS (WENTIAN)", "CSS (MENGTIAN)", "TIANZHOU-10", "SHENZHOU-23 (SZ-23)"]),
        ("2026-08-22", ["CSS (WENTIAN)", "CSS (MENGTIAN)", "TIANZHOU-10", "SHENZHOU-23 (SZ-23)"]),
    ],
)
def test_flying_with_finds_docked_ships_only(day: str, names: list[str]) -> None:
    group = stations(day)
    station = of_object(group, CSS_NORAD_ID)[-1]
    assert "SZ-21 MODULE" in [s.name for s in group]
    assert [s.name for s in celestrak.flying_with(station, group)] == names


def test_piece_at_gives_the_piece_that_covers_the_instant() -> None:
    station = of_object(stations(), CSS_NORAD_ID)[-1]
    pieces = [_at(station, station.epoch_unix_s + n * PIECE_S) for n in range(4)]
    assert celestrak.piece_at(pieces, station.epoch_unix_s + 1.5 * PIECE_S) is pieces[1]
    assert celestrak.piece_at(pieces, pieces[2].epoch_unix_s) is pieces[2]
    assert celestrak.piece_at(pieces, station.epoch_unix_s - 1.0) is None
    assert celestrak.piece_at(pieces, station.epoch_unix_s + 4 * PIECE_S) is None


def _at(element_set: ElementSet, epoch_unix_s: float) -> ElementSet:
    return msgspec.structs.replace(element_set, epoch_unix_s=epoch_unix_s)


# TLE API


def test_tle_api_parse_collection_gives_celestraks_orbit() -> None:
    sets = tle_api.parse(body("tle_api_collection_2026-05-30.json"))
    assert [s.norad_id for s in sets] == [25544, 48274, 53239]
    ours = of_object(stations("2026-05-30"), CSS_NORAD_ID)[-1]
    assert sets[1].epoch_unix_s == pytest.approx(ours.epoch_unix_s, abs=1e-3)
    assert sets[1].mean_motion_rev_day == ours.mean_motion_rev_day


def test_tle_api_parse_single_record() -> None:
    record = json.loads(body("tle_api_collection_2026-05-30.json"))["member"][1]
    assert tle_api.parse(json.dumps(record).encode())[0].norad_id == CSS_NORAD_ID


@pytest.mark.parametrize(("key", "value"), [("line2", None), ("satelliteId", 25544), ("line1", "1 48274U")])
def test_tle_api_parse_inconsistent_record_raises(key: str, value: object) -> None:
    record = json.loads(body("tle_api_collection_2026-05-30.json"))["member"][1]
    with pytest.raises(ElementsError):
        tle_api.parse(json.dumps({**record, key: value}).encode())


# People


def test_people_in_space_parse_gives_the_crew() -> None:
    news = people_in_space.parse(body("corquaid_people-in-space_2026-04-28.json"), 123.0)
    assert news.names == ("Zhang Lu", "Wu Fei", "Zhang Hongzhang")
    assert (news.count, news.fetched_unix_s, news.source) == (3, 123.0, "People in space")


def test_people_in_space_parse_list_without_station_raises() -> None:
    with pytest.raises(SourceError, match="names nobody"):
        people_in_space.parse(body("open_notify_astros_frozen_2024.json"), 0.0)


# Launch Library


def test_launch_library_parse_gives_each_person_once() -> None:
    news = launch_library.parse(expeditions("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying"), 5.0)
    assert news.names == ("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying")


@pytest.mark.parametrize("answer", [expeditions("A", station=4), expeditions(), b'{"results": []}'])
def test_launch_library_parse_empty_crew_raises(answer: bytes) -> None:
    with pytest.raises(SourceError, match="names nobody"):
        launch_library.parse(answer, 0.0)


def test_launch_library_docked_count_of_the_short_form_is_not_known() -> None:
    assert launch_library.docked_count(body("ll2_2.3.0_space_stations_18_normal_2025-08.json")) is None


def test_launch_library_docked_count_counts_ships_at_ports() -> None:
    record = json.loads(body("ll2_2.3.0_space_stations_18_normal_2025-08.json"))
    record["docking_location"] = [
        {"id": 1, "name": "Tianhe Nadir", "currently_docked": {"docking": "2026-05-24T21:45:00Z"}},
        {"id": 2, "name": "Tianhe Forward", "currently_docked": None},
        {"id": 3, "name": "Tianhe Aft", "currently_docked": {"docking": "soon", "flight_vehicle_chaser": None}},
    ]
    assert launch_library.docked_count(json.dumps(record).encode()) == 2


def test_launch_library_docked_count_of_another_station_raises() -> None:
    with pytest.raises(SourceError, match="another station"):
        launch_library.docked_count(b'{"id": 4}')


def test_launch_library_spacewalk_count_is_of_the_station_only() -> None:
    assert launch_library.spacewalk_count(SPACEWALKS) == 1


@pytest.mark.parametrize(
    ("parse", "many"),
    [
        (celestrak.parse, b"[" + b"{}," * 2000 + b"{}]"),
        (launch_library.spacewalk_count, b'{"results": [' + b"{}," * 2000 + b"{}]}"),
        (lambda answer: people_in_space.parse(answer, 0.0), b'{"people": [' + b"{}," * 200 + b"{}]}"),
    ],
)
def test_parse_of_more_records_than_a_service_has_raises(parse: Callable[[bytes], object], many: bytes) -> None:
    with pytest.raises(SourceError, match="of length <= "):
        parse(many)


# The operator's page and archive

PAGE_URL = "https://www.cmse.gov.cn/gfgg/zgkjzgdcs/"


def test_cmsa_parse_page_gives_the_link() -> None:
    found = cmsa.parse_page(body("cmse_orbit_page_2026-08-21.excerpt.html"), PAGE_URL)
    assert found == PAGE_URL + "202608/W020260821367431140778.zip"


@pytest.mark.parametrize(
    "link",
    [
        "http://www.cmse.gov.cn/gfgg/zgkjzgdcs/x.zip",
        "https://elsewhere.example/gfgg/zgkjzgdcs/x.zip",
        "//elsewhere.example/x.zip",
        "../x.zip",
        "./a/../../../etc/x.zip",
        "/x.zip",
        "https://www.cmse.gov.cn:8443/gfgg/zgkjzgdcs/x.zip",
        "https://user@www.cmse.gov.cn/gfgg/zgkjzgdcs/x.zip",
        "%2e%2e/x.zip",
        "..\\x.zip",
        "https://[x.zip",
    ],
)
def test_cmsa_parse_page_foreign_link_raises(link: str) -> None:
    with pytest.raises(SourceError, match=r"somewhere else|invalid URL"):
        cmsa.parse_page(f'<a href="{link}">f</a>'.encode(), PAGE_URL)


def test_cmsa_parse_page_without_link_raises() -> None:
    with pytest.raises(SourceError, match="does not link an ephemeris"):
        cmsa.parse_page(b"<html>" + b"<a href=" * 20000, PAGE_URL)


def test_cmsa_parse_archive_gives_the_file() -> None:
    found = cmsa.parse(ephemeris_archive())
    assert found.name == EPHEMERIS_NAME
    assert found.text == body("CSS_OEM_20260821004850_0001.excerpt.dat")


OEM = (BODIES / "CSS_OEM_20260821004850_0001.excerpt.dat").read_bytes()


@pytest.mark.parametrize(
    ("archive", "reason"),
    [
        (b"", "cannot be read"),
        (b"PK\x03\x04 no archive", "cannot be read"),
        (zipped(("readme.txt", b"hello")), "0 ephemerides"),
        (zipped(("a.dat", OEM), ("b.dat", OEM)), "2 ephemerides"),
        (zipped(("../../.bashrc.dat", OEM)), "names a file"),
        (zipped(("/etc/x.dat", OEM)), "names a file"),
        (zipped(("C:\\x.dat", OEM)), "names a file"),
        (zipped(("a.dat", b"no ephemeris")), "does not hold an orbit ephemeris"),
        (zipped(("a.dat", bytes(cmsa.LARGEST_EPHEMERIS_BYTES + 1))), "unpacks to"),
        (zipped(*[(f"{n}.txt", b"") for n in range(5)], ("a.dat", OEM)), "6 files"),
    ],
    ids=[
        "empty",
        "not-zip",
        "no-dat",
        "two",
        "parent-folder",
        "absolute",
        "drive",
        "not-oem",
        "too-large",
        "many-files",
    ],
)
def test_cmsa_parse_hostile_archive_raises(archive: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        cmsa.parse(archive)


def test_cmsa_parse_archive_with_false_size_raises() -> None:
    honest = zipped(("a.dat", bytes(cmsa.LARGEST_EPHEMERIS_BYTES + 1_000_000)))
    size = (cmsa.LARGEST_EPHEMERIS_BYTES + 1_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    with pytest.raises(SourceError):
        cmsa.parse(honest.replace(size, (1000).to_bytes(4, "little")))


def test_cmsa_parse_encrypted_archive_raises() -> None:
    archive = bytearray(ephemeris_archive())
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SourceError, match="encrypted"):
        cmsa.parse(bytes(archive))
