"""Dates and times as people write them beyond ISO 8601: words, month names, ordinal days, Chinese, clocks of a zone.

What could mean two instants is refused with what to write instead: day and month in figures, a year of two digits,
an hour that comes twice, a zone's abbreviation that several zones use.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple, NoReturn

from sim.errors import TimeError
from sim.language import _
from sim.language.dates import whole_weekday_name
from sim.sanitize import clean

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "明天": 1, "昨天": -1}

_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<year>\d{4})([/.])(?P<month>\d\d?)\2(?P<day>\d\d?)",
    r"(?P<year>\d{4})-?(?P<ordinal>\d{3})",
    r"(?P<year>\d{4})\s*年\s*(?P<month>\d\d?)\s*月\s*(?P<day>\d\d?)\s*[日号號]",
    rf"{_WEEKDAY}(?P<day>\d\d?)(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})",
    rf"{_WEEKDAY}(?P<day>\d\d?)-{_MONTH}-(?P<year>\d{{4}})",
    rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    rf"{_WEEKDAY}(?P<year>\d{{4}})[\s-]+{_MONTH}[\s-]+(?P<day>\d\d?)",
    rf"(?P<word>{'|'.join(_WORDS)})",
)
_CLOCKS = (
    r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?(?:\s*(?P<half>[ap])\.?m\.?)?",
    r"(?P<hour>\d\d)(?P<minute>\d\d)(?:(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?",
    r"(?P<hour>\d\d)",
    r"(?P<hour>\d\d?)\s*(?P<half>[ap])\.?m\.?",
    r"(?P<zh>上午|下午|晚上|早上)?\s*(?P<hour>\d\d?)\s*[时時点點:](?:\s*(?P<minute>\d\d?)\s*分?(?:\s*:?(?P<second>\d\d?)\s*秒?)?)?",
)
_ONLY_AFTER_T = {1, 2}
"""Clocks without colons: behind a blank they could be a year or a day."""


class _Clock(NamedTuple):
    """A time of day."""

    since_midnight: timedelta
    is_leap: bool = False


_ZONE = (
    r"\s*(?P<utc>z|utc|gmt|ut)|\s*(?:utc|gmt)?(?P<offset>[+-]\d\d?(?::?\d\d)?(?::\d\d)?)"
    r"|\s+(?P<name>[a-z][\w+-]*(?:/[\w+-]+)+)"
)
_LETTERS = r"(?P<rest>.*?)\s*\b(?P<letters>[A-Z]{2,5}T|[A-Y])$"
_TURNED = r"(?P<clock>\d\d?(?::\d\d\S*|(?=\s*[ap]))(?:\s*[ap]\.?m\.?)?),?\s+(?P<day>\D.*|\d\d?\s+[a-z].*)"
"""The time before the day."""

_IN_THE_MIDDLE = rf"({_WEEKDAY}{_MONTH}\s+\d\d?)\s+(\d\d?:\d\d(?::\d\d)?)(\s+(?:utc|gmt))?\s+(\d{{4}})".replace(
    "(?P<weekday>", "(?:"
).replace("(?P<month>", "(?:")
"""The time between the day and the year, as `date` and `ctime` print it."""

_EITHER = r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)\b.*"
_SHORT_YEAR = rf"{_WEEKDAY}\d\d?\s+{_MONTH}\s+\d\d(?:\s.*)?"


def read_written(text: str, *, now_unix_s: float, zone: tzinfo = UTC) -> float:
    """UTC seconds since 1970 of a date, or of a date and time, in any accepted form.

    Args:
        text: As written: `17 Dec 2024 16:00`, `2024-352T08:00Z`, `tomorrow 20:00`, `2024年12月17日`,
            `2024-12-17T24:00`, `2024-12-17 16:00 Asia/Shanghai`.
        now_unix_s: What `today` counts from.
        zone: Of a text that names none.

    Raises:
        TimeError: It is none of them, means nothing, or could mean two instants.
    """
    shown = clean(text, limit=40)
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())
    plain = re.sub(rf"^{_IN_THE_MIDDLE}$", r"\1 \4 \2\3", plain, flags=re.IGNORECASE)
    plain, named = _split_zone(plain, shown)
    zone = named or zone
    day_text, clock_text, after_t = _split_clock(plain)
    day = _day(day_text, datetime.fromtimestamp(now_unix_s, tz=zone).date(), shown)
    if day is None:
        _refuse(plain, shown)
    clock = _clock(clock_text, after_t, shown) if clock_text else _Clock(timedelta(0))
    if clock is None:
        _refuse(plain, shown)
    return _instant(day, clock, zone, shown)


def _refuse(plain: str, shown: str) -> NoReturn:
    """Say what is wrong with a text that is none of the accepted forms."""
    if re.fullmatch(_EITHER, plain):
        raise TimeError(
            _("“{shown}” could mean two dates (day and month): write 2024-12-17 or 17 Dec 2024").format(shown=shown)
        )
    if re.fullmatch(_SHORT_YEAR, plain, re.IGNORECASE):
        raise TimeError(_("“{shown}” has a year of two digits: write all four, like 17 Dec 2024").format(shown=shown))
    if any(re.fullmatch(form, plain, re.IGNORECASE) for form in _CLOCKS[:1] + _CLOCKS[3:]):
        raise TimeError(_("“{shown}” names no day: write today {shown} or tomorrow {shown}").format(shown=shown))
    raise TimeError(
        _(
            "“{shown}” is not a date or time: write it like 2024-12-17, 2024-12-17T08:00:00Z, "
            "2024-12-17T16:00+08:00, 17 Dec 2024, tomorrow 20:00, now or +90m"
        ).format(shown=shown)
    )


def _split_zone(plain: str, shown: str) -> tuple[str, tzinfo | None]:
    """The text without the zone at its end, and that zone."""
    bracketed = re.fullmatch(r"(.*?)\s*\[!?([^\[\]]+)\]", plain)
    if bracketed:  # RFC 9557: 2024-12-17T16:00+08:00[Asia/Shanghai]; the name says how to read the offset
        rest, offset = _split_zone(bracketed[1], shown)
        return rest, offset or _named(bracketed[2], shown)
    match = re.fullmatch(rf"(?P<rest>.*[\d日号號时時点點分秒m.]|{'|'.join(_WORDS)})(?:{_ZONE})", plain, re.IGNORECASE)
    if match and match["utc"]:
        return match["rest"], UTC
    if match and match["name"]:
        return match["rest"], _named(match["name"], shown)
    if (
        match
        and match["offset"]
        and re.search(r"[:T时時点點]\s*\d*|\d\s*[ap]\.?m\.?$", match["rest"][4:], re.IGNORECASE)
    ):
        return match["rest"], _offset(match["offset"], shown)
    letters = re.fullmatch(_LETTERS, plain)
    if letters and re.search(r"\d", letters["rest"]):
        raise TimeError(
            _(
                "“{letters}” is not one clear time zone: write an offset like +08:00 or a name like Asia/Shanghai"
            ).format(letters=clean(letters["letters"], limit=5))
        )
    return plain, None


def _named(name: str, shown: str) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name.upper() in {"UTC", "Z"}:
        return UTC
    # The database knows its names in one spelling only; a person may write asia/shanghai.
    spelt = "/".join("_".join(word[:1].upper() + word[1:] for word in part.split("_")) for part in name.split("/"))
    for candidate in (name, spelt):
        try:
            return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    raise TimeError(
        _("“{shown}”: {name} is not a time zone: write it like Asia/Shanghai").format(
            shown=shown, name=clean(name, limit=40)
        )
    )


def _offset(text: str, shown: str) -> tzinfo:
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if len(digits) > 4 or hours > 14 or minutes > 59:
        raise TimeError(
            _("“{shown}”: an offset of {text} is not one of a time zone").format(
                shown=shown, text=clean(text, limit=12)
            )
        )
    total = timedelta(hours=hours, minutes=minutes)
    return timezone(-total if text[0] == "-" else total)


def _split_clock(plain: str) -> tuple[str, str, bool]:
    """The day, the time of day (empty if there is none), and whether a T stands between them."""
    for form in _DATES:
        match = re.match(form, plain, re.IGNORECASE)
        if match is None:
            continue
        rest = plain[match.end() :]
        if not rest:
            return plain, "", False
        joint = re.match(r"\s*T\s*|,?\s+at\s+|,?\s+", rest, re.IGNORECASE)
        if joint is not None and rest[joint.end() :]:
            return match[0], rest[joint.end() :], joint[0].strip().upper() == "T"
        if match[0][-1] in "日号號天":  # behind which no blank is written
            return match[0], rest, False
    turned = re.fullmatch(_TURNED, plain, re.IGNORECASE)
    return (turned["day"], turned["clock"], False) if turned else (plain, "", False)


def _day(text: str, today: date, shown: str) -> date | None:
    """The day a text names; None if it is none of the accepted forms."""
    for form in _DATES:
        match = re.fullmatch(form, text, re.IGNORECASE)
        if match is None:
            continue
        part = match.groupdict()
        if word := part.get("word"):
            return today + timedelta(days=_WORDS[word.lower()])
        day = _calendar_day(part, shown)
        weekday = part.get("weekday")
        if weekday and _WEEKDAYS[day.weekday()] != weekday.lower():
            raise TimeError(
                _("“{shown}”: {day} is a {weekday}").format(
                    shown=shown, day=day, weekday=whole_weekday_name(day.weekday())
                )
            )
        return day
    return None


def _calendar_day(part: dict[str, str | None], shown: str) -> date:
    year = int(part["year"] or 0)
    try:
        if ordinal := part.get("ordinal"):
            day = date(year, 1, 1) + timedelta(days=int(ordinal) - 1)
            if day.year != year:
                raise ValueError
            return day
        month = part.get("month") or ""
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
        return date(year, number, int(part["day"] or 0))
    except (ValueError, OverflowError):
        raise TimeError(
            _("“{shown}” is not a date or time: the calendar does not have this day").format(shown=shown)
        ) from None


def _clock(text: str, after_t: bool, shown: str) -> _Clock | None:
    """A time of day up to 24:00 and 23:59:60; None if the text is none of the accepted forms."""
    for index, form in enumerate(_CLOCKS):
        match = re.fullmatch(form, text, re.IGNORECASE)
        if match is None or (index in _ONLY_AFTER_T and not after_t):
            continue
        part = match.groupdict()
        hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
        hour = _whole_day_hour(hour, part, shown)
        micros = round(int((part.get("part") or "0").ljust(9, "0")) / 1000.0)
        if not (hour < 24 or (hour == 24 and not (minute or second or micros))) or minute > 59 or second > 60:
            raise TimeError(_("“{shown}” is not a date or time: no clock shows this hour").format(shown=shown))
        since = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micros)
        return _Clock(since, is_leap=second == 60)
    return None


def _whole_day_hour(hour: int, part: dict[str, str | None], shown: str) -> int:
    """The hour from 0 to 24, from one with am, pm or the Chinese words for them."""
    half, zh = (part.get("half") or "").lower(), part.get("zh") or ""
    if not half and not zh:
        return hour
    if half and not 1 <= hour <= 12:
        raise TimeError(_("“{shown}” has an hour that am and pm do not have").format(shown=shown))
    if hour == 12:
        raise TimeError(_("“{shown}”: twelve is not clear with am and pm: write 00:00 or 12:00").format(shown=shown))
    return hour + 12 if (half == "p" or zh in {"下午", "晚上"}) and hour < 12 else hour


def _instant(day: date, clock: _Clock, zone: tzinfo, shown: str) -> float:
    """The instant of a day and a time of day; a 60th second is only that of a leap second, 23:59:60 UTC."""
    try:
        wall = datetime(day.year, day.month, day.day) + clock.since_midnight  # noqa: DTZ001 - the zone is weighed next
    except OverflowError:
        raise TimeError(_("“{shown}” is outside 1958 to 2099").format(shown=shown)) from None
    unix_s = wall_instant(wall, zone, shown)
    if clock.is_leap and int(unix_s) % 86400:
        raise TimeError(_("“{shown}” has a 60th second: a leap second comes at 23:59:60 UTC only").format(shown=shown))
    return unix_s


def wall_instant(wall: datetime, zone: tzinfo, shown: str) -> float:
    """UTC seconds since 1970 at which the clocks of a zone show a time; refused where they never do, or do so twice.

    Raises:
        TimeError: The clocks skip this time, show it twice, or it is beyond the calendar.
    """
    try:
        first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        early, late = first.timestamp(), second.timestamp()
    except (OverflowError, ValueError):
        raise TimeError(_("“{shown}” is outside 1958 to 2099").format(shown=shown)) from None
    if early > late:
        raise TimeError(
            _("“{shown}” does not exist in {zone}: the clocks go forward over it").format(shown=shown, zone=zone)
        )
    if early < late:
        offsets = " or ".join(_offset_text(moment) for moment in (first, second))
        raise TimeError(
            _("“{shown}” comes twice in {zone}, as the clocks go back: write the offset too, {offsets}").format(
                shown=shown, zone=zone, offsets=offsets
            )
        )
    return early


def _offset_text(moment: datetime) -> str:
    """`+02:00`."""
    digits = moment.strftime("%z")
    return f"{digits[:3]}:{digits[3:5]}"
