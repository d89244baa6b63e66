"""Everything that happened at the station, in one order; `sim.chronicle.record_events` makes it of the records."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from sim.constants import DAY_S

if TYPE_CHECKING:
    from sim.chronicle.dates import Precision
    from sim.chronicle.model.record import Origin, Source
    from sim.language.phrase import Phrase

EventKind: TypeAlias = Literal[
    "launch", "docking", "undocking", "landing", "re-entry", "handover", "spacewalk start", "spacewalk end",
    "spacewalk", "record", "module", "milestone", "lesson", "partners", "avoidance", "plan", "raise", "lowering",
]  # fmt: skip
"""`spacewalk`: one of which only the day is known. `raise`, `lowering`: found in the element history,
merged by the caller."""

HAPPENED: frozenset[EventKind] = frozenset(
    ("launch", "docking", "undocking", "landing", "re-entry", "spacewalk start", "spacewalk end", "spacewalk", "module")
)
"""What ships, modules and crews did, of which the end is known: a text that names its day tells of it."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, or is planned.

    Attributes:
        unix_s: When; the start of the day or month where no more is known.
        until_s: The end of that span; equal to `unix_s` for an instant.
        precision: How fine the time is: a day has no hour and must not be shown with one.
        kind: What sort of thing.
        phrase: One line in the present tense, like "Shenzhou-19 docks at Tianhe forward"; `title` is it in the reader's
            language.
        text: The time as the chronicle writes it.
        span: The time of what is not from the chronicle, as a phrase; `when` is it in the reader's language.
        missions: The missions concerned.
        people: The people concerned.
        spacewalk: The number of the walk concerned.
        certain: False where the time is approximate or its day in doubt.
        planned: True for what has not happened as far as known.
        sources: Where it was read.
        origin: "user" for what comes from a person's own file.
        since_s: Begin of the span, where `unix_s` is a date within it; None where it is `unix_s`.
        known_s: From when a plan is known.
    """

    unix_s: float
    until_s: float
    precision: Precision
    kind: EventKind
    phrase: Phrase
    text: str
    span: Phrase | None = None
    missions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    spacewalk: int | None = None
    certain: bool = True
    planned: bool = False
    sources: tuple[Source, ...] = ()
    origin: Origin = "embedded"
    since_s: float | None = None
    known_s: float = -math.inf

    def is_later(self, unix_s: float) -> bool | None:
        """Whether it comes after an instant; None where that lies in its span, so that nobody can say."""
        begin_s = self.unix_s if self.since_s is None else self.since_s
        return None if begin_s <= unix_s < self.until_s else self.unix_s > unix_s

    def is_hindsight(self, unix_s: float) -> bool | None:
        """Whether nobody knew of it yet at an instant; None where that cannot be said. A plan comes before its day."""
        return self.known_s > unix_s if self.planned else self.is_later(unix_s)

    @property
    def title(self) -> str:
        """What happened, in the language of the reader; `phrase.english` is the same whatever that is."""
        return self.phrase.text

    @property
    def when(self) -> str:
        """The time as a reader sees it."""
        return self.text if self.span is None else self.span.text


class EventList:
    """Events in order of time, with quick ways to the ones around an instant.

    Args:
        make: Makes them, in any order, when one is first asked for: most first pictures of the dashboard show none.
    """

    __slots__ = ("_known", "_make", "_plans")

    def __init__(self, make: Callable[[], Iterable[Event]]) -> None:
        self._make = make
        self._known: tuple[tuple[Event, ...], list[float]] | None = None
        self._plans: tuple[Event, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """All of them."""
        return self._in_time[0]

    @property
    def _in_time(self) -> tuple[tuple[Event, ...], list[float]]:
        """The events in order, and their times; two threads may well make them both."""
        if self._known is None:
            events = tuple(_in_order(self._make()))
            self._plans = tuple(event for event in events if event.planned)
            self._known = events, [event.unix_s for event in events]
        return self._known

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, EventList) and self.events == other.events)

    __hash__ = None  # type: ignore[assignment]  # events hold dictionaries

    def previous(self, unix_s: float) -> Event | None:
        """The last event at or before an instant."""
        events, times = self._in_time
        index = bisect_right(times, unix_s)
        return events[index - 1] if index else None

    def next(self, unix_s: float) -> Event | None:
        """The first event after an instant."""
        events, times = self._in_time
        index = bisect_right(times, unix_s)
        return events[index] if index < len(events) else None

    def before(self, unix_s: float) -> Event | None:
        """The last event strictly before an instant: where one lands when walking back from an event."""
        events, times = self._in_time
        index = bisect_left(times, unix_s)
        return events[index - 1] if index else None

    def happened(self, unix_s: float) -> Event | None:
        """The last event at or before an instant; of a plan nobody knows whether it came true."""
        events, times = self._in_time
        begun = range(bisect_right(times, unix_s) - 1, -1, -1)
        return next((events[index] for index in begun if not events[index].planned), None)

    def coming(self, unix_s: float) -> Event | None:
        """What comes first: the next event, or a plan whose span has begun and ends before that; plans known then."""
        events, times = self._in_time
        index = bisect_right(times, unix_s)
        ahead = range(index, len(events))
        coming = next((events[index] for index in ahead if events[index].known_s <= unix_s), None)
        begun = (plan for plan in self._plans if plan.unix_s <= unix_s < plan.until_s and plan.known_s <= unix_s)
        plan = min(begun, key=lambda plan: plan.until_s, default=None)
        return coming if plan is None or (coming is not None and coming.unix_s < plan.until_s) else plan

    def between(self, start_s: float, end_s: float) -> tuple[Event, ...]:
        """Events from `start_s` to before `end_s`."""
        events, times = self._in_time
        return events[bisect_left(times, start_s) : bisect_left(times, end_s)]

    def day_over_s(self, day_unix_s: float) -> float:
        """When what happened here on a day of UTC, given by its start, was over; the end of the day if nothing did."""
        happened = [e for e in self.between(day_unix_s, day_unix_s + DAY_S) if e.kind in HAPPENED]
        walks = {e.spacewalk for e in happened if e.spacewalk is not None}
        if walks:  # the end of a spacewalk may be on the next day
            following = self.between(day_unix_s + DAY_S, day_unix_s + 2.0 * DAY_S)
            happened += [e for e in following if e.spacewalk in walks]
        return max((e.until_s for e in happened), default=day_unix_s + DAY_S)


def _in_order(events: Iterable[Event]) -> Iterator[Event]:
    """Events by their time, those of one time by their words, which are put together for these alone."""
    for _time, group in groupby(sorted(events, key=_time_of), key=_time_of):
        alike = list(group)
        yield from alike if len(alike) == 1 else sorted(alike, key=lambda event: event.phrase.english)


def _time_of(event: Event) -> tuple[float, float]:
    return event.unix_s, event.until_s


def merged(events: EventList, extra: Sequence[Event]) -> EventList:
    """The same list with more events in it."""
    return EventList(lambda: (*events.events, *extra)) if extra else events
