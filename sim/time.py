"""Instants: UTC seconds since 1970 (`unix_s`), their Julian date pairs and their texts.

A float64 holds `unix_s` to 0.24 microseconds, which is 2 mm of the station's way; one float64 of Julian days
would hold 40 microseconds, 0.3 m. Leap seconds do not count, as in every element set.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import cache

from sim.constants import DAY_S
from sim.errors import TimeError
from sim.language import N_, _
from sim.sanitize import clean

UNIX_EPOCH_JD = 2440587.5
"""Julian date of 1970-01-01T00:00Z."""

J2000_UNIX_S = 946728000.0
"""2000-01-01T12:00, the epoch J2000 read on the UTC (or UT1) clock."""

EARLIEST_UNIX_S = -378691200.0
"""1958-01-01: before it there was nothing to follow up there."""

LATEST_UNIX_S = 4102444800.0
"""2100-01-01."""

LONGEST_TEXT = 80
"""Characters; nothing a person writes for an instant is longer."""

_SPAN = r"(\d+(?:\.\d+)?)\s*(sec|s|min|m|h|d|w)"
_RELATIVE = rf"(?:now)?\s*([+-])\s*((?:{_SPAN}\s*)+)"
_HALF_A_CLOCK = r"\d{4}\S*\d[Tt ]\d\d(?::?\d\d)?[.,]\d.*"
"""Parts of an hour or a minute: what is read as seconds by some is no time to others."""
_UNIT_S = {"s": 1.0, "sec": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": DAY_S, "w": 7 * DAY_S}
_EXAMPLES = N_("write it like 2024-12-17, 2024-12-17T08:00:00Z or 2024-12-17T16:00+08:00")


def julian_pair(unix_s: float) -> tuple[float, float]:
    """Julian date as (midnight, fraction of the day), the form SGP4 takes without losing digits."""
    days, seconds = divmod(unix_s, DAY_S)
    return UNIX_EPOCH_JD + days, seconds / DAY_S


def parse_instant(text: str, *, now_unix_s: float | None = None, zone: tzinfo = UTC) -> float:
    """Read an instant a person wrote.

    Args:
        text: ISO 8601 (a date, or a date and time with or without offset), `now`, an offset from now such as `+90m`
            or `-2d`, or any form of `sim.written_time`.
        now_unix_s: What `now` and `today` mean; the system clock if not given.
        zone: Time zone of a text without one.

    Returns:
        UTC seconds since 1970.

    Raises:
        TimeError: The text is not an instant, could mean two, or lies outside 1958 to 2099.
    """
    stripped = text.strip()
    shown = clean(stripped, limit=40)
    if len(stripped) > LONGEST_TEXT:
        raise TimeError(_("“{shown}” is too long for a date or time").format(shown=shown))
    now = datetime.now(UTC).timestamp() if now_unix_s is None else now_unix_s
    if stripped.lower() == "now":
        return now
    # A pattern is compiled only for a text that can be of its form: the start would wait a millisecond for each.
    is_relative = stripped[:1] in {"+", "-"} or stripped[:3].lower() == "now"
    if is_relative and (relative := re.fullmatch(_RELATIVE, stripped, re.IGNORECASE)):
        span_s = sum(float(amount) * _UNIT_S[unit] for amount, unit in re.findall(_SPAN, relative[2].lower()))
        return _checked(now + (span_s if relative[1] == "+" else -span_s), shown)
    # Seconds since 1970, as `date` takes them.
    if stripped[:1] == "@" and re.fullmatch(r"@-?\d{1,12}(?:\.\d{1,9})?", stripped, re.ASCII):
        return _checked(float(stripped[1:]), shown)
    if ("." in stripped or "," in stripped) and re.fullmatch(_HALF_A_CLOCK, stripped, re.ASCII):
        raise _not_a_time(shown)
    try:
        return parse_iso(stripped, zone=zone)
    except TimeError:
        from sim.written_time import read_written  # rarely needed, and never at the start

        return _checked(read_written(stripped, now_unix_s=now, zone=zone), shown)


def parse_iso(text: str, *, zone: tzinfo = UTC) -> float:
    """Read ISO 8601 alone, as programs write it: a date, or a date and time, without an offset in `zone`.

    Returns:
        UTC seconds since 1970.

    Raises:
        TimeError: It is something else, a time that the zone's clocks skip or show twice, or outside 1958 to 2099.
    """
    shown = clean(text, limit=40)
    try:
        moment = datetime.fromisoformat(text.replace(" UTC", "Z").replace(" Z", "Z"))
    except ValueError:
        raise _not_a_time(shown) from None
    if moment.tzinfo is None and zone is not UTC:
        from sim.written_time import wall_instant

        return _checked(wall_instant(moment, zone, shown), shown)
    try:
        return _checked((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp(), shown)
    except (OverflowError, ValueError):
        raise TimeError(_("“{shown}” is outside 1958 to 2099").format(shown=shown)) from None


def _not_a_time(shown: str) -> TimeError:
    return TimeError(_("“{shown}” is not a date or time: {examples}").format(shown=shown, examples=_(_EXAMPLES)))


def _checked(unix_s: float, shown: str) -> float:
    if not EARLIEST_UNIX_S <= unix_s < LATEST_UNIX_S:
        raise TimeError(_("“{shown}” is outside 1958 to 2099").format(shown=shown))
    return unix_s


@cache
def new_year_unix_s(year: int) -> float:
    """The instant at which a year begins in UTC."""
    return datetime(year, 1, 1, tzinfo=UTC).timestamp()


def to_datetime(unix_s: float, zone: tzinfo = UTC) -> datetime:
    """The instant as an aware datetime in `zone`."""
    return datetime.fromtimestamp(unix_s, tz=zone)


_TO_SECONDS, _TO_MILLISECONDS = len("2026-10-08T00:00:00"), len("2026-10-08T00:00:00.000")


def iso_z(unix_s: float, *, milliseconds: bool = False) -> str:
    """ISO 8601 in UTC ending in Z: whole seconds for stated times, milliseconds for computed ones.

    Rounds to the nearest unit, so that 07:59:59.9999999 reads 08:00:00.
    """
    if milliseconds:
        moment = to_datetime(round(unix_s, 3) + 1e-7)
        return moment.isoformat(timespec="milliseconds")[:_TO_MILLISECONDS] + "Z"
    return to_datetime(round(unix_s)).isoformat()[:_TO_SECONDS] + "Z"


def duration_text(seconds: float) -> str:
    """A span as a clock, without a sign: `00:42:10`, `3 d 04:05:06`."""
    days, rest = divmod(int(abs(seconds)), 86400)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    clock = f"{hours:02d}:{minutes:02d}:{secs:02d}"
    return _("{days} d {clock}").format(days=days, clock=clock) if days else clock
