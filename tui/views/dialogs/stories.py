"""The list of stories, from which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets.option_list import Option

from sim.language import N_, _
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import SECONDARY, ListDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widgets import OptionList

    from sim.stories.library import Cover


class StoryList(ListDialog[str | None]):
    """The embedded stories; answers with the name of one, or with `None` when left."""

    DEFAULT_CLASSES = "wide"

    DEFAULT_CSS = """
    StoryList > Vertical { width: 80; }
    StoryList OptionList { max-height: 80vh; }
    """
    BINDINGS = bindings("In the list of stories (S)")
    heading = N_("the station's story")
    keys = N_("Enter tells it · Esc leaves")

    def __init__(self, covers: tuple[Cover, ...]) -> None:
        super().__init__()
        self._covers = covers

    def options(self) -> Iterator[Option]:
        for cover in self._covers:
            steps = _("  {steps} steps\n").format(steps=cover.steps)
            text = Text.assemble((_(cover.title), "bold"), (steps, SECONDARY), (_(cover.summary), SECONDARY))
            yield Option(text, cover.name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)
