"""How changes reach the terminal: of each row from the first changed cell to the last, and nothing else.

Textual itself begins at the left edge of the widget in which something has changed, renders all of that widget and of
whatever lies behind it, and wakes the widget for it. Here a widget says which cells have changed, and just these are
asked of it when the screen is painted. Everything else of Textual's compositor stays as it is.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.content import Content
from textual.geometry import NULL_REGION, Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.style import Style
    from textual.color import Color
    from textual.events import ScreenResume
    from textual.filter import LineFilter

    from tui.session.frame import Frame

Span = tuple[int, int, int]
"""Row, first column and the column after the last one."""

Piece = tuple[int, int, "Iterable[Segment]"]
"""Row and column at which some cells begin, and the cells."""

Stretch = tuple[int, int, Widget, Region, Region]
"""Columns (first, after the last) of one row of the screen in which a widget is seen; where the widget is, and where
the content that it paints itself."""


class Painted:
    """A widget whose cells can be had one by one."""

    drawn_size = Size(0, 0)
    """The size of the content they were drawn for: while it is another now, they are not asked for."""

    def cells(self, row: int, first: int, after: int) -> tuple[int, Iterable[Segment]] | None:
        """Cells of one row of the content, finished, and the column at which they begin.

        That is `first`, or the one before it where a character two cells wide stands across the edge. `None` leaves
        them to Textual.
        """
        raise NotImplementedError  # abstract


class ChangedSpans(ChopsUpdate):
    """Changed cells, as they are written."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        super().__init__([], [], [])
        self._pieces = pieces

    def render_segments(self, console: Console) -> str:
        """Each piece with the place where it begins."""
        color_system = console._color_system or ColorSystem.TRUECOLOR
        render = Strip.render_style
        written: list[str] = []
        for row, column, segments in self._pieces:
            written.append(f"\x1b[{row + 1};{column + 1}H")
            for text, style, _ in segments:
                written.append(text if style is None else render(style, text, color_system))
        return "".join(written)


def cut(segments: Iterable[Segment], first: int, after: int) -> tuple[int, list[Segment]]:
    """Some cells of a row, and the column at which they begin.

    The cut is widened where it would begin or end in the middle of a character two cells wide.
    """
    kept: list[Segment] = []
    begin, column = first, 0
    for segment in segments:
        size = segment.cell_length
        end = column + size
        if end > first:
            if first <= column and end <= after:
                kept.append(segment)
            else:
                text, lead = _cut_text(segment.text, size, first - column, after - column)
                kept.append(Segment(text, segment.style))
                begin = min(begin, column + lead)
        column = end
        if column >= after:
            break
    return begin, kept


def _cut_text(text: str, size: int, first: int, after: int) -> tuple[str, int]:
    """The characters of a text of `size` cells that touch the cells from `first` to `after`; where they begin."""
    first = max(first, 0)
    if len(text) == size:
        return text[first:after], first
    kept, begin, cell = "", first, 0
    for character in text:
        end = cell + cell_len(character)
        if end > first and cell < after:
            begin = min(begin, cell)
            kept += character
        cell = end
    return kept, begin


