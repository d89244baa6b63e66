"""Answers that services should not give: by transport, by status, by content, for every source."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from sim.constants import CSS_NORAD_ID
from sim.sources.providers import cmsa
from sim.sources.registry import (
    CELESTRAK_GP,
    CELESTRAK_SUPPLEMENTAL,
    CMSA,
    LAUNCH_LIBRARY,
    PEOPLE,
    SOURCES,
    TLE_API,
)
from tests.support.loopback_server import (
    EPHEMERIS_NAME,
    NOT_UPDATED,
    NOW,
    Reply,
    body,
    ephemeris_archive,
    omm,
    stations,
    zipped,
)
from tests.support.refresh_run import NEW

if TYPE_CHECKING:
    from sim.sources.registry import Source

PATHS = {
    CELESTRAK_GP: "/celestrak-gp/",
    CELESTRAK_SUPPLEMENTAL: "/celestrak-supgp/",
    TLE_API: "/tle-api/",
    CMSA: "/cmsa/",
    LAUNCH_LIBRARY: "/launch-library/expeditions/",
    PEOPLE: "/people/",
}


class Answer(NamedTuple):
    """One row of the table.

    Attributes:
        name: Of the test.
        source: Who answers.
        path: Which of its paths.
        reply: What it answers.
        outcome: What is made of it.
        reason: A regular expression that stands in the message.
    """

    name: str
    source: Source
    path: str
    reply: Reply
    outcome: str
    reason: str


def ok(data: bytes) -> Reply:
    return Reply(data)


TRANSPORT: tuple[tuple[str, Reply, str, str], ...] = (
    ("status 400", Reply(b"no", 400), "refused", "400"),
    ("status 403", Reply(b"no", 403), "refused", "403"),
    ("status 404", Reply(b"no", 404), "refused", "404"),
    ("status 410", Reply(b"no", 410), "refused", "410"),
    ("status 418 with controls", Reply(b"\x1b[2J\xe2\x80\xaeno", 418), "refused", "418"),
    ("redirect", Reply(b"", 302, {"Location": "http://127.0.0.1:1/"}), "refused", "302"),
    ("throttled", Reply(b"", 429, {"Retry-After": "90"}), "throttled", "too many requests"),
    ("throttled for ever", Reply(b"", 429, {"Retry-After": "9" * 5000}), "throttled", "too many requests"),
    ("status 500", Reply(b"boom", 500), "failed", "500"),
    ("status 503", Reply(b"", 503, {"Retry-After": "120"}), "failed", "503"),
    ("nothing", Reply(raw=b""), "failed", "."),
    ("another protocol", Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n"), "failed", "."),
    ("negative length", Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n[]"), "failed", "."),
    ("two lengths", Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]"), "failed", "."),
    ("bad chunk", Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]"), "failed", "."),
    ("long header", Reply(raw=b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n"), "failed", "."),
    ("broken off", Reply(b"[1, 2", length="5000"), "failed", "."),
    ("announced too large", Reply(b"[]", length="99000000"), "garbled", "larger than"),
    ("compressed", Reply(gzip.compress(bytes(1000)), headers={"Content-Encoding": "gzip"}), "garbled", "compressed"),
)
"""For every source alike."""

CONTENT: tuple[tuple[str, bytes], ...] = (
    ("empty", b""),
    ("blank", b" \r\n\t"),
    ("log-in page", b"<html><title>Welcome to Airport WiFi</title>"),
    ("null", b"null"),
    ("number", b"1e999"),
    ("text", b'"words"'),
    ("list of null", b"[null]"),
    ("object of null", b'{"results": null, "people": null, "member": null}'),
    ("nested", b"[" * 20_000),
    ("not a number", b'{"a": NaN}'),
    ("not UTF-8", b"\xff\xfe\x00garbage"),
    ("nothing but zeros", bytes(500)),
    ("controls", b"\x1b[2J\x1b]0;evil\x07"),
)
"""With status 200, for every source alike: nothing that can be used."""


def _by_source() -> list[Answer]:
    rows = []
    for source in SOURCES:
        for name, reply, outcome, reason in TRANSPORT:
            rows.append(Answer(f"{source.key}: {name}", source, PATHS[source], reply, outcome, reason))
        for name, data in CONTENT:
            rows.append(Answer(f"{source.key}: {name}", source, PATHS[source], ok(data), "garbled", "set aside"))
    return rows


STATE = rb"(\S+\.\d{9} +)(\S+\.\d{9} +)(\S+\.\d{9} +)(\S+ +)(\S+ +)(\S+)"
OTHERS = [one for one in stations() if one.norad_id != CSS_NORAD_ID]


def spoilt(**changes: Any) -> bytes:
    """The group with one value of the station's set changed."""
    return omm([msgspec.structs.replace(NEW, **changes), *OTHERS])


