"""The command line: finds the command, runs it, and turns every trouble into one line and an exit code.

Exit codes: 0 done, 1 could not, 2 wrong usage, 130 interrupted. Data go to stdout, messages to stderr. A command's
module is imported when that command is wanted, and Textual only when a screen is.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sim.errors import TiangongError
from tui.cli.commands import COMMANDS, DASHBOARD

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

EXIT_DONE, EXIT_COULD_NOT, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130

_OUTPUT_TROUBLES = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF}
"""What goes wrong where stdout leads, such as a full disk; files of ours are looked after where they are written."""


class _Command(Protocol):
    """What every module in `tui.cli.commands` named in the table offers."""

    def parser(self) -> argparse.ArgumentParser:
        """Its arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; returns the exit code."""
        ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        _assert_own_packages()
        _escape_what_cannot_be_written()
        code = _run(words)
        if sys.stdout is not None:  # as it is after `>&-`
            sys.stdout.flush()
    except TiangongError as problem:
        return _complain(str(problem))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as problem:
        gone = reader_has_gone(problem)
        if not gone and problem.errno not in _OUTPUT_TROUBLES:
            raise
        # Python would complain again when it closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if gone:
            return EXIT_DONE
        return _complain(f"the output cannot be written: {problem.strerror}")
    except SystemExit as leaving:  # argparse, after --help or a usage error
        return leaving.code if isinstance(leaving.code, int) else EXIT_DONE
    return code


def reader_has_gone(problem: OSError, *, windows: bool = sys.platform == "win32") -> bool:
    """Whether what reads our output has closed it, as `| head` does; on Windows that is an invalid argument."""
    return isinstance(problem, BrokenPipeError) or (windows and problem.errno == errno.EINVAL)


def _run(words: list[str]) -> int:
    gc.disable()  # nothing that imports make becomes garbage
    try:
        if not words:
            from tui.cli.commands import dashboard

            return dashboard.run(dashboard.nothing_asked())
        from tui.cli.arguments import joined

        name, rest = _command_of(words)
        command: _Command = import_module(f"tui.cli.commands.{name}")
        arguments = command.parser().parse_args(joined(rest))
        if name != DASHBOARD:  # which goes on without until its first picture
            gc.enable()
        return command.run(arguments)
    finally:
        gc.enable()


def _command_of(words: list[str]) -> tuple[str, list[str]]:
    """The command's module and its words. Options may stand before the command: `tiangong --offline status`."""
    if words and words[0] in COMMANDS:
        return words[0], words[1:]
    if COMMANDS.keys().isdisjoint(words):
        return DASHBOARD, words
    from tui.cli.arguments import joined
    from tui.cli.commands import dashboard

    known, _ = dashboard.parser().parse_known_args(joined(words))
    if known.command in COMMANDS:
        at = words.index(known.command)
        return known.command, words[:at] + words[at + 1 :]
    return DASHBOARD, words


def _assert_own_packages() -> None:
    """`sim` is a common name: be sure that it is ours."""
    import sim
    import tui

    ours, theirs = (Path(module.__file__ or "").resolve().parent.parent for module in (tui, sim))
    if ours != theirs:
        raise TiangongError(f"another package named “sim” is in the way: {theirs / 'sim'}")


def _escape_what_cannot_be_written() -> None:
    """A pipe of an older Windows, say, knows no 天: its number is written instead, and nobody sees a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _complain(message: str) -> int:
    print(f"tiangong: {message}", file=sys.stderr)
    return EXIT_COULD_NOT


if __name__ == "__main__":
    sys.exit(main())
