"""Where an element set says nothing of the orbit any more: long before and after it, and once it has come down."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.constants import DAY_S, LOWEST_ORBIT_KM, WGS84_RADIUS_KM
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.closure.altitude_error import is_beyond_learnt
from sim.orbit.propagation import Sgp4Orbit, when

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit, Provenance

_LAST_DAY = 2.0**15
"""Longest search ahead: ninety years."""


@lru_cache(maxsize=8)
def fall_unix_s(element_set: ElementSet) -> float:
    """When a set decays according to SGP4, to the minute: no answer any more, or one below 100 km.

    Returns:
        UTC seconds; infinite where it stays up for ninety years.
    """
    orbit, epoch_unix_s = Sgp4Orbit(element_set), element_set.epoch_unix_s
    days = 1.0 / 16.0
    while _flies(orbit, epoch_unix_s + days * DAY_S):
        days *= 2.0
        if days > _LAST_DAY:
            return math.inf
    up, down = epoch_unix_s, epoch_unix_s + days * DAY_S
    while down - up > 60.0:
        middle = (up + down) / 2.0
        up, down = (middle, down) if _flies(orbit, middle) else (up, middle)
    return down


def problem_at(orbit: Orbit, unix_s: float) -> str:
    """Message that nothing is known of the orbit at an instant, not even its size; empty where something is.

    That is when the elements have decayed before it, and for the station when they are more than a year away from it:
    the station is raised several times a year, and how far its altitude is off by then has not been learnt.
    """
    return _age_message(orbit.provenance(unix_s)) or decay_message(orbit, unix_s)


def _age_message(provenance: Provenance) -> str:
    if not is_beyond_learnt(provenance):
        return ""
    return _("the elements of {day} are {days:.0f} days away: nothing is known of the orbit").format(
        day=when(provenance.epoch_unix_s)[:10], days=abs(provenance.age_days)
    )


def decay_message(orbit: Orbit, unix_s: float) -> str:
    """Message that the elements an orbit rests on at an instant decay before it; empty where they do not."""
    if orbit.provenance(unix_s).kind != "sgp4" or _flies(orbit, unix_s):
        return ""
    fall = fall_unix_s(orbit.elements(unix_s))
    if fall > unix_s:  # another error, or an instant before the epoch
        return ""
    return _("these elements decay before {unix_s}: they come down about {fall}").format(
        unix_s=when(unix_s), fall=when(fall)[:10]
    )


def _flies(orbit: Orbit, unix_s: float) -> bool:
    try:
        position_teme_km = orbit.state(unix_s).position_teme_km
    except OrbitError:
        return False
    return math.hypot(*position_teme_km) - WGS84_RADIUS_KM >= LOWEST_ORBIT_KM
