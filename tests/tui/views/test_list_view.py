"""Properties of all list views: sizes, themes, resizing, mouse, and few redrawn rows a frame."""

from __future__ import annotations

import random

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown
from textual.widget import Widget
from textual.widgets import Input

from sim.constants import TIANHE_LAUNCH_UNIX_S
from sim.time import parse_instant
from tests.support.dashboard import StageTime, make_app
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.drawing import themes
from tui.views.base import open_view
from tui.views.dialogs.proof import ProofDialog
from tui.views.list_view import ListView
from tui.views.palette.palette import view_of
from tui.widgets.links import highlighted
from tui.widgets.panel import Panel
from tui.widgets.selectable import ScrollingText, SelectablePanel
from tui.widgets.table import Table

VIEWS = {"2": "crew", "3": "missions", "4": "spacewalks", "7": "partners"}
INSTANTS = ("2021-05-01T00:00:00Z", "2022-10-01T00:00:00Z", "2024-12-17T13:50:00Z", "2026-10-08T00:00:00Z")
SIZES = [(80, 24), (120, 36), (160, 45), (250, 70)]


def shown(app: TiangongApp) -> list[Panel]:
    panels = app.screen.query(Panel)
    return [panel for panel in panels if panel.content_size.width > 0 and panel.content_size.height > 0]


@pytest.mark.validation
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_list_views_at_every_size_and_instant_neither_cut_nor_overlap(size: tuple[int, int]) -> None:
    app = make_app(INSTANTS[0])
    async with operating(app, size=size) as pilot:
        for key, name in VIEWS.items():
            await pilot.press(key)
            for at in INSTANTS:
                app.seek(parse_instant(at))
                await pilot.pause()
                assert app.current_mode == name
                regions = [panel.region for panel in shown(app)]
                assert sum(region.area for region in regions) <= size[0] * size[1]
                for panel in shown(app):
                    for line in panel.text.splitlines():
                        assert cell_len(line) <= panel.content_size.width
                        # What is cut ends at a word's end; only plans, told in one row, are ever cut in these sizes.
                        assert "…" not in line or "planned: " in line, (name, at, panel.id, line)


@pytest.mark.validation
@pytest.mark.parametrize("theme", themes.CYCLE)
async def test_list_views_in_every_theme_are_drawn(theme: str) -> None:
    app = make_app(INSTANTS[2])
    async with operating(app, size=(120, 36)) as pilot:
        app.theme = theme
        for key in VIEWS:
            await pilot.press(key, "down", "enter", "down")
            assert app.export_screenshot()
            if isinstance(app.screen, ProofDialog):
                await pilot.press("escape")
            assert isinstance(app.screen, ListView)
            assert app.screen.active.text.strip()


async def test_list_views_resized_at_random_do_not_crash() -> None:
    chance = random.Random(4)
    app = make_app(INSTANTS[2])
    async with operating(app, size=(20, 5)) as pilot:
        for key in VIEWS:
            await pilot.press(key, "down", "enter", "v", "a", "plus", "escape")
        for _ in range(25):
            await pilot.resize_terminal(chance.randint(1, 180), chance.randint(1, 60))
            await pilot.press(chance.choice([*VIEWS, "down", "up", "enter", "v", "left", "end", "pagedown", "escape"]))
        assert app.is_running


async def test_list_views_random_keys_do_not_crash() -> None:
    chance = random.Random(7)
    app = make_app(INSTANTS[2])
    keys = ["up", "down", "left", "right", "enter", "escape", "v", "a", "A", "plus", "minus", "0", "home", "end",
            "pageup", "pagedown", *VIEWS]  # fmt: skip
    async with operating(app, size=(100, 31)) as pilot:
        for _ in range(50):
            await pilot.press(chance.choice(keys))
            if chance.random() < 0.3:
                app.seek(chance.uniform(TIANHE_LAUNCH_UNIX_S, parse_instant("2027-06-01T00:00:00Z")))
        await pilot.pause()
        assert app.is_running


async def test_list_view_next_panel_key_cycles_and_small_terminal_shows_one() -> None:
    app = make_app(INSTANTS[3])
    async with operating(app, size=(80, 24)) as pilot:
        for key in VIEWS:
            await pilot.press(key)
            view = app.screen
            assert isinstance(view, ListView)
            seen = []
            for _ in view.parts:
                seen.append(view.active.id)
                alone = [part for name in view.parts if (part := view.part(name)).display and part.size.area]
                assert view.active in alone
                assert len(alone) <= 2, "the list of those aboard may stand above"
                await pilot.press("v")
            assert seen == list(view.parts)


