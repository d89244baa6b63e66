"""Run a program in a pseudo terminal and record when each text appears."""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support.platforms import HAS_PROC

if TYPE_CHECKING:
    from collections.abc import Sequence

fcntl = pytest.importorskip("fcntl", reason="this system has no pseudo terminals")
pty = pytest.importorskip("pty", reason="this system has no pseudo terminals")
termios = pytest.importorskip("termios", reason="this system has no pseudo terminals")
if not HAS_PROC:
    pytest.skip("the processor time of other processes is read from /proc", allow_module_level=True)

ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;1$y", b"\x1b[c": b"\x1b[?62;c"}
"""What a terminal replies to the questions Textual asks at the start."""


class Load(NamedTuple):
    """What a process has used so far, from /proc."""

    seconds: float
    """Since the start."""
    cpu_s: float
    rss_kb: int


def load_of(process: int, seconds: float) -> Load:
    """Processor time and memory of a running process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return Load(seconds, processor_s(process), pages * os.sysconf("SC_PAGE_SIZE") // 1024)


def processor_s(process: int) -> float:
    """Processor time of the threads that a process has now, to the nanosecond where the kernel says it."""
    told = [*Path(f"/proc/{process}/task").glob("*/schedstat")]
    if told:
        return sum(int(each.read_text().split()[0]) for each in told) / 1e9
    stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def child_of(process: int) -> int:
    """The first process that another one has started."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


def waited_s(process: int) -> float:
    """How long the main thread of a process was ready to run and had no core; zero where the kernel does not say."""
    told = Path(f"/proc/{process}/task/{process}/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


@dataclass
class Run:
    """What a program did in its terminal."""

    first_seen_s: float | None = None
    output: bytes = b""
    cpu_s: float = 0.0
    max_rss_kb: int = 0
    chunks: list[tuple[float, int]] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)


def run_in_terminal(
    command: Sequence[str],
    *,
    columns: int = 160,
    rows: int = 45,
    until: bytes | None = None,
    seconds: float = 10.0,
    keys: Sequence[tuple[float, bytes]] = (),
    watch: Sequence[float] = (),
    watch_child: bool = False,
    env: dict[str, str] | None = None,
) -> Run:
    """Run a command in a terminal.

    Args:
        command: Program and arguments.
        columns: Width of the terminal.
        rows: Height of the terminal.
        until: Stop when the output holds this; its time is `first_seen_s`.
        seconds: Stop after this time at the latest.
        keys: What to type, each with its time after the start.
        watch: When to look at processor time and memory, seconds after the start.
        watch_child: Whether to look at the process that the command starts, not at its own.
        env: Environment beside TERM and COLORTERM.
    """
    child, fd = pty.fork()
    if child == 0:
        # The environment may hold the size of another terminal (readline puts it there).
        inherited = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        environment = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        os.execvpe(command[0], list(command), environment)  # noqa: S606 - a program of the test's own choice
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    started = time.perf_counter()
    run = Run()
    pending = sorted(keys)
    looks = sorted(watch)
    answered: set[bytes] = set()
    while (elapsed := time.perf_counter() - started) < seconds:
        while pending and pending[0][0] <= elapsed:
            os.write(fd, pending.pop(0)[1])
        if looks and looks[0] <= elapsed:
            looks.pop(0)
            run.loads.append(load_of(child_of(child) if watch_child else child, elapsed))
        if not select.select([fd], [], [], 0.02)[0]:
            continue
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        run.output += data
        run.chunks.append((time.perf_counter() - started, len(data)))
        for question, answer in ANSWERS.items():
            if question in run.output and question not in answered:
                answered.add(question)
                os.write(fd, answer)
        if until is not None and until in run.output:
            run.first_seen_s = time.perf_counter() - started
            break
    os.kill(child, signal.SIGKILL)
    _, _, usage = os.wait4(child, 0)
    os.close(fd)
    run.cpu_s = usage.ru_utime + usage.ru_stime
    run.max_rss_kb = usage.ru_maxrss
    return run
