"""How the output ends on other systems."""

from __future__ import annotations

import errno

import pytest

from tui.cli import main


@pytest.mark.parametrize(
    ("problem", "windows", "gone"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), False, True),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), True, True),
        (OSError(errno.EINVAL, "Invalid argument"), True, True),
        (OSError(errno.EINVAL, "Invalid argument"), False, False),
        (OSError(errno.ENOSPC, "No space left on device"), True, False),
    ],
)
def test_reader_has_gone_windows_errors_are_recognised(problem: OSError, *, windows: bool, gone: bool) -> None:
    assert main.reader_has_gone(problem, windows=windows) is gone
