"""Searches that take longer than a frame: passes, eclipses, the altitude history.

Each runs in a daemon thread, which loads numpy after the first picture.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from tui.session.daemon_thread import in_daemon_thread

if TYPE_CHECKING:
    from tui.session.host import Host
    from tui.session.session import Session


class BackgroundSearches:
    """Fills the lists of a session beside the screen, each by one search at a time.

    Args:
        session: Whose lists are filled.
        host: Runs the searches, and draws their results.

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
        if "passes" not in self._running:
            self._running.add("passes")
            work = partial(self._find_passes, self._session.clock.now())
            self._host.run_worker(work, group="passes", exit_on_error=False)

    async def _find_passes(self, unix_s: float) -> None:
        try:
            self._session.keep_passes(await in_daemon_thread(self._session.compute_passes, unix_s))
        finally:
            self._running.discard("passes")
        self._host.draw()

    def want_eclipses(self) -> None:
        """Start the search for the eclipses of the coming day unless it is running."""
        if "eclipses" not in self._running:
            self._running.add("eclipses")
            work = partial(self._find_eclipses, self._session.clock.now())
            self._host.run_worker(work, group="eclipses", exit_on_error=False)

    async def _find_eclipses(self, unix_s: float) -> None:
        try:
            self._session.keep_eclipses(await in_daemon_thread(self._session.compute_eclipses, unix_s))
        finally:
            self._running.discard("eclipses")
        self._host.draw()

    def read_altitude(self) -> None:
        """Read the list of cities and the altitude history; a reading that is under way is abandoned."""
        self._host.run_worker(self._read_altitude, group="altitude", exclusive=True, exit_on_error=False)

    async def _read_altitude(self) -> None:
        await in_daemon_thread(self._session.read_cities)
        altitude, events = await in_daemon_thread(self._session.read_altitude)
        self._session.altitude, self._session.events = altitude, events
        self._host.draw()
