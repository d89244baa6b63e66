"""What belongs to looking up: going to a pass, watching it, choosing the place, being told in time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from textual import work

from sim.constants import DAY_S
from sim.errors import OrbitError, SettingsError
from sim.orbit.uncertainty import expected_error
from tui.session.daemon_thread import in_daemon_thread
from tui.session.searches import BackgroundWork
from tui.session.session import PASS_DAYS

if TYPE_CHECKING:
    from sim.passes.model import Pass
    from sim.places.place import Place
    from tui.config.options import DashboardOptions
    from tui.session.alerts import Alerts
    from tui.session.frame import Frame
    from tui.session.session import Session
    from tui.views.dialogs.place import PlaceChoice

WATCH_LEAD_S = 60.0
"""Watching a pass begins this long before it rises."""


class Watching(BackgroundWork):
    """The part of the app that knows passes and places.

    Args:
        session: What frames are made of.
        options: What the command line asked for.
    """

    def __init__(self, session: Session, options: DashboardOptions) -> None:
        super().__init__(session, options)
        self.settings = options.settings
        self._alerts: Alerts | None = None

    # ── passes ────────────────────────────────────────────────────────────────────────────────

    def action_pass(self, direction: int) -> None:
        """Go to the rise of the next or previous pass."""
        now = self.session.clock.now()
        start, end = (now + 1.0, now + PASS_DAYS * DAY_S) if direction > 0 else (now - PASS_DAYS * DAY_S, now)
        self._seek_pass(now, start, end, direction)

    @work(group="seek-pass", exclusive=True, exit_on_error=False)
    async def _seek_pass(self, now: float, start: float, end: float, direction: int) -> None:
        try:
            passes = await in_daemon_thread(self.session.passes_between, start, end)
        except OrbitError as problem:
            self.notify(str(problem), severity="error")
            return
        least_deg = self.settings.min_elevation_deg
        high = [p for p in passes if p.peak.elevation_deg >= least_deg]
        rises = [p.rise.unix_s for p in high if expected_error(self.session.orbit, p.peak.unix_s).position_known]
        ahead = [t for t in rises if t > now + 1.0] if direction > 0 else [t for t in rises if t < now - 1.0][::-1]
        if ahead:
            self._go_to(ahead[0])
        elif high and not rises:
            self._no_pass_known()
        else:
            words = f"no pass over {self.session.place.name} climbs to {least_deg:g}° within {PASS_DAYS:.0f} days"
            self.notify(words, timeout=3, markup=False)

    def _no_pass_known(self) -> None:
        self.notify("the elements are too old: no pass can be told; x goes to where they are good", timeout=4)

    def _go_to(self, unix_s: float) -> None:
        self.session.clock.seek(unix_s)
        self.draw()

    def action_watch(self) -> None:
        """Watch the next pass worth it, else the next one."""
        now = self.session.clock.now()
        if not expected_error(self.session.orbit, now).position_known:
            self._no_pass_known()
            return
        passes = self.session.passes_at(now)
        upcoming = [p for p in passes or () if p.set.unix_s > now]
        if not upcoming:
            known = "is known yet" if passes is None else f"comes within {PASS_DAYS:.0f} days"
            self.notify(f"no pass over {self.session.place.name} {known}", timeout=3, markup=False)
            return
        good = [p for p in upcoming if p.visible and p.grade > 0]
        self.watch_pass((good or upcoming)[0])

    def watch_pass(self, pass_: Pass) -> None:
        """Play a pass from a minute before its rise; one that is up now is joined as it is."""
        clock = self.session.clock
        if not (clock.live and pass_.rise.unix_s - WATCH_LEAD_S <= clock.now() <= pass_.set.unix_s):
            clock.seek(pass_.rise.unix_s - WATCH_LEAD_S)
            clock.set_rate(1.0)
        self.show_pass(pass_)

    def show_pass(self, pass_: Pass) -> None:
        """Open the theatre for a pass, or put the pass on its stage; the clock stays where it is."""
        from tui.views.theatre.view import Theatre

        if isinstance(self.screen, Theatre):
            self.screen.take(pass_)
        else:
            self.session.watched = pass_
            self.push_screen(Theatre(pass_))

    def leave_stage(self) -> None:
        """Close the theatre if it is open: another view is wanted."""
        if len(self.screen_stack) > 1:
            from tui.views.theatre.view import Theatre

            if isinstance(self.screen, Theatre):
                self.session.watched = None
                self.pop_screen()

    # ── the place ─────────────────────────────────────────────────────────────────────────────

    def action_place(self) -> None:
        """Choose the place."""
        from tui.views.dialogs.place import PlacePicker

        self.push_screen(PlacePicker(self.session.place, self.settings.places), self._take_choice)

    def _take_choice(self, choice: PlaceChoice | None) -> None:
        if choice is None:
            return
        if choice.place is not None:
            self.use_place(choice.place)
        self.keep(place=self.session.place if choice.place is not None else self.settings.place, places=choice.saved)

    def use_place(self, place: Place) -> None:
        """Be somewhere else; passes there are computed anew."""
        self.session.place = place
        self.draw()
        self.want_passes()

    def keep(self, **changes: Any) -> None:  # noqa: ANN401 - the settings check their own values
        """Write a choice into the settings, where it changes them."""
        from msgspec.structs import replace

        from tui.config.settings_store import save_changes

        before, self.settings = self.settings, replace(self.settings, **changes)
        try:
            save_changes(before, self.settings)
        except SettingsError as problem:
            self.notify(str(problem), title="the choice is not kept", severity="error", markup=False)

    # ── alerts ────────────────────────────────────────────────────────────────────────────────

    def mind_alerts(self, frame: Frame) -> None:
        """Tell of a pass whose time has come."""
        if self.settings.alert_grade <= 0:
            return
        from tui.session import alerts

        if self._alerts is None:
            self._alerts = alerts.Alerts(alerts.AlertSettings.of(self.settings))
        pass_ = self._alerts.due(frame)
        if pass_ is None:
            return
        how, words = self._alerts.settings, alerts.alert_words(frame, pass_)
        self.notify(words, title="a pass to see", timeout=30, markup=False)
        if how.bell:
            self.bell()
        if how.notification and self._driver is not None:
            self._driver.write(alerts.notification_sequence(frame.status.object.label, words, os.environ))
        if how.command:
            self._run_hook(how.command, alerts.hook_environment(frame, pass_, words))

    @work(group="hook", exit_on_error=False)
    async def _run_hook(self, command: tuple[str, ...], environment: dict[str, str]) -> None:
        from tui.session.alerts import run_hook

        problem = await in_daemon_thread(run_hook, command, environment)
        if problem:
            self.notify(problem, title="alert command", severity="error", markup=False)
