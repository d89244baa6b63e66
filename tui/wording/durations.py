"""Durations as the screen shows them; messages and the command line use `sim.time.duration_text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from sim.time import iso_z

if TYPE_CHECKING:
    from sim.chronicle import Spacewalk


def split(seconds: float) -> tuple[int, int, int, int]:
    """Whole days, hours, minutes and seconds; zero for negative durations."""
    minutes, whole_seconds = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return days, hours, minutes, whole_seconds


def countdown(seconds: float) -> str:
    """`03:12:44`, or `2 d 04:00` from a day on."""
    days, hours, minutes, secs = split(seconds)
    if days:
        return _("{days} d {hours:02d}:{minutes:02d}").format(days=days, hours=hours, minutes=minutes)
    return f"{hours:02d}:{minutes:02d}:{secs:02d}"


def mission_clock(seconds: float) -> str:
    """`182 d 04:05:06`, days also when there are none."""
    days, hours, minutes, secs = split(seconds)
    clock = f"{hours:02d}:{minutes:02d}:{secs:02d}"
    return _("{days} d {clock}").format(days=days, clock=clock)


def compact(seconds: float) -> str:
    """`4:07`, `1:04:07`, `2d 04:07`: no leading zeros, for large digits."""
    days, hours, minutes, secs = split(seconds)
    if days:
        return f"{days}d {hours:02d}:{minutes:02d}"  # the large digits have no other letter
    return f"{hours}:{minutes:02d}:{secs:02d}" if hours else f"{minutes}:{secs:02d}"


def minutes_seconds(seconds: float) -> str:
    """`6:41`, rounded to the second."""
    minutes, secs = divmod(round(seconds), 60)
    return f"{minutes}:{secs:02d}"


def hours_minutes(minutes: float) -> str:
    """`9:06` for 546 minutes."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours}:{rest:02d}"


def walk_length(walk: Spacewalk, unix_s: float) -> str:
    """How long a spacewalk was; while it is not over, `going on`, or `that day` where its hours are not known."""
    if walk.over_unix_s <= unix_s:
        return walk.duration.text
    return _("going on") if walk.has_exact_times else _("that day")


def age(days: float) -> str:
    """`6 h` below two days, then `2.4 d`, `44 d`; the sign is dropped."""
    days = abs(days)
    if days < 2.0:
        return _("{hours:.0f} h").format(hours=days * 24)
    return _("{days:.1f} d").format(days=days) if days < 10 else _("{days:.0f} d").format(days=days)


def last_day(until_s: float) -> str:
    """`by 2026-11-30`, of a span that ends with that day."""
    return _("by {day}").format(day=iso_z(until_s - 1.0)[:10])