async def test_list_view_frame_redraws_only_changed_rows() -> None:
    time = StageTime()
    app = make_app("2025-11-01T03:00:00Z", time=time, paused=False)
    async with operating(app, size=(160, 45)) as pilot:
        for key in VIEWS:
            await pilot.press(key)
            app.draw()
            before = {panel.id: panel.text.split("\n") for panel in shown(app)}
            time.pass_by(1.0)
            app.draw()
            changed = sum(
                row != old
                for panel in shown(app)
                for row, old in zip(panel.text.split("\n"), before[panel.id], strict=True)
            )
            # The header's clock, and a line for each of the six people aboard here and there.
            assert changed <= (16 if key == "2" else 2), f"view {key}: {changed} rows"


def wheel_down(widget: Widget) -> MouseScrollDown:
    """A turn of the wheel over a widget."""
    return MouseScrollDown(widget, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False)


async def test_list_view_wheel_moves_cursor_and_scrolls_text() -> None:
    app = make_app(INSTANTS[3])
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("2")
        table = app.screen.query_one("#everyone", Table)
        first = table.cursor
        table.post_message(wheel_down(table))
        await pilot.pause()
        assert table.cursor != first
        text = app.screen.query_one("#records", ScrollingText)
        text.post_message(wheel_down(text))
        await pilot.pause()
        assert text.top == 3


async def test_table_second_click_opens_row() -> None:
    app = make_app(INSTANTS[3])
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("4")
        bars = app.screen.query_one("#bars", Table)
        await pilot.click(bars, offset=(5, 6))
        await pilot.pause()
        assert bars.active
        chosen = bars.cursor
        await pilot.click(bars, offset=(5, 6))
        await pilot.pause()
        walk = app.screen.query_one("#walk", ScrollingText)
        assert walk.active
        assert f"Spacewalk {chosen}" in walk.text


def test_highlighted_line_fills_its_width() -> None:
    line = highlighted((), 7)
    assert [(run.text, run.style) for run in line] == [(" " * 7, "/on")]


async def test_list_view_reveal_selects_row_of_title() -> None:
    app = make_app(INSTANTS[3])
    async with operating(app, size=(120, 36)) as pilot:
        for query, view, part, key in (
            ("Wang Yaping", "crew", "everyone", "Wang Yaping"),
            ("神舟十三", "missions", "timeline", "Shenzhou-13"),
            ("EVA 17", "spacewalks", "bars", "17"),
        ):
            found = app.session.chronicle.find(query)[0]
            app.jump(found.unix_s, view_of(found), found.title)
            await pilot.pause()
            app.draw()
            assert app.current_mode == view
            assert app.screen.query_one(f"#{part}", SelectablePanel).cursor == key
            assert app.session.clock.now() == found.unix_s


async def test_mission_detail_spacewalk_link_opens_spacewalks_view() -> None:
    app = make_app(INSTANTS[3])
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("3", "enter", "down", "down", "enter")
        app.draw()
        await pilot.pause()
        assert app.current_mode == "spacewalks"
        assert app.screen.query_one("#bars", Table).cursor == "3"


@pytest.mark.parametrize("view", ["crew", "passes"])
async def test_key_that_comes_before_a_view_is_built_does_nothing(view: str) -> None:
    """It may bubble up from the view before, after a click has opened this one."""
    app = make_app()
    async with operating(app, (100, 30)) as pilot:
        app.action_view(view)
        for action in ("move(1)", "page(1)", "sideways(1)", "part(1)", "panel(1)", "enter", "back", "sort", "explain"):
            assert not app.screen.is_mounted
            assert not await app.run_action(f"screen.{action}")
        await pilot.pause()
        assert app.current_mode == view


async def test_filter_asked_for_before_a_view_is_built_opens_when_it_is() -> None:
    app = make_app()
    async with operating(app, (100, 30)) as pilot:
        app.action_view("crew")
        assert not app.screen.is_mounted
        await app.run_action("app.filter")
        await pilot.pause()
        assert app.screen.query_one("#filter", Input).display


@pytest.mark.parametrize("name", ["crew", "missions", "spacewalks", "passes", "partners"])
async def test_list_view_reveal_before_its_panels_are_there_waits_for_them(name: str) -> None:
    app = make_app()
    async with operating(app, size=(120, 40)):
        view = open_view(name, app.view_context())
        view.newest = app.session.frame()
        view.reveal("Cai Xuzhe")
