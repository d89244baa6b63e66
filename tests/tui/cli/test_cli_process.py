"""The program as a process: exit codes, pipes, signals, and what it imports."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from tests.support.platforms import needs_devices, needs_signals

ROOT = Path(__file__).parents[3]
AT = ["--at", "2024-12-17T08:00:00Z", "--place", "Islamabad"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "TIANGONG_CONFIG_DIR": str(tmp_path / "config"),
        "TIANGONG_CACHE_DIR": str(tmp_path / "cache"),
        "TIANGONG_STATE_DIR": str(tmp_path / "state"),
        "TIANGONG_OFFLINE": "1",
        "PYTHONPATH": str(ROOT),
    }


def program(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *words],
        cwd=Path("/"),
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def output(environment: dict[str, str], *words: str) -> bytes:
    """The bytes that a run writes."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        cwd=Path("/"),
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [(["status", *AT], 0), (["status", "--place", "Nowhere at all"], 1), (["status", "--at", "never"], 2), (AT, 0)],
)
def test_program_exit_codes(words: list[str], code: int, environment: dict[str, str]) -> None:
    done = program(environment, *words)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) == (code == 0)
    if code:
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_text_output_in_a_limited_encoding_is_plain(encoding: str, environment: dict[str, str]) -> None:
    environment["PYTHONIOENCODING"] = encoding
    shown = output(environment, "crew", *AT)
    assert b"Cai Xuzhe" in shown
    assert ("蔡旭哲".encode("gbk") if encoding == "gbk" else b"\\u8521\\u65ed\\u54f2") in shown


@pytest.mark.parametrize(
    "words", [["snap", "--view", "station"], ["snap", "--view", "crew"], ["snap", "--view", "orbit"]]
)
def test_snap_in_a_limited_encoding_uses_plain_characters(words: list[str], environment: dict[str, str]) -> None:
    environment["PYTHONIOENCODING"] = "ascii"
    shown = output(environment, *words, *AT, "--size", "120x36").decode("ascii")
    assert "\\u25" not in shown  # boxes and blocks
    assert "\\u28" not in shown  # braille
    assert "+---" in shown


@pytest.mark.parametrize("terminal", [{"TERM": "dumb"}, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}], ids=str)
def test_snap_has_all_colours_in_a_picture_and_lines_in_text(
    terminal: dict[str, str], environment: dict[str, str], tmp_path: Path
) -> None:
    for name in ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM"):
        environment.pop(name, None)
    environment |= terminal
    picture = tmp_path / "picture.svg"
    output(environment, "snap", "--size", "80x24", "--output", str(picture), *AT)
    assert len(set(re.findall("#[0-9a-f]{6}", picture.read_text(encoding="utf-8")))) > 200
    coasts = output(environment, "snap", "--size", "80x24", *AT).decode()
    assert sum(0x2800 < ord(sign) < 0x2900 for sign in coasts) > 150
    assert "Tianhe with" in output(environment, "snap", "--view", "model", "--size", "80x24", *AT).decode()


def test_linear_mode_in_a_limited_encoding_has_no_escaped_signs(environment: dict[str, str]) -> None:
    environment["PYTHONIOENCODING"] = "ascii"
    shown = output(environment, "--plain", *AT).decode("ascii")
    assert "\\xb0" not in shown
    assert "\\u2" not in shown


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["status", "--format", "json"], b"{"),
        (["track", "--format", "geojson", "--end", "2024-12-17T08:05:00Z"], b"{"),
        (["track", "--format", "csv", "--end", "2024-12-17T08:05:00Z"], b"time,latitude_deg"),
        (["passes", "--format", "ics", "--days", "3"], b"BEGIN:VCALENDAR\r\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_data_output_is_utf8_whatever_the_locale(
    words: list[str], first: bytes, encoding: str, environment: dict[str, str]
) -> None:
    data = output({**environment, "PYTHONIOENCODING": encoding}, *words, *AT[:2], "--place", "北京")
    assert data.startswith(first)
    assert data == output({**environment, "PYTHONIOENCODING": "utf-8"}, *words, *AT[:2], "--place", "北京")
    if first == b"{":
        json.loads(data.decode("utf-8"))


def imported(environment: dict[str, str], *words: str) -> set[str]:
    """Top-level packages that a run imports."""
    script = (
        "import sys; from tui.cli.main import main; code = main(sys.argv[1:]); "
        "print(code, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, *names = done.stderr.splitlines()[-1].split()
    assert code == "0"
    return set(names)


HEAVY = {"numpy", "textual", "rich", "httpx", "icalendar", "anyio"}


@pytest.mark.parametrize("words", [["--version"], ["status", *AT], ["crew", *AT], ["status", *AT, "--format", "json"]])
def test_light_commands_import_no_arrays_and_no_screen(words: list[str], environment: dict[str, str]) -> None:
    assert not imported(environment, *words) & HEAVY


def test_passes_command_imports_no_screen(environment: dict[str, str]) -> None:
    assert imported(environment, "passes", *AT, "--days", "1") & HEAVY == {"numpy"}


def test_program_version_is_the_projects(environment: dict[str, str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert program(environment, "--version").stdout == f"tiangong {project['version']}\n"


def test_program_closed_pipe_ends_quietly(environment: dict[str, str]) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", "tui", "track", *AT, "--end", "2024-12-20", "--step", "5"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    assert writer.stdout.readline().startswith("time,latitude_deg,longitude_deg,height_km,light,")
    writer.stdout.close()
    assert writer.stderr.read() == ""
    assert writer.wait(timeout=60) == 0


@needs_signals  # and `sh`
@pytest.mark.parametrize("words", ["crew --at 2024-12-17", "--help", "help crew"])
@pytest.mark.parametrize(
    ("redirection", "code", "complaint"),
    [
        pytest.param(
            "> /dev/full", 1, "tiangong: the output cannot be written: No space left on device\n", marks=needs_devices
        ),
        (">&-", 0, ""),
    ],
)
def test_program_unwritable_output_is_one_line(
    words: str, redirection: str, code: int, complaint: str, environment: dict[str, str]
) -> None:
    line = f"{sys.executable} -m tui {words} {redirection}"
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, complaint)


@needs_signals
def test_passes_wait_interrupted_ends_quietly(environment: dict[str, str], tmp_path: Path) -> None:
    fresh = json.loads((ROOT / "seeds" / "elements.json").read_bytes())["sets"][-1][:2]
    body = f"{fresh[0][:18]}{time.strftime('%y%j', time.gmtime())}.00000000{fresh[0][32:68]}"
    checksum = sum(int(c) if c.isdigit() else c == "-" for c in body) % 10
    elements = tmp_path / "fresh.tle"  # whatever day it is, the next pass is known
    elements.write_text(f"{body}{checksum}\n{fresh[1]}\n")
    waiting = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tui",
            "passes",
            "--wait",
            "--place",
            "Islamabad",
            "--elements",
            str(elements),
            "--lead",
            "0s",
        ],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stderr is not None
    lines: list[str] = []
    while not (lines and "waiting for the pass" in lines[-1]):
        lines.append(waiting.stderr.readline())
        assert lines[-1], lines
    time.sleep(0.1)  # it says so just before it sleeps
    waiting.send_signal(signal.SIGINT)
    assert waiting.wait(timeout=20) == 130
    assert waiting.stderr.read() == ""
