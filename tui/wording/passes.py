"""Passes as texts: where to look, how bright, how certain, and why there are none."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sim.astro.sun import DARK_SKY_ELEVATION_DEG, SUNSET_ELEVATION_DEG, subsolar_point
from sim.constants import DAY_S, MEAN_EARTH_RADIUS_KM
from sim.orbit.uncertainty import STALE_P90_KM, expected_error
from sim.time import to_datetime
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit
    from sim.passes.model import Pass
    from sim.places.place import Place
    from sim.status import Status

FADING_DAYS, ROUGH_DAYS = 3.0, 7.0
"""For other objects, whose error nobody has learnt: older sets give fading and rough predictions."""

Trust = Literal["sure", "fading", "rough", "unknown"]
"""How reliable a prediction is: `fading` from where the elements count as stale, `rough` where one time in ten is
minutes off, so that times are written to the minute and marked with `~`."""

_SKIES = {"day": "day", "night": "dark"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_BRIGHTER = ((-4.0, "Venus"), (-1.44, "Sirius"), (0.03, "Vega"), (2.0, "Polaris"))


def fists(elevation_deg: float) -> str:
    """Elevation in fists at arm's length, ten degrees each."""
    if elevation_deg >= 80.0:
        return "overhead"
    if elevation_deg < 2.5:
        return "at the horizon"
    if elevation_deg < 7.5:
        return "half a fist up"
    count = round(elevation_deg / 10.0)
    return f"{_NUMBERS[count]} fist{'s' if count > 1 else ''} up"


def look(azimuth_deg: float, elevation_deg: float) -> str:
    """`look WSW, two fists up`."""
    if elevation_deg >= 80.0:
        return "look straight up"
    return f"look {quantities.compass(azimuth_deg)}, {fists(elevation_deg)}"


def brightness(magnitude: float) -> str:
    """A comparison with well-known stars: `brighter than Sirius`."""
    for limit, name in _BRIGHTER:
        if magnitude < limit:
            return f"brighter than {name}"
    return "faint" if magnitude > 3.0 else "fainter than Polaris"


def trust(orbit: Orbit, unix_s: float) -> Trust:
    """How reliable a prediction for an instant is, by its expected error; without one by the age of the elements."""
    error = expected_error(orbit, unix_s)
    if not error.position_known:
        return "unknown"
    if error.is_stated:
        if error.p90_s >= quantities.MINUTES_FROM_S:
            return "rough"
        return "fading" if error.p90_km > STALE_P90_KM else "sure"
    provenance = orbit.provenance(unix_s)
    age_days = abs(provenance.age_days) if provenance.basis == "alone" else 0.0
    return "rough" if age_days > ROUGH_DAYS else "fading" if age_days > FADING_DAYS else "sure"


def clock_pattern(known: Trust) -> str:
    """Precision to which the times of a prediction are written."""
    return quantities.ROUGH_PATTERN if known == "rough" else quantities.EXACT_PATTERN


def timing_error(pass_: Pass) -> str:
    """Expected error of the pass's times: `±24 s, 90 % within 2 min`; empty where it is unknown."""
    median, p90 = _time_errors(pass_)
    return median if median == p90 else f"{median}, 90 % within {p90.lstrip('±')}"


def timing_error_short(pass_: Pass) -> str:
    """The same for a column: `±24 s (2 min)`."""
    median, p90 = _time_errors(pass_)
    return median if median == p90 else f"{median} ({p90.lstrip('±')})"


def timing_shares(pass_: Pass) -> str:
    """The same for a sentence: `half within 1 s, 90 % within 2 min`; empty where it is unknown."""
    error = pass_.error
    if error is None or not error.position_known or not error.is_stated:
        return ""
    median, p90 = (quantities.span(max(error_s, 1.0)) for error_s in (error.median_s, error.p90_s))
    return f"90 % within {p90}" if median == p90 else f"half within {median}, 90 % within {p90}"


