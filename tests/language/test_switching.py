"""The language changes while the dashboard runs: all that is drawn afterwards is in it, and the choice is kept."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from textual import events
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from sim.language import language
from sim.sources.refresh_report import RefreshReport
from tests.support.dashboard import StageTime, make_app
from tests.support.operating import SettlingPilot, operating
from tests.support.untranslated import front_text, untranslated
from tui.config.settings_store import read_settings
from tui.views.dialogs.dialog import DismissOnce
from tui.views.dialogs.help import Help


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
    async with operating(app, size=(80, 24)) as pilot:
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


REPORT = RefreshReport(
    finished_unix_s=0.0,
    results=(),
    clock_offset_s=30.0,
    cancelled=False,
    accepted=(),
    messages=(),
)

DIALOGS = {
    "help": ("question_mark",),
    "topic": ("question_mark", "right"),
    "found": ("question_mark", "slash", *"orbit", "enter"),
    "legend": ("K",),
    "rates": ("f7", "down"),
    "layers": ("L", "down"),
    "stories": ("S", "down", "down"),
    "bookmarks": ("b", "enter", "B"),
    "explanation": ("i",),
    "sources of a list": ("2", "i"),
    "sources of a story": ("S", "enter", "i"),
    "place of the map": ("enter",),
}
"""Those in which nothing is typed, by the keys that open them."""

LEFT = {"found": {"orbit", "view"}, "bookmarks": {"station"}}
"""English that stays: what was looked for, names of settings, of views in a bookmark."""


@pytest.mark.parametrize("name", DIALOGS)
async def test_dialog_is_told_anew_in_the_next_language_and_in_the_first_one_as_before(name: str) -> None:
    app = make_app("2024-12-17T08:00:00Z", time=StageTime())  # a story goes on by the clock, behind its sources too
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press(*DIALOGS[name])
        dialog, english, focused = app.screen, pilot.text, type(app.focused)
        assert isinstance(dialog, DismissOnce)
        cursors = [options.highlighted for options in dialog.query(OptionList)]
        await pilot.press("Z")
        assert app.screen is dialog
        assert type(app.focused) is focused
        assert [options.highlighted for options in dialog.query(OptionList)] == cursors
        told = str(
            [head.content for head in dialog.query(".head").results(Static)]
        )  # titles of sources stay as they are
        assert set(untranslated(told if "sources" in name else front_text(dialog))) <= LEFT.get(name, set())
        assert pilot.text != english
        await pilot.press("Z")
        assert pilot.text == english
        await pilot.press("escape")
        assert app.screen is not dialog


@pytest.mark.parametrize("name", ["help", "topic", "found", "explanation", "rates"])
async def test_dialog_that_is_closed_in_one_burst_with_the_key_is_not_told_anew(name: str) -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press(*DIALOGS[name])
        dialog = app.screen
        app.simulate_key("Z")
        app.simulate_key("escape")
        await pilot.pause()
        assert app.screen is not dialog
        assert language() == "zh_CN"
    assert app.return_code in {None, 0}


@pytest.mark.parametrize("name", ["explanation", "rates"])
async def test_dialog_that_is_closed_by_the_mouse_while_it_is_told_anew_is_closed(name: str) -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press(*DIALOGS[name])
        dialog = app.screen
        children = set(dialog.children)
        app.simulate_key("Z")
        while set(dialog.children) == children:  # until the new ones stand beside the old ones
            await asyncio.sleep(0)
        assert children < set(dialog.children)
        dialog.post_message(events.Click(dialog, 0, 0, 0, 0, 1, False, False, False))
        await pilot.pause()
        assert app.screen is not dialog
    assert app.return_code in {None, 0}


async def test_help_stays_at_the_same_share_of_its_text_in_the_next_language() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("question_mark", "pagedown", "pagedown", "pagedown")
        box = app.screen.query_one(VerticalScroll)
        share = box.scroll_y / box.max_scroll_y
        await pilot.press("Z")
        box = app.screen.query_one(VerticalScroll)
        assert box.scroll_y == pytest.approx(share * box.max_scroll_y, abs=0.5)


async def test_letter_of_the_key_is_typed_into_the_search_of_the_help() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("question_mark", "slash", "Z")
        assert isinstance(app.screen, Help)
        assert app.screen.query_one(Input).value == "Z"
        assert language() == "en"


async def test_report_of_an_update_is_told_in_the_next_language() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
        await app.controls.dialogs.open_update()
        await pilot.pause()
        dialog = app.screen

        def log() -> str:
            return str(dialog.query_one("#log", Static).content)

        assert log() == "asking …"
        await pilot.press("Z")
        assert log() == "正在请求…"
        app.controls.dialogs.show_report(REPORT)
        await pilot.press("Z")
        english = log()
        await pilot.press("Z")
        assert untranslated(front_text(app.screen)) == []
        assert log() != english
