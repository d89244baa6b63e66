"""Focus: panels of list views have Textual's own, by keys and mouse, and get it back."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.views.list_view import ListView
from tui.widgets.selectable import SelectablePanel


def focused(app: TiangongApp) -> str | None:
    widget = app.focused
    return None if widget is None else widget.id


def border_colour(app: TiangongApp, name: str) -> str:
    _kind, colour = app.screen.query_one(f"#{name}").styles.border_top
    return colour.hex


@pytest.mark.parametrize("key", ["2", "3", "4", "5", "7"])
async def test_list_view_opened_focuses_its_first_panel(key: str) -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press(key)
        view = app.screen
        assert isinstance(view, ListView)
        assert focused(app) == view.parts[0]
        assert [panel.id for panel in view.query("SelectablePanel:focus")] == [view.parts[0]]


async def test_next_panel_key_moves_focus_and_bright_border() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        bright, muted = border_colour(app, "everyone"), border_colour(app, "person")
        assert bright != muted
        await pilot.press("v")
        assert focused(app) == "person"
        assert (border_colour(app, "everyone"), border_colour(app, "person")) == (muted, bright)
        await pilot.press("escape")
        assert focused(app) == "everyone"


async def test_panel_clicked_is_focused_and_gets_the_arrow_keys() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2")
        await pilot.click("#aboard", offset=(5, 0))
        await pilot.pause()
        aboard = app.screen.query_one("#aboard", SelectablePanel)
        assert focused(app) == "aboard"
        before = aboard.cursor
        await pilot.press("down")
        assert aboard.cursor != before


async def test_filter_takes_the_focus_and_gives_it_back() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2", "slash", "y", "e")
        assert focused(app) == "filter"
        assert app.screen.query_one("#everyone", SelectablePanel).active
        await pilot.press("enter")
        assert focused(app) == "everyone"


async def test_panel_clicked_while_filtering_is_focused_and_the_filter_stays() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("2", "slash", "y", "e")
        await pilot.click("#person", offset=(5, 3))
        await pilot.pause()
        line = app.screen.query_one("#filter", Input)
        assert focused(app) == "person"
        assert (line.display, line.value) == (False, "ye")


async def test_window_without_focus_keeps_the_panel_in_front() -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("4", "v")
        app.post_message(events.AppBlur())
        await pilot.pause()
        assert app.focused is None
        assert app.screen.query_one("#walk").display
        app.post_message(events.AppFocus())
        await pilot.pause()
        assert focused(app) == "walk"
        assert app.screen.query_one("#walk").display


async def test_dialog_closed_leaves_focus_where_it_was() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("3", "v", "g")
        await pilot.press("escape")
        assert focused(app) == "detail"
