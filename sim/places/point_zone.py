"""The time zone of a point on the Earth: from the borders of the zones, or, without them, from what lies around it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from sim.language import _
from sim.places.nearest import nearest_city
from sim.places.timezones import system_timezone, zone_or_none

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

REACH_KM = 300.0
"""Without borders a point takes the time zone of a city this near."""


class PointZone(msgspec.Struct, frozen=True):
    """A time zone by its IANA name, and a sentence that says how sure it is; empty where the borders decided."""

    name: str
    doubt: str = ""


def zone_at(latitude_deg: float, longitude_deg: float) -> PointZone:
    """The time zone of a point; on the open sea that of the nautical hour.

    The borders are those of timezone-boundary-builder, as the package `tzfpy` simplifies them (0.4 % of towns fall
    over one). It is loaded when first asked: 0.2 s and 35 MB. Where it is not installed, the system's zone is taken if
    its clocks agree with those of the nearest city (far from cities, with the nautical hour), else that one's.
    """
    try:
        import tzfpy
    except ImportError:
        return _without_borders(latitude_deg, longitude_deg)
    name = tzfpy.get_tz(longitude_deg, latitude_deg)
    if name in {"Etc/GMT", "Etc/UTC"}:
        return PointZone("Etc/UTC")
    return PointZone(name) if zone_or_none(name) else _without_borders(latitude_deg, longitude_deg)


def solar_zone(longitude_deg: float) -> str:
    """The nautical time zone by IANA's name, whose sign is turned: `Etc/GMT-5` is five hours ahead of UTC."""
    hours = round(longitude_deg / 15.0)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"


def _without_borders(latitude_deg: float, longitude_deg: float) -> PointZone:
    found = nearest_city(latitude_deg, longitude_deg, REACH_KM)
    near = found[0].timezone if found else solar_zone(longitude_deg)
    of_near = _("of the nearest city, {title}").format(title=found[0].title) if found else _("of the nautical hour")
    missing = _("the borders of time zones are not installed (package tzfpy)")
    system = system_timezone()
    ours, theirs = zone_or_none(system.name), zone_or_none(near)
    if system.is_known and ours is not None and theirs is not None and _agree(ours, theirs):
        return PointZone(
            system.name,
            _("times are in the system's zone {name}: {missing}, its offset fits").format(
                name=system.name, missing=missing
            ),
        )
    return PointZone(
        near, _("times are in the zone {near} {of_near}: {missing}").format(near=near, of_near=of_near, missing=missing)
    )


def _agree(one: ZoneInfo, other: ZoneInfo) -> bool:
    """Whether the clocks of two zones show the same in January and in July of this year."""
    year = datetime.now(UTC).year
    moments = [datetime(year, month, 1, tzinfo=UTC) for month in (1, 7)]
    return all(moment.astimezone(one).utcoffset() == moment.astimezone(other).utcoffset() for moment in moments)
