"""Costs of the dashboard counted rather than timed, so that they hold on any machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sim.time import parse_instant
from tests.benchmarks.programs import LAST_WORD
from tests.support.frame_recorder import StationFrames
from tui.widgets.panel import Panel

ROOT = Path(__file__).parents[2]

_START = """
import json, re, sys
from textual.app import App
from textual.widgets import Static
known = set(sys.modules)
compiled, patterns = re.compile, []

def compile_noted(pattern, flags=0):
    patterns.append(str(pattern))
    return compiled(pattern, flags)

re.compile = compile_noted
from tui.app import TiangongApp
from tui.session.loading import make_session
from tui.config.options import DashboardOptions
import tui.cli.commands.dashboard

seen, widgets = [], []

class Started(TiangongApp):
    def post_display_hook(self):
        if not seen:
            seen.extend(sys.modules.keys() - known)
            widgets.extend(type(widget).__name__ for widget in self.screen.walk_children(with_self=True))
            self.exit()

session, messages = make_session(DashboardOptions(offline=True))
app = Started(session, DashboardOptions(offline=True), messages)
app.run(headless=True, size=(160, 45))
print(json.dumps({"modules": seen, "patterns": patterns, "widgets": widgets}))
"""

_WORK = """
import sys
from textual.app import App
from textual.widgets import Static

calls = 0

def count(frame, event, argument):
    global calls
    calls += event in ("call", "c_call")

sys.setprofile(count)
import tui.cli.commands.dashboard
from tui.app import TiangongApp
from tui.session.loading import make_session
from tui.config.options import DashboardOptions

class Started(TiangongApp):
    def post_display_hook(self):
        sys.setprofile(None)
        self.exit()

options = DashboardOptions(offline=True, at_unix_s=INSTANT, paused=True)
session, messages = make_session(options)
Started(session, options, messages).run(headless=True, size=(160, 45))
print(calls)
"""

NOT_YET = {
    "numpy", "httpx", "ssl", "http", "email", "icalendar", "filelock", "tomllib", "tomlkit", "difflib", "tzdata",
    "argparse", "csv", "statistics", "decimal", "platformdirs",
}  # fmt: skip
"""Packages that come after the first picture or never."""

NOT_YET_OURS = (
    "sim.sources", "sim.chronicle.model.background", "sim.chronicle.model.programme", "sim.chronicle.record_events",
    "sim.chronicle.search", "sim.chronicle.statistics", "sim.orbit.oem", "sim.passes",
    "tui.messages", "tui.session.live.live_refresh", "tui.session.pass_watch", "tui.session.pass_alerts",
    "tui.session.searches", "tui.views.dialogs", "tui.views.theatre", "tui.widgets.notifications",
    "tui.widgets.selectable",
)  # fmt: skip
"""Our own that are imported when they are first needed."""

MOST_OWN_MODULES = 133
"""The packages' empty `__init__` included: each costs a tenth to a third of a millisecond."""

MOST_WIDGETS = 14
"""Each costs some two million instructions: it is styled, laid out, and told of its size and of its place."""

MOST_CALLS = {"2024-12-17T08:00:00Z": 172_000, "2027-02-01": 174_500}
"""Of Python and of C functions, from our first import to the first picture; not those of importing Textual.

At the first instant the position is known; at the second, as today where nothing was downloaded for long, it is not.
"""


def last_line_of(program: str) -> str:
    """What a program prints last, run in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def start() -> dict[str, list[str]]:
    """Modules that are imported and regular expressions that are compiled before the first picture, but Textual's."""
    noted: dict[str, list[str]] = json.loads(last_line_of(_START))
    return noted


def test_patterns_of_an_english_picture_are_of_latin_letters(start: dict[str, list[str]]) -> None:
    """Those that name ranges of Chinese characters take some milliseconds to compile."""
    assert start["patterns"]
    assert [pattern for pattern in start["patterns"] if not pattern.isascii()] == []


def test_modules_before_the_first_picture(start: dict[str, list[str]]) -> None:
    modules = start["modules"]
    assert {name.partition(".")[0] for name in modules} & NOT_YET == set()
    assert [name for name in modules if name.startswith(NOT_YET_OURS)] == []
    own = [name for name in modules if name.partition(".")[0] in {"sim", "tui", "seeds"}]
    assert len(own) <= MOST_OWN_MODULES


def test_widgets_of_the_first_picture_are_few(start: dict[str, list[str]]) -> None:
    assert {"StationView", "StationMap", "Panel"} <= set(start["widgets"])
    assert len(start["widgets"]) <= MOST_WIDGETS


@pytest.mark.usefixtures("start")  # compiling modules takes calls too
@pytest.mark.parametrize(("at", "most"), MOST_CALLS.items())
def test_calls_before_the_first_picture(at: str, most: int) -> None:
    """The work of a start, counted so that a busy machine does not matter."""
    assert 0 < int(last_line_of(_WORK.replace("INSTANT", str(parse_instant(at))))) <= most


async def test_last_word_of_the_screen_is_the_one_that_starts_are_timed_by() -> None:
    async with StationFrames((160, 45), rate=1.0) as stage:
        assert stage.app.screen.query_one("#keybar", Panel).text.rstrip().endswith(LAST_WORD.decode())


async def test_station_view_moving_frame_writes_few_bytes() -> None:
    async with StationFrames((160, 45), rate=60.0) as stage:
        await stage.frames(3)
        stage.written.clear()
        await stage.frames(150)  # so many that steps of the light, which paint a shade of the whole map anew, even out
        assert 0 < stage.bytes_written / 150 <= 1600


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
