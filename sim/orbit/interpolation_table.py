"""Instants in many arcs of a history at once: each element set is asked one time, all the joining is done in columns.

What `sim.orbit.interpolation.Arc` does for one instant is done here for thousands. Row p of the table joins the sets
p and p+1; before the first set and after the last one, rows that never leave that set stand in for an arc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.constants import DAY_S
from sim.orbit.interpolation import time_shift
from sim.orbit.propagation import States, checked
from sim.time import UNIX_EPOCH_JD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.orbit.interpolation import Arc
    from sim.orbit.propagation import Sgp4Orbit

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]


def states_by_set(orbit: Callable[[int], Sgp4Orbit], number: Indices, unix_s: Floats) -> States:
    """States at instants that are each for one element set to tell, (n, 3) each.

    Args:
        orbit: Gives the orbit of a set by its number.
        number: The set of each instant, (n,), in any order.
        unix_s: The instants, (n,).
    """
    back: Indices | None = None
    if (number[1:] < number[:-1]).any():
        order = np.argsort(number, kind="stable")
        number, unix_s = number[order], unix_s[order]
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
    days = np.floor(unix_s / DAY_S)
    midnight_jd, day_part = UNIX_EPOCH_JD + days, (unix_s - days * DAY_S) / DAY_S
    borders = [0, *(np.flatnonzero(number[1:] != number[:-1]) + 1).tolist(), len(number)]
    pieces = [
        orbit(which).satrec.sgp4_array(midnight_jd[begin:end], day_part[begin:end])
        for which, begin, end in zip(number[borders[:-1]].tolist(), borders, borders[1:], strict=False)
    ]
    error, position, velocity = pieces[0] if len(pieces) == 1 else map(np.concatenate, zip(*pieces, strict=True))
    if back is not None:
        error, position, velocity = error[back], position[back], velocity[back]
    return checked(error, position, velocity)


class ArcTable:
    """The arcs of a history as columns, filled as they are needed.

    Args:
        epochs_unix_s: Epochs of the sets, in order.
        orbit: Gives the orbit of a set by its place in the order.
        arc: Gives the arc that begins at a set.
    """

    def __init__(
        self, epochs_unix_s: Sequence[float], orbit: Callable[[int], Sgp4Orbit], arc: Callable[[int], Arc]
    ) -> None:
        self._epochs = np.array(epochs_unix_s, dtype=np.float64)
        self._orbit, self._arc = orbit, arc
        # One row more than sets: row 0 stands before the first of them, so row p belongs to the place p - 1.
        rows = len(epochs_unix_s) + 1
        self._filled = np.zeros(rows, dtype=bool)
        self._blended = np.zeros(rows, dtype=bool)
        self._switch_unix_s = np.full(rows, np.nan)  # nothing comes after it: there is no set to change over to
        self._switch_unix_s[0] = -np.inf
        self._filled[[0, -1]] = True
        self._ends = np.full((rows, 4), np.nan)
        """Time shift and its slope of the earlier set at the end of the arc, and of the later one at its start."""

    def _fill(self, rows: Indices) -> None:
        for row in np.unique(rows[~self._filled[rows]]).tolist():
            arc = self._arc(row - 1)
            self._switch_unix_s[row] = arc.switch_unix_s
            if arc.kind == "blend":
                self._blended[row] = True
                self._ends[row] = (*arc.before_shift, *arc.after_shift)
            self._filled[row] = True  # last, because another thread may be reading

    def states(self, unix_s: Floats) -> States:
        """States at many instants, in any order, (n, 3) each."""
        rows = np.searchsorted(self._epochs, unix_s, side="right")
        if not self._filled[rows].all():
            self._fill(rows)
        blended = self._blended[rows]
        if blended.all():
            return self._joined(rows, unix_s)
        alone = ~blended
        carrier = np.where(unix_s >= self._switch_unix_s[rows], rows, rows - 1)
        if not blended.any():
            return states_by_set(self._orbit, carrier, unix_s)
        position, velocity = np.empty((len(unix_s), 3)), np.empty((len(unix_s), 3))
        ok = np.empty(len(unix_s), dtype=bool)
        position[alone], velocity[alone], ok[alone] = states_by_set(self._orbit, carrier[alone], unix_s[alone])
        position[blended], velocity[blended], ok[blended] = self._joined(rows[blended], unix_s[blended])
        return States(position, velocity, ok)

    def _joined(self, rows: Indices, unix_s: Floats) -> States:
        """States at instants whose arcs are all blended."""
        count = len(rows)
        start = self._epochs[rows - 1]
        span_s = self._epochs[rows] - start
        x = (unix_s - start) / span_s
        before_end_s, before_slope, after_end_s, after_slope = self._ends[rows].T
        shift, rate = time_shift(x, span_s, before_end_s, before_slope)
        after_shift, after_rate = time_shift(1.0 - x, -span_s, after_end_s, after_slope)
        position, velocity, ok = states_by_set(
            self._orbit,
            np.concatenate((rows - 1, rows)),
            np.concatenate((unix_s + shift, unix_s + after_shift)),
        )
        w = x * x * (3.0 - 2.0 * x)
        step_km = position[count:] - position[:count]
        before_part, after_part = (1.0 - w) * (1.0 + rate), w * (1.0 + after_rate)
        fade = 6.0 * x * (1.0 - x) / span_s
        return States(
            position[:count] + w[:, None] * step_km,
            before_part[:, None] * velocity[:count] + after_part[:, None] * velocity[count:] + fade[:, None] * step_km,
            ok[:count] & ok[count:],
        )
