"""What of a span of time an orbit has an answer for: an ephemeris covers days, a set says nothing after its decay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.errors import OrbitError
from sim.language import _, ngettext
from sim.orbit.oem import OemOrbit
from sim.orbit.propagation import when

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit

Span = tuple[float, float]

_STEP_S = 3600.0
_CLOSE_S = 1.0
_LEAST_S = 1.0
"""Shorter spans are dropped: no search can use them."""


class Coverage(msgspec.Struct, frozen=True):
    """The parts of a window that an orbit covers.

    Attributes:
        asked: The window.
        spans: In order of time; none where nothing is covered.
        known: From the first to the last instant that the orbit covers, where it holds states and no theory.
    """

    asked: Span
    spans: tuple[Span, ...]
    known: Span | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of the window is covered."""
        return self.spans == (self.asked,)

    @property
    def words(self) -> str:
        """One line that says where knowledge begins and ends; empty where all of the window is covered."""
        if self.is_whole:
            return ""
        if not self.spans:
            if self.known is not None:
                first, last = self.known
                return _("nothing of this time is covered: the ephemeris goes from {first} to {last}").format(
                    first=when(first), last=when(last)
                )
            return _("the elements say nothing about this time")
        gaps = len(self.spans) - 1
        holes = ngettext(" with a gap", " with {count} gaps", gaps).format(count=gaps) if gaps else ""
        if self.known is not None:
            first, last = self.known
            return _("the ephemeris goes from {first} to {last}{holes}: the answer is for what it covers").format(
                first=when(first), last=when(last), holes=holes
            )
        first, last = self.spans[0][0], self.spans[-1][1]
        return _("the elements say something from {first} to {last} alone{holes}: the answer is for that time").format(
            first=when(first), last=when(last), holes=holes
        )


def coverage(orbit: Orbit, start_unix_s: float, end_unix_s: float) -> Coverage:
    """What of a window an orbit covers.

    Of an ephemeris its own spans; of element sets what the theory answers for, looked at every hour and closed in to a
    second.
    """
    asked = (start_unix_s, end_unix_s)
    if isinstance(orbit, OemOrbit):
        inside = ((max(a, start_unix_s), min(b, end_unix_s)) for a, b in orbit.oem.spans)
        known = (orbit.oem.start_unix_s, orbit.oem.stop_unix_s)
        return Coverage(
            asked, tuple((a, b) for a, b in inside if b - a >= min(_LEAST_S, end_unix_s - start_unix_s)), known
        )
    if not end_unix_s > start_unix_s:
        return Coverage(asked, (asked,) if _answers(orbit, start_unix_s) else ())
    count = max(2, int((end_unix_s - start_unix_s) / _STEP_S) + 2)
    times = np.linspace(start_unix_s, end_unix_s, count)
    ok = orbit.states(times).ok
    if ok.all():
        return Coverage(asked, (asked,))
    return Coverage(asked, tuple(_closed_in(orbit, times, ok)))


def answer_ends(orbit: Orbit) -> list[tuple[float, int]]:
    """Where an ephemeris begins (-1) and stops (+1) to cover its object, in order of time; none for element sets."""
    if not isinstance(orbit, OemOrbit):
        return []
    return [end for begin_s, stop_s in orbit.oem.spans for end in ((begin_s, -1), (stop_s, 1))]


def _closed_in(orbit: Orbit, times: np.ndarray, ok: np.ndarray) -> list[Span]:
    """Runs of answered instants with their borders found by halving."""
    edges = np.flatnonzero(np.diff(ok)).tolist()
    borders = [float(times[0])] if ok[0] else []
    for edge in edges:
        low, high, first = float(times[edge]), float(times[edge + 1]), bool(ok[edge])
        while high - low > _CLOSE_S:
            middle = (low + high) / 2.0
            low, high = (middle, high) if _answers(orbit, middle) == first else (low, middle)
        borders.append(low if first else high)
    borders += [float(times[-1])] if ok[-1] else []
    return list(zip(borders[::2], borders[1::2], strict=True))


def _answers(orbit: Orbit, unix_s: float) -> bool:
    try:
        orbit.state(unix_s)
    except OrbitError:
        return False
    return True


def require_some(found: Coverage) -> None:
    """Refuse a window of which nothing is covered.

    Raises:
        OrbitError: Nothing is covered.
    """
    if not found.spans:
        raise OrbitError(found.words)
