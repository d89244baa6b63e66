"""When a source may be asked again: politeness as arithmetic, without a network, a file or a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.sources.registry import (
    CELESTRAK_GP,
    HOUR_S,
    LAUNCH_LIBRARY,
    MINUTE_S,
    PEOPLE,
    SOURCES,
    TLE_API,
    Source,
    SourceSettings,
)
from sim.sources.responses import GOOD, TROUBLE, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

REFUSED_WAIT_S = DAY_S
"""After a refusal: it will not go away by asking, and a person has been told."""

THROTTLED_WAIT_S = HOUR_S
"""After "too often" without a word until when."""

UNREACHABLE_WAIT_S = 2 * MINUTE_S
"""After no connection at all: nobody was bothered, and a cable may have been put back; it doubles."""

LONGEST_BACKOFF_S = 6 * HOUR_S
STALE_CREW_S = DAY_S
STALE_ELEMENTS_S = DAY_S
_CLOCK_SLACK_S = 5 * MINUTE_S


@dataclass(frozen=True, slots=True)
class SourceState:
    """Where a source stands, as the screen shows it and the next start finds it.

    Attributes:
        key: Of the catalogue.
        outcome: Of the last try; None before the first one.
        words: The last result in words.
        last_try_unix_s: When it was last asked.
        next_try_unix_s: Not before then.
        last_good_unix_s: When an answer last was as it should be.
        failures: Tries without a usable answer since then.
        last_url: Address of the last good copy.
    """

    key: str
    outcome: Outcome | None = None
    words: str = "never asked"
    last_try_unix_s: float | None = None
    next_try_unix_s: float = 0.0
    last_good_unix_s: float | None = None
    failures: int = 0
    last_url: str = ""

    @property
    def title(self) -> str:
        """Name for the screen."""
        return next((s.title for s in SOURCES if s.key == self.key), self.key)

    @property
    def host(self) -> str:
        """The host it is asked at."""
        return next((s.host for s in SOURCES if s.key == self.key), "")

    @property
    def in_trouble(self) -> bool:
        """Whether the last try brought nothing usable."""
        return self.outcome in TROUBLE


def asked(state: SourceState, source: Source, now: float) -> SourceState:
    """The state while the question is out; it holds a full interval, should the program die before the answer."""
    return replace(
        state,
        outcome="asking",
        words="asked, no answer yet",
        last_try_unix_s=now,
        next_try_unix_s=now + source.interval_s,
    )


def answered(
    state: SourceState,
    source: Source,
    now: float,
    outcome: Outcome,
    words: str,
    *,
    retry_after_s: float | None = None,
    chance: float = 0.0,
    url: str = "",
) -> SourceState:
    """The state after a try.

    Args:
        state: Before it.
        source: Who was asked.
        now: UTC seconds since 1970.
        outcome: What came of it.
        words: The same for the screen.
        retry_after_s: How long the service wants to be left alone, if it said so.
        chance: 0 to 1, drawn by the caller: spreads the next tries of many machines that failed together.
        url: Address of the good copy.
    """
    good = outcome in GOOD
    failures = 0 if good else state.failures + (outcome in TROUBLE)
    return replace(
        state,
        outcome=outcome,
        words=words,
        last_try_unix_s=now,
        next_try_unix_s=now + wait_s(source, outcome, failures, retry_after_s=retry_after_s, chance=chance),
        last_good_unix_s=now if good else state.last_good_unix_s,
        failures=failures,
        last_url=url or state.last_url,
    )


def wait_s(
    source: Source, outcome: Outcome, failures: int, *, retry_after_s: float | None = None, chance: float = 0.0
) -> float:
    """Seconds until a source may be asked again; `failures` counts this one too."""
    doubled = 2.0 ** min(max(failures - 1, 0), 20)
    if outcome == "refused":
        return max(REFUSED_WAIT_S, source.interval_s)
    if outcome == "throttled":
        told = THROTTLED_WAIT_S if retry_after_s is None else min(max(retry_after_s, MINUTE_S), DAY_S)
        return told + MINUTE_S * chance
    if outcome == "failed":
        longest = max(LONGEST_BACKOFF_S, source.failed_wait_s)
        backoff = min(source.failed_wait_s * doubled, longest) * (1.0 + 0.25 * chance)
        return max(backoff, min(retry_after_s or 0.0, DAY_S))
    if outcome == "unreachable":
        return min(UNREACHABLE_WAIT_S * doubled, HOUR_S) * (1.0 + 0.25 * chance)
    # Everything else was a download, as far as the service can tell.
    return source.interval_s


def after_clock_change(state: SourceState, source: Source, now: float) -> SourceState:
    """A state from the future was written under a wrong clock: wait one interval from now, not for years."""
    last = state.last_try_unix_s
    if (last is None or last <= now + _CLOCK_SLACK_S) and state.next_try_unix_s <= now + 2 * DAY_S:
        return state
    return replace(state, last_try_unix_s=now, next_try_unix_s=now + source.interval_s)


def wanted(
    source: Source,
    states: Mapping[str, SourceState],
    settings: SourceSettings,
    now: float,
    newest_epoch_unix_s: float | None = None,
) -> bool:
    """Whether there is a reason to ask a source, be it time or not.

    A fallback is wanted only while its first choice is in trouble and what we have has aged a day.
    """
    if not settings.allows(source):
        return False
    if source is TLE_API:
        aged = newest_epoch_unix_s is None or now - newest_epoch_unix_s > STALE_ELEMENTS_S
        return aged and _in_trouble(states, CELESTRAK_GP)
    if source is PEOPLE:
        first = states.get(LAUNCH_LIBRARY.key)
        last_good = first.last_good_unix_s if first else None
        aged = last_good is None or now - last_good > STALE_CREW_S
        return aged and (not settings.allows(LAUNCH_LIBRARY) or _in_trouble(states, LAUNCH_LIBRARY))
    return True


def _in_trouble(states: Mapping[str, SourceState], source: Source) -> bool:
    state = states.get(source.key)
    return state is not None and state.in_trouble


def due(
    states: Mapping[str, SourceState],
    settings: SourceSettings,
    now: float,
    newest_epoch_unix_s: float | None = None,
) -> tuple[Source, ...]:
    """The sources worth asking now: whether a refresh is worth starting at all."""
    return tuple(
        source
        for source in SOURCES
        if wanted(source, states, settings, now, newest_epoch_unix_s)
        and ((state := states.get(source.key)) is None or state.next_try_unix_s <= now)
    )
