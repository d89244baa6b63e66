"""What reaches the output byte for byte, on systems with other line ends, encodings and pipes."""

from __future__ import annotations

import errno
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from tui.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

AT = ("--at", "2024-12-17T08:00:00Z", "--offline")
PLACE = ("--place", "Karachi")


@pytest.fixture
def windows_output(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """Run the program with an output as a pipe of an older Windows has it: its own line ends, no Chinese."""

    def call(*words: str) -> bytes:
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
        assert main.main(words) == 0
        return raw.getvalue()

    return call


def test_calendar_keeps_its_own_line_ends(windows_output: Callable[..., bytes]) -> None:
    calendar = windows_output("passes", *AT, *PLACE, "--days", "3", "--format", "ics")
    assert b"\r\n" in calendar
    assert b"\r\r\n" not in calendar
    assert calendar.count(b"\n") == calendar.count(b"\r\n")


def test_json_is_utf_8_whatever_the_system_writes(windows_output: Callable[..., bytes]) -> None:
    text = windows_output("crew", *AT, "--format", "json").decode("utf-8")
    assert "\r" not in text
    assert "蔡旭哲" in {member["name_zh"] for member in json.loads(text)["crew"]}


def test_text_is_english_where_the_output_has_no_characters_of_the_language(
    windows_output: Callable[..., bytes],
) -> None:
    text = windows_output("altitude", *AT, "--lang", "zh").decode("cp1252")
    assert "Mean altitude" in text
    assert "\\u" not in text


@pytest.mark.parametrize("words", [("track", "--end", "+2m"), ("eclipses", "--days", "1"), ("passes", *PLACE)])
def test_csv_has_plain_line_ends(windows_output: Callable[..., bytes], words: tuple[str, ...]) -> None:
    assert b"\r" not in windows_output(*words, *AT, "--format", "csv")


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
