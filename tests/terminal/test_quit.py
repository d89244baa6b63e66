"""Quitting the program takes less than a second, also while a search or a refresh runs in a thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.support.loopback_server import Reply, Service
from tests.support.pty_session import Session, arguments

if TYPE_CHECKING:
    from pathlib import Path

QUIT_WITHIN_S = 1.0

NETWORKED = """
import sys
from msgspec.structs import replace
from sim.sources.registry import SOURCES
from tui import app
from tui.cli.main import main

class Networked(app.TiangongApp):
    def source_settings(self):
        urls = {{source.key: "http://127.0.0.1:{port}/" + source.key + "/" for source in SOURCES}}
        return replace(super().source_settings(), base_urls=urls)

app.TiangongApp = Networked
sys.exit(main(sys.argv[1:]))
"""


FAILING = """
import sys
from tui import app
from tui.cli.main import main

def action_pause(self):
    raise ValueError("an error of the test")

app.TiangongApp.action_pause = action_pause
sys.exit(main(sys.argv[1:]))
"""


def seconds_to_quit(session: Session) -> float:
    begun = time.monotonic()
    session.type("q")
    assert session.wait_for_end() == 0
    return time.monotonic() - begun


@pytest.mark.parametrize("wait_s", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_quit_while_numpy_loads_and_passes_are_searched_takes_less_than_a_second(tmp_path: Path, wait_s: float) -> None:
    with Session(tmp_path, *arguments("--paused")) as session:
        session.wait_for("? help")
        session.read(wait_s)
        assert seconds_to_quit(session) < QUIT_WITHIN_S
        assert session.left_clean
        assert b"Traceback" not in session.output


def test_quit_while_a_request_hangs_takes_less_than_a_second(tmp_path: Path) -> None:
    with Service() as service:
        service.on("/", Reply(b"", silence_s=30.0))
        program = NETWORKED.format(port=service.port)
        with Session(tmp_path, *arguments(), program=program, env={"TIANGONG_OFFLINE": "0"}) as session:
            end = time.monotonic() + 20.0
            while not service.paths("/celestrak-gp/"):
                assert time.monotonic() < end, "the service was not asked"
                session.read(0.05)
            assert seconds_to_quit(session) < QUIT_WITHIN_S
            assert session.left_clean
            assert b"Traceback" not in session.output


def test_dashboard_that_meets_an_error_leaves_a_clean_terminal_and_exits_1(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments("--paused"), program=FAILING) as session:
        session.wait_for("? help")
        session.type(" ")
        assert session.wait_for_end() == 1
        assert b"an error of the test" in session.output
        assert session.left_clean


@pytest.mark.parametrize("opened", ["", "?", "o", "g", "w", "S", "B"])
def test_escape_and_q_in_one_read_quit(tmp_path: Path, opened: str) -> None:
    with Session(tmp_path, *arguments("--paused")) as session:
        session.wait_for("? help")
        session.type(opened)
        session.read(1.0)
        session.type("\x1bq")
        assert session.wait_for_end() == 0
        assert session.left_clean
