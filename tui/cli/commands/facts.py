"""`tiangong facts check`: look through a file of one's own facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import Parser, add_common
from tui.config.settings import config_dir

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    made = Parser(
        "facts",
        _("Check a file (TOML or JSON) or a folder of your own facts before the chronicle takes them in."),
        ["tiangong facts check", "tiangong facts check crew.toml"],
        _("Files in {folder} are merged over the embedded chronicle and marked as yours.").format(
            folder=config_dir() / "facts"
        ),
    )
    made.add_argument("action", choices=("check",), help=_("what to do"))
    made.add_argument("path", nargs="?", type=Path, help=_("file or folder; default your own folder of facts"))
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each problem; 1 if there is any."""
    from sim.chronicle.user_facts import check_facts_file
    from tui.session.loading import FACTS_FOLDER, load_chronicle

    own = config_dir() / FACTS_FOLDER
    path = arguments.path or own
    if path == own and not own.exists():
        print(_("{path}: no facts of your own").format(path=own))
        return 0
    problems = check_facts_file(path) if path != own else load_chronicle()[1]
    print("\n".join(problems) if problems else _("{path}: all of it can be used").format(path=path))
    return 1 if problems else 0
