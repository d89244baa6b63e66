"""The filter that writes the whole screen in plain characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from sim.language.names import reads_chinese
from tui.drawing.ascii_characters import CHARACTERS

if TYPE_CHECKING:
    from textual.color import Color


_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]")
"""Characters two cells wide."""


class PlainCharacters(LineFilter):
    """A line filter that replaces characters by ASCII in what Textual paints itself.

    Args:
        has_chinese: Whether the terminal has Chinese characters. Where it has none, they are left blank for readers of
            another language, who have the names in Latin letters beside them.
    """

    def __init__(self, *, has_chinese: bool = True) -> None:
        super().__init__()
        self._has_chinese = has_chinese

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with replaced characters; styles stay."""
        del background
        plain = [Segment(text.translate(CHARACTERS), style, control) for text, style, control in segments]
        if self._has_chinese or reads_chinese():
            return plain
        return [Segment(_CHINESE.sub("  ", text), style, control) for text, style, control in plain]
