"""Signals: many at once, while the event loop is busy, print nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

STORM = """
import asyncio, os, signal
from tui.session.exit_signals import catch_signals

async def main():
    catch_signals(lambda code: None)
    signal.signal(signal.SIGWINCH, lambda *_: None)
    for _ in range(100_000):  # the event loop reads nothing meanwhile: its pipe runs full
        os.kill(os.getpid(), signal.SIGWINCH)
    await asyncio.sleep(0)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signal for a new size of the terminal")
def test_catch_signals_with_a_full_pipe_of_signals_prints_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STORM], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == ""
