"""Blocking work in a daemon thread, awaited by the event loop that shows the screen.

`asyncio.to_thread` and Textual's thread workers use the loop's thread pool, whose threads are joined when the program
ends: a request that hangs, or a person's own command, would delay the end for as long as it takes. A daemon thread is
left behind.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


async def in_daemon_thread(work: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Call a function in a new daemon thread, with a copy of the caller's context variables, and await its result.

    Cancelling the caller abandons the thread; its result is dropped.

    Raises:
        Exception: Whatever the function raises.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if result.done():  # cancelled meanwhile
            return
        if error is not None:
            result.set_exception(error)
        else:
            result.set_result(value)  # type: ignore[arg-type]  # None only where T is None

    def run() -> None:
        value, error = None, None
        try:
            value = work(*arguments)
        except BaseException as problem:  # noqa: BLE001 - raised again where the result is awaited
            error = problem
        with suppress(RuntimeError):  # the loop is closed: the program has ended
            loop.call_soon_threadsafe(settle, value, error)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run,), name=f"tiangong-{work.__name__}", daemon=True).start()
    return await result
