"""Instants in many gaps of a history at once: the curves of the gaps as columns, filled as they are needed.

What `Gap.state` does for one instant is done here for thousands, with the same formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec.structs import astuple, fields, replace

from sim.astro.vectors import stacked
from sim.constants import DAY_S
from sim.orbit.closure.gap import Gap
from sim.orbit.closure.interpolation import Curve, Ramp, mean_at, position_velocity
from sim.orbit.propagation import States, checked, no_states
from sim.time import UNIX_EPOCH_JD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.orbit.closure.gap import Apart
    from sim.orbit.propagation import Sgp4Orbit
    from sim.types import Floats, Indices

FEW = 24
"""So few instants are faster one by one: numpy takes the time of thirty for its hundred operations on small arrays."""

MOST_RAMPS = 3
_RAMP = len(fields(Ramp))
_PLAIN = len(fields(Curve)) - 1
_EMPTY = (0.0, 1.0, 0.0, 0.0, 0.0)
"""A ramp that leads nowhere."""


class JoinedSets(Protocol):
    """What a history knows of its sets, by their place in the order."""

    def orbit(self, index: int) -> Sgp4Orbit:
        """The orbit of a set."""
        ...

    def gap(self, index: int) -> Gap | Apart:
        """The gap that begins at a set."""
        ...


class GapTable:
    """The gaps of a history as columns.

    The history comes with each question and is not kept, so that the two do not hold one another in memory.
    """

    def __init__(self, epochs_unix_s: Sequence[float]) -> None:
        self._epochs = np.array(epochs_unix_s, dtype=np.float64)
        count = len(epochs_unix_s)
        self._filled = np.zeros(count, dtype=bool)
        self._curves = np.zeros((_PLAIN + MOST_RAMPS * _RAMP, count))
        self._curves[_PLAIN:] = np.array(_EMPTY * MOST_RAMPS)[:, None]
        self._ramps = np.zeros(count, dtype=np.intp)
        self._switch_unix_s = np.full(count, np.nan)
        """Where a set alone answers: when it changes over to the next; NaN in gaps that are joined."""
        self._switch_unix_s[-1], self._filled[-1] = np.inf, True

    def _fill(self, rows: Indices, sets: JoinedSets) -> None:
        for row in sorted(set(rows[~self._filled[rows]].tolist())):  # np.unique loads numpy.ma, 10 MB
            gap = sets.gap(row)
            if isinstance(gap, Gap):
                *plain, ramps = astuple(gap.curve)
                self._curves[:_PLAIN, row] = plain
                for number, ramp in enumerate(ramps):
                    self._curves[_PLAIN + number * _RAMP : _PLAIN + (number + 1) * _RAMP, row] = astuple(ramp)
                self._ramps[row] = len(ramps)
            else:
                self._switch_unix_s[row] = gap.switch_unix_s
            self._filled[row] = True  # last, because another thread may be reading

    def states(self, unix_s: Floats, sets: JoinedSets) -> States:
        """States at many instants, in any order, (n, 3) each."""
        rows = np.searchsorted(self._epochs, unix_s, side="right") - 1
        first = int(rows[0]) if len(rows) else -1
        if first >= 0 and (rows == first).all():
            return self._of_one_gap(first, unix_s, sets)
        early = rows < 0
        rows[early] = 0
        if not self._filled[rows].all():
            self._fill(rows, sets)
        switch_unix_s = self._switch_unix_s[rows]
        alone = early | ~np.isnan(switch_unix_s)
        if not alone.any():
            return self._joined(rows, unix_s)
        carrier = np.where(~early & (unix_s >= switch_unix_s), rows + 1, rows)
        states = States.unanswered(len(unix_s))
        states.fill(alone, states_by_set(sets.orbit, carrier[alone], unix_s[alone]))
        joined = ~alone
        if joined.any():
            states.fill(joined, self._joined(rows[joined], unix_s[joined]))
        return states

    def _of_one_gap(self, row: int, unix_s: Floats, sets: JoinedSets) -> States:
        """States at instants that all lie in one gap, or after the last set: its numbers need no columns."""
        if row == len(self._epochs) - 1:
            return sets.orbit(row).states(unix_s)
        gap = sets.gap(row)
        if isinstance(gap, Gap):
            days = (unix_s - gap.start_unix_s) / DAY_S
            return _few_states(gap.curve, days) if len(days) < FEW else _states(gap.curve, days)
        carrier = np.where(unix_s >= gap.switch_unix_s, row + 1, row)
        return states_by_set(sets.orbit, carrier, unix_s)

    def _joined(self, rows: Indices, unix_s: Floats) -> States:
        """States at instants whose gaps are all joined."""
        ramps = int(self._ramps[rows].max())
        columns = self._curves[: _PLAIN + ramps * _RAMP].take(rows, axis=1)
        cut = [columns[_PLAIN + n * _RAMP : _PLAIN + (n + 1) * _RAMP] for n in range(ramps)]
        curve = replace(Curve(*columns[:_PLAIN]), ramps=tuple(Ramp(*part) for part in cut))
        return _states(curve, (unix_s - self._epochs[rows]) / DAY_S)


def _states(curve: Curve, days: Floats) -> States:
    x, y, z, vx, vy, vz = position_velocity(mean_at(curve, days, np), np)
    return States(stacked((x, y, z)), stacked((vx, vy, vz)), np.ones(len(days), dtype=bool))


def _few_states(curve: Curve, days: Floats) -> States:
    rows = np.array([position_velocity(mean_at(curve, at_days)) for at_days in days.tolist()]).reshape(-1, 6)
    return States(rows[:, :3].copy(), rows[:, 3:].copy(), np.ones(len(days), dtype=bool))


def states_by_set(orbit: Callable[[int], Sgp4Orbit], number: Indices, unix_s: Floats) -> States:
    """States at instants that are each answered by one element set, (n, 3) each.

    Args:
        orbit: Gives the orbit of a set by its number.
        number: The set of each instant, (n,), in any order.
        unix_s: The instants, (n,).
    """
    if not len(unix_s):
        return no_states()
    back: Indices | None = None
    if (number[1:] < number[:-1]).any():
        order = np.argsort(number, kind="stable")
        number, unix_s = number[order], unix_s[order]
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
    days = np.floor(unix_s / DAY_S)
    midnight_jd, day_part = UNIX_EPOCH_JD + days, (unix_s - days * DAY_S) / DAY_S
    borders = [0, *(np.flatnonzero(number[1:] != number[:-1]) + 1).tolist(), len(number)]
    orbits = [orbit(which) for which in number[borders[:-1]].tolist()]
    pieces = [
        one.satrec.sgp4_array(midnight_jd[begin:end], day_part[begin:end])
        for one, begin, end in zip(orbits, borders, borders[1:], strict=False)
    ]
    low, high = np.repeat([one.radii_sq_km2 for one in orbits], np.diff(borders), axis=0).T
    error, position, velocity = pieces[0] if len(pieces) == 1 else map(np.concatenate, zip(*pieces, strict=True))
    if back is not None:
        error, position, velocity, low, high = error[back], position[back], velocity[back], low[back], high[back]
    return checked(error, position, velocity, (low, high))
