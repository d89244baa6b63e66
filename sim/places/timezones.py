"""Time zones: by name, the system's, a place's, and the place to begin with."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, tzinfo
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sim.errors import PlaceError
from sim.language import _
from sim.language.lists import or_list
from sim.places.city_table import city_named, city_table, largest_city_of, place_of_row
from sim.places.place import Place
from sim.sanitize import clean

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LOCALTIME = Path("/etc/localtime")
TIMEZONE_FILE = Path("/etc/timezone")
_WITHOUT_CITY = frozenset(
    {"CET", "EET", "MET", "WET", "Cuba", "Egypt", "Eire", "GB", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica"}
    | {"Japan", "Libya", "NZ", "PRC", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey"}
    | {"EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT"}
)
"""Names of the database without a slash that can mean one zone alone."""

FALLBACK_CITY = "Beijing"
"""The default place where the system has no time zone with a city."""


class SystemZone(msgspec.Struct, frozen=True):
    """The system's time zone by its IANA name, and where it was read from."""

    name: str
    origin: str
    """The variable, library or file; where no zone is known, what there is instead."""

    @property
    def is_known(self) -> bool:
        """Whether the system names a zone."""
        return self.origin in {"TZ", "tzlocal"} or self.origin.startswith("/")


class DefaultPlace(msgspec.Struct, frozen=True):
    """The default place, and the reason for it as a text for the user."""

    place: Place
    reason: str


