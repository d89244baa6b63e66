"""The help lists every key of every screen, compared with the bindings."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

import pytest
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.keys import format_key
from textual.screen import Screen
from textual.widgets import Input, Markdown, Static

import tui.views
from tests.support.dashboard import RECORD_WALK, make_app
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.config.actions import ACTIONS
from tui.config.options import DashboardOptions
from tui.config.screen_keys import SCREENS, LocalKey, bindings
from tui.config.settings import Settings
from tui.views.base import View
from tui.views.dialogs.help import Help, Section
from tui.views.dialogs.place import PlacePicker
from tui.views.model.view import ModelView
from tui.views.orbit.view import OrbitView
from tui.views.passes.view import PassesView
from tui.views.station.view import StationView
from tui.views.theatre.view import Theatre
from tui.widgets.river.widget import TimeRiver

TOLD = {
    StationView: "On the map of the station (1)",
    PassesView: "In the passes (5)",
    Theatre: "While a pass is watched (w)",
    ModelView: "While the station is shown in three dimensions (f)",
    PlacePicker: "While a place is chosen (o)",
}
WRITTEN = {
    "escape": "Esc",
    "backspace": "Backspace",
    "space": "Space",
    "question_mark": "?",
    "asterisk": "*",
    "ctrl+s": "Ctrl+S",
    "f1": "F1",
    "f7": "F7",
    "up": "↑",
    "down": "↓",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
}


def screens() -> list[type[Screen[object]]]:
    """Every screen of the program."""
    modules = [import_module(found.name) for found in pkgutil.walk_packages(tui.views.__path__, "tui.views.")]
    members = [member for module in modules for _, member in inspect.getmembers(module, inspect.isclass)]
    return [member for member in dict.fromkeys(members) if issubclass(member, Screen) and "tui." in member.__module__]


async def help_lines(app: TiangongApp) -> list[str]:
    """The lines of the help."""
    async with operating(app, size=(120, 60)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)
        text = "\n".join(str(widget.render()) for widget in app.screen.query(Static))
        await pilot.press("escape")
        assert isinstance(app.screen, View)
    return text.splitlines()


async def test_help_lines_contain_every_key() -> None:
    lines = await help_lines(make_app(RECORD_WALK))
    for action in ACTIONS:
        assert f"{action.shown:>10}  {action.title}" in lines
    for heading, keys in SCREENS.items():
        assert heading in lines
        for key in keys:
            assert f"{key.shown:>10}  {key.title}" in lines


def test_help_lines_contain_every_binding_of_every_screen() -> None:
    told = {(key, local.action, local.title): local for keys in SCREENS.values() for local in keys
            for key in local.keys.split(",") if key}  # fmt: skip
    found = [
        binding
        for screen in (*screens(), TimeRiver)
        for binding in Binding.make_bindings(screen.__dict__.get("BINDINGS", ()))
    ]  # fmt: skip
    found += [binding for binding in TiangongApp.BINDINGS if isinstance(binding, Binding) and not binding.id]
    assert len(found) >= 15
    for binding in found:
        local = told[binding.key, binding.action, binding.description]
        assert WRITTEN.get(binding.key, format_key(binding.key)) in local.shown.split()
    assert len(told) == len(set(found)), "a key is told that no screen binds"


@pytest.mark.parametrize(
    "screen", [StationView, PassesView, Theatre, PlacePicker, ModelView], ids=lambda screen: screen.__name__
)
def test_help_lines_contain_actions_a_screen_overrides(screen: type[Screen[object]]) -> None:
    """Actions of the general table that the screen overrides."""
    written = {word for key in SCREENS[TOLD[screen]] for word in key.shown.split()}
    for action in ACTIONS:
        name = f"action_{action.action.removeprefix('screen.').partition('(')[0]}"
        if action.action.startswith("screen.") and name in screen.__dict__:
            assert written & set(action.shown.split()), name


def test_help_heading_of_zoom_names_every_view_that_zooms() -> None:
    """The heading names the views that have it."""
    zooming = {screen for screen in screens() if "action_zoom" in screen.__dict__}
    names = {screen.__name__ for screen in zooming}
    assert names == {"ListView", "MissionsView", "ModelView", "OrbitView", "PassesView", "StationView"}
    assert OrbitView in zooming


async def test_help_lines_show_keys_of_settings() -> None:
    keys = {"theme": "y,greater_than_sign", "time.pause": "Spacebar"}
    lines = await help_lines(make_app(options=DashboardOptions(offline=True, settings=Settings(keys=keys))))
    assert f"{'y >':>10}  Next theme" in lines
    assert f"{'Space':>10}  Pause, or run on" in lines


def test_local_key_with_other_meaning_is_not_bound() -> None:
    assert [binding.key for binding in bindings("In the passes (5)") if isinstance(binding, Binding)] == ["asterisk"]
    assert LocalKey("v", "anything").keys == ""


async def test_help_scrolls_by_the_keys_it_teaches() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        box = app.screen.query_one(VerticalScroll)
        await pilot.press("j", "j", "j", "k")
        assert box.scroll_y == 2
        await pilot.press("down", "up", "up")
        assert box.scroll_y == 1


@pytest.mark.parametrize(("view", "heading"), [("5", "In the passes (5)"), ("1", "On the map of the station (1)")])
async def test_help_opens_on_the_keys_of_the_view(view: str, heading: str) -> None:
    app = make_app()
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press(view)
        await pilot.press("question_mark")
        assert str(app.screen.query(Section).first().content).splitlines()[0] == heading


async def test_help_finds_a_word_and_shows_nothing_else() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("question_mark")
        await pilot.press("slash", *"ellipsoid")
        shown = [str(part.content) for part in app.screen.query(Section).results() if part.region.area]
        assert len(shown) == 1
        assert "above the WGS84 ellipsoid" in shown[0]
        await pilot.press("enter", "escape")
        assert isinstance(app.screen, View)


@pytest.mark.parametrize(("width", "columns"), [(80, 1), (250, 2)])
async def test_help_stands_in_two_columns_where_there_is_room(width: int, columns: int) -> None:
    app = make_app()
    async with operating(app, size=(width, 60)) as pilot:
        await pilot.press("question_mark")
        sections = app.screen.query(Section)
        assert all(part.region.area for part in sections)
        assert len({part.region.x for part in sections}) == columns


async def shown_topic(app: TiangongApp) -> str:
    """The text of the topic that is open; empty while the keys or what was found are shown."""
    page = app.screen.query_one("#topic", Markdown)
    return page.source if page.display else ""


@pytest.mark.validation
@pytest.mark.parametrize("size", [(80, 24), (250, 70)])
async def test_help_goes_through_all_topics_and_back_to_the_keys(size: tuple[int, int]) -> None:
    app = make_app()
    async with operating(app, size=size) as pilot:
        await pilot.press("question_mark")
        assert await shown_topic(app) == ""
        await pilot.press("right")
        assert (await shown_topic(app)).startswith("# Words")
        await pilot.press("right")
        assert (await shown_topic(app)).startswith("# Truth and errors")
        assert not any(section.display for section in app.screen.query(Section))
        await pilot.press("left", "left")
        assert await shown_topic(app) == ""
        assert all(section.display for section in app.screen.query(Section))


async def test_help_opens_a_topic_that_is_clicked_on() -> None:
    app = make_app()
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("question_mark")
        line = app.screen.query_one("#topics", Static)
        await pilot.click(line, offset=(str(line.content).index("recipes") + 1, 0))
        await pilot.pause()
        assert (await shown_topic(app)).startswith("# Recipes")


@pytest.mark.validation
async def test_help_finds_text_of_every_topic_and_opens_the_topic_found() -> None:
    app = make_app()
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.press("right", "slash", *"waybar")
        found = app.screen.query_one("#found", Static)
        assert found.display
        assert "waybar (recipes)" in str(found.content)
        assert await shown_topic(app) == ""
        app.screen.query_one("#find", Input).value = ""
        await pilot.pause()
        assert not found.display
        assert (await shown_topic(app)).startswith("# Words")


async def test_palette_opens_a_topic_of_the_help() -> None:
    app = make_app()
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("ctrl+p", *"truth and errors")
        await pilot.pause(1.0)
        await pilot.press("enter")
        assert isinstance(app.screen, Help)
        assert (await shown_topic(app)).startswith("# Truth and errors")


async def test_help_of_a_topic_has_the_keys_of_the_settings() -> None:
    app = make_app(options=DashboardOptions(offline=True, settings=Settings(keys={"pass.watch": "f9"})))
    async with operating(app, size=(120, 40)) as pilot:
        app.controls.dialogs.open_help("start")
        await pilot.pause()
        assert "`f9` watches the next pass worth seeing" in await shown_topic(app)


async def test_help_closed_while_a_topic_is_laid_out_ends_quietly() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        page = app.screen
        assert isinstance(page, Help)
        laid_out = page.query_one("#topic", Markdown).update

        async def update(text: str) -> None:
            await laid_out(text)
            page.dismiss(None)
            await page.query("*").remove()  # as the closing of the dialog does a moment later

        page.query_one("#topic", Markdown).update = update  # type: ignore[method-assign,assignment]
        await page.action_topic("truth")
        await pilot.pause()
        assert not isinstance(app.screen, Help)
