"""What keys do to the clock."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.language import _
from tui.messages import Notice

if TYPE_CHECKING:
    from tui.controls.dialogs import Dialogs
    from tui.controls.host import AppHost
    from tui.session.memory.travel import Travel
    from tui.session.preferences import Preferences
    from tui.session.session import Session


class TimeControl:
    """Pause, rates, steps, dates, events, and the zone in which times are written.

    Args:
        host: Draws, and takes the messages.
        session: Whose clock.
        preferences: Where the zone is kept.
        travel: Moves the clock, with a way back.
        dialogs: Have the list of rates.
    """

    def __init__(
        self, host: AppHost, session: Session, preferences: Preferences, travel: Travel, dialogs: Dialogs
    ) -> None:
        self._host = host
        self._session = session
        self._preferences = preferences
        self._travel = travel
        self._dialogs = dialogs

    def pause(self) -> None:
        """Pause, or end a pause."""
        self._session.clock.toggle_pause()
        self._host.draw()

    def slower(self) -> None:
        """Next smaller rate."""
        before = self._session.clock.rate
        self._session.clock.slower()
        if self._session.clock.rate == before:
            self._host.post_message(Notice(_("1x is the slowest; Space pauses, r turns time around"), timeout_s=3.0))
        self._host.draw()

    def faster(self) -> None:
        """Next larger rate."""
        self._session.clock.faster()
        self._host.draw()

    def reverse(self) -> None:
        """Reverse the direction of time."""
        self._session.clock.reverse()
        self._host.draw()

    def set_rate(self, rate: float) -> None:
        """Run at a rate, in the direction in which time runs."""
        self._session.clock.set_rate(math.copysign(rate, self._session.clock.rate))
        self._host.draw()

    def choose_rate(self) -> None:
        """Open the list of rates, pause and reverse among them, and use the chosen one."""
        self._dialogs.open_rates(self._session.clock, self.set_rate, self.pause)

    def step_orbit(self, orbits: int) -> None:
        """Move by whole revolutions."""
        period_min = self._session.orbit.elements(self._session.clock.now()).period_min
        self._travel.step(orbits * period_min * 60.0)

    def now(self) -> None:
        """Back to the real now."""
        self._session.watched = None
        self._travel.now()

    def last_known(self) -> None:
        """Go to the epoch of the elements: the last instant that is known well."""
        self._travel.seek(self._session.orbit.provenance(self._session.clock.now()).epoch_unix_s)

    def event(self, direction: int) -> None:
        """Go to the next or previous event."""
        events, clock = self._session.events, self._session.clock
        # A running clock has left the event it was sent to by a moment: step over that one.
        event = events.next(clock.now()) if direction > 0 else events.before(clock.now() - 2.0 * abs(clock.rate))
        if event is None or not clock.earliest_unix_s <= event.unix_s <= clock.latest_unix_s:
            text = _("no further event is known") if direction > 0 else _("no earlier event")
            self._host.post_message(Notice(text, timeout_s=2.0))
            return
        self._travel.seek(event.unix_s)
        self._host.post_message(Notice(f"{event.when}  {event.title}", title=_("event"), timeout_s=4.0))

    def next_zone(self) -> None:
        """Switch between UTC and local times."""
        self._session.utc = not self._session.utc
        self._preferences.keep(utc=self._session.utc)
        self._host.draw()
