"""Markup, escapes and long texts typed, pasted or used as a place name are shown literally or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.content import Content
from textual.widgets import Input, Static

from sim.places.place import Place
from tests.support.dashboard import make_app, make_session
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.views.dialogs.goto import GoTo
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual.screen import Screen

HOSTILE = ("[/foo]", "[bold red]x", "[@click=app.quit]x[/]", "\x1b[31m\u202eevil", "[/]\n" * 50, "x" * 100_000)
BRACKETS = Place("[/x][red]e[", 33.7, 73.0, 0.0, "Asia/Karachi", "PK", "[/]")


def titles(screen: Screen[object]) -> list[str]:
    """The titles in the upper borders, as shown."""
    return [Content.from_markup(panel.border_title or "").plain for panel in screen.query(Panel)]


@pytest.mark.parametrize("pasted", HOSTILE)
async def test_go_to_dialog_any_text_does_not_crash(pasted: str) -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("g")
        app.screen.query_one(Input).post_message(events.Paste(pasted))
        await pilot.pause()
        await pilot.press("enter")
        assert isinstance(app.screen, GoTo)
        said = str(app.screen.query_one("#said", Static).render())
        assert any(f"is {what}" in said for what in ("not a date or time", "not a time zone", "too long for a date"))
        assert not {"\x1b", "\u202e"} & set(said)


@pytest.mark.parametrize("pasted", HOSTILE)
async def test_filter_any_text_does_not_crash(pasted: str) -> None:
    app = make_app()
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("2", "slash")
        app.screen.query_one(Input).post_message(events.Paste(pasted))
        await pilot.pause()
        below = [Content.from_markup(panel.border_subtitle or "").plain for panel in app.screen.query(Panel)]
        assert any(": 0 of 21" in line for line in below)


async def test_place_name_any_text_is_drawn() -> None:
    app = TiangongApp(make_session(place=BRACKETS), DashboardOptions(offline=True), ("[/x] said at the start",))
    async with operating(app, size=(160, 45)) as pilot:
        assert f"⁵passes over {BRACKETS.name}" in titles(app.screen)
        for key in ("5", "enter", "escape", "o", "escape", "g", "escape", "7"):
            await pilot.press(key)
        assert app.return_code is None


async def test_go_to_dialog_initial_text_is_the_current_instant() -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("g")
        shown = app.screen.query_one(Input).placeholder
        assert shown == "2024-12-17 13:00"  # in Islamabad, as it says below
        app.screen.query_one(Input).value = shown
        await pilot.pause()
        assert str(app.screen.query_one("#said", Static).render()).endswith("2024-12-17T08:00:00Z: here")
