"""Ctrl+Z in a real terminal: the shell gets a clean one, and `fg` brings the dashboard back."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import PROGRAM, Session, arguments

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")


SHELL = "import os; os.execvp('sh', ['sh', '-i'])"


def test_dashboard_suspended_and_continued_by_a_shell_shows_its_screen_again(tmp_path: Path) -> None:
    command = shlex.join([sys.executable, "-c", PROGRAM, *arguments("--paused")])
    with Session(tmp_path, size=(100, 30), program=SHELL, env={"PS1": "shell> ", "ENV": ""}) as session:
        session.wait_for("shell>")
        session.type(f"{command}\n")
        session.wait_for("? help")
        for _ in range(2):
            session.type("\x1a")
            session.wait_for("Stopped")
            assert session.left_clean
            session.screen.reset()  # the shell has written over it
            session.type("fg\n")
            session.wait_for("2024-12-17 08:00:00Z")
            session.wait_for("? help")
        session.type("}")
        session.wait_for("2024-12-18 08:00:00Z")
        session.type("q")
        session.wait_for("shell>")
        assert session.left_clean
        session.type("exit\n")
        assert session.wait_for_end() == 0


def test_dashboard_without_a_shell_goes_on(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments("--paused"), size=(100, 30)) as session:
        session.wait_for("? help")
        session.type("\x1a")
        session.wait_for("no shell started this")
        session.type("}")
        session.wait_for("2024-12-18 08:00:00Z")
        session.type("q")
        assert session.wait_for_end() == 0
