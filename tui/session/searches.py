"""Searches that take longer than a frame: passes, eclipses, the altitude history.

Each runs in a daemon thread, which loads numpy after the first picture.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui.session.daemon_thread import in_daemon_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.session.host import Host
    from tui.session.session import Session

T = TypeVar("T")


class BackgroundSearches:
    """Fills the lists of a session beside the screen, each by one search at a time, and draws their results.

    Attributes:
        started: Whether the first picture is there, and with it the first searches are under way.
    """

    def __init__(self, session: Session, host: Host) -> None:
        self._session = session
        self._host = host
        self._running: set[str] = set()
        self.started = False

    def start(self) -> None:
        """Search everything that the views show; call it after the first picture."""
        self.started = True
        # One thread is enough for arrays of this size; starting more takes a third of the time numpy takes to load.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self.want_passes()
        self.read_altitude()

    def want_passes(self) -> None:
        """Start the search for the coming passes unless it is running."""
        self._want("passes", self._session.compute_passes, self._session.keep_passes)

    def want_eclipses(self) -> None:
        """Start the search for the eclipses of the coming day unless it is running."""
        self._want("eclipses", self._session.compute_eclipses, self._session.keep_eclipses)

    def _want(self, name: str, compute: Callable[[float], T], keep: Callable[[T], None]) -> None:
        if name not in self._running:
            self._running.add(name)
            work = partial(self._search, name, compute, keep, self._session.clock.now())
            self._host.run_worker(work, group=name, exit_on_error=False)

    async def _search(self, name: str, compute: Callable[[float], T], keep: Callable[[T], None], unix_s: float) -> None:
        try:
            keep(await in_daemon_thread(compute, unix_s))
        finally:
            self._running.discard(name)
        self._host.draw()

    def read_altitude(self) -> None:
        """Read the list of cities and the altitude history; a reading that is under way is abandoned."""
        self._host.run_worker(self._read_altitude, group="altitude", exclusive=True, exit_on_error=False)

    async def _read_altitude(self) -> None:
        await in_daemon_thread(self._session.read_cities)
        altitude, events = await in_daemon_thread(self._session.read_altitude)
        self._session.altitude, self._session.events = altitude, events
        self._host.draw()
