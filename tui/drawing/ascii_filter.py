"""The filter that writes the whole screen in plain characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from tui.drawing.ascii_characters import CHARACTERS

if TYPE_CHECKING:
    from textual.color import Color


class PlainCharacters(LineFilter):
    """A line filter that replaces characters by ASCII in what Textual paints itself."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with replaced characters; styles stay."""
        del background
        return [Segment(text.translate(CHARACTERS), style, control) for text, style, control in segments]
