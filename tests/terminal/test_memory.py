"""What the dashboard keeps in memory, and what it leaves behind: the searches run in processes of their own."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.pty_session import Session, arguments

pytestmark = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="looks into /proc")


def loads(process: int, module: str) -> bool:
    """Whether a process has loaded an extension module of a package."""
    return f"/{module}/" in Path(f"/proc/{process}/maps").read_text()


def helpers(process: int) -> set[int]:
    """The processes that a process has started and that still run."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            ours = b"sim.aside" in stat.with_name("cmdline").read_bytes()  # not a fork that has yet to become one
            if int(parent) == process and state != "Z" and ours:
                found.add(int(stat.parent.name))
    return found


def caught(session: Session) -> int:
    """A helper of the dashboard, stopped in the middle of its work."""
    end = time.monotonic() + 15.0
    while time.monotonic() < end:
        session.read(0.002)
        for helper in helpers(session.pid):
            with suppress(ProcessLookupError):
                os.kill(helper, signal.SIGSTOP)
                return helper
    raise AssertionError("nothing was asked for elsewhere")


def until_found(session: Session) -> None:
    """Until a search has begun and ended."""
    os.kill(caught(session), signal.SIGCONT)
    end = time.monotonic() + 15.0
    while helpers(session.pid):
        assert time.monotonic() < end
        session.read(0.05)
    session.read(0.3)


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_numpy_is_never_loaded_in_the_dashboard(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments(), size=(120, 40)) as session:
        session.wait_for("in 10:")  # the next pass is known
        assert not loads(session.pid, "numpy")
        for keys, then in (("....", "x30"), ("}", "2024-12-18"), ("p", "22:24 Islamabad")):
            session.type(keys)
            session.wait_for(then)
            session.read(0.3)
        session.type("o")
        session.read(0.7)
        session.type("Lahore\r")
        until_found(session)
        assert "Lahore" in (tmp_path / "config" / "settings.toml").read_text()
        assert not loads(session.pid, "numpy")
        for key in "56w":
            session.type(key)
            session.read(0.7)
        assert not loads(session.pid, "numpy")


def test_the_probe_knows_numpy_when_it_is_there() -> None:
    import numpy as np

    assert np.__version__
    assert loads(os.getpid(), "numpy")


def test_leaving_does_not_wait_for_a_search_and_takes_it_along(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments("--paused")) as session:
        helper = caught(session)
        begun = time.monotonic()
        session.type("q")
        assert session.wait_for_end() == 0
        assert time.monotonic() - begun < 1.0
        assert not runs(helper)
        assert session.left_clean


def test_a_dashboard_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments("--paused")) as session:
        helper = caught(session)
        session.kill(signal.SIGKILL)
        session.wait_for_end()
        os.kill(helper, signal.SIGCONT)
        end = time.monotonic() + 3.0
        while runs(helper) and time.monotonic() < end:
            time.sleep(0.02)
        assert not runs(helper)


def test_a_search_that_is_killed_is_made_up_for(tmp_path: Path) -> None:
    with Session(tmp_path, *arguments("--paused"), size=(120, 40)) as session:
        os.kill(caught(session), signal.SIGKILL)
        session.wait_for("in 10:")
        assert loads(session.pid, "numpy")
