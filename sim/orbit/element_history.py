"""The station's element history as one orbit: the one source of all mean elements, at any instant of its life."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, overload

import msgspec

from sim.constants import DAY_S
from sim.errors import ElementsError
from sim.language import N_, _
from sim.orbit.closure.close import Closure, close_between, closed
from sim.orbit.closure.drag import reach_s
from sim.orbit.closure.gap import Apart, Gap, can_be_joined
from sim.orbit.closure.mean_orbit import carries, closable, mean_orbit
from sim.orbit.propagation import Provenance, Sgp4Orbit
from sim.orbit.space_object import object_of
from sim.orbit.tle import parse_tle
from sim.seed_data import seed_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sim.orbit.alternatives import Alternative
    from sim.orbit.altitude import AltitudeHistory, AltitudeReport
    from sim.orbit.closure.burns import Burn
    from sim.orbit.closure.interpolation_table import GapTable
    from sim.orbit.closure.mean_orbit import MeanOrbit
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import State, States
    from sim.types import Floats

    Closures = Mapping[tuple[float, float], Closure]

SAME_EPOCH_S = 60.0
"""Sets closer together are two readings of one: the one given later is kept."""

AFTER_BURN_DAYS = 3.0
"""For so long after a burn the tracking network is still settling on the new orbit."""

EMBEDDED_SOURCE = N_("embedded history")


class ElementHistory:
    """Element sets of one object in order of their epochs, usable as one orbit.

    Between two sets a `Gap` gives all mean elements, and the place follows from them; before the first and after the
    last set that set alone answers. Sets are read when they are first needed: a history holds a thousand, an instant
    needs two. A set whose fit spans a burn is left out, unless it is the newest.

    Args:
        sets: Any order; of sets with nearly one epoch the later given one is kept.
        launches_unix_s: Of ships to the station: raises come before them.
    """

    def __init__(self, sets: Iterable[ElementSet], launches_unix_s: Sequence[float] = ()) -> None:
        given = sorted(sets, key=lambda s: s.epoch_unix_s)  # stable: of equal epochs the later given one comes last
        kept = [s for s in given[:-1] if carries(s)] + given[-1:]
        self._prepare([s.epoch_unix_s for s in kept], kept, _nothing_to_read, {}, launches_unix_s)

    @classmethod
    def on_demand(
        cls,
        epochs_unix_s: Sequence[float],
        read: Callable[[int], ElementSet],
        closures: Closures | None = None,
        launches_unix_s: Sequence[float] = (),
    ) -> ElementHistory:
        """A history whose sets are read one by one, and whose gaps are prepared: those not given are quiet.

        Args:
            epochs_unix_s: Their epochs, in order.
            read: Gives the set at an index into `epochs_unix_s`.
            closures: What happened in the gaps that are not quiet, by the epochs of both sets.
            launches_unix_s: Of ships to the station.
        """
        history = cls.__new__(cls)
        history._prepare(epochs_unix_s, range(len(epochs_unix_s)), read, closures or {}, launches_unix_s)
        return history

    def _prepare(
        self,
        epochs_unix_s: Sequence[float],
        entries: Sequence[ElementSet | int],
        read: Callable[[int], ElementSet],
        closures: Closures,
        launches_unix_s: Sequence[float],
    ) -> None:
        """Put in order what is given: sets, or the numbers under which `read` knows them."""
        self._read, self._closures, self._launches_unix_s = read, closures, launches_unix_s
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
            raise ElementsError(_("there is no element set to work with"))
        self._orbits: dict[int, Sgp4Orbit] = {}
        self._points: dict[int, MeanOrbit | None] = {}
        self._gaps: dict[int, Gap | Apart] = {}
        self._altitudes: dict[int, AltitudeHistory] = {}
        self._latest_elements: tuple[float, ElementSet | None] = (math.nan, None)
        self._recent: tuple[float, float, Gap | Sgp4Orbit | None] = (math.inf, math.inf, None)
        self.alternatives: tuple[Alternative, ...] = ()

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
    def launches_unix_s(self) -> Sequence[float]:
        """Launches of ships to the station."""
        return self._launches_unix_s

    @property
    def sets(self) -> Sequence[ElementSet]:
        """All sets, in order. Walking through them reads every one and keeps none."""
        return _Sets(self)

    @cached_property
    def burns(self) -> tuple[Burn, ...]:
        """What the engines did, in order."""
        # By a history that is dropped again: the sets and gaps of all years would take a megabyte.
        return self.extended(())._burns(0, len(self) - 1)

    def _burns(self, first: int, last: int) -> tuple[Burn, ...]:
        """Burns between two sets; prepared gaps without a burn are skipped."""
        from sim.orbit.closure.burns import burns_of

        numbers = [n for n in range(first, last) if self._noted(n) or not self._prepared(n)]
        return burns_of(gap for n in numbers if isinstance(gap := self.gap(n), Gap))

    @cached_property
    def altitude(self) -> AltitudeHistory:
        """Mean altitude and burns through all sets (reads every one)."""
        from sim.orbit.altitude import AltitudeHistory

        return AltitudeHistory(self.sets, self.burns, self.elements_between)

    def altitude_at(self, unix_s: float) -> AltitudeReport:
        """What `altitude` says of an instant; its burns and points need not reach far back."""
        return self.altitude_near(unix_s).at(unix_s)

    def altitude_near(self, unix_s: float) -> AltitudeHistory:
        """`altitude`, read from the sets that count for an instant: burns and points are of days."""
        newest = bisect_right(self._epochs, unix_s) - 1
        altitude = self._altitudes.get(newest)
        if altitude is None:
            altitude = self._altitudes[newest] = self._altitude_of_days(newest)
        return altitude

    def _altitude_of_days(self, newest: int) -> AltitudeHistory:
        from sim.orbit.altitude import DECAY_WINDOW_S, AltitudeHistory, decay_km_day

        index = newest
        chosen: list[ElementSet] = []  # newest first
        while index >= 0 and (not chosen or chosen[-1].epoch_unix_s >= chosen[0].epoch_unix_s - DECAY_WINDOW_S):
            elements = self.orbit(index).element_set
            if decay_km_day(elements) is not None:
                chosen.append(elements)
            index -= 1
        if not chosen:
            return self.altitude
        burns = self._burns(index + 1, min(newest + 1, len(self) - 1))
        return AltitudeHistory(chosen[::-1], burns, self.elements_between)

    def elements_between(self, unix_s: float) -> ElementSet | None:
        """Mean elements at an instant between two sets, None beyond them."""
        return self.elements(unix_s) if self._epochs[0] <= unix_s < self._epochs[-1] else None

    def orbit(self, index: int) -> Sgp4Orbit:
        """The orbit of one set by its place in the order."""
        orbit = self._orbits.get(index)
        if orbit is None:
            orbit = self._orbits[index] = Sgp4Orbit(self.read(index))
        return orbit

    def read(self, index: int) -> ElementSet:
        """One set by its place in the order, without keeping what is read for it."""
        entry = self._entries[index]
        return self._read(entry) if isinstance(entry, int) else entry

    def point(self, index: int) -> MeanOrbit:
        """One set as a point of the mean orbit."""
        return self._closable_point(index) or mean_orbit(self.orbit(index).element_set)

    def _closable_point(self, index: int) -> MeanOrbit | None:
        """The same, None where phases cannot be closed through the set."""
        if index in self._points:
            return self._points[index]
        elements = self.orbit(index).element_set
        point = self._points[index] = mean_orbit(elements) if closable(elements) else None
        return point

    def _closable_points(self, indices: Iterable[int]) -> list[MeanOrbit]:
        """All such points of some sets."""
        known, read = self._points, self._closable_point
        return [point for n in indices if (point := known[n] if n in known else read(n)) is not None]

    def extended(self, sets: Iterable[ElementSet]) -> ElementHistory:
        """This history with more sets, such as today's: of equal epochs the new ones count."""
        new = sorted(sets, key=lambda s: s.epoch_unix_s)
        newest_unix_s = max([self.last_unix_s, *(s.epoch_unix_s for s in new)])
        new = [s for s in new if carries(s) or s.epoch_unix_s == newest_unix_s]
        longer = ElementHistory.__new__(ElementHistory)
        longer._prepare(
            [*self._epochs, *(s.epoch_unix_s for s in new)],
            [*self._entries, *new],
            self._read,
            self._closures,
            self._launches_unix_s,
        )
        return longer

    def disputed_by(self, alternatives: Iterable[Alternative]) -> ElementHistory:
        """This history with orbits that contradict its newest set: they widen the stated error from that set on."""
        disputed = self.extended(())
        disputed.alternatives = tuple(alternatives)
        return disputed

    def gap(self, index: int) -> Gap | Apart:
        """The gap from set `index` to the next."""
        gap = self._gaps.get(index)
        if gap is None:
            gap = self._gaps[index] = self._joined(index)
        return gap

    def _joined(self, index: int) -> Gap | Apart:
        before, after = self.orbit(index).element_set, self.orbit(index + 1).element_set
        start, end = self._closable_point(index), self._closable_point(index + 1)
        if start is not None and end is not None:
            gap = Gap(before, after, (start, end), self._closure(index))
            if can_be_joined(start, end, gap.curve, gap.days):
                return gap
        return Apart(before, after)

    def _closure(self, index: int) -> Closure:
        """What happened in a gap: known already, quiet where the maker found nothing, or to be found out now."""
        known = self._noted(index)
        if known is not None:
            return known
        if self._prepared(index):
            return closed(self.point(index), self.point(index + 1))
        start_unix_s, end_unix_s = self._epochs[index], self._epochs[index + 1]
        beyond_s = reach_s((end_unix_s - start_unix_s) / DAY_S)
        first = bisect_left(self._epochs, start_unix_s - beyond_s)
        last = bisect_right(self._epochs, end_unix_s + beyond_s)
        early = self._closable_points(range(index, first - 1, -1))
        late = self._closable_points(range(index + 1, last))
        return close_between(early, late, self._launches_unix_s)

    def _noted(self, index: int) -> Closure | None:
        """What is known of a gap already."""
        return self._closures.get((self._epochs[index], self._epochs[index + 1]))

    def _prepared(self, index: int) -> bool:
        """Whether the maker has seen a gap: both sets came with the program, one after the other."""
        entry, following = self._entries[index : index + 2]
        return isinstance(entry, int) and isinstance(following, int) and following == entry + 1

    def _place(self, unix_s: float) -> tuple[int, bool]:
        """Index of the last set at or before an instant, and whether another follows it."""
        index = bisect_right(self._epochs, unix_s) - 1
        return index, 0 <= index < len(self._epochs) - 1

    def _piece(self, unix_s: float) -> Gap | Sgp4Orbit:
        """What answers at an instant: a gap, or a set alone at the ends and where two sets cannot be joined."""
        index, between = self._place(unix_s)
        start = self._epochs[index] if index >= 0 else -math.inf
        end = self._epochs[index + 1] if index + 1 < len(self._epochs) else math.inf
        piece: Gap | Apart | Sgp4Orbit = self.gap(index) if between else self.orbit(max(index, 0))
        if isinstance(piece, Apart):
            start, end = (start, piece.switch_unix_s) if unix_s < piece.switch_unix_s else (piece.switch_unix_s, end)
            piece = self.orbit(index if unix_s < piece.switch_unix_s else index + 1)
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
        return self._table.states(unix_s, self)

    @cached_property
    def _table(self) -> GapTable:
        from sim.orbit.closure.interpolation_table import GapTable

        return GapTable(self._epochs)

    def elements(self, unix_s: float) -> ElementSet:
        """Mean elements at an instant: between two sets a set of that very instant, beyond the ends the one there.

        The answer is kept for the next call: one snapshot asks several times for the same instant.
        """
        latest_unix_s, elements = self._latest_elements
        if elements is None or latest_unix_s != unix_s:
            start, end, piece = self._recent
            if piece is None or not start <= unix_s < end:
                piece = self._piece(unix_s)
            elements = piece.elements(unix_s)
            self._latest_elements = (unix_s, elements)  # in one go, because other threads ask too
        return elements

    def node_count(self, unix_s: float) -> float:
        """Revolutions counted at the ascending node, with the part since the last: never falls as time goes on."""
        start, end, piece = self._recent
        if isinstance(piece, Gap) and start <= unix_s < end:
            return piece.node_count(unix_s)
        index, between = self._place(unix_s)
        if between:
            return self.gap(index).node_count(unix_s)
        return self.orbit(max(index, 0)).element_set.node_count_at(unix_s)

    def revolution(self, unix_s: float) -> int:
        """Number of the revolution under way."""
        return math.floor(self.node_count(unix_s))

    def provenance(self, unix_s: float) -> Provenance:
        """Source, epoch and age of the nearest set, and what happened in the gap around the instant."""
        index, between = self._place(unix_s)
        if not between:
            elements = self.orbit(max(index, 0)).element_set
            age_days = (unix_s - elements.epoch_unix_s) / DAY_S
            fresh_burn = age_days >= 0.0 and self._burned_before(index)
            split = self._split_km(unix_s) if self.alternatives and age_days >= 0.0 else 0.0
            return Provenance(
                source=elements.source,
                kind="sgp4",
                epoch_unix_s=elements.epoch_unix_s,
                age_days=age_days,
                after_burn=fresh_burn,
                of_station=object_of(elements).is_station,
                split_km=split,
            )
        gap = self.gap(index)
        elements = gap.nearest(unix_s)
        return Provenance(
            source=elements.source,
            kind="sgp4",
            epoch_unix_s=elements.epoch_unix_s,
            age_days=(unix_s - elements.epoch_unix_s) / DAY_S,
            basis=gap.kind,
            gap_days=(self._epochs[index + 1] - self._epochs[index]) / DAY_S,
            sets_unix_s=(self._epochs[index], self._epochs[index + 1]),
            gap=gap.place(unix_s),
            altitude_scale_km=gap.altitude_scale_km,
            of_station=gap.of_station,
        )

    def _split_km(self, unix_s: float) -> float:
        from sim.orbit.alternatives import split_km

        return split_km(self, self.alternatives, unix_s)

    def _burned_before(self, index: int) -> bool:
        """Whether the engines may have run in the days before a set."""
        oldest_unix_s = self._epochs[index] - AFTER_BURN_DAYS * DAY_S
        while index > 0 and self._epochs[index] > oldest_unix_s:
            index -= 1
            gap = self.gap(index)
            if isinstance(gap, Gap) and gap.closure.kind in {"burn", "campaign", "open", "launch"}:
                return True
        return False


