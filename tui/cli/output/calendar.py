"""Passes as a calendar that other programs accept (RFC 5545)."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from sim.constants import WGS84_RADIUS_KM
from sim.language import N_, _
from sim.orbit.composite import since_node
from sim.orbit.element_history import embedded_history
from sim.orbit.space_object import STATION
from sim.orbit.uncertainty import expected_error
from sim.places.timezones import zone_words
from sim.sanitize import clean
from sim.time import to_datetime
from tui.wording import quantities
from tui.wording.passes import timing_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit
    from sim.orbit.space_object import SpaceObject
    from sim.passes.model import Pass
    from sim.places.place import Place


SLOW_S = 8000.0
"""Orbits of longer periods can pass a place twice in a revolution."""

IDENTITY_STEP_S = 4500.0
"""No two passes of one object over one place are nearer to one another (a retrograde orbit has 83 minutes)."""

SLOW_STEP_S = 900.0
"""The same for slow and long orbits, which may rise again sooner."""

_MARGIN_DEG = 3.0


def calendar_text(
    passes: Sequence[Pass], place: Place, orbit: Orbit, about: SpaceObject = STATION, *, lead_s: float
) -> str:
    """A calendar with one event and one alarm a pass, times in UTC.

    An event keeps its identity when newer elements move the pass, see `identity`.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//tiangong-tui//passes//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("{object} over {place}").format(object=object_name(about), place=clean(place.title)))
    used: set[str] = set()
    for found in passes:
        name = identity(found, place, orbit, about)
        while name in used:  # two passes of a slow orbit within minutes
            name = f"{name.partition('@')[0]}b@tiangong-tui"
        used.add(name)
        calendar.add_component(_event(found, name, place, orbit, about, lead_s))
    return str(calendar.to_ical(), "utf-8")


def identity(found: Pass, place: Place, orbit: Orbit, about: SpaceObject) -> str:
    """The name of a pass that stays the same from file to file: object, place, and number of its revolution.

    Where revolutions are not counted, or do not tell passes apart, the number is that of a span of time: when newer
    elements move such a pass by a second, one in thousands changes its name.
    """
    who = about.norad_id or re.sub(r"[^A-Za-z0-9.-]+", "-", about.cospar_id or about.name) or "object"
    where = f"{place.latitude_deg:+.2f}{place.longitude_deg:+.2f}"
    unix_s = found.peak.unix_s
    revolution = _revolution(unix_s, place, orbit, about)
    step_s = SLOW_STEP_S if orbit.elements(unix_s).period_min * 60.0 > SLOW_S else IDENTITY_STEP_S
    number = f"t{round(unix_s / step_s)}" if revolution is None else f"{revolution}"
    return f"{who}{where}-{number}@tiangong-tui"


def _revolution(unix_s: float, place: Place, orbit: Orbit, about: SpaceObject) -> int | None:
    """Number of the revolution at an instant, None where it is not counted or does not tell passes apart.

    It changes at the end of the orbit where the place never sees the object, so that no pass lies at a change. Of the
    station it is that of the embedded history, whatever file the orbit comes from, as long as that knows the place.
    """
    elements = orbit.elements(unix_s)
    if elements.period_min * 60.0 > SLOW_S or not _has_blind_end(elements, place):
        return None
    part = since_node(orbit.state(unix_s))
    is_counted = orbit.provenance(unix_s).kind == "sgp4" and elements.revolution > 0
    if about.is_station and (not is_counted or expected_error(embedded_history(), unix_s).position_known):
        number = round(embedded_history().node_count(unix_s) - part)
    elif is_counted:
        number = orbit.revolution(unix_s + (0.5 - part) * elements.period_min * 60.0)
    else:
        return None
    return number - (part < (0.75 if place.latitude_deg >= 0.0 else 0.25))


def _has_blind_end(elements: ElementSet, place: Place) -> bool:
    """Whether the place never sees the object at the far end of its orbit, a quarter before or after the node.

    Over a place near the equator, or on an orbit that hardly leaves it, passes lie anywhere in a revolution.
    """
    reach_deg = math.degrees(math.acos(WGS84_RADIUS_KM / (WGS84_RADIUS_KM + max(elements.apogee_km, 1.0))))
    north_deg = min(elements.inclination_deg, 180.0 - elements.inclination_deg)
    return north_deg + abs(place.latitude_deg) > reach_deg + _MARGIN_DEG


