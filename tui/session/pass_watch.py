"""Going from pass to pass, and choosing the one to watch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.clock import rate_for
from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.uncertainty import expected_error
from tui.messages import Notice, Seek, WatchPass
from tui.session.daemon_thread import in_daemon_thread
from tui.session.session import PASS_DAYS

if TYPE_CHECKING:
    from sim.clock import Stand
    from sim.passes.model import Pass
    from tui.session.host import Host
    from tui.session.session import Session

WATCH_LEAD_S = 60.0
"""Watching a pass begins this long before it rises."""

BACK_DAYS = 10.0
"""How far back the previous pass is searched."""


class PassWatch:
    """Finds the pass a person asks for, and moves the clock there."""

    def __init__(self, session: Session, host: Host) -> None:
        self._session = session
        self._host = host
        self._origin: Stand | None = None
        """Where the clock stood when a rehearsal began."""

    def seek_pass(self, direction: int) -> None:
        """Go to the rise of the next (1) or previous (-1) pass, once it is found."""
        self._host.run_worker(
            partial(self._seek_pass, direction), group="seek-pass", exclusive=True, exit_on_error=False
        )

    async def _seek_pass(self, direction: int) -> None:
        now = self._session.clock.now()
        start, end = (now + 1.0, now + PASS_DAYS * DAY_S) if direction > 0 else (now - PASS_DAYS * DAY_S, now)
        passes = await self._passes_between(start, end)
        if passes is None:
            return
        rises = [p.rise.unix_s for p in passes if p.time_known]
        ahead = [t for t in rises if t > now + 1.0] if direction > 0 else [t for t in rises if t < now - 1.0][::-1]
        if ahead:
            self._host.post_message(Seek(ahead[0]))
        elif len(rises) < len(passes):
            self._no_pass_known()
        else:
            least_deg = self._session.least_elevation_deg
            text = _("no pass over {name} climbs to {least_deg:g}° within {pass_days:.0f} days").format(
                name=self._session.place.label, least_deg=least_deg, pass_days=PASS_DAYS
            )
            self._host.post_message(Notice(text, timeout_s=3.0))

    async def _passes_between(self, start_unix_s: float, end_unix_s: float) -> list[Pass] | None:
        """Passes in a span; None, with a notice of the reason, where the orbit has no answer."""
        try:
            return await in_daemon_thread(self._session.passes_between, start_unix_s, end_unix_s)
        except OrbitError as problem:
            self._host.post_message(Notice(str(problem), severity="error"))
            return None

    def _no_pass_known(self) -> None:
        text = _("the elements are too far away to predict a pass; x goes to the date for which they are good")
        self._host.post_message(Notice(text, timeout_s=4.0))

    def watch_next(self) -> None:
        """Watch the next pass with a grade that can be seen, else the next one."""
        now = self._session.clock.now()
        if not expected_error(self._session.orbit, now).position_known:
            self._no_pass_known()
            return
        passes = self._session.passes_at(now)
        upcoming = [p for p in passes or () if p.set.unix_s > now]
        if not upcoming and self._session.unpredicted_at(now):
            self._no_pass_known()
            return
        if not upcoming:
            text = _("no pass over {place} comes within {days:.0f} days")
            if passes is None:
                text = _("no pass over {place} is known yet")
            told = text.format(place=self._session.place.label, days=PASS_DAYS)
            self._host.post_message(Notice(told, timeout_s=3.0))
            return
        good = [p for p in upcoming if p.visible and p.grade > 0]
        self._host.post_message(WatchPass((good or upcoming)[0]))

    def watch_previous(self, before_unix_s: float) -> None:
        """Watch the last pass that sets before an instant, once it is found."""
        work = partial(self._watch_previous, before_unix_s)
        self._host.run_worker(work, group="previous-pass", exclusive=True, exit_on_error=False)

    async def _watch_previous(self, before_unix_s: float) -> None:
        first_unix_s = before_unix_s - BACK_DAYS * DAY_S
        passes = await self._passes_between(first_unix_s, before_unix_s - 1.0)
        if passes is None:
            return
        earlier = [p for p in passes if p.set.unix_s < before_unix_s and p.time_known]
        if earlier:
            self._host.post_message(WatchPass(earlier[-1]))
        elif not all(p.time_known for p in passes):
            self._no_pass_known()
        else:
            self._host.post_message(Notice(_("no pass in the {back_days:.0f} days before").format(back_days=BACK_DAYS)))

    def begin(self, pass_: Pass, *, rehearse: bool = False) -> bool:
        """Set the clock to watch a pass; false, with a notice of the reason, if the time of the pass is not known.

        Live, the clock stays and counts down to the pass, unless a rehearsal is asked for. Otherwise it goes to a
        minute before the rise, at a rate at which the whole pass is seen in a few minutes. A pass that is up is joined.
        """
        if not pass_.time_known:
            self._no_pass_known()
            return False
        clock = self._session.clock
        up = pass_.rise.unix_s - WATCH_LEAD_S <= clock.now() <= pass_.set.unix_s
        if up or (clock.live and not rehearse):
            return True
        if self._origin is None:
            self._origin = clock.stand()
        clock.seek(pass_.rise.unix_s - WATCH_LEAD_S)
        clock.set_rate(rate_for(pass_.duration_s))
        return True

    def end(self) -> None:
        """The theatre closes: a rehearsal returns to where it began."""
        if self._origin is not None and not self._session.clock.live:
            self._session.clock.return_to(self._origin)
        self._origin = None

    def live(self, pass_: Pass) -> Pass | None:
        """Go back to the real now; what is watched there is the pass, or the next one that is known if it is over.

        Returns:
            None, with a notice of the reason, where no pass is known at the real now.
        """
        clock = self._session.clock
        clock.go_live()
        self._origin = None
        now = clock.now()
        if not expected_error(self._session.orbit, now).position_known:
            self._no_pass_known()
            return None
        if pass_.set.unix_s >= now:
            return pass_
        return next((p for p in self._session.passes_at(now) or () if p.set.unix_s > now), pass_)
