"""How a pass is put into words: where to look, how bright, how sure, and why there is none."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sim.astro.sun import DARK_SKY_ELEVATION_DEG, subsolar_point
from sim.constants import DAY_S, MEAN_EARTH_RADIUS_KM
from sim.orbit.uncertainty import expected_error
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit
    from sim.passes.finder import Pass
    from tui.session.frame import Frame

FADING_DAYS = 3.0
"""From this age of a single set on a prediction is drawn dim."""

ROUGH_DAYS = 10.0
"""From this age on its times are only told to the minute, and marked."""

Trust = Literal["sure", "fading", "rough", "unknown"]

_SKIES = {"day": "day", "night": "dark"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_BRIGHTER = ((-4.0, "Venus"), (-1.44, "Sirius"), (0.03, "Vega"), (2.0, "Polaris"))


def fists(elevation_deg: float) -> str:
    """Height above the horizon in fists at an arm's length, of ten degrees each."""
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
    """What it is as bright as: `brighter than Sirius`."""
    for limit, name in _BRIGHTER:
        if magnitude < limit:
            return f"brighter than {name}"
    return "faint" if magnitude > 3.0 else "fainter than Polaris"


def trust(orbit: Orbit, unix_s: float) -> Trust:
    """How far a prediction for an instant can be trusted, by the age of what it rests on."""
    if not expected_error(orbit, unix_s).position_known:
        return "unknown"
    provenance = orbit.provenance(unix_s)
    age_days = abs(provenance.age_days) if provenance.basis == "alone" else 0.0
    return "rough" if age_days > ROUGH_DAYS else "fading" if age_days > FADING_DAYS else "sure"


def timing_error(pass_: Pass) -> str:
    """`±4 s`, `±12 min`: how far its times are expected to be off."""
    if pass_.error_s is None:
        return ""
    if pass_.error_s < 99.5:
        return f"±{max(pass_.error_s, 0.1):.1f} s" if pass_.error_s < 9.95 else f"±{pass_.error_s:.0f} s"
    return f"±{pass_.error_s / 60.0:.0f} min"


def stars(grade: int) -> str:
    """The grade as three stars."""
    return "★" * grade + "☆" * (3 - grade)


def light_words(frame: Frame, pass_: Pass) -> str:
    """Light over the whole pass: the sky at the place, and when the station is in the sun.

    `dark, sun –18:46`, `dark–twilight, all in the sun`, `dark, in shadow`, `day`.
    """
    light = pass_.light
    first, last = (_SKIES.get(name, "twilight") for name in (light.at_rise, light.at_set))
    sky = first if first == last else f"{first}–{last}"
    if sky == "day":
        return sky

    def time(unix_s: float) -> str:
        return quantities.clock_time(unix_s, frame.place, utc=frame.utc, pattern="%H:%M").removesuffix("Z")

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


def sunlit_text(frame: Frame, pass_: Pass) -> str:
    """When the station is in the sun during a pass, for where there is room: `in the sun from 04:31:06`."""

    def time(unix_s: float) -> str:
        return quantities.clock_time(unix_s, frame.place, utc=frame.utc).removesuffix("Z")

    entry, leave = pass_.shadow_entry_unix_s, pass_.shadow_exit_unix_s
    if entry is None and leave is None:
        return "all in the sun" if pass_.light.sunlit else "all in shadow"
    if entry is not None and leave is not None:
        first, last = min(entry, leave), max(entry, leave)
        return f"{'shadow' if entry < leave else 'sun'} {time(first)}–{time(last)}"
    return f"in the sun to {time(entry)}" if entry is not None else f"in the sun from {time(leave or 0.0)}"


def no_prediction_reason(frame: Frame) -> str:
    """Why no passes are told although an orbit is known; empty where they are."""
    if frame.status.problem:
        return frame.status.problem
    if frame.status.error.position_known:
        return ""
    days = frame.status.provenance.age_days
    told = f"The {quantities.elements_age(days)}: where the station is along its orbit is not known"
    if days < 0:
        return f"{told} yet, so no pass can be told. x goes to an instant that is known well."
    return (
        f"{told} any more, so no pass can be told. x goes to the last instant that is known well, "
        "u fetches new elements."
    )


