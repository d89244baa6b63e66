"""Time zones: the system's, a place's, and the place to begin with."""

from __future__ import annotations

import os
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sim.errors import PlaceError
from sim.places.gazetteer import city_named, largest_city_of
from sim.places.place import Place

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LOCALTIME = Path("/etc/localtime")
TIMEZONE_FILE = Path("/etc/timezone")
FALLBACK_CITY = "Beijing"
"""The default place where the system has no time zone with a city."""


class SystemZone(msgspec.Struct, frozen=True):
    """The system's time zone by its IANA name, and where it was read from."""

    name: str
    origin: str


class DefaultPlace(msgspec.Struct, frozen=True):
    """The default place, and the reason for it as a text for the user."""

    place: Place
    reason: str


def _zone(name: str) -> ZoneInfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones, or one too long
        return None


def system_timezone() -> SystemZone:
    """The system's time zone: from TZ, the link /etc/localtime, or /etc/timezone; UTC if none of them is set."""
    from_environment = os.environ.get("TZ", "").removeprefix(":")
    if from_environment:
        name = _after_zoneinfo(from_environment)
        return SystemZone(name, "TZ") if _zone(name) else SystemZone("UTC", "TZ holds no zone name")
    try:
        target = str(LOCALTIME.resolve(strict=True))
    except (OSError, RuntimeError):
        target = ""
    if "zoneinfo" in target and _zone(name := _after_zoneinfo(target)):
        return SystemZone(name, str(LOCALTIME))
    try:
        name = TIMEZONE_FILE.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if name and _zone(name):
        return SystemZone(name, str(TIMEZONE_FILE))
    return SystemZone("UTC", "the system names no zone")


def _after_zoneinfo(path: str) -> str:
    """`/usr/share/zoneinfo/Asia/Karachi` names `Asia/Karachi`; a bare name is itself."""
    tail = path.rpartition("zoneinfo")[2] if "zoneinfo" in path else path
    name = tail.partition("/")[2] if "zoneinfo" in path else tail
    return name.removeprefix("posix/").removeprefix("right/")


def place_of_timezone(name: str) -> Place | None:
    """The city a time zone is named after, else the largest in it, also by older names; `None` if it has none."""
    return _namesake(name) or largest_city_of([name]) or _of_other_names(name)


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
        return DefaultPlace(place, f"{place.title}, for the system's time zone {zone.name}")
    known = zone.origin.startswith(("TZ", "/"))
    why = f"the time zone {zone.name} is not that of a known city" if known else "the system has no time zone set"
    fallback = city_named(FALLBACK_CITY)
    if fallback is None:
        raise PlaceError(f"the table of cities lacks {FALLBACK_CITY}")
    return DefaultPlace(fallback, f"{fallback.title}, the default: {why}")


def zone_of(place: Place) -> tzinfo:
    """The time zone to show local times of a place in; UTC where it has none."""
    return (_zone(place.timezone) if place.timezone else None) or UTC


def local_time(unix_s: float, place: Place) -> datetime:
    """The instant on the clocks of a place, summer time and all."""
    return datetime.fromtimestamp(unix_s, tz=zone_of(place))


def zone_words(place: Place) -> str:
    """Whose clock it is: `Asia/Karachi`, `UTC+5 by the Sun` or `UTC`."""
    if place.timezone.startswith("Etc/GMT"):
        return f"UTC{-int(place.timezone.removeprefix('Etc/GMT')):+d} by the Sun"
    return place.timezone if place.timezone and _zone(place.timezone) else "UTC"
