"""What hours of use leave behind: closed screens let go of the rows that were painted of them."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from rich import color as rich_color
from rich.cells import cached_cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.drawing.ascii_filter import PlainCharacters

if TYPE_CHECKING:
    from textual.pilot import Pilot

pytestmark = pytest.mark.usefixtures("new_objects_alone")

ROWS_OF_A_DIALOG = 40
"""Fewer than the smallest of them paints, with what is cut out of each row."""


def painted_rows() -> int:
    """Rows of styled text that something keeps."""
    gc.collect()
    return sum(type(kept) is Strip for kept in gc.get_objects())


async def open_and_close(pilot: Pilot[int], key: str, times: int) -> None:
    for _ in range(times):
        await pilot.press(key)
        await pilot.press("escape")


@pytest.mark.parametrize("key", ["question_mark", "L", "g", "w", "ctrl+p"])
async def test_closed_screen_keeps_no_painted_rows(key: str) -> None:
    app = make_app()
    async with operating(app, size=(120, 40)) as pilot:
        await open_and_close(pilot, key, 2)
        before = painted_rows()
        await open_and_close(pilot, key, 8)
        assert len(app.screen_stack) == 1
        # Half of what eight of them would keep: the last two may still be held by a timer or a worker that ends.
        assert painted_rows() - before < 4 * ROWS_OF_A_DIALOG


async def test_closed_dialog_leaves_no_styles_to_be_remembered() -> None:
    """A dialog over the Earth has a darker one of each of its thousand styles."""
    app = make_app()
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        for red in range(256):
            Strip.render_ansi(Style.from_color(rich_color.Color.from_rgb(red, 1, 2)), rich_color.ColorSystem.TRUECOLOR)
        await pilot.press("escape")
        assert Strip.render_ansi.cache_info().currsize < 256


async def test_closed_dialog_leaves_no_regions_and_widths_to_be_remembered() -> None:
    app = make_app()
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        for number in range(3000):
            Region(number, 0, 5, 5).intersection(Region(0, number, 5, 5))
            cached_cell_len(f"text {number}")
        await pilot.press("escape")
        assert Region.intersection.cache_info().currsize < 3000
        assert cached_cell_len.cache_info().currsize < 3000


async def test_removed_notifications_keep_no_painted_rows() -> None:
    app = make_app()
    async with operating(app, size=(120, 40), notifications=True) as pilot:

        async def notify(times: int) -> None:
            for number in range(times):
                app.notify(f"message {number}", timeout=60)
                await pilot.pause()

        await notify(8)
        assert len(app.screen.query("Toast")) > 1
        before = painted_rows()
        await notify(20)
        assert painted_rows() - before < 20 * 3  # three rows and more in each


def test_plain_characters_row_painted_again_is_not_filtered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    filtered: list[list[Segment]] = []
    apply = PlainCharacters.apply

    def counted(self: PlainCharacters, segments: list[Segment], background: Color) -> list[Segment]:
        filtered.append(segments)
        return apply(self, segments, background)

    monkeypatch.setattr(PlainCharacters, "apply", counted)
    app = make_app(options=DashboardOptions(offline=True, settings=Settings(map_style="ascii")))
    row = Strip([Segment("─ 天宫 ─")])
    for _ in range(3):
        row.apply_filter(app.get_line_filters()[-1], Color(0, 0, 0))
    assert len(filtered) == 1
