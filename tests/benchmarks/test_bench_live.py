"""Processor time of the live dashboard at rate 1 against htop over a hundred processes, and in the fastest warp.

What htop takes goes with the processes that it lists, and machines differ in them: 2.6 ms a second for a hundred, three
times as much for three hundred. So it gets a list of its own: a namespace in which it and 99 sleeping processes are
all there is, as few as a small desktop has; where the system allows no such namespace, the same processes beside those
of the machine. It runs with its default settings and delay in a terminal of the same size.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.programs import TIANGONG, environment, row
from tests.benchmarks.terminal import run_in_terminal
from tests.support.frame_recorder import StationFrames

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.benchmark

SETTLED_S, END_S = 8.0, 23.0
PAIRS = 3

PROCESSES = 100
"""That htop lists, itself among them."""

MOST_CALLS = 14_800
"""Calls of functions in a frame at natural pace, those of the interpreter's own among them: the share of htop alone
would let them creep."""

ALONE = ("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc")
"""Begin of a command that sees no other processes than those it starts."""


def processor_share(command: tuple[str, ...], env: dict[str, str], *, forks: bool = False) -> float:
    """Processor seconds a second between two looks, once the start is over."""
    run = run_in_terminal(command, seconds=END_S + 1.0, watch=(SETTLED_S, END_S), watch_child=forks, env=env)
    first, last = run.loads
    return (last.cpu_s - first.cpu_s) / (last.seconds - first.seconds)


def can_be_alone() -> bool:
    """Whether this system lets a user see a process list of its own."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def htop(tmp_path: Path) -> Iterator[tuple[tuple[str, ...], dict[str, str], bool]]:
    """Command and environment of htop over so many processes, and whether it is a child of what the command starts."""
    settings = {"HTOPRC": str(tmp_path / "default")}
    others = PROCESSES - 1
    if can_be_alone():
        start = f"n=0; while [ $n -lt {others} ]; do sleep 600 & n=$((n+1)); done; exec htop"
        yield (*ALONE, "sh", "-c", start), settings, True
        return
    shown = sum(path.name.isdigit() for path in Path("/proc").iterdir())
    sleeping = [subprocess.Popen(["sleep", "600"]) for _ in range(others - shown)]
    yield ("htop",), settings, False
    for process in sleeping:
        process.kill()
        process.wait()


@pytest.mark.skipif(shutil.which("htop") is None, reason="the peer is not installed")
def test_dashboard_live_processor_share_against_htop(
    tmp_path: Path, htop: tuple[tuple[str, ...], dict[str, str], bool]
) -> None:
    command, settings, forks = htop
    pairs = [
        (processor_share(TIANGONG, environment(tmp_path)), processor_share(command, settings, forks=forks))
        for _ in range(PAIRS)
    ]
    ours, peer = sorted(pairs, key=lambda pair: pair[0] / pair[1])[PAIRS // 2]  # the median of their ratios
    assert row("processor live at 1x", ours * 1000.0, peer * 1000.0, "ms/s", 2.0) <= 2.0


async def test_frame_at_natural_pace_takes_few_calls() -> None:
    async with StationFrames((160, 45), rate=1.0, frame_s=1.0) as stage:
        await stage.frames(10)
        calls = sum([await stage.calls() for _ in range(60)]) / 60
    assert row("calls in a frame at 1x", calls, MOST_CALLS, "", 1.0) <= 1.0


def test_dashboard_at_the_fastest_rate_takes_no_more_than_a_quarter_of_a_processor(tmp_path: Path) -> None:
    command = (*TIANGONG, "--at", "2024-12-17T09:00:00Z", "--rate", "3600", "--offline")
    fastest = processor_share(command, environment(tmp_path))
    assert row("processor at 3600x, against a quarter", fastest * 100.0, 25.0, "%", 1.0) <= 1.0
