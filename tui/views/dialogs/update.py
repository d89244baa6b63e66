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


MOST_LINES = 40
"""Of the steps that are shown."""


class Update(Dialog[None]):
    """Progress while a refresh runs, its report afterwards; Esc cancels, then closes."""

    DEFAULT_CLASSES = "wide"

    DEFAULT_CSS = """
    Update > VerticalScroll { width: 84; max-height: 80%; }
    """

    BINDINGS = bindings("While new data are fetched (u)")

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self._cancel = cancel
        self._lines: list[str] = []
        self._report: RefreshReport | None = None
        self._failure = ""
        self._cancelled = False

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            box.border_title = _("update")
            box.border_subtitle = self._hint()
            yield Static(self._text(), id="log", markup=False)

    @property
    def _done(self) -> bool:
        return self._report is not None or bool(self._failure)

    def _text(self) -> str:
        """The report or why there is none; before that the steps of the refresh."""
        if self._report is not None:
            return "\n".join(self._report.lines()) or _("nothing was asked")
        return self._failure or "\n".join(self._lines[-MOST_LINES:]) or _("asking …")

    def _hint(self) -> str:
        """What Esc does now."""
        if self._done:
            return _("Esc closes")
        return _("cancelling") if self._cancelled else _("Esc cancels")

    def _show(self) -> None:
        self.query_one("#log", Static).update(self._text())
        self.query_one(VerticalScroll).border_subtitle = self._hint()

    def say(self, source: str, words: str) -> None:
        """One step of the refresh."""
        self._lines.append(f"{source}: {words}")
        self._show()

    def finish(self, report: RefreshReport) -> None:
        """Replace the steps by the report."""
        self._report = report
        self._show()

    def fail(self, words: str) -> None:
        """The refresh could not run at all."""
        self._failure = words
        self._show()

    def action_leave(self) -> None:
        """Cancel what runs; close when nothing does."""
        if self._done:
            self.dismiss()
        else:
            self._cancelled = True
            self._cancel()
            self._show()