def _time_errors(pass_: Pass) -> tuple[str, str]:
    """Median and 90 %; empty where they are unknown."""
    error = pass_.error
    if error is None or not error.position_known or not error.is_stated:
        return "", ""
    return quantities.time_error(error.median_s), quantities.time_error(error.p90_s)


def horizon(least_elevation_deg: float) -> str:
    """Where passes rise and set, said beside every list of them: `rise and set at 10°`."""
    return f"rise and set at {least_elevation_deg:g}°"


def best(passes: Iterable[Pass]) -> Pass | None:
    """The pass most worth going out for: of the best grade, and of those the brightest; None where none can be seen."""
    seen = [p for p in passes if p.visible]
    return min(seen, key=lambda p: (-p.grade, 99.0 if p.magnitude is None else p.magnitude), default=None)


def pass_key(pass_: Pass) -> str:
    """Time of the peak to a quarter of an hour: names a pass also when newer elements shift it."""
    return f"{pass_.peak.unix_s / 900.0:.0f}"


def stars(grade: int) -> str:
    """The grade as three stars."""
    return "★" * grade + "☆" * (3 - grade)


def light_summary(pass_: Pass, place: Place, *, utc: bool) -> str:
    """Darkness of the sky at the place, and when the station is sunlit.

    `dark, sun –18:46`, `dark–twilight, all in the sun`, `dark, in shadow`, `day`.
    """
    light = pass_.light
    first, last = (_SKIES.get(name, "twilight") for name in (light.at_rise, light.at_set))
    sky = first if first == last else f"{first}–{last}"
    if sky == "day":
        return sky

    def time(unix_s: float) -> str:
        return quantities.time_of_day(unix_s, place, utc=utc, pattern="%H:%M")

    if not light.sunlit:
        return f"{sky}, in shadow"
    entry, leave = pass_.shadow_entry_unix_s, pass_.shadow_exit_unix_s
    if entry is not None and leave is not None:
        if entry < leave:
            return f"{sky}, shadow {time(entry)}–{time(leave)}"
        return f"{sky}, sun {time(leave)}–{time(entry)}"
    if entry is not None:
        return f"{sky}, sun –{time(entry)}"
    return f"{sky}, sun {time(leave)}–" if leave is not None else f"{sky}, all in the sun"


def sunlit_text(pass_: Pass, place: Place, *, utc: bool) -> str:
    """When the station is sunlit during a pass, as closely as is known: `in the sun from 04:31:06`."""

    def time(unix_s: float) -> str:
        return quantities.time_of_day(unix_s, place, utc=utc, pattern=quantities.clock_pattern(pass_.error))

    entry, leave = pass_.shadow_entry_unix_s, pass_.shadow_exit_unix_s
    if entry is None and leave is None:
        return "all in the sun" if pass_.light.sunlit else "all in shadow"
    if entry is not None and leave is not None:
        first, last = min(entry, leave), max(entry, leave)
        return f"{'shadow' if entry < leave else 'sun'} {time(first)}–{time(last)}"
    return f"in the sun to {time(entry)}" if entry is not None else f"in the sun from {time(leave or 0.0)}"


def no_prediction_reason(status: Status, *, offline: bool) -> str:
    """Why passes cannot be predicted at this instant, and what helps; empty where they can.

    Args:
        status: The snapshot of the instant.
        offline: Whether nothing can be fetched, so that the key for it is not offered.
    """
    if status.problem:
        return status.problem
    if status.error.position_known:
        return ""
    days = status.provenance.age_days
    reason = (
        f"The {quantities.elements_age(days)}: the position along the orbit is unknown, so passes cannot be predicted."
    )
    if days < 0:
        return f"{reason} Press x for the nearest instant with reliable elements."
    fetch = "" if offline else ", u to fetch new ones"
    return f"{reason} Press x for the last instant with reliable elements{fetch}."


