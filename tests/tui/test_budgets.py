"""Costs of the dashboard counted rather than timed, so that they hold on any machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.frame_recorder import StationFrames

ROOT = Path(__file__).parents[2]

_START = """
import json, os, sys
from textual.app import App
from textual.widgets import Static
known = set(sys.modules)
from tui.app import TiangongApp
from tui.session.loading import make_session
from tui.config.options import DashboardOptions
import tui.cli.commands.dashboard

seen = []

class Started(TiangongApp):
    def post_display_hook(self):
        if not seen:
            seen.extend(sys.modules.keys() - known)
            self.exit()

session, messages = make_session(DashboardOptions(offline=True))
app = Started(session, DashboardOptions(offline=True), messages)
app.run(headless=True, size=(160, 45))
print(json.dumps(seen))
"""

NOT_YET = {"numpy", "httpx", "icalendar", "filelock", "tomllib", "tomlkit", "difflib", "tzdata"}
"""What comes after the first picture or never."""

MOST_MODULES = 170
"""Beyond Textual's own, msgspec's and the packages' empty `__init__` included: each costs about 0.1 ms to find."""


def test_modules_before_the_first_picture() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _START], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    modules = json.loads(done.stdout.splitlines()[-1])
    assert {name.partition(".")[0] for name in modules} & NOT_YET == set()
    assert not any(name.startswith("sim.sources") for name in modules)
    assert len(modules) <= MOST_MODULES


async def test_station_view_moving_frame_writes_few_bytes() -> None:
    async with StationFrames((160, 45), rate=60.0) as stage:
        await stage.frames(3)
        stage.written.clear()
        await stage.frames(30)
        assert 0 < stage.bytes_written / 30 <= 2600


async def test_station_view_second_of_real_time_writes_few_bytes() -> None:
    async with StationFrames((160, 45), rate=10.0) as stage:  # a second a frame
        await stage.frames(3)
        stage.written.clear()
        await stage.frames(60)  # as the day moves on, some of them paint a shade of the whole map anew
        assert 0 < stage.bytes_written / 60 <= 1900


async def test_station_view_moving_frame_is_never_painted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole: list[bool] = []
    async with StationFrames((160, 45), rate=60.0) as stage:
        await stage.frames(3)
        compositor = stage.app.screen._compositor
        paint = compositor.render_full_update

        def counted(simplify: bool = False) -> object:
            whole.append(True)
            return paint(simplify)

        monkeypatch.setattr(compositor, "render_full_update", counted)
        await stage.frames(10)
        assert not whole
        stage.app.screen.refresh()
        await stage.frames(1)
        assert whole
