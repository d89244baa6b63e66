"""The pass theatre: one pass from before its rise to its set, live or as a rehearsal at any rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _, language
from tui.config.screen_keys import bindings
from tui.map.scene import MapOptions, MapStyle
from tui.messages import Redraw, WatchedPassChanged, WatchLive, WatchPass, WatchPreviousPass
from tui.session.session import SAME_PASS_S
from tui.sky.pass_geometry import scene_of
from tui.views.base import View
from tui.views.theatre.countdown import TheatreClock, following_pass
from tui.views.theatre.elevation_profile import ElevationMountain
from tui.views.theatre.readout import PassFacts
from tui.views.theatre.rehearsal import RehearsalBar
from tui.widgets.map.station_map import StationMap
from tui.widgets.notice_bar import NoticeBar
from tui.widgets.panel import Panel, Showing
from tui.widgets.panel_groups import PanelColumn, PanelRow
from tui.widgets.sky.pass_panel import PassPanel
from tui.widgets.sky.sky_plot import SkyPlot
from tui.wording import passes as pass_text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from textual.app import ComposeResult

    from sim.passes.model import Pass
    from sim.places.place import Place
    from tui.session.frame import Frame
    from tui.views.base import ViewContext

LEAD_S = 60.0
"""A rehearsal begins this long before the rise."""

SKY_ROWS = 13
"""Rows of a terminal in which the sky has some of them above its numbers."""

MOUNTAIN_ROWS = 23
"""Rows in which the elevation has some of them below the numbers beside the sky."""

_HINTS = (
    N_("v aspect  ← → turn  p P other passes  Esc leaves"),
    N_("v aspect  ← → turn  Esc leaves"),
    # Translators: keys of the sky, in the border of a narrow panel; 18 cells.
    N_("v aspect  ← → turn"),
)


class Theatre(View):
    """Sky, clock, direction, elevation and the ground track of one pass."""

    DEFAULT_CSS = """
    Theatre {
        & #stage { height: 1fr; layout: horizontal; }
        & #sky { width: 1fr; }
        & #aside { width: 56; height: 1fr; }
        & #clock { height: 9; }
        & #facts { height: 13; }
        & #mountain { height: 1fr; }
        & #inset { height: 0; display: none; }
        & #rehearsal { height: 1; border: none; }
        &.-narrow #aside { width: 36; }
        &.-normal #aside { width: 48; }
        &.-huge #aside { width: 84; }
        &.-huge #clock { height: 12; }
        &.-short #clock { height: 7; }
        &.-short #facts { height: 9; }
        &.-huge #facts { height: 16; }
        &.-low, &.-flat {
            & #clock { height: 1fr; min-height: 4; max-height: 7; }
            & #facts { height: 2fr; }
            & #mountain { display: none; }
        }
        &.-tall #inset { display: block; height: 13; }
        &.-tall.-huge #inset { height: 24; }
        &.-narrow #inset { display: none; }
        &.-slim {
            & #stage { layout: vertical; }
            & #sky { width: 100%; height: 1fr; }
            & #aside { width: 100%; height: auto; }
            & #clock { height: 2; min-height: 2; border: none; padding: 0 1; }
            & #facts { height: 3; border: none; padding: 0 1; }
            & #mountain, & #inset { display: none; }
        }
        &.-slim.-flat {
            & #sky { display: none; }
            & #aside, & #facts { height: 1fr; }
        }
        &.-slim.-tall {
            & #clock { height: 7; border: round $secondary-muted; padding: 0; }
            & #facts { height: 9; border: round $secondary-muted; padding: 0; }
        }
    }
    """

    BINDINGS = bindings("While a pass is watched (w)")

    has_river = False  # a pass has its own minutes

    # Where there is no room beside the sky, its numbers go below.
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own form
        (0, "-slim"),
        (60, "-narrow"),
        *View.HORIZONTAL_BREAKPOINTS[1:],
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (SKY_ROWS, "-low"),
        (MOUNTAIN_ROWS, "-short"),
        *View.VERTICAL_BREAKPOINTS[1:],
    ]

    def __init__(self, context: ViewContext, pass_: Pass) -> None:
        super().__init__(context)
        self.pass_ = pass_
        self._place: Place | None = None
        self._panels: list[PassPanel] = []
        self._slow_key: Hashable = None

    def body(self) -> ComposeResult:
        """The sky at the left, clock, direction and numbers at the right."""
        yield Panel(NoticeBar(), id="notice")
        with PanelRow(id="stage"):
            yield SkyPlot(id="sky")
            with PanelColumn(id="aside"):
                yield TheatreClock(id="clock")
                yield PassFacts(id="facts")
                yield ElevationMountain(id="mountain")
                style = MapStyle.ASCII if self.context.plain_characters else MapStyle.EARTH
                layers = frozenset(self.context.settings.map_layers)
                yield StationMap(MapOptions(style=style, layers=layers), id="inset")
        yield Panel(RehearsalBar(), id="rehearsal")

    def on_mount(self) -> None:
        self._panels = [*self.query(PassPanel)]
        self.sky.on_stage, self.sky.hints = True, _HINTS
        if self.newest is not None:
            self.show(self.newest)

    @property
    def sky(self) -> SkyPlot:
        return self.query_one(SkyPlot)

    @property
    def fast(self) -> bool:
        """Whether the picture moves within a second: while the station is up."""
        frame = self.newest
        return frame is not None and self.pass_.rise.unix_s - 1.0 <= frame.unix_s <= self.pass_.set.unix_s

    @property
    def footer(self) -> str:
        """What Enter does before and after the pass; during it nothing."""
        now = self.newest.unix_s if self.newest is not None else self.pass_.rise.unix_s
        if now < self.pass_.rise.unix_s - LEAD_S - 1.0:
            return "theatre"
        return "theatre over" if now > self.pass_.set.unix_s else "theatre during"

    # ── the pass ──────────────────────────────────────────────────────────────────────────────

    def take(self, pass_: Pass) -> None:
        self.pass_ = pass_
        self.app.post_message(WatchedPassChanged(pass_))

    def show(self, frame: Frame) -> None:
        """Panels that move get ten frames a second; the others get one when the shown second changes.

        While time runs fast the sky, the header and the map get every frame, all else every second one.
        """
        self.newest = frame
        self._follow(frame)
        scene = scene_of(frame.orbit, frame.place, self.pass_)
        clock = frame.clock
        running = (clock.live, clock.paused, clock.rate)
        slow_key = (language(), frame.unix_s // 1.0, running, frame.utc, frame.place, frame.passes, scene)
        slow = slow_key != self._slow_key
        self._slow_key = slow_key
        for panel in self._panels:
            if panel.scene is not scene:
                panel.set_scene(scene)
            panel.show(frame)
        if slow:
            for widget in self.walk_children():
                if isinstance(widget, Showing) and not isinstance(widget, PassPanel):
                    widget.show(frame)

    def _follow(self, frame: Frame) -> None:
        """The same pass by newer elements; for another place the pass that comes next there."""
        if self._place is None:
            self._place = frame.place
        if frame.passes is None:
            return
        if frame.place != self._place:
            self._place = frame.place
            ahead = [p for p in frame.passes if p.set.unix_s > frame.unix_s]
            if ahead:
                self.pass_ = ahead[0]
            else:
                text = _("no pass over {place} in these days").format(place=frame.place.label)
                if frame.unpredicted:
                    text = pass_text.none_predicted(frame.place)
                self.notify(text, markup=False)
                self.call_later(self.action_back)
            return
        for known in frame.passes:
            if abs(known.peak.unix_s - self.pass_.peak.unix_s) < SAME_PASS_S:
                self.pass_ = known

    @property
    def pass_shown(self) -> Pass | None:
        return self.pass_

    # ── keys ──────────────────────────────────────────────────────────────────────────────────

    def action_back(self) -> None:
        """Close the theatre; a rehearsal restores the instant before it."""
        if not self.is_active:  # left already, by an earlier key of the same burst
            return
        self.dismiss()
        self.app.post_message(WatchedPassChanged(None))  # this screen will have no messages any more

    def action_enter(self) -> None:
        """After the pass: on to the next. Long before it: rehearse it now."""
        now = self.newest.unix_s if self.newest is not None else self.pass_.rise.unix_s
        if now > self.pass_.set.unix_s:
            self.action_next()
        elif now < self.pass_.rise.unix_s - LEAD_S - 1.0:
            self.post_message(WatchPass(self.pass_, rehearse=True))

    def action_next(self) -> None:
        """The next pass: live one waits for it, in a rehearsal the clock goes there."""
        frame = self.newest
        following = following_pass(frame, self.pass_) if frame is not None else None
        if following is None:
            self.notify(_("the next pass is not known yet"), timeout=2)
        elif frame is not None and frame.clock.live:
            self.take(following)
        else:
            self.post_message(WatchPass(following))

    def action_previous(self) -> None:
        self.post_message(WatchPreviousPass(self.pass_.rise.unix_s))

    def action_live(self) -> None:
        """Return to the real now; if this pass is over, the next one is shown."""
        self.post_message(WatchLive(self.pass_))

    def action_part(self, step: int) -> None:
        self.sky.next_aspect()
        self.post_message(Redraw())

    def action_sideways(self, step: int) -> None:
        self.sky.turn(step)
        self.post_message(Redraw())
