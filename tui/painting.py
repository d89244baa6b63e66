"""How changes reach the terminal: of each row from the first changed cell to the last, and nothing else.

Textual itself begins at the left edge of the widget in which something has changed: on a map across the screen that
is most of the row. Everything else of its compositor stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor
from textual.content import Content
from textual.geometry import Region

if TYPE_CHECKING:
    from rich.console import Console
    from textual.strip import Strip
    from textual.widget import Widget


class ChangedSpans(ChopsUpdate):
    """Changed stretches of rows, as they are written."""

    def render_segments(self, console: Console) -> str:
        """Each stretch with the place where it begins."""
        written: list[str] = []
        for row, first, after in self.spans:
            for end, (start, strip) in zip(self.chop_ends[row], self.chops[row].items(), strict=True):
                left, right = max(start, first), min(end, after)
                if strip is None or left >= right:
                    continue
                if (left, right) == (start, end):
                    part = strip
                else:
                    first_cell, after_cell = _whole_characters(strip, left - start, right - start)
                    left, part = start + first_cell, strip.crop(first_cell, after_cell)
                written += (Control.move_to(left, row).segment.text, part.render(console))
        return "".join(written)


def _whole_characters(strip: Strip, first: int, after: int) -> tuple[int, int]:
    """A stretch of cells, widened where it would begin or end in the middle of a character two cells wide."""
    text = strip.text
    if len(text) == strip.cell_length:
        return first, after
    cell = 0
    for character in text:
        following = cell + cell_len(character)
        if cell < first < following:
            first = cell
        if cell < after < following:
            after = following
        cell = following
    return first, after


class SpanCompositor(Compositor):
    """Textual's compositor, writing changes stretch by stretch."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last update, if anything has."""
        update = super().render_partial_update()
        return None if update is None else ChangedSpans(update.chops, update.spans, update.chop_ends)


def put_titles(widget: Widget, upper: str, lower: str) -> None:
    """Write texts into the upper and lower border of a widget, plain, and paint the borders that change.

    Textual's own attributes read the text as markup and have all of the widget painted again: a countdown in the
    border of the map would paint the map every second.
    """
    height, gutter = widget.content_size.height, widget.gutter
    for name, text, row in (("_border_title", upper, -gutter.top), ("_border_subtitle", lower, height)):
        old: Content | None = getattr(widget, name)
        if text != (old.plain if old is not None else ""):
            setattr(widget, name, Content(text) if text else None)
            if gutter.top:
                widget.refresh(Region(-gutter.left, row, widget.outer_size.width, 1))
