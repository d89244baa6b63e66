"""How places and times were computed, how sure they are, and from which element sets; for the key `i`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.model import Proof
from sim.orbit.uncertainty import LOST_P90_KM, STALE_P90_KM, UNKNOWN_P90_KM
from sim.time import iso_z
from tui.wording import durations, quantities
from tui.wording.proof import Explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.status import Status

HAPPENED = {
    "quiet": "drag alone: the rate of the phase grew as a parabola through both sets",
    "doubtful": "a change of the drag, or a small burn, which cannot be told apart: taken for drag",
    "burn": "one burn, dated by the phase",
    "campaign": "two or three burns, placed with the help of the launch calendar",
    "open": "several burns, up and down, that the phases do not tell apart: the smoothest way is shown",
    "launch": "burns that only the launches in between help to tell apart: at a launch the station is where the plan "
    "of the approach wants it, a degree or two short of the site",
    "apart": "the two sets cannot be joined: the nearer one answers alone",
}
"""By what is known of the time between two sets (`sim.orbit.closure.close`)."""


def orbit_explained(status: Status) -> list[Explained]:
    """Where the station is, from which sets, and how sure that is."""
    return [
        _fact("Where it is, and from which element sets", _sets(status), status),
        _fact("How sure the place is", _errors(status), status),
    ]


def passes_explained(status: Status) -> list[Explained]:
    """The same for passes."""
    details = (
        ("computed", "From the same orbit: the instants at which it crosses the horizon or the least elevation, and "
                     "its highest point; to 0.01 s of the orbit shown."),
        ("error", "That of the place along the track, as time; median and 90 % for the instant of each peak."),
        ("bright", "From what was joined to the station, its distance, the angle of the Sun, and the air on the way."),
    )  # fmt: skip
    return [_fact("How passes are found", details, status), *orbit_explained(status)]


def altitude_explained(status: Status) -> list[Explained]:
    """The same for altitude, decay and burns."""
    details = (
        ("altitude", "Mean semi-major axis less the equatorial radius, of the elements that carry the position."),
        ("decay", "Slope of the sets of the last ten days since a burn; its error is one standard deviation of the "
                  "ten days that follow."),
        ("floor", "Falling as the air thickens on the way down; the bounds held for nine days in ten of 2021 to "
                  "2025. The activity of the Sun in coming months is not known: they are wide for that."),
        ("burns", "What drag does not explain between two sets. Each with the window between them; a date only where "
                  "the number of revolutions in between gives one."),
    )  # fmt: skip
    return [_fact("Altitude, decay and burns", details, status), *orbit_explained(status)]


def _fact(title: str, details: Sequence[tuple[str, str]], status: Status) -> Explained:
    return Explained(title, Proof(), status.unix_s, tuple(details))


def _sets(status: Status) -> list[tuple[str, str]]:
    provenance, number = status.provenance, status.object.norad_id
    if not provenance.sets_unix_s:
        age = durations.age(provenance.age_days)
        side = "before" if provenance.age_days >= 0.0 else "after"
        what = "ephemeris" if provenance.kind == "oem" else "set"
        epoch = iso_z(provenance.epoch_unix_s)
        one = f"{what} of object {number}, {epoch}, {age} {side} this instant ({provenance.source})"
        how = "interpolation in an ephemeris" if provenance.kind == "oem" else "SGP4 from this one set"
        return [("computed", how), ("set", one)]
    first, last = (
        f"object {number}, epoch {iso_z(unix_s)}, {durations.age((status.unix_s - unix_s) / 86400.0)} "
        f"{'before' if unix_s <= status.unix_s else 'after'} this instant"
        for unix_s in provenance.sets_unix_s
    )
    return [
        ("computed", "Between two sets: the number of revolutions from one to the other is known, so the mean argument "
                     "of latitude and its rate follow for every instant; all else lies between both sets."),
        ("set before", first),
        ("set after", last),
        ("in between", HAPPENED[provenance.basis]),
        ("source", provenance.source),
    ]  # fmt: skip


def _errors(status: Status) -> list[tuple[str, str]]:
    error, between = status.error, bool(status.provenance.sets_unix_s)
    if not error.is_stated:
        return [("error", "not known: nobody has learnt it for this object")]
    stated = (
        f"half of such places are off by less than {quantities.distance(error.median_km)} along the track, nine in ten "
        f"by less than {quantities.distance(error.p90_km)}"
    )
    limit_km = LOST_P90_KM if between and status.provenance.gap is not None else STALE_P90_KM
    return [
        ("error", stated if error.position_known else "the place along the orbit is not known"),
        ("learnt", "by leaving element sets out of the station's own history, by length and kind of the gap and place "
                   "in it" if between else "by what later sets said of earlier ones, by age"),
        ("stale", f"from {quantities.distance(limit_km)} (90 %) on; not known from "
                  f"{quantities.distance(UNKNOWN_P90_KM)} on"),
    ]  # fmt: skip
