"""The language changes while the dashboard runs: all that is drawn afterwards is in it, and the choice is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sim.language import language
from tests.support.dashboard import make_app
from tui.cli.commands.snap import screen_text
from tui.config.settings_store import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from tui.app import TiangongApp


async def until(pilot: Pilot[int], condition: Callable[[], bool]) -> None:
    """Wait for what a busy machine does a little later."""
    for _attempt in range(100):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came")


def shows(app: TiangongApp, words: str) -> bool:
    return words in screen_text(app.screen)


async def test_key_walks_through_the_languages_and_keeps_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    app, said = make_app(), []
    monkeypatch.setattr(app, "notify", lambda text, **_options: said.append(text))
    async with app.run_test(size=(160, 45)) as pilot:
        await app.workers.wait_for_complete()
        # What comes after the first picture: ground, pass found, river of time.
        await until(pilot, lambda: all(part in screen_text(app.screen) for part in ("▀▀", "pass tomorrow", "later →")))
        english = screen_text(app.screen)
        assert "(90 %:" in english
        await pilot.press("Z")
        await until(pilot, lambda: said == ["简体中文"])
        assert language() == "zh_CN"
        await until(pilot, lambda: "受阳光照射" in screen_text(app.screen))
        assert read_settings().settings.language == "zh_CN"
        await pilot.press("Z")
        await until(pilot, lambda: said == ["简体中文", "English"])
        await until(pilot, lambda: screen_text(app.screen) == english)
        assert read_settings().settings.language == "en"


@pytest.mark.parametrize("typed", ["简体", "language zh", "yuyan"])
async def test_palette_finds_the_languages_in_each_of_them(typed: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = typed
        await pilot.pause(0.5)
        await app.workers.wait_for_complete()
        assert "简体中文" in screen_text(app.screen)


async def test_palette_says_what_it_finds_in_the_language_that_was_just_chosen() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        for words in ("人员、飞船、地点", "a person, a ship, a place"):
            await pilot.press("Z", "ctrl+p")
            await until(pilot, partial(shows, app, words))
            await pilot.press("escape")


async def test_pass_that_is_watched_in_a_pause_is_told_in_the_new_language_at_once() -> None:
    app = make_app("2024-12-17T08:00:00Z")
    async with app.run_test(size=(160, 45)) as pilot:
        await app.workers.wait_for_complete()
        for key in ("w", "space", "Z"):
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        await pilot.pause()
        text = screen_text(app.screen)
        assert "高度角" in text
        assert "方位角" in text
        assert "azimuth" not in text
        assert "Esc 离开" in text
