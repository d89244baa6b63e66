"""The base of every view: header above, keys below, and frames handed to whatever panels it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.panel import Showing
from tui.panels.header import Header
from tui.panels.keybar import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.frame import Frame


class View(Screen[None]):
    """One of the seven views. Subclasses compose their `body`; panels in it get every frame."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own form
        (0, "-narrow"),
        (100, "-normal"),
        (150, "-wide"),
        (220, "-huge"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (31, "-middle"), (42, "-tall")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Header, body, keys."""
        yield Header(id="header")
        yield from self.body()
        yield KeyBar(id="keybar")

    def body(self) -> ComposeResult:
        """What the view is about."""
        yield from ()

    def show(self, frame: Frame) -> None:
        """Hand a frame to every panel that is on the screen."""
        for widget in self.walk_children():
            if isinstance(widget, Showing):
                widget.show(frame)

    def start_filter(self) -> bool:
        """Open the view's filter; false where it has nothing to filter."""
        return False
