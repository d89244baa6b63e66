"""A host for background work without an app: collects messages, runs coroutines as tasks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.message import Message


class FakeHost:
    """Keeps what it is given.

    Attributes:
        messages: Posted messages, oldest first.
        timers: Delays (s) and functions, which are never called.
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

    def set_timer(self, delay: float, callback: Callable[[], None]) -> object:
        self.timers.append((delay, callback))
        return None

    async def finish(self) -> None:
        """Wait for everything that runs, and for what it starts."""
        while self._tasks:
            await self._tasks.pop(0)
