"""The table of odd things that may stand in the cache folder: read without an error, and replaced by the next write."""

from __future__ import annotations

import os
import random
import socket
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from sim.constants import HOUR_S
from sim.orbit.composite import CompositeOrbit
from sim.orbit.element_history import ElementHistory
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL
from sim.sources.responses import Download, Outcome
from sim.sources.storage import element_log
from sim.sources.storage.store import DOWNLOADS_NAME, SET_ASIDE_NAME, STATES_NAME, Store
from tests.support.carried_sets import carried
from tests.support.loopback_server import NOW
from tests.support.refresh_run import NEW
from tui.session.loading import load_orbit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOG, DISPUTED = element_log.FILE_NAME, element_log.DISPUTED_NAME
GOOD_COPY = f"{DOWNLOADS_NAME}/{CELESTRAK_GP.key}/20260101T000000.000Z-x.good"
RECORD = element_log.encode(NEW, NOW)
DICE = random.Random(60)
UNIX = sys.platform != "win32"


class Odd(NamedTuple):
    """One row of the table: what is made of a path before the program looks at it."""

    name: str
    path: str
    make: Callable[[Path], object]


def content(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def sparse(size: int) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def folder_with_files(path: Path) -> None:
    path.mkdir()
    (path / "x").write_bytes(b"x")


def bound_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the path itself may be longer than a socket's name may be
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


NODES: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("folder", lambda path: path.mkdir()),
    ("folder with files", folder_with_files),
    *(
        (
            ("pipe", os.mkfifo),
            ("socket", bound_socket),
            ("link to nothing", lambda path: path.symlink_to("nowhere")),
            ("link to itself", lambda path: path.symlink_to(path.name)),
            ("link to a folder", lambda path: path.symlink_to("/")),
            ("link to an endless device", lambda path: path.symlink_to("/dev/zero")),
        )
        if UNIX
        else ()
    ),
)
BYTES: tuple[tuple[str, bytes], ...] = (
    ("empty", b""),
    ("one byte", b"\x00"),
    ("zeros", bytes(4096)),
    ("random bytes", DICE.randbytes(5000)),
    ("archive", b"PK\x03\x04 foreign"),
    ("page", b"<html><body>404</body></html>"),
    ("byte order mark", b"\xef\xbb\xbf{}"),
    ("UTF-16", "{}".encode("utf-16")),
    ("controls", b"\x1b[2J\x07\x00\xff"),
)
STATES: tuple[tuple[str, bytes], ...] = (
    ("list", b"[]"),
    ("null", b"null"),
    ("nested", b"[" * 5000),
    ("sources of a number", b'{"sources": 3}'),
    ("source of a list", b'{"sources": {"celestrak-gp": []}}'),
    ("time of a text", b'{"sources": {"celestrak-gp": {"next_try_unix_s": "x"}}}'),
    ("time beyond all", b'{"sources": {"celestrak-gp": {"next_try_unix_s": 1e999}}}'),
    ("cut off", b'{"sources": {"celestrak-gp": {"next'),
    ("too large", b'{"sources": {}}' + b" " * 300_000),
)
LOGS: tuple[tuple[str, bytes], ...] = (
    ("half a header", element_log.HEADER[:50]),
    ("header alone", element_log.HEADER),
    ("other layout", element_log.HEADER.replace(b"layout 1", b"layout 9") + RECORD),
    ("record without header", RECORD),
    ("zeros after the header", element_log.HEADER + bytes(800)),
    ("random records", element_log.HEADER + DICE.randbytes(1600)),
    ("one byte too few", (element_log.HEADER + RECORD)[:-1]),
    ("one byte too many", element_log.HEADER + RECORD + b"x"),
    ("one record twice", element_log.HEADER + RECORD * 2),
    ("flipped bit", element_log.HEADER + bytes([RECORD[0] ^ 1]) + RECORD[1:]),
)
TABLE = [
    *(Odd(f"{path}: {name}", path, make) for path in (LOG, DISPUTED, STATES_NAME) for name, make in NODES),
    *(Odd(f"{path}: {name}", path, content(data)) for path in (LOG, DISPUTED, STATES_NAME) for name, data in BYTES),
    *(Odd(f"{STATES_NAME}: {name}", STATES_NAME, content(data)) for name, data in STATES),
    *(Odd(f"{path}: {name}", path, content(data)) for path in (LOG, DISPUTED) for name, data in LOGS),
    *(Odd(f"good copy: {name}", GOOD_COPY, make) for name, make in NODES),
    *(Odd(f"good copy: {name}", GOOD_COPY, content(data)) for name, data in BYTES),
    Odd("log of 70 MB", LOG, sparse(70_000_000)),
    Odd("copy of 70 MB", GOOD_COPY, sparse(70_000_000)),
    Odd("set-aside is a file", SET_ASIDE_NAME, content(b"x")),
]


@pytest.mark.parametrize("odd", TABLE, ids=[odd.name for odd in TABLE])
def test_store_with_an_odd_file_is_read_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: Odd) -> None:
    folder = tmp_path / "cache"
    (folder / odd.path).parent.mkdir(parents=True, exist_ok=True)
    odd.make(folder / odd.path)
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(folder))
    store = Store(folder)
    # Reading changes nothing and ends, whatever stands there.
    assert len(store.element_sets()) <= 2
    store.disputed_sets()
    store.states()
    assert store.last_good(CELESTRAK_GP.key) is None
    assert all(message.isprintable() and len(message) < 300 for message in store.messages)
    assert len(store.messages) <= 2
    loaded = load_orbit()
    assert isinstance(loaded.orbit, ElementHistory | CompositeOrbit)
    assert os.path.lexists(folder / odd.path)
    # Writing works at once, and what was written is there at the next start.
    later = carried(NEW, 1.0)
    kept = Download(kind=CELESTRAK_GP.key, url="", fetched_unix_s=NOW, status=200, body=b"fine")
    store.record(CELESTRAK_GP, NOW, Outcome.NEW, "fine", good=[kept], sets=[later], disputed=[carried(NEW, 2.0)])
    again = Store(folder)
    assert later in again.element_sets()
    assert len(again.disputed_sets()) >= 1
    state = again.states()[CELESTRAK_GP.key]
    assert (state.message, state.next_try_unix_s >= NOW + HOUR_S) == ("fine", True)
    last = again.last_good(CELESTRAK_GP.key)
    assert last is not None
    assert last.body == b"fine"
    assert again.claim(CELESTRAK_SUPPLEMENTAL, NOW + 1e9)[0]


def test_table_has_sixty_odd_files_and_more() -> None:
    assert len(TABLE) >= (100 if UNIX else 70)
    assert len({odd.name for odd in TABLE}) == len(TABLE)
