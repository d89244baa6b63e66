"""Passes as a calendar that other programs accept (RFC 5545)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from sim.constants import CSS_NORAD_ID
from sim.places.timezones import local_time, zone_words
from sim.sanitize import clean
from sim.time import iso_z, to_datetime
from tui.wording import quantities
from tui.wording.passes import timing_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.propagation import Orbit
    from sim.passes.model import Pass
    from sim.places.place import Place


def calendar_text(passes: Sequence[Pass], place: Place, orbit: Orbit, *, lead_s: float) -> str:
    """A calendar with one event and one alarm a pass, times in UTC.

    An event keeps its identity when newer elements move the pass by seconds: it is named after the revolution and
    the place.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//tiangong-tui//passes//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Tiangong over {clean(place.title)}")
    for found in passes:
        calendar.add_component(_event(found, place, orbit, lead_s))
    return str(calendar.to_ical(), "utf-8")


def _event(found: Pass, place: Place, orbit: Orbit, lead_s: float) -> Event:
    event = Event()
    where = f"{place.latitude_deg:+.2f}{place.longitude_deg:+.2f}"
    event.add("uid", f"{CSS_NORAD_ID}-{orbit.revolution(found.peak.unix_s)}{where}@tiangong-tui")
    # The stamp is that of the elements: the same elements give the same file.
    event.add("dtstamp", to_datetime(round(orbit.provenance(found.peak.unix_s).epoch_unix_s)))
    event.add("dtstart", to_datetime(round(found.rise.unix_s)))
    event.add("dtend", to_datetime(round(found.set.unix_s)))
    event.add("summary", summary(found))
    event.add("description", _description(found, place))
    event.add("location", clean(place.title))
    event.add("geo", (place.latitude_deg, place.longitude_deg))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(seconds=-round(lead_s)))
    alarm.add("description", f"{summary(found)}, rises in the {quantities.compass(found.rise.azimuth_deg)}")
    event.add_component(alarm)
    return event


def summary(found: Pass) -> str:
    """`Tiangong 63° high in the NW, about -2.1 ***`."""
    text = f"Tiangong {found.peak.elevation_deg:.0f}° high in the {quantities.compass(found.peak.azimuth_deg)}"
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
