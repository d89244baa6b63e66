from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING

import msgspec
import pytest

from sim.constants import CSS_NORAD_ID, HOUR_S
from sim.errors import SourceError
from sim.orbit.elements import of_object
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, SOURCES, Limits
from sim.sources.responses import Download, Outcome
from sim.sources.storage import element_log
from sim.sources.storage.store import STATES_NAME, Store
from tests.support.loopback_server import NOW, python, stations
from tests.support.platforms import needs_fork

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sim.orbit.elements import ElementSet

STATION = of_object(stations(), CSS_NORAD_ID)[-1]
GP = CELESTRAK_GP.key


def sets(count: int, first: int = 0) -> list[ElementSet]:
    """A chain of sets seven hours apart."""
    return [
        msgspec.structs.replace(STATION, epoch_unix_s=STATION.epoch_unix_s + n * 25200.0)
        for n in range(first, first + count)
    ]


def download(content: bytes, at: float = NOW, kind: str = GP) -> Download:
    return Download(kind=kind, url="https://celestrak.org/x", fetched_unix_s=at, status=200, body=content)


def add_sets(store: Store, chain: Iterable[ElementSet], now: float) -> int:
    """Record sets; returns how many were new."""
    before = len(log_of(store))
    store.record(CELESTRAK_GP, now, Outcome.NEW, "", sets=chain)
    return len(log_of(store)) - before


def log_of(store: Store) -> list[ElementSet]:
    path = store.folder / element_log.FILE_NAME
    return element_log.decode(path.read_bytes()).sets if path.is_file() else []


def again(store: Store) -> Store:
    """The same folder as another start sees it."""
    return Store(store.folder)


# What was written is there


def test_store_empty_folder_is_read_without_a_trace(store: Store) -> None:
    assert store.element_sets() == []
    assert store.last_good(GP) is None
    assert [s.key for s in store.states().values()] == [s.key for s in SOURCES]
    assert store.messages == ()
    assert not store.folder.exists()


def test_store_element_sets_come_back_exactly_and_sorted(store: Store) -> None:
    chain = sets(5)
    assert add_sets(store, reversed(chain), NOW) == 5
    assert again(store).element_sets() == chain


def test_store_same_epoch_with_other_digits_is_kept_once(store: Store) -> None:
    two_line = msgspec.structs.replace(STATION, epoch_unix_s=STATION.epoch_unix_s + 0.0009, source="TLE API")
    assert add_sets(store, [STATION, STATION], NOW) == 1
    assert add_sets(store, [two_line, *sets(2)], NOW) == 1
    assert store.element_sets() == sets(2)


def test_store_element_sets_are_the_stations_only(store: Store) -> None:
    add_sets(store, stations()[:3], NOW)
    assert store.element_sets() == [STATION]  # the station's alone, though all were kept


def test_store_long_name_is_cut_at_a_character(store: Store) -> None:
    add_sets(store, [msgspec.structs.replace(STATION, name="天" * 40)], NOW)
    assert store.element_sets()[0].name == "天" * 9


def test_store_other_copy_sees_what_was_added(store: Store) -> None:
    other = again(store)
    add_sets(store, sets(1), NOW)
    assert other.element_sets() == sets(1)
    add_sets(store, sets(2), NOW)
    assert other.element_sets() == sets(2)


def test_store_element_sets_returns_a_copy(store: Store) -> None:
    add_sets(store, sets(2), NOW)
    store.element_sets().clear()
    assert len(store.element_sets()) == 2


def test_store_last_good_survives_failures(store: Store) -> None:
    store.record(CELESTRAK_GP, NOW, Outcome("new"), "fine", good=[download(b"good")])
    store.record(CELESTRAK_GP, NOW + 1, Outcome("garbled"), "bad", bad=[download(b"bad", NOW + 1)])
    store.record(CELESTRAK_GP, NOW + 2, Outcome("failed"), "silence")
    kept = again(store).last_good(GP)
    assert kept is not None
    assert (kept.body, kept.status, kept.url, kept.kind) == (b"good", 200, "https://celestrak.org/x", GP)
    assert kept.fetched_unix_s == NOW
    state = again(store).states()[GP]
    assert (state.outcome, state.message, state.last_good_unix_s, state.failures) == ("failed", "silence", NOW, 2)
    assert state.last_url == "https://celestrak.org/x"


def test_store_download_file_describes_itself(store: Store) -> None:
    store.record(CELESTRAK_GP, NOW, Outcome("garbled"), "why", bad=[download(b"\x00bad")])
    (path,) = (store.folder / "set-aside").iterdir()
    about = json.loads(path.read_bytes().split(b"\n")[0])
    assert about["status"] == 200
    assert about["url"] == "https://celestrak.org/x"
    assert about["fetched_unix_s"] == NOW
    assert about["result"] == "why"
    assert len(about["sha256"]) == 64


