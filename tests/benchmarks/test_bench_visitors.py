"""What visitors of `tiangong serve` cost: twenty dashboards in as many processes, their memory counted once each."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="textual-serve is not installed (extra “web”)")

from tests.support.web import WAIT_S, Tab, serving, tab

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/PID/smaps_rollup"),
]

VISITORS = 20
SIZE = (160, 45)
SETTLED_S = 20.0
FIRST_PICTURE_BYTES = 15_000
MOST_MB_A_VISITOR = 75.0


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def proportional_mb(pid: int) -> float:
    """Memory of a process, in MB of 10^6 bytes; a page that n processes share counts for an n-th."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


async def read(visitor: Tab) -> None:
    """Take in what the server sends; a terminal for each of twenty would keep their answers waiting."""
    async for message in visitor.socket:
        visitor.bytes_received += len(message.data)


async def test_twenty_visitors_take_the_memory_that_the_help_states(tmp_path: Path) -> None:
    options = ("--visitors", str(VISITORS), "--", "--at", "2024-12-17T08:00:00Z", "--place", "Karachi")
    with serving(*options, cwd=tmp_path) as (url, server):
        async with AsyncExitStack() as tabs:
            opened = [await tabs.enter_async_context(tab(url, *SIZE)) for _ in range(VISITORS)]
            reading = [asyncio.create_task(read(one)) for one in opened]
            async with asyncio.timeout(WAIT_S * 2):
                while min(one.bytes_received for one in opened) < FIRST_PICTURE_BYTES:
                    await asyncio.sleep(0.5)
            await asyncio.sleep(SETTLED_S)
            each = [proportional_mb(pid) for pid in children(server)]
            own = proportional_mb(server)
            for task in reading:
                task.cancel()
    print(f"\n{len(each)} visitors: {sum(each):.0f} MB, {sum(each) / len(each):.1f} MB each; the server {own:.0f} MB")
    assert len(each) == VISITORS
    assert sum(each) / VISITORS < MOST_MB_A_VISITOR
