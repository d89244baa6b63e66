"""Texts whose lines are broken between Chinese characters too; Textual breaks at spaces only, wherever they stand."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Markdown

from tui.drawing.styled_text import break_offsets, breakable_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions
    from textual.widgets.markdown import MarkdownBlock

FLOWING_BLOCKS = ("paragraph_open", "td_open")
"""What Markdown calls the blocks that hold prose."""

NARROW = 24
"""Columns of a table narrower than this, in cells, are hard to read."""

MOST_WIDTHS = 2
"""For which a text is kept broken."""


class FlowingContent(Content):
    """Content that is broken into lines as all texts of the program are."""

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._at(width).get_height(rules, width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """Cells of the longest part that is not broken, or of a short text."""
        longest = max((cell_len(part.rstrip()) for part in breakable_parts(self.plain)), default=0)
        return max(longest, min(cell_len(self.plain), NARROW))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self._at(width).render_strips(width, height, style, options)

    def broken(self, width: int) -> Content:
        """The same with an end of line wherever one is needed."""
        parts = [
            part.rstrip()
            for line in self.split(allow_blank=True)
            for part in line.divide(break_offsets(line.plain, width))
        ]
        return Content("\n").join(parts)

    @cached_property
    def _kept(self) -> dict[int, Content]:
        """By widths: a layout asks with a scroll bar and without one, and painting asks again."""
        return {}

    def _at(self, width: int) -> Content:
        kept = self._kept
        if width not in kept:
            if len(kept) >= MOST_WIDTHS:
                kept.clear()
            kept[width] = self.broken(width)
        return kept[width]


class HangingContent(FlowingContent):
    """Such content in two columns under a heading: what does not fit goes on below the second.

    Args:
        heading: Stands above the lines.
        lines: The second column of each begins in the same cell.
        column: That cell.
    """

    def __init__(self, heading: str, lines: Sequence[str], column: int) -> None:
        super().__init__("\n".join((heading, *lines)))
        self._heading, self._lines, self._column = heading, lines, column

    def broken(self, width: int) -> Content:
        """The same with an end of line, and the first column left empty after it, wherever one is needed."""
        column = self._column
        begin = f"\n{' ' * column}"
        shown = []
        for line in self._lines:
            first = len(set_cell_size(line, column))
            edges = pairwise((0, *break_offsets(line[first:], width - column), len(line) - first))
            shown.append(line[:first] + begin.join(line[first:][start:end].rstrip() for start, end in edges))
        heading = FlowingContent(self._heading).broken(width).plain
        return Content("\n").join([Content.styled(heading, "bold $text-primary"), *map(Content, shown)])


class FlowingMarkdown(Markdown):
    """Markdown with such content in paragraphs and tables."""

    def get_block_class(self, block_name: str) -> type[MarkdownBlock]:
        block = super().get_block_class(block_name)
        return _flowing(block) if block_name in FLOWING_BLOCKS else block


@cache
def _flowing(block: type[MarkdownBlock]) -> type[MarkdownBlock]:
    """A class of blocks with flowing content."""

    def set_content(self: MarkdownBlock, content: Content) -> None:
        block.set_content(self, FlowingContent(content.plain, list(content.spans)))

    return type(block.__name__, (block,), {"set_content": set_content, "__doc__": block.__doc__})
