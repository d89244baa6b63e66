"""Hosts for background work and for the collaborators of the app, without an app."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sim.sources.registry import SourceSettings
from tui.views.base import ViewContext

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.message import Message


class FakeHost:
    """Collects messages, runs coroutines as tasks.

    Attributes:
        messages: Posted messages, oldest first.
        timers: Delays (s) and functions of those that were not stopped; they are never called.
        draws: How many frames were asked for.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.draws = 0
        self.groups: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []

    def draw(self) -> None:
        self.draws += 1

    def post_message(self, message: Message) -> bool:
        self.messages.append(message)
        return True

    def run_worker(
        self,
        work: Callable[[], Coroutine[None, None, None]],
        *,
        group: str,
        exclusive: bool = False,
        exit_on_error: bool = True,
    ) -> object:
        del exclusive, exit_on_error
        self.groups.append(group)
        self._tasks.append(asyncio.create_task(work()))
        return None

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Any:
        timer = (delay, callback)
        self.timers.append(timer)
        return SimpleNamespace(stop=lambda: self.timers.remove(timer))

    async def finish(self) -> None:
        """Wait for everything that runs, and for what it starts."""
        while self._tasks:
            await self._tasks.pop(0)


class FakeAppHost(FakeHost):
    """A host with a stack of screens that mounts none of them.

    Attributes:
        screen_stack: What was pushed, above the view.
        current_mode: Name of the open view.
        cancelled: Groups of work that were cancelled.
        later: Functions to be called after the messages that wait, or after the next layout.
        theme: The theme that was taken last.
    """

    def __init__(self, view: Any = "view") -> None:
        super().__init__()
        self.screen_stack: list[Any] = [view]
        self.current_mode = "station"
        self.focused = None
        self.is_web = False
        self.copied: list[str] = []
        self.cancelled: list[str] = []
        self.later: list[Callable[[], object]] = []
        self.theme = "tiangong-dark"

    @property
    def screen(self) -> Any:
        return self.screen_stack[-1]

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    def action_view(self, name: str) -> None:
        self.current_mode = name

    def switch_mode(self, mode: str) -> object:
        self.current_mode = mode
        return None

    def push_screen(self, screen: Any, callback: Any = None) -> Any:
        del callback
        self.screen_stack.append(screen)

    def pop_screen(self) -> object:
        return self.screen_stack.pop()

    def cancel_search(self, group: str) -> None:
        self.cancelled.append(group)

    def call_later(self, callback: Callable[[], object]) -> object:
        self.later.append(callback)
        return None

    def call_after_refresh(self, callback: Callable[[], object]) -> bool:
        self.later.append(callback)
        return True

    def view_context(self) -> ViewContext:
        return ViewContext()

    def source_settings(self) -> SourceSettings:
        return SourceSettings()

    def name_object(self) -> None:
        """Nothing here has a title."""
