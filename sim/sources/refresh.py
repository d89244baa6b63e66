"""A refresh: ask what may be asked, check what comes, keep it, and say what happened.

Runs in an event loop of its own (`refresh_now`, from a thread beside the screen or from the command line), because
it waits for locks and disks as well as for the network. Three chains run side by side: element sets with their
fallback, the crew with its fallback, the operator's ephemeris.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from sim.errors import ElementsError, SourceError
from sim.sources import plausibility, rate_limit
from sim.sources.event_loop import run
from sim.sources.providers.celestrak import CelestrakGp, CelestrakSupplemental
from sim.sources.providers.cmsa import CmsaEphemeris
from sim.sources.providers.launch_library import LaunchLibrary
from sim.sources.providers.people_in_space import PeopleInSpace
from sim.sources.providers.tle_api import TleApi
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, SOURCES
from sim.sources.responses import AnswerError, Download, Outcome
from sim.time import duration_text, iso_z

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.elements import ElementSet
    from sim.sources.client import Client
    from sim.sources.plausibility import Change
    from sim.sources.provider import Feed, Getter
    from sim.sources.rate_limit import SourceState
    from sim.sources.registry import Source, SourceSettings
    from sim.sources.store import Store

CLOCK_TOLERANCE_S = 2.0
_CANCEL_LOOK_S = 0.05


class Cancel(Protocol):
    """A flag that anybody may raise, such as `threading.Event`."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What a refresh did about one source.

    Attributes:
        source: Its entry in the catalogue.
        asked: Whether a request went out.
        outcome: What came of it.
        words: The same for the screen.
        state: Where the source stands now: last try, next try, last good copy.
        host: The host that is meant or was asked.
        received_bytes: Sum of all answers.
        change: What the new element set changes, if there is a new one.
    """

    source: Source
    asked: bool
    outcome: Outcome
    words: str
    state: SourceState
    host: str
    received_bytes: int = 0
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did.

    Attributes:
        started_unix_s: When it began.
        finished_unix_s: When it ended.
        results: One for each source, in the order of the catalogue.
        clock_offset_s: This machine's clock less the servers', if it is more than two seconds off.
        cancelled: Whether it was stopped.
        messages: What was found damaged in the store.
    """

    started_unix_s: float
    finished_unix_s: float
    results: tuple[SourceResult, ...]
    clock_offset_s: float | None
    cancelled: bool
    messages: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is newer than before."""
        return any(result.outcome == "new" for result in self.results)

    @property
    def asked(self) -> tuple[SourceResult, ...]:
        """The sources that a request went out to."""
        return tuple(result for result in self.results if result.asked)

    def lines(self) -> list[str]:
        """The report as plain text, one line a fact."""
        lines = []
        for result in self.results:
            where = f" (from {result.host}, {result.received_bytes / 1000:.1f} kB)" if result.asked else ""
            lines.append(f"{result.source.title}: {result.words}{where}")
            if result.change is not None:
                lines.append(f"  {result.change.words}")
            if result.outcome != "off" and result.state.next_try_unix_s > self.finished_unix_s:
                wait = duration_text(result.state.next_try_unix_s - self.finished_unix_s)
                lines.append(f"  next allowed {iso_z(result.state.next_try_unix_s)}, in {wait}")
        if self.clock_offset_s is not None:
            ahead = "ahead of" if self.clock_offset_s > 0 else "behind"
            lines.append(f"This machine's clock is {abs(self.clock_offset_s):.0f} s {ahead} the servers'")
        return [*lines, *self.messages]


async def refresh(
    store: Store,
    settings: SourceSettings,
    now: float,
    progress: Callable[[str, str], None] | None = None,
    cancel: Cancel | None = None,
    *,
    known: ElementSet | None = None,
) -> RefreshReport:
    """Ask every source whose time has come.

    Args:
        store: Where everything is kept.
        settings: What the user allows; offline means that nothing is asked.
        now: UTC seconds since 1970.
        progress: Told a source's title and what happens, while it happens.
        cancel: Looked at twenty times a second.
        known: The newest set known from elsewhere (the embedded history); the store's own are looked at anyway.
    """
    return await _Refresh(store, settings, now, progress, known).run(cancel)


def refresh_now(
    store: Store,
    settings: SourceSettings,
    now: float,
    progress: Callable[[str, str], None] | None = None,
    cancel: Cancel | None = None,
    *,
    known: ElementSet | None = None,
) -> RefreshReport:
    """`refresh` for callers without an event loop: the command line, or a thread beside the screen."""
    return run(refresh(store, settings, now, progress, cancel, known=known))


class _Refresh:
    """One run; what its chains share."""

    def __init__(
        self,
        store: Store,
        settings: SourceSettings,
        now: float,
        progress: Callable[[str, str], None] | None,
        known: ElementSet | None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._start = now
        self._monotonic = time.monotonic()
        self._progress = progress or (lambda _title, _words: None)
        self._client: Client | None = None
        self._results: dict[str, SourceResult] = {}
        self._offsets_s: list[float] = []
        self._cancelled = False
        newest = [*store.element_sets()[-1:], *([known] if known is not None else [])]
        self._newest = max(newest, key=lambda s: s.epoch_unix_s, default=None)

    def _now(self) -> float:
        return self._start + time.monotonic() - self._monotonic

    async def run(self, cancel: Cancel | None) -> RefreshReport:
        self._cancelled = cancel is not None and cancel.is_set()
        chains = {asyncio.create_task(chain) for chain in (self._elements(), self._crew(), self._ephemeris())}
        try:
            running = chains
            while running:
                done, running = await asyncio.wait(running, timeout=_CANCEL_LOOK_S if cancel else None)
                for chain in done:
                    chain.result()
                if cancel is not None and cancel.is_set() and not self._cancelled:
                    self._stop(running)
        finally:
            self._stop(chains)
            await asyncio.gather(*chains, return_exceptions=True)
            if self._client is not None:
                await self._client.close()
        offset_s = min(self._offsets_s, key=abs, default=0.0)
        return RefreshReport(
            self._start,
            self._now(),
            tuple(self._results[source.key] for source in SOURCES),
            offset_s if abs(offset_s) > CLOCK_TOLERANCE_S else None,
            any(result.outcome == "cancelled" for result in self._results.values()),
            self._store.messages,
        )

    def _stop(self, chains: set[asyncio.Task[None]]) -> None:
        self._cancelled = True
        for chain in chains:
            chain.cancel()

    # The chains

    async def _elements(self) -> None:
        first = await self._ask(CelestrakGp())
        if first.asked and first.state.in_trouble:
            # One trouble with a host is enough for one refresh.
            self._pass_over(CELESTRAK_SUPPLEMENTAL, "waiting", f"not asked: {CELESTRAK_GP.host} has trouble")
        else:
            await self._ask(CelestrakSupplemental())
        await self._ask(TleApi())

    async def _crew(self) -> None:
        await self._ask(LaunchLibrary())
        await self._ask(PeopleInSpace())

    async def _ephemeris(self) -> None:
        await self._ask(CmsaEphemeris())

    # One source

    def _host(self, source: Source) -> str:
        return urlsplit(self._settings.base_url(source)).hostname or ""

    def _pass_over(self, source: Source, outcome: Outcome, words: str) -> SourceResult:
        result = SourceResult(source, False, outcome, words, self._store.states()[source.key], self._host(source))
        self._results[source.key] = result
        return result

    async def _ask(self, feed: Feed) -> SourceResult:
        source, now = feed.source, self._now()
        if self._cancelled:
            return self._pass_over(source, "cancelled", "not asked: stopped")
        if not self._settings.allows(source):
            words = "not asked: offline" if self._settings.offline else "not asked: switched off"
            return self._pass_over(source, "off", words)
        newest_epoch = self._newest.epoch_unix_s if self._newest else None
        if not rate_limit.wanted(source, self._store.states(), self._settings, now, newest_epoch):
            return self._pass_over(source, "not needed", "not asked: only a fallback")
        try:
            mine, state = self._store.claim(source, now)
        except SourceError as problem:
            return self._pass_over(source, "failed", f"not asked: {problem}")
        if not mine:
            words = f"not asked: too early; last time {state.words}"
            return self._pass_over(source, "waiting", words)
        result = await self._asked(feed, state)
        self._results[source.key] = result
        self._progress(source.title, result.words)
        return result

    async def _asked(self, feed: Feed, state: SourceState) -> SourceResult:
        """Ask, and keep what comes; the claim is ours."""
        source = feed.source
        good: list[Download] = []
        bad: list[Download] = []
        sets: list[ElementSet] = []
        data: list[Download] = []
        said: list[str] = []
        outcome: Outcome | None = None
        retry_after_s = None
        try:
            async with aclosing(feed.fetch(self._getter(source), state.last_url)) as downloads:
                async for download in downloads:
                    bad.append(download)  # until it has been read
                    self._compare_clocks(download)
                    findings = feed.read(download)
                    for found in findings.sets:
                        plausibility.check_station(found, self._newest, max(self._now(), download.server_unix_s or 0.0))
                    good.append(bad.pop())
                    sets += findings.sets
                    data += [download] if findings.is_data else []
                    said.append(findings.words)
        except asyncio.CancelledError:
            # Once asked is asked: the service cannot know that nobody listened to the end.
            self._cancelled, outcome, said, bad = True, "cancelled", ["stopped"], []
        except AnswerError as problem:
            outcome, retry_after_s, said = problem.outcome, problem.retry_after_s, [str(problem)]
            if outcome == "newest":
                bad.clear()
        except (SourceError, ElementsError) as problem:
            outcome, said = "garbled", [f"answer set aside: {problem}"]
        change = None
        if outcome is None:
            outcome, change = self._judge(sets, data)
            if outcome == "kept":
                said.append("older than what we have, ours is kept")
            elif outcome == "unchanged":
                said.append("nothing new")
        return self._kept(source, outcome, ", ".join(said), good, bad, sets, retry_after_s, change)

    def _kept(
        self,
        source: Source,
        outcome: Outcome,
        words: str,
        good: list[Download],
        bad: list[Download],
        sets: list[ElementSet],
        retry_after_s: float | None,
        change: Change | None,
    ) -> SourceResult:
        """Write it down; a disk that does not take it turns a success into a failure, in words too."""
        received = sum(len(download.body) for download in (*good, *bad))
        try:
            state = self._store.record(
                source, self._now(), outcome, words, good=good, bad=bad, sets=sets, retry_after_s=retry_after_s
            )
        except SourceError as problem:
            words, outcome, change = f"fetched but not kept: {problem}", "failed", None
            state = self._store.states()[source.key]
        else:
            self._newest = max(
                (s for s in (self._newest, *sets) if s is not None), key=lambda s: s.epoch_unix_s, default=None
            )
        return SourceResult(source, True, outcome, words, state, self._host(source), received, change)

    def _judge(self, sets: list[ElementSet], data: list[Download]) -> tuple[Outcome, Change | None]:
        """Newer, the same, or older than what we have: by epoch where there are sets, else by the bytes."""
        if sets:
            newest = max(sets, key=lambda s: s.epoch_unix_s)
            if plausibility.is_newer(newest, self._newest):
                return "new", plausibility.what_changed(self._newest, newest) if self._newest else None
            return ("kept" if plausibility.is_older(newest, self._newest) else "unchanged"), None
        for download in data:
            before = self._store.last_good(download.kind)
            if before is None or before.body != download.body:
                return "new", None
        return "unchanged", None

    def _getter(self, source: Source) -> Getter:
        async def get(path: str, kind: str) -> Download:
            if self._client is None:
                self._progress(source.title, "loading the network library")
                from sim.sources.client import Client

                self._client = Client(self._settings, self._now, self._progress)
            return await self._client.get(source, path, kind)

        return get

    def _compare_clocks(self, download: Download) -> None:
        if download.server_unix_s is not None:
            self._offsets_s.append(download.fetched_unix_s - download.server_unix_s)
