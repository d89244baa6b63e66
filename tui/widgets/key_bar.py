"""The strip below every view: the most important keys of the action table; each can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.config.actions import ACTIONS
from tui.drawing.styled_text import Line, Run, line_width
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from tui.session.frame import Frame

_ALWAYS = {"explain", "help", "quit"}


class KeyBar(Panel):
    """Footer: views first, then actions; sources, help and quit at the right edge."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; border: none; background: $panel; }
    """

    def cache_key(self, frame: Frame) -> object:
        """The name of the open view."""
        return self.app.current_mode

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """As many keys as fit, in the order of the table; views always keep their digits."""
        current = self.app.current_mode
        last = tuple(
            run
            for action in ACTIONS
            if action.id in _ALWAYS
            for run in _entry(action.shown, action.footer, action.action)
        )
        room = width - line_width(last) - 1
        runs: list[Run] = []
        for action in ACTIONS:
            if not action.footer or action.id in _ALWAYS:
                continue
            is_current = action.id == f"view.{current}"
            entry = _entry(action.shown, action.footer, action.action, current=is_current)
            if line_width((*runs, *entry)) > room:
                # Without room for the name of a view its digit remains.
                entry = (Run(f" {action.shown}", "mark" if is_current else "key", f"app.{action.action}"),)
                if not action.id.startswith("view.") or line_width((*runs, *entry)) > room:
                    continue
            runs.extend(entry)
        gap = max(1, width - line_width(tuple(runs)) - line_width(last))
        return [(*runs, Run(" " * gap), *last)]


def _entry(key: str, label: str, action: str, *, current: bool = False) -> Line:
    # An action of the screen goes to the view that is open.
    click = action if action.startswith("screen.") else f"app.{action}"
    return Run(f" {key} ", "mark" if current else "key", click), Run(label, "mark" if current else "", click)
