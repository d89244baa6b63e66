"""Positions, distances, times of day and the state of the elements as texts, one format for each."""

from __future__ import annotations

import math
from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sim.constants import DAY_S
from sim.language import N_, _, dates
from sim.language.compass import compass_points
from sim.language.phrase import Phrase
from sim.orbit.altitude import DECAY_HOLDS_DAYS, decay_holds
from sim.orbit.closure.altitude_error import altitude_error as expected_altitude_error
from sim.time import to_datetime
from tui.wording.durations import age, countdown

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from sim.clock import Stops
    from sim.eclipses import LightChange
    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.closure.altitude_error import AltitudeError
    from sim.orbit.plane import Beta
    from sim.orbit.propagation import Provenance
    from sim.orbit.uncertainty import ExpectedError
    from sim.places.place import Place
    from sim.status import Status

EXACT_PATTERN, ROUGH_PATTERN = "%H:%M:%S", "~%H:%M"
"""Times of day to the second, and about to the minute."""


def latitude(degrees: float) -> str:
    """`32.87°S`."""
    return f"{abs(degrees):.2f}°{'S' if degrees < 0 else 'N'}"


def longitude(degrees: float) -> str:
    """`121.73°E`."""
    return f"{abs(degrees):.2f}°{'W' if degrees < 0 else 'E'}"


def coordinates(latitude_deg: float, longitude_deg: float) -> str:
    """`32.87°S 121.73°E`."""
    return f"{latitude(latitude_deg)} {longitude(longitude_deg)}"


def place_text(place: Place) -> str:
    """`Islamabad, PK (33.72°N 73.04°E)`; the coordinates alone where it has no other name."""
    where = coordinates(place.latitude_deg, place.longitude_deg)
    return where if place.title == where else _("{place} ({where})").format(place=place.title, where=where)


def compass(azimuth_deg: float) -> str:
    """The nearest of the sixteen compass points: `WNW`, `西北偏西`."""
    return compass_points()[round(azimuth_deg / 22.5) % 16]


def distance(km: float) -> str:
    """`0.4 km`, `12 km`, `1 300 km` (thousands rounded to hundreds)."""
    if km < 10:
        return f"{km:.1f} km"
    return f"{round(km, -2 if km >= 1000 else 0):,.0f} km".replace(",", " ")


def small_distance(km: float) -> str:
    """`12 m`, `0.4 km`."""
    return f"{km * 1000.0:.0f} m" if km < 0.1 else distance(km)


def clock_limit_text(stops: Stops) -> str:
    """Why the clock stops at its first or last instant."""
    if stops.at_launch:
        return _("no data before the launch of Tianhe (29 April 2021)")
    return _("no data more than one year ahead: the orbit cannot be predicted that far")


def elements_age(days: float) -> str:
    """`elements are 43 d old`, or `elements are from 24 d later` where only later ones are available."""
    text = _("elements are {age} old") if days > 0 else _("elements are from {age} later")
    return text.format(age=age(days))


def error(expected: ExpectedError) -> str:
    """Expected position error, median and 90 %: `±0.4 km (90 %: 1.0 km)`, or that the position is unknown."""
    if not expected.position_known:
        return _("position along the orbit unknown")
    if not expected.is_stated:
        return _("error not known")
    return f"{median_error(expected)} (90 %: {distance(expected.p90_km)})"


def compact_error(expected: ExpectedError) -> str:
    """The same in less room: `±0.4 (90 %: 1.0) km`, `±0.4 (90 %: 12) km`."""
    if not (expected.position_known and expected.is_stated):
        return median_error(expected) if expected.position_known else _("position unknown")
    return f"±{distance(expected.median_km)[:-3]} (90 %: {distance(expected.p90_km)[:-3]}) km"


def median_error(expected: ExpectedError) -> str:
    """The median alone, where there is no room for more: `±0.4 km`."""
    return f"±{distance(expected.median_km)}" if expected.is_stated else _("error not known")


def altitude_error(provenance: Provenance) -> str:
    """Error of the mean altitude an answer states: `±50 (90 %: 160) m`, `±1.3 (90 %: 5.9) km`, `±6 (90 %: 17) km`."""
    off = _altitude_error(provenance)
    if off is None:
        return _("error not known")
    if off.p90_km < 0.995:
        return f"±{round(off.median_km * 1000.0, -1):.0f} (90 %: {round(off.p90_km * 1000.0, -1):.0f}) m"
    return f"±{altitude_number(off.median_km, provenance)} (90 %: {altitude_number(off.p90_km, provenance)}) km"


@lru_cache(maxsize=4)
def _altitude_error(provenance: Provenance) -> AltitudeError | None:
    """Kept, as several texts of a frame ask for it."""
    return expected_altitude_error(provenance)


ALTITUDE_ERROR_KM = 0.5
"""From here on, nine in ten, a mean altitude is shown with its error."""


