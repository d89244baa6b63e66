"""What is known of the orbit before the first and long after the newest element set, and why the position is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import MINUTE_S
from sim.language import _
from sim.language.lists import clauses, comma_list
from sim.orbit.element_history import EMBEDDED_SOURCE
from sim.orbit.uncertainty import expected_error, plane_error
from sim.sanitize import clean
from sim.time import iso_z
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.chronicle import ChronicleSnapshot
    from sim.orbit.propagation import Orbit
    from sim.status import Status


def coverage(status: Status) -> str:
    """Sentences for an instant of which less is known than of others; empty for every other instant.

    Outside of the element sets with a stale position, and between two that no single burn joins.
    """
    provenance, known = status.provenance, status.error.position_known
    if provenance.basis == "open" and known:
        return _open_gap(*provenance.sets_unix_s)
    between_sets = provenance.gap is not None
    if (between_sets and known) or not status.stale or not status.object.is_station or status.problem:
        return ""
    return _stale(status)


def _open_gap(first_unix_s: float, last_unix_s: float) -> str:
    """What is known between two sets that no single burn joins."""
    return _(
        "No single burn leads from the set of {first} to the later one of {last}: the engines ran more than once "
        "in between, up and down, and no set says when. Mean altitude, perigee and apogee of these days follow "
        "from the number of revolutions alone and may be off by kilometres."
    ).format(first=iso_z(first_unix_s)[:10], last=iso_z(last_unix_s)[:10])


def _stale(status: Status) -> str:
    """Sentences for an instant at which the elements are stale, by where it lies: between, before or after sets."""
    provenance, consequence = status.provenance, _off(status)
    shape = _("mean altitude {height}, inclination {inclination:.1f}°").format(
        height=quantities.altitude(status.altitude.mean_altitude_km, provenance),
        inclination=status.orbit.inclination_deg,
    )
    if provenance.gap is not None:
        return _(
            "Known between two element sets {days:.0f} days apart: {shape}. The engines ran more than once in that "
            "time and no set says when, so the position along the orbit {consequence}."
        ).format(days=provenance.gap_days, shape=shape, consequence=consequence)
    day = iso_z(provenance.epoch_unix_s)[:10]
    if provenance.age_days < 0.0 and provenance.source != EMBEDDED_SOURCE:  # the user's own file
        return _(
            "The first element set of {source} is of {day}: {shape}. What the engines did before it is not known, so "
            "the position along the orbit {consequence}."
        ).format(source=clean(_(provenance.source), limit=60), day=day, shape=shape, consequence=consequence)
    if provenance.age_days < 0.0:
        return _(
            "Known before the first element set: {facts}, and from that set the orbit: {shape}. What the engines did "
            "until then is not known, so the position along the orbit {consequence}."
        ).format(facts=_facts(status.facts), shape=shape, consequence=consequence)
    if not plane_error(status.orbit_source, status.unix_s).is_known:  # from half a year after the set on
        return _(
            "Known after the newest element set ({day}): roughly the size of the orbit: {shape}. "
            "How far its plane has turned is not known that long after, and the position along the orbit {consequence}."
        ).format(day=day, shape=shape, consequence=consequence)
    return _(
        "Known after the newest element set ({day}): the plane of the orbit, and roughly its size: {shape}. A "
        "burn of which no set tells shifts the position by thousands of kilometres within days, "
        "so the position along the orbit {consequence}."
    ).format(day=day, shape=shape, consequence=consequence)


def known_border(orbit: Orbit, epoch_unix_s: float, unix_s: float) -> float:
    """Where, to the minute, the position ceases to be known from an element set's epoch to an instant without one."""
    known_s, unknown_s = epoch_unix_s, unix_s
    while abs(unknown_s - known_s) > MINUTE_S:
        middle_s = (known_s + unknown_s) / 2.0
        if expected_error(orbit, middle_s).position_known:
            known_s = middle_s
        else:
            unknown_s = middle_s
    return unknown_s


def _facts(facts: ChronicleSnapshot) -> str:
    """The latest event and what is docked."""
    event = facts.previous_event
    latest = "" if event is None else _("{event} ({day})").format(event=event.title, day=event.text[:10])
    ships = comma_list(_(ship.vehicle) for ship in facts.ships)
    docked = _("docked: {ships}").format(ships=ships) if ships else _("no ship docked")
    return clauses(text for text in (latest, docked) if text)


def _off(status: Status) -> str:
    error = status.error
    if not error.position_known:
        return _("is not known, nor are times of passes and of light and shadow")
    median, p90 = quantities.distance(error.median_km), quantities.distance(error.p90_km)
    return _("is only good to {median} in half of such cases, to {p90} in nine of ten").format(median=median, p90=p90)
