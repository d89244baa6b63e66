"""What a parser holds, for man pages and completions: argparse tells it to whatever formats its help."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Section(msgspec.Struct, frozen=True):
    """A group of arguments under its heading."""

    heading: str
    actions: list[argparse.Action]


def sections_of(parser: argparse.ArgumentParser) -> list[Section]:
    """The groups of arguments in the order of the help; empty ones are left out."""
    found: list[Section] = []

    class Recorder(argparse.HelpFormatter):
        """Records the groups and arguments it is given, and formats nothing."""

        def start_section(self, heading: str | None) -> None:
            found.append(Section(heading or "", []))

        def end_section(self) -> None:
            pass

        def add_arguments(self, actions: Iterable[argparse.Action]) -> None:
            found[-1].actions.extend(actions)

    usual = parser.formatter_class
    parser.formatter_class = Recorder
    try:
        parser.format_help()
    finally:
        parser.formatter_class = usual
    return [section for section in found if section.actions]


def actions_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """All its arguments."""
    return [action for section in sections_of(parser) for action in section.actions]
