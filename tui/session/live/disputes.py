"""Disputes between sources, in words: both places, how far apart, and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs
from sim.errors import OrbitError
from sim.language import _
from sim.sanitize import clean
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.orbit.alternatives import Alternative
    from sim.orbit.propagation import Orbit, State


def dispute_lines(orbit: Orbit, unix_s: float) -> tuple[str, ...]:
    """One line for each orbit that contradicts the one in use at an instant; empty without a dispute.

    Costs an SGP4 evaluation a line.
    """
    alternatives: tuple[Alternative, ...] = getattr(orbit, "alternatives", ())
    if not alternatives or not orbit.provenance(unix_s).split_km:
        return ()
    try:
        here = orbit.state(unix_s)
    except OrbitError:
        return ()
    found = ((alternative, alternative.state(unix_s)) for alternative in alternatives)
    return tuple(_line(alternative, here, there, unix_s) for alternative, there in found if there is not None)


def _line(alternative: Alternative, here: State, there: State, unix_s: float) -> str:
    distance_km = math.dist(here.position_teme_km, there.position_teme_km)
    text = _("disputed: {source} puts the station {distance:,.0f} km away, over {there} instead of {here}")
    return text.format(
        source=clean(alternative.label, limit=60),
        distance=distance_km,
        there=_ground_point(there, unix_s),
        here=_ground_point(here, unix_s),
    )


def _ground_point(state: State, unix_s: float) -> str:
    latitude_deg, longitude_deg, _height_km = itrs_to_geodetic(teme_position_to_itrs(unix_s, state.position_teme_km))
    return quantities.coordinates(latitude_deg, longitude_deg)