def place_notes(frame: Frame) -> list[str]:
    """What is special about passes at the place in these days, in whole sentences."""
    orbit = frame.status.element_set
    # The station is seen from where its own horizon circle reaches.
    reach_deg = math.degrees(math.acos(MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + orbit.apogee_km)))
    north_deg = min(orbit.inclination_deg, 180.0 - orbit.inclination_deg)
    latitude_deg = frame.place.latitude_deg
    words = []
    if abs(latitude_deg) > north_deg + reach_deg:
        pole = "At the pole" if abs(latitude_deg) > 89.99 else f"At {quantities.latitude(latitude_deg)}"
        words.append(
            f"{pole} the station never rises: its orbit goes to {north_deg:.1f}° and can be seen as far as "
            f"{north_deg + reach_deg:.0f}° north and south."
        )
    elif abs(latitude_deg) > north_deg:
        highest_deg = highest_elevation_deg(abs(latitude_deg) - north_deg, orbit.apogee_km)
        side = "south" if latitude_deg > 0 else "north"
        words.append(f"From here the station stays in the {side}, never higher than about {highest_deg:.0f}°.")
    return words + night_notes(frame)


def highest_elevation_deg(apart_deg: float, height_km: float) -> float:
    """Elevation of a station `height_km` up over a point that lies `apart_deg` of arc away, on a round Earth."""
    apart = math.radians(apart_deg)
    ratio = MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + height_km)
    return math.degrees(math.atan2(math.cos(apart) - ratio, math.sin(apart)))


def night_notes(frame: Frame) -> list[str]:
    """Midnight sun, bright nights or polar night, by the Sun's declination of the day."""
    declination_deg = subsolar_point(frame.unix_s)[0]
    latitude_deg = frame.place.latitude_deg
    lowest_deg = abs(latitude_deg + declination_deg) - 90.0
    highest_deg = 90.0 - abs(latitude_deg - declination_deg)
    if lowest_deg > -0.833:
        return ["Midnight sun: the sky does not get dark, so no pass can be seen."]
    if lowest_deg > DARK_SKY_ELEVATION_DEG:
        return ["Bright nights: the sky does not get dark enough to see a pass."]
    if highest_deg < -0.833:
        return ["Polar night: the Sun does not rise; by day too the sky is twilight at most."]
    return []


@lru_cache(maxsize=32)
def _offset_changes(zone: object, start_unix_s: float, end_unix_s: float) -> tuple[tuple[float, float, float], ...]:
    from datetime import tzinfo

    from sim.time import to_datetime

    if not isinstance(zone, tzinfo):
        return ()

    def offset(unix_s: float) -> float:
        shift = to_datetime(unix_s, zone).utcoffset()
        return shift.total_seconds() if shift is not None else 0.0

    found = []
    before = start_unix_s
    while before < end_unix_s:
        after = min(before + DAY_S, end_unix_s)
        if offset(before) != offset(after):
            low, high = before, after
            while high - low > 1.0:
                middle = (low + high) / 2.0
                low, high = (middle, high) if offset(middle) == offset(before) else (low, middle)
            found.append((float(round(high)), offset(before), offset(after)))
        before = after
    return tuple(found)


def clock_change_notes(frame: Frame, end_unix_s: float) -> list[str]:
    """Changes of the place's clocks until an instant: a list across one would else look an hour wrong."""
    zone = quantities.zone_of(frame.place)
    if zone is None or frame.utc:
        return []
    words = []
    for unix_s, before_s, after_s in _offset_changes(zone, frame.unix_s // DAY_S * DAY_S, end_unix_s):
        day = quantities.day_word(unix_s, frame.unix_s, frame.place, utc=False)
        hours = abs(after_s - before_s) / 3600.0
        ahead = "forward" if after_s > before_s else "back"
        time = quantities.clock_time(unix_s, frame.place, utc=False, pattern="%H:%M")
        words.append(f"Clocks go {ahead} {hours:g} h {day} to {time}; times after it are by the new clock.")
    return words
