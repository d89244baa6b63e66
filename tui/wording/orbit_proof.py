"""How places and times were computed, how sure they are, and from which element sets; for the key `i`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.model.record import Proof
from sim.constants import DAY_S
from sim.language import N_, _
from sim.orbit.uncertainty import LOST_P90_KM, STALE_P90_KM, UNKNOWN_P90_KM
from sim.time import iso_z
from tui.wording import durations, quantities
from tui.wording.proof import Explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.status import Status

HAPPENED = {
    "quiet": N_("drag alone: the rate of the phase grew as a parabola through both sets"),
    "doubtful": N_("a change of the drag, or a small burn, which cannot be told apart: taken for drag"),
    "burn": N_("one burn, dated by the phase"),
    "campaign": N_("two or three burns, placed with the help of the launch calendar"),
    "open": N_("several burns, up and down, that the phases do not tell apart: the smoothest way is shown"),
    "launch": N_(
        "burns that only the launches in between help to tell apart: at a launch the station is where the plan "
        "of the approach wants it, a degree or two short of the site"
    ),
    "apart": N_("the two sets cannot be joined: the nearer one answers alone"),
}
"""By what is known of the time between two sets (`sim.orbit.closure.close`)."""


def orbit_explained(status: Status) -> list[Explained]:
    """Where the station is, from which sets, and how sure that is."""
    return [
        _fact(_("Where it is, and from which element sets"), _sets(status), status),
        _fact(_("How sure the place is"), _errors(status), status),
    ]


def passes_explained(status: Status) -> list[Explained]:
    """The same for passes."""
    crossings = _(
        "From the same orbit: the instants at which it crosses the horizon or the least elevation, and its highest "
        "point; to 0.01 s of the orbit shown."
    )
    times = _("That of the place along the track, as time; median and 90 % for the instant of each peak.")
    magnitude = _("From what was joined to the station, its distance, the angle of the Sun, and the air on the way.")
    details = ((_("computed"), crossings), (_("error"), times), (_("bright"), magnitude))
    return [_fact(_("How passes are found"), details, status), *orbit_explained(status)]


def altitude_explained(status: Status) -> list[Explained]:
    """The same for altitude, decay and burns."""
    altitude = _("Mean semi-major axis less the equatorial radius, of the elements that carry the position.")
    decay = _(
        "Slope of the sets of the last ten days since a burn; its error is one standard deviation of the ten days that "
        "follow."
    )
    floor = _(
        "Falling as the air thickens on the way down; the bounds held for nine days in ten of 2021 to 2025. The "
        "activity of the Sun in coming months is not known: they are wide for that."
    )
    burns = _(
        "What drag does not explain between two sets. Each with the window between them; a date only where the number "
        "of revolutions in between gives one."
    )
    details = ((_("altitude"), altitude), (_("decay"), decay), (_("floor"), floor), (_("burns"), burns))
    return [_fact(_("Altitude, decay and burns"), details, status), *orbit_explained(status)]


def _fact(title: str, details: Sequence[tuple[str, str]], status: Status) -> Explained:
    return Explained(title, Proof(), status.unix_s, tuple(details))


def _sets(status: Status) -> list[tuple[str, str]]:
    provenance = status.provenance
    if not provenance.sets_unix_s:
        return _one_set(status)
    first, last = (_epoch_text(status, unix_s) for unix_s in provenance.sets_unix_s)
    how = _(
        "Between two sets: the number of revolutions from one to the other is known, so the mean argument of latitude "
        "and its rate follow for every instant; all else lies between both sets."
    )
    return [
        (_("computed"), how),
        (_("set before"), first),
        (_("set after"), last),
        (_("in between"), _(HAPPENED[provenance.basis])),
        (_("source"), _(provenance.source)),
    ]


def _one_set(status: Status) -> list[tuple[str, str]]:
    provenance = status.provenance
    is_before = provenance.age_days >= 0.0
    if provenance.kind == "oem":
        how = _("interpolation in an ephemeris")
        text = (
            _("ephemeris of object {number}, {epoch}, {age} before this instant ({source})")
            if is_before
            else _("ephemeris of object {number}, {epoch}, {age} after this instant ({source})")
        )
    else:
        how = _("SGP4 from this one set")
        text = (
            _("set of object {number}, {epoch}, {age} before this instant ({source})")
            if is_before
            else _("set of object {number}, {epoch}, {age} after this instant ({source})")
        )
    one = text.format(
        number=status.object.norad_id,
        epoch=iso_z(provenance.epoch_unix_s),
        age=durations.age(provenance.age_days),
        source=_(provenance.source),
    )
    return [(_("computed"), how), (_("set"), one)]


def _epoch_text(status: Status, unix_s: float) -> str:
    """The object and epoch of a set, and how far it is from the instant."""
    text = (
        _("object {number}, epoch {epoch}, {age} before this instant")
        if unix_s <= status.unix_s
        else _("object {number}, epoch {epoch}, {age} after this instant")
    )
    age = durations.age((status.unix_s - unix_s) / DAY_S)
    return text.format(number=status.object.norad_id, epoch=iso_z(unix_s), age=age)


def _errors(status: Status) -> list[tuple[str, str]]:
    error, between = status.error, bool(status.provenance.sets_unix_s)
    if not error.is_stated:
        return [(_("error"), _("not known: nobody has learnt it for this object"))]
    stated = _(
        "half of such places are off by less than {median} along the track, nine in ten by less than {p90}"
    ).format(median=quantities.distance(error.median_km), p90=quantities.distance(error.p90_km))
    learnt = (
        _("by leaving element sets out of the station's own history, by length and kind of the gap and place in it")
        if between
        else _("by what later sets said of earlier ones, by age")
    )
    limit_km = LOST_P90_KM if between and status.provenance.gap is not None else STALE_P90_KM
    stale = _("from {limit} (90 %) on; not known from {unknown} on").format(
        limit=quantities.distance(limit_km), unknown=quantities.distance(UNKNOWN_P90_KM)
    )
    return [
        (_("error"), stated if error.position_known else _("the place along the orbit is not known")),
        (_("learnt"), learnt),
        (_("stale"), stale),
    ]
