"""The language changes while the dashboard runs: all that is drawn afterwards is in it, and the choice is kept."""

from __future__ import annotations

from functools import partial

import pytest
from textual.widgets import Input

from sim.language import language
from tests.support.dashboard import make_app
from tests.support.operating import SettlingPilot, operating
from tui.config.settings_store import read_settings


def shows(pilot: SettlingPilot, words: str) -> bool:
    return words in pilot.text


async def test_key_walks_through_the_languages_and_keeps_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    app, said = make_app(), []
    monkeypatch.setattr(app, "notify", lambda text, **_options: said.append(text))
    async with operating(app, size=(160, 45)) as pilot:
        # What comes after the first picture: ground, pass found, river of time.
        await pilot.until(lambda: all(part in pilot.text for part in ("▀▀", "pass tomorrow", "later →")))
        english = pilot.text
        assert "(90 %:" in english
        await pilot.press("Z")
        await pilot.until(lambda: said == ["简体中文"])
        assert language() == "zh_CN"
        await pilot.until(lambda: "受阳光照射" in pilot.text)
        assert read_settings().settings.language == "zh_CN"
        await pilot.press("Z")
        await pilot.until(lambda: said == ["简体中文", "English"])
        await pilot.until(lambda: pilot.text == english)
        assert read_settings().settings.language == "en"


@pytest.mark.parametrize("typed", ["简体", "language zh", "yuyan"])
async def test_palette_finds_the_languages_in_each_of_them(typed: str) -> None:
    app = make_app()
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = typed
        await pilot.pause(0.5)
        await pilot.pause()
        assert "简体中文" in pilot.text


async def test_palette_says_what_it_finds_in_the_language_that_was_just_chosen() -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        for words in ("人员、飞船、地点", "a person, a ship, a place"):
            await pilot.press("Z", "ctrl+p")
            await pilot.until(partial(shows, pilot, words))
            await pilot.press("escape")


async def test_pass_that_is_watched_in_a_pause_is_told_in_the_new_language_at_once() -> None:
    app = make_app("2024-12-17T08:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("w", "space", "Z")
        text = pilot.text
        assert "高度角" in text
        assert "方位角" in text
        assert "azimuth" not in text
        assert "Esc 离开" in text
