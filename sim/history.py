"""The station's element history: the right set for any instant of its life."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from sim.ephemeris import Provenance, Sgp4Orbit, State, States
from sim.errors import ElementsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from sim.elements import ElementSet

    Floats = NDArray[np.float64]


class ElementHistory:
    """Element sets of one object in order of their epochs, usable as one orbit.

    Args:
        sets: Any order; of two sets of one epoch the later given one is kept.
    """

    def __init__(self, sets: Iterable[ElementSet]) -> None:
        by_epoch = {s.epoch_unix_s: s for s in sets}
        self.sets = tuple(by_epoch[epoch] for epoch in sorted(by_epoch))
        if not self.sets:
            raise ElementsError("there is no element set to work with")
        self._epochs = [s.epoch_unix_s for s in self.sets]
        self._orbits = [Sgp4Orbit(s) for s in self.sets]

    @property
    def first_unix_s(self) -> float:
        """Epoch of the oldest set."""
        return self._epochs[0]

    @property
    def last_unix_s(self) -> float:
        """Epoch of the newest set."""
        return self._epochs[-1]

    def index_at(self, unix_s: float) -> int:
        """Index of the set whose epoch is nearest."""
        right = bisect_left(self._epochs, unix_s)
        if right == 0:
            return 0
        if right == len(self._epochs):
            return right - 1
        before, after = unix_s - self._epochs[right - 1], self._epochs[right] - unix_s
        return right if after < before else right - 1

    def state(self, unix_s: float) -> State:
        """State at one instant from the nearest set."""
        return self._orbits[self.index_at(unix_s)].state(unix_s)

    def states(self, unix_s: Floats) -> States:
        """States at many instants, each from its nearest set."""
        import numpy as np

        epochs = np.array(self._epochs)
        borders = (epochs[1:] + epochs[:-1]) / 2.0
        chosen = np.searchsorted(borders, unix_s, side="right")
        position = np.empty((len(unix_s), 3))
        velocity = np.empty((len(unix_s), 3))
        ok = np.empty(len(unix_s), dtype=bool)
        for index in np.unique(chosen):
            rows = chosen == index
            position[rows], velocity[rows], ok[rows] = self._orbits[index].states(unix_s[rows])
        return States(position, velocity, ok)

    def elements(self, unix_s: float) -> ElementSet:
        """The set whose epoch is nearest."""
        return self.sets[self.index_at(unix_s)]

    def provenance(self, unix_s: float) -> Provenance:
        """Source, epoch and age of the set used."""
        return self._orbits[self.index_at(unix_s)].provenance(unix_s)
