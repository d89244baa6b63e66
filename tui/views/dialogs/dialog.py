"""The base of every dialog: a box in the middle of the screen that is dismissed once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from tui.widgets.steady_screen import SteadyScreen

Result = TypeVar("Result")


class DismissOnce(SteadyScreen, Screen[Result], inherit_bindings=False):
    """A screen that ignores a second dismissal.

    Keys that arrive in one burst, such as Enter twice or Enter and Escape, are all handled before the screen is gone:
    the second of them would give a second result and close the screen below.
    """

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the screen with a result; does nothing once it is closed or covered by another screen."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Dialog(ModalScreen[Result], DismissOnce[Result]):
    """A modal screen with a box that is dismissed once."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > Vertical, & > VerticalScroll {
            max-width: 96%; height: auto; padding: 0 1; background: $surface;
            border: round $primary; border-title-color: $text-primary; border-subtitle-color: $foreground 62%;
        }
        & Input, & Input:focus { border: tall $border-blurred; }
        /* A list needs columns for the padding of its options, its scroll bar and one wide character: rich ends the
           program where it is to wrap a text to none. */
        & OptionList, & OptionList:focus {
            height: auto; min-width: 6; border: none; padding: 0; background: $surface;
        }
    }
    """
