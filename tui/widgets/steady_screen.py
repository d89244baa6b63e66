"""A screen that lays out the size the terminal has and no older one, and that can be left while it is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.await_remove import AwaitRemove
    from textual.message import Message
    from textual.widget import Widget as Part
else:
    Part = object  # every further class of widgets costs a fifth of a millisecond of the start


class SteadyScreen(Part):
    """A part of screens, which then ignore sizes other than the app's and are not set up after the app has been left.

    A layout tells the screen its own new size by another `Resize`. When two sizes wait in the queue at once, as while a
    window is dragged, each layout posts its size behind the other one, and a screen of Textual 8.2 lays out both in
    turn for ever: no key is answered any more.
    """

    takes_word = False
    """Whether it opens with an input, for which letters are that are typed before it is there."""

    def post_message(self, message: Message) -> bool:
        """Queue a message, unless it is a size that the terminal no longer has."""
        if isinstance(message, events.Resize) and message.size != self.app.size:
            return False
        return super().post_message(message)

    def remove(self) -> AwaitRemove:
        """Remove the screen, as the app does with one that is closed, and let go of all rows that were painted of it.

        Textual 8.2 keeps the painted rows of the last 1024 widgets, of removed ones too: the cache of
        `StylesCache.get_inner_outer` holds the object that they are kept in.
        """
        for widget in self.walk_children(Widget, with_self=True):
            widget.refresh()
            if widget.show_vertical_scrollbar:
                widget.vertical_scrollbar.refresh()
        return super().remove()

    async def on_event(self, event: events.Event) -> None:
        """Handle an event, except for the mounting of a screen while the app exits.

        Textual does not mount the children of a screen any more once the app exits, and still sends `Mount`, whose
        handlers would not find them.
        """
        if isinstance(event, events.Mount) and self.app.return_code is not None:
            return
        await super().on_event(event)
