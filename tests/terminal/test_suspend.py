"""Ctrl+Z in a real terminal: the shell gets a clean one, and `fg` brings the dashboard back."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import Session, arguments

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")


def wait_until_stopped(session: Session, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        session.read(0.1)
        pid, status = os.waitpid(session.pid, os.WNOHANG | os.WUNTRACED)
        if pid and os.WIFSTOPPED(status):
            session.read(0.2)
            return
    raise AssertionError("the program was not suspended")


def test_dashboard_suspended_and_continued_shows_its_screen_again(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments("--paused"), size=(100, 30)) as session:
        session.wait_for("2024-12-17 08:00:00Z")
        for _ in range(2):
            session.type("\x1a")
            wait_until_stopped(session)
            assert session.left_clean
            session.screen.reset()  # the shell has written over it
            session.kill(signal.SIGCONT)
            session.wait_for("2024-12-17 08:00:00Z")
            session.wait_for("? help")
        session.type("}")
        session.wait_for("2024-12-18 08:00:00Z")
        session.type("q")
        assert session.wait_for_end() == 0
        assert session.left_clean
