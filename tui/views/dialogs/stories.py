"""The list of stories, from which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sim.language import _
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sim.stories.library import Cover


class StoryList(Dialog[str | None]):
    """The embedded stories; answers with the name of one, or with `None` when left.

    Args:
        covers: What is said about each.
    """

    DEFAULT_CSS = """
    StoryList > Vertical { width: 76; }
    StoryList OptionList { max-height: 18; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("In the list of stories (S)")

    def __init__(self, covers: tuple[Cover, ...]) -> None:
        super().__init__()
        self._covers = covers

    def compose(self) -> ComposeResult:
        """Title and summary of each."""
        with Vertical() as box:
            box.border_title = _("the station's story")
            box.border_subtitle = _("Enter tells it · Esc leaves")
            yield OptionList(*map(_option, self._covers))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the name of the story under the cursor."""
        self.dismiss(self._covers[event.option_index].name)

    def action_move(self, step: int) -> None:
        """Move the cursor up or down."""
        stories = self.query_one(OptionList)
        (stories.action_cursor_down if step > 0 else stories.action_cursor_up)()


def _option(cover: Cover) -> Option:
    return Option(
        Text.assemble(
            (_(cover.title), "bold"),
            (_("  {steps} steps\n").format(steps=cover.steps), "dim"),
            (_(cover.summary), "dim"),
        )
    )
