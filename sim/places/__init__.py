"""Observers: places by name, by coordinates and by time zone, and what lies under the station.

No numpy; a module is imported when something of it is first asked for, and the table of cities likewise: a start needs
one place.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sim.places.place import HIGHEST_M, LOWEST_M, Place

if TYPE_CHECKING:
    from sim.places.coordinates import coordinates_text, looks_like_coordinates, parse_coordinates
    from sim.places.gazetteer import Found, find_place, look_up, nearest_city, over, place_at, suggest
    from sim.places.zones import (
        DefaultPlace,
        SystemZone,
        default_place,
        local_time,
        place_of_timezone,
        system_timezone,
        zone_of,
        zone_words,
    )

__all__ = [
    "HIGHEST_M",
    "LOWEST_M",
    "DefaultPlace",
    "Found",
    "Place",
    "SystemZone",
    "coordinates_text",
    "default_place",
    "find_place",
    "local_time",
    "look_up",
    "looks_like_coordinates",
    "nearest_city",
    "over",
    "parse_coordinates",
    "place_at",
    "place_of_timezone",
    "suggest",
    "system_timezone",
    "zone_of",
    "zone_words",
]

_HOMES = {
    "coordinates": ("coordinates_text", "looks_like_coordinates", "parse_coordinates"),
    "gazetteer": ("Found", "find_place", "look_up", "nearest_city", "over", "place_at", "suggest"),
    "zones": (
        "DefaultPlace",
        "SystemZone",
        "default_place",
        "local_time",
        "place_of_timezone",
        "system_timezone",
        "zone_of",
        "zone_words",
    ),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f"sim.places.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
