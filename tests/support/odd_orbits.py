"""Orbits for the tests of work done elsewhere: one that keeps it busy there, one that has no answer."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from sim.errors import OrbitError

if TYPE_CHECKING:
    from pathlib import Path

    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit, Provenance, State, States


class SlowElsewhere:
    """An orbit that takes its time in any process but the one it was made in, and notes where it does.

    Args:
        orbit: Gives the answers.
        note: A file for the number of the other process.
        seconds: How long an answer takes there.
    """

    def __init__(self, orbit: Orbit, note: Path, seconds: float = 60.0) -> None:
        self._orbit, self._note, self._seconds = orbit, note, seconds
        self._home = os.getpid()

    def elements(self, unix_s: float) -> ElementSet:
        if os.getpid() != self._home:
            print("what is printed does no harm")
            self._note.with_suffix(".new").write_text(str(os.getpid()))
            self._note.with_suffix(".new").rename(self._note)
            time.sleep(self._seconds)
        return self._orbit.elements(unix_s)

    def state(self, unix_s: float) -> State:
        return self._orbit.state(unix_s)

    def states(self, unix_s: object) -> States:
        return self._orbit.states(unix_s)

    def revolution(self, unix_s: float) -> int:
        return self._orbit.revolution(unix_s)

    def provenance(self, unix_s: float) -> Provenance:
        return self._orbit.provenance(unix_s)


class Unknown:
    """An orbit without a single answer."""

    def elements(self, unix_s: float) -> ElementSet:
        raise OrbitError(f"nothing is known at {unix_s:.0f}, process {os.getpid()}")