class _Sets(Sequence["ElementSet"]):
    """The sets of a history; one that is asked for by its number is kept."""

    def __init__(self, history: ElementHistory) -> None:
        self._history = history

    def __len__(self) -> int:
        return len(self._history)

    @overload
    def __getitem__(self, index: int) -> ElementSet: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[ElementSet]: ...

    def __getitem__(self, index: int | slice) -> ElementSet | Sequence[ElementSet]:
        if isinstance(index, slice):
            return [self[number] for number in range(len(self))[index]]
        return self._history.orbit(range(len(self))[index]).element_set

    def __iter__(self) -> Iterator[ElementSet]:
        return map(self._history.read, range(len(self)))


def _nothing_to_read(index: int) -> ElementSet:
    raise ElementsError(_("element set {index} is not at hand").format(index=index))


@cache
def embedded_history() -> ElementHistory:
    """The history that comes with the program; only the epochs are read at once."""
    from msgspec.json import decode

    tables = seed_tables("elements.json")
    rows = decode(tables.pop("sets"), type=list[msgspec.Raw])
    seed = {name: decode(table) for name, table in tables.items()}
    notes, name, used, epochs = seed["notes"], seed["object"]["name"], seed["used"], seed["epochs_unix_s"]

    def read(index: int) -> ElementSet:
        line1, line2, _, note, *counted = decode(rows[used[index]])
        elements = parse_tle(
            line1, line2, name=name, source=EMBEDDED_SOURCE, note=notes[note] if note >= 0 else "", strict=False
        )
        return msgspec.structs.replace(elements, revolution=counted[0]) if counted else elements

    epochs_used = [epochs[index] for index in used]
    closures = {(epochs_used[row[0]], epochs_used[row[0] + 1]): Closure.of_row(row) for row in seed["gaps"]}
    return ElementHistory.on_demand(epochs_used, read, closures, seed["launches_unix_s"])
