"""Dialogs: keys that arrive in one burst dismiss a dialog once and leave the view below alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import OptionList

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.config.state_file import read_state
from tui.views.dialogs.dialog import Dialog
from tui.views.dialogs.map_place import MapPlace
from tui.widgets.table import Table

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import TiangongApp

BURSTS = [
    ("o", ("enter", "enter")),
    ("o", ("enter", "escape")),
    ("o", ("escape", "escape", "escape")),
    ("o", ("escape", "enter")),
    ("g", ("n", "o", "w", "enter", "enter")),
    ("g", ("n", "o", "w", "enter", "enter", "escape")),
    ("g", ("escape", "escape")),
    ("question_mark", ("escape", "escape")),
    ("question_mark", ("f1", "f1", "escape")),
    ("ctrl+p", ("escape", "escape")),
    ("ctrl+p", ("enter", "enter")),
    ("w", ("escape", "escape", "escape")),
]


SIZES = [(1, 1), (2, 3), (4, 6), (8, 12), (20, 8), (160, 45)]


async def burst(app: TiangongApp, keys: tuple[str, ...]) -> None:
    """Send keys without a turn of the message loop between them."""
    for key in keys:
        app.simulate_key(key)


@pytest.mark.parametrize("over_theatre", [False, True], ids=["view", "theatre"])
@pytest.mark.parametrize(
    ("opens", "keys"), BURSTS, ids=lambda value: value if isinstance(value, str) else "-".join(value)
)
async def test_dialog_burst_of_keys_dismisses_it_once(opens: str, keys: tuple[str, ...], *, over_theatre: bool) -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        if over_theatre:
            await pilot.press("w")
        below = list(app.screen_stack)
        await pilot.press(opens)
        await burst(app, keys)
        await pilot.pause()
        if isinstance(app.screen, MapPlace):  # Enter after the dialog was left is a key of the map below
            await pilot.press("escape")
        assert not isinstance(app.screen, Dialog)
        if opens != "w":
            # Escape may close the theatre too once the dialog is gone, but the view itself always stays.
            assert app.screen_stack == below[: len(app.screen_stack)]
    assert app.return_code in {None, 0}


async def test_bookmark_that_is_chosen_and_forgotten_in_one_burst_is_forgotten() -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("b", "enter", "B")
        await burst(app, ("enter", "d"))
        await pilot.pause()
        assert app.screen.query_one(OptionList).option_count == 0
        assert read_state().bookmarks == ()
    assert app.return_code in {None, 0}


@pytest.mark.parametrize("opens", [("ctrl+p",), ("b", "enter", "B")], ids=["palette", "bookmarks"])
async def test_click_on_an_option_that_is_gone_but_still_painted_does_nothing(opens: tuple[str, ...]) -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press(*opens)
        options = app.screen.query_one(OptionList)
        await pilot.until(lambda: options.option_count)
        x, y = options.content_region.offset
        style = app.screen.get_style_at(x, y)
        assert style.meta["option"] == 0
        options.clear_options()
        options.post_message(events.Click(options, 0, 0, 0, 0, 1, False, False, False, x, y, style))
        await pilot.pause()
        assert app.is_running
    assert app.return_code in {None, 0}


@pytest.mark.validation
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("opens", [("b", "enter", "B"), ("L",), ("S",)], ids=["B", "L", "S"])
async def test_list_in_a_window_of_some_columns_stays_open(opens: tuple[str, ...], size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        for key in opens:
            await pilot.press(key)
        await leave_list(app, pilot)
    assert app.return_code in {None, 0}


@pytest.mark.validation
@pytest.mark.parametrize("size", SIZES)
async def test_choices_for_a_place_of_the_map_in_a_window_of_some_columns_stay_open(size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        app.push_screen(MapPlace(33.7, 73.0))
        await pilot.pause()
        await leave_list(app, pilot)
    assert app.return_code in {None, 0}


@pytest.mark.validation
@pytest.mark.parametrize("width", range(1, 11))
async def test_palette_in_a_window_of_some_columns_lists_what_it_finds(width: int) -> None:
    app = make_app()
    async with operating(app, size=(width, 24)) as pilot:
        await pilot.press("ctrl+p", "p")
        await pilot.pause(0.3)
        assert app.screen.query_one(OptionList).option_count
        await pilot.press("down", "escape")
    assert app.return_code in {None, 0}


async def leave_list(app: TiangongApp, pilot: Pilot[int]) -> None:
    """Walk in the list that is open, and leave it."""
    assert isinstance(app.screen, Dialog)
    assert app.screen.query_one(OptionList).option_count
    await pilot.press("down", "escape")
    assert not isinstance(app.screen, Dialog)


@pytest.mark.validation
@pytest.mark.parametrize("opens", ["o", "S", "l", "K", "question_mark", "i"])
async def test_wide_dialog_fills_a_narrow_terminal_from_edge_to_edge(opens: str) -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press(opens)
        box = app.screen.children[0]
        assert (box.region.x, box.region.width) == (0, 80)
        assert box.region.y > 0
        assert box.region.bottom < 24
        await pilot.resize_terminal(120, 36)
        await pilot.until(lambda: app.screen.children[0].region.x > 2)


@pytest.mark.parametrize("opens", ["o", "g", "b", "B", "S", "l", "K", "f7", "question_mark", "i"])
async def test_dialog_is_left_by_a_click_beside_its_box(opens: str) -> None:
    app = make_app()
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press(opens)
        dialog = app.screen
        assert isinstance(dialog, Dialog)
        await pilot.click(dialog.children[0], offset=(2, 0))
        assert app.screen is dialog
        await pilot.click(offset=(0, 0))
        assert app.screen is not dialog


@pytest.mark.validation
@pytest.mark.parametrize("key", ["S", "o", "l"])
@pytest.mark.parametrize("size", [(60, 15), (60, 12), (40, 10)])
async def test_box_of_a_list_in_a_low_terminal_is_whole(key: str, size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        await pilot.press("1", key)
        app.clear_notifications()
        await pilot.pause()
        (box,) = app.screen.children[:1]
        assert app.screen.region.contains_region(box.region)
        assert app.screen.max_scroll_y == 0


async def test_list_without_room_for_rows_still_says_how_many_there_are() -> None:
    app = make_app("2026-10-04T12:00:00Z")
    async with operating(app, size=(40, 10)) as pilot:
        await pilot.press("2")
        assert "everyone so far 27" in pilot.text
        assert "more" not in pilot.text
        table = app.screen.query_one("#everyone", Table)
        table.filter("Yaping")
        assert table.captions[1].startswith("“Yaping”: 1 of 27")
