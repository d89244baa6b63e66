"""Containers that their children cover completely: painted as blanks, without borders and contents."""

from __future__ import annotations

from textual.widget import Widget


class Group(Widget, inherit_bindings=False):
    """Widgets one below the other, or as the style sheet of the view lays them out."""

    DEFAULT_CSS = "Group { width: 1fr; height: 1fr; overflow: hidden hidden; }"
    BLANK = True
