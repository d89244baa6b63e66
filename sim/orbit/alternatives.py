"""Orbits of the same object that contradict the one in use, and how far apart both are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from sim.errors import OrbitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.propagation import Orbit, State


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """An orbit that contradicts the one in use: which of them is right is not yet known.

    Attributes:
        label: What it is, for the screen: `CelesTrak GP set of 2026-08-22T11:12:14Z`.
        reason: Why it is disputed.
        orbit: An `Orbit`; only its states are used.
    """

    label: str
    reason: str
    orbit: Orbit

    def state(self, unix_s: float) -> State | None:
        """Its state; None where it has no answer."""
        try:
            return self.orbit.state(unix_s)
        except OrbitError:
            return None


def split_km(orbit: Orbit, alternatives: Sequence[Alternative], unix_s: float) -> float:
    """Distance from an orbit to the farthest alternative at an instant; 0 if there is none, or no answer."""
    if not alternatives:
        return 0.0
    try:
        here = orbit.state(unix_s).position_teme_km
    except OrbitError:
        return 0.0
    others = (alternative.state(unix_s) for alternative in alternatives)
    return max((math.dist(here, other.position_teme_km) for other in others if other), default=0.0)
