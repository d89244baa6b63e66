"""Another object of the files of elements, chosen while the dashboard runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.errors import TiangongError
from tui.messages import Notice
from tui.session.daemon_thread import in_daemon_thread
from tui.session.loading import load_orbit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.session.host import Host
    from tui.session.searches import BackgroundSearches
    from tui.session.session import Session


class FollowedObject:
    """Takes the orbit of another object of the files of elements into the session, and has the searches done again."""

    def __init__(self, session: Session, host: Host, searches: BackgroundSearches, paths: Sequence[Path]) -> None:
        self._session = session
        self._host = host
        self._searches = searches
        self._paths = tuple(paths)

    def follow(self, wanted: str, taken: Callable[[], None]) -> None:
        """Follow an object by its number, designator or name; `taken` is called when its orbit is in the session."""
        self._host.run_worker(partial(self._follow, wanted, taken), group="object", exclusive=True, exit_on_error=False)

    async def _follow(self, wanted: str, taken: Callable[[], None]) -> None:
        try:
            loaded = await in_daemon_thread(load_orbit, self._paths, wanted)
        except TiangongError as problem:
            self._host.post_message(Notice(str(problem), severity="error"))
            return
        self._session.use_orbit(loaded.orbit)
        self._session.watched = None
        self._searches.read_altitude()
        self._searches.want_passes()
        taken()
        self._host.draw()
