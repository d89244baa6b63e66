"""`tiangong help`, `man` and `completions`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.support.settings_file import write_settings
from tui.cli.commands import COMMANDS, man
from tui.cli.commands.completions import SHELLS, whole_parser
from tui.cli.parser_parts import actions_of, sections_of
from tui.config.settings import Settings
from tui.drawing.styled_text import width
from tui.reference.topics import TOPICS, read_topics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


def test_help_lists_every_topic_with_a_line(run: Run) -> None:
    code, out, err = run("help")
    assert (code, err) == (0, "")
    for topic in read_topics():
        assert f" {topic.name} " in out
        assert topic.summary.split(".")[0].split(",")[0].split()[0] in out


def code_lines(topic: str, run: Run) -> list[str]:
    """The lines of all code of a topic."""
    text = run("help", topic, "--format", "markdown")[1]
    return [line for code in re.findall(r"(?ms)^```[^\n]*\n(.*?)^```$", text) for line in code.splitlines()]


def test_help_leaves_commands_whole_so_that_they_can_be_copied(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("help", "recipes")[1].splitlines()
    code = code_lines("recipes", run)
    assert max(map(len, code)) > 80
    assert [line for line in code if f" {line}".rstrip() not in shown] == []


@pytest.mark.parametrize("name", TOPICS)
def test_help_of_a_topic_fits_the_terminal(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run("help", name)
    assert code == 0
    assert all(len(line) <= 80 for line in set(out.splitlines()) - {f" {line}" for line in code_lines(name, run)})
    assert out == "\n".join(line.rstrip() for line in out.splitlines()) + "\n"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in TOPICS])
def test_help_of_a_command_is_its_own_help(name: str, run: Run) -> None:
    assert run("help", name)[1] == run(name, "--help")[1]


def test_help_as_markdown_and_json_is_the_text_of_the_topic(run: Run) -> None:
    markdown = run("help", "truth", "--format", "markdown")[1]
    assert markdown.startswith("# Truth and errors\n\n")
    shape = json.loads(run("help", "truth", "--format", "json")[1])
    assert shape["text"] == markdown
    assert set(shape) == {"name", "title", "summary", "text"}


def test_help_shows_the_keys_of_the_settings(run: Run) -> None:
    write_settings(Settings(keys={"pass.watch": "f9"}))
    assert "f9 watches the next pass worth seeing" in run("help", "start")[1]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["nonsense"], 1, "there is no topic “nonsense”: there are start, views"),
        (["recipies"], 1, "did you mean recipes?"),
        (["json", "nothing"], 1, "there is no format “nothing”: there are status, track"),
        (["truth", "passes"], 2, "“passes” is too much"),
        (["--format", "json"], 1, "--format json is for one topic"),
    ],
)
def test_help_of_nothing_is_one_clear_line(words: list[str], code: int, says: str, run: Run) -> None:
    found, out, err = run("help", *words)
    assert (found, out) == (code, "")
    assert says in err
    assert err.count("\n") == 1


def test_man_writes_a_page_for_every_command_and_topic(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("man", "--folder", str(tmp_path / "man1"))
    assert code == 0
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "man1").iterdir()}
    assert set(pages) == {"tiangong.1", *(f"tiangong-{name}.1" for name in (*COMMANDS, *TOPICS))}
    assert out == f"{len(pages)} pages in {tmp_path / 'man1'}\n"
    assert run("man", "passes")[1] == pages["tiangong-passes.1"]
    if mandoc := shutil.which("mandoc"):
        lint = subprocess.run(
            [mandoc, "-T", "lint", "-W", "warning", *(tmp_path / "man1").iterdir()],
            capture_output=True, encoding="utf-8", check=False,
        ).stdout  # fmt: skip
        assert [line for line in lint.splitlines() if "missing date" not in line] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_man_page_of_a_command_has_every_option_and_example(name: str, run: Run) -> None:
    page = run("man", name)[1].replace("\\-", "-").replace("\\(aq", "'").replace("\\(ti", "~").replace("\\e", "\\")
    parser = import_module(f"tui.cli.commands.{name}").parser()
    for action in actions_of(parser):
        assert all(option in page for option in action.option_strings)
    assert all(example in page for example in parser.examples)


def test_man_as_man_shows_it(run: Run, tmp_path: Path) -> None:
    program = shutil.which("man")
    if program is None:
        pytest.skip("no man is installed")
    (tmp_path / "tiangong.1").write_text(run("man")[1], "utf-8")
    shown = subprocess.run(
        [program, "-l", str(tmp_path / "tiangong.1")],
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LANG": "C.UTF-8", "MANPAGER": "cat"},
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "mission control for China's space station" in shown.stdout
    assert "--story NAME" in shown.stdout
    assert shown.stderr == ""


def test_man_in_chinese_fills_its_lines_and_has_no_english_heading(run: Run, tmp_path: Path) -> None:
    page = run("--lang", "zh", "man", "passes")[1]
    assert re.findall(r'(?m)^\.SH "(.*)"', page)[:3] == ["名称", "概要", "描述"]
    assert "用法" not in page
    program = shutil.which("man")
    if program is None:
        pytest.skip("no man is installed")
    (tmp_path / "page.1").write_text(page, "utf-8")
    shown = subprocess.run(
        [program, "-l", str(tmp_path / "page.1")],
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LANG": "C.UTF-8", "MANPAGER": "cat"},
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert shown.stderr == ""
    prose = [width(line) for line in shown.stdout.splitlines() if not line.isascii()]
    assert 70 < max(prose) <= 80


def test_about_in_chinese_aligns_its_labels_by_cells(run: Run) -> None:
    lines = run("--lang", "zh", "about", "--at", "2026-10-08")[1].splitlines()
    labels = [re.match(r"\S+ +", line) for line in lines]
    assert {width(label[0]) if label else 0 for label in labels} == {10}
    assert any(line.startswith("轨道根数") for line in lines)


def test_man_of_nothing_and_into_nowhere_is_one_line(run: Run, tmp_path: Path) -> None:
    code, out, err = run("man", "nonsense")
    assert (code, out, err.count("\n")) == (1, "", 1)
    file = tmp_path / "file"
    file.write_text("")
    code, out, err = run("man", "--folder", str(file))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert run("man", "passes", "--folder", str(tmp_path))[0] == 2


def test_sections_of_a_parser_are_those_of_its_help() -> None:
    made = man.parser()
    usual = made.formatter_class
    assert [action.dest for section in sections_of(made) for action in section.actions] == ["page", "help", "folder"]
    assert made.formatter_class is usual


def test_completions_know_every_command_with_all_its_options() -> None:
    commands = next(action for action in actions_of(whole_parser()) if action.dest == "==SUPPRESS==")
    assert isinstance(commands.choices, dict)
    assert list(commands.choices) == list(COMMANDS)
    for name, parser in commands.choices.items():
        own = import_module(f"tui.cli.commands.{name}").parser()
        assert {o for a in actions_of(parser) for o in a.option_strings} == {
            o for a in actions_of(own) for o in a.option_strings
        }


BASH = """
source "$1"
COMP_WORDS=(${@:2}); COMP_CWORD=$(($# - 2))
"$(complete -p tiangong | sed 's/.*-F \\([^ ]*\\).*/\\1/')" tiangong "${COMP_WORDS[COMP_CWORD]}" ""
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shtab

    folder = tmp_path_factory.mktemp("completions")
    for shell in SHELLS:
        (folder / shell).write_text(shtab.complete(whole_parser(), shell), "utf-8")
    return folder


CASES = [
    (("pas",), {"passes"}),
    (("status", "--for"), {"--format"}),
    (("passes", "--format", "i"), {"ics"}),
    (("--view", "c"), {"crew"}),
    (("help", "trut"), {"truth"}),
    (("--story", "rec"), {"record-walk"}),
    (("completions", "f"), {"fish"}),
]


@pytest.mark.parametrize(
    ("words", "expected"), CASES, ids=lambda part: " ".join(part) if isinstance(part, tuple) else ""
)
def test_completions_in_bash(words: tuple[str, ...], expected: set[str], scripts: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash is installed")
    command = [bash, "-c", BASH, "bash", str(scripts / "bash"), "tiangong", *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert set(done.stdout.split()) == expected, done.stderr


@pytest.mark.parametrize(
    ("words", "expected"), CASES, ids=lambda part: " ".join(part) if isinstance(part, tuple) else ""
)
def test_completions_in_fish(words: tuple[str, ...], expected: set[str], scripts: Path) -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("no fish is installed")
    line = "tiangong " + " ".join(words)
    command = [fish, "--no-config", "-c", f"source {scripts / 'fish'}; complete -C {line!r}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert {row.split("\t")[0] for row in done.stdout.splitlines()} == expected, done.stderr


def test_completions_are_read_by_zsh(scripts: Path, tmp_path: Path) -> None:
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("no zsh is installed")
    shutil.copy(scripts / "zsh", tmp_path / "_tiangong")
    ask = f"fpath=({tmp_path} $fpath); autoload -Uz compinit; compinit -u -d {tmp_path}/dump; print $_comps[tiangong]"
    done = subprocess.run([zsh, "-f", "-c", ask], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "_tiangong" or "shtab" in done.stdout, done.stderr


def test_completions_of_another_shell_are_refused(run: Run) -> None:
    code, out, err = run("completions", "csh")
    assert (code, out, err.count("\n")) == (2, "", 1)
