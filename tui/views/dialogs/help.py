"""The help screen: every key from the tables, and what the words on the screen mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.keys import format_key
from textual.widgets import Static

from tui.config.actions import groups
from tui.config.screen_keys import SCREENS, bindings
from tui.config.words import WORDS
from tui.views.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult


class Help(Dialog[None]):
    """Keys by group, those of single screens, then the words.

    Args:
        own: The person's own keys, comma separated, by the ids of the actions.
    """

    DEFAULT_CSS = """
    Help > VerticalScroll { width: 90; max-height: 92%; padding: 0 2; }
    Help .head { color: $text-primary; text-style: bold; margin-top: 1; }
    """

    BINDINGS = bindings("In this help (?)")

    def __init__(self, own: Mapping[str, str]) -> None:
        super().__init__()
        self._own = {name: " ".join(map(format_key, keys.split(","))) for name, keys in own.items()}

    def action_scroll_lines(self, step: int) -> None:
        """Read on, or back, by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def compose(self) -> ComposeResult:
        """One table after the other."""
        with VerticalScroll() as box:
            box.border_title = "help"
            box.border_subtitle = "Esc closes"
            for group, actions in groups().items():
                yield Static(group, classes="head", markup=False)
                yield Static("\n".join(f"{self._own.get(a.id, a.shown):>10}  {a.title}" for a in actions), markup=False)
            for heading, keys in SCREENS.items():
                yield Static(heading, classes="head", markup=False)
                yield Static("\n".join(f"{key.shown:>10}  {key.title}" for key in keys), markup=False)
            yield Static("Words", classes="head", markup=False)
            yield Static("\n".join(f"{word:>13}  {meaning}" for word, meaning in WORDS), markup=False)
