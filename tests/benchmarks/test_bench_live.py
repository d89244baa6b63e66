"""Processor time of the live dashboard at rate 1 against htop with one update a second, and in the fastest warp."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.benchmarks.programs import TIANGONG, environment, row
from tests.benchmarks.terminal import run_in_terminal

pytestmark = pytest.mark.benchmark

SETTLED_S, END_S = 8.0, 38.0


def processor_share(command: tuple[str, ...], folder: Path) -> float:
    """Processor seconds a second between two looks, once the start is over."""
    run = run_in_terminal(command, seconds=END_S + 1.0, watch=(SETTLED_S, END_S), env=environment(folder))
    first, last = run.loads
    return (last.cpu_s - first.cpu_s) / (last.seconds - first.seconds)


@pytest.mark.skipif(shutil.which("htop") is None, reason="the peer is not installed")
def test_dashboard_live_processor_share_against_htop(tmp_path: Path) -> None:
    ours = processor_share(TIANGONG, tmp_path)
    peer = processor_share(("htop", "-d", "10"), tmp_path)
    assert row("processor live at 1x", ours * 100.0, peer * 100.0, "%", 2.0) <= 2.0


def test_dashboard_at_the_fastest_rate_takes_no_more_than_a_quarter_of_a_processor(tmp_path: Path) -> None:
    fastest = processor_share((*TIANGONG, "--at", "2024-12-17T09:00:00Z", "--rate", "3600", "--offline"), tmp_path)
    assert row("processor at 3600x, against a quarter", fastest * 100.0, 25.0, "%", 1.0) <= 1.0
