"""`tiangong completions`: scripts with which bash, zsh and fish complete commands, options and their values."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import Parser, file_path
from tui.cli.commands import COMMANDS, dashboard
from tui.cli.parser_parts import actions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SHELLS = ("bash", "zsh", "fish")


def parser() -> Parser:
    made = Parser(
        "completions",
        _("A script for your shell that completes commands, options and their values."),
        ["tiangong completions bash", "tiangong completions zsh > _tiangong", "tiangong completions fish"],
        _("tiangong help commands says where each shell looks for it."),
    )
    made.add_argument("shell", choices=SHELLS, help=_("which shell"))
    return made


def run(arguments: argparse.Namespace) -> None:
    import shtab

    print(shtab.complete(whole_parser(), arguments.shell))


def whole_parser() -> argparse.ArgumentParser:
    """One parser of the whole program, only to be looked at: each command is a parser of its own."""
    whole = argparse.ArgumentParser(prog="tiangong", description=dashboard.parser().description)
    dashboard.add_options(whole)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        own: argparse.ArgumentParser = import_module(f"tui.cli.commands.{name}").parser()
        commands.add_parser(name, parents=[own], add_help=False, help=_(purpose), description=own.description)
    for action in (action for one in (whole, *commands.choices.values()) for action in actions_of(one)):
        _complete(action)
    return whole


def _complete(action: argparse.Action) -> None:
    """Set where the values of an argument come from: files, or a list that the parser does not enforce."""
    import shtab

    from sim.stories.library import NAMES
    from tui.drawing.themes import CYCLE
    from tui.reference.schemas import FORMATS
    from tui.reference.topics import TOPICS

    known: dict[str, Iterable[str]] = {
        "theme": CYCLE,
        "story": NAMES,
        "topic": dict.fromkeys((*TOPICS, *COMMANDS)),
        "name": FORMATS,
        "page": dict.fromkeys((*COMMANDS, *TOPICS)),
    }
    if action.type in {Path, file_path} or action.dest == "output":
        action.complete = shtab.DIRECTORY if action.dest == "folder" else shtab.FILE  # type: ignore[attr-defined]
    elif action.choices is None and action.dest in known:
        action.choices = tuple(known[action.dest])
