"""Every example of README, help topics and commands, and what is needed to run it as on one day, without a network."""

from __future__ import annotations

import os
import re
import shlex
import stat
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sim.time import parse_instant
from tui.cli.arguments import Parser, split_command
from tui.cli.commands import COMMANDS, DASHBOARD
from tui.reference.topics import read_topics

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TODAY = parse_instant("2026-10-08T00:00:00Z")
"""What “now” is in an example: a day that the embedded elements cover."""

STUBS = ("notify-send",)
"""Programs of a desktop that an example calls: they note how they were called."""

_SHELL_SIGNS = re.compile(r"[|&;<>$`()*?~#\n]")


@dataclass(frozen=True)
class Example:
    """A block of a text, or a line of a command's help.

    Attributes:
        origin: Where it stands.
        language: The first word after the fence; `sh` for a command.
        kind: The words after that.
        text: As written.
    """

    origin: str
    language: str
    kind: str
    text: str

    @property
    def words(self) -> list[str] | None:
        """The arguments of `tiangong` where it is one call without any help of a shell; else None."""
        if self.language != "sh" or self.kind or _SHELL_SIGNS.search(self.text):
            return None
        program, *words = shlex.split(self.text)
        return words if program == "tiangong" else None

    @property
    def opens_dashboard(self) -> list[list[str]]:
        """The calls in it that open the dashboard in a terminal."""
        calls = [shlex.split(line)[1:] for line in self.text.splitlines() if line.startswith("tiangong")]
        return [
            words
            for words in calls
            if self.language == "sh" and split_command(words).command not in COMMANDS and "--plain" not in words
        ]


def fenced(origin: str, markdown: str) -> Iterator[Example]:
    """The blocks of a text; each says in which language it is."""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "fence":
            language, _, kind = token.info.partition(" ")
            yield Example(origin, language, kind, token.content.rstrip("\n"))


def all_examples() -> list[Example]:
    """Those of the README, of the topics, and of every command."""
    found = list(fenced("README", (ROOT / "README.md").read_text("utf-8")))
    for topic in read_topics():
        found += fenced(f"help {topic.name}", topic.text)
    for name in (DASHBOARD, *COMMANDS):
        parser = import_module(f"tui.cli.commands.{name}").parser()
        assert isinstance(parser, Parser)
        found += [Example(f"{name} --help", "sh", "", line) for line in parser.examples]
    return found


def make_programs(folder: Path) -> None:
    """Programs for the shell: `tiangong` as on that day, and the stubs."""
    folder.mkdir()
    program = (
        f"exec {shlex.quote(sys.executable)} -P {shlex.quote(str(Path(__file__).with_name('example_program.py')))}"
    )
    texts = {"tiangong": f'{program} "$@"'}
    texts |= {name: f'printf "%s\\n" "$*" >> "$HOME/{name}.log"' for name in STUBS}
    for name, text in texts.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)


SETTINGS = """
[place]
name = "Islamabad"
latitude_deg = 33.7215
longitude_deg = 73.0433
timezone = "Asia/Karachi"
"""
"""What somebody has chosen who has set a place once, as the recipes say."""


def make_home(folder: Path) -> None:
    """The home of such a person."""
    config = folder / ".config" / "tiangong"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(SETTINGS)


def environment(home: Path, programs: Path, **more: str) -> dict[str, str]:
    """A person's environment: a home, a place, and nothing that this machine has set."""
    return {
        "HOME": str(home),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "TZ": "Asia/Karachi",
        "TIANGONG_OFFLINE": "1",
        "EXAMPLE_NOW": str(TODAY),
        **more,
    }
