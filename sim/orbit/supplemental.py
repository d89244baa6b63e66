"""The operator's forecast as a chain of element sets, each good for six hours from its epoch.

CelesTrak fits such sets to the ephemeris the operator publishes. They are predictions: where the observed
history also has an answer, the history is used. A forecast is therefore used only after the newest observed set.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sim.constants import DAY_S, HOUR_S
from sim.errors import ElementsError, OrbitError
from sim.language import _
from sim.orbit.propagation import Provenance, Sgp4Orbit, State, States
from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.orbit.elements import ElementSet
    from sim.types import Floats

PIECE_S = 6 * HOUR_S
"""Validity of each set of the chain after its epoch."""


class ForecastOrbit:
    """Element sets that each answer from their epoch until the next one's, the last one for six hours.

    Args:
        pieces: Any order; those that end before `not_before_unix_s` do not count.
        not_before_unix_s: Epoch of the newest observed set: before it the history is used.
    """

    def __init__(self, pieces: Iterable[ElementSet], not_before_unix_s: float = float("-inf")) -> None:
        ordered = sorted(pieces, key=lambda piece: piece.epoch_unix_s)
        self.pieces = tuple(p for p in ordered if p.epoch_unix_s + PIECE_S > not_before_unix_s)
        if not self.pieces:
            raise ElementsError(_("the forecast ends before the newest observed element set"))
        self._made_unix_s = ordered[0].epoch_unix_s
        self._not_before_unix_s = not_before_unix_s
        self._epochs = [piece.epoch_unix_s for piece in self.pieces]
        self._orbits = [Sgp4Orbit(piece) for piece in self.pieces]

    def nearest_unix_s(self, unix_s: float) -> float:
        """The instant nearest to the given one that it covers."""
        first_unix_s = max(self._epochs[0], self._not_before_unix_s)
        return min(max(unix_s, first_unix_s), self._epochs[-1] + PIECE_S - 1.0)

    def covers(self, unix_s: float) -> bool:
        """Whether there is an answer for an instant."""
        return self._index(unix_s) is not None

    def _index(self, unix_s: float) -> int | None:
        index = bisect_right(self._epochs, unix_s) - 1
        if index < 0 or unix_s < self._not_before_unix_s or unix_s >= self._epochs[index] + PIECE_S:
            return None
        return index

    def _piece(self, unix_s: float) -> Sgp4Orbit:
        index = self._index(unix_s)
        if index is None:
            raise OrbitError(
                _("no position at {unix_s}: the operator's forecast does not cover it").format(unix_s=iso_z(unix_s))
            )
        return self._orbits[index]

    def state(self, unix_s: float) -> State:
        """State at one instant."""
        return self._piece(unix_s).state(unix_s)

    def states(self, unix_s: Floats) -> States:
        """States at many instants, (n, 3) each; what the chain does not cover is marked."""
        import numpy as np

        from sim.orbit.closure.interpolation_table import states_by_set

        states = States.unanswered(len(unix_s))
        epochs = np.array(self._epochs)
        chosen = np.searchsorted(epochs, unix_s, side="right") - 1
        inside = (chosen >= 0) & (unix_s >= self._not_before_unix_s)
        inside &= unix_s < epochs[np.maximum(chosen, 0)] + PIECE_S
        if inside.any():
            states.fill(inside, states_by_set(self._orbits.__getitem__, chosen[inside], unix_s[inside]))
        return states

    def elements(self, unix_s: float) -> ElementSet:
        """The set that answers."""
        return self._piece(unix_s).element_set

    def revolution(self, unix_s: float) -> int:
        """Number of the revolution under way, as the set counts it."""
        return self._piece(unix_s).revolution(unix_s)

    def provenance(self, unix_s: float) -> Provenance:
        """The chain, with the age counted from its beginning, when the forecast was made."""
        source = self._piece(unix_s).element_set.source
        return Provenance(
            source=source,
            kind="sgp4",
            epoch_unix_s=self._made_unix_s,
            age_days=(unix_s - self._made_unix_s) / DAY_S,
        )
