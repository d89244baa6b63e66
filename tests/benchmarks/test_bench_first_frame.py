"""From the start of the program to the complete picture of view 1, and its memory, against Textual's hello world.

The row's last column is what is aimed at; the assertion guards against falling back.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import HELLO, LAST_WORD, TIANGONG, environment, row
from terminal import Run, run_in_terminal

pytestmark = pytest.mark.benchmark

STARTS = 12
AT = ("--at", "2024-12-17T08:00:00Z")
TITLES = ("ground track", "position", "crew", "ports", "events", "altitude band", "spacewalks")


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Run], list[Run]]:
    """Starts of ours and of the peer in turn, so that both meet the same machine; the first of each warms up."""
    env = environment(tmp_path_factory.mktemp("start"))
    ours: list[Run] = []
    theirs: list[Run] = []
    for _ in range(STARTS + 1):
        theirs.append(run_in_terminal(HELLO, until=b"Hello", env=env))
        ours.append(run_in_terminal((*TIANGONG, *AT), until=LAST_WORD, env=env))
    return ours[1:], theirs[1:]


def first_seen_s(runs: list[Run]) -> float:
    return min(run.first_seen_s or float("inf") for run in runs)


def test_first_frame(starts: tuple[list[Run], list[Run]]) -> None:
    ours, theirs = starts
    assert all(title.encode() in ours[0].output for title in TITLES)
    assert row("first frame", first_seen_s(ours), first_seen_s(theirs), "s", 1.25) <= 1.6


def test_processor_time_of_the_start(starts: tuple[list[Run], list[Run]]) -> None:
    ours, theirs = ([run.cpu_s for run in runs] for runs in starts)
    assert row("processor time to the first frame", min(ours), min(theirs), "s", 1.25) <= 1.6


def test_memory(tmp_path: Path) -> None:
    env = environment(tmp_path)
    for command in (HELLO, TIANGONG):  # compiling leaves memory behind
        run_in_terminal(command, seconds=5.0, env=env)
    hello = run_in_terminal(HELLO, seconds=3.0, watch=(2.0,), env=env).loads[-1]
    ours = run_in_terminal((*TIANGONG, *AT), seconds=21.0, watch=(20.0,), env=env).loads[-1]
    assert row("memory after 20 s", ours.rss_kb / 1024, hello.rss_kb / 1024, "MB", 1.6) <= 1.6
