"""Rate limits and back-off of each source: pure functions, without network, files or a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec.structs import replace

from sim.constants import DAY_S, HOUR_S, MINUTE_S
from sim.language import N_, _, language
from sim.sources.registry import (
    CELESTRAK_GP,
    LAUNCH_LIBRARY,
    PEOPLE,
    SOURCES,
    TLE_API,
    Source,
    SourceSettings,
)
from sim.sources.responses import FAILURES, OUTCOME_TEXTS, SUCCESSES, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

REFUSED_WAIT_S = DAY_S
"""After a refusal: another request would not change it, and the report has said so."""

THROTTLED_WAIT_S = HOUR_S
"""After "too many requests" without a time."""

UNREACHABLE_WAIT_S = 2 * MINUTE_S
"""After no connection: the service saw no request, and the network may be back soon; it doubles."""

LONGEST_BACKOFF_S = 6 * HOUR_S
STALE_CREW_S = DAY_S
STALE_ELEMENTS_S = DAY_S
_CLOCK_SLACK_S = 5 * MINUTE_S


_Instant = Annotated[float, msgspec.Meta(ge=0.0, lt=1e11)]


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """State of a source, as the screen shows it and as the next start reads it from the cache folder.

    Attributes:
        key: That of the registry.
        outcome: Of the last request; None before the first one.
        message: The last result as text, in the language of that time; stored under its older name.
        language: That language; empty in files of versions that did not store it.
        last_try_unix_s: When the last request was sent.
        next_try_unix_s: No request before then.
        last_good_unix_s: When a request last ended in a success.
        failures: Failed requests since then.
        last_url: Address of the last good copy.
    """

    key: str = ""
    outcome: Outcome | None = None
    message: str = msgspec.field(default=N_("never asked"), name="words")
    language: str = ""
    last_try_unix_s: _Instant | None = None
    next_try_unix_s: _Instant = 0.0
    last_good_unix_s: _Instant | None = None
    failures: Annotated[int, msgspec.Meta(ge=0, lt=1_000_000)] = 0
    last_url: str = ""

    @property
    def text(self) -> str:
        """The last result in the language of this process: without its details where they are stored in another."""
        if self.outcome is None:
            return _(self.message)
        if self.language in {"", language()}:
            return self.message
        return _(OUTCOME_TEXTS[self.outcome]) if self.outcome in OUTCOME_TEXTS else self.message

    @property
    def title(self) -> str:
        """Name of the source for the screen."""
        return next((s.title for s in SOURCES if s.key == self.key), self.key)

    @property
    def host(self) -> str:
        """Host of the source; empty if the registry does not have it."""
        return next((s.host for s in SOURCES if s.key == self.key), "")

    @property
    def failed(self) -> bool:
        """Whether the last request ended in nothing usable."""
        return self.outcome in FAILURES


def after_request(state: SourceState, source: Source, now: float) -> SourceState:
    """The state while a request is under way; it holds a full interval, should the program end before the response."""
    return replace(
        state,
        outcome=Outcome.ASKING,
        message=_("request sent, no response yet"),
        language=language(),
        last_try_unix_s=now,
        next_try_unix_s=now + source.interval_s,
    )


def after_result(
    state: SourceState,
    source: Source,
    now: float,
    outcome: Outcome,
    message: str,
    *,
    retry_after_s: float | None = None,
    jitter: float = 0.0,
    url: str = "",
) -> SourceState:
    """The state after a request.

    Args:
        state: Before it.
        source: The source.
        now: UTC seconds since 1970.
        outcome: Result of the request.
        message: The same for the screen.
        retry_after_s: How long the service wants us to wait, if it said so.
        jitter: 0 to 1, drawn by the caller: spreads the next requests of many machines that failed together.
        url: Address of the good copy.
    """
    good = outcome in SUCCESSES
    failures = 0 if good else state.failures + (outcome in FAILURES)
    return replace(
        state,
        outcome=outcome,
        message=message,
        language=language(),
        last_try_unix_s=now,
        next_try_unix_s=now + wait_s(source, outcome, failures, retry_after_s=retry_after_s, jitter=jitter),
        last_good_unix_s=now if good else state.last_good_unix_s,
        failures=failures,
        last_url=url or state.last_url,
    )


def wait_s(
    source: Source, outcome: Outcome, failures: int, *, retry_after_s: float | None = None, jitter: float = 0.0
) -> float:
    """Seconds until the next request is allowed; `failures` counts this one too."""
    doubled = 2.0 ** min(max(failures - 1, 0), 20)
    if outcome is Outcome.REFUSED:
        return max(REFUSED_WAIT_S, source.interval_s)
    if outcome is Outcome.THROTTLED:
        asked_s = THROTTLED_WAIT_S if retry_after_s is None else min(max(retry_after_s, MINUTE_S), DAY_S)
        return asked_s + MINUTE_S * jitter
    if outcome is Outcome.FAILED:
        longest = max(LONGEST_BACKOFF_S, source.failed_wait_s)
        backoff = min(source.failed_wait_s * doubled, longest) * (1.0 + 0.25 * jitter)
        return max(backoff, min(retry_after_s or 0.0, DAY_S))
    if outcome is Outcome.UNREACHABLE:
        return min(UNREACHABLE_WAIT_S * doubled, HOUR_S) * (1.0 + 0.25 * jitter)
    # Everything else counts as a download at the service.
    return source.interval_s


def after_clock_change(state: SourceState, source: Source, now: float) -> SourceState:
    """The state itself, or, if a wrong clock wrote it in the future, one that waits one interval from now."""
    last = state.last_try_unix_s
    if (last is None or last <= now + _CLOCK_SLACK_S) and state.next_try_unix_s <= now + 2 * DAY_S:
        return state
    return replace(state, last_try_unix_s=now, next_try_unix_s=now + source.interval_s)


def is_wanted(
    source: Source,
    states: Mapping[str, SourceState],
    settings: SourceSettings,
    now: float,
    newest_epoch_unix_s: float | None = None,
) -> bool:
    """Whether there is a reason to ask a source, whether or not its interval has passed.

    A fallback is wanted only while its first choice fails and our data are more than a day old.
    """
    if not settings.allows(source):
        return False
    if source is TLE_API:
        is_old = newest_epoch_unix_s is None or now - newest_epoch_unix_s > STALE_ELEMENTS_S
        return is_old and _has_failed(states, CELESTRAK_GP)
    if source is PEOPLE:
        first = states.get(LAUNCH_LIBRARY.key)
        last_good = first.last_good_unix_s if first else None
        is_old = last_good is None or now - last_good > STALE_CREW_S
        return is_old and (not settings.allows(LAUNCH_LIBRARY) or _has_failed(states, LAUNCH_LIBRARY))
    return True


def _has_failed(states: Mapping[str, SourceState], source: Source) -> bool:
    state = states.get(source.key)
    return state is not None and state.failed
