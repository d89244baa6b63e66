"""From the start of the program to the complete picture of view 1, and its memory, against Textual's hello world.

Both are started in turn, and each start of ours is compared with that of the peer right before it; the figure is the
median of these ratios, which a machine that is busy for a moment does not move.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.programs import HELLO, LAST_WORD, TIANGONG, environment, row
from tests.benchmarks.terminal import Run, run_in_terminal

pytestmark = pytest.mark.benchmark

STARTS = 25
AT = ("--at", "2024-12-17T08:00:00Z")
GUARD = 1.3
"""Aimed at is 1.25."""

TITLES = ("ground track", "position", "crew", "ports", "altitude band", "spacewalks")
"""Of the panels of the first picture. In a window of this size the river of time, which comes after it, tells the
events."""


@pytest.fixture(scope="module", params=[("bare", ()), ("at an instant", AT)], ids=lambda how: how[0])
def starts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Run], list[Run]]:
    """Starts of ours and of the peer in turn, so that both meet the same machine; the first of each warms up."""
    how, words = request.param
    env = environment(tmp_path_factory.mktemp("start"))
    ours: list[Run] = []
    theirs: list[Run] = []
    for _ in range(STARTS + 1):
        theirs.append(run_in_terminal(HELLO, until=b"Hello", env=env))
        ours.append(run_in_terminal((*TIANGONG, *words), until=LAST_WORD, env=env))
    return how, ours[1:], theirs[1:]


def compared(what: str, ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios, printed beside the medians themselves."""
    ratio = median(our / their for our, their in zip(ours, theirs, strict=True))
    return row(what, ratio * median(theirs), median(theirs), "s", 1.25)


def test_first_picture_against_hello_world(starts: tuple[str, list[Run], list[Run]]) -> None:
    how, ours, theirs = starts
    assert all(title.encode() in ours[0].output for title in TITLES)
    seen = ([run.first_seen_s or float("inf") for run in runs] for runs in (ours, theirs))
    assert compared(f"first frame, {how}", *seen) <= GUARD


def test_start_processor_time_against_hello_world(starts: tuple[str, list[Run], list[Run]]) -> None:
    how, ours, theirs = starts
    spent = ([run.cpu_s for run in runs] for runs in (ours, theirs))
    assert compared(f"processor time to the first frame, {how}", *spent) <= GUARD


def test_memory_against_hello_world(tmp_path: Path) -> None:
    env = environment(tmp_path)
    for command in (HELLO, TIANGONG):  # compiling leaves memory behind
        run_in_terminal(command, seconds=5.0, env=env)
    hello = run_in_terminal(HELLO, seconds=3.0, watch=(2.0,), env=env).loads[-1]
    ours = run_in_terminal((*TIANGONG, *AT), seconds=21.0, watch=(20.0,), env=env).loads[-1]
    assert row("memory after 20 s", ours.rss_kb / 1024, hello.rss_kb / 1024, "MB", 1.9) <= 1.9
