"""The real program in a pseudo terminal, its screen kept by pyte: type, resize, signal, read."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import struct
import sys
import time
from typing import TYPE_CHECKING, Self

import pyte
import pytest

# A test module that imports this one is skipped where there are no pseudo terminals.
fcntl = pytest.importorskip("fcntl", reason="this system has no pseudo terminals")
pty = pytest.importorskip("pty", reason="this system has no pseudo terminals")
termios = pytest.importorskip("termios", reason="this system has no pseudo terminals")

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM = "import sys; from tui.cli.main import main; sys.exit(main(sys.argv[1:]))"


class Session:
    """`tiangong` with arguments, running in a terminal of a given size."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        size: tuple[int, int] = (100, 30),
        env: dict[str, str] | None = None,
        program: str = PROGRAM,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.output = bytearray()
        self._answered: set[bytes] = set()
        self.exit_code: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # The environment may hold the size of another terminal (readline puts it there).
            environment = {
                **{name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}},
                "TERM": "xterm-256color",
                "TIANGONG_CONFIG_DIR": str(folder / "config"),
                "TIANGONG_CACHE_DIR": str(folder / "cache"),
                "TIANGONG_STATE_DIR": str(folder / "state"),
                "TIANGONG_OFFLINE": "1",
                **(env or {}),
            }
            command = [sys.executable, "-c", program, *arguments]
            os.execve(sys.executable, command, environment)  # noqa: S606 - our own program
        self._set_size(*size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        self._set_size(columns, rows)
        self.screen.resize(rows, columns)

    def type(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def kill(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def read(self, seconds: float) -> None:
        """Take in what the program writes for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._read_once(left):
            pass

    def drain(self, seconds: float) -> None:
        """As `read`, without keeping the screen, which takes longer than the program draws.

        What stands on the screen is known again after the next `resize`, for which the program paints all of it.
        """
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._read_once(left, keep_screen=False):
            pass

    def _read_once(self, seconds: float, *, keep_screen: bool = True) -> bool:
        if not select.select([self._fd], [], [], max(seconds, 0.0))[0]:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # the program has ended
            return False
        self.output += data
        if keep_screen:
            # A mode query that pyte does not know would be printed by it.
            self._stream.feed(data.replace(b"\x1b[?2026$p", b"").replace(b"\x1b[>7u", b"").replace(b"\x1b[<u", b""))
        if b"\x1b[?2026$p" in data and b"2026" not in self._answered:
            self._answered.add(b"2026")
            os.write(self._fd, b"\x1b[?2026;1$y")
        return bool(data)

    def vanish(self) -> int:
        """The terminal is gone: its window was closed, or the line broke. The exit code of the program."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDONLY)
        end = time.monotonic() + 10.0
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
                return self.exit_code
            time.sleep(0.05)
        raise AssertionError("the program goes on without a terminal")

    @property
    def text(self) -> str:
        """What stands on the screen."""
        # Not pyte's `display`, which fails on half of a wide character, as there may be in the middle of an update.
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows)

    def wait_for(self, text: str, seconds: float = 15.0) -> None:
        """Until a text is on the screen."""
        end = time.monotonic() + seconds
        while text not in self.text:
            left = end - time.monotonic()
            assert left > 0, f"“{text}” did not appear:\n{self.text}"
            if not self._read_once(min(left, 0.2)):
                break
        assert text in self.text, f"“{text}” did not appear before the end:\n{self.text}"

    def wait_for_end(self, seconds: float = 10.0) -> int:
        """Until the program has ended; its exit code, or minus the signal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read_once(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
                self.read(0.1)
                return self.exit_code
        raise AssertionError(f"the program goes on:\n{self.text}")

    @property
    def left_clean(self) -> bool:
        """Whether alternate screen, mouse and paste modes were switched off after they were switched on."""
        modes = {b"1049": b"\x1b[?1049", b"1000": b"\x1b[?1000", b"1003": b"\x1b[?1003", b"2004": b"\x1b[?2004"}
        return all(
            self.output.rfind(start + b"l") > self.output.rfind(start + b"h")
            for start in modes.values()
            if start + b"h" in self.output
        ) and self.output.rfind(b"\x1b[?25h") > self.output.rfind(b"\x1b[?25l")


def arguments(*words: str) -> Sequence[str]:
    """A start that does not depend on the day."""
    return ("--place", "Islamabad", "--at", "2024-12-17T08:00:00Z", *words)
