"""What the collaborators of the app need of it: a protocol, so that tests need no app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.session.host import Host
from tui.views.dialogs.opener import Screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.views.base import ViewContext


class AppHost(Host, Screens, Protocol):
    """Runs work, takes messages, draws frames, and has the screens."""

    def pop_screen(self) -> object:
        """Close the uppermost screen."""
        ...

    def call_later(self, callback: Callable[[], None]) -> object:
        """Call a function after the messages that wait."""
        ...

    def cancel_search(self, group: str) -> None:
        """Cancel the background work of a group."""
        ...

    def view_context(self) -> ViewContext:
        """What a view begins with."""
        ...