def altitude(km: float, provenance: Provenance) -> str:
    """A mean altitude: `390.1 km`, `384.4 ±4.2 km` (nine in ten), `384 ±17 km`."""
    off = _altitude_error(provenance)
    error = f" ±{altitude_number(off.p90_km, provenance)}" if off and off.p90_km >= ALTITUDE_ERROR_KM else ""
    return f"{altitude_number(km, provenance)}{error} km"


def altitude_number(km: float, provenance: Provenance, decimals: int = 1) -> str:
    """Kilometres of a mean altitude, perigee or apogee, or of its error, without unit: `390.1`, `384`.

    Args:
        km: The kilometres.
        provenance: Of the answer: its error bounds the decimals.
        decimals: The most that are shown.
    """
    off = _altitude_error(provenance)
    if off:
        decimals = min(decimals, 0 if off.p90_km >= 9.95 else 1 if off.p90_km >= 0.995 else 2)
    return f"{km:.{decimals}f}"


MINUTES_A_KM = 0.02
"""By so many minutes the period grows with a kilometre of altitude."""


def period(minutes: float, provenance: Provenance, decimals: int = 2) -> str:
    """A period of revolution in minutes: `92.18 min`, or `92 min` where the altitude is known to over 5 km.

    Args:
        minutes: The period.
        provenance: Of the answer: its error bounds the decimals.
        decimals: The most that are shown.
    """
    return _("{minutes} min").format(minutes=period_number(minutes, provenance, decimals))


def period_number(minutes: float, provenance: Provenance, decimals: int) -> str:
    """The same without its unit, for sentences: `92.2`."""
    off = _altitude_error(provenance)
    if off:
        decimals = min(max(math.floor(-math.log10(off.p90_km * MINUTES_A_KM)), 0), decimals)
    return f"{minutes:.{decimals}f}"


def unknown_decay(report: AltitudeReport) -> str:
    """Why a report has no decay."""
    if not decay_holds(report.unix_s, report.points[-1].unix_s):
        return _("unknown: no element set within {days:.0f} days").format(days=DECAY_HOLDS_DAYS)
    return _("unknown just after a raise")


def beta(status: Status) -> str:
    """`+4.7°`, `+17.3° ±4.3°` (nine in ten) where the plane of the orbit alone is known; empty where it is not."""
    if status.error.position_known:
        degrees = status.orbit.beta_deg
        return f"{degrees:+.1f}°" if math.isfinite(degrees) else ""
    degrees = status.beta.beta_deg
    return f"{degrees:+.1f}° ±{beta_error(status.beta):.1f}°" if math.isfinite(degrees) else ""


def beta_error(beta: Beta) -> float:
    """The error of beta, nine in ten, in degrees with one decimal: never none."""
    return max(beta.error.p90_deg, 0.1)


def time_error(error_s: float) -> str:
    """An error of a time: `<1 s`, `±24 s`, `±12 min`, `±1.5 h`, `?` where it is not known."""
    if math.isnan(error_s):
        return "?"
    return _("<1 s") if error_s < 1.0 else f"±{span(error_s)}"


MINUTES_FROM_S = 99.5
"""From here on a span of time is written in minutes, and a time that may be off by so much without its seconds."""


def span(seconds: float) -> str:
    """A span of time in its largest unit: `24 s`, `12 min`, `1.5 h`, `2.4 d`."""
    return span_phrase(seconds).text


def span_phrase(seconds: float) -> Phrase:
    """The same, for texts that are kept."""
    if seconds < MINUTES_FROM_S:
        return Phrase(N_("{seconds:.0f} s"), {"seconds": seconds})
    if seconds < 5970.0:
        return Phrase(N_("{minutes:.0f} min"), {"minutes": seconds / 60.0})
    if seconds < DAY_S:
        return Phrase(N_("{hours:.1f} h"), {"hours": seconds / 3600.0})
    return Phrase(N_("{days:.1f} d"), {"days": seconds / DAY_S})


def clock_pattern(error: ExpectedError | None) -> str:
    """Precision of a written time: to the second, or `~` and the minute where one in ten is minutes off."""
    return ROUGH_PATTERN if error is not None and error.p90_s >= MINUTES_FROM_S else EXACT_PATTERN


def minute_pattern(error: ExpectedError | None) -> str:
    """The minute alone, with `~` where one in ten is minutes off."""
    return ROUGH_PATTERN if clock_pattern(error) == ROUGH_PATTERN else "%H:%M"


def stamp(unix_s: float, error: ExpectedError | None, zone: str | None = None) -> str:
    """Date and time as closely as is known, in UTC with a Z or on the clocks of a zone with their offset.

    `2024-12-17T08:00:06Z`, `2024-12-17 16:00:06+08:00`; where one in ten is minutes off `~2024-12-17T08:00Z`.
    """
    moment = to_datetime(round(unix_s), ZoneInfo(zone or "UTC"))
    rough = clock_pattern(error) == ROUGH_PATTERN
    text = moment.isoformat(sep=" " if zone else "T", timespec="minutes" if rough else "seconds")
    return f"{'~' if rough else ''}{text if zone else text.removesuffix('+00:00') + 'Z'}"


