"""The operator's ephemeris where it reaches, the element history everywhere else."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from sim.astro.vectors import cross, norm

if TYPE_CHECKING:
    from sim.orbit.alternatives import Alternative
    from sim.orbit.altitude import AltitudeHistory, AltitudeReport
    from sim.orbit.element_history import ElementHistory
    from sim.orbit.elements import ElementSet
    from sim.orbit.oem import OemOrbit
    from sim.orbit.propagation import Provenance, State, States
    from sim.orbit.supplemental import ForecastOrbit
    from sim.types import Floats


class CompositeOrbit:
    """Two orbits as one; the provenance of each answer says which of them gave it.

    At the ends of the ephemeris the position jumps by the difference of the two: about a kilometre with fresh sets.

    Args:
        history: Answers where the ephemeris does not, and counts the revolutions.
        ephemeris: The operator's, or sets fitted to it; the better one inside its window.
    """

    def __init__(self, history: ElementHistory, ephemeris: OemOrbit | ForecastOrbit) -> None:
        self.history = history
        self.ephemeris = ephemeris

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Orbits that contradict the history; the ephemeris agrees with it, so they count only outside its window."""
        return self.history.alternatives

    @cached_property
    def altitude(self) -> AltitudeHistory:
        """Mean altitude and burns: from the ephemeris where it answers, else from the history."""
        return self.history.altitude.with_elements(self._elements_between)

    def altitude_at(self, unix_s: float) -> AltitudeReport:
        """`altitude` at one instant; burns and points need not cover the past."""
        return self.history.altitude_near(unix_s).with_elements(self._elements_between).at(unix_s)

    def _elements_between(self, unix_s: float) -> ElementSet | None:
        """Mean elements at an instant that the ephemeris covers or that lies between two sets, None beyond them."""
        if self.ephemeris.covers(unix_s):
            return self.ephemeris.elements(unix_s)
        return self.history.elements_between(unix_s)

    def _source(self, unix_s: float) -> ElementHistory | OemOrbit | ForecastOrbit:
        return self.ephemeris if self.ephemeris.covers(unix_s) else self.history

    def state(self, unix_s: float) -> State:
        """State at one instant."""
        return self._source(unix_s).state(unix_s)

    def states(self, unix_s: Floats) -> States:
        """States at many instants, (n, 3) each."""
        states = self.ephemeris.states(unix_s)
        rest = ~states.ok
        if rest.any():
            states.fill(rest, self.history.states(unix_s[rest]))
        return states

    def elements(self, unix_s: float) -> ElementSet:
        """The history's set, or mean elements through the ephemeris with the number, count and drag of that set."""
        known = self.history.elements(unix_s)
        if not self.ephemeris.covers(unix_s):
            return known
        fitted = self.ephemeris.elements(unix_s)
        since_node = fitted.node_count % 1.0
        return msgspec.structs.replace(
            fitted,
            norad_id=known.norad_id,
            name=known.name,
            international_designator=known.international_designator,
            bstar=known.bstar,
            mean_motion_dot=known.mean_motion_dot,
            revolution=max(0, round(self.history.node_count(fitted.epoch_unix_s) - since_node)),
        )

    def revolution(self, unix_s: float) -> int:
        """Revolution number: counted by the history, with the ascending node from the ephemeris."""
        counted = self.history.node_count(unix_s)
        if not self.ephemeris.covers(unix_s):
            return math.floor(counted)
        return max(0, round(counted - since_node(self.ephemeris.state(unix_s))))

    def provenance(self, unix_s: float) -> Provenance:
        """Provenance of the answer at an instant."""
        return self._source(unix_s).provenance(unix_s)


def since_node(state: State) -> float:
    """Part of the revolution since the ascending node, 0 to 1, by the angle in the plane of a state."""
    x, y, z = state.position_teme_km
    hx, hy, hz = momentum = cross(state.position_teme_km, state.velocity_teme_km_s)
    # The node lies along (-hy, hx, 0); h crossed with it points a quarter of a revolution on.
    along = -x * hy + y * hx
    across = (-x * hx * hz - y * hy * hz + z * (hx * hx + hy * hy)) / norm(momentum)
    return math.atan2(across, along) / (2.0 * math.pi) % 1.0
