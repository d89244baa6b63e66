"""What background work needs of the app that runs it: a protocol, so that tests need no app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.message import Message
    from textual.timer import Timer


class Host(Protocol):
    """Runs coroutines and timers in the event loop of the screen, takes messages, and draws frames."""

    def draw(self) -> None:
        """Draw a frame of the present instant."""

    def post_message(self, message: Message) -> bool:
        """Queue a message for the app; any thread may call it."""

    def run_worker(
        self,
        work: Callable[[], Coroutine[None, None, None]],
        *,
        group: str,
        exclusive: bool = False,
        exit_on_error: bool = True,
    ) -> object:
        """Run a coroutine function beside the screen; `exclusive` cancels what runs in the same group."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call a function after a delay (s)."""
