"""The dashboard: owns the clock, the session and the views; panels do the drawing."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from textual.app import App
from textual.constants import DRIVER
from textual.events import InputEvent, Key

from sim.errors import SettingsError
from sim.language import _
from sim.orbit.space_object import object_of
from sim.sanitize import clean
from tui.config import screen_keys
from tui.config.actions import VIEWS, bindings
from tui.config.river_state import RiverState
from tui.config.settings import VIEW_NAMES
from tui.controls.collaborators import Collaborators
from tui.controls.delegate import Delegate
from tui.drawing import themes
from tui.drawing.changed_cells import ChangedCells, changed_cells_driver
from tui.drawing.colours import GREY, grey_texts, muted
from tui.session.exit_signals import can_be_continued, catch_signals
from tui.session.garbage_collection import resume_collection
from tui.session.preferences import Preferences
from tui.views.base import View, ViewContext, open_view
from tui.widgets.line_filters import keeping_own_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.notifications import Notify
    from textual.worker import Worker

    from sim.sources.registry import SourceSettings
    from tui import messages
    from tui.config.options import DashboardOptions
    from tui.config.settings import Settings
    from tui.controls.host import AppHost
    from tui.controls.requests import Requests
    from tui.session.session import Session
    from tui.widgets.map.world_map_panel import GroundTrack
    from tui.widgets.notifications import NotificationLimit

GREETING_S = 2.0
"""After the first picture of the first start, until more is said."""


class TiangongApp(App[int], inherit_bindings=False, inherit_css=False):
    """Mission control.

    Args:
        session: Clock, orbit, chronicle and place, from which frames are made.
        options: What the command line asked for.
        notices: What to show once the screen is up, one line each.

    Attributes:
        controls: What keys are handed to.
    """

    # Of Textual's rules for apps, which cost as much as drawing ten panels, no other is about anything that is here.
    # Those for a panel that fills the screen are among the `SHAPES` of `View`.
    DEFAULT_CSS = """
    TiangongApp { background: $background; color: $foreground; }
    TiangongApp:ansi { background: ansi_default; color: ansi_default; }
    """

    TITLE = "Tiangong"
    ALLOW_SELECT = False  # no key copies what is marked; Textual 8.2 fails where that text is being removed
    BINDINGS = [*bindings(), *screen_keys.bindings(screen_keys.STORY)]  # noqa: RUF012 - Textual's own form

    def __init__(self, session: Session, options: DashboardOptions, notices: tuple[str, ...] = ()) -> None:
        # The first view comes as the default screen, the others as modes: a first screen among these would have the
        # style sheet parsed twice.
        self.DEFAULT_MODE = options.view if options.view in VIEW_NAMES else VIEWS[0]  # type: ignore[misc]
        self.changed_cells = ChangedCells()
        self._has_theme = False
        super().__init__()
        self.session = session
        self.options = options
        self.preferences = Preferences(options.settings, self.post_message)
        self.controls = Collaborators(self._host, session, self.preferences, options)
        self._notices = notices
        self.river = RiverState()
        self.tables = dict(options.tables)
        if options.elements_paths:
            self.name_object()
        self._painted = False
        themes.register(self)
        theme, missing = themes.chosen(options.theme or options.settings.theme, self.available_themes)
        self._notices += missing
        # Without the watchers: at this point there is nothing to restyle.
        self.set_reactive(App.theme, theme)
        self._has_theme = True
        self._unnoticed_theme = theme if self.native_ansi_color else ""
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; none while `App.__init__` asks for those of Textual's own default theme."""
        if not self._has_theme:
            return {}
        variables = super().get_css_variables()
        if self.no_color:
            variables.update(grey_texts(variables))
        variables["muted"] = muted(variables, GREY if self.no_color else None)
        return variables

    def name_object(self) -> None:
        """Name the object that is followed in the title."""
        about = object_of(self.session.orbit.elements(self.session.clock.now()))
        self.title = self.TITLE if about.is_station else about.label

    @property
    def _host(self) -> AppHost:
        return cast("AppHost", self)  # mypy cannot match the union of kinds of work of `App.run_worker`

    @cached_property
    def requests(self) -> Requests:
        """What the messages of views and of background work are handed to."""
        from tui.controls.requests import Requests

        return Requests(self._host, self.controls)

    @cached_property
    def plain_filter(self) -> LineFilter:
        """The filter that writes plain characters: one object, by which Textual knows the rows it has filtered."""
        from tui.drawing.ascii_filter import PlainCharacters

        return PlainCharacters(has_chinese=self.controls.appearance.has_chinese)

    @cached_property
    def notification_limit(self) -> NotificationLimit:
        """Knows which notifications are on the screen."""
        from tui.widgets.notifications import NotificationLimit

        return NotificationLimit()

    @property
    def settings(self) -> Settings:
        """The settings with what was changed since the start."""
        return self.preferences.settings

    def source_settings(self) -> SourceSettings:
        """Which sources the person allows."""
        from tui.session.live.live_refresh import allowed_sources

        return allowed_sources(self.options)

    # ── life ──────────────────────────────────────────────────────────────────────────────────

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this terminal, writing only the cells that change.

        Raises:
            SettingsError: `TEXTUAL_DRIVER` names none.
        """
        try:
            driver = super().get_driver_class()
        except (ImportError, AttributeError, RuntimeError, TypeError, ValueError) as error:
            text = _("TEXTUAL_DRIVER is “{name}”, which is not a driver of a screen ({reason}): unset it")
            name, reason = clean(DRIVER or "", limit=60), clean(str(error), limit=100)
            raise SettingsError(text.format(name=name, reason=reason)) from error
        return changed_cells_driver(driver, self.changed_cells)

    def on_mount(self) -> None:
        """Take the options; the views draw their first frame by themselves."""
        catch_signals(self.exit)
        self.app_resume_signal.subscribe(self, self._paint_anew)
        if self.settings.keys:
            self.set_keymap(self.controls.dialogs.own_keys())
        for name in VIEW_NAMES:
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
        return ViewContext(
            frame=self.session.frame(draft=not self._painted),  # the next frame follows the first picture at once
            settings=self.settings,
            plain_characters=self.controls.appearance.plain_characters,
            river=self.river,
            tables=self.tables,
        )

    def post_display_hook(self) -> None:
        """Something has been painted. Whatever can wait for the first picture begins after it."""
        if not self._painted:
            self._painted = True
            self.call_later(self._begin)

    def _begin(self) -> None:
        """The clock begins to tick, the heavier work begins beside it; what the start had to say is said."""
        resume_collection(freeze=True)
        self.controls.searches.start()
        self.controls.alarms.read()
        self.controls.live.start_soon()
        self.controls.frames.tick()
        for text in self._notices:
            self.notify(text, timeout=6, markup=False)
        if self.options.story is not None:
            self.controls.stories.tell(self.options.story)
        elif self.options.greets and not self.is_web:  # a visitor writes no file of the owner
            self.set_timer(GREETING_S, self._greet)

    def _greet(self) -> None:
        from tui.controls.teller import offer_stories

        offer_stories(self._host)

    def on_unmount(self) -> None:
        """Stop what goes on by itself; the next start begins where this one ends."""
        self.controls.live.cancel()
        if self.options.remembers and not self.is_web:
            from tui.config.last_screens import keep

            keep(self.current_mode, self.tables)

    # ── the screen ────────────────────────────────────────────────────────────────────────────

    draw = Delegate(lambda app: app.controls.frames.draw)

    async def on_event(self, event: events.Event) -> None:
        """Take Escape and a letter that come in one read, for Textual one key with Alt, as the two keys they are."""
        ends = isinstance(event, InputEvent) and not self.screen_stack  # Textual would look for a screen
        if ends or (isinstance(event, Key) and self.controls.typed_ahead.hold(event)):
            return
        letter = event.character if isinstance(event, Key) and event.key.startswith("alt+") else None
        if not isinstance(event, Key) or not letter or event.key in self.active_bindings:
            await super().on_event(event)
            return
        receiver = self.focused or self.screen
        handled = self.controls.typed_ahead.hold_all(Key(letter, letter))
        await super().on_event(Key("escape", None))
        receiver.post_message(handled)

    async def on_after_escape(self, event: messages.AfterEscape) -> None:
        """Escape has been handled: the letter and the keys that came behind it follow in their order."""
        for key in self.controls.typed_ahead.release(event.held):
            await self.on_event(key)

    def on_key(self, event: Key) -> None:
        """A letter of a word for a prompt that has just been opened is no key."""
        if self.controls.typed_ahead.take(event):
            event.prevent_default()

    def on_resize(self, event: events.Resize) -> None:
        """The terminal has a new size, and nobody knows what it shows until it is painted."""
        self.changed_cells.forget(event.size.height)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that writes plain characters."""
        filters = super().get_line_filters()
        if self._unnoticed_theme and self.theme == self._unnoticed_theme:
            filters = keeping_own_colours(filters)  # Textual notices only a change of theme, not the first one
        return [*filters, self.plain_filter] if self.controls.appearance.plain_characters else filters

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG, with wide characters as wide as their cells."""
        from tui.drawing.svg_cells import with_cell_widths

        return with_cell_widths(super().export_screenshot(title=title, simplify=simplify))

    def action_picture(self) -> None:
        """Save the screen as SVG."""
        self.controls.take_away.save_picture(self.save_screenshot)

    def action_suspend_process(self) -> None:
        """Stop, where there is a shell that can bring the program back; elsewhere it would hang for ever."""
        if can_be_continued():
            super().action_suspend_process()
        else:
            self.controls.appearance.say_no_shell()

    def cancel_search(self, group: str) -> None:
        """Cancel the background work of a group."""
        self.workers.cancel_group(self, group)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of a story are its own only while one is told and nothing covers it."""
        return not action.startswith("story_") or self.controls.frames.story_has_keys

    # ── what keys do, see `tui.config.actions` ────────────────────────────────────────────────

    action_view = Delegate(lambda app: app.controls.navigation.open_view)
    action_next_view = Delegate(lambda app: app.controls.navigation.next_view)
    action_filter = Delegate(lambda app: app.controls.navigation.filter)
    action_visit = Delegate(lambda app: app.controls.navigation.visit)
    jump = Delegate(lambda app: app.controls.navigation.jump)

    action_pause = Delegate(lambda app: app.controls.time.pause)
    action_slower = Delegate(lambda app: app.controls.time.slower)
    action_faster = Delegate(lambda app: app.controls.time.faster)
    action_rate = Delegate(lambda app: app.controls.time.set_rate)
    action_rates = Delegate(lambda app: app.controls.time.choose_rate)
    action_reverse = Delegate(lambda app: app.controls.time.reverse)
    action_step_orbit = Delegate(lambda app: app.controls.time.step_orbit)
    action_now = Delegate(lambda app: app.controls.time.now)
    action_goto = Delegate(lambda app: app.controls.dialogs.open_goto)
    action_last_known = Delegate(lambda app: app.controls.time.last_known)
    action_event = Delegate(lambda app: app.controls.time.event)
    action_bookmark = Delegate(lambda app: app.controls.dialogs.open_bookmark_name)
    action_bookmarks = Delegate(lambda app: app.controls.dialogs.open_bookmarks)
    action_zone = Delegate(lambda app: app.controls.time.next_zone)

    action_step = Delegate(lambda app: app.controls.travel.step)
    action_travel_back = Delegate(lambda app: app.controls.travel.back)
    action_travel_forward = Delegate(lambda app: app.controls.travel.forward)
    action_seek = seek = Delegate(lambda app: app.controls.travel.seek)

    action_pass = Delegate(lambda app: app.controls.pass_watch.seek_pass)
    action_watch = Delegate(lambda app: app.controls.pass_watch.watch_next)
    action_place = Delegate(lambda app: app.controls.place.choose)
    use_place = Delegate(lambda app: app.controls.place.use)

    action_copy = Delegate(lambda app: app.controls.take_away.copy)
    action_next_theme = Delegate(lambda app: app.controls.appearance.next_theme)
    action_next_language = Delegate(lambda app: app.controls.appearance.next_language)
    action_map_centre = Delegate(lambda app: app.controls.appearance.next_centre)
    action_map_style = Delegate(lambda app: app.controls.appearance.next_style)
    action_map_window = Delegate(lambda app: app.controls.appearance.toggle_window)
    action_map_legend = Delegate(lambda app: app.controls.dialogs.open_legend)
    action_map_layers = Delegate(lambda app: app.controls.dialogs.open_layers)

    action_stories = Delegate(lambda app: app.controls.stories.open)
    action_story_next = Delegate(lambda app: app.controls.stories.next)
    action_story_previous = Delegate(lambda app: app.controls.stories.previous)
    action_story_again = Delegate(lambda app: app.controls.stories.again)
    action_story_leave = Delegate(lambda app: app.controls.stories.leave)
    action_story_sources = Delegate(lambda app: app.controls.stories.show_sources)

    action_help = Delegate(lambda app: app.controls.dialogs.open_help)
    action_command_palette = Delegate(lambda app: app.controls.dialogs.open_palette)
    action_update = Delegate(lambda app: app.controls.live.update)

    # ── messages of views and of background work, see `tui.messages` ──────────────────────────

    async def on_request(self, event: messages.Request) -> None:
        """Do what a view or background work asks for."""
        await self.requests.take(event)

    def on_ground_track_moved(self, event: GroundTrack.Moved) -> None:
        """Store centre and zoom of the map."""
        self.controls.appearance.keep_map(event.options)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Textual keeps the error of work that may fail to itself."""
        self.requests.work_changed(event.worker)

    def on_notice(self, event: messages.Notice) -> None:
        """Show a line for some seconds."""
        self.notify(event.text, title=event.title, severity=event.severity, timeout=event.timeout_s, markup=False)

    def on_notify(self, event: Notify) -> None:
        """Make room for a notification, before Textual takes it."""
        self.notification_limit.make_room(event.notification)
        self.notification_limit.release_removed(self.screen.query("Toast"))

    def on_pass_alert(self, event: messages.PassAlert) -> None:
        """A pass worth seeing rises soon."""
        self.notify(event.text, title=_("a pass to see"), timeout=30, markup=False)
        if event.bell:
            self.bell()
        if event.escape_sequence:
            self.changed_cells.write_sequence(event.escape_sequence)
