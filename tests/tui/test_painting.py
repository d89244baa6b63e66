"""Changes are written from the first changed cell on, never from the middle of a character, and nothing is missed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from tests.support.frame_recorder import StationFrames
from tests.support.map_cases import Terminal
from tui.config.actions import VIEWS
from tui.drawing import themes
from tui.painting import ChangedSpans, cut

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
    begin, segments = cut(strip, first, after)
    assert "".join(segment.text for segment in segments) == written
    assert begin == cell_len(ROW[: ROW.index(written)])
    update = ChangedSpans([(2, begin, segments)])
    assert update.render_segments(Console(color_system=None)) == f"\x1b[3;{begin + 1}H{written}"


def seen(written: list[str], size: tuple[int, int]) -> Terminal:
    """A terminal after everything in a list, which is emptied."""
    terminal = Terminal(*size)
    terminal.feed(written)
    written.clear()
    return terminal


@pytest.mark.parametrize(
    ("view", "theme", "size"),
    [
        *((view, themes.DEFAULT, (160, 45)) for view in VIEWS),
        ("station", "ansi-dark", (160, 45)),
        ("station", themes.DEFAULT, (80, 24)),
    ],
)
async def test_changes_leave_the_screen_as_if_it_was_painted_whole(
    view: str, theme: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    async with StationFrames(size, rate=60.0) as stage:
        stage.app.theme = theme
        stage.app.action_view(view)
        await stage.frames(3)
        stage.written.clear()
        await stage.frames(1, whole=True)
        await stage.frames(5)
        await stage.press("down", "down", "tab", "down")
        stage.app.action_step(86400.0 * 20)
        await stage.frames(4)
        await stage.app.workers.wait_for_complete()
        await stage.frames(2)
        changed = seen(stage.written, size)
        stage.app.screen.refresh()
        await stage.pause()
        whole = seen(stage.written, size)
    for row in range(size[1]):
        assert changed.row(row, 0, size[0]) == whole.row(row, 0, size[0]), f"row {row}"
