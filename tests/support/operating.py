"""Operating a running dashboard: press keys, wait until all that they set going is done, read the screen.

    async with operating(make_app(AT), size=(80, 24)) as pilot:
        await pilot.press("4", "enter")
        assert "Spacewalk 17" in pilot.text

Textual's own pilot waits until the process is idle, which it judges from the processor time of slices of 20 ms: that
takes 40 ms a key at least, and on a busy machine a process that waits for its turn looks idle. Here what is left to do
is counted instead: messages in the queues, workers, animations, a layout that is due. A test therefore takes as long as
its work, and sees the same screen on any machine. Not counted are other timers: for what comes after a while there is
`until`.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from textual import events
from textual.keys import REPLACED_KEYS, key_to_character
from textual.pilot import Pilot, WaitForScreenTimeout
from textual.worker import WorkerCancelled, WorkerFailed

from tui.cli.commands.snap import screen_text
from tui.widgets.steady_screen import SteadyScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.app import App

QUIET_ROUNDS = 2
"""So often in turn nothing may be left to do: a message may be handed on between two looks at the queues."""

LONGEST_S = 120.0
"""Until waiting is given up, on a machine that has other work too."""

CLOSED_S = 1.0
"""Until a screen that does not answer is taken for closed; then there is another look at all."""

POLL_S = 0.01

RESIZE_S = 1.0 / 60.0
"""Textual tells screens of a new size by a timer of half that time."""


class SettlingPilot(Pilot[Any]):
    """A pilot that waits for work, not for time: `press` and `pause` return when nothing is left to do.

    Args:
        app: To be operated.
        work_may_fail: A worker that ends by an unexpected error is what the test is about.

    Raises:
        TimeoutError: Something is still under way after `LONGEST_S`.
        WorkerFailed: A worker ended by an unexpected error, and none may.
    """

    def __init__(self, app: App[Any], *, work_may_fail: bool = False) -> None:
        super().__init__(app)
        self._ends: tuple[type[Exception], ...] = (WorkerCancelled, *([WorkerFailed] if work_may_fail else []))
        self._delays = 0
        self._delay_update = app.delay_update

    @property
    def text(self) -> str:
        """The cells of the screen, line by line, without colours."""
        return screen_text(self.app.screen)

    async def press(self, *keys: str) -> None:
        """Press keys by their names, each when all that the one before has set going is done."""
        for key in keys:
            self.app.post_message(events.Key(key, key_to_character(REPLACED_KEYS.get(key, key))))
            await self.pause()

    async def pause(self, delay: float | None = None) -> None:
        """Wait until nothing is left to do.

        Args:
            delay: Seconds to wait before that, for what a timer brings.
        """
        if delay is not None:
            await asyncio.sleep(delay)
        async with asyncio.timeout(LONGEST_S):
            quiet = 0
            while quiet < QUIET_ROUNDS:
                await self._refreshed()
                try:
                    await super().pause(0.0)  # every widget has handled what it had, and the screen is painted
                except WaitForScreenTimeout:  # after 30 s: a busy machine, or a widget that was removed meanwhile
                    quiet = 0
                    continue
                quiet = quiet + 1 if await self._is_quiet() else 0

    async def resize_terminal(self, width: int, height: int) -> None:
        """Change the size of the terminal, and wait until it is laid out."""
        await super().resize_terminal(width, height)
        await self.pause(RESIZE_S)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for what a timer or another process brings.

        Raises:
            TimeoutError: The condition does not come true.
        """
        async with asyncio.timeout(LONGEST_S):
            while not condition():
                await self.pause(POLL_S)

    def delay_update(self, delay: float = 0.05) -> None:
        """Stands for the method of the app, by which a screen that opens is painted a little later: counted too."""
        self._delay_update(delay)
        self._delays += 1
        self.app.set_timer(delay, self._delay_over)

    def _delay_over(self) -> None:
        self._delays -= 1

    async def _refreshed(self) -> None:
        """Wait until the screen has been laid out for what its widgets asked for meanwhile."""
        with suppress(TimeoutError):  # a screen that is closed is refreshed no more
            async with asyncio.timeout(CLOSED_S):
                await self.app.screen.wait_for_refresh()

    async def _is_quiet(self) -> bool:
        """Whether nothing was under way; workers are waited for."""
        if not self.app.is_running:
            return True
        workers = [worker for worker in self.app.workers if not worker.is_finished]
        if workers:
            with suppress(*self._ends):  # a newer search has taken the place of one that is cancelled
                await self.app.workers.wait_for_complete(workers)
            return False
        await self.wait_for_animation()
        screen = self.app.screen
        if self._delays or (isinstance(screen, SteadyScreen) and screen.layout_is_due):
            await asyncio.sleep(POLL_S)
            return False
        nodes = [self.app, *screen.walk_children(with_self=True)]
        return not any(node.message_queue_size for node in nodes)


async def text_after(app: App[Any], *keys: str, size: tuple[int, int]) -> str:
    """What stands on the screen of an app that is started, after some keys; without its notifications."""
    async with operating(app, size) as pilot:
        await pilot.press(*keys)
        app.clear_notifications()
        return pilot.text


@asynccontextmanager
async def operating(
    app: App[Any], size: tuple[int, int] = (80, 24), *, notifications: bool = False, work_may_fail: bool = False
) -> AsyncIterator[SettlingPilot]:
    """Run an app without a terminal, until its first picture is complete; it ends with the block.

    Args:
        app: Not running yet.
        size: Columns and rows.
        notifications: Draw them too.
        work_may_fail: See `SettlingPilot`.
    """
    pilot = SettlingPilot(app, work_may_fail=work_may_fail)
    with patch.object(app, "delay_update", pilot.delay_update):
        async with app.run_test(size=size, notifications=notifications):
            await pilot.pause()
            yield pilot
