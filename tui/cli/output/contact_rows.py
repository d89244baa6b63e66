"""Contacts of ground stations as text, JSON and CSV: each with its own error; times that are not known are null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _, pgettext
from sim.language.dates import day_of_year
from sim.places.timezones import local_time
from tui.cli.output.json_export import numbers, rounded, time_error_shape
from tui.cli.output.list_rows import TIME_ERROR_COLUMNS, emptied, times_shape
from tui.cli.output.text_report import table
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.passes.plans.contacts import Contact, Share
    from sim.passes.plans.stations import Station
    from sim.places.place import Place
    from tui.cli.output.json_export import Shape

CONTACT_COLUMNS = (
    "station", "rise", "rise_azimuth_deg", "peak", "peak_azimuth_deg", "peak_elevation_deg", "peak_range_km", "set",
    "set_azimuth_deg", "duration_s", "min_elevation_deg", *TIME_ERROR_COLUMNS,
)  # fmt: skip


def station_shape(station: Station, usual_elevation_deg: float) -> Shape:
    """Where a station is, and where that is known from; one without a least elevation of its own has the usual one."""
    place, least_deg = station.place, station.min_elevation_deg
    return {
        "name": place.name,
        **numbers(place, latitude_deg=6, longitude_deg=6, height_m=1),
        "min_elevation_deg": rounded(usual_elevation_deg if least_deg is None else least_deg, 3),
        "source": station.source,
    }


def contact_shape(contact: Contact) -> Shape:
    """One contact; null where the place along the orbit is not known."""
    times = times_shape(contact.times)
    return {
        "station": contact.station.place.name,
        **(times if contact.error.position_known else emptied(times)),
        "min_elevation_deg": rounded(contact.min_elevation_deg, 3),
        **time_error_shape(contact.error),
    }


def share_shape(share: Share | None) -> Shape:
    """How much of the span any station has it in view; null where that is not known."""
    return numbers(share, in_view_s=3, longest_gap_s=3, share=4)


def contact_lines(contacts: Sequence[Contact], share: Share | None, clock: Place, head: str) -> list[str]:
    """A table in order of the rises, below a head; contacts whose time is not known are counted."""
    known = [contact for contact in contacts if contact.error.position_known]
    lines = [head, _("in view is geometric: above the least elevation; it says nothing of who listens"), ""]
    if known:
        lines += table(
            (
                _("station"),
                _("rise"),
                _("az"),
                _("highest"),
                _("el"),
                pgettext("pass", "set"),
                _("az"),
                _("min"),
                _("error"),
            ),
            [_cells(contact, clock) for contact in known],
            right=(2, 4, 6, 7),
        )
    else:
        lines.append(_("none"))
    if unknown := len(contacts) - len(known):
        text = _("{count} more at times that are not known: the elements are too far away")
        lines += ["", text.format(count=unknown)]
    if share is not None and known:
        text = _("in view of one station or more {share:.1f} % of the time; longest gap {gap}")
        lines += ["", text.format(share=100.0 * share.share, gap=quantities.span(share.longest_gap_s))]
    return lines


def _cells(contact: Contact, clock: Place) -> tuple[str, ...]:
    times, pattern = contact.times, quantities.clock_pattern(contact.error)

    def at(unix_s: float, *, known: bool = True) -> str:
        return quantities.clock_time(unix_s, clock, utc=False, pattern=pattern) if known else "–"

    rise_day = day_of_year(local_time(round(times.rise.unix_s), clock))
    is_whole = times.rise_known and times.set_known
    return (
        _(contact.station.place.name),
        f"{rise_day} {at(times.rise.unix_s)}" if times.rise_known else "–",
        f"{times.rise.azimuth_deg:.0f}°",
        at(times.peak.unix_s),
        f"{times.peak.elevation_deg:.0f}°",
        at(times.set.unix_s, known=times.set_known),
        f"{times.set.azimuth_deg:.0f}°",
        f"{contact.times.duration_s / 60.0:.1f}" if is_whole else "–",
        quantities.time_error(contact.error.p90_s),
    )
