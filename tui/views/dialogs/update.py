"""Fetch now: what is asked, what came, what it changed, and when the next time is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from sim.language import _
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from sim.sources.refresh_report import RefreshReport


class Update(Dialog[None]):
    """Progress while a refresh runs, its report afterwards; Esc cancels, then closes.

    Args:
        cancel: Stops the refresh.
    """

    DEFAULT_CSS = """
    Update > VerticalScroll { width: 84; max-height: 80%; }
    """

    BINDINGS = bindings("While new data are fetched (u)")

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self._cancel = cancel
        self._lines: list[str] = []
        self._done = False

    def compose(self) -> ComposeResult:
        """The text, which grows while the refresh runs."""
        with VerticalScroll() as box:
            box.border_title = "update"
            box.border_subtitle = _("Esc cancels")
            yield Static("asking …", id="log", markup=False)

    def say(self, source: str, words: str) -> None:
        """One step of the refresh."""
        if self._done:
            return
        self._lines.append(f"{source}: {words}")
        self.query_one("#log", Static).update("\n".join(self._lines[-40:]))

    def finish(self, report: RefreshReport) -> None:
        """Replace the steps by the report."""
        self._done = True
        text = "\n".join(report.lines()) or _("nothing was asked")
        self.query_one("#log", Static).update(text)
        self.query_one(VerticalScroll).border_subtitle = _("Esc closes")

    def fail(self, words: str) -> None:
        """The refresh could not run at all."""
        self._done = True
        self.query_one("#log", Static).update(words)
        self.query_one(VerticalScroll).border_subtitle = _("Esc closes")

    def action_leave(self) -> None:
        """Cancel what runs; close when nothing does."""
        if self._done:
            self.dismiss()
        else:
            self._cancel()
            self.query_one(VerticalScroll).border_subtitle = "cancelling"
