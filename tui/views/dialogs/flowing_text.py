"""Texts whose lines are broken between Chinese characters too; Textual breaks at spaces only, wherever they stand."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Markdown

from tui.drawing.styled_text import break_offsets, breakable_parts

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions
    from textual.widgets.markdown import MarkdownBlock

FLOWING_BLOCKS = ("paragraph_open", "td_open")
"""What Markdown calls the blocks that hold prose."""


NARROW = 24
"""Columns of a table narrower than this, in cells, are hard to read."""


class FlowingContent(Content):
    """Content that is broken into lines as all texts of the program are."""

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at a width in cells."""
        return self._broken(width).get_height(rules, width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """Cells of the longest part that is not broken, or of a short text."""
        longest = max((cell_len(part.rstrip()) for part in breakable_parts(self.plain)), default=0)
        return max(longest, min(cell_len(self.plain), NARROW))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines at a width in cells."""
        return self._broken(width).render_strips(width, height, style, options)

    def _broken(self, width: int) -> Content:
        """The same with an end of line wherever one is needed."""
        parts = [
            part.rstrip()
            for line in self.split(allow_blank=True)
            for part in line.divide(break_offsets(line.plain, width))
        ]
        return Content("\n").join(parts)


class HangingContent(FlowingContent):
    """Such content in two columns: what does not fit goes on below the second."""

    def __init__(self, text: str, column: int) -> None:
        super().__init__(text)
        self._column = column

    def _broken(self, width: int) -> Content:
        """The same with an end of line, and the first column left empty after it, wherever one is needed."""
        column = self._column
        begin = f"\n{' ' * column}"
        lines = []
        for line in self.plain.split("\n"):
            first = len(set_cell_size(line, column))
            edges = pairwise((0, *break_offsets(line[first:], width - column), len(line) - first))
            lines.append(line[:first] + begin.join(line[first:][start:end].rstrip() for start, end in edges))
        return Content("\n".join(lines))


class FlowingMarkdown(Markdown):
    """Markdown with such content in paragraphs and tables."""

    def get_block_class(self, block_name: str) -> type[MarkdownBlock]:
        """The class of a kind of block."""
        block = super().get_block_class(block_name)
        return _flowing(block) if block_name in FLOWING_BLOCKS else block


@cache
def _flowing(block: type[MarkdownBlock]) -> type[MarkdownBlock]:
    """A class of blocks with flowing content."""

    def set_content(self: MarkdownBlock, content: Content) -> None:
        block.set_content(self, FlowingContent(content.plain, list(content.spans)))

    return type(block.__name__, (block,), {"set_content": set_content, "__doc__": block.__doc__})
