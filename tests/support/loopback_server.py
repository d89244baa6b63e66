"""A real HTTP server on this machine that replays recorded bodies and every kind of failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.orbit.tle import parse_tle_text
from sim.sources.registry import SOURCES, Limits, SourceSettings
from sim.time import parse_instant, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from sim.orbit.elements import ElementSet

BODIES = Path(__file__).parents[1] / "data" / "sources"
NOW = parse_instant("2026-08-22T20:00:00Z")
"""A little after the newest recorded body of the station group."""

NOT_UPDATED = (
    b"GP data has not updated since your last successful\r\n"
    b"download of GROUP=stations at 2026-08-22 19:11:36 UTC.\r\nData is updated once every 2 hours.\r\n"
)
QUICK = Limits(total_s=5.0, silence_s=2.0, attempts=2, retry_wait_s=0.01, lock_s=5.0)


def environment() -> dict[str, str]:
    """For a Python of its own that finds the project and these helpers."""
    here = Path(__file__).parent
    return {**os.environ, "PYTHONPATH": str(here.parents[1])}


def python(*arguments: str, timeout_s: float = 60.0) -> str:
    """What another Python process prints; its traceback is the failure."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def body(name: str) -> bytes:
    """A recorded body."""
    return (BODIES / name).read_bytes()


def stations(day: str = "2026-08-22") -> list[ElementSet]:
    """Everything in CelesTrak's group of stations on a day, as recorded."""
    sets, problems = parse_tle_text(body(f"celestrak_gp_stations_{day}.tle").decode(), source="CelesTrak GP")
    assert not problems
    return sets


def omm(sets: Iterable[ElementSet]) -> bytes:
    """Sets in the JSON that CelesTrak answers."""
    records = [
        {
            "OBJECT_NAME": s.name,
            "OBJECT_ID": s.international_designator,
            "EPOCH": to_datetime(s.epoch_unix_s).strftime("%Y-%m-%dT%H:%M:%S.%f"),
            "MEAN_MOTION": s.mean_motion_rev_day,
            "ECCENTRICITY": s.eccentricity,
            "INCLINATION": s.inclination_deg,
            "RA_OF_ASC_NODE": s.raan_deg,
            "ARG_OF_PERICENTER": s.argument_of_perigee_deg,
            "MEAN_ANOMALY": s.mean_anomaly_deg,
            "EPHEMERIS_TYPE": 0,
            "CLASSIFICATION_TYPE": "U",
            "NORAD_CAT_ID": s.norad_id,
            "ELEMENT_SET_NO": 999,
            "REV_AT_EPOCH": s.revolution,
            "BSTAR": s.bstar,
            "MEAN_MOTION_DOT": s.mean_motion_dot,
            "MEAN_MOTION_DDOT": 0,
        }
        for s in sets
    ]
    return json.dumps(records).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    """An archive; the same members give the same bytes, so that a test can be named by them."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


EPHEMERIS_NAME = "CSS_OEM_20260821004850_0001.dat"


def ephemeris_archive() -> bytes:
    """The operator's file, cut down to its first vectors."""
    return zipped((EPHEMERIS_NAME, body("CSS_OEM_20260821004850_0001.excerpt.dat")))


def expeditions(*names: str, expedition: str = "Shenzhou 23", station: int = 18) -> bytes:
    """An answer of the shape that the interface documents; the first person stands twice, as seen in the wild."""
    members = [
        {"role": {"role": "Commander"}, "astronaut": {"id": number, "name": name, "agency": None}}
        for number, name in enumerate(names, start=1)
    ]
    iss = {"id": 1, "name": "Expedition 74", "spacestation": {"id": 4}, "crew": None}
    ours = {"id": 2, "name": expedition, "spacestation": {"id": station, "name": "T"}, "crew": members[:1] + members}
    return json.dumps({"count": 2, "next": "https://elsewhere.example/", "results": [iss, ours]}).encode()


