"""The cache folder: every element set ever received, the last good copies, and when each source may be asked again.

    states-1.json      where each source stands, replaced as a whole
    elements-1.bin     the station's element sets as observed, appended to
    downloads/KIND/    every download with its time, status and digest
    set-aside/         what could not be trusted

Reading takes no lock, no network library and no numpy, and nothing found in the folder can make it fail: what is
damaged or foreign is passed over, said in `messages`, and moved to `set-aside` by the next writer. Writing holds a
lock across all running copies, and writes in an order that lets a kill at any moment lose only the unfinished step.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, get_args

from sim.constants import CSS_NORAD_ID
from sim.errors import SourceError
from sim.orbit.elements import of_object
from sim.sources import atomic_files, download_cache, element_log, rate_limit
from sim.sources.rate_limit import SourceState
from sim.sources.registry import BY_KEY, SOURCES, Limits, Source
from sim.sources.responses import Download, Outcome
from sim.sources.safe_json import loads, mapping, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sim.orbit.elements import ElementSet

STATES_NAME = "states-1.json"
DOWNLOADS_NAME = "downloads"
ASIDE_NAME = "set-aside"
_LARGEST_LOG_BYTES = 64_000_000
_NUMBERS = ("last_try_unix_s", "next_try_unix_s", "last_good_unix_s")


class Store:
    """The cache folder of live data.

    Args:
        folder: Where it is; made on the first write.
        limits: How long to wait for another writer.
    """

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self._limits = limits or Limits()
        self._messages: dict[str, None] = {}
        self._log: tuple[tuple[int, int], list[ElementSet]] | None = None

    @property
    def messages(self) -> tuple[str, ...]:
        """What was found damaged or foreign, each once, in words for the screen."""
        return tuple(self._messages)

    # Reading

    def states(self) -> dict[str, SourceState]:
        """Where every source stands, as the disk says now, in the order of the catalogue."""
        found, problem = self._read_states()
        if problem:
            self._say(problem)
        return {source.key: found.get(source.key) or SourceState(source.key) for source in SOURCES}

    def element_sets(self) -> list[ElementSet]:
        """The station's sets as observed, oldest epoch first; read again only when the file has changed."""
        path = self.folder / element_log.FILE_NAME
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if self._log is None or self._log[0] != stamp:
                reading = self._read_log(atomic_files.read_if_there(path, largest_bytes=_LARGEST_LOG_BYTES) or b"")
                self._log = stamp, of_object(reading.sets, CSS_NORAD_ID)
        except FileNotFoundError:
            return []
        except OSError as problem:
            self._say(f"{path.name} cannot be read: {atomic_files.reason(problem)}")
            return []
        return list(self._log[1])

    def last_good(self, kind: str) -> Download | None:
        """The newest good copy of a kind of download; a damaged one is passed over."""
        for path in download_cache.newest_first(self.folder / DOWNLOADS_NAME / kind):
            try:
                return download_cache.read(path)
            except SourceError as problem:
                self._say(f"{problem}; an older copy is used")
            except OSError as problem:
                self._say(f"{path.name} cannot be read: {atomic_files.reason(problem)}")
        return None

    # Writing

    def claim(self, source: Source, now: float) -> tuple[bool, SourceState]:
        """Take the right to ask a source, for this process alone, if its time has come.

        Returns:
            Whether to ask, and the state of the source, already written: should this process die, the others wait.

        Raises:
            SourceError: The folder cannot be written. Then nothing may be asked either: what cannot be remembered
                would be asked again at every start.
        """
        with self._writing():
            states = self._states_to_write()
            before = states.get(source.key) or SourceState(source.key)
            state = rate_limit.after_clock_change(before, source, now)
            mine = state.next_try_unix_s <= now
            if mine:
                state = rate_limit.asked(state, source, now)
            if state != before:
                self._write_states({**states, source.key: state})
            return mine, state

    def record(
        self,
        source: Source,
        now: float,
        outcome: Outcome,
        words: str,
        *,
        good: Sequence[Download] = (),
        bad: Sequence[Download] = (),
        sets: Iterable[ElementSet] = (),
        retry_after_s: float | None = None,
    ) -> SourceState:
        """Keep what came of asking: first the bytes, then the element sets, then the state that speaks of them.

        Args:
            source: Who was asked.
            now: UTC seconds since 1970.
            outcome: What came of it.
            words: The same for the screen.
            good: Answers that can be trusted.
            bad: Answers to set aside.
            sets: Checked element sets of the station for the history.
            retry_after_s: How long the service wants to be left alone.

        Raises:
            SourceError: The folder cannot be written.
        """
        from random import random

        with self._writing():
            for download in good:
                folder = self.folder / DOWNLOADS_NAME / download.kind
                download_cache.keep(folder, download, good=True, words=words)
                download_cache.prune(folder)
            for download in bad:
                download_cache.keep(self.folder / ASIDE_NAME, download, good=False, words=words)
                download_cache.prune(self.folder / ASIDE_NAME)
            self._append_sets(list(sets), now)
            states = self._states_to_write()
            before = states.get(source.key) or SourceState(source.key)
            url = next((d.url for d in good if d.kind == source.key), "")
            after = rate_limit.answered(
                before, source, now, outcome, words,
                retry_after_s=retry_after_s, chance=random(), url=url,
            )  # fmt: skip
            self._write_states({**states, source.key: after})
            return after

    def add_element_sets(self, sets: Iterable[ElementSet], now: float) -> int:
        """Add sets of the station that are not in the history yet; returns how many were new."""
        with self._writing():
            return self._append_sets(list(sets), now)

    # The parts

    def _say(self, message: str) -> None:
        self._messages[message] = None

    def _writing(self) -> AbstractContextManager[None]:
        return atomic_files.writing(self.folder, self._limits.lock_s)

    def _aside(self, path: Path, why: str) -> None:
        target = atomic_files.move_aside(path, self.folder / ASIDE_NAME, path.name)
        self._say(f"{why}; moved to {ASIDE_NAME}/{target.name}" if target else why)

    def _read_states(self) -> tuple[dict[str, SourceState], str]:
        """The states, and what is wrong with the file that should hold them."""
        path = self.folder / STATES_NAME
        try:
            body = atomic_files.read_if_there(path, largest_bytes=200_000)
            if body is None:
                return {}, ""
            about = mapping(loads(body, STATES_NAME), STATES_NAME)
            records = mapping(about.get("sources"), f"{STATES_NAME}: sources")
            return {key: _state(key, record) for key, record in records.items() if key in BY_KEY}, ""
        except SourceError as problem:
            return self._pessimistic(path), str(problem)
        except OSError as problem:
            return self._pessimistic(path), f"{STATES_NAME} cannot be read: {atomic_files.reason(problem)}"

    def _pessimistic(self, path: Path) -> dict[str, SourceState]:
        """With the memory lost: as if everything had been asked when the file was last touched."""
        touched = 0.0
        with suppress(OSError):
            touched = path.lstat().st_mtime
        words = "unknown: the record of the last tries was unreadable"
        return {
            s.key: SourceState(s.key, None, words, touched, touched + s.interval_s) for s in SOURCES
        }  # fmt: skip

    def _states_to_write(self) -> dict[str, SourceState]:
        found, problem = self._read_states()
        if problem:
            self._aside(self.folder / STATES_NAME, problem)
            self._write_states(found)  # at once: without a file everything would count as never asked
        return found

    def _write_states(self, states: dict[str, SourceState]) -> None:
        records = {key: {k: v for k, v in asdict(s).items() if k != "key"} for key, s in states.items()}
        body = json.dumps({"tiangong": "states of the sources", "sources": records}, ensure_ascii=False, indent=1)
        atomic_files.write_whole(self.folder / STATES_NAME, body.encode("utf-8", "replace"), b"\n")

    def _read_log(self, data: bytes) -> element_log.Reading:
        if not element_log.is_ours(data):
            self._say(f"{element_log.FILE_NAME} is no history of element sets of ours")
            return element_log.Reading([], [], 0)
        reading = element_log.decode(data)
        if reading.bad:
            self._say(f"{element_log.FILE_NAME}: {len(reading.bad)} damaged element sets are passed over")
        return reading

    def _append_sets(self, sets: list[ElementSet], now: float) -> int:
        if not sets:
            return 0
        path = self.folder / element_log.FILE_NAME
        known = self._mended_log(path)
        added = element_log.unknown(sets, known)
        if added:
            data = b"".join(element_log.encode(s, now) for s in added)
            if path.exists():
                atomic_files.append(path, data)
            else:
                atomic_files.write_whole(path, element_log.HEADER, data)
        return len(added)

    def _mended_log(self, path: Path) -> list[ElementSet]:
        """The sets of the log, after moving away what does not belong there."""
        try:
            data = atomic_files.read_if_there(path, largest_bytes=_LARGEST_LOG_BYTES)
        except OSError as problem:
            self._aside(path, f"{path.name} cannot be read: {atomic_files.reason(problem)}")
            data = None
        if data is None:
            return []
        reading = self._read_log(data)
        if not element_log.is_ours(data):
            self._aside(path, f"{path.name} is foreign")
        elif reading.bad or reading.torn_bytes or len(data) < element_log.RECORD_BYTES:
            # The damaged original is kept beside; the good records make a new whole file.
            name = f"{path.name}.{zlib.crc32(data):08x}.damaged"
            atomic_files.write_whole(self.folder / ASIDE_NAME / name, data)
            size = element_log.RECORD_BYTES
            rows = [data[start : start + size] for start in range(size, len(data) - size + 1, size)]
            lost = set(reading.bad)
            good = [row for number, row in enumerate(rows) if number not in lost]
            atomic_files.write_whole(path, element_log.HEADER, *good)
        return reading.sets


def _state(key: str, record: Any) -> SourceState:  # noqa: ANN401 - as read
    """A state from its record; a value of the wrong kind spoils the record."""
    values = mapping(record, f"{STATES_NAME}: {key}")
    known = {name: values[name] for name in (f.name for f in fields(SourceState)) if name in values}
    for name in _NUMBERS:
        value = known.get(name)
        if value is None and name != "next_try_unix_s":
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 <= value < 1e11:
            raise SourceError(f"{STATES_NAME}: {key}: {name} is no instant")
        known[name] = float(value)
    outcome, failures = known.get("outcome"), known.get("failures", 0)
    if outcome is not None and outcome not in get_args(Outcome):
        raise SourceError(f"{STATES_NAME}: {key}: unknown outcome")
    if isinstance(failures, bool) or not isinstance(failures, int) or not 0 <= failures < 1_000_000:
        raise SourceError(f"{STATES_NAME}: {key}: failures is no count")
    known["words"], known["last_url"] = text_of(values, "words", limit=200), text_of(values, "last_url", limit=300)
    return SourceState(**{**known, "key": key})
