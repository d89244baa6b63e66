"""The dashboard: owns the clock, the session and the views; panels do the drawing."""

from __future__ import annotations

import math
import time
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from textual.app import App

from sim.clock import Stops
from sim.orbit.space_object import object_of
from tui.config.actions import MODES, VIEWS, bindings
from tui.controls.appearance import Appearance
from tui.drawing import themes
from tui.drawing.changed_cells import ChangedCells, changed_cells_driver
from tui.session.exit_signals import catch_signals
from tui.session.garbage_collection import resume_collection
from tui.session.preferences import Preferences
from tui.views.base import View, ViewContext
from tui.views.registry import open_view
from tui.widgets.notifications import NotificationLimit
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.notifications import Notify

    from sim.places.place import Place
    from sim.sources.registry import SourceSettings
    from tui import messages
    from tui.config.options import DashboardOptions
    from tui.config.settings import Settings
    from tui.controls.host import AppHost
    from tui.controls.theatre_control import TheatreControl
    from tui.session.followed_object import FollowedObject
    from tui.session.live_refresh import LiveRefresh
    from tui.session.memory.alarms import Alarms
    from tui.session.memory.travel import Travel
    from tui.session.pass_alerts import PassAlerts
    from tui.session.pass_watch import PassWatch
    from tui.session.searches import BackgroundSearches
    from tui.session.session import Session
    from tui.views.dialogs.opener import Dialogs
    from tui.widgets.typed_ahead import TypedAhead
    from tui.widgets.world_map_panel import GroundTrack

FAST_FRAME_S = 0.1
"""Time between frames when the clock runs fast."""

LEAST_PAUSE_S = 0.02
"""Between two frames at least, for keys and the network."""


