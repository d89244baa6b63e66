"""The help of the parsers in both languages: lines as wide as the terminal, broken where a reader expects it."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from sim.language import use
from tui.cli.commands import COMMANDS, DASHBOARD
from tui.drawing.styled_text import width

CODES = ("en", "zh_CN")
NO_LINE_BEGINS_WITH = tuple("，。、；：？！”’）》」…")
NAMES = re.compile(r"^  \S.*?(?=  |$)")
"""An argument, an example, or a command before its summary."""

LONGEST_WORDS = ("Asia/Shanghai", "apparent_elevation_deg", ".json")


def flowing_lines(code: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The help of all commands without their usage; examples and names of arguments are blanks."""
    monkeypatch.setenv("COLUMNS", str(columns))
    use(code)
    lines: list[str] = []
    for name in (DASHBOARD, *COMMANDS):
        text = import_module(f"tui.cli.commands.{name}").parser().format_help()
        lines += text.partition("\n\n")[2].splitlines()
    return [NAMES.sub(lambda found: " " * len(found[0]), line) for line in lines]


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("code", CODES)
def test_help_of_commands_fits_the_terminal_and_fills_it(
    code: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths = [width(line) for line in flowing_lines(code, columns, monkeypatch) if line.strip()]
    beside = [cells for cells in widths if cells <= columns]
    assert len(beside) > 0.97 * len(widths)  # some summaries of commands are longer than a narrow terminal
    assert max(beside) >= columns - 3  # the margin, and half a wide character
    assert sum(cells > columns - 12 for cells in beside) > 20


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_help_in_chinese_breaks_no_word_and_begins_no_line_with_a_comma(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = flowing_lines("zh_CN", columns, monkeypatch)
    assert not [line for line in lines if line.strip().startswith(NO_LINE_BEGINS_WITH)]
    whole = "\n".join(lines)
    for word in LONGEST_WORDS:
        pieces = r"\s*".join(map(re.escape, word))
        assert set(re.findall(pieces, whole)) == {word}


def test_help_in_chinese_sentences_stand_without_blanks_between(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = flowing_lines("zh_CN", 400, monkeypatch)
    assert not [line for line in lines if re.search("[。；]  *[^\x00-\x7f]", line.strip())]
