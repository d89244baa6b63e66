"""Few notifications at a time: whoever holds a key down sees the newest, not a screen full of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.notifications import Notification, Notifications

MOST_MESSAGES = 4
"""So many stand on the screen at once; every further one costs a layout of all of them."""


def make_room(shown: Notifications, new: Notification) -> None:
    """Remove what a new notification replaces: those of the same title, and the oldest where there are too many."""
    standing = [one for one in shown if not new.title or one.title != new.title]
    kept = standing[-(MOST_MESSAGES - 1) :]
    for one in list(shown):
        if one not in kept:
            del shown[one]
