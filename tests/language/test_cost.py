"""What another language costs: counted calls, so that a busy machine does not matter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST = 1.05
"""As many calls as in English, at most."""

_COUNT = """
import sys
calls = 0
def count(frame, event, argument):
    global calls
    calls += event in ("call", "c_call")
"""

_FIRST_PICTURE = f"""{_COUNT}
import tui.cli.commands.dashboard, tui.views.station.view
from tui.app import TiangongApp
from tui.session.loading import make_session
from tui.config.options import DashboardOptions

class Started(TiangongApp):
    def post_display_hook(self):
        sys.setprofile(None)
        self.exit()

options = DashboardOptions(offline=True, at_unix_s=1790000000.0, paused=True)
sys.setprofile(count)
from sim.language import use
use(sys.argv[1])
session, messages = make_session(options)
Started(session, options, messages).run(headless=True, size=(160, 45))
print(calls, file=sys.__stdout__)
"""

_STATUS = f"""{_COUNT}
import io
sys.stdout = io.StringIO()
sys.setprofile(count)
from tui.cli.main import main
main(["--lang", sys.argv[1], "status", "--offline", "--at", "2026-10-01"])
sys.setprofile(None)
print(calls, file=sys.__stdout__)
"""


def calls(program: str, code: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", program, code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    return int(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("program", [_FIRST_PICTURE, _STATUS], ids=["first picture", "status"])
def test_chinese_takes_hardly_more_work_than_english(program: str) -> None:
    english, chinese = calls(program, "en"), calls(program, "zh_CN")
    assert 0 < chinese <= MOST * english


def test_english_reads_no_catalogue() -> None:
    program = "import sys; from tui.cli.main import main; main(['--lang', 'en', 'crew', '--offline']); "
    program += "print('sim.language.catalogue' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"
