"""The command line: finds the command, runs it, and turns every error into one line and an exit code.

Exit codes: 0 done, 1 could not, 2 wrong usage, 130 interrupted. Data go to stdout, messages to stderr. A command's
module is imported when that command runs, and Textual only when a screen is needed.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sim.errors import LanguageError, TiangongError
from sim.language import ENGLISH, _, language_name, use
from tui.cli.commands import COMMANDS, DASHBOARD
from tui.cli.encoding import can_write, prepare_for_data, prepare_for_text
from tui.config.chosen_language import chosen_language, without_language
from tui.session.garbage_collection import collection_paused, resume_collection

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

EXIT_DONE, EXIT_COULD_NOT, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130

_OUTPUT_ERRORS = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF}
"""Errors of whatever stdout is connected to, such as a full disk; our own files are handled where they are written."""


class _Command(Protocol):
    """Every module in `tui.cli.commands` that the table names."""

    def parser(self) -> argparse.ArgumentParser:
        """The parser of its arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int | None:
        """Run it; returns the exit code, None for done."""
        ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        _assert_own_packages()
        prepare_for_text(sys.stdout)
        words, wanted = without_language(words)
        use(chosen_language(wanted))
        if not can_write(sys.stdout, language_name()):
            use(ENGLISH)  # in an encoding without its characters a language is numbers and nothing else
        code = _run(words)
        if sys.stdout is not None:  # as it is after `>&-`
            sys.stdout.flush()
    except LanguageError as error:  # of `--lang`
        _report(str(error))
        return EXIT_USAGE
    except TiangongError as error:
        return _report(str(error))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        gone = reader_has_gone(error)
        if not gone and error.errno not in _OUTPUT_ERRORS:
            raise
        # Python would complain again when it closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE if gone else _report(_("the output cannot be written: {reason}").format(reason=error.strerror))
    except SystemExit as leaving:  # argparse, after --help or a usage error
        return leaving.code if isinstance(leaving.code, int) else EXIT_DONE
    return code


def reader_has_gone(error: OSError, *, windows: bool = sys.platform == "win32") -> bool:
    """Whether the reader of our output has closed it, as `| head` does; on Windows that is an invalid argument."""
    return isinstance(error, BrokenPipeError) or (windows and error.errno == errno.EINVAL)


def _run(words: list[str]) -> int:
    with collection_paused():
        if not words:  # argparse would take a fiftieth of the start
            from tui.cli.commands import dashboard

            return dashboard.open_dashboard(dashboard.DashboardArguments())
        name, rest = _command_of(words)
        command: _Command = import_module(f"tui.cli.commands.{name}")
        arguments = command.parser().parse_args(rest)
        if name != DASHBOARD:  # which enables it after its first picture
            resume_collection()
        if getattr(arguments, "format", "text") != "text":
            prepare_for_data(sys.stdout)
        return command.run(arguments) or EXIT_DONE


def _command_of(words: list[str]) -> tuple[str, list[str]]:
    """The command's module and its words. Options may stand before the command: `tiangong --offline status`."""
    from tui.cli.arguments import split_command

    line = split_command(words)
    if line.command not in COMMANDS:
        return DASHBOARD, words
    if line.command == "serve" and line.before:  # they are the dashboard's
        own = ("--",) if "--" not in line.after else ()
        return line.command, [*line.after, *own, *line.before]
    return line.command, [*line.before, *line.after]


def _assert_own_packages() -> None:
    """`sim` is a common name: make sure that the package imported is ours."""
    import sim
    import tui

    ours, theirs = (Path(module.__file__ or "").resolve().parent.parent for module in (tui, sim))
    if ours != theirs:
        raise TiangongError(_("another package named “sim” is in the way: {path}").format(path=theirs / "sim"))


def _report(message: str) -> int:
    print(f"tiangong: {message}", file=sys.stderr)
    return EXIT_COULD_NOT


if __name__ == "__main__":
    sys.exit(main())
