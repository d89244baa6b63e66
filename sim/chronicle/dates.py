"""How exactly something is known: instants that may be only a day, durations that may be only a bound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from sim.named_tuple import NamedTuple

Precision: TypeAlias = Literal["second", "minute", "day", "month", "year"]
DurationKind: TypeAlias = Literal["exact", "approximate", "at least", "unknown"]

BEIJING_OFFSET_S = 8 * 3600.0
"""Beijing time is UTC + 8 h all year; the day of a handover is a day of Beijing."""


class When(NamedTuple):
    """An instant, or the span of a day, month or year of which no more is known.

    Attributes:
        unix_s: The instant, or the first second of the span; what is sorted and sought by.
        until_s: The instant again, or the end of the span: from here on it has surely happened.
        precision: How fine the source is. A day has no hour here and must not be shown with one.
        approximate: Whether the source says "about" or leaves doubts.
        text: As written in the chronicle, always UTC or a date.
    """

    unix_s: float
    until_s: float
    precision: Precision
    approximate: bool
    text: str

    @property
    def is_instant(self) -> bool:
        """Whether there is a time of day at all."""
        return self.precision in {"second", "minute"}

    @property
    def date(self) -> str:
        """The date alone, as precise as it is known."""
        return self.text[:10]


def parse_when(text: str, *, approximate: bool = False, offset_s: float = 0.0) -> When:
    """Read `2024-12-17T04:51:00Z`, `2024-12-17`, `2024-12` or `2024`.

    Seconds of `:00` count as unknown: the sources give most times to the minute.

    Args:
        text: An instant with `Z`, or a date.
        approximate: Whether the source marks it so.
        offset_s: For dates: how far east of UTC the day is meant (Beijing: 28800).

    Raises:
        ValueError: The text is neither.
    """
    if len(text) > 10:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or not text.endswith("Z"):
            raise ValueError(f"{text!r} is no UTC time: it must end in Z")
        unix_s = moment.timestamp()
        return When(unix_s, unix_s, "second" if moment.second else "minute", approximate, text)
    begin, end, precision = _span(text)
    return When(begin.timestamp() - offset_s, end.timestamp() - offset_s, precision, approximate, text)


def _span(text: str) -> tuple[datetime, datetime, Precision]:
    """First and last instant of a day, month or year."""
    utc = UTC
    if len(text) == 10:
        begin = datetime.fromisoformat(text).replace(tzinfo=utc)
        return begin, begin + timedelta(days=1), "day"
    if len(text) == 7:
        begin = datetime.fromisoformat(f"{text}-01").replace(tzinfo=utc)
        following = begin.replace(day=28) + timedelta(days=4)
        return begin, following.replace(day=1), "month"
    if len(text) == 4:
        begin = datetime(int(text), 1, 1, tzinfo=utc)
        return begin, begin.replace(year=begin.year + 1), "year"
    raise ValueError(f"{text!r} is no date: it must read like 2024-12-17, 2024-12 or 2024")


class Duration(NamedTuple):
    """A length of time in minutes, with what is known about it.

    Attributes:
        minutes: Whole minutes; `None` when nothing was published.
        approximate: The source says "about", or a part of the sum does.
        at_least: A lower bound: parts were not published.
    """

    minutes: int | None
    approximate: bool = False
    at_least: bool = False

    @property
    def kind(self) -> DurationKind:
        """The one word for it; a lower bound with approximate parts is a lower bound first."""
        if self.minutes is None:
            return "unknown"
        if self.at_least:
            return "at least"
        return "approximate" if self.approximate else "exact"

    @property
    def is_exact(self) -> bool:
        """Whether every minute of it was published."""
        return self.kind == "exact"

    @property
    def text(self) -> str:
        """`9:06`, `~6:30`, `>=27:00`, `>=~47:47`, or `?`."""
        if self.minutes is None:
            return "?"
        bound = (">=" if self.at_least else "") + ("~" if self.approximate else "")
        return f"{bound}{self.minutes // 60}:{self.minutes % 60:02d}"


UNKNOWN_DURATION = Duration(None)


def add_durations(parts: list[Duration]) -> Duration:
    """Sum durations; an unknown part makes the sum a lower bound.

    Returns:
        An exact zero for no parts; unknown when no part is known.
    """
    known = [part for part in parts if part.minutes is not None]
    if parts and not known:
        return UNKNOWN_DURATION
    return Duration(
        sum(part.minutes or 0 for part in known),
        any(part.approximate for part in known),
        len(known) < len(parts) or any(part.at_least for part in known),
    )
