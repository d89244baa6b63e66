"""The help screen: every key from the tables, and what the words on the screen mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.keys import format_key
from textual.widgets import Input, Static

from tui.config.actions import VIEWS, groups
from tui.config.screen_keys import SCREENS, bindings
from tui.config.words import WORDS
from tui.views.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult


TWO_COLUMNS_FROM = 190
"""Columns of a terminal in which the help stands in two columns."""


class Section(Vertical):
    """A heading and its lines; those that hold a text that is looked for, where one is.

    Args:
        heading: Above the lines.
        lines: What is told.
    """

    def __init__(self, heading: str, lines: list[str]) -> None:
        super().__init__()
        self._heading = heading
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Heading and lines."""
        yield Static(self._heading, classes="head", markup=False)
        yield Static("\n".join(self._lines), classes="lines", markup=False)

    def find(self, wanted: str) -> None:
        """Show only the lines that hold a text, upper or lower case; all of them for one that the heading holds."""
        key = wanted.casefold().strip()
        found = self._lines if key in self._heading.casefold() else [t for t in self._lines if key in t.casefold()]
        self.display = bool(found)
        self.query_one(".lines", Static).update("\n".join(found))


class Help(Dialog[None]):
    """The keys of the open view, those of all views by group, those of other screens, then the words.

    Args:
        own: The person's own keys, comma separated, by the ids of the actions.
        view: Name of the open view, whose keys come first.
    """

    DEFAULT_CSS = """
    Help > VerticalScroll {
        width: 90; max-height: 92%; padding: 0 2;
        &.-wide { width: 178; }
        & > #columns { height: auto; layout: horizontal; }
        & > #columns > Vertical { width: 1fr; height: auto; }
        & Section { height: auto; }
        & #find { display: none; height: 1; border: none; background: $panel; }
    }
    Help .head { color: $text-primary; text-style: bold; margin-top: 1; }
    """

    BINDINGS = bindings("In this help (?)")
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, own: Mapping[str, str], view: str = "") -> None:
        super().__init__()
        self._own = {name: " ".join(map(format_key, keys.split(","))) for name, keys in own.items()}
        self._digit = f"({VIEWS.index(view) + 1})" if view in VIEWS else "()"

    def action_scroll_lines(self, step: int) -> None:
        """Read on, or back, by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def action_find(self) -> None:
        """Ask for a text to look for."""
        line = self.query_one("#find", Input)
        line.display = True
        line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds the text."""
        for section in self.query(Section):
            section.find(event.value)

    def on_input_submitted(self) -> None:
        """The keys scroll again; what was found stays."""
        self.query_one(VerticalScroll).focus()

    def compose(self) -> ComposeResult:
        """One table after the other, in two columns where there is room."""
        first, second = self._sections()
        wide = self.app.size.width >= TWO_COLUMNS_FROM
        with VerticalScroll(classes="-wide" if wide else "") as box:
            box.border_title = "help"
            box.border_subtitle = "/ finds a key or a word · Esc closes"
            yield Input(id="find", placeholder="part of a key, an action, a word", compact=True)
            if not wide:
                yield from (*first, *second)
                return
            with Horizontal(id="columns"):
                yield Vertical(*first)
                yield Vertical(*second)

    def _sections(self) -> tuple[list[Section], list[Section]]:
        """Those of this view and of all views; those of other screens and the words."""
        local = {
            heading: Section(heading, [f"{key.shown:>10}  {key.title}" for key in keys])
            for heading, keys in SCREENS.items()
        }
        here = [section for heading, section in local.items() if self._digit in heading]
        general = [
            Section(group, [f"{self._own.get(a.id, a.shown):>10}  {a.title}" for a in actions])
            for group, actions in groups().items()
        ]
        words = Section("Words", [f"{word:>13}  {meaning}" for word, meaning in WORDS])
        return [*here, *general], [*(section for section in local.values() if section not in here), words]
