"""One moving frame of view 1 against painting the whole screen, and memory while time flies.

The row's last column is what is aimed at, and what is asserted: a moving frame as it comes by itself while time runs
fast, the mean of many, against a frame for which everything is drawn and written.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from sim.time import parse_instant
from tests.benchmarks.programs import row
from tests.support.frame_recorder import StationFrames
from tests.support.platforms import HAS_PROC

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not HAS_PROC, reason="memory is read from /proc"),
]

FRAMES = 60


def resident_kb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


MOST_SHARE = 0.30
"""Of a whole frame."""

MOST_CALLS = 16_500
"""Calls of functions in a moving frame, those of the interpreter's own among them, without the message loop between
frames. The share alone would not hold it: a whole frame can become slower, and hide that a moving one has."""


async def test_moving_frame_takes_few_calls() -> None:
    async with StationFrames((160, 45), rate=60.0) as stage:
        await stage.frames(10)
        calls = sum([await stage.calls() for _ in range(FRAMES)]) / FRAMES
    assert row("calls in a moving frame", calls, MOST_CALLS, "", 1.0) <= 1.0


async def test_moving_frame_against_whole_frame() -> None:
    async with StationFrames((160, 45), rate=60.0) as stage:
        await stage.frames(10)
        costs: list[float] = []
        sizes: list[float] = []
        for whole in (False, True) * 4:
            stage.written.clear()
            costs.append(sum([await stage.painted_s(whole=whole) for _ in range(FRAMES)]) / FRAMES * 1000.0)
            sizes.append(stage.bytes_written / FRAMES)
    assert row("processor time of a moving frame", min(costs[::2]), min(costs[1::2]), "ms", MOST_SHARE) <= MOST_SHARE
    assert row("bytes of a moving frame", max(sizes[::2]), min(sizes[1::2]), "B", 0.1) <= 0.1
    assert max(sizes[::2]) <= 2600


MOST_OF_THEATRE = 0.35
"""Of a whole frame."""


@pytest.mark.parametrize("keys", [(), ("v", "v")], ids=["overhead", "facing"])
async def test_moving_frame_of_the_theatre_against_whole_frame(keys: tuple[str, ...]) -> None:
    async with StationFrames((160, 45), rate=60.0) as stage:
        pass_ = await stage.watch_pass(parse_instant("2026-09-01T14:00:00Z"), 60.0)
        await stage.press(*keys)
        costs: list[float] = []
        sizes: list[float] = []
        for whole in (False, True) * 3:
            stage.app.session.clock.seek(pass_.rise.unix_s + 5.0)
            await stage.frames(3)
            stage.written.clear()
            costs.append(sum([await stage.painted_s(whole=whole) for _ in range(FRAMES)]) / FRAMES * 1000.0)
            sizes.append(stage.bytes_written / FRAMES)
    what = "processor time of a moving frame of the theatre"
    assert row(what, min(costs[::2]), min(costs[1::2]), "ms", MOST_OF_THEATRE) <= MOST_OF_THEATRE
    assert row("bytes of a moving frame of the theatre", max(sizes[::2]), min(sizes[1::2]), "B", 0.12) <= 0.12
    assert max(sizes[::2]) <= 2600


async def test_memory_does_not_grow_at_600x() -> None:
    async with StationFrames((160, 45), rate=600.0) as stage:
        await stage.frames(1200)  # caches of bounded size fill up
        stage.written.clear()
        gc.collect()
        before_kb = resident_kb()
        for _ in range(18):
            await stage.frames(100)
            stage.written.clear()
        gc.collect()
        grown_mb = (resident_kb() - before_kb) / 1024.0
    print(f"\nmemory after 1800 further frames at 600x | {grown_mb:+.2f} MB | - | - | <= 2")
    assert grown_mb <= 2.0
