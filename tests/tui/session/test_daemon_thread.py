"""Blocking work in daemon threads: results and errors are returned; cancelled work is not waited for."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time

import pytest

from tui.session.daemon_thread import in_daemon_thread

NAME: contextvars.ContextVar[str] = contextvars.ContextVar("NAME")


async def test_in_daemon_thread_work_returns_gives_its_result() -> None:
    assert await in_daemon_thread(divmod, 17, 5) == (3, 2)


async def test_in_daemon_thread_work_raises_raises_the_same() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_daemon_thread(divmod, 1, 0)


async def test_in_daemon_thread_work_runs_in_a_daemon_with_the_callers_context() -> None:
    NAME.set("caller")

    def look() -> tuple[bool, str]:
        return threading.current_thread().daemon, NAME.get()

    assert await in_daemon_thread(look) == (True, "caller")


def test_in_daemon_thread_caller_is_cancelled_ends_the_loop_at_once() -> None:
    release = threading.Event()

    async def main() -> None:
        task = asyncio.create_task(in_daemon_thread(release.wait, 30.0))
        await asyncio.sleep(0.05)
        task.cancel()

    begun = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - begun < 5.0
    release.set()
