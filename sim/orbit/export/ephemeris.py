"""States of an orbit at even steps, for an ephemeris: cut where the place is not known and where the orbit jumps."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.astro.hermite import NODES
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.oem import Oem, OemOrbit, OemSegment

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit, States
    from sim.orbit.uncertainty import ErrorAt
    from sim.types import Floats


MOST_MISS_KM = 0.001
"""So far a reader's interpolation may miss the orbit in the middle of half of the steps. With 60 s it is 14 mm; where a
burn or a set bends the track some metres remain, which are told."""

JUMP_KM = 0.1
"""What misses by more is no bend: there the orbit goes over to another set."""


class Ephemeris(msgspec.Struct, frozen=True):
    """States to be written.

    Attributes:
        runs: Instants (n,) with their states, each to be interpolated through without a jump.
        unknown: How many instants were left out because the place is not known there.
        jumps_unix_s: Instants after which the orbit jumps, from one set to another that does not join it.
        worst_km: How far a reader's interpolation misses the orbit at most, in the middle of a step.
        worst_unix_s: Where it does.
    """

    runs: tuple[tuple[Floats, States], ...]
    unknown: int
    jumps_unix_s: tuple[float, ...]
    worst_km: float
    worst_unix_s: float


def sampled_ephemeris(orbit: Orbit, error_at: ErrorAt, start_unix_s: float, step_s: float, count: int) -> Ephemeris:
    """`count` states from an instant on, cut where the place is not known and where the orbit jumps.

    Raises:
        OrbitError: Nothing is known, or the step is too long to be interpolated in.
    """
    unix_s = np.round(start_unix_s + step_s * np.arange(count, dtype=np.float64), 6)
    states = orbit.states(unix_s)
    known = states.ok & _known(error_at, unix_s)
    if not known.any():
        raise OrbitError(_("the place along the orbit is not known at any of these times"))
    runs: list[slice] = []
    jumps: list[float] = []
    worst = (0.0, float(unix_s[0]))
    for run in [run for run in _runs(known) if run.stop - run.start > 1]:
        miss_km = _misses_km(orbit, unix_s[run], _rows(states, run))
        if np.median(miss_km) > MOST_MISS_KM:
            raise OrbitError(
                _("states {step_s:g} s apart cannot be interpolated to a metre: take a smaller step").format(
                    step_s=step_s
                )
            )
        cuts = _jumps(miss_km)
        for cut in cuts:
            miss_km[max(cut - NODES, 0) : cut + NODES + 1] = 0.0
        top = int(np.argmax(miss_km))
        worst = max(worst, (float(miss_km[top]), float(unix_s[run][top])))
        edges = [run.start, *(run.start + cut + 1 for cut in cuts), run.stop]
        jumps += [float(unix_s[run.start + cut]) for cut in cuts]
        runs += [slice(a, b) for a, b in pairwise(edges) if b - a > 1]
    if not runs:
        raise OrbitError(_("an ephemeris needs two states or more: take a smaller step or a longer span"))
    written = tuple((unix_s[run], _rows(states, run)) for run in runs)
    return Ephemeris(written, int((~known).sum()), tuple(jumps), *worst)


def _known(error_at: ErrorAt, unix_s: Floats) -> np.ndarray:
    """Whether the position along the orbit is known, sampled every five minutes."""
    known, last, answer = [], -np.inf, False
    for instant in unix_s.tolist():
        if instant - last >= 300.0:
            last, answer = instant, error_at(instant).position_known
        known.append(answer)
    return np.array(known, dtype=bool)


def _runs(flags: np.ndarray) -> list[slice]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _rows(states: States, run: slice) -> States:
    return type(states)(
        position_teme_km=states.position_teme_km[run],
        velocity_teme_km_s=states.velocity_teme_km_s[run],
        ok=states.ok[run],
    )


def _misses_km(orbit: Orbit, unix_s: Floats, states: States) -> Floats:
    """How far the interpolation of a reader is from the orbit in the middle of each step."""
    segment = OemSegment(
        float(unix_s[0]), float(unix_s[-1]), unix_s, states.position_teme_km, states.velocity_teme_km_s
    )
    reader = OemOrbit(Oem("", "", "", float(unix_s[0]), (segment,), ""))
    middle = (unix_s[:-1] + unix_s[1:]) / 2.0
    miss_km: Floats = np.linalg.norm(
        reader.states(middle).position_teme_km - orbit.states(middle).position_teme_km, axis=1
    )
    return np.where(np.isfinite(miss_km), miss_km, np.inf)


def _jumps(miss_km: Floats) -> list[int]:
    """Steps in which the orbit jumps; a jump also shows in the steps beside it, which share its nodes."""
    cuts: list[int] = []
    for index in np.flatnonzero(miss_km > JUMP_KM).tolist():
        if cuts and index - cuts[-1] < NODES:
            cuts[-1] = index if miss_km[index] > miss_km[cuts[-1]] else cuts[-1]
        else:
            cuts.append(index)
    return cuts
