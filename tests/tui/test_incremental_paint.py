"""What is painted change by change leaves the terminal as painting the whole screen would."""

from __future__ import annotations

import pytest

from tests.support.frame_recorder import StationFrames
from tests.support.map_cases import Terminal
from tui.config.actions import VIEWS
from tui.drawing import themes
from tui.widgets.panel import Panel


def seen(written: list[str], size: tuple[int, int]) -> Terminal:
    """A terminal after everything in a list, which is emptied."""
    terminal = Terminal(*size)
    terminal.feed(written)
    written.clear()
    return terminal


async def assert_painted_as_a_whole(stage: StationFrames, size: tuple[int, int]) -> None:
    """Compare what was written since the last whole screen with another whole one."""
    await stage.pause()  # after the last frame, so that no search ends between the two pictures
    changed = seen(stage.written, size)
    await stage.repaint()
    whole = seen(stage.written, size)
    for row in range(size[1]):
        assert changed.row(row, 0, size[0]) == whole.row(row, 0, size[0]), f"row {row}"


@pytest.mark.parametrize(
    ("view", "theme", "size"),
    [
        *((view, themes.DEFAULT, (120, 36)) for view in VIEWS),
        ("station", "ansi-dark", (160, 45)),
        ("station", themes.DEFAULT, (80, 24)),
    ],
)
async def test_screen_after_changes_equals_screen_painted_whole(
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
        await stage.frames(6)
        await assert_painted_as_a_whole(stage, size)


async def test_screen_after_frames_below_a_dialog_and_the_mouse_equals_screen_painted_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    size = (160, 45)
    async with StationFrames(size, rate=60.0) as stage:
        await stage.frames(3)
        stage.written.clear()
        await stage.frames(1, whole=True)
        await stage.frames(2)
        await stage.press("question_mark")
        await stage.frames(4)
        await stage.press("escape")
        await stage.frames(3)
        await stage.hover("#crew", (4, 1))
        assert stage.app.screen.query_one("#crew", Panel).highlight_link_id
        await stage.frames(4)
        await assert_painted_as_a_whole(stage, size)
