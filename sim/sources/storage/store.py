"""The cache folder: every element set ever received, the last good copies, and when each source may be asked again.

    states-1.json      state of each source, replaced as a whole
    elements-1.bin     the station's element sets as observed, appended to
    disputed-1.bin     sets that contradict these; not used until they are confirmed
    downloads/KIND/    every download with its time, status and digest
    set-aside/         what cannot be trusted

Reading takes no lock, no network library and no numpy, and never fails whatever the folder holds: what is damaged or
foreign is skipped, listed in `messages`, and moved to `set-aside` by the next writer. Writing holds a lock across all
running copies, in an order in which a kill at any moment loses only the unfinished step.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from sim import atomic_files
from sim.constants import CSS_NORAD_ID
from sim.errors import SourceError
from sim.language import _
from sim.orbit.elements import of_object
from sim.sanitize import clean
from sim.sources import rate_limit
from sim.sources.rate_limit import SourceState
from sim.sources.registry import BY_KEY, SOURCES, Limits
from sim.sources.safe_json import decode
from sim.sources.storage import download_cache, element_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sim.orbit.elements import ElementSet
    from sim.sources.registry import Source
    from sim.sources.responses import Download, Outcome

LOCK_NAME = "lock"
STATES_NAME = "states-1.json"
DOWNLOADS_NAME = "downloads"
SET_ASIDE_NAME = "set-aside"
_LARGEST_LOG_BYTES = 64_000_000
_LARGEST_STATES_BYTES = 200_000
_MOST_DISPUTED = 50


class _StatesFile(msgspec.Struct):
    sources: dict[str, msgspec.Raw]


class ReadStates(msgspec.Struct, frozen=True, kw_only=True):
    """The states, and what is wrong with the file that should hold them (empty if nothing is)."""

    states: dict[str, SourceState]
    problem: str = ""


class Store:
    """The cache folder of live data.

    Args:
        folder: Its path; created by the first write.
        limits: How long to wait for another writer.
    """

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self._limits = limits or Limits()
        self._messages: dict[str, None] = {}
        self._logs: dict[str, tuple[tuple[int, int], list[ElementSet]]] = {}

    @property
    def messages(self) -> tuple[str, ...]:
        """What was found damaged or foreign, one line each."""
        return tuple(self._messages)

    # Reading

    def states(self) -> dict[str, SourceState]:
        """State of every source as the disk has it now, in the order of the registry."""
        found = self._read_states()
        if found.problem:
            self._add_message(found.problem)
        return {source.key: found.states.get(source.key) or SourceState(key=source.key) for source in SOURCES}

    def element_sets(self) -> list[ElementSet]:
        """The station's sets as observed, oldest epoch first; read again only when the file has changed."""
        return list(self._cached_log(element_log.FILE_NAME))

    def disputed_sets(self) -> list[ElementSet]:
        """Sets that contradict what is known, oldest epoch first, without those accepted since."""
        disputed = self._cached_log(element_log.DISPUTED_NAME)
        return element_log.without_known(disputed, self.element_sets()) if disputed else []

    def _cached_log(self, name: str) -> list[ElementSet]:
        path = self.folder / name
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            cached = self._logs.get(name)
            if cached is None or cached[0] != stamp:
                data = atomic_files.read_if_there(path, largest_bytes=_LARGEST_LOG_BYTES) or b""
                cached = self._logs[name] = stamp, of_object(self._decoded_log(name, data).sets, CSS_NORAD_ID)
        except FileNotFoundError:
            return []
        except OSError as error:
            self._add_message(_unreadable(name, error))
            return []
        return cached[1]

    def last_good(self, kind: str) -> Download | None:
        """The newest good copy of a kind of download; damaged ones are skipped."""
        for path in download_cache.newest_first(self.folder / DOWNLOADS_NAME / kind):
            try:
                return download_cache.read(path)
            except SourceError as error:
                self._add_message(_("{error}; an older copy is used").format(error=error))
            except OSError as error:
                self._add_message(_unreadable(path.name, error))
        return None

    # Writing

    def claim(self, source: Source, now: float) -> tuple[bool, SourceState]:
        """Reserve the next request to a source for this process, if its interval has passed.

        Returns:
            Whether to ask, and the state of the source, already written: should this process die, the others wait.

        Raises:
            SourceError: The folder cannot be written. Then nothing may be asked either: a request that cannot be
                recorded would be repeated at every start.
        """
        with self._writing():
            states = self._states_to_write()
            before = states.get(source.key) or SourceState(key=source.key)
            state = rate_limit.after_clock_change(before, source, now)
            is_ours = state.next_try_unix_s <= now
            if is_ours:
                state = rate_limit.after_request(state, source, now)
            if state != before:
                self._write_states({**states, source.key: state})
            return is_ours, state

    def record(
        self,
        source: Source,
        now: float,
        outcome: Outcome,
        message: str,
        *,
        good: Sequence[Download] = (),
        bad: Sequence[Download] = (),
        sets: Iterable[ElementSet] = (),
        disputed: Iterable[ElementSet] = (),
        retry_after_s: float | None = None,
    ) -> SourceState:
        """Keep the result of a request: first the bytes, then the element sets, then the state that refers to them.

        Args:
            source: The source.
            now: UTC seconds since 1970.
            outcome: Result of the request.
            message: The same for the screen.
            good: Responses that can be trusted.
            bad: Responses to set aside.
            sets: Checked element sets of the station for the history.
            disputed: Element sets of the station that contradict the history.
            retry_after_s: How long the service wants us to wait.

        Raises:
            SourceError: The folder cannot be written.
        """
        from random import random

        with self._writing():
            self._keep_downloads(good, bad, message)
            self._append_sets(element_log.FILE_NAME, list(sets), now)
            self._append_sets(element_log.DISPUTED_NAME, list(disputed), now)
            states = self._states_to_write()
            before = states.get(source.key) or SourceState(key=source.key)
            url = next((d.url for d in good if d.kind == source.key), "")
            after = rate_limit.after_result(
                before,
                source,
                now,
                outcome,
                clean(message),
                retry_after_s=retry_after_s,
                jitter=random(),
                url=url,
            )
            self._write_states({**states, source.key: after})
            return after

    def _keep_downloads(self, good: Sequence[Download], bad: Sequence[Download], message: str) -> None:
        for download in good:
            folder = self.folder / DOWNLOADS_NAME / download.kind
            download_cache.write(folder, download, good=True, message=message)
            download_cache.prune(folder)
        for download in bad:
            download_cache.write(self.folder / SET_ASIDE_NAME, download, good=False, message=message)
            download_cache.prune(self.folder / SET_ASIDE_NAME)

    def accept_disputed(self, sets: Sequence[ElementSet], now: float) -> None:
        """Move disputed sets into the history, and keep only the newest of those that stay disputed.

        Raises:
            SourceError: The folder cannot be written.
        """
        with self._writing():
            # The history first: killed in between, a set stands in both files and counts as accepted.
            self._append_sets(element_log.FILE_NAME, list(sets), now)
            left = self.disputed_sets()[-_MOST_DISPUTED:]
            rows = [element_log.encode(s, now) for s in left]
            atomic_files.write_whole(self.folder / element_log.DISPUTED_NAME, element_log.HEADER, *rows)

    def _add_message(self, message: str) -> None:
        self._messages[message] = None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the folder's lock; whatever the disk refuses becomes a `SourceError`."""
        try:
            with atomic_files.locked(self.folder / LOCK_NAME, self._limits.lock_s):
                yield
        except OSError as error:
            text = _("the cache folder {folder} cannot be written: {error}").format(
                folder=self.folder, error=atomic_files.reason(error)
            )
            raise SourceError(text) from None

    def _set_aside(self, path: Path, reason: str) -> None:
        target = atomic_files.move_aside(path, self.folder / SET_ASIDE_NAME, path.name)
        self._add_message(f"{reason}; moved to {SET_ASIDE_NAME}/{target.name}" if target else reason)

    def _read_states(self) -> ReadStates:
        path = self.folder / STATES_NAME
        try:
            body = atomic_files.read_if_there(path, largest_bytes=_LARGEST_STATES_BYTES)
            if body is None:
                return ReadStates(states={})
            records = decode(body, STATES_NAME, _StatesFile).sources
            known = ((key, record) for key, record in records.items() if key in BY_KEY)
            return ReadStates(states={key: _state(key, record) for key, record in known})
        except SourceError as error:
            return ReadStates(states=self._pessimistic(path), problem=str(error))
        except OSError as error:
            return ReadStates(states=self._pessimistic(path), problem=_unreadable(STATES_NAME, error))

    def _pessimistic(self, path: Path) -> dict[str, SourceState]:
        """States for an unreadable file: as if every source had been asked when the file was last changed."""
        changed = 0.0
        with suppress(OSError):
            changed = path.lstat().st_mtime
        message = _("unknown: the record of the last requests is unreadable")
        return {
            s.key: SourceState(
                key=s.key, message=message, last_try_unix_s=changed, next_try_unix_s=changed + s.interval_s
            )
            for s in SOURCES
        }

    def _states_to_write(self) -> dict[str, SourceState]:
        found = self._read_states()
        if found.problem:
            self._set_aside(self.folder / STATES_NAME, found.problem)
            self._write_states(found.states)  # at once: without a file everything would count as never asked
        return found.states

    def _write_states(self, states: dict[str, SourceState]) -> None:
        body = msgspec.json.encode({"tiangong": "states of the sources", "sources": states})
        atomic_files.write_whole(self.folder / STATES_NAME, msgspec.json.format(body, indent=1), b"\n")

    def _decoded_log(self, name: str, data: bytes) -> element_log.LogContents:
        if not element_log.is_ours(data):
            self._add_message(_("{name} is not one of our logs of element sets").format(name=name))
            return element_log.LogContents(sets=[], bad=[], torn_bytes=0)
        contents = element_log.decode(data)
        if contents.bad:
            self._add_message(
                _("{name}: {bad} damaged element sets are skipped").format(name=name, bad=len(contents.bad))
            )
        return contents

    def _append_sets(self, name: str, sets: list[ElementSet], now: float) -> None:
        if not sets:
            return
        path = self.folder / name
        known = self._repaired_log(path)
        added = element_log.without_known(sets, known)
        if added:
            data = b"".join(element_log.encode(s, now) for s in added)
            if path.exists():
                atomic_files.append(path, data)
            else:
                atomic_files.write_whole(path, element_log.HEADER, data)

    def _repaired_log(self, path: Path) -> list[ElementSet]:
        """The sets of a log, after moving away what does not belong there."""
        try:
            data = atomic_files.read_if_there(path, largest_bytes=_LARGEST_LOG_BYTES)
        except OSError as error:
            self._set_aside(path, _unreadable(path.name, error))
            data = None
        if data is None:
            return []
        contents = self._decoded_log(path.name, data)
        if not element_log.is_ours(data):
            self._set_aside(path, _("{name} is foreign").format(name=path.name))
        elif contents.bad or contents.torn_bytes or len(data) < element_log.RECORD_BYTES:
            # The damaged original is kept; the good records make a new whole file.
            name = f"{path.name}.{zlib.crc32(data):08x}.damaged"
            atomic_files.write_whole(self.folder / SET_ASIDE_NAME / name, data)
            size = element_log.RECORD_BYTES
            rows = [data[start : start + size] for start in range(size, len(data) - size + 1, size)]
            lost = set(contents.bad)
            good = [row for number, row in enumerate(rows) if number not in lost]
            atomic_files.write_whole(path, element_log.HEADER, *good)
        return contents.sets


def _unreadable(name: str, error: OSError) -> str:
    return _("{name} cannot be read: {error}").format(name=name, error=atomic_files.reason(error))


def _state(key: str, record: msgspec.Raw) -> SourceState:
    """A state from its record; texts are cleaned, as the file may come from anywhere."""
    state = decode(bytes(record), f"{STATES_NAME}: {key}", SourceState)
    message, last_url = clean(state.message, limit=200), clean(state.last_url, limit=300)
    return replace(state, key=key, message=message, language=clean(state.language, limit=20), last_url=last_url)