class SpanCompositor(Compositor):
    """Textual's compositor, painting changes cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[int, list[Stretch]] = {}
        self._rows_of: object = None

    def mark(self, widget: Widget, regions: Iterable[Region]) -> None:
        """Have regions of a widget painted with the next update; one that is not on the screen is left alone."""
        place = self.visible_widgets.get(widget)
        if place is not None:
            region, clip = place
            x, y = region.offset
            self._dirty_regions.update(clip.intersection(dirty.translate((x, y))) for dirty in regions)

    def render_partial_update(self) -> ChangedSpans | None:
        """What has changed since the last update, if anything has."""
        dirty, self._dirty_regions = self._dirty_regions, set()
        whole = self.size.region
        spans = [*self._regions_to_spans(region.intersection(whole) for region in dirty)]
        return ChangedSpans([*self._pieces(spans)]) if spans else None

    def _pieces(self, spans: list[Span]) -> Iterable[Piece]:
        """The cells of some spans, row after row."""
        rendered: dict[Widget, tuple[int, list[Strip]]] = {}
        for row, span_first, span_after in spans:
            for stretch_first, stretch_after, widget, region, content in self._stretches(row):
                first, after = max(span_first, stretch_first), min(span_after, stretch_after)
                if first >= after:
                    continue
                found = None
                if content.x <= first and after <= content.right and content.y <= row < content.bottom:
                    painted, x = cast("Painted", widget), content.x
                    if painted.drawn_size == content.size:
                        found = painted.cells(row - content.y, first - x, after - x)
                if found is None:
                    if widget not in rendered:  # once for all rows from here on
                        rows = Region(0, row - region.y, region.width, min(region.bottom, spans[-1][0] + 1) - row)
                        rendered[widget] = row, widget.render_lines(rows)
                    top, strips = rendered[widget]
                    x = region.x
                    found = cut(strips[row - top], first - x, after - x)
                yield row, x + found[0], found[1]

    def _stretches(self, row: int) -> list[Stretch]:
        """Which widget is seen where in a row of the screen; known until the layout changes."""
        visible = self.visible_widgets
        if self._rows_of is not visible:
            self._rows, self._rows_of = {}, visible
        if row not in self._rows:
            self._rows[row] = [*self._stretches_of(row)]
        return self._rows[row]

    def _stretches_of(self, row: int) -> Iterable[Stretch]:
        cuts = self.cuts[row]
        for first, after in pairwise(cuts):
            for widget, (region, clip) in self.visible_widgets.items():
                if clip.intersection(region).contains(first, row):
                    content = region.shrink(widget.styles.gutter) if isinstance(widget, Painted) else NULL_REGION
                    yield first, after, widget, region, content
                    break


class FrameScreen(Screen[None], inherit_bindings=False):
    """A screen that shows frames.

    Attributes:
        newest: The frame it shows.
    """

    newest: Frame | None = None
    BLANK = True  # its widgets cover it

    def __init__(self) -> None:
        super().__init__()
        self._compositor: SpanCompositor = SpanCompositor()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Coming back, all nodes are styled again; the first time they have only just been."""
        if not self.stack_updates:
            event.refresh_styles = False

    @property
    def layout_made(self) -> object:
        """Another object after every layout."""
        return self._compositor._full_map

    def mark(self, widget: Widget, regions: list[Region]) -> None:
        """Have regions of a widget painted, without waking the widget for it."""
        widget._styles_cache.set_dirty(*regions)
        self._compositor.mark(widget, regions)
        self._dirty_widgets.add(widget)
        self.check_idle()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out; not while the app starts, for the screen is told its size once more when it has.

        A screen that came while the app started may have missed its size: then it is that of the app.
        """
        if self.app._is_mounted:
            super()._refresh_layout(size or self.outer_size or self.app.size, scroll)
        else:
            self._layout_required = True

    def _compositor_refresh(self) -> None:
        """Paint; not while the app holds updates back, as at the start, for that picture would be thrown away."""
        if not self.app._batch_count:
            super()._compositor_refresh()


def repaint(widget: Widget, spans: Iterable[Span]) -> None:
    """Have some cells of a widget painted, counted from where its content begins."""
    x, y = widget.content_offset
    regions = [Region(x + first, y + row, after - first, 1) for row, first, after in spans]
    screen = widget.screen
    if regions and isinstance(screen, FrameScreen):
        screen.mark(widget, regions)


def filtered(widget: Widget, style: Style, background: Color) -> Style:
    """A style of a widget, on its background, as the app wants it seen: without colour, or in the terminal's own."""
    return _filtered(style, background, tuple(widget.get_line_filters()))


@lru_cache(maxsize=1024)
def _filtered(style: Style, background: Color, filters: tuple[LineFilter, ...]) -> Style:
    segments = [Segment(" ", style)]
    for line_filter in filters:
        segments = line_filter.apply(segments, background)
    return segments[0].style or style


def put_titles(widget: Widget, upper: str, lower: str) -> None:
    """Write texts into the upper and lower border of a widget, plain, and paint the borders that change.

    Textual's own attributes read the text as markup and have all of the widget painted again: a countdown in the
    border of the map would paint the map every second.
    """
    for name, text in (("_border_title", upper), ("_border_subtitle", lower)):
        old: Content | None = getattr(widget, name)
        if text == (old.plain if old is not None else ""):
            continue
        setattr(widget, name, Content(text) if text else None)
        gutter = widget.gutter
        if gutter.top:
            row = -gutter.top if name == "_border_title" else widget.content_size.height
            repaint(widget, [(row, -gutter.left, widget.outer_size.width - gutter.left)])
