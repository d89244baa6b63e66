"""What the server hands to each visitor's process, and the command line that starts one.

textual-serve runs its command through the system's shell, with the server's own environment. The dashboard's options
therefore travel in a variable, and the command holds two paths only: no option is ever read by a shell.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import msgspec

VARIABLE = "TIANGONG_VISIT"
"""The environment variable that holds a `Visit` as JSON."""

SMALLEST_CELLS = (1, 1)
LARGEST_CELLS = (500, 200)
"""Columns and rows; a screen's memory grows with both, and the browser may ask for any."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """How each visitor's dashboard is started.

    Attributes:
        folder: Each process makes its own settings and cache folders in here; removed with the server.
        cache: The cache folder of the owner, of which each visitor gets a copy.
        options: Command-line options of the dashboard.
    """

    folder: str
    cache: str
    options: tuple[str, ...] = ()


def offer(visit: Visit) -> None:
    """Store it in the environment of processes started from this one."""
    os.environ[VARIABLE] = msgspec.json.encode(visit).decode()


def take() -> Visit:
    """What the server has offered; it is taken out of the environment.

    Raises:
        KeyError: This process was not started by `tiangong serve`.
    """
    return msgspec.json.decode(os.environ.pop(VARIABLE), type=Visit)


def shell_command(words: list[str], *, windows: bool = sys.platform == "win32") -> str:
    """Words as one line for the shell that runs it: `cmd /c` on Windows, `/bin/sh -c` elsewhere.

    On Windows every word is quoted, because `cmd` reads `&` and `^` in bare words; paths there contain no quotes.
    Elsewhere `exec` makes the process replace the shell, so that signals and the end of its input reach it.
    """
    if windows:
        return " ".join(f'"{word}"' for word in words)
    return f"exec {shlex.join(words)}"


def visitor_command() -> str:
    """The shell command of one visitor's process.

    `-P` keeps the current folder off the module path: a folder with a `tui` of its own must not be executed.
    """
    return shell_command([sys.executable, "-P", str(Path(__file__).with_name("visitor.py"))])


def bounded_cells(columns: int, rows: int) -> tuple[int, int]:
    """A terminal size within what a visitor may ask for."""
    sizes = zip((columns, rows), SMALLEST_CELLS, LARGEST_CELLS, strict=True)
    bounded_columns, bounded_rows = (min(max(size, low), high) for size, low, high in sizes)
    return bounded_columns, bounded_rows
