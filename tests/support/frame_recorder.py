"""Frames of view 1 with a clock moved by the test, and all that they write to the terminal."""

from __future__ import annotations

from contextlib import AsyncExitStack
from cProfile import Profile
from time import process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

from textual.drivers.headless_driver import HeadlessDriver
from textual.strip import Strip
from textual.widget import Widget

from tests.support.dashboard import StageTime, make_app
from tests.support.map_cases import RecordingDriver
from tests.support.operating import operating
from tui.session.live import live_refresh
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from types import TracebackType

    from sim.passes.model import Pass

FRAME_S = 0.1
"""Between frames on the wall, when time runs fast."""


def _nothing() -> None:
    """Replaces the timer of the dashboard."""


class StationFrames:
    """The dashboard running at a rate; each frame is a tenth of a second later.

    Args:
        size: Columns and rows.
        rate: Simulated seconds a second.
        frame_s: Seconds between frames on the wall.
    """

    def __init__(self, size: tuple[int, int], *, rate: float, frame_s: float = FRAME_S) -> None:
        self._frame_s = frame_s
        self._time = StageTime()
        self.app = make_app(time=self._time, paused=False)
        self.app.session.clock.set_rate(rate)
        self._size = size
        self._open = AsyncExitStack()
        self.written: list[str] = []

    async def __aenter__(self) -> StationFrames:
        # Textual keeps the codes of a style on the first object of equal ones: those of a second dashboard in a process
        # would be looked up for each text.
        Strip.render_ansi.cache_clear()
        # The state of the live sources would be drawn in the middle of the frames.
        self._open.enter_context(patch.object(live_refresh, "LIVE_DELAY_S", 3600.0))
        self._open.enter_context(patch.object(self.app.controls.frames, "tick", _nothing))  # frames are the test's
        self._pilot = await self._open.enter_async_context(operating(self.app, self._size))
        driver = self.app._driver
        assert isinstance(driver, HeadlessDriver)
        driver.__class__ = RecordingDriver
        assert isinstance(driver, RecordingDriver)
        driver.written = self.written
        driver.changed = self.app.changed_cells
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    @property
    def bytes_written(self) -> int:
        return sum(len(data.encode()) for data in self.written)

    async def frames(self, count: int, *, whole: bool = False) -> None:
        """Draw frames; `whole` forgets all that was drawn before each of them."""
        for _ in range(count):
            self._time.pass_by(self._frame_s)
            self.app.draw(carry_on=not whole)
            if whole:
                self._forget()
            await self._pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self._pilot.press(*keys)

    async def hover(self, selector: str, offset: tuple[int, int]) -> None:
        """Move the mouse over a cell of a widget."""
        await self._pilot.hover(selector, offset)

    async def pause(self) -> None:
        """Wait until no search is under way and all is painted."""
        await self._pilot.pause()

    async def watch_pass(self, unix_s: float, rate: float) -> Pass:
        """Open the theatre for the first good pass after an instant, with the clock at its rise; returns it."""
        clock = self.app.session.clock
        clock.seek(unix_s)
        self.app.draw()
        await self.pause()
        await self.press("w")
        pass_ = self.app.session.watched
        assert pass_ is not None
        clock.seek(pass_.rise.unix_s + 5.0)
        clock.set_rate(rate)
        return pass_

    async def repaint(self) -> None:
        """Paint the whole screen, and nothing of it from rows that were painted before."""
        self._forget()
        await self.pause()

    async def painted_s(self, *, whole: bool) -> float:
        """Processor time of one frame from the instant to the bytes, without the turns of the message loop between."""
        await self._pilot.pause()
        self._time.pass_by(self._frame_s)
        begin = process_time()
        self._paint(whole=whole)
        return process_time() - begin

    async def calls(self) -> int:
        """Calls of functions in one frame that comes by itself, those of the interpreter's own among them."""
        await self._pilot.pause()
        self._time.pass_by(self._frame_s)
        with Profile() as profile:
            self._paint(whole=False)
        return sum(entry.callcount for entry in profile.getstats())

    def _paint(self, *, whole: bool) -> None:
        """One frame from the instant to the bytes."""
        screen = self.app.screen
        self.app.draw(carry_on=not whole)
        if whole:
            self._forget()
        dirty = {widget for widget in (screen, *screen.walk_children(Widget)) if widget._repaint_required}
        for widget in dirty:
            widget._repaint_required = False
        screen._compositor.update_widgets(dirty)
        screen._compositor_refresh()

    def _forget(self) -> None:
        for widget in self.app.screen.walk_children():
            if isinstance(widget, Panel):
                widget._rows.clear()
            widget.refresh()
        self.app.screen.refresh()
