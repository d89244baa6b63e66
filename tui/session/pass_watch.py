"""Going from pass to pass, and choosing the one to watch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.orbit.uncertainty import expected_error
from tui.messages import Notice, Seek, WatchPass
from tui.session.daemon_thread import in_daemon_thread
from tui.session.session import PASS_DAYS

if TYPE_CHECKING:
    from sim.passes.model import Pass
    from tui.session.host import Host
    from tui.session.preferences import Preferences
    from tui.session.session import Session

WATCH_LEAD_S = 60.0
"""Watching a pass begins this long before it rises."""

BACK_DAYS = 10.0
"""How far back the previous pass is searched."""


class PassWatch:
    """Finds the pass a person asks for, and moves the clock there.

    Args:
        session: Whose passes and clock.
        host: Runs the searches and takes the messages.
        preferences: Hold the least elevation of a pass to go to.
    """

    def __init__(self, session: Session, host: Host, preferences: Preferences) -> None:
        self._session = session
        self._host = host
        self._preferences = preferences

    def seek_pass(self, direction: int) -> None:
        """Go to the rise of the next (1) or previous (-1) pass, once it is found."""
        self._host.run_worker(
            partial(self._seek_pass, direction), group="seek-pass", exclusive=True, exit_on_error=False
        )

    async def _seek_pass(self, direction: int) -> None:
        now = self._session.clock.now()
        start, end = (now + 1.0, now + PASS_DAYS * DAY_S) if direction > 0 else (now - PASS_DAYS * DAY_S, now)
        try:
            passes = await in_daemon_thread(self._session.passes_between, start, end)
        except OrbitError as problem:
            self._host.post_message(Notice(str(problem), severity="error"))
            return
        least_deg = self._preferences.settings.min_elevation_deg
        high = [p for p in passes if p.peak.elevation_deg >= least_deg]
        rises = [p.rise.unix_s for p in high if expected_error(self._session.orbit, p.peak.unix_s).position_known]
        ahead = [t for t in rises if t > now + 1.0] if direction > 0 else [t for t in rises if t < now - 1.0][::-1]
        if ahead:
            self._host.post_message(Seek(ahead[0]))
        elif high and not rises:
            self._no_pass_known()
        else:
            text = f"no pass over {self._session.place.name} climbs to {least_deg:g}° within {PASS_DAYS:.0f} days"
            self._host.post_message(Notice(text, timeout_s=3.0))

    def _no_pass_known(self) -> None:
        text = "the elements are too old to predict a pass; x goes to the date for which they are good"
        self._host.post_message(Notice(text, timeout_s=4.0))

    def watch_next(self) -> None:
        """Watch the next pass with a grade that can be seen, else the next one."""
        now = self._session.clock.now()
        if not expected_error(self._session.orbit, now).position_known:
            self._no_pass_known()
            return
        passes = self._session.passes_at(now)
        upcoming = [p for p in passes or () if p.set.unix_s > now]
        if not upcoming:
            known = "is known yet" if passes is None else f"comes within {PASS_DAYS:.0f} days"
            self._host.post_message(Notice(f"no pass over {self._session.place.name} {known}", timeout_s=3.0))
            return
        good = [p for p in upcoming if p.visible and p.grade > 0]
        self._host.post_message(WatchPass((good or upcoming)[0]))

    def watch_previous(self, before_unix_s: float) -> None:
        """Watch the last pass that sets before an instant, once it is found."""
        work = partial(self._watch_previous, before_unix_s)
        self._host.run_worker(work, group="previous-pass", exclusive=True, exit_on_error=False)

    async def _watch_previous(self, before_unix_s: float) -> None:
        first_unix_s = before_unix_s - BACK_DAYS * DAY_S
        try:
            passes = await in_daemon_thread(self._session.passes_between, first_unix_s, before_unix_s - 1.0)
        except OrbitError as problem:
            self._host.post_message(Notice(str(problem), severity="error"))
            return
        earlier = [p for p in passes if p.set.unix_s < before_unix_s]
        if earlier:
            self._host.post_message(WatchPass(earlier[-1]))
        else:
            self._host.post_message(Notice(f"no pass in the {BACK_DAYS:.0f} days before"))

    def seek_start(self, pass_: Pass) -> None:
        """Move the clock to a minute before a pass rises; a pass that is up now is joined as it is."""
        clock = self._session.clock
        if not (clock.live and pass_.rise.unix_s - WATCH_LEAD_S <= clock.now() <= pass_.set.unix_s):
            clock.seek(pass_.rise.unix_s - WATCH_LEAD_S)
            clock.set_rate(1.0)

    def coming(self, pass_: Pass) -> Pass:
        """The pass itself, or the next one that is known if it is over at the clock's instant."""
        now = self._session.clock.now()
        if pass_.set.unix_s >= now:
            return pass_
        return next((p for p in self._session.passes_at(now) or () if p.set.unix_s > now), pass_)
