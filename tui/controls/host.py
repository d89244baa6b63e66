"""What the collaborators of the app need of it: a protocol, so that tests need no app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from tui.session.host import Host

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.screen import Screen
    from textual.widget import Widget

    from sim.sources.registry import SourceSettings
    from tui.views.base import ViewContext

Result = TypeVar("Result")


class AppHost(Host, Protocol):
    """Runs work, takes messages, draws frames, and has the screens and the modes, which are the views."""

    theme: str

    @property
    def current_mode(self) -> str:
        """Name of the open view."""

    @property
    def screen_stack(self) -> Sequence[Screen[object]]:
        """The screens, the uppermost last."""

    @property
    def screen(self) -> Screen[object]:
        """The uppermost screen."""

    @property
    def focused(self) -> Widget | None:
        """The widget with the focus."""

    @property
    def is_web(self) -> bool:
        """Whether the screen is shown in a browser, on a machine that is not the person's."""

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to put a text into the clipboard."""

    def action_view(self, name: str) -> None:
        """Open a view."""

    def switch_mode(self, mode: str) -> object:
        """Show the screens of a mode."""

    def push_screen(
        self, screen: Screen[Result], callback: Callable[[Result | None], None] | None = None
    ) -> Awaitable[None]:
        """Open a screen; the callback gets its result."""

    def pop_screen(self) -> object:
        """Close the uppermost screen."""

    def call_later(self, callback: Callable[[], object]) -> object:
        """Call a function after the messages that wait."""

    def call_after_refresh(self, callback: Callable[[], object]) -> bool:
        """Call a function when the screen has been laid out."""

    def cancel_search(self, group: str) -> None:
        """Cancel the background work of a group."""

    def view_context(self) -> ViewContext:
        """What a new view is made with."""

    def source_settings(self) -> SourceSettings:
        """Which sources the person allows."""

    def name_object(self) -> None:
        """Write the object that is followed into the title."""
