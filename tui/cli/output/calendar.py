"""Passes as a calendar that other programs accept (RFC 5545)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from sim.orbit.composite import since_node
from sim.orbit.element_history import embedded_history
from sim.orbit.oem import OemOrbit
from sim.orbit.space_object import STATION
from sim.places.timezones import local_time, zone_words
from sim.sanitize import clean
from sim.time import iso_z, to_datetime
from tui.wording import quantities
from tui.wording.passes import timing_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.propagation import Orbit
    from sim.orbit.space_object import SpaceObject
    from sim.passes.model import Pass
    from sim.places.place import Place


SLOW_S = 8000.0
"""Orbits of longer periods can pass a place twice in a revolution."""

IDENTITY_STEP_S = 4500.0
"""No two passes of one object over one place are nearer to one another (a retrograde orbit has 85 minutes)."""


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
    calendar.add("x-wr-calname", f"{clean(about.label, limit=40)} over {clean(place.title)}")
    for found in passes:
        calendar.add_component(_event(found, place, orbit, about, lead_s))
    return str(calendar.to_ical(), "utf-8")


def identity(found: Pass, place: Place, orbit: Orbit, about: SpaceObject) -> str:
    """The name of a pass that stays the same from file to file: object, place, and number of its revolution.

    Where revolutions are not counted, or a slow orbit may pass twice in one, the number is that of a span of time: when
    newer elements move such a pass, one in hundreds changes its name.
    """
    who = about.norad_id or re.sub(r"[^A-Za-z0-9.-]+", "-", about.cospar_id or about.name) or "object"
    where = f"{place.latitude_deg:+.2f}{place.longitude_deg:+.2f}"
    revolution = _revolution(found.peak.unix_s, place, orbit, about)
    number = f"t{round(found.peak.unix_s / IDENTITY_STEP_S)}" if revolution is None else f"{revolution}"
    return f"{who}{where}-{number}@tiangong-tui"


def _revolution(unix_s: float, place: Place, orbit: Orbit, about: SpaceObject) -> int | None:
    """Number of the revolution at an instant, None where it is not counted or does not tell passes apart.

    It changes at the end of the orbit where the place never sees the object, so that no pass lies at a change.
    """
    period_s = orbit.elements(unix_s).period_min * 60.0
    if period_s > SLOW_S:
        return None
    part = since_node(orbit.state(unix_s))
    if isinstance(orbit, OemOrbit):
        if not about.is_station:
            return None
        number = round(embedded_history().node_count(unix_s) - part)
    else:
        number = orbit.revolution(unix_s + (0.5 - part) * period_s)
    return number - (part < (0.75 if place.latitude_deg >= 0.0 else 0.25))


def _event(found: Pass, place: Place, orbit: Orbit, about: SpaceObject, lead_s: float) -> Event:
    event = Event()
    event.add("uid", identity(found, place, orbit, about))
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
    alarm.add("description", f"{summary(found, about)}, rises in the {quantities.compass(found.rise.azimuth_deg)}")
    event.add_component(alarm)
    return event


def summary(found: Pass, about: SpaceObject = STATION) -> str:
    """`Tiangong 63° high in the NW, about -2.1 ***`."""
    name = clean(about.label, limit=40)
    text = f"{name} {found.peak.elevation_deg:.0f}° high in the {quantities.compass(found.peak.azimuth_deg)}"
    if found.magnitude is not None:
        text += f", about {found.magnitude:+.1f}"
    return f"{text} {'*' * found.grade}".rstrip()


def _description(found: Pass, place: Place) -> str:
    lines = [f"Times in {zone_words(place)}:"]
    for word, moment in (("rises", found.rise), ("highest", found.peak), ("sets", found.set)):
        clock = f"{local_time(round(moment.unix_s), place):%H:%M:%S}"
        lines.append(f"{word} {clock} in the {quantities.compass(moment.azimuth_deg)} ({moment.azimuth_deg:.0f}°)")
    for window in found.windows:
        begin, end = (f"{local_time(round(t), place):%H:%M:%S}" for t in (window.from_unix_s, window.to_unix_s))
        lines.append(f"to be seen from {begin} to {end}")
    if not found.windows:
        lines.append(f"not to be seen: {found.reason}")
    if error_text := timing_error(found):
        lines.append(f"expected error {error_text}")
    lines.append(f"rise in UTC {iso_z(found.rise.unix_s)}")
    return "\n".join(lines)
