"""The loop that draws frames of the running clock, as often as the picture can change."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from sim.clock import Stops
from sim.language import _
from tui.messages import Notice
from tui.views.base import View
from tui.wording import quantities

if TYPE_CHECKING:
    from tui.controls.host import AppHost
    from tui.session.pass_alerts import PassAlerts
    from tui.session.searches import BackgroundSearches
    from tui.session.session import Session

FAST_FRAME_S = 0.1
"""Time between frames when the clock runs fast, where they are made soon enough."""

MOST_LOAD, SLOWEST_FRAME_S = 0.22, 0.4
"""Frames come further apart where they would take more of a processor than this share, but no further than so."""

LEAST_PAUSE_S = 0.02
"""Between two frames at least, for keys and the network."""


class StoryScreen(Protocol):
    """What the frame loop needs of a story that is played."""

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the story now."""

    def keep_time(self) -> None:
        """Pause the clock at the end of a step, before a frame of a later instant is made."""

    def show_caption(self) -> None:
        """Write the caption on the view."""


def frame_pace_s(worked_s: float) -> float:
    """Seconds between frames when time runs fast.

    Args:
        worked_s: Processor time of the screen's thread from one frame to the next, painting included. What other
            threads do, such as a refresh, holds no picture up.
    """
    return min(max(FAST_FRAME_S, worked_s / MOST_LOAD), SLOWEST_FRAME_S)


class FrameLoop:
    """Makes frames and passes them to the view.

    Args:
        host: Has the view.
        session: Makes the frames.
        alerts: Sees every frame.
        searches: Started when what they found no longer covers the instant.

    Attributes:
        story: The story that is being told, if one is.
    """

    def __init__(self, host: AppHost, session: Session, alerts: PassAlerts, searches: BackgroundSearches) -> None:
        self._host = host
        self._session = session
        self._alerts = alerts
        self._searches = searches
        self._moving = False
        self._worked_s = time.thread_time()
        self._stops = Stops()
        self._read_s = 0.0
        self.story: StoryScreen | None = None

    @property
    def story_has_keys(self) -> bool:
        """Whether the keys of a story go to one now."""
        return self.story is not None and self.story.has_keys

    def tick(self) -> None:
        """Draw a frame and schedule the next one."""
        begun_s, worked_s = time.monotonic(), time.thread_time()
        frame_s = frame_pace_s(worked_s - self._worked_s)
        self._worked_s = worked_s
        self.draw(carry_on=True)
        spent_s = time.monotonic() - begun_s
        self._host.set_timer(max(self._delay_s(frame_s, spent_s), LEAST_PAUSE_S), self.tick)

    def draw(self, *, carry_on: bool = False) -> None:
        """Draw one frame of the present instant; `carry_on` where only time has passed and no key was pressed."""
        if self.story is not None:
            self.story.keep_time()
        frame = self._session.frame()
        for screen in reversed(self._host.screen_stack):
            if isinstance(screen, View):
                if screen.has_panels:  # one that is still being composed begins with a frame of its own
                    (screen.carry_on if carry_on else screen.show)(frame)
                    self._moving = screen.fast
                break  # a view covers what is below it
        if self.story is not None:
            self.story.show_caption()
        if self._session.clock.stops != self._stops:
            self._stops = self._session.clock.stops
            self._host.post_message(Notice(quantities.clock_limit_text(self._stops), title=_("time"), timeout_s=6.0))
        self._alerts.check(frame)
        if self._session.passes_wanted(frame.unix_s):
            self._searches.want_passes()
        if self._host.current_mode == "orbit" and self._session.eclipses_wanted(frame.unix_s):
            self._searches.want_eclipses()

    def _delay_s(self, frame_s: float, spent_s: float) -> float:
        """Seconds until the picture can change: the next whole second at 1x, a tenth or more when time runs fast.

        Args:
            frame_s: Between frames when time runs fast.
            spent_s: What the last frame took; frames that come at a fixed pace begin so much sooner after it.
        """
        clock = self._session.clock
        if clock.paused:
            return 1.0
        if abs(clock.rate) > 1.0 or self._moving:
            return frame_s - spent_s
        now, before = clock.now(), self._read_s
        self._read_s = now
        if now == before:  # the system's clock stands: late in a second, frames without a pause would wait for the next
            return 1.0
        return (1.0 - now % 1.0 if clock.rate > 0 else now % 1.0) + 0.005
