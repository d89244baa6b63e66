"""How quantities are written on the screen: one place for signs, digits and words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sim.constants import DAY_S
from sim.time import to_datetime

if TYPE_CHECKING:
    from datetime import tzinfo

    from sim.clock import Stops
    from sim.orbit.uncertainty import ExpectedError
    from sim.places.place import Place

COMPASS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


def latitude(degrees: float) -> str:
    """`32.87°S`."""
    return f"{abs(degrees):.2f}°{'S' if degrees < 0 else 'N'}"


def longitude(degrees: float) -> str:
    """`121.73°E`."""
    return f"{abs(degrees):.2f}°{'W' if degrees < 0 else 'E'}"


def compass(azimuth_deg: float) -> str:
    """One of sixteen words for a direction."""
    return COMPASS[round(azimuth_deg / 22.5) % 16]


def age(days: float) -> str:
    """`6 h`, `2.4 d`, `44 d`: how long ago."""
    days = abs(days)
    if days < 2.0:
        return f"{days * 24:.0f} h"
    return f"{days:.1f} d" if days < 10 else f"{days:.0f} d"


def distance(km: float) -> str:
    """`0.4 km`, `12 km`, `1 300 km`."""
    if km < 10:
        return f"{km:.1f} km"
    return f"{_grouped(round(km, -2 if km >= 1000 else 0))} km"


def clock_limit_text(stops: Stops) -> str:
    """Why the clock goes no further."""
    if stops.at_launch:
        return "the story begins with the launch of Tianhe: there is nothing before it"
    return "no further than a year from now: so far ahead nothing is known of the orbit"


def elements_age(days: float) -> str:
    """`elements are 43 d old`, or `elements are of 24 d later` where only those of a later day are known."""
    return f"elements are {age(days)} old" if days > 0 else f"elements are of {age(days)} later"


def error(expected: ExpectedError) -> str:
    """How far off the place may be: `±0.4 km`, or in words where it is not known any more."""
    if not expected.position_known:
        return "place along the orbit unknown"
    return f"±{distance(expected.median_km)}"


def rate(value: float, *, paused: bool) -> str:
    """`x1`, `x60`, `x-10`, `paused`."""
    return "paused" if paused else f"x{value:g}"


def walk_duration(minutes: float) -> str:
    """`9:06`: hours and minutes."""
    whole = round(minutes)
    return f"{whole // 60}:{whole % 60:02d}"


def countdown(seconds: float) -> str:
    """`03:12:44`, `2 d 04:00`: time left, shorter when it is long."""
    whole = max(0, int(seconds))
    days, rest = divmod(whole, int(DAY_S))
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{days} d {hours:02d}:{minutes:02d}" if days else f"{hours:02d}:{minutes:02d}:{secs:02d}"


def days_clock(seconds: float) -> str:
    """`182 d 04:05:06`: a mission clock that ticks."""
    whole = max(0, int(seconds))
    days, rest = divmod(whole, int(DAY_S))
    return f"{days} d {rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"


def zone_of(place: Place) -> tzinfo | None:
    """The place's time zone; `None` where it is unknown."""
    try:
        return ZoneInfo(place.timezone) if place.timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def clock_time(unix_s: float, place: Place, *, utc: bool, pattern: str = "%H:%M:%S") -> str:
    """A time of day in UTC (with Z) or at the place."""
    zone = zone_of(place)
    if utc or zone is None:
        return to_datetime(unix_s).strftime(pattern) + "Z"
    return to_datetime(unix_s, zone).strftime(pattern)


def day_word(unix_s: float, now_unix_s: float, place: Place, *, utc: bool) -> str:
    """`today`, `tomorrow`, or `Tue 24 Nov`, by the calendar of the place."""
    zone = None if utc else zone_of(place)
    day, today = (to_datetime(t, zone) if zone else to_datetime(t) for t in (unix_s, now_unix_s))
    offset = (day.date() - today.date()).days
    if offset in {0, 1, -1}:
        return ("today", "tomorrow", "yesterday")[offset]
    return day.strftime("%a %d %b") if day.year == today.year else day.strftime("%d %b %Y")


def calendar_days(from_unix_s: float, to_unix_s: float, zone: tzinfo | None) -> int:
    """Midnights between two instants, by the calendar of a zone (UTC for `None`)."""
    first, last = (to_datetime(t, zone) if zone else to_datetime(t) for t in (from_unix_s, to_unix_s))
    return (last.date() - first.date()).days


def _grouped(value: float) -> str:
    """Thousands apart by a thin blank, as in 1 300."""
    return f"{value:,.0f}".replace(",", " ")