def rate(value: float, *, paused: bool) -> str:
    """`x1`, `x60`, `x-10`, `paused`."""
    return _("paused") if paused else f"x{value:g}"


def light_state(light: LightChange | None) -> str:
    """`sunlit`, `in shadow`, `unknown`."""
    if light is None:
        return _("unknown")
    return {"sunlit": _("sunlit"), "penumbra": _("in the penumbra"), "umbra": _("in shadow")}[light.state]


def time_left(seconds: float, error: ExpectedError | None) -> str:
    """`00:12:04`, and where one in ten is minutes off `~12 min`: a time to the second cannot be counted down to."""
    if clock_pattern(error) == EXACT_PATTERN or seconds >= DAY_S:  # from a day on there are no seconds
        return countdown(seconds)
    return f"~{span(max(seconds, MINUTES_FROM_S))}"


def light_text(light: LightChange | None, unix_s: float, error: ExpectedError | None = None) -> str:
    """`sunlit, shadow in 00:12:04`, `in shadow, sunrise in 00:20:31`, `sunlit, shadow in ~12 min`, `unknown`."""
    state = light_state(light)
    if light is None or not light.next_state or light.change_unix_s is None:
        return state
    # The penumbra lasts about eleven seconds: it is named as the beginning or the end of the shadow.
    to_shadow = light.state == "sunlit" or light.next_state == "umbra"
    text = _("{state}, shadow in {countdown}") if to_shadow else _("{state}, sunrise in {countdown}")
    return text.format(state=state, countdown=time_left(light.change_unix_s - unix_s, error))


def instant(unix_s: float, zone: tzinfo | None, timespec: str = "seconds") -> str:
    """`2024-12-17 16:00:06`, with the offset in the hour that comes twice; without a zone `2024-12-17T08:00:06Z`.

    `timespec` is `minutes`, `seconds` or `milliseconds`.
    """
    nearest_s = round(unix_s, 3) + 1e-7 if timespec == "milliseconds" else round(unix_s)
    moment = to_datetime(nearest_s, zone or UTC)
    text = moment.replace(tzinfo=None).isoformat(sep=" " if zone else "T", timespec=timespec)
    return f"{text}{hour_mark(moment)}" if zone else f"{text}Z"


def zone_of(place: Place, *, utc: bool = False) -> tzinfo | None:
    """The place's time zone; `None` where it is unknown or not installed, and where times are shown in UTC."""
    try:
        return ZoneInfo(place.timezone) if place.timezone and not utc else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def clock_time(unix_s: float, place: Place, *, utc: bool, pattern: str = "%H:%M:%S") -> str:
    """A time of day, local or (if `utc`, or if the place's zone is unknown) in UTC with a `Z`.

    It is that of the nearest second, as every list prints it; a running clock gives whole seconds that are over.
    """
    zone = zone_of(place, utc=utc)
    nearest_s = round(unix_s)
    if zone is None:
        return to_datetime(nearest_s).strftime(pattern) + "Z"
    moment = to_datetime(nearest_s, zone)
    return moment.strftime(pattern) + hour_mark(moment)


def hour_mark(moment: datetime) -> str:
    """The offset from UTC, `+02`, in the hour that comes twice when clocks are put back; empty in all others."""
    if moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset():
        return ""
    return moment.strftime("%z").removesuffix("00")


def time_of_day(unix_s: float, place: Place, *, utc: bool, pattern: str = "%H:%M:%S") -> str:
    """The same without the `Z`, where the heading says which time is meant."""
    return clock_time(unix_s, place, utc=utc, pattern=pattern).removesuffix("Z")


def repeated_hour_mark(unix_s: float, place: Place) -> str:
    """`+02:00`, the offset from UTC, where the clocks of a place show this time twice as they go back; else empty."""
    moment = to_datetime(unix_s, zone_of(place) or UTC)
    return moment.isoformat()[-6:] if hour_mark(moment) else ""


def day_word(unix_s: float, now_unix_s: float, place: Place, *, utc: bool) -> str:
    """`today`, `tomorrow`, `Tue 24 Nov`, or `24 Nov 2027`, by the calendar of the place."""
    zone = zone_of(place, utc=utc) or UTC
    nearest_s = round(unix_s)  # as `clock_time` writes it
    day = to_datetime(nearest_s, zone)
    offset = calendar_days(now_unix_s, nearest_s, zone)
    if offset in {0, 1, -1}:
        return (_("today"), _("tomorrow"), _("yesterday"))[offset]
    return dates.day_of_week(day) if day.year == to_datetime(now_unix_s, zone).year else dates.day(day)


def calendar_days(from_unix_s: float, to_unix_s: float, zone: tzinfo | None) -> int:
    """Midnights between two instants, by the calendar of a zone (UTC for `None`)."""
    first, last = (to_datetime(unix_s, zone or UTC) for unix_s in (from_unix_s, to_unix_s))
    return (last.date() - first.date()).days
