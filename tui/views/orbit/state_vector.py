"""For engineers: the state in named frames, its error by direction, and which ground stations see the station next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.astro.frames import teme_to_itrs
from sim.language import N_, _
from sim.orbit.export.covariance import sigma_rtn_km
from tui.drawing.styled_text import Line, Run, linked, spread, wrap
from tui.views.orbit.eclipses import untimed_line
from tui.widgets.panel import Panel
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.plans.contacts import Contact
    from sim.types import Vector
    from tui.session.frame import Frame

MOST_DECIMALS = 3
"""Of a position in km: nothing here is known better than a metre."""

RATE_DECIMALS = 3
"""So many more has a velocity in km/s: an error of the place moves it by a thousandth of that a second."""


class StateVector(Panel, can_focus=True):
    """Position and velocity with no digit that is not known, one standard deviation, contacts."""

    BORDER_TITLE = N_("state vector")

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Two frames, the error, then contacts as far as there is room."""
        state, error = frame.status.state, frame.status.error
        if state is None or not error.position_known:
            return wrap(_("Unknown: the position along the orbit is not known."), width, "caution")
        position, velocity = teme_to_itrs(frame.unix_s, state.position_teme_km, state.velocity_teme_km_s)
        decimals = decimals_known(error)
        lines = [
            *_vectors(_("TEME, true equator of date"), state.position_teme_km, state.velocity_teme_km_s, decimals),
            *_vectors(_("ITRS, fixed to the Earth"), position, velocity, decimals),
            *_sigmas(frame),
            spread((Run(_("beta"), "dim"),), (Run(f"{frame.status.orbit.beta_deg:+.1f}°"),), width),
        ]
        return (lines + _contacts(frame, width))[:height]


def decimals_known(error: ExpectedError) -> int:
    """Decimals of a position in km that its expected error leaves; one where the error is not stated."""
    if not error.is_stated:
        return 1
    return max(0, min(MOST_DECIMALS, math.ceil(-math.log10(max(error.median_km, 1e-9)))))


def _vectors(caption: str, position_km: Vector, velocity_km_s: Vector, decimals: int) -> list[Line]:
    finer = decimals + RATE_DECIMALS
    place = "".join(f"{value:>11.{decimals}f}" for value in position_km)
    speed = "".join(f"{value:>11.{finer}f}" for value in velocity_km_s)
    return [
        (Run(caption, "dim"),),
        (Run(" r"), Run(place, "value"), Run(" km", "dim")),
        (Run(" v"), Run(speed, "value"), Run(" km/s", "dim")),
    ]


def _sigmas(frame: Frame) -> list[Line]:
    """One standard deviation by direction (RIC, also called RTN)."""
    sigma = sigma_rtn_km(frame.status.provenance, frame.status.error)
    head: Line = (Run(_("error (1 sigma): radial, in-track, cross-track"), "dim"),)
    if sigma is None:
        return [head, (Run(" " + _("not known for this object"), "caution"),)]
    return [head, (Run(" " + ", ".join(quantities.small_distance(km) for km in sigma)),)]


def _contacts(frame: Frame, width: int) -> list[Line]:
    """Ground stations with the station in view, next first."""
    if frame.contacts is None:
        return [(Run(_("computing"), "dim"),)]
    coming = [contact for contact in frame.contacts if contact.times.set.unix_s > frame.unix_s]
    if not coming and frame.coverage:
        return wrap(frame.coverage, width, "caution")
    if not coming:
        return [(Run(_("no ground station sees it in the coming day"), "dim"),)]
    head: Line = (Run(_("next contacts, above {degrees:.0f}°").format(degrees=coming[0].min_elevation_deg), "dim"),)
    timed = [contact for contact in coming if contact.error.position_known]
    return [head, *(_contact(frame, contact, width) for contact in timed), *untimed_line(coming, timed)]


def _contact(frame: Frame, contact: Contact, width: int) -> Line:
    """From when to when, which station, how high."""
    rise, peak, end = contact.times.rise, contact.times.peak, contact.times.set
    pattern = quantities.clock_pattern(contact.error)

    def clock(unix_s: float) -> str:
        return frame.clock_time(unix_s, pattern)

    under_way = rise.unix_s <= frame.unix_s
    left: Line = (
        Run(f" {clock(rise.unix_s)}–{clock(end.unix_s)}", "mark" if under_way else ""),
        Run(f"  {_(contact.station.place.name)}", "good" if under_way else ""),
    )
    return linked(spread(left, (Run(f"{peak.elevation_deg:.0f}°", "dim"),), width), f"app.seek({rise.unix_s!r})")
