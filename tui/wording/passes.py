"""Passes as texts: where to look, how bright, how certain, and why there are none."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sim.astro.sun import DARK_SKY_ELEVATION_DEG, SUNSET_ELEVATION_DEG, subsolar_point
from sim.constants import DAY_S, MEAN_EARTH_RADIUS_KM
from sim.language import N_, _, pgettext
from sim.orbit.uncertainty import STALE_P90_KM, expected_error
from sim.time import to_datetime
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from sim.astro.sun import Twilight
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

_FISTS = (
    N_("no fist up"),
    N_("one fist up"),
    N_("two fists up"),
    N_("three fists up"),
    N_("four fists up"),
    N_("five fists up"),
    N_("six fists up"),
    N_("seven fists up"),
    N_("eight fists up"),
    N_("nine fists up"),
)
_BRIGHTER = (
    (-4.0, N_("brighter than Venus")),
    (-1.44, N_("brighter than Sirius")),
    (0.03, N_("brighter than Vega")),
    (2.0, N_("brighter than Polaris")),
)


def none_predicted(place: Place) -> str:
    """That passes come in the days that are searched, of which nobody knows when."""
    return _("no pass over {place} can be predicted in the next ten days").format(place=place.label)


def fists(elevation_deg: float) -> str:
    """Elevation in fists at arm's length, ten degrees each."""
    if elevation_deg >= 80.0:
        return _("overhead")
    if elevation_deg < 2.5:
        return _("at the horizon")
    if elevation_deg < 7.5:
        return _("half a fist up")
    return _(_FISTS[round(elevation_deg / 10.0)])


def look(azimuth_deg: float, elevation_deg: float) -> str:
    """`look WSW, two fists up`."""
    if elevation_deg >= 80.0:
        return _("look straight up")
    return _("look {direction}, {height}").format(
        direction=quantities.compass(azimuth_deg), height=fists(elevation_deg)
    )


def brightness(magnitude: float) -> str:
    """A comparison with well-known stars: `brighter than Sirius`."""
    for limit, text in _BRIGHTER:
        if magnitude < limit:
            return _(text)
    return _("faint") if magnitude > 3.0 else _("fainter than Polaris")


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
    return median if median == p90 else _("{median}, 90 % within {p90}").format(median=median, p90=p90.lstrip("±"))


def timing_error_short(pass_: Pass) -> str:
    """The same for a column: `±24 s (2 min)`."""
    median, p90 = _time_errors(pass_)
    return median if median == p90 else _("{median} ({p90})").format(median=median, p90=p90.lstrip("±"))


def timing_shares(pass_: Pass) -> str:
    """The same for a sentence: `half within 1 s, 90 % within 2 min`; empty where it is unknown."""
    error = pass_.error
    if error is None or not error.position_known or not error.is_stated:
        return ""
    median, p90 = (quantities.span(max(error_s, 1.0)) for error_s in (error.median_s, error.p90_s))
    text = _("90 % within {p90}") if median == p90 else _("half within {median}, 90 % within {p90}")
    return text.format(median=median, p90=p90)


def _time_errors(pass_: Pass) -> tuple[str, str]:
    """Median and 90 %; empty where they are unknown."""
    error = pass_.error
    if error is None or not error.position_known or not error.is_stated:
        return "", ""
    return quantities.time_error(error.median_s), quantities.time_error(error.p90_s)


def horizon(least_elevation_deg: float) -> str:
    """Where passes rise and set, said beside every list of them: `rise and set at 10°`."""
    return _("rise and set at {angle:g}°").format(angle=least_elevation_deg)


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


def sky_word(twilight: Twilight) -> str:
    """How dark the sky is: `day`, `twilight`, `dark`."""
    if twilight == "day":
        return pgettext("sky", "day")
    return pgettext("sky", "dark") if twilight == "night" else pgettext("sky", "twilight")


def twilight_word(twilight: Twilight) -> str:
    """The same as the almanac has it: `day`, `civil twilight`, `night`."""
    return {
        "day": pgettext("sky", "day"),
        "civil twilight": _("civil twilight"),
        "nautical twilight": _("nautical twilight"),
        "astronomical twilight": _("astronomical twilight"),
        "night": _("night"),
    }[twilight]


def light_summary(pass_: Pass, place: Place, *, utc: bool) -> str:
    """Darkness of the sky at the place, and when the station is sunlit.

    `dark, sun –18:46`, `dark–twilight, all in the sun`, `dark, in shadow`, `day`.
    """
    light = pass_.light
    first, last = (sky_word(name) for name in (light.at_rise, light.at_set))
    sky = first if first == last else f"{first}–{last}"
    if light.at_rise == light.at_set == "day":
        return sky

    def time(unix_s: float) -> str:
        return quantities.time_of_day(unix_s, place, utc=utc, pattern=quantities.minute_pattern(pass_.error))

    if not light.sunlit:
        return _("{sky}, in shadow").format(sky=sky)
    entry, leave = pass_.shadow_entry_unix_s, pass_.shadow_exit_unix_s
    if entry is not None and leave is not None:
        if entry < leave:
            return _("{sky}, shadow {begin}–{end}").format(sky=sky, begin=time(entry), end=time(leave))
        return _("{sky}, sun {begin}–{end}").format(sky=sky, begin=time(leave), end=time(entry))
    if entry is not None:
        return _("{sky}, sun –{end}").format(sky=sky, end=time(entry))
    if leave is not None:
        return _("{sky}, sun {begin}–").format(sky=sky, begin=time(leave))
    return _("{sky}, all in the sun").format(sky=sky)