def _event(found: Pass, name: str, place: Place, orbit: Orbit, about: SpaceObject, lead_s: float) -> Event:
    event = Event()
    event.add("uid", name)
    # The stamp is that of the elements: the same elements give the same file.
    event.add("dtstamp", to_datetime(round(orbit.provenance(found.peak.unix_s).epoch_unix_s)))
    event.add("dtstart", to_datetime(round(found.rise.unix_s)))
    event.add("dtend", to_datetime(round(found.set.unix_s)))
    event.add("summary", summary(found, about))
    event.add("description", _description(found, place))
    event.add("location", clean(place.title))
    event.add("geo", (place.latitude_deg, place.longitude_deg))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(seconds=-round(lead_s)))
    rises = _("{pass}, rises in the {direction}") if found.rise_known else _("{pass}, up already in the {direction}")
    direction = quantities.compass(found.rise.azimuth_deg)
    alarm.add("description", rises.format(**{"pass": summary(found, about)}, direction=direction))
    event.add_component(alarm)
    return event


def summary(found: Pass, about: SpaceObject = STATION) -> str:
    """`Tiangong 63° high in the NW, about -2.1 ***`."""
    text = (
        _("{object} {elevation:.0f}° high in the {direction}")
        if found.magnitude is None
        else _("{object} {elevation:.0f}° high in the {direction}, about {magnitude:+.1f}")
    ).format(
        object=object_name(about),
        elevation=found.peak.elevation_deg,
        direction=quantities.compass(found.peak.azimuth_deg),
        magnitude=found.magnitude,
    )
    return f"{text} {'*' * found.grade}".rstrip()


def object_name(about: SpaceObject) -> str:
    """The name in the language of this process: `Tiangong`, `天宫`."""
    return _("Tiangong") if about.is_station else clean(about.label, limit=40)


_MOMENTS = (
    (
        N_("rises {time} in the {direction} ({azimuth:.0f}°)"),
        N_("up already at {time} in the {direction} ({azimuth:.0f}°): what is before is not known"),
    ),
    (
        N_("highest {time} in the {direction} ({azimuth:.0f}°)"),
        N_("highest known at {time} in the {direction} ({azimuth:.0f}°): beyond what is known it goes higher"),
    ),
    (
        N_("sets {time} in the {direction} ({azimuth:.0f}°)"),
        N_("still up at {time} in the {direction} ({azimuth:.0f}°): what comes after is not known"),
    ),
)
"""Rise, peak and set: as they are, and where an end of an ephemeris cuts the pass."""


def _description(found: Pass, place: Place) -> str:
    lines = [_("Times in {zone}:").format(zone=zone_words(place))]
    moments = (found.rise, found.peak, found.set)
    are_known = (found.rise_known, found.peak_known, found.set_known)
    for (whole, cut), moment, is_known in zip(_MOMENTS, moments, are_known, strict=True):
        text = _(whole if is_known else cut)
        time, direction = _clock(moment.unix_s, place, found), quantities.compass(moment.azimuth_deg)
        lines.append(text.format(time=time, direction=direction, azimuth=moment.azimuth_deg))
    for window in found.windows:
        begin, end = (_clock(t, place, found) for t in (window.from_unix_s, window.to_unix_s))
        lines.append(_("to be seen from {begin} to {end}").format(begin=begin, end=end))
    for span in found.hidden:
        begin, end = (_clock(t, place, found) for t in span)
        lines.append(_("behind the horizon of the place from {begin} to {end}").format(begin=begin, end=end))
    if not found.windows:
        lines.append(_("not to be seen: {reason}").format(reason=found.why))
    if error_text := timing_error(found):
        lines.append(_("expected error {error}").format(error=error_text))
    if found.rise_known:
        lines.append(_("rise in UTC {time}").format(time=quantities.stamp(found.rise.unix_s, found.error)))
    return "\n".join(lines)


def _clock(unix_s: float, place: Place, found: Pass) -> str:
    return quantities.time_of_day(unix_s, place, utc=False, pattern=quantities.clock_pattern(found.error))
