"""Twenty thousand keys and mouse events at four sizes: no exception, memory steady, Backspace leads back."""

from __future__ import annotations

import gc
import random
from pathlib import Path

import pytest

from tests.support.dashboard import StageTime, make_app
from tests.support.monkey import Monkey
from tests.support.operating import operating
from tui.app import TiangongApp

SIZES = [(80, 24), (120, 36), (160, 45), (250, 70)]
LONG_ACTS = 5000
"""At each size: 20,000 in all."""

BURST = 25
"""Events between a jump and the way back."""

LARGEST_SLOPE_MB = {80: 1.0, 120: 2.5, 160: 2.0, 250: 3.0}
"""Growth of the memory over a thousand events, in the second half, by the width of the screen.

It grows in steps, whenever more widgets are on the screens at once than before; measured were 0.1, 1.9, 1.4
and 2.8 MB, while the number of objects stays within that of caches which have bounds.
"""


@pytest.fixture(autouse=True)
def _clicks_do_not_quit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click may meet “quit” in the key bar, or “save a picture” in the help: that is not what is tested here."""

    async def nothing(_: TiangongApp) -> None:
        pass

    monkeypatch.setattr(TiangongApp, "action_quit", nothing)


def resident_mb() -> float:
    """Memory of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


async def play(size: tuple[int, int], seed: int, acts: int) -> list[tuple[int, float]]:
    """Let the monkey play; returns number of events and memory (MB) from time to time."""
    dice, stage = random.Random(seed), StageTime()
    app = make_app(time=stage, paused=False)
    looks: list[tuple[int, float]] = []
    async with operating(app, size) as pilot:
        monkey = Monkey(dice, pilot, stage, app)
        while monkey.acts < acts:
            await monkey.play(dice.randrange(BURST))
            await monkey.go_and_come_back(dice.randrange(BURST))
            if monkey.acts // 250 > len(looks):
                gc.collect()
                looks.append((monkey.acts, resident_mb()))
        await monkey.go_home()
        print(f"{size}, seed {seed}: {monkey.acts} events, back {monkey.ways_back[0]} times in {monkey.ways_back[1]}")
    assert app.return_code in {None, 0}
    return looks


@pytest.mark.parametrize("size", SIZES)
async def test_monkey_at_each_size_finds_its_way_back(size: tuple[int, int]) -> None:
    await play(size, seed=size[0], acts=150)


@pytest.mark.benchmark
@pytest.mark.parametrize("size", SIZES)
async def test_five_thousand_events_at_each_size_leave_memory_steady(size: tuple[int, int]) -> None:
    looks = await play(size, seed=1000 + size[0], acts=LONG_ACTS)
    late = looks[len(looks) // 2 :]
    slope = 1000.0 * (late[-1][1] - late[0][1]) / (late[-1][0] - late[0][0])
    print("  ".join(f"{acts}: {mb:.0f} MB" for acts, mb in looks), f"slope {slope:+.2f} MB a thousand")
    assert slope <= LARGEST_SLOPE_MB[size[0]]
