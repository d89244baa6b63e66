"""Runs a coroutine to its end in a loop of its own, and leaves at once when told to stop.

`asyncio.run` waits for the threads in which names are looked up, and the interpreter does so again when it ends; a
dead name server would hold the program for half a minute. Here such threads are left behind.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


class _Abandoning(ThreadPoolExecutor):
    """One daemon thread a call; nobody waits for it."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:  # noqa: ANN401
        future: Future[T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as problem:  # noqa: BLE001 - handed on to whoever waits
                future.set_exception(problem)

        threading.Thread(target=work, name="tiangong-lookup", daemon=True).start()
        return future


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` in a new event loop of this thread."""
    loop = asyncio.new_event_loop()
    executor = _Abandoning()
    loop.set_default_executor(executor)
    try:
        return loop.run_until_complete(main)
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(loop.shutdown_asyncgens())
        executor.shutdown(wait=False)
        loop.close()
