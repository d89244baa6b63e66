"""The base of every dialog: a box in the middle of the screen that is dismissed once; and of those with a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.style import Style
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.compose import compose
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static

from sim.language import _
from tui.config.screen_keys import DIALOGS, bindings
from tui.drawing.colours import depth_of, style_of
from tui.widgets.steady_screen import SteadyScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets.option_list import Option

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
    """A modal screen with a box that is dismissed once.

    One with the class `wide` may be as wide as the terminal: a column of the screen below on each side tells nothing.
    """

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > Vertical, & > VerticalScroll {
            max-width: 96%; height: auto; padding: 0 1; background: $surface;
            border: round $primary; border-title-color: $text-primary; border-subtitle-color: $muted;
        }
        &.wide > Vertical, &.wide > VerticalScroll { max-width: 100%; }
        & Input, & Input:focus { border: tall $border-blurred; }
        /* A list needs columns for the padding of its options, its scroll bar and one wide character: rich ends the
           program where it is to wrap a text to none. */
        & OptionList, & OptionList:focus {
            height: auto; min-width: 6; border: none; padding: 0; background: $surface;
        }
    }
    """

    def muted(self) -> Style:
        """The style of secondary texts in the box."""
        variables = self.app.theme_variables
        ground = Color.parse(variables["surface"])
        return style_of("dim", variables, ground, Style(), depth_of(self.app))

    def action_leave(self) -> None:
        """Close without a result."""
        self.dismiss()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if event.widget is self:
            self.action_leave()


SECONDARY = "not bold"
"""Of what an option says beside its name: paler, it could not be read under the cursor in every theme."""


class CurrentOptions(OptionList):
    """A list that ignores a click on an option that is gone, but still painted.

    Textual 8.2 takes the number of the option from the painted row, and ends the program where the list has become
    shorter than that.
    """

    def on_click(self, event: events.Click) -> None:
        """Do nothing for an option that is gone."""
        option = event.style.meta.get("option")
        if option is not None and option >= self.option_count:
            event.prevent_default()


class ListDialog(Dialog[Result]):
    """A dialog from whose list an option is chosen.

    Attributes:
        heading: In the upper border, marked by `N_` as are the others.
        keys: What they do, in the lower border.
        empty: Instead of a list without options.
    """

    heading: ClassVar[str] = ""
    keys: ClassVar[str] = ""
    empty: ClassVar[str] = ""

    def titles(self) -> tuple[str, str]:
        """Texts of the borders."""
        return _(self.heading), _(self.keys)

    def options(self) -> Iterable[Option]:
        """What can be chosen, in the language of now."""
        raise NotImplementedError  # abstract

    def compose(self) -> ComposeResult:
        options = list(self.options())
        with Vertical() as box:
            box.border_title, box.border_subtitle = self.titles()
            yield CurrentOptions(*options, markup=False) if options else Static(_(self.empty), markup=False)

    def action_move(self, step: int) -> None:
        for options in self.query(OptionList):
            (options.action_cursor_down if step > 0 else options.action_cursor_up)()
