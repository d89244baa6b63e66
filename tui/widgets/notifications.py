"""Limits the number of notifications on the screen, so that a key held down does not fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.notifications import Notification
    from textual.widget import Widget

MOST_MESSAGES = 4
"""So many stand on the screen at once; every further one costs a layout of all of them."""


class NotificationLimit:
    """Remembers which notifications have been shown, and has older ones expire when new ones come."""

    def __init__(self) -> None:
        self._shown: list[Notification] = []
        self._toasts: list[Widget] = []

    @property
    def standing(self) -> list[Notification]:
        """The notifications on the screen, oldest first."""
        return [one for one in self._shown if not one.has_expired]

    def make_room(self, new: Notification) -> None:
        """End what a notification replaces: those of the same title, and the oldest where there are too many.

        Textual removes an expired notification from the screen when it adds the next one.
        """
        standing = self.standing
        others = [one for one in standing if not new.title or one.title != new.title]
        kept = others[-(MOST_MESSAGES - 1) :]
        for one in standing:
            if one not in kept:
                one.timeout = 0.0
        self._shown = [*kept, new]

    def release_removed(self, toasts: Iterable[Widget]) -> None:
        """Free the painted rows of toasts that have left the screen.

        Textual 8.2 keeps the rows of removed widgets, see `SteadyScreen.remove`; a refresh drops them.

        Args:
            toasts: Those on the screen now.
        """
        for toast in self._toasts:
            if not toast.is_attached:
                toast.refresh()
        self._toasts = list(toasts)
