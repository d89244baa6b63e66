"""Hello world in Textual: the cost of a start that every dashboard has."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("Hello, world!")


if __name__ == "__main__":
    Hello().run()
