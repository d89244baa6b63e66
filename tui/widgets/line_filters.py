"""Which of Textual's filters the rows of a widget pass through, and rows kept while nothing in them changes."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Self

from rich.cells import cached_cell_len
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.segment import Segment
    from textual.filter import LineFilter
    from textual.geometry import Size

    WidgetPart = Widget
    Edges = tuple[Sequence[Segment], Sequence[Segment]]
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


class ContentRow(Strip):
    """A row of which Textual writes the beginning, up to what has changed: that is cut off without a loop.

    A row of the map has some eighty texts. Textual asks for the width of each and looks whether it is the last one.
    """

    def crop(self, start: int, end: int | None = None) -> Strip:
        """The cells from `start` to before `end`."""
        if start > 0 or end is None or not 0 < end < self.cell_length:
            return super().crop(start, end)
        segments = [*self]
        ends = [*accumulate(map(cached_cell_len, map(_TEXT, segments)))]
        last = bisect_left(ends, end)
        begin = ends[last - 1] if last else 0
        return Strip([*segments[:last], segments[last].split_cells(end - begin)[0]], end)


_TEXT = itemgetter(0)


class KeptRows(WidgetPart):
    """A part of widgets that hand the same rows to Textual again, but for those that are refreshed.

    Textual asks every widget that lies within the rectangle around all changes, and of a screen nearly every one does:
    the time in the first row changes with each frame. It keeps rows itself, but finds out colours, borders and filters
    of the widget each time before it looks at them, and mixes the colours of the border anew for each row. Here a row
    whose content changes gets the edges that it had.

    It also keeps each region that was ever refreshed until it draws the content of the widget itself, which a widget
    that draws its own rows never has it do: a map would gather tens of thousands, a kilobyte for every frame. So it is
    asked for an empty row now and then.
    """

    _asked_for = 0
    """Regions that were refreshed since Textual last forgot them."""

    _kept_for: tuple[Region, Size, Sequence[LineFilter]] | None = None
    _kept_rows: list[Strip] = []  # noqa: RUF012 - replaced where it is empty
    _stale_rows: frozenset[int] = frozenset()
    """Those of `_kept_rows` that were refreshed."""

    _edges: Edges | None = None
    """Border and padding beside the content in each of its rows; None until they are known."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the widget; of the last ones only those anew that have been refreshed since."""
        wanted = crop, self.outer_size, self.get_line_filters()
        rows, stale = self._kept_rows, self._stale_rows
        if wanted == self._kept_for and not stale:
            return rows
        if self._asked_for > MOST_REGIONS:
            super().render_line(0)
            self._asked_for = 0
        self._stale_rows = frozenset()  # before: what refreshes the widget meanwhile counts
        if wanted == self._kept_for and crop == self.outer_size.region:
            self._renew(rows, stale.intersection(range(len(rows))))
        else:
            self._kept_for, self._edges = wanted, None
            self._kept_rows = rows = super().render_lines(crop)
        return rows

    def _renew(self, rows: list[Strip], stale: frozenset[int]) -> None:
        """Replace rows: those of the content here, once it is known what stands beside it, others by Textual."""
        (top, _, bottom, _), width = self.gutter, self.outer_size.width
        content = stale.intersection(range(top, len(rows) - bottom))
        edges = None if self.highlight_link_id or self.get_line_filters() else self._edges
        if others := stale - content if edges else stale:
            first, after = min(others), max(others) + 1
            rows[first:after] = super().render_lines(Region(0, first, width, after - first))
        if edges:
            for y in content:
                rows[y] = ContentRow([*edges[0], *self.content_segments(y - top), *edges[1]], width)
        elif content:
            y = min(content)
            self._edges = self._edges_of(rows[y], y - top)

    def _edges_of(self, row: Strip, y: int) -> Edges | None:
        """What Textual has put left and right of a row of the content; None where it has changed that row otherwise."""
        _, right, _, left = self.gutter
        edges = [*row.crop(0, left)], [*row.crop(row.cell_length - right)]
        return edges if [*edges[0], *self.content_segments(y), *edges[1]] == [*row] else None

    def content_segments(self, y: int) -> list[Segment]:
        """The texts of one row of the content, without what stands beside it."""
        return [*self.render_line(y)]

    def render(self) -> str:
        """Nothing: the rows are drawn by `render_line`."""
        return ""

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint regions, or all of the widget."""
        if regions and self._kept_for is not None:
            top = self.gutter.top
            self._stale_rows |= {y + top for region in regions for y in region.line_range}
            self._asked_for += len(regions)
        else:
            self._forget_rows()
            self._asked_for = 0
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Paint all rows again: a colour may have changed."""
        self._forget_rows()
        super().notify_style_update()

    def _forget_rows(self) -> None:
        self._kept_for, self._kept_rows, self._stale_rows, self._edges = None, [], frozenset(), None
