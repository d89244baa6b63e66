"""Bookmarks: a prompt for the name of a new one, and the list of those that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sim.language import N_, _
from sim.time import iso_z
from tui.config.screen_keys import bindings
from tui.config.state_file import LONGEST_NAME
from tui.views.dialogs.dialog import SECONDARY, Dialog, ListDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from tui.config.state_file import Bookmark


class BookmarkName(Dialog[str | None]):
    """Asks for the name of a bookmark; answers with `None` when left.

    Args:
        suggested: The name if none is typed.
    """

    takes_word = True

    DEFAULT_CSS = "BookmarkName > Vertical { width: 64; }"
    BINDINGS = bindings("While a bookmark is named (b)")

    def __init__(self, suggested: str) -> None:
        super().__init__()
        self._suggested = suggested

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("keep this instant")
            box.border_subtitle = _("Enter keeps it · Esc leaves")
            yield Input(placeholder=self._suggested, max_length=LONGEST_NAME)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or self._suggested)


class BookmarkList(ListDialog["Bookmark | None"]):
    """The bookmarks that are kept; answers with the one to go to.

    Args:
        marks: The bookmarks, the newest is shown first.
        forget: Removes one for good.
    """

    DEFAULT_CSS = """
    BookmarkList > Vertical { width: 72; }
    BookmarkList OptionList { max-height: 80vh; }
    """
    BINDINGS = bindings("In the list of bookmarks (B)")
    heading = N_("bookmarks")
    keys = N_("Enter goes there · d forgets · Esc leaves")
    empty = N_("no bookmark yet: b keeps the instant that is shown")

    def __init__(self, marks: tuple[Bookmark, ...], forget: Callable[[Bookmark], None]) -> None:
        super().__init__()
        self._marks = {str(number): mark for number, mark in enumerate(reversed(marks))}  # by the ids of the options
        self._forget = forget

    def options(self) -> Iterator[Option]:
        for name, mark in self._marks.items():
            when = iso_z(mark.unix_s).replace("T", " ")
            view = f"  {mark.view}" if mark.view else ""
            yield Option(Text.assemble(mark.name, (f"  {when}{view}", SECONDARY)), name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the bookmark under the cursor, unless it was forgotten by the next key of a burst."""
        mark = self._marks.get(event.option.id or "")
        if mark is not None:
            self.dismiss(mark)

    def action_forget(self) -> None:
        for marks in self.query(OptionList):
            option = marks.highlighted_option
            if option is not None and option.id is not None:
                marks.remove_option(option.id)
                self._forget(self._marks.pop(option.id))