def sunlit_text(pass_: Pass, place: Place, *, utc: bool) -> str:
    """When the station is sunlit during a pass, as closely as is known: `in the sun from 04:31:06`."""

    def time(unix_s: float) -> str:
        return quantities.time_of_day(unix_s, place, utc=utc, pattern=quantities.clock_pattern(pass_.error))

    entry, leave = pass_.shadow_entry_unix_s, pass_.shadow_exit_unix_s
    if entry is None and leave is None:
        return _("all in the sun") if pass_.light.sunlit else _("all in shadow")
    if entry is not None and leave is not None:
        first, last = min(entry, leave), max(entry, leave)
        text = _("shadow {begin}–{end}") if entry < leave else _("sun {begin}–{end}")
        return text.format(begin=time(first), end=time(last))
    if entry is not None:
        return _("in the sun to {time}").format(time=time(entry))
    return _("in the sun from {time}").format(time=time(leave or 0.0))


def no_prediction_reason(status: Status, *, offline: bool) -> str:
    """Why passes cannot be predicted at this instant, and what helps; empty where they can.

    Offline nothing can be fetched, and the key for it is not offered.
    """
    if status.problem:
        return status.problem
    if status.error.position_known:
        return ""
    days = status.provenance.age_days
    unknown = _("The {elements}: the position along the orbit is unknown, so passes cannot be predicted.")
    if days < 0:
        help_text = _("Press x for the nearest instant with reliable elements.")
    elif offline:
        help_text = _("Press x for the last instant with reliable elements.")
    else:
        help_text = _("Press x for the last instant with reliable elements, u to fetch new ones.")
    return f"{unknown.format(elements=quantities.elements_age(days))} {help_text}"


def place_notes(elements: ElementSet, place: Place, unix_s: float) -> list[str]:
    """Sentences about what limits passes at the place: its latitude, and bright or polar nights."""
    # The station is visible as far as its horizon circle reaches.
    reach_deg = math.degrees(math.acos(MEAN_EARTH_RADIUS_KM / (MEAN_EARTH_RADIUS_KM + elements.apogee_km)))
    north_deg = min(elements.inclination_deg, 180.0 - elements.inclination_deg)
    latitude_deg = place.latitude_deg
    notes = []
    if abs(latitude_deg) > north_deg + reach_deg:
        text = (
            _(
                "At the pole the station never rises: its orbit reaches {north:.1f}° and is visible up to {reach:.0f}° "
                "north and south."
            )
            if abs(latitude_deg) > 89.99
            else _(
                "At {latitude} the station never rises: its orbit reaches {north:.1f}° and is visible up to "
                "{reach:.0f}° north and south."
            )
        )
        latitude = quantities.latitude(latitude_deg)
        notes.append(text.format(latitude=latitude, north=north_deg, reach=north_deg + reach_deg))
    elif abs(latitude_deg) > north_deg:
        highest_deg = highest_elevation_deg(abs(latitude_deg) - north_deg, elements.apogee_km)
        text = (
            _("From here the station stays in the south, never higher than about {angle:.0f}°.")
            if latitude_deg > 0
            else _("From here the station stays in the north, never higher than about {angle:.0f}°.")
        )
        notes.append(text.format(angle=highest_deg))
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
        return [_("Midnight sun: the sky does not get dark, so no pass is visible.")]
    if lowest_deg > DARK_SKY_ELEVATION_DEG:
        return [_("Bright nights: the sky does not get dark enough for a pass to be visible.")]
    if highest_deg < SUNSET_ELEVATION_DEG:
        return [_("Polar night: the Sun does not rise; at noon the sky is in twilight at most.")]
    return []


def clock_change_notes(place: Place, from_unix_s: float, to_unix_s: float) -> list[str]:
    """A sentence for each change of the place's clocks in a span: a list of times across it would look an hour off."""
    zone = quantities.zone_of(place)
    if zone is None:
        return []
    notes = []
    for unix_s, before_s, after_s in _offset_changes(zone, from_unix_s // DAY_S * DAY_S, to_unix_s):
        day = quantities.day_word(unix_s, from_unix_s, place, utc=False)
        text = (
            _("Clocks go forward {hours:g} h {day} to {time}; later times are in the new clock time.")
            if after_s > before_s
            else _("Clocks go back {hours:g} h {day} to {time}; later times are in the new clock time.")
        )
        hours = abs(after_s - before_s) / 3600.0
        time = quantities.clock_time(unix_s, place, utc=False, pattern="%H:%M")
        notes.append(text.format(hours=hours, day=day, time=time))
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
