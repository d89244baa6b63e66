"""A refresh: ask the sources whose interval has passed, check the responses, keep them, and report.

Blocks the calling thread: the command line, or a thread worker of the dashboard. The sources are asked one after the
other: element sets with their fallback, the operator's ephemeris, the crew with its fallback.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from sim.constants import DAY_S
from sim.errors import ElementsError, OrbitError, SourceError
from sim.language import N_, _
from sim.sources import disputes, plausibility, rate_limit
from sim.sources.crew_news import supplemental_sets
from sim.sources.providers.celestrak import CelestrakGp, CelestrakSupplemental
from sim.sources.providers.cmsa import CmsaEphemeris
from sim.sources.providers.launch_library import LaunchLibrary
from sim.sources.providers.people_in_space import PeopleInSpace
from sim.sources.providers.tle_api import TleApi
from sim.sources.refresh_report import CLOCK_TOLERANCE_S, RefreshReport, SourceResult, judged_clock_offset_s
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, SOURCES
from sim.sources.responses import Download, Outcome, RequestCancelledError, SourceResponseError
from sim.time import duration_text, iso_z

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.elements import ElementSet
    from sim.sources.client import Client
    from sim.sources.plausibility import Change
    from sim.sources.provider import Getter, ParsedResponse, Provider
    from sim.sources.rate_limit import SourceState
    from sim.sources.registry import Source, SourceSettings
    from sim.sources.storage.store import Store


UNTIL_CONFIRMED = N_("kept, but not used until another source agrees, or this one for two days")


class CancelFlag(Protocol):
    """A flag that any thread may set, such as `threading.Event`."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...


def refresh_now(
    store: Store,
    settings: SourceSettings,
    now: float,
    progress: Callable[[str, str], None] | None = None,
    cancel: CancelFlag | None = None,
    *,
    known: ElementSet | None = None,
) -> RefreshReport:
    """Ask every source whose interval has passed; blocks until all are done or `cancel` is set.

    Each download takes at most `settings.limits.total_s`; a set flag ends the wait within a twentieth of a second.

    Args:
        store: Where everything is kept.
        settings: What the user allows; offline means that no request is sent.
        now: UTC seconds since 1970.
        progress: Called with a source's title and what happens, in the calling thread.
        cancel: Polled while requests are under way.
        known: The newest set known from elsewhere (the embedded history); the store's own are used anyway.
    """
    return _Refresh(store, settings, now, progress, cancel, known).run()


class _Responses:
    """What one source sent in one round."""

    def __init__(self) -> None:
        self.good: list[Download] = []
        self.bad: list[Download] = []
        self.data: list[Download] = []
        self.observed: list[ElementSet] = []
        self.predicted: list[ElementSet] = []
        self.summaries: list[str] = []

    def add(self, download: Download, parsed: ParsedResponse) -> None:
        """Add a response that was parsed without an error."""
        self.good.append(download)
        self.observed += parsed.observed
        self.predicted += parsed.predicted
        self.data += [download] if parsed.is_data else []
        self.summaries.append(parsed.summary)

    @property
    def received_bytes(self) -> int:
        return sum(len(download.body) for download in (*self.good, *self.bad))


