"""Copies and pictures: what is taken, and under which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.dashboard import make_app, make_session, panel
from tests.support.host import FakeAppHost
from tests.support.operating import operating
from tui.config.settings import state_dir
from tui.controls.take_away import COPY_NAME, TakeAway
from tui.messages import Notice

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIANGONG_STATE_DIR", str(tmp_path))
    return tmp_path


async def test_copy_takes_the_line_of_the_link_under_the_cursor(own_state: Path) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        app.screen.set_focus(panel(app, "crew"))
        await pilot.pause()
        await pilot.press("down", "y")
        assert app.clipboard.startswith("Song Lingdong 宋令东")
        assert "\n" not in app.clipboard
        assert (own_state / COPY_NAME).read_text() == f"{app.clipboard}\n"
        assert state_dir() == own_state


async def test_copy_takes_the_row_of_a_table_and_the_whole_of_it(own_state: Path) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("4")
        await pilot.press("down", "y")
        row = app.clipboard
        assert "\n" not in row
        assert "2023-07-20" in row
        await pilot.press("Y")
        assert row in app.clipboard
        assert app.clipboard.count("\n") >= 16


async def test_copy_without_a_panel_says_how(own_state: Path) -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("y")
        assert app.clipboard == ""
        assert not (own_state / COPY_NAME).exists()


async def test_picture_goes_to_the_pictures_folder_named_by_view_and_instant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_pictures_path", lambda: tmp_path)
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("2", "s")
    assert [path.name for path in tmp_path.iterdir()] == ["tiangong-crew-20241217T080000Z.svg"]


def test_picture_says_where_it_is_or_why_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_name: str, _folder: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("platformdirs.user_pictures_path", lambda: tmp_path / "none")
    host = FakeAppHost()
    taking = TakeAway(host, make_session())
    taking.save_picture(lambda name, folder: f"{folder}/{name}")
    taking.save_picture(full_disk)
    host.is_web = True
    taking.save_picture(lambda name, folder: f"{folder}/{name}")
    assert [message.text for message in host.messages if isinstance(message, Notice)] == [
        "./tiangong-station-20241217T080000Z.svg",
        "the picture could not be saved: No space left on device",
        "pictures cannot be saved from a browser",
    ]
