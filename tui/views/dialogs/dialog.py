"""The base of every dialog: a box in the middle of the screen that is dismissed once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.compose import compose
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList

from tui.config.screen_keys import DIALOGS, bindings
from tui.widgets.steady_screen import SteadyScreen

Result = TypeVar("Result")


class DismissOnce(SteadyScreen, Screen[Result], inherit_bindings=False):
    """A screen that ignores a second dismissal.

    Keys that arrive in one burst, such as Enter twice or Enter and Escape, are all handled before the screen is gone:
    the second of them would give a second result and close the screen below.
    """

    BINDINGS = bindings(DIALOGS)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the screen with a result; does nothing once it is closed or covered by another screen."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    async def retell(self) -> None:
        """Write all of it anew, in the language that is chosen now; cursors and the place in the text are kept."""
        if not self.is_attached:  # closed meanwhile, which may also happen while it is composed again
            return
        cursors = [options.highlighted for options in self.query(OptionList)]
        read = [box.scroll_y / max(box.max_scroll_y, 1) for box in self.query(VerticalScroll)]
        await self.compose_again()
        for options, cursor in zip(self.query(OptionList), cursors, strict=False):
            options.highlighted = cursor

        def scroll() -> None:
            """The text is longer or shorter in the other language: to the same share of it."""
            for box, share in zip(self.query(VerticalScroll), read, strict=False):
                box.scroll_to(y=round(share * box.max_scroll_y), animate=False)

        self.call_after_refresh(scroll)

    async def compose_again(self) -> None:
        """Put new widgets in the place of those there are, which go last: what is under way finds one at any time."""
        old = list(self.query_children("*").exclude(".-textual-system"))
        async with self.batch():
            await self.mount_all(compose(self))
            self.set_focus(None)
            await self.remove_children(old)
        self.focus_next()


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