class _Refresh:
    """One run."""

    def __init__(
        self,
        store: Store,
        settings: SourceSettings,
        now: float,
        progress: Callable[[str, str], None] | None,
        cancel: CancelFlag | None,
        known: ElementSet | None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._start = now
        self._monotonic = time.monotonic()
        self._progress = progress or (lambda _title, _message: None)
        self._cancel = cancel
        self._client: Client | None = None
        self._results: dict[str, SourceResult] = {}
        self._offsets_s: dict[str, float] = {}
        self._trusted = [*store.element_sets(), *([known] if known is not None else [])]

    def run(self) -> RefreshReport:
        """Ask all sources in their order."""
        try:
            self._ask_for_elements()
            self._ask(CmsaEphemeris())
            self._ask(LaunchLibrary())
            self._ask(PeopleInSpace())
        finally:
            if self._client is not None:
                self._client.close()
        accepted = self._settle_disputes()
        offset_s = judged_clock_offset_s(self._offsets_s)
        return RefreshReport(
            finished_unix_s=self._now(),
            results=tuple(self._results[source.key] for source in SOURCES),
            clock_offset_s=offset_s if abs(offset_s) > CLOCK_TOLERANCE_S else None,
            cancelled=any(result.outcome is Outcome.CANCELLED for result in self._results.values()),
            accepted=accepted,
            messages=self._store.messages,
        )

    def _now(self) -> float:
        """This machine's clock, continued from the start of the run."""
        return self._start + time.monotonic() - self._monotonic

    def _true_now(self) -> float:
        """The time by several servers where they agree that this machine's clock is wrong."""
        return self._now() - judged_clock_offset_s(self._offsets_s)

    def _is_cancelled(self) -> bool:
        return self._cancel is not None and self._cancel.is_set()

    @property
    def _newest(self) -> ElementSet | None:
        return max(self._trusted, key=lambda s: s.epoch_unix_s, default=None)

    # One source

    def _ask_for_elements(self) -> None:
        first = self._ask(CelestrakGp())
        if first.asked and first.state.failed and first.outcome is not Outcome.DISPUTED:
            # One failure of a host is enough for one refresh.
            why = _("not asked: {host} failed just now").format(host=CELESTRAK_GP.host)
            self._skip(CELESTRAK_SUPPLEMENTAL, Outcome.WAITING, why)
        else:
            self._ask(CelestrakSupplemental())
        self._ask(TleApi())

    def _host(self, source: Source) -> str:
        return urlsplit(self._settings.base_url(source)).hostname or ""

    def _skip(self, source: Source, outcome: Outcome, message: str) -> SourceResult:
        result = SourceResult(
            source=source,
            asked=False,
            outcome=outcome,
            message=message,
            state=self._store.states()[source.key],
            host=self._host(source),
        )
        self._results[source.key] = result
        return result

    def _ask(self, provider: Provider) -> SourceResult:
        source, now = provider.source, self._now()
        if self._is_cancelled():
            return self._skip(source, Outcome.CANCELLED, _("not asked: stopped"))
        if not self._settings.allows(source):
            reason = _("offline") if self._settings.offline else _("switched off")
            return self._skip(source, Outcome.OFF, _("not asked: {reason}").format(reason=reason))
        newest_epoch = self._newest.epoch_unix_s if self._newest else None
        if not rate_limit.is_wanted(source, self._store.states(), self._settings, now, newest_epoch):
            return self._skip(source, Outcome.NOT_NEEDED, _("not asked: only a fallback"))
        try:
            is_ours, state = self._store.claim(source, now)
        except SourceError as error:
            return self._skip(source, Outcome.FAILED, _("not asked: {error}").format(error=error))
        if not is_ours:
            return self._skip(
                source, Outcome.WAITING, _("not asked: too early; last result: {message}").format(message=state.text)
            )
        result = self._request(provider, state)
        self._results[source.key] = result
        self._progress(source.title, result.message)
        return result

    def _request(self, provider: Provider, state: SourceState) -> SourceResult:
        """Send the requests of one round and keep what comes; the claim is ours."""
        source = provider.source
        responses = _Responses()
        retry_after_s = None
        change = None
        disputed: list[ElementSet] = []
        try:
            self._receive(provider, state.last_url, responses)
            outcome, note, change, disputed = self._judge(source, responses)
            is_disputed = outcome is Outcome.DISPUTED
            message = note if is_disputed else ", ".join(filter(None, (*responses.summaries, note)))
        except RequestCancelledError:
            # A request that was sent counts: the service cannot know that nobody waited for the response.
            outcome, message = Outcome.CANCELLED, _("stopped")
            responses.bad.clear()
        except SourceResponseError as error:
            outcome, retry_after_s, message = error.outcome, error.retry_after_s, str(error)
            if outcome is Outcome.NOT_UPDATED:
                responses.bad.clear()
        except (SourceError, ElementsError, OrbitError) as error:
            outcome, message = Outcome.INVALID, _("response set aside: {error}").format(error=error)
        try:
            state = self._store.record(
                source,
                self._now(),
                outcome,
                message,
                good=responses.good,
                bad=responses.bad,
                sets=[s for s in responses.observed if s not in disputed],
                disputed=disputed[-1:],  # of one download the newest: its sets do not confirm one another
                retry_after_s=retry_after_s,
            )
        except SourceError as error:
            message, outcome, change = _("downloaded but not kept: {error}").format(error=error), Outcome.FAILED, None
            state = self._store.states()[source.key]
        else:
            self._trusted += [s for s in responses.observed if s not in disputed]
        return SourceResult(
            source=source,
            asked=True,
            outcome=outcome,
            message=message,
            state=state,
            host=self._host(source),
            received_bytes=responses.received_bytes,
            change=change,
        )

    def _receive(self, provider: Provider, last_url: str, responses: _Responses) -> None:
        for download in provider.fetch(self._getter(provider.source), last_url):
            responses.bad.append(download)  # until it has been parsed
            self._compare_clocks(provider.source, download)
            parsed = provider.parse(download)
            later_clock = max(self._now(), download.server_unix_s or 0.0)
            for found in parsed.observed:
                plausibility.check_station(found, self._newest, later_clock)
            responses.bad.pop()
            responses.add(download, parsed)

    def _getter(self, source: Source) -> Getter:
        def get(path: str, kind: str) -> Download:
            if self._client is None:
                self._progress(source.title, _("loading the network library"))
                from sim.sources.client import Client

                self._client = Client(self._settings, self._now, self._progress, self._is_cancelled)
            return self._client.get(source, path, kind)

        return get

    def _compare_clocks(self, source: Source, download: Download) -> None:
        if download.server_unix_s is not None:
            offset_s = download.fetched_unix_s - download.server_unix_s
            self._offsets_s[source.host] = min(offset_s, self._offsets_s.get(source.host, offset_s), key=abs)

    # Judging what came

    def _judge(self, source: Source, responses: _Responses) -> tuple[Outcome, str, Change | None, list[ElementSet]]:
        """(outcome, note for the message, change, disputed sets) of a round without errors.

        Newer, the same, or older than ours: by epoch where there are observed sets, else by the bytes.
        """
        disputed: list[ElementSet] = []
        notes: dict[str, None] = {}
        for found in responses.observed:
            if reason := self._dispute(found, source):
                disputed.append(found)
                notes[reason] = None
        trusted = [s for s in responses.observed if s not in disputed]
        if disputed and not trusted:
            return Outcome.DISPUTED, next(iter(notes)), None, disputed
        if trusted:
            newest = max(trusted, key=lambda s: s.epoch_unix_s)
            if plausibility.is_newer(newest, self._newest):
                change = plausibility.change_between(self._newest, newest) if self._newest else None
                return Outcome.NEW, ", ".join(filter(None, (*notes, self._unseen(newest)))), change, disputed
            if plausibility.is_older(newest, self._newest):
                return Outcome.OLDER, _("older than ours, which is used"), None, disputed
            return Outcome.UNCHANGED, _("nothing new"), None, disputed
        if reason := self._forecast_dispute(responses.predicted):
            return Outcome.DISPUTED, reason, None, []
        for download in responses.data:
            before = self._store.last_good(download.kind)
            if before is None or before.body != download.body:
                return Outcome.NEW, "", None, []
        return Outcome.UNCHANGED, _("nothing new"), None, []

    def _dispute(self, found: ElementSet, source: Source) -> str:
        """Why an observed set is not used for now; empty if it is."""
        ahead_s = found.epoch_unix_s - self._true_now()
        if ahead_s > source.epoch_ahead_s:
            ahead = duration_text(ahead_s)
            return _("disputed: dated {epoch_unix_s}, {ahead} ahead of now; not used before then").format(
                epoch_unix_s=iso_z(found.epoch_unix_s), ahead=ahead
            )
        known = disputes.nearest(self._trusted, found.epoch_unix_s)
        reason = disputes.contradiction(found, known) if known else None
        return (
            _("disputed: {reason}; {until_confirmed}").format(reason=reason, until_confirmed=_(UNTIL_CONFIRMED))
            if reason
            else ""
        )

    def _unseen(self, found: ElementSet) -> str:
        """What the comparison of a set in use with the one before it cannot find; empty if it is close enough."""
        known = self._newest
        if known is None or disputes.sees_half_a_revolution(found, known):
            return ""
        days = (found.epoch_unix_s - known.epoch_unix_s) / DAY_S
        return _(
            "{days:.0f} days after the set before: whether its place along the orbit is right cannot be checked"
        ).format(days=days)

    def _forecast_dispute(self, predicted: list[ElementSet]) -> str:
        """Why a forecast is not used for now; empty if it is."""
        newest = self._newest
        forecast = disputes.nearest(predicted, newest.epoch_unix_s) if newest else None
        reason = disputes.contradiction(forecast, newest) if newest and forecast else None
        return (
            _("disputed: {reason}; kept, but not used while it contradicts the element sets").format(reason=reason)
            if reason
            else ""
        )

    def _settle_disputes(self) -> tuple[str, ...]:
        """Accept disputed sets whose time has come, or that are confirmed; one line for each."""
        now = self._true_now()
        come = [s for s in self._store.disputed_sets() if s.epoch_unix_s <= now + CELESTRAK_GP.epoch_ahead_s]
        if not come:
            return ()
        accepted = disputes.confirmed(come, supplemental_sets(self._store), self._trusted)
        if not accepted:
            return ()
        try:
            self._store.accept_disputed(accepted, self._now())
        except SourceError:
            return ()
        self._trusted += accepted
        return tuple(
            _("{source} set of {epoch_unix_s} is no longer disputed and is used now").format(
                source=one.source, epoch_unix_s=iso_z(one.epoch_unix_s)
            )
            for one in accepted
        )
