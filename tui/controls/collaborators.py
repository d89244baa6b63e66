"""The collaborators of the app: what it is made of beside its screens.

The module of each is imported when it is first needed: none of them but `Appearance` before the first picture.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.controls.appearance import Appearance

if TYPE_CHECKING:
    from tui.config.options import DashboardOptions
    from tui.config.settings import Settings
    from tui.controls.dialogs import Dialogs
    from tui.controls.frame_loop import FrameLoop
    from tui.controls.host import AppHost
    from tui.controls.navigation import Navigation
    from tui.controls.place_control import PlaceControl
    from tui.controls.take_away import TakeAway
    from tui.controls.teller import Teller
    from tui.controls.theatre_control import TheatreControl
    from tui.controls.time_control import TimeControl
    from tui.controls.typed_ahead import TypedAhead
    from tui.session.followed_object import FollowedObject
    from tui.session.live.live_refresh import LiveRefresh
    from tui.session.memory.alarms import Alarms
    from tui.session.memory.travel import Travel
    from tui.session.pass_alerts import PassAlerts
    from tui.session.pass_watch import PassWatch
    from tui.session.preferences import Preferences
    from tui.session.searches import BackgroundSearches
    from tui.session.session import Session


class Collaborators:
    """The collaborators of one app; each is created on first access.

    Args:
        host: The app.
        session: Clock, orbit, chronicle and place.
        preferences: The settings, where choices are kept.
        options: What the command line asked for.
    """

    def __init__(self, host: AppHost, session: Session, preferences: Preferences, options: DashboardOptions) -> None:
        self._host = host
        self._session = session
        self._preferences = preferences
        self._options = options

    @property
    def settings(self) -> Settings:
        """The settings, with the changes made since the start."""
        return self._preferences.settings

    # ── what keys do ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def appearance(self) -> Appearance:
        """Theme, map and characters."""
        return Appearance(self._host, self._preferences, self._tell_anew, ascii_only=self._options.ascii_only)

    def _tell_anew(self) -> None:
        """Tell of the sources in the language of now; nothing of theirs is loaded before."""
        self.live.show_sources()

    @cached_property
    def navigation(self) -> Navigation:
        """Going from view to view."""
        from tui.controls.navigation import Navigation

        return Navigation(self._host, self.travel, self.theatre, self.dialogs)

    @cached_property
    def time(self) -> TimeControl:
        """Pause, rates, steps, dates, events."""
        from tui.controls.time_control import TimeControl

        return TimeControl(self._host, self._session, self._preferences, self.travel, self.dialogs)

    @cached_property
    def take_away(self) -> TakeAway:
        """Copies and pictures."""
        from tui.controls.take_away import TakeAway

        return TakeAway(self._host, self._session)

    @cached_property
    def place(self) -> PlaceControl:
        """The observer's place."""
        from tui.controls.place_control import PlaceControl

        return PlaceControl(self._host, self._session, self._preferences, self.searches, self.dialogs)

    @cached_property
    def theatre(self) -> TheatreControl:
        """The theatre of a pass."""
        from tui.controls.theatre_control import TheatreControl

        return TheatreControl(self._host, self._session, self.pass_watch)

    @cached_property
    def dialogs(self) -> Dialogs:
        """What opens above a view."""
        from tui.controls.dialogs import Dialogs

        return Dialogs(self._host, self._session, self._preferences, self.travel, self.live)

    @cached_property
    def travel(self) -> Travel:
        """The history of visited instants, back and forth."""
        from tui.controls.navigation import OpenViews
        from tui.session.memory.travel import Travel

        return Travel(self._session, self._host, OpenViews(self._host))

    @cached_property
    def stories(self) -> Teller:
        """Plays stories."""
        from tui.controls.teller import Teller

        return Teller(self._host, self._session, self.travel, self.frames, self.theatre, self.dialogs)

    @cached_property
    def typed_ahead(self) -> TypedAhead:
        """Letters typed in one burst with the key that opens a prompt."""
        from tui.controls.typed_ahead import TypedAhead

        return TypedAhead(self._host)

    # ── what goes on by itself ────────────────────────────────────────────────────────────────

    @cached_property
    def frames(self) -> FrameLoop:
        """The loop that makes and draws frames."""
        from tui.controls.frame_loop import FrameLoop

        return FrameLoop(self._host, self._session, self.alerts, self.searches)

    @cached_property
    def searches(self) -> BackgroundSearches:
        """Passes, eclipses and the altitude history."""
        from tui.session.searches import BackgroundSearches

        return BackgroundSearches(self._session, self._host)

    @cached_property
    def live(self) -> LiveRefresh:
        """The live sources."""
        from tui.session.live.live_refresh import LiveRefresh

        uses_file = bool(self._options.elements_paths)
        return LiveRefresh(self._session, self._host, self.searches, self._host.source_settings, uses_file=uses_file)

    @cached_property
    def pass_watch(self) -> PassWatch:
        """Selects the watched pass: next, previous, best."""
        from tui.session.pass_watch import PassWatch

        return PassWatch(self._session, self._host)

    @cached_property
    def followed(self) -> FollowedObject:
        """Switches to another object of the element files."""
        from tui.session.followed_object import FollowedObject

        return FollowedObject(self._session, self._host, self.searches, self._options.elements_paths)

    @cached_property
    def alerts(self) -> PassAlerts:
        """Alerts before passes."""
        from tui.session.pass_alerts import PassAlerts

        return PassAlerts(self._options.settings, self._host, self.alarms)

    @cached_property
    def alarms(self) -> Alarms:
        """The alarms on single passes."""
        from tui.session.memory.alarms import Alarms

        return Alarms(self._session, self._host)
