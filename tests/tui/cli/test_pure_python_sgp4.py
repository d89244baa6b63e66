"""Every command where sgp4 has no compiled module, as on free-threaded Python or Windows on ARM."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.loopback_server import environment

WITHOUT_COMPILED_MODULE = """
import sys
sys.modules["sgp4.vallado_cpp"] = sys.modules["sgp4.wrapper"] = None
from sgp4.api import accelerated
assert not accelerated
from tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
AT = ["--at", "2026-10-01", "--offline"]


def program(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_COMPILED_MODULE, *words],
        cwd=Path(__file__).parents[3],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["passes", "--lat", "70", "--lon", "20", "--days", "2"],
        ["passes", "--place", "Islamabad", "--days", "1"],
        ["track", "--end", "+5m"],
        ["eclipses", "--days", "1"],
        ["altitude"],
    ],
)
def test_command_with_pure_python_sgp4_answers(words: list[str]) -> None:
    done = program(*words, *AT)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout


def test_about_with_pure_python_sgp4_says_so() -> None:
    assert json.loads(program("about", *AT, "--format", "json").stdout)["sgp4_accelerated"] is False
    assert "pure Python" in program("about", *AT).stdout