def place_notes(elements: ElementSet, place: Place, unix_s: float) -> list[str]:
    """Sentences about what limits passes at the place: its latitude, and bright or polar nights."""
    # The station is visible as far as its horizon circle reaches.
    reach_deg = math.degrees(math.acos(MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + elements.apogee_km)))
    north_deg = min(elements.inclination_deg, 180.0 - elements.inclination_deg)
    latitude_deg = place.latitude_deg
    notes = []
    if abs(latitude_deg) > north_deg + reach_deg:
        where = "At the pole" if abs(latitude_deg) > 89.99 else f"At {quantities.latitude(latitude_deg)}"
        notes.append(
            f"{where} the station never rises: its orbit reaches {north_deg:.1f}° and is visible up to "
            f"{north_deg + reach_deg:.0f}° north and south."
        )
    elif abs(latitude_deg) > north_deg:
        highest_deg = highest_elevation_deg(abs(latitude_deg) - north_deg, elements.apogee_km)
        side = "south" if latitude_deg > 0 else "north"
        notes.append(f"From here the station stays in the {side}, never higher than about {highest_deg:.0f}°.")
    return notes + night_notes(place, unix_s)


def highest_elevation_deg(apart_deg: float, height_km: float) -> float:
    """Elevation of a station `height_km` up over a point that lies `apart_deg` of arc away, on a spherical Earth."""
    apart = math.radians(apart_deg)
    ratio = MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + height_km)
    return math.degrees(math.atan2(math.cos(apart) - ratio, math.sin(apart)))


def night_notes(place: Place, unix_s: float) -> list[str]:
    """A sentence about midnight sun, bright nights or polar night, by the Sun's declination of the day."""
    declination_deg = subsolar_point(unix_s)[0]
    lowest_deg = abs(place.latitude_deg + declination_deg) - 90.0
    highest_deg = 90.0 - abs(place.latitude_deg - declination_deg)
    if lowest_deg > SUNSET_ELEVATION_DEG:
        return ["Midnight sun: the sky does not get dark, so no pass is visible."]
    if lowest_deg > DARK_SKY_ELEVATION_DEG:
        return ["Bright nights: the sky does not get dark enough for a pass to be visible."]
    if highest_deg < SUNSET_ELEVATION_DEG:
        return ["Polar night: the Sun does not rise; at noon the sky is in twilight at most."]
    return []


def clock_change_notes(place: Place, from_unix_s: float, to_unix_s: float) -> list[str]:
    """A sentence for each change of the place's clocks in a span: a list of times across it would look an hour off."""
    zone = quantities.zone_of(place)
    if zone is None:
        return []
    notes = []
    for unix_s, before_s, after_s in _offset_changes(zone, from_unix_s // DAY_S * DAY_S, to_unix_s):
        day = quantities.day_word(unix_s, from_unix_s, place, utc=False)
        direction = "forward" if after_s > before_s else "back"
        hours = abs(after_s - before_s) / 3600.0
        time = quantities.clock_time(unix_s, place, utc=False, pattern="%H:%M")
        notes.append(f"Clocks go {direction} {hours:g} h {day} to {time}; later times are in the new clock time.")
    return notes


@lru_cache(maxsize=32)
def _offset_changes(zone: tzinfo, start_unix_s: float, end_unix_s: float) -> tuple[tuple[float, float, float], ...]:
    """Instants at which a zone's offset from UTC changes, with the offsets (s) before and after, found by halving."""

    def offset_s(unix_s: float) -> float:
        shift = to_datetime(unix_s, zone).utcoffset()
        return shift.total_seconds() if shift is not None else 0.0

    found = []
    before = start_unix_s
    while before < end_unix_s:
        after = min(before + DAY_S, end_unix_s)
        if offset_s(before) != offset_s(after):
            low, high = before, after
            while high - low > 1.0:
                middle = (low + high) / 2.0
                low, high = (middle, high) if offset_s(middle) == offset_s(before) else (low, middle)
            found.append((float(round(high)), offset_s(before), offset_s(after)))
        before = after
    return tuple(found)
