"""An operator's ephemeris as an orbit: states minutes or hours apart, interpolated between them and nowhere else."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.astro.hermite import NODES, hermite
from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.propagation import Covariance, Provenance, State, States, when
from sim.orbit.space_object import is_station_id
from sim.time import iso_z

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet
    from sim.types import Floats

Span = tuple[float, float]


class OemSegment(msgspec.Struct, frozen=True):
    """One run of states that may be interpolated through, turned to TEME.

    Attributes:
        start_unix_s: Where it may first be used.
        stop_unix_s: Where it may last be used.
        unix_s: (n,) epochs, growing; two or more.
        position_teme_km: (n, 3).
        velocity_teme_km_s: (n, 3).
    """

    start_unix_s: float
    stop_unix_s: float
    unix_s: Floats
    position_teme_km: Floats
    velocity_teme_km_s: Floats


class Oem(msgspec.Struct, frozen=True):
    """An orbit ephemeris message, or several of one object.

    Attributes:
        object_name: As the message says.
        object_id: As the message says.
        originator: Who made it.
        created_unix_s: When it was made; the start of the first segment if it does not say.
        segments: In order of their starts; where two overlap, the later one counts.
        source: In words for the screen.
        covariances: In order of time; most messages have none.
    """

    object_name: str
    object_id: str
    originator: str
    created_unix_s: float
    segments: tuple[OemSegment, ...]
    source: str
    covariances: tuple[Covariance, ...] = ()

    @property
    def start_unix_s(self) -> float:
        """First instant it covers."""
        return self.segments[0].start_unix_s

    @property
    def stop_unix_s(self) -> float:
        """Last instant it covers."""
        return max(segment.stop_unix_s for segment in self.segments)

    @property
    def spans(self) -> list[Span]:
        """What it covers: spans without a gap, in order of time."""
        spans: list[Span] = []
        for segment in self.segments:
            if spans and segment.start_unix_s <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], segment.stop_unix_s))
            else:
                spans.append((segment.start_unix_s, segment.stop_unix_s))
        return spans


def joined(parts: list[Oem]) -> Oem:
    """Several messages of one object as one, in order of their making: what was made later counts where both reach."""
    if len(parts) == 1:
        return parts[0]
    by_making = sorted(parts, key=lambda part: part.created_unix_s)
    newest = by_making[-1]
    # Of overlapping segments the later begun one answers: what is older ends where the newer ones begin.
    segments: list[OemSegment] = []
    for part in by_making:
        cut = [_cut(old, span) for old in segments for span in part.spans[:1]]
        segments = [piece for pieces in cut for piece in pieces] + list(part.segments)
    return msgspec.structs.replace(
        newest,
        segments=tuple(sorted(segments, key=lambda segment: segment.start_unix_s)),
        covariances=tuple(sorted((c for part in parts for c in part.covariances), key=lambda c: c.unix_s)),
        source=newest.source if len({part.source for part in parts}) == 1 else f"{len(parts)} ephemerides",
    )


def _cut(segment: OemSegment, span: Span) -> list[OemSegment]:
    """What of a segment lies before and after a span."""
    start, stop = span
    pieces = []
    if segment.start_unix_s < min(start, segment.stop_unix_s):
        pieces.append(msgspec.structs.replace(segment, stop_unix_s=min(start, segment.stop_unix_s)))
    if segment.stop_unix_s > max(stop, segment.start_unix_s):
        pieces.append(msgspec.structs.replace(segment, start_unix_s=max(stop, segment.start_unix_s)))
    return pieces


class OemOrbit:
    """An operator's ephemeris as an orbit; it has no answer outside its states or across a gap."""

    def __init__(self, oem: Oem) -> None:
        self.oem = oem
        self._starts = [segment.start_unix_s for segment in oem.segments]
        # Lists serve single instants much faster than arrays do.
        self._epochs = [segment.unix_s.tolist() for segment in oem.segments]
        self._rows = [
            np.hstack((segment.position_teme_km, segment.velocity_teme_km_s)).tolist() for segment in oem.segments
        ]
        self._stated_at = [one.unix_s for one in oem.covariances]
        self._fitted: dict[tuple[int, int], ElementSet] = {}

    def nearest_unix_s(self, unix_s: float) -> float:
        """The instant nearest to the given one between its first and last state."""
        return min(max(unix_s, self.oem.start_unix_s), self.oem.stop_unix_s)

    def covers(self, unix_s: float) -> bool:
        """Whether there is an answer for an instant."""
        return self._place(unix_s) is not None

    def _place(self, unix_s: float) -> tuple[int, int] | None:
        """Segment and first of the states used around an instant; of overlapping segments the later begun one."""
        for index in range(bisect_right(self._starts, unix_s) - 1, -1, -1):
            if unix_s <= self.oem.segments[index].stop_unix_s:
                epochs = self._epochs[index]
                nodes = min(NODES, len(epochs))
                return index, min(max(bisect_right(epochs, unix_s) - nodes // 2, 0), len(epochs) - nodes)
        return None

    def _must_place(self, unix_s: float) -> tuple[int, int]:
        place = self._place(unix_s)
        if place is None:
            raise self._no_answer(unix_s)
        return place

    def _no_answer(self, unix_s: float) -> OrbitError:
        return OrbitError(
            _(
                "no position at {unix_s}: the ephemeris covers {start_unix_s} to {stop_unix_s}, and gaps "
                "in it are not bridged"
            ).format(
                unix_s=when(unix_s), start_unix_s=iso_z(self.oem.start_unix_s), stop_unix_s=iso_z(self.oem.stop_unix_s)
            )
        )

    def state(self, unix_s: float) -> State:
        """State at one instant, in TEME."""
        index, first = self._must_place(unix_s)
        epochs, rows = self._epochs[index], self._rows[index]
        x = y = z = vx = vy = vz = 0.0
        used = slice(first, first + NODES)
        for row, (p, v, dp, dv) in zip(rows[used], hermite(epochs[used], unix_s), strict=True):
            px, py, pz, ux, uy, uz = row
            x, y, z = x + p * px + v * ux, y + p * py + v * uy, z + p * pz + v * uz
            vx, vy, vz = vx + dp * px + dv * ux, vy + dp * py + dv * uy, vz + dp * pz + dv * uz
        return State(position_teme_km=(x, y, z), velocity_teme_km_s=(vx, vy, vz))

    def states(self, unix_s: Floats) -> States:
        """States at many instants, (n, 3) each; what lies outside or in a gap is marked."""
        states = States.unanswered(len(unix_s))
        position, velocity, ok = states.position_teme_km, states.velocity_teme_km_s, states.ok
        for segment in self.oem.segments:  # where two overlap, the later begun one overwrites
            rows = np.flatnonzero((unix_s >= segment.start_unix_s) & (unix_s <= segment.stop_unix_s))
            epochs, times = segment.unix_s, unix_s[rows]
            count = min(NODES, len(epochs))
            first = np.clip(np.searchsorted(epochs, times, side="right") - count // 2, 0, len(epochs) - count)
            nodes = [epochs[first + offset] for offset in range(count)]
            position[rows], velocity[rows], ok[rows] = 0.0, 0.0, True
            for offset, weights in enumerate(hermite(nodes, times)):
                p, v, dp, dv = (weight[:, None] for weight in weights)
                node_km, node_km_s = (
                    segment.position_teme_km[first + offset],
                    segment.velocity_teme_km_s[first + offset],
                )
                position[rows] += p * node_km + v * node_km_s
                velocity[rows] += dp * node_km + dv * node_km_s
        return states

    def elements(self, unix_s: float) -> ElementSet:
        """Mean elements of SGP4 through the state at the nearest written epoch (no drag, no number).

        Outside what the ephemeris covers, those of the nearest state it holds: the shape of the orbit, not the place.
        """
        index, first = self._nearest_place(unix_s)
        fitted = self._fitted.get((index, first))
        if fitted is None:
            from sim.orbit.mean_elements import elements_through

            middle = min(first + 1, len(self._epochs[index]) - 1)
            epoch_unix_s, row = self._epochs[index][middle], self._rows[index][middle]
            state = State(position_teme_km=(row[0], row[1], row[2]), velocity_teme_km_s=(row[3], row[4], row[5]))
            fitted = self._fitted[index, first] = elements_through(
                state,
                epoch_unix_s,
                name=self.oem.object_name,
                international_designator=self.oem.object_id,
                source=self.oem.source,
            )
        return fitted

    def _nearest_place(self, unix_s: float) -> tuple[int, int]:
        """`_place`, or that of the nearest instant that is covered."""
        place = self._place(unix_s)
        if place is None:
            edges = [edge for segment in self.oem.segments for edge in (segment.start_unix_s, segment.stop_unix_s)]
            place = self._place(min(edges, key=lambda edge: abs(edge - unix_s)))
        if place is None:  # an edge is always covered
            raise self._no_answer(unix_s)
        return place

    def revolution(self, unix_s: float) -> int:
        """Counted from the node before the ephemeris begins, as an OEM holds no number of its own."""
        start_unix_s = self.oem.start_unix_s
        first = self.elements(start_unix_s)
        return math.floor(first.node_count_at(unix_s) - math.floor(first.node_count_at(start_unix_s)))

    def provenance(self, unix_s: float) -> Provenance:
        """The ephemeris and its age since it was made."""
        created_unix_s = self.oem.created_unix_s
        return Provenance(
            source=self.oem.source,
            kind="oem",
            epoch_unix_s=created_unix_s,
            age_days=(unix_s - created_unix_s) / DAY_S,
            of_station=is_station_id(self.oem.object_id),
            stated=self.covariance(unix_s),
        )

    def covariance(self, unix_s: float) -> Covariance | None:
        """What the operator states at the nearest instant; None where nothing is stated or nothing is covered."""
        stated = self.oem.covariances
        if not stated or not self.covers(unix_s):
            return None
        after = bisect_left(self._stated_at, unix_s)
        near = stated[max(after - 1, 0) : after + 1]
        return min(near, key=lambda one: abs(one.unix_s - unix_s))