def test_store_prune_keeps_the_newest_copies(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.sources.storage.download_cache.MOST_FILES", 5)
    for n in range(9):
        store.record(CELESTRAK_GP, NOW + n, Outcome("new"), "", good=[download(b"%d" % n, NOW + n)])
    assert len(list((store.folder / "downloads" / GP).iterdir())) == 5
    last = store.last_good(GP)
    assert last is not None
    assert last.body == b"8"


def test_store_prune_never_drops_the_last_good_copies(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.sources.storage.download_cache.MOST_BYTES", 10)
    for n in range(5):
        store.record(CELESTRAK_GP, NOW + n, Outcome("new"), "", good=[download(b"%d" % n * 50, NOW + n)])
    assert len(list((store.folder / "downloads" / GP).iterdir())) == 3


# One asks, the others wait


def test_store_claim_first_copy_wins(store: Store) -> None:
    assert store.claim(CELESTRAK_GP, NOW)[0]
    mine, state = again(store).claim(CELESTRAK_GP, NOW + 5)
    assert not mine
    assert (state.outcome, state.next_try_unix_s) == ("asking", NOW + 2 * HOUR_S)
    assert again(store).claim(CELESTRAK_SUPPLEMENTAL, NOW + 5)[0]
    assert again(store).claim(CELESTRAK_GP, NOW + 2 * HOUR_S)[0]


def test_store_claim_after_wrong_clock_waits_one_interval(store: Store) -> None:
    store.claim(CELESTRAK_GP, NOW + 1e8)
    assert not store.claim(CELESTRAK_GP, NOW)[0]
    assert not store.claim(CELESTRAK_GP, NOW + 2 * HOUR_S - 1)[0]
    assert store.claim(CELESTRAK_GP, NOW + 2 * HOUR_S)[0]


def test_store_claim_in_unwritable_folder_raises(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file" / "live")
    assert store.element_sets() == []
    with pytest.raises(SourceError, match="cannot be written"):
        store.claim(CELESTRAK_GP, NOW)


def test_store_claim_while_locked_raises_after_timeout(store: Store) -> None:
    from filelock import FileLock

    store.folder.mkdir(parents=True)
    with FileLock(store.folder / "lock"), pytest.raises(SourceError, match="another running copy"):
        Store(store.folder, Limits(lock_s=0.1)).claim(CELESTRAK_GP, NOW)


# Damage


def test_store_incomplete_record_loses_only_itself(store: Store) -> None:
    add_sets(store, sets(3), NOW)
    path = store.folder / element_log.FILE_NAME
    whole = path.read_bytes()
    for missing in range(1, element_log.RECORD_BYTES):
        path.write_bytes(whole[:-missing])
        assert again(store).element_sets() == sets(2)
    assert add_sets(again(store), sets(4), NOW) == 2
    assert again(store).element_sets() == sets(4)


def test_store_flipped_bit_loses_one_set_with_a_message(store: Store) -> None:
    add_sets(store, sets(5), NOW)
    path = store.folder / element_log.FILE_NAME
    data = bytearray(path.read_bytes())
    data[element_log.RECORD_BYTES * 3 + 70] ^= 4
    path.write_bytes(data)
    seen = again(store)
    chain = sets(5)
    assert seen.element_sets() == chain[:2] + chain[3:]
    assert seen.messages == ("elements-1.bin: 1 damaged element sets are skipped",)
    add_sets(seen, sets(6), NOW)
    assert sorted(s.epoch_unix_s for s in again(store).element_sets()) == [s.epoch_unix_s for s in sets(6)]
    assert list((store.folder / "set-aside").iterdir())
    mended = again(store)
    assert len(mended.element_sets()) == 6
    assert mended.messages == ()


RANDOM_BYTES = random.Random(1).randbytes(4000)
RUBBISH = [b"", b"{", b"[]", b"null", b"\x00" * 500, b"<html>", b'{"sources": 3}', b'{"sources": {"celestrak-gp": []}}',
           b'{"sources": {"celestrak-gp": {"next_try_unix_s": "x"}}}', b"[" * 5000, RANDOM_BYTES]  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_store_unreadable_states_wait_a_full_interval(store: Store, rubbish: bytes) -> None:
    store.record(CELESTRAK_GP, NOW, Outcome("new"), "fine", good=[download(b"x")], sets=sets(2))
    path = store.folder / STATES_NAME
    path.write_bytes(rubbish)
    os.utime(path, (NOW, NOW))
    broken = again(store)
    assert broken.states()[GP].next_try_unix_s == NOW + 2 * HOUR_S
    assert len(broken.messages) == 1
    assert path.exists()  # readers move nothing
    assert not broken.claim(CELESTRAK_GP, NOW + 60)[0]
    assert (store.folder / "set-aside" / STATES_NAME).exists()
    assert not again(store).claim(CELESTRAK_GP, NOW + 60)[0]
    assert again(store).claim(CELESTRAK_GP, NOW + 2 * HOUR_S)[0]
    assert again(store).element_sets() == sets(2)


@pytest.mark.parametrize(
    "rubbish",
    [b"PK\x03\x04 foreign", b"x" * 1000, random.Random(2).randbytes(5000)],
    ids=["zip", "letters", "random-bytes"],
)
def test_store_foreign_log_is_moved_not_overwritten(store: Store, rubbish: bytes) -> None:
    store.folder.mkdir(parents=True)
    path = store.folder / element_log.FILE_NAME
    path.write_bytes(rubbish)
    assert store.element_sets() == []
    assert len(store.messages) == 1
    add_sets(store, sets(1), NOW)
    assert (store.folder / "set-aside" / element_log.FILE_NAME).read_bytes() == rubbish
    assert again(store).element_sets() == sets(1)


def test_store_last_good_skips_a_damaged_copy(store: Store) -> None:
    store.record(CELESTRAK_GP, NOW, Outcome("new"), "", good=[download(b"first")])
    store.record(CELESTRAK_GP, NOW + 9, Outcome("new"), "", good=[download(b"second", NOW + 9)])
    newest = max((store.folder / "downloads" / GP).iterdir())
    newest.write_bytes(newest.read_bytes()[:-1] + b"?")
    (newest.parent / "notes.good").write_text("foreign")
    seen = again(store)
    kept = seen.last_good(GP)
    assert kept is not None
    assert kept.body == b"first"
    assert "digest" in seen.messages[0]


def test_store_states_clean_hostile_text(store: Store) -> None:
    path = store.folder / STATES_NAME
    store.record(CELESTRAK_GP, NOW, Outcome("failed"), "x")
    about = json.loads(path.read_text())
    about["sources"][GP]["words"] = "\x1b[2J\u202eevil" + "x" * 500
    path.write_text(json.dumps(about))
    words = again(store).states()[GP].message
    assert words.startswith("[2Jevil")
    assert words.isprintable()
    assert len(words) <= 200


# Killed


@needs_fork
def test_store_killed_at_two_hundred_moments_loses_nothing(tmp_path: Path) -> None:
    """Children that write are killed at random; what they said was written must be there, and all of it readable."""
    helper = "tests.support.kill_writers"
    told = json.loads(python("-m", helper, str(tmp_path / "live"), "200"))
    assert told["kills"] == 200
    assert told["killed_while_writing"] > 50  # the moments were not all before or after the work
    store = Store(tmp_path / "live")
    epochs = {round(s.epoch_unix_s) for s in store.element_sets()}
    assert {round(STATION.epoch_unix_s + n * 25200.0) for n in told["confirmed"]} <= epochs
    assert store.messages == ()
    last = store.last_good(GP)
    assert last is not None
    assert int(last.body) >= max(told["confirmed"])
    assert store.states()[GP].outcome in {"new", "asking"}
    assert store.claim(CELESTRAK_GP, NOW + 1e9)[0]
    assert not list(store.folder.glob("set-aside/*.json"))


def test_crew_news_of_an_empty_store_loads_nothing_that_reads_responses(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from sim.sources.storage.store import Store; from sim.sources import crew_news;"
        f"s = Store(pathlib.Path({str(tmp_path)!r})); assert crew_news.crew_news(s) is None;"
        "assert crew_news.operator_ephemeris(s) is None; assert crew_news.supplemental_sets(s) == [];"
        "print([m for m in sys.modules if m == 'zipfile' or m.startswith('sim.sources.providers.')])"
    )
    assert python("-c", code).strip() == "[]"


def test_store_reading_loads_no_numpy_network_library_or_lock(store: Store) -> None:
    store.record(CELESTRAK_GP, NOW, Outcome("new"), "", good=[download(b"[]")], sets=sets(2))
    code = (
        "import sys, pathlib; from sim.sources.storage.store import Store; from sim.sources import crew_news;"
        f"s = Store(pathlib.Path({str(store.folder)!r})); assert len(s.element_sets()) == 2; s.states();"
        "s.last_good('celestrak-gp'); crew_news.crew_news(s);"
        "print([m for m in ('numpy', 'httpx', 'filelock', 'asyncio', 'ssl') if m in sys.modules])"
    )
    assert python("-c", code).strip() == "[]"


def test_store_states_of_a_version_without_languages_are_read(store: Store) -> None:
    path = store.folder / STATES_NAME
    store.record(CELESTRAK_GP, NOW, Outcome("failed"), "server error (500)")
    about = json.loads(path.read_text())
    assert about["sources"][GP].pop("language") == "en"
    path.write_text(json.dumps(about))
    state = again(store).states()[GP]
    assert (state.text, state.outcome, state.next_try_unix_s > NOW) == ("server error (500)", Outcome.FAILED, True)
