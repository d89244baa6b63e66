"""A screen that lays out the size the terminal has and no older one, and that can be left while it is built."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from rich.cells import cached_cell_len
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.await_remove import AwaitRemove
    from textual.geometry import Size
    from textual.message import Message
    from textual.widget import Widget as Part
else:
    Part = object  # every further class of widgets costs a fifth of a millisecond of the start

LAYOUT_EVERY_S = 0.1
"""While a window is dragged, its sizes are laid out so often at most: each takes as long as some frames."""

KEYS_SHARE, LONGEST_PAUSE_S = 3.0, 0.5
"""Where a layout takes longer, so many times as long is left to keys before the next one, but no longer than so: the
picture shall follow the window."""


class SteadyScreen(Part):
    """A part of screens, which then ignore sizes other than the app's and are not set up after the app has been left.

    A layout tells the screen its own new size by another `Resize`. When two sizes wait in the queue at once, as while a
    window is dragged, each layout posts its size behind the other one, and a screen of Textual 8.2 lays out both in
    turn for ever: no key is answered any more.
    """

    takes_word = False
    """Whether it opens with an input, for which letters are that are typed before it is there."""

    _styled_as = ""
    _laid_out: Size | None = None
    _next_layout_s = 0.0
    _waits = False

    def post_message(self, message: Message) -> bool:
        """Queue a message, unless it is a size that the terminal no longer has or that is laid out.

        Of the sizes of a burst the first is laid out at once, then the last one after each pause, see `layout_pause_s`.
        """
        if not isinstance(message, events.Resize):
            return super().post_message(message)
        if message.size != self.app.size or message.size == self._laid_out:
            return False
        wait_s = self._next_layout_s - monotonic()
        if wait_s <= 0.0:
            return super().post_message(message)
        if not self._waits:
            self._waits = True
            self.set_timer(wait_s, self._lay_out_last)
        return True

    @property
    def layout_is_due(self) -> bool:
        """Whether a size waits until `LAYOUT_EVERY_S` is over."""
        return self._waits

    def _lay_out_last(self) -> None:
        """Lay out the size that the terminal has after some of a burst."""
        self._waits = False
        self.post_message(events.Resize(self.app.size, self.app.size))

    def remove(self) -> AwaitRemove:
        """Remove the screen, as the app does with one that is closed, and let go of all rows that were painted of it.

        Textual 8.2 keeps the painted rows of the last 1024 widgets, of removed ones too: the cache of
        `StylesCache.get_inner_outer` holds the object that they are kept in. It also keeps 16,384 styles, and a dialog
        has a darker one of every style below it; those that are still in use know their escape sequences themselves.
        Of regions, which are cheap to compute again, it keeps some twenty thousand.
        """
        Strip.render_ansi.cache_clear()
        for computed in (Region.intersection, Region.union, Region.grow, Region.shrink, Region.translate):
            computed.cache_clear()
        cached_cell_len.cache_clear()
        for widget in self.walk_children(Widget, with_self=True):
            widget.refresh()
            if widget.show_vertical_scrollbar:
                widget.vertical_scrollbar.refresh()
        return super().remove()

    async def on_event(self, event: events.Event) -> None:
        """Handle an event, except for a size that has passed, and for the mounting of a screen while the app exits.

        Textual does not mount the children of a screen any more once the app exits, and still sends `Mount`, whose
        handlers would not find them.
        """
        if isinstance(event, events.Resize):
            await self._lay_out(event)
            return
        if isinstance(event, events.Mount):
            if self.app.return_code is not None:
                return
            self._styled_as = self.app.theme
        if isinstance(event, events.ScreenResume):
            # All that styles depend on is applied when it changes, to covered screens too; only the theme is not. New
            # styles for every widget take as long as some frames in a view, and as long as ten in the help.
            event.refresh_styles = self._styled_as != self.app.theme
            self._styled_as = self.app.theme
        await super().on_event(event)

    async def _lay_out(self, event: events.Resize) -> None:
        """Lay out the size of an event, if the terminal has not got another one since, whose own event comes."""
        if event.size != self.app.size:
            return
        self._laid_out = event.size
        begun_s = monotonic()
        await super().on_event(event)  # lays out and paints
        ended_s = monotonic()
        self._next_layout_s = ended_s + layout_pause_s(ended_s - begun_s)


def layout_pause_s(took_s: float) -> float:
    """How long after a layout the next one of a burst begins.

    Args:
        took_s: How long the layout took, painting included.
    """
    return min(max(LAYOUT_EVERY_S, KEYS_SHARE * took_s), LONGEST_PAUSE_S)
