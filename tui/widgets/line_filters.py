"""Which of Textual's filters the rows of a widget pass through, and rows kept while nothing in them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.filter import ANSIToTruecolor
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.filter import LineFilter
    from textual.geometry import Region, Size
    from textual.strip import Strip

    WidgetPart = Widget
else:
    WidgetPart = object  # every further class of widgets costs a fifth of a millisecond of the start


MOST_REGIONS = 500


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


class KeptRows(WidgetPart):
    """A part of widgets that hand the same rows to Textual again until they are refreshed.

    Textual asks every widget that lies within the rectangle around all changes, and of a screen nearly every one does:
    the time in the first row changes with each frame. It keeps rows itself, but finds out colours, borders and filters
    of the widget each time before it looks at them.

    It also keeps each region that was ever refreshed until it draws the content of the widget itself, which a widget
    that draws its own rows never has it do: a map would gather tens of thousands, a kilobyte for every frame. So it is
    asked for an empty row now and then.
    """

    _asked_for = 0
    """Regions that were refreshed since Textual last forgot them."""

    _kept_for: tuple[Region, Size, Sequence[LineFilter]] | None = None
    _kept_rows: list[Strip] = []  # noqa: RUF012 - replaced, never changed

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the widget; the last ones again, if nothing has been refreshed since."""
        wanted = crop, self.outer_size, self.get_line_filters()
        if wanted != self._kept_for:
            if self._asked_for > MOST_REGIONS:
                super().render_line(0)
                self._asked_for = 0
            self._kept_for = wanted  # before: what refreshes the widget meanwhile removes it again
            self._kept_rows = super().render_lines(crop)
        return self._kept_rows

    def render(self) -> str:
        """Nothing: the rows are drawn by `render_line`."""
        return ""

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint regions, or all of the widget."""
        self._kept_for, self._kept_rows = None, []
        self._asked_for = self._asked_for + len(regions) if regions else 0
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Paint all rows again: a colour may have changed."""
        self._kept_for, self._kept_rows = None, []
        super().notify_style_update()
