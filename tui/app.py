"""The dashboard: owns the clock, the session and the views; panels do the drawing."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from sim.clock import SimulationClock, Stops
from sim.errors import TiangongError
from sim.orbit.space_object import object_of
from tui.config.actions import MODES, VIEWS, bindings
from tui.drawing import themes
from tui.drawing.changed_cells import ChangedCells
from tui.session.loading import load_chronicle, load_orbit, load_place
from tui.session.pass_watch import Watching
from tui.session.session import Session
from tui.views.base import View
from tui.views.registry import open_view
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen

    from tui.config.options import DashboardOptions
    from tui.session.frame import Frame
    from tui.widgets.world_map_panel import GroundTrack

FAST_FRAME_S = 0.1
"""Time between frames when the clock runs fast."""

LEAVE_WITHIN_S = 3.0
"""So long may leaving take after a signal."""

LEAST_PAUSE_S = 0.02
"""Between two frames at least, for keys and the network."""


def _actions() -> type[Provider]:
    from tui.views.palette_commands import ActionCommands

    return ActionCommands


def _chronicle() -> type[Provider]:
    from tui.views.palette_commands import ChronicleCommands

    return ChronicleCommands


class TiangongApp(Watching, App[int], inherit_bindings=False):
    """Mission control.

    Args:
        session: Clock, orbit, chronicle and place, from which frames are made.
        options: What the command line asked for.
        messages: What to say once the screen is up, one line each.
    """

    TITLE = "Tiangong"
    BINDINGS = bindings()
    COMMANDS = {_actions, _chronicle}  # noqa: RUF012 - Textual's own form

    plain_characters = False
    """Whether everything is written in characters that every terminal has."""

    def __init__(self, session: Session, options: DashboardOptions, messages: tuple[str, ...] = ()) -> None:
        # The first view comes as the default screen, the others as modes: a first screen from `MODES` would have the
        # style sheet parsed twice.
        self.DEFAULT_MODE = options.view if options.view in MODES else VIEWS[0]  # type: ignore[misc]
        self.changed_cells = ChangedCells()
        super().__init__(session, options)
        self._messages = messages
        if options.elements_path is not None:
            about = object_of(session.orbit.elements(session.clock.now()))
            self.title = self.TITLE if about.is_station else about.label
        self._moving = False
        self._painted = False
        self._stops = Stops()
        self._choose_characters(options.settings.map_style)
        themes.register(self)
        theme = options.theme or options.settings.theme or themes.DEFAULT
        if theme not in self.available_themes:
            self._messages = (*messages, f"there is no theme “{theme}”; t walks through those there are")
            theme = themes.DEFAULT
        # Without the watchers: at this point there is nothing to restyle.
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this terminal, writing only the cells that change."""
        return changed_cells_driver(super().get_driver_class(), self.changed_cells)

    def on_resize(self, event: events.Resize) -> None:
        """The terminal has a new size, and nobody knows what it shows until it is painted."""
        self.changed_cells.forget(event.size.height)

    # ── life ──────────────────────────────────────────────────────────────────────────────────

    def on_mount(self) -> None:
        """Take the options; the views draw their first frame by themselves."""
        self._catch_signals()
        if self.settings.keys:
            self.set_keymap(self._own_keys())
        for name in MODES:
            self.add_mode(name, partial(open_view, name))

    def get_default_screen(self) -> View:
        """The view the dashboard opens with."""
        return open_view(self.DEFAULT_MODE)

    def post_display_hook(self) -> None:
        """Something has been painted. Whatever can wait for the first picture begins after it."""
        if not self._painted:
            self._painted = True
            self.call_later(self._begin)

    def _begin(self) -> None:
        """The clock begins to tick, the heavier work begins beside it; what the start had to say is said."""
        if not gc.isenabled():  # switched off at the start, see `tui.cli.main`
            gc.freeze()  # what is there now stays: no use in ever looking through it
            gc.enable()
        self.start_background()
        self.tick()
        for message in self._messages:
            self.notify(message, timeout=6, markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """A screen that the end meets while it is being built misses its parts: nobody looks at it any more."""
        from textual.css.query import NoMatches
        from textual.worker import WorkerFailed

        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self._exit and isinstance(cause, NoMatches)):
            super()._handle_exception(error)

    def _catch_signals(self) -> None:
        """A polite end leaves a clean terminal, also when it comes from outside."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            loop.add_signal_handler(number, self._leave, 128 + number)

    def _leave(self, exit_code: int) -> None:
        """Leave politely; but where the terminal is gone, what would tidy it up may wait for it for ever."""
        self.exit(exit_code)
        last_resort = threading.Timer(LEAVE_WITHIN_S, os._exit, (exit_code,))
        last_resort.daemon = True
        last_resort.start()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Nothing of Textual's own: the palette is made from our table."""
        del screen
        return ()

    def action_command_palette(self) -> None:
        """Open the command palette."""
        from tui.views.palette_commands import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    # ── frames ────────────────────────────────────────────────────────────────────────────────

    def tick(self) -> None:
        """Draw a frame and arrange for the next."""
        begun_s = time.monotonic()
        self.draw(carry_on=True)
        spent_s = time.monotonic() - begun_s
        self.set_timer(max(self._delay_s() - spent_s, LEAST_PAUSE_S), self.tick)

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
        self.mind_alerts(frame)
        if self.session.passes_wanted(frame.unix_s):
            self.want_passes()
        if self.current_mode == "orbit" and self.session.eclipses_wanted(frame.unix_s):
            self.want_eclipses()

    def frame(self) -> Frame:
        """A frame of the present instant."""
        return self.session.frame()

    def _delay_s(self) -> float:
        """Until the picture can change: the next whole second at 1x, a tenth when time runs fast."""
        clock = self.session.clock
        if clock.paused:
            return 1.0
        if abs(clock.rate) > 1.0 or self._moving:
            return FAST_FRAME_S
        now = clock.now()
        return (1.0 - now % 1.0 if clock.rate > 0 else now % 1.0) + 0.005

    # ── views ─────────────────────────────────────────────────────────────────────────────────

    def action_view(self, name: str) -> None:
        """Switch to a view by name."""
        if name in MODES:
            self.leave_stage()
            self.switch_mode(name)
            self.call_after_refresh(self.draw)

    def action_next_view(self, step: int) -> None:
        """Walk through the views."""
        here = VIEWS.index(self.current_mode if self.current_mode in VIEWS else "missions")
        self.action_view(VIEWS[(here + step) % len(VIEWS)])

    def action_help(self) -> None:
        """Keys and words."""
        from tui.views.dialogs.help import Help

        self.push_screen(Help(self._own_keys()))

    def _own_keys(self) -> dict[str, str]:
        """The person's own keys that can be used, by the ids of the actions."""
        from tui.config.keymap import checked

        return checked(self.settings.keys).keys

    def action_filter(self) -> None:
        """Filter the table of the view."""
        if not (isinstance(self.screen, View) and self.screen.start_filter()):
            self.notify("nothing to filter in this view", timeout=2)

    def action_next_theme(self) -> None:
        """Walk through the themes."""
        here = themes.CYCLE.index(self.theme) if self.theme in themes.CYCLE else -1
        self.theme = themes.CYCLE[(here + 1) % len(themes.CYCLE)]
        self.notify(self.theme, title="theme", timeout=1.5)
        self.keep(theme=self.theme)
        self.call_after_refresh(self.draw)

    def action_zone(self) -> None:
        """Times in UTC or local."""
        self.session.utc = not self.session.utc
        self.keep(utc=self.session.utc)
        self.draw()

    def action_picture(self) -> None:
        """Save the screen as SVG in the current folder, unless it is shown in a browser: the folder is the owner's."""
        if self.is_web:
            self.notify("pictures cannot be saved from a browser", severity="warning", markup=False)
            return
        try:
            path = self.save_screenshot(path=".")
        except OSError as problem:
            self.notify(f"the picture could not be saved: {problem.strerror}", severity="error", markup=False)
        else:
            self.notify(path, title="picture saved", timeout=4, markup=False)

    def action_map_centre(self) -> None:
        """Next centre of the map."""
        for track in self._maps():
            centre = track.cycle_centre()
            self.notify("follows the station" if centre is None else f"centre {centre:.0f}°E", title="map", timeout=1.5)
            self.keep(map_follow=centre is None)

    def action_map_style(self) -> None:
        """Next style of the map."""
        for track in self._maps():
            style = track.cycle_style().value
            self.notify(style, title="map", timeout=1.5)
            self.keep(map_style=style)
            self._choose_characters(style)

    def _choose_characters(self, map_style: str) -> None:
        """Use plain characters for an ascii map, on the Linux console, and where the encoding lacks the others."""
        plain = map_style == "ascii" or os.environ.get("TERM") == "linux" or self.options.ascii_only
        if plain == self.plain_characters:
            return
        self.plain_characters = plain
        if self.is_running:
            self.screen.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that writes plain characters."""
        filters = super().get_line_filters()
        if not self.plain_characters:
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
        self.session.clock.slower()
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
        self.session.clock.step(seconds)
        self.draw()

    def action_step_orbit(self, orbits: int) -> None:
        """Move by whole revolutions."""
        period_min = self.session.orbit.elements(self.session.clock.now()).period_min
        self.action_step(orbits * period_min * 60.0)

    def action_now(self) -> None:
        """Back to the real now."""
        self.session.clock.go_live()
        self.session.watched = None
        self.draw()

    def seek(self, unix_s: float) -> None:
        """Go to an instant."""
        self.session.clock.seek(unix_s)
        self.draw()

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
        from datetime import UTC

        from tui.views.dialogs.goto import GoTo

        clock, place = self.session.clock, self.session.place
        zone = None if self.session.utc else quantities.zone_of(place)
        prompt = GoTo(
            unix_s=clock.now(),
            earliest_unix_s=clock.earliest_unix_s,
            latest_unix_s=clock.latest_unix_s,
            zone=zone or UTC,
            zone_name=f"{place.name} time" if zone else "UTC",
            now_unix_s=clock.wall_unix_s(),
        )
        self.push_screen(prompt, lambda unix_s: None if unix_s is None else self.seek(unix_s))

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


def changed_cells_driver(base: type[Driver], changed: ChangedCells) -> type[Driver]:
    """A driver that writes through a filter."""

    class ChangedCellsDriver(base):  # type: ignore[misc,valid-type]  # which driver it is, the terminal decides
        def write(self, data: str) -> None:
            super().write(changed.reduced(data))

    return ChangedCellsDriver


def make_session(options: DashboardOptions, clock: SimulationClock | None = None) -> tuple[Session, tuple[str, ...]]:
    """Collect what the options ask for.

    Returns:
        The session, and messages to the person, one line each.

    Raises:
        TiangongError: Something cannot be had.
    """
    clock = clock or SimulationClock()
    if options.at_unix_s is not None:
        clock.seek(options.at_unix_s)
    if options.rate != 1.0:
        clock.set_rate(options.rate)
    if options.paused:
        clock.pause()
    loaded = load_orbit(options.elements_path)
    chronicle, facts_messages = load_chronicle()
    place, why = load_place(options.place, options.settings)
    session = Session(clock, loaded.orbit, chronicle, place)
    session.utc = options.settings.utc
    session.standard_magnitude = options.standard_magnitude
    return session, (*loaded.messages, *facts_messages, *([why] if why else []), *options.messages)


def run(options: DashboardOptions) -> int:
    """Open the dashboard; returns the exit code."""
    try:
        session, messages = make_session(options)
    except TiangongError as problem:
        print(f"tiangong: {problem}", file=sys.stderr)
        return 1
    if options.plain:
        gc.enable()
        from tui.cli import linear_mode

        for message in messages:
            print(f"tiangong: {message}", file=sys.stderr)
        return linear_mode.run(session, sys.stdin, sys.stdout)
    return TiangongApp(session, options, messages).run() or 0
