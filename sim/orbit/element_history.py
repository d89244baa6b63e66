"""The station's element history as one orbit: for any instant of its life the best that the sets around it allow."""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.errors import ElementsError
from sim.orbit.altitude import DECAY_WINDOW_S, AltitudeHistory, burn_between, decay_km_day
from sim.orbit.elements import parse_tle
from sim.orbit.interpolation import Arc
from sim.orbit.propagation import Provenance, Sgp4Orbit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.elements import ElementSet
    from sim.orbit.interpolation_table import ArcTable
    from sim.orbit.propagation import State, States

    Floats = NDArray[np.float64]

SAME_EPOCH_S = 60.0
"""Sets closer together are two readings of one: the one given later is kept."""

AFTER_BURN_DAYS = 3.0
"""For so long after a burn the tracking network is still settling on the new orbit."""

EMBEDDED_SOURCE = "embedded history"


class ElementHistory:
    """Element sets of one object in order of their epochs, usable as one orbit.

    Between two sets an `Arc` joins both; before the first and after the last set that set alone answers. Sets are
    read when they are first needed: a history holds a thousand, an instant needs two.

    Args:
        sets: Any order; of sets with nearly one epoch the later given one is kept.
    """

    def __init__(self, sets: Iterable[ElementSet]) -> None:
        given = list(sets)
        self._prepare([s.epoch_unix_s for s in given], given, _nothing_to_read)

    @classmethod
    def on_demand(cls, epochs_unix_s: Sequence[float], read: Callable[[int], ElementSet]) -> ElementHistory:
        """A history whose sets are read one by one.

        Args:
            epochs_unix_s: Their epochs, in any order.
            read: Gives the set at an index into `epochs_unix_s`.
        """
        history = cls.__new__(cls)
        history._prepare(epochs_unix_s, range(len(epochs_unix_s)), read)
        return history

    def _prepare(
        self,
        epochs_unix_s: Sequence[float],
        entries: Sequence[ElementSet | int],
        read: Callable[[int], ElementSet],
    ) -> None:
        """Put in order what is given: sets, or the numbers under which `read` knows them."""
        self._read = read
        self._entries: list[ElementSet | int] = []
        self._epochs: list[float] = []
        kept = -1
        for index in sorted(range(len(epochs_unix_s)), key=epochs_unix_s.__getitem__):
            if self._epochs and epochs_unix_s[index] - self._epochs[-1] < SAME_EPOCH_S:
                if index > kept:
                    self._entries[-1], self._epochs[-1], kept = entries[index], epochs_unix_s[index], index
                continue
            self._entries.append(entries[index])
            self._epochs.append(epochs_unix_s[index])
            kept = index
        if not self._epochs:
            raise ElementsError("there is no element set to work with")
        self._orbits: dict[int, Sgp4Orbit] = {}
        self._arcs: dict[int, Arc] = {}
        self._recent: tuple[float, float, Arc | Sgp4Orbit | None] = (math.inf, math.inf, None)

    def __len__(self) -> int:
        return len(self._epochs)

    @property
    def first_unix_s(self) -> float:
        """Epoch of the oldest set."""
        return self._epochs[0]

    @property
    def last_unix_s(self) -> float:
        """Epoch of the newest set."""
        return self._epochs[-1]

    @property
    def epochs_unix_s(self) -> Sequence[float]:
        """Epochs of all sets, in order."""
        return tuple(self._epochs)

    @property
    def sets(self) -> tuple[ElementSet, ...]:
        """All sets, in order (reads every one)."""
        return tuple(self.orbit(index).element_set for index in range(len(self)))

    @cached_property
    def altitude(self) -> AltitudeHistory:
        """Mean altitude and burns through all sets (reads every one)."""
        return AltitudeHistory(self.sets)

    def altitude_at(self, unix_s: float) -> AltitudeReport:
        """What `altitude` says of an instant, read from the sets that count for it: burns and points are of days."""
        index = bisect_right(self._epochs, unix_s) - 1
        chosen: list[ElementSet] = []  # newest first
        while index >= 0 and (not chosen or chosen[-1].epoch_unix_s >= chosen[0].epoch_unix_s - DECAY_WINDOW_S):
            elements = self.orbit(index).element_set
            if decay_km_day(elements) is not None:
                chosen.append(elements)
            index -= 1
        return (AltitudeHistory(reversed(chosen)) if chosen else self.altitude).at(unix_s)

    def orbit(self, index: int) -> Sgp4Orbit:
        """The orbit of one set by its place in the order."""
        orbit = self._orbits.get(index)
        if orbit is None:
            entry = self._entries[index]
            orbit = self._orbits[index] = Sgp4Orbit(self._read(entry) if isinstance(entry, int) else entry)
        return orbit

    def extended(self, sets: Iterable[ElementSet]) -> ElementHistory:
        """This history with more sets, such as today's: of equal epochs the new ones count."""
        new = list(sets)
        longer = ElementHistory.__new__(ElementHistory)
        longer._prepare(
            [*self._epochs, *(s.epoch_unix_s for s in new)],
            [*self._entries, *new],
            self._read,
        )
        return longer

    def index_at(self, unix_s: float) -> int:
        """Index of the set whose epoch is nearest."""
        before = bisect_right(self._epochs, unix_s) - 1
        if before < 0:
            return 0
        if before + 1 == len(self._epochs):
            return before
        past, ahead = unix_s - self._epochs[before], self._epochs[before + 1] - unix_s
        return before + 1 if ahead < past else before

    def arc(self, index: int) -> Arc:
        """The arc from set `index` to the next."""
        arc = self._arcs.get(index)
        if arc is None:
            before, after = self.orbit(index), self.orbit(index + 1)
            burn = burn_between(before.element_set, after.element_set) is not None
            arc = self._arcs[index] = Arc(before, after, burn=burn)
        return arc

    def _place(self, unix_s: float) -> tuple[int, bool]:
        """Index of the last set at or before an instant, and whether another follows it."""
        index = bisect_right(self._epochs, unix_s) - 1
        return index, 0 <= index < len(self._epochs) - 1

    def _piece(self, unix_s: float) -> Arc | Sgp4Orbit:
        """What answers at an instant: an arc, or at the ends of the history a set alone."""
        index, between = self._place(unix_s)
        piece = self.arc(index) if between else self.orbit(max(index, 0))
        start = self._epochs[index] if index >= 0 else -math.inf
        end = self._epochs[index + 1] if index + 1 < len(self._epochs) else math.inf
        self._recent = (start, end, piece)  # in one go, because other threads ask too
        return piece

    def state(self, unix_s: float) -> State:
        """State at one instant."""
        start, end, piece = self._recent
        if piece is None or not start <= unix_s < end:
            piece = self._piece(unix_s)
        return piece.state(unix_s)

    def states(self, unix_s: Floats) -> States:
        """States at many instants, in any order, (n, 3) each."""
        if (unix_s >= self._epochs[-1]).all():
            return self.orbit(len(self) - 1).states(unix_s)
        return self._table.states(unix_s)

    @cached_property
    def _table(self) -> ArcTable:
        from sim.orbit.interpolation_table import ArcTable

        return ArcTable(self._epochs, self.orbit, self.arc)

    def elements(self, unix_s: float) -> ElementSet:
        """The set that carries most of the answer: the nearest, or the one on the same side of a burn."""
        return self._carrier(unix_s).element_set

    def _carrier(self, unix_s: float) -> Sgp4Orbit:
        index, between = self._place(unix_s)
        return self.arc(index).chosen(unix_s) if between else self.orbit(max(index, 0))

    def node_count(self, unix_s: float) -> float:
        """Revolutions counted at the ascending node, with the part since the last: never falls as time goes on."""
        index, between = self._place(unix_s)
        if between:
            return self.arc(index).node_count(unix_s)
        return self.orbit(max(index, 0)).element_set.node_count_at(unix_s)

    def revolution(self, unix_s: float) -> int:
        """Number of the revolution under way."""
        return math.floor(self.node_count(unix_s))

    def provenance(self, unix_s: float) -> Provenance:
        """Source, epoch and age of the set that carries most, and what stands beside it."""
        index, between = self._place(unix_s)
        if not between:
            elements = self.orbit(max(index, 0)).element_set
            age_days = (unix_s - elements.epoch_unix_s) / DAY_S
            fresh_burn = age_days >= 0.0 and self._burned_before(index)
            return Provenance(elements.source, "sgp4", elements.epoch_unix_s, age_days, after_burn=fresh_burn)
        arc = self.arc(index)
        elements = arc.chosen(unix_s).element_set
        return Provenance(
            elements.source,
            "sgp4",
            elements.epoch_unix_s,
            (unix_s - elements.epoch_unix_s) / DAY_S,
            "between" if arc.kind == "blend" else arc.kind,
            (arc.end_unix_s - arc.start_unix_s) / DAY_S,
        )

    def _burned_before(self, index: int) -> bool:
        """Whether the engines may have run in the days before a set."""
        oldest_unix_s = self._epochs[index] - AFTER_BURN_DAYS * DAY_S
        while index > 0 and self._epochs[index] > oldest_unix_s:
            index -= 1
            if self.arc(index).kind == "burn":
                return True
        return False


def _nothing_to_read(index: int) -> ElementSet:
    raise ElementsError(f"element set {index} is not at hand")


@cache
def embedded_history() -> ElementHistory:
    """The history that comes with the program; only the epochs are read at once."""
    from sim.seed_data import seed_json

    seed = seed_json("elements.json")
    rows, notes, name = seed["sets"], seed["notes"], seed["object"]["name"]

    def read(index: int) -> ElementSet:
        line1, line2, _, note, *counted = rows[index]
        elements = parse_tle(
            line1, line2, name=name, source=EMBEDDED_SOURCE, note=notes[note] if note >= 0 else "", strict=False
        )
        return elements._replace(revolution=counted[0]) if counted else elements

    return ElementHistory.on_demand(seed["epochs_unix_s"], read)
