"""Few messages at a time: who holds a key down sees the latest word, not a wall of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.notifications import Notify

    _Base = App[int]
else:
    _Base = object  # Textual looks through every class that is an app: a millisecond each

MOST_MESSAGES = 4
"""So many stand on the screen at once; every further one costs a layout of all of them."""


class FewToasts(_Base):
    """An app whose messages make room: the newest takes the place of one with the same title, or of the oldest."""

    def on_notify(self, event: Notify) -> None:
        """Before Textual takes the new message."""
        title = event.notification.title
        standing = [one for one in self._notifications if not title or one.title != title]
        kept = standing[-(MOST_MESSAGES - 1) :]
        for one in list(self._notifications):
            if one not in kept:
                del self._notifications[one]