SPACEWALKS = json.dumps(
    {
        "results": [
            {
                "name": "A walk",
                "start": "2026-07-01T05:00:00Z",
                "end": None,
                "duration": "PT6H",
                "crew": [{"astronaut": {"name": "Zhu Yangzhu"}}, {"astronaut": None}],
                "spacestation": {"id": 18},
            },
            {"name": "Elsewhere", "start": "2026-07-02T05:00:00Z", "spacestation": {"id": 4}},
        ]
    }
).encode()


@dataclass
class Reply:
    """What a path answers.

    Attributes:
        raw: Bytes sent as they are instead of an HTTP answer.
        byte_pause_s: Pause after each byte of the body.
        silence_s: Pause before anything is said.
        length: Content-Length to claim; "" for none.
        clock_s: How far the clock of this service is ahead of the others.
    """

    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    byte_pause_s: float = 0.0
    silence_s: float = 0.0
    length: str | None = None
    clock_s: float = 0.0


class Service:
    """The server; `replies` maps the beginning of a path to what it answers, in turn if there are several."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.finished = 0
        """Replies sent to their end: one that takes half a minute and is not among them was not waited for."""
        self.date_offset_s = NOW - time.time()
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with suppress(OSError):
                    service._answer(self)

            def log_message(self, *_args: Any) -> None:
                pass

            clock_s = 0.0

            def date_time_string(self, timestamp: float | None = None) -> str:
                return super().date_time_string((timestamp or time.time()) + service.date_offset_s + self.clock_s)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def on(self, path: str, *replies: Reply | bytes) -> None:
        """What a path answers from now on; the last reply is repeated."""
        self.replies[path] = [Reply(r) if isinstance(r, bytes) else r for r in replies]

    def paths(self, beginning: str = "/") -> list[str]:
        """The paths asked for so far."""
        return [path for path, _ in self.asked if path.startswith(beginning)]

    def settings(self, **changes: Any) -> SourceSettings:
        """All sources at this server, each below its own key."""
        urls = {source.key: f"http://127.0.0.1:{self.port}/{source.key}/" for source in SOURCES}
        return SourceSettings(**{"base_urls": urls, "limits": QUICK, **changes})

    def true_world(self) -> None:
        """Every service in its best health."""
        self.on("/celestrak-gp/", omm(stations()))
        self.on("/celestrak-supgp/", omm(stations()[2:3]))
        self.on("/tle-api/", body("tle_api_collection_2026-05-30.json"))
        self.on("/people/", body("corquaid_people-in-space_2026-04-28.json"))
        self.on("/launch-library/expeditions/", expeditions("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying"))
        self.on("/launch-library/space_stations/18/", body("ll2_2.3.0_space_stations_18_normal_2025-08.json"))
        self.on("/launch-library/spacewalks/", SPACEWALKS)
        self.on("/cmsa/202608/", ephemeris_archive())
        self.on("/cmsa/", body("cmse_orbit_page_2026-08-21.excerpt.html"))

    def _answer(self, handler: Any) -> None:
        with self._lock:
            self.asked.append((handler.path, dict(handler.headers.items())))
            beginnings = [b for b in self.replies if handler.path.startswith(b)]
            queue = self.replies[max(beginnings, key=len)] if beginnings else [Reply(b"No GP data found", 404)]
            reply = queue.pop(0) if len(queue) > 1 else queue[0]
        time.sleep(reply.silence_s)
        if reply.raw is not None:
            handler.wfile.write(reply.raw)
            handler.close_connection = True
            self.finished += 1
            return
        handler.clock_s = reply.clock_s
        handler.send_response(reply.status)
        length = str(len(reply.content)) if reply.length is None else reply.length
        for name, value in {"Content-Length": length, **reply.headers}.items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        if reply.byte_pause_s:
            for start in range(len(reply.content)):
                handler.wfile.write(reply.content[start : start + 1])
                handler.wfile.flush()
                time.sleep(reply.byte_pause_s)
        else:
            handler.wfile.write(reply.content)
        handler.close_connection = True
        self.finished += 1