class TiangongApp(App[int], inherit_bindings=False):
    """Mission control.

    Args:
        session: Clock, orbit, chronicle and place, from which frames are made.
        options: What the command line asked for.
        notices: What to show once the screen is up, one line each.
    """

    TITLE = "Tiangong"
    BINDINGS = bindings()

    def __init__(self, session: Session, options: DashboardOptions, notices: tuple[str, ...] = ()) -> None:
        # The first view comes as the default screen, the others as modes: a first screen from `MODES` would have the
        # style sheet parsed twice.
        self.DEFAULT_MODE = options.view if options.view in MODES else VIEWS[0]  # type: ignore[misc]
        self.changed_cells = ChangedCells()
        self._has_theme = False
        super().__init__()
        self.session = session
        self.options = options
        self.preferences = Preferences(options.settings, self.post_message)
        self.appearance = Appearance(self._host, self.preferences, self._maps, ascii_only=options.ascii_only)
        self._notices = notices
        self._notification_limit = NotificationLimit()
        if options.elements_paths:
            self._name_object()
        self._moving = False
        self._painted = False
        self._stops = Stops()
        themes.register(self)
        theme = options.theme or options.settings.theme or themes.DEFAULT
        if theme not in self.available_themes:
            self._notices = (*notices, f"there is no theme “{theme}”; t walks through those there are")
            theme = themes.DEFAULT
        # Without the watchers: at this point there is nothing to restyle.
        self.set_reactive(App.theme, theme)
        self._has_theme = True
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; none while `App.__init__` asks for those of Textual's own default theme."""
        return super().get_css_variables() if self._has_theme else {}

    def _name_object(self) -> None:
        """Name the object that is followed in the title."""
        about = object_of(self.session.orbit.elements(self.session.clock.now()))
        self.title = self.TITLE if about.is_station else about.label

    # ── collaborators, each imported when it is first needed: none of them before the first picture ──────────

    @property
    def _host(self) -> AppHost:
        return cast("AppHost", self)  # mypy cannot match the union of kinds of work of `App.run_worker`

    @cached_property
    def searches(self) -> BackgroundSearches:
        """Passes, eclipses and the altitude history."""
        from tui.session.searches import BackgroundSearches

        return BackgroundSearches(self.session, self._host)

    @cached_property
    def live(self) -> LiveRefresh:
        """The live sources."""
        from tui.session.live_refresh import LiveRefresh

        uses_file = bool(self.options.elements_paths)
        return LiveRefresh(self.session, self._host, self.searches, self.source_settings, uses_file=uses_file)

    @cached_property
    def pass_watch(self) -> PassWatch:
        """Going from pass to pass."""
        from tui.session.pass_watch import PassWatch

        return PassWatch(self.session, self._host)

    @cached_property
    def theatre(self) -> TheatreControl:
        """The theatre of a pass."""
        from tui.controls.theatre_control import TheatreControl

        return TheatreControl(self._host, self.session, self.pass_watch)

    @cached_property
    def followed(self) -> FollowedObject:
        """Following another object of the files of elements."""
        from tui.session.followed_object import FollowedObject

        return FollowedObject(self.session, self._host, self.searches, self.options.elements_paths)

    @cached_property
    def alerts(self) -> PassAlerts:
        """Alerts before passes."""
        from tui.session.pass_alerts import PassAlerts

        return PassAlerts(self.options.settings, self._host, self.alarms)

    @cached_property
    def dialogs(self) -> Dialogs:
        """What opens above a view."""
        from tui.views.dialogs.opener import Dialogs

        return Dialogs(self, self.session, self.preferences, self.live)

    @cached_property
    def travel(self) -> Travel:
        """The way through time and back."""
        from tui.session.memory.travel import Travel
        from tui.views.whereabouts import OpenViews

        return Travel(self.session, self._host, OpenViews(self))

    @cached_property
    def typed_ahead(self) -> TypedAhead:
        """Letters typed in one burst with the key that opens a prompt."""
        from tui.widgets.typed_ahead import TypedAhead

        return TypedAhead(self)

    @cached_property
    def alarms(self) -> Alarms:
        """The alarms on single passes."""
        from tui.session.memory.alarms import Alarms

        return Alarms(self.session, self._host)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this terminal, writing only the cells that change."""
        return changed_cells_driver(super().get_driver_class(), self.changed_cells)

    def on_key(self, event: events.Key) -> None:
        """A letter of a word for a prompt that has just been opened is no key."""
        if self.typed_ahead.take(event):
            event.prevent_default()

    def on_resize(self, event: events.Resize) -> None:
        """The terminal has a new size, and nobody knows what it shows until it is painted."""
        self.changed_cells.forget(event.size.height)

    # ── life ──────────────────────────────────────────────────────────────────────────────────

    def on_mount(self) -> None:
        """Take the options; the views draw their first frame by themselves."""
        catch_signals(self.exit)
        self.app_resume_signal.subscribe(self, self._paint_anew)
        if self.settings.keys:
            self.set_keymap(self.dialogs.own_keys())
        for name in MODES:
            self.add_mode(name, partial(self._new_view, name))

    def _paint_anew(self, _: object) -> None:
        """The program comes back from the shell: nobody knows what the terminal shows."""
        self.changed_cells.forget(self.size.height)
        self.screen.refresh(layout=True)
        self.draw()

    def get_default_screen(self) -> View:
        """The view the dashboard opens with."""
        return self._new_view(self.DEFAULT_MODE)

    def _new_view(self, name: str) -> View:
        return open_view(name, self.view_context())

    def view_context(self) -> ViewContext:
        """What a view begins with."""
        plain_characters = self.appearance.plain_characters
        return ViewContext(frame=self.session.frame(), settings=self.settings, plain_characters=plain_characters)

    @property
    def settings(self) -> Settings:
        """The settings with what was changed since the start."""
        return self.preferences.settings

    def source_settings(self) -> SourceSettings:
        """Which sources the person allows."""
        from tui.session.live_refresh import allowed_sources

        return allowed_sources(self.options)

    def on_unmount(self) -> None:
        """End a refresh that is under way."""
        self.live.cancel()

    def post_display_hook(self) -> None:
        """Something has been painted. Whatever can wait for the first picture begins after it."""
        if not self._painted:
            self._painted = True
            self.call_later(self._begin)

    def _begin(self) -> None:
        """The clock begins to tick, the heavier work begins beside it; what the start had to say is said."""
        resume_collection(freeze=True)
        self.searches.start()
        self.alarms.read()
        self.live.start_soon()
        self.tick()
        for text in self._notices:
            self.notify(text, timeout=6, markup=False)

    def action_command_palette(self) -> None:
        """Open the command palette."""
        self.dialogs.open_palette()

    # ── frames ────────────────────────────────────────────────────────────────────────────────

    def tick(self) -> None:
        """Draw a frame and arrange for the next."""
        begun_s = time.monotonic()
        self.draw(carry_on=True)
        spent_s = time.monotonic() - begun_s
        self.set_timer(max(self._delay_s(spent_s), LEAST_PAUSE_S), self.tick)

    def draw(self, *, carry_on: bool = False) -> None:
        """One frame of the present instant onto the view; `carry_on` where time has gone on and nothing was done."""
        frame = self.session.frame()
        for screen in reversed(self.screen_stack):
            if isinstance(screen, View):
                if screen.is_mounted:  # one that is still being composed begins with a frame of its own
                    (screen.carry_on if carry_on else screen.show)(frame)
                    self._moving = screen.fast
                break  # a view covers what is below it
        if self.session.clock.stops != self._stops:
            self._stops = self.session.clock.stops
            self.notify(quantities.clock_limit_text(self._stops), title="time", timeout=6)
        self.alerts.check(frame)
        if self.session.passes_wanted(frame.unix_s):
            self.searches.want_passes()
        if self.current_mode == "orbit" and self.session.eclipses_wanted(frame.unix_s):
            self.searches.want_eclipses()

    def _delay_s(self, spent_s: float) -> float:
        """Until the picture can change: the next whole second at 1x, a tenth when time runs fast.

        Args:
            spent_s: What the last frame took; frames that come at a fixed pace begin so much sooner after it.
        """
        clock = self.session.clock
        if clock.paused:
            return 1.0
        if abs(clock.rate) > 1.0 or self._moving:
            return FAST_FRAME_S - spent_s
        now = clock.now()
        return (1.0 - now % 1.0 if clock.rate > 0 else now % 1.0) + 0.005

    # ── views ─────────────────────────────────────────────────────────────────────────────────

    def action_view(self, name: str) -> None:
        """Switch to a view by name."""
        if name in MODES:
            self.theatre.leave()
            self.switch_mode(name)
            self.call_after_refresh(self.draw)

    def action_next_view(self, step: int) -> None:
        """Walk through the views."""
        here = VIEWS.index(self.current_mode if self.current_mode in VIEWS else "missions")
        self.action_view(VIEWS[(here + step) % len(VIEWS)])

    def action_help(self) -> None:
        """Keys and words."""
        self.dialogs.open_help()

    def action_filter(self) -> None:
        """Filter the table of the view; where there is none, the palette takes the word."""
        if not (isinstance(self.screen, View) and self.screen.start_filter()):
            self.dialogs.open_palette()

    def action_next_theme(self) -> None:
        """Walk through the themes."""
        self._take_theme(self.appearance.theme_after(self.theme))

    def _take_theme(self, name: str) -> None:
        self.theme = name
        self.appearance.keep_theme(name)
        self.call_after_refresh(self.draw)

    def action_zone(self) -> None:
        """Times in UTC or local."""
        self.session.utc = not self.session.utc
        self.preferences.keep(utc=self.session.utc)
        self.draw()

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG, with wide characters as wide as their cells."""
        from tui.drawing.svg_cells import with_cell_widths

        return with_cell_widths(super().export_screenshot(title=title, simplify=simplify))

    def action_picture(self) -> None:
        """Save the screen as SVG in the current folder, unless it is shown in a browser: the folder is the owner's."""
        self.appearance.save_picture(None if self.is_web else partial(self.save_screenshot, path="."))

    def action_map_centre(self) -> None:
        """Next centre of the map."""
        self.appearance.next_centre()

    def action_map_style(self) -> None:
        """Next style of the map."""
        was_plain = self.appearance.plain_characters
        self.appearance.next_style()
        if self.appearance.plain_characters != was_plain:
            self.screen.refresh()

    def action_map_window(self) -> None:
        """Out of the window, or back to the map."""
        self.appearance.toggle_window()

    def action_map_layers(self) -> None:
        """Choose the layers of the map."""
        if any(True for _ in self._maps()):
            self.dialogs.open_layers(self._show_layers)
        else:
            self.notify("this view has no map", timeout=2)

    def _show_layers(self, layers: frozenset[str]) -> None:
        from tui.widgets.station_map import StationMap

        for screen in self.screen_stack:
            for panel in screen.query(StationMap):
                panel.show_layers(layers)
        self.call_later(self.draw)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that writes plain characters."""
        filters = super().get_line_filters()
        if not self.appearance.plain_characters:
            return filters
        from tui.drawing.ascii_filter import PlainCharacters

        return [*filters, PlainCharacters()]

    def _maps(self) -> Iterable[GroundTrack]:
        from tui.widgets.world_map_panel import GroundTrack

        return self.screen.query(GroundTrack)

    # ── time ──────────────────────────────────────────────────────────────────────────────────

    def action_pause(self) -> None:
        """Pause or run on."""
        self.session.clock.toggle_pause()
        self.draw()

    def action_slower(self) -> None:
        """Next smaller rate."""
        before = self.session.clock.rate
        self.session.clock.slower()
        if self.session.clock.rate == before:
            self.notify("1x is the slowest; Space pauses, r turns time around", timeout=3)
        self.draw()

    def action_faster(self) -> None:
        """Next larger rate."""
        self.session.clock.faster()
        self.draw()

    def action_reverse(self) -> None:
        """Turn time around."""
        self.session.clock.reverse()
        self.draw()

    def action_step(self, seconds: float) -> None:
        """Move by a span of time."""
        self.travel.step(seconds)

    def action_step_orbit(self, orbits: int) -> None:
        """Move by whole revolutions."""
        period_min = self.session.orbit.elements(self.session.clock.now()).period_min
        self.action_step(orbits * period_min * 60.0)

    def action_now(self) -> None:
        """Back to the real now."""
        self.session.watched = None
        self.travel.now()

    def action_rate(self, rate: float) -> None:
        """Run at a rate, in the direction in which time runs."""
        self.session.clock.set_rate(math.copysign(rate, self.session.clock.rate))
        self.draw()

    def action_travel_back(self) -> None:
        """Back to where the last jump began."""
        self.travel.back()

    def action_travel_forward(self) -> None:
        """Forward again."""
        self.travel.forward()

    def action_bookmark(self) -> None:
        """Keep the instant under a name."""
        self.dialogs.open_bookmark_name(self.travel.suggested_name(), self.travel.keep)

    def action_bookmarks(self) -> None:
        """List the bookmarks."""
        self.dialogs.open_bookmarks(self.travel)

    def seek(self, unix_s: float) -> None:
        """Go to an instant."""
        self.travel.seek(unix_s)

    def jump(self, unix_s: float | None, view: str, title: str = "") -> None:
        """Go to an instant and a view, there to what a title names."""
        if unix_s is not None:
            self.seek(unix_s)
        self.action_view(view)
        if title:
            self.call_after_refresh(self._reveal, title)

    def _reveal(self, title: str) -> None:
        if isinstance(self.screen, View):
            self.screen.reveal(title)

    def action_goto(self) -> None:
        """Ask for a date."""
        self.dialogs.open_goto(self.seek)

    def action_last_known(self) -> None:
        """Go to the epoch of the elements: the last instant that is known well."""
        self.seek(self.session.orbit.provenance(self.session.clock.now()).epoch_unix_s)

    def action_event(self, direction: int) -> None:
        """Go to the next or previous event."""
        events, clock = self.session.events, self.session.clock
        # A running clock has left the event it was sent to by a moment: step over that one.
        event = events.next(clock.now()) if direction > 0 else events.before(clock.now() - 2.0 * abs(clock.rate))
        if event is None:
            self.notify("no further event is known" if direction > 0 else "no earlier event", timeout=2)
            return
        self.seek(event.unix_s)
        self.notify(f"{event.text}  {event.title}", title="event", timeout=4, markup=False)

    # ── passes and the place ──────────────────────────────────────────────────────────────────

    def action_pass(self, direction: int) -> None:
        """Go to the rise of the next or previous pass."""
        self.pass_watch.seek_pass(direction)

    def action_watch(self) -> None:
        """Watch the next pass that can be seen, else the next one."""
        self.pass_watch.watch_next()

    def cancel_search(self, group: str) -> None:
        """Cancel the background work of a group."""
        self.workers.cancel_group(self, group)

    def action_place(self) -> None:
        """Choose the place."""
        self.dialogs.open_place(self.use_place)

    def use_place(self, place: Place) -> None:
        """Be somewhere else; passes there are computed anew."""
        self.session.stand_at(place)
        self.draw()
        self.searches.want_passes()

    def action_update(self) -> None:
        """Fetch now what the services' rules allow."""
        self.live.update()

    # ── messages of views and of background work ──────────────────────────────────────────────

    def on_ground_track_moved(self, event: GroundTrack.Moved) -> None:
        """Keep where the map is."""
        self.appearance.keep_map(event.options)

    def on_use_place(self, event: messages.UsePlace) -> None:
        """Be at a place, and keep it."""
        self.use_place(event.place)
        self.preferences.keep(place=event.place)
        self.notify(event.place.title, title="your place", timeout=3, markup=False)

    def on_redraw(self) -> None:
        """Something was changed by hand."""
        self.draw()

    def on_seek(self, event: messages.Seek) -> None:
        """Move the clock."""
        self.travel.seek(event.unix_s, length_s=event.length_s)

    def on_open_view(self, event: messages.OpenView) -> None:
        """Go to a view."""
        self.jump(event.unix_s, event.name, event.select)

    def on_follow_object(self, event: messages.FollowObject) -> None:
        """Take another object of the files of elements."""
        self.followed.follow(event.wanted, self._name_object)

    def on_watch_pass(self, event: messages.WatchPass) -> None:
        """Watch a pass."""
        self.theatre.watch(event.pass_, rehearse=event.rehearse)

    def on_choose_theme(self, event: messages.ChooseTheme) -> None:
        """Take a theme that was found."""
        self._take_theme(event.name)

    def on_go_to_bookmark(self, event: messages.GoToBookmark) -> None:
        """Go to a bookmark that was found."""
        self.travel.go_to(event.mark)

    def on_toggle_alarm(self, event: messages.ToggleAlarm) -> None:
        """Set an alarm on a pass, or cancel it."""
        self.alarms.toggle(event.pass_, self.settings.alert_lead_min)

    def on_watch_previous_pass(self, event: messages.WatchPreviousPass) -> None:
        """Search the pass before the one in the theatre."""
        self.pass_watch.watch_previous(event.before_unix_s)

    def on_watch_live(self, event: messages.WatchLive) -> None:
        """Set the clock to the real now, with the theatre open if a pass is known there."""
        self.theatre.watch_live(event.pass_)

    def on_watched_pass_changed(self, event: messages.WatchedPassChanged) -> None:
        """The theatre shows another pass, or closes."""
        self.theatre.changed(event.pass_)

    def on_notice(self, event: messages.Notice) -> None:
        """Show a line for some seconds."""
        self.notify(event.text, title=event.title, severity=event.severity, timeout=event.timeout_s, markup=False)

    def on_notify(self, event: Notify) -> None:
        """Make room for a notification, before Textual takes it."""
        self._notification_limit.make_room(event.notification)

    def on_pass_alert(self, event: messages.PassAlert) -> None:
        """A pass worth seeing rises soon."""
        self.notify(event.text, title="a pass to see", timeout=30, markup=False)
        if event.bell:
            self.bell()
        if event.escape_sequence:
            self.changed_cells.write_sequence(event.escape_sequence)

    async def on_update_started(self) -> None:
        """Show how the refresh goes on."""
        await self.dialogs.open_update()

    def on_update_progress(self, event: messages.UpdateProgress) -> None:
        """One step of a refresh."""
        self.dialogs.show_progress(event.source, event.text)

    def on_update_finished(self, event: messages.UpdateFinished) -> None:
        """A refresh has ended."""
        self.dialogs.show_report(event.report)

    def on_update_failed(self, event: messages.UpdateFailed) -> None:
        """A refresh could not run."""
        if not self.dialogs.show_failure(event.text):
            self.notify(event.text, title="update failed", severity="warning", markup=False)