def zone_or_none(name: str) -> ZoneInfo | None:
    """The zone of an IANA name; None if there is none of this name."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones, or one too long
        return None


def zone_named(text: str) -> str:
    """The IANA name of a zone that a person names, in any case: `asia/shanghai`, `utc`; `local` is the system's.

    Raises:
        PlaceError: There is no such zone, or several could be meant.
    """
    shown = clean(text, limit=40)
    wanted = shown.replace(" ", "_")
    if wanted.lower() == "local":
        return system_timezone().name
    if wanted.upper() in {"UTC", "Z", "GMT"}:
        return "UTC"
    if "/" in wanted and zone_or_none(wanted):
        return wanted
    if offset := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?00)?", wanted.replace("\u2212", "-"), re.IGNORECASE):
        sign = "-" if offset[1] == "+" else "+"  # the database counts these towards the west
        if zone_or_none(name := f"Etc/GMT{sign}{int(offset[2])}" if int(offset[2]) else "UTC"):
            return name
    from zoneinfo import available_timezones

    every = {name.casefold(): name for name in available_timezones()}
    by_key = {key: name for key, name in every.items() if "/" in name}
    found = every.get(wanted.casefold(), "")
    if "/" in found or found in _WITHOUT_CITY:
        return found
    raise PlaceError(_no_zone(shown, wanted.casefold(), by_key))


def _no_zone(shown: str, key: str, by_key: dict[str, str]) -> str:
    """Why a text names no zone, and what may be meant."""
    cities = sorted(name for other, name in by_key.items() if other.rpartition("/")[2] == key)
    if cities:
        text = _("“{shown}” is not the whole name of a time zone: write {cities}")
        return text.format(shown=shown, cities=or_list(cities[:3]))
    city = city_named(shown.title())
    if city is not None and city.timezone:
        text = _("“{shown}” is not a time zone: that of {title} is {timezone}")
        return text.format(shown=shown, title=city.title, timezone=city.timezone)
    from difflib import get_close_matches

    near = [by_key[one] for one in get_close_matches(key, by_key, n=2, cutoff=0.8)]
    hint = _("write it like Asia/Shanghai, UTC or local")
    if near:
        hint = _("did you mean {near}?").format(near=or_list(near))
    return _("“{shown}” is not a time zone: {hint}").format(shown=shown, hint=hint)


def system_timezone() -> SystemZone:
    """The system's time zone: from TZ, the link /etc/localtime or /etc/timezone, else as `tzlocal` finds it; else UTC.

    The three are read here because every start asks; `tzlocal` knows Windows and where other systems keep it.
    """
    from_environment = os.environ.get("TZ", "").removeprefix(":")
    if from_environment:
        name = _after_zoneinfo(from_environment)
        if zone_or_none(name):
            return SystemZone(name, "TZ")
        return SystemZone(
            "UTC",
            _("the time zone “{zone}” that TZ names is not known").format(zone=clean(from_environment, limit=40)),
        )
    try:
        target = str(LOCALTIME.resolve(strict=True))
    except (OSError, RuntimeError):
        target = ""
    if "zoneinfo" in target and zone_or_none(name := _after_zoneinfo(target)):
        return SystemZone(name, str(LOCALTIME))
    try:
        name = TIMEZONE_FILE.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if name and zone_or_none(name):
        return SystemZone(name, str(TIMEZONE_FILE))
    return _zone_by_tzlocal() or SystemZone("UTC", _("the system has no time zone set"))


def _zone_by_tzlocal() -> SystemZone | None:
    try:
        import tzlocal

        name = tzlocal.get_localzone_name()
    except (ImportError, LookupError, ValueError, OSError):  # LookupError: two of its sources contradict one another
        return None
    return SystemZone(name, "tzlocal") if name and zone_or_none(name) else None


def _after_zoneinfo(path: str) -> str:
    """`/usr/share/zoneinfo/Asia/Karachi` names `Asia/Karachi`; a bare name is itself."""
    tail = path.rpartition("zoneinfo")[2] if "zoneinfo" in path else path
    name = tail.partition("/")[2] if "zoneinfo" in path else tail
    return name.removeprefix("posix/").removeprefix("right/")


def place_of_timezone(name: str) -> Place | None:
    """The city a time zone is named after, else the largest in it, also by older names; `None` if it has none."""
    return _namesake(name) or largest_city_of([name]) or _of_other_names(name)


def cities_of_timezone(name: str, count: int) -> list[Place]:
    """The city a time zone is named after, then the largest in it; none where no city has it. Reads the whole table."""
    first = place_of_timezone(name)
    if first is None:
        return []
    names = {name, *_other_names(name)}
    places = (place_of_row(row) for row in city_table().rows if row[6] in names and int(row[5]))  # of a site 0 people
    return [first, *islice((place for place in places if place != first), count - 1)]


def _namesake(zone: str) -> Place | None:
    city = city_named(zone.rpartition("/")[2].replace("_", " "))
    return city if city is not None and city.timezone == zone else None


def _of_other_names(name: str) -> Place | None:
    names = sorted(_other_names(name))
    return next((city for zone in names if (city := _namesake(zone))), None) or largest_city_of(names)


@cache
def _links() -> dict[str, str]:
    """Older zone names and the ones they stand for, from the time zone database."""
    from importlib.resources import files

    try:
        text = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8")
    except (ModuleNotFoundError, OSError):
        return {}
    links = (line.split(" ") for line in text.splitlines() if line.startswith("L "))
    return {link: target for _, target, link in links}


def _other_names(name: str) -> set[str]:
    """All names of the zone a name stands for."""
    links = _links()
    target = links.get(name, name)
    return {target, *(link for link, aim in links.items() if aim == target)}


def default_place() -> DefaultPlace:
    """The default place: the city of the system's time zone, else Beijing; the reason says which."""
    zone = system_timezone()
    nowhere = zone.name == "UTC" or zone.name.startswith("Etc/")
    place = None if nowhere else place_of_timezone(zone.name)
    if place is not None:
        return DefaultPlace(
            place, _("{title}, for the system's time zone {name}").format(title=place.title, name=zone.name)
        )
    why = _("the time zone {name} is not that of a known city").format(name=zone.name) if zone.is_known else zone.origin
    fallback = city_named(FALLBACK_CITY)
    if fallback is None:
        raise PlaceError(_("the table of cities lacks {city}").format(city=FALLBACK_CITY))
    return DefaultPlace(fallback, _("{title}, the default: {why}").format(title=fallback.title, why=why))


def zone_of(place: Place) -> tzinfo:
    """The time zone to show local times of a place in; UTC where it has none."""
    return (zone_or_none(place.timezone) if place.timezone else None) or UTC


def local_time(unix_s: float, place: Place) -> datetime:
    """The instant on the clocks of a place, summer time and all."""
    return datetime.fromtimestamp(unix_s, tz=zone_of(place))


def zone_words(place: Place) -> str:
    """Whose clock it is: `Asia/Karachi`, `UTC+5 by the Sun` (of a point at sea), `UTC+8` (asked for) or `UTC`."""
    name = place.timezone
    if not name or zone_or_none(name) is None:
        return "UTC"
    title = zone_title(name)
    is_of_sea = title != name and abs(place.longitude_deg / 15.0 - int(title[3:])) <= 0.5001
    return _("{zone} by the Sun").format(zone=title) if is_of_sea else title


def zone_title(name: str) -> str:
    """A zone by its name; `UTC+8` for what the database calls `Etc/GMT-8`."""
    hours = name.removeprefix("Etc/GMT")
    return f"UTC{-int(hours):+d}" if hours != name and re.fullmatch(r"[+-]\d+", hours) else name
