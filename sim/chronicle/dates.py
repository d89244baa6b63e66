"""Dates and durations with their precision: an instant may be known to the day only, a duration as a bound only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, Self, TypeAlias

import msgspec

from sim.constants import DAY_S, HOUR_S

Precision: TypeAlias = Literal["second", "minute", "day", "month", "year"]
DurationKind: TypeAlias = Literal["exact", "approximate", "at least", "unknown"]

ONE_DAY = timedelta(days=1)
UNIX_DAY = date(1970, 1, 1).toordinal()
_TIME = "0000-00-00T00:00:00Z"
"""How a UTC time is written: every third character from the fifth on is a mark. ISO 8601 has other forms as well."""


class PartialDate:
    """An instant, or the span of a day, month or year of which no more is known; never changed after it was made.

    Not a struct, so that `msgspec` hands the text of a file to `parse`.

    Attributes:
        unix_s: The instant, or the first second of the span; dates are sorted by it.
        until_s: The instant again, or the end of the span: by then it has certainly happened.
        precision: How fine the source is. A day has no hour here and must not be shown with one.
        approximate: Whether the source says "about" or leaves doubts.
        text: As written in the chronicle, always UTC or a date.
    """

    __slots__ = ("approximate", "precision", "text", "unix_s", "until_s")
    FORM = "a date like 2024-12-17 or a UTC time like 2024-12-17T04:51:00Z"
    WITH_TIME: bool | None = None
    """Whether a time of day must be given, or must not; either will do for `None`."""

    OFFSET_S = 0.0
    """Of the clock whose days are meant, from UTC."""

    def __init__(
        self, *, unix_s: float, until_s: float, precision: Precision, text: str, approximate: bool = False
    ) -> None:
        self.unix_s, self.until_s = unix_s, until_s
        self.precision, self.approximate, self.text = precision, approximate, text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a chronicle file holds.

        Raises:
            ValueError: Not a date or UTC time; the message says what is expected.
        """
        try:
            found = cls._parsed(text)
        except (ValueError, OverflowError):
            found = None
        if found is None or (cls.WITH_TIME is not None and found.is_instant is not cls.WITH_TIME):
            raise ValueError(f"must be {cls.FORM}")
        return found

    @classmethod
    def _parsed(cls, text: str) -> Self:
        if len(text) > 10:
            if len(text) != len(_TIME) or text[4::3] != _TIME[4::3]:
                raise ValueError(text)
            moment = datetime.fromisoformat(text)
            unix_s = moment.timestamp()
            return cls(unix_s=unix_s, until_s=unix_s, precision="second" if moment.second else "minute", text=text)
        begin, end, precision = _span(text)
        unix_s, until_s = _midnight_unix_s(begin) - cls.OFFSET_S, _midnight_unix_s(end) - cls.OFFSET_S
        return cls(unix_s=unix_s, until_s=until_s, precision=precision, text=text)

    def approximately(self, until_s: float | None = None) -> PartialDate:
        """The same date marked as approximate, with a later end if one is given."""
        return PartialDate(
            unix_s=self.unix_s,
            until_s=self.until_s if until_s is None else until_s,
            precision=self.precision,
            approximate=True,
            text=self.text,
        )

    @property
    def is_instant(self) -> bool:
        """Whether the time of day is known."""
        return self.precision in {"second", "minute"}

    @property
    def date(self) -> str:
        """The date alone, as precise as it is known."""
        return self.text[:10]

    def _key(self) -> tuple[object, ...]:
        return self.unix_s, self.until_s, self.precision, self.approximate, self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r}{', approximate' if self.approximate else ''})"


class Instant(PartialDate):
    """A date with a time of day; seconds of `:00` count as unknown, since most sources give times to the minute."""

    __slots__ = ()
    FORM = "a UTC time like 2024-12-17T04:51:00Z"
    WITH_TIME = True


class Day(PartialDate):
    """A day, month or year of UTC."""

    __slots__ = ()
    FORM = "a date like 2024-12-17"
    WITH_TIME = False


class BeijingDay(Day):
    """A day of Beijing time, which is UTC + 8 h all year."""

    __slots__ = ()
    OFFSET_S = 8.0 * HOUR_S


def _span(text: str) -> tuple[date, date, Precision]:
    """First day of a day, month or year, and the first one after it."""
    if len(text) == 10 and text[4::3] == _TIME[4:10:3]:
        day = date.fromisoformat(text)
        return day, day + ONE_DAY, "day"
    if len(text) == 7:
        begin = date.fromisoformat(f"{text}-01")
        return begin, (begin + timedelta(days=31)).replace(day=1), "month"
    if len(text) == 4 and text.isascii() and text.isdigit():
        begin = date(int(text), 1, 1)
        return begin, begin.replace(year=begin.year + 1), "year"
    raise ValueError(text)


def _midnight_unix_s(day: date) -> float:
    return DAY_S * (day.toordinal() - UNIX_DAY)


class Duration(msgspec.Struct, frozen=True):
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
        """The kind of the duration; a lower bound with approximate parts counts as a lower bound."""
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
        minutes=sum(part.minutes or 0 for part in known),
        approximate=any(part.approximate for part in known),
        at_least=len(known) < len(parts) or any(part.at_least for part in known),
    )
