"""Changes are written from the first changed cell on, but never from the middle of a character."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from tui.painting import ChangedSpans

ROW = "crew 张志远 · 黎家盈 done"
WIDTH = 25


@pytest.mark.parametrize(
    ("first", "after", "written"),
    [
        (5, 11, "张志远"),
        (6, 7, "张"),  # both edges inside one character
        (8, 13, "志远 ·"),
        (0, 6, "crew 张"),
        (14, 16, "黎"),
        (15, 17, "黎家"),
        (0, WIDTH, ROW),
    ],
)
def test_a_wide_character_is_written_whole_or_not_at_all(first: int, after: int, written: str) -> None:
    strip = Strip([Segment(ROW[:7]), Segment(ROW[7:])])
    assert strip.cell_length == WIDTH
    update = ChangedSpans([{0: strip}], [(0, first, after)], [[WIDTH]])
    assert update.render_segments(Console(color_system=None)).split("H", 1)[1] == written
