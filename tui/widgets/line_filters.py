"""Which of Textual's filters the rows of a widget pass through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.filter import ANSIToTruecolor
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.filter import LineFilter

    WidgetPart = Widget
else:
    WidgetPart = object  # every further class of widgets costs a fifth of a millisecond of the start


def keeping_own_colours(filters: Iterable[LineFilter]) -> list[LineFilter]:
    """Filters without the one that replaces the terminal's own sixteen colours."""
    return [one for one in filters if not isinstance(one, ANSIToTruecolor)]


class OwnColours(WidgetPart):
    """A part of widgets that paint with exact colours alone, or in a theme of the terminal's own with those.

    Textual would look at each run of text for one to replace, and keep every row twice.
    """

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of the app, but for the one that replaces the terminal's own colours."""
        return keeping_own_colours(super().get_line_filters())
