"""Groups of panels side by side or one below the other.

The panels cover them. Textual asks them for their rows with each frame all the same, and works out borders, colours and
filters of every row where they are not declared to be blank.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical


class PanelRow(Horizontal):
    """Panels side by side."""

    BLANK = True


class PanelColumn(Vertical):
    """Panels one below the other."""

    BLANK = True
