"""Signals that end the program leave a clean terminal; the one that stops it needs a shell to come back from."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LEAVE_WITHIN_S = 3.0
"""Where the terminal is gone, restoring it may block for ever: after this time the process ends without."""


def catch_signals(leave: Callable[[int], None]) -> None:
    """Call a function with the exit code 128 + number at SIGTERM, SIGHUP and SIGINT; does nothing on Windows.

    Call it in the event loop. The process ends `LEAVE_WITHIN_S` after the signal at the latest.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, partial(_end, leave, 128 + number))
    # A window that is dragged sends more signals than the loop's pipe holds while a frame is drawn. Each would print
    # "Exception ignored ... BlockingIOError"; the pipe only wakes the loop, so that none is lost by it.
    signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)


def _end(leave: Callable[[int], None], exit_code: int) -> None:
    leave(exit_code)
    last_resort = threading.Timer(LEAVE_WITHIN_S, os._exit, (exit_code,))
    last_resort.daemon = True
    last_resort.start()


def can_be_continued() -> bool:
    """Whether the program is a job of its own in a shell, which says so when it stops and has `fg` to bring it back.

    It is none where a terminal was opened for it alone (`tmux new tiangong`, a kiosk): its group is that of the leader
    of the session. Nor in a script, which waits for a program that is stopped, and is not told.
    """
    if sys.platform == "win32":
        return False
    group = os.getpgrp()
    return group == os.getpid() and group != os.getsid(0)
