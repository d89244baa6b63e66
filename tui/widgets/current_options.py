"""A list whose options may become fewer while it is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual import events


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
