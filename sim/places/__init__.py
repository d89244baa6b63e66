"""Observers: places by name, by coordinates and by time zone, and what lies under the station.

No numpy, and the table of cities is read when it is first asked for.
"""

from __future__ import annotations

from sim.places.coordinates import coordinates_text, looks_like_coordinates, parse_coordinates
from sim.places.gazetteer import Found, find_place, look_up, nearest_city, over, place_at, suggest
from sim.places.place import HIGHEST_M, LOWEST_M, Place
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