OEM = body("CSS_OEM_20260821004850_0001.excerpt.dat")
ARCHIVE = "/cmsa/202608/"


def _own() -> list[Answer]:
    """What only one of them can say."""
    gp, supplemental = CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL
    first, second = PATHS[gp], PATHS[supplemental]
    return [
        Answer("not updated", gp, first, ok(NOT_UPDATED), "newest", "nothing newer"),
        Answer("no data", gp, first, ok(b"No GP data found"), "refused", "No GP data"),
        Answer("invalid query", gp, first, ok(b'Invalid query: "GROUP=x"'), "refused", "Invalid query"),
        Answer("no supplemental data", supplemental, second, ok(b"No SupGP data found"), "refused", "No Sup"),
        Answer("set cut off", gp, first, ok(omm([NEW])[:-1]), "garbled", "truncated"),
        Answer("forecast cut off", supplemental, second, ok(omm([NEW])[:-9]), "garbled", "truncated"),
        *(
            Answer(name, gp, first, ok(data), "garbled", reason)
            for name, data, reason in (
                ("no station", omm(OTHERS), "not the station"),
                ("other inclination", spoilt(inclination_deg=51.6), "inclination of 51.6"),
                ("too high", spoilt(mean_motion_rev_day=15.0), "mean altitude"),
                ("too low", spoilt(mean_motion_rev_day=16.2), "mean altitude"),
                ("days ahead", spoilt(epoch_unix_s=NOW + 3 * 86400.0), "epoch"),
                ("before the launch", spoilt(epoch_unix_s=1.5e9), "epoch"),
                ("other plane", spoilt(raan_deg=(NEW.raan_deg + 40.0) % 360.0), "orbital plane"),
                ("object instead of a list", b"{}", "Expected `array`"),
                ("number that is none", omm(stations()).replace(b"48274", b"NaN"), "malformed"),
            )
        ),
        Answer("list of people elsewhere", PEOPLE, PATHS[PEOPLE], ok(body("open_notify_astros_frozen_2024.json")),
               "garbled", "names nobody"),
        Answer("page without link", CMSA, PATHS[CMSA], ok(b"<html><a href='x.txt'>"), "garbled", "does not link"),
        Answer("link elsewhere", CMSA, PATHS[CMSA], ok(b'<a href="https://e.example/x.zip">'), "garbled", "else"),
        Answer("no archive", CMSA, ARCHIVE, ok(b"PK\x03\x04 no archive"), "garbled", "cannot be read"),
        Answer("archive cut off", CMSA, ARCHIVE, ok(ephemeris_archive()[:-30]), "garbled", "cannot be read"),
        Answer("archive without ephemeris", CMSA, ARCHIVE, ok(zipped(("a.txt", b"x"))), "garbled", "0 ephemerides"),
        Answer("two ephemerides", CMSA, ARCHIVE, ok(zipped(("a.dat", OEM), ("b.dat", OEM))), "garbled", "2 ephem"),
        Answer("name that leaves the folder", CMSA, ARCHIVE, ok(zipped(("../../a.dat", OEM))), "garbled", "names a"),
        Answer("name of the root", CMSA, ARCHIVE, ok(zipped(("/etc/x.dat", OEM))), "garbled", "names a"),
        Answer("name of a drive", CMSA, ARCHIVE, ok(zipped(("C:\\x.dat", OEM))), "garbled", "names a"),
        Answer("not an ephemeris", CMSA, ARCHIVE, ok(zipped(("a.dat", b"x"))), "garbled", "does not hold"),
        Answer("unpacks too large", CMSA, ARCHIVE, ok(zipped(("a.dat", bytes(cmsa.LARGEST_EPHEMERIS_BYTES + 1)))),
               "garbled", "unpacks to"),
        Answer("other frame", CMSA, ARCHIVE, ok(zipped((EPHEMERIS_NAME, OEM.replace(b"EME2000", b"MARS")))),
               "garbled", "MARS"),
        Answer("old ephemeris", CMSA, ARCHIVE, ok(zipped((EPHEMERIS_NAME, OEM.replace(b"2026-08-2", b"2024-08-2")))),
               "garbled", "ends at 2024"),
        Answer("place that does not fit", CMSA, ARCHIVE,
               ok(zipped((EPHEMERIS_NAME, OEM.replace(b"-4255.760879945", b"-9255.760879945")))),
               "garbled", "does not fit"),
        Answer("axes exchanged", CMSA, ARCHIVE,
               ok(zipped((EPHEMERIS_NAME, re.sub(STATE, rb"\1\3\2\4\6 \5", OEM)))), "garbled", "inclination"),
        Answer("ephemeris cut off", CMSA, ARCHIVE, ok(zipped((EPHEMERIS_NAME, OEM[:400]))), "garbled", "columns"),
    ]  # fmt: skip


ANSWERS = (*_by_source(), *_own())
