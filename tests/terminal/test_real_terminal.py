"""The program in a pseudo terminal: start, keys, signals, and the state of the terminal afterwards."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import PROGRAM, Session, arguments

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")


def test_dashboard_started_used_and_quit_leaves_a_clean_terminal(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments("--paused"), size=(120, 36)) as session:
        session.wait_for("Cai Xuzhe")
        session.wait_for("passes over Islamabad")
        assert "SIM" in session.text
        assert "2024-12-17 08:00:00Z" in session.text
        session.type("4")
        session.wait_for("STS-102")
        session.type("1}")
        session.wait_for("2024-12-18 08:00:00Z")
        session.type("q")
        assert session.wait_for_end() == 0
        assert session.left_clean


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_dashboard_ended_by_a_signal_leaves_a_clean_terminal(tmp_path: Path, number: signal.Signals) -> None:
    with Session(tmp_path, *arguments()) as session:
        session.wait_for("? help")
        session.kill(number)
        assert session.wait_for_end() == 128 + number
        assert session.left_clean


@pytest.mark.parametrize("keys", ["", "w", "g", "5", "?"])
def test_dashboard_whose_terminal_vanishes_exits(tmp_path: Path, keys: str) -> None:
    with Session(tmp_path, *arguments("--rate", "60")) as session:
        session.wait_for("? help")
        session.type(keys)
        session.read(0.7)
        assert session.vanish() == 128 + signal.SIGHUP


def test_dashboard_ctrl_c_exits_with_a_clean_terminal(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments()) as session:
        session.wait_for("? help")
        session.type("\x03")
        session.wait_for_end()
        assert session.left_clean


def test_dashboard_resized_during_fast_time_keeps_running(tmp_path: Path) -> None:
    dice = random.Random(3)
    with Session(tmp_path, *arguments("--rate", "600")) as session:
        session.wait_for("? help")
        for _ in range(25):
            session.resize(dice.randint(2, 200), dice.randint(2, 60))
            session.read(0.03)
        session.resize(110, 34)
        session.wait_for("? help")
        session.type("q")
        assert session.wait_for_end() == 0
        assert b"Traceback" not in session.output


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"COLORTERM": "truecolor"}, {"TERM": "screen"}, {"TERM": "linux"}])
def test_dashboard_in_every_terminal_type_shows_the_same(tmp_path: Path, env: dict[str, str]) -> None:
    with Session(tmp_path, *arguments("--paused"), env=env) as session:
        session.wait_for("SIM")
        session.wait_for("Cai Xuzhe")
        session.type("q")
        assert session.wait_for_end() == 0


def test_program_in_a_dumb_terminal_prints_the_status(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments(), env={"TERM": "dumb"}) as session:
        session.wait_for("Shenzhou-19")
        assert session.wait_for_end() == 0
        assert b"\x1b[?1049h" not in session.output


def test_program_without_a_terminal_prints_the_status() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments("--offline")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert "Shenzhou-19" in done.stdout
    assert "Cai Xuzhe 蔡旭哲" in done.stdout
    assert "\x1b" not in done.stdout
    assert "not a terminal" in done.stderr


def test_program_invalid_element_file_prints_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "elements.txt"
    broken.write_text("1 48274U 21035A   26279.66863779  .00016881  00000+0  20358-3 0  9997\nrubbish\n")
    with Session(tmp_path, *arguments("--elements", str(broken))) as session:
        assert session.wait_for_end() == 1
        assert b"Traceback" not in session.output
        assert b"elements.txt" in session.output
