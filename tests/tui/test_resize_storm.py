"""Dragging the window while views change: afterwards the dashboard is at rest in the last size, and keys answer."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.app import App
from textual.events import Callback
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tests.support.dashboard import make_app
from tui.app import TiangongApp
from tui.config.actions import VIEWS
from tui.views.base import View
from tui.widgets.steady_screen import LAYOUT_EVERY_S, LONGEST_PAUSE_S, SteadyScreen, layout_pause_s

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode
    from textual.timer import Timer

STORM_S = 5.0
RESIZE_EVERY_S = 1.0 / 60.0
KEY_EVERY_S = 1.0 / 30.0
AT_REST_S = 1.0
LAST = Size(120, 40)


class Bare(App[None]):
    """An app with nothing but one screen."""

    def __init__(self, screen: Callable[[], Screen[None]]) -> None:
        super().__init__()
        self._first_screen = screen

    def get_default_screen(self) -> Screen[None]:
        return self._first_screen()


async def test_drag_while_views_change_ends_at_rest_in_the_last_size(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, Size]] = []
    take = View.post_message

    def noted(self: View, message: events.Event) -> bool:
        if isinstance(message, events.Resize):
            told.append((type(self).__name__, message.size))
        return take(self, message)

    monkeypatch.setattr(View, "post_message", noted)
    dice = random.Random(16)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        end = time.monotonic() + STORM_S
        next_key = 0.0
        while (now := time.monotonic()) < end:
            size = Size(*dice.choice([(100, 30), (120, 40), (80, 24), (dice.randint(1, 220), dice.randint(1, 70))]))
            app.post_message(events.Resize(size, size))
            if now >= next_key:
                next_key = now + KEY_EVERY_S
                app.simulate_key(dice.choice(["tab", "shift+tab", *"1234567"]))
            await asyncio.sleep(RESIZE_EVERY_S)
        app.post_message(events.Resize(LAST, LAST))
        await pilot.pause()
        await asyncio.sleep(AT_REST_S)
        told.clear()
        await asyncio.sleep(AT_REST_S)
        assert not told, f"views are still told of sizes: {told[:8]}"
        assert app.screen.size == LAST
        for digit, name in enumerate(VIEWS, start=1):
            await pilot.press(str(digit))
            assert app.current_mode == name
            await pilot.pause()
            assert app.screen.size == LAST


async def test_two_sizes_in_the_queue_of_a_screen_end_in_the_size_of_the_terminal() -> None:
    """Textual 8.2 lays out both in turn for ever when another message stands between them."""
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        screen = app.screen
        for size in (Size(120, 40), Size(100, 30), Size(80, 24)):
            screen.post_message(events.Resize(size, size))
            screen.post_message(Callback(callback=lambda: None))
        await asyncio.wait_for(pilot.pause(), 5.0)
        assert screen.size == Size(100, 30)


async def test_steady_screen_sizes_in_turn_ignores_all_but_the_terminals() -> None:
    sizes: list[Size] = []

    class Noting(SteadyScreen, Screen[None]):
        def on_resize(self, event: events.Resize) -> None:
            sizes.append(event.size)
            assert len(sizes) < 100
            self.post_message(Callback(callback=lambda: None))

    app = Bare(Noting)
    async with app.run_test(size=(80, 24)) as pilot:
        for size in (Size(120, 40), Size(100, 30)):
            app.screen.post_message(events.Resize(size, size))
            app.screen.post_message(Callback(callback=lambda: None))
        await pilot.pause()
    assert set(sizes) == {Size(80, 24)}


async def test_steady_screen_burst_of_sizes_lays_out_the_first_and_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 1000.0
    monkeypatch.setattr("tui.widgets.steady_screen.monotonic", lambda: now_s)
    laid_out: list[Size] = []

    class Noting(SteadyScreen, Screen[None]):
        def on_resize(self, event: events.Resize) -> None:
            laid_out.append(event.size)

    app = Bare(Noting)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        now_s += 1.0
        laid_out.clear()
        for width in range(81, 101):
            app.post_message(events.Resize(Size(width, 30), Size(width, 30)))
            await asyncio.sleep(1.0 / 60.0)
        now_s += 1.0
        await asyncio.sleep(2.0 * LAYOUT_EVERY_S)
        await pilot.pause()
        assert laid_out[0].width < 90
        assert laid_out[-1] == app.screen.size == Size(100, 30)
        assert len(laid_out) <= 4


async def test_steady_screen_layout_that_takes_long_leaves_the_keys_three_times_as_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now_s, took_s = 1000.0, 0.1
    monkeypatch.setattr("tui.widgets.steady_screen.monotonic", lambda: now_s)
    laid_out: list[Size] = []
    waits: list[float] = []

    class Noting(SteadyScreen, Screen[None]):
        def on_resize(self, event: events.Resize) -> None:
            nonlocal now_s
            laid_out.append(event.size)
            now_s += took_s

        def set_timer(self, delay: float, *arguments: Any, **named: Any) -> Timer:
            waits.append(delay)
            return super().set_timer(delay, *arguments, **named, pause=True)

    app = Bare(Noting)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        now_s += 1.0
        laid_out.clear()
        waits.clear()
        for width in range(81, 141):  # one second of sixty sizes
            app.post_message(events.Resize(Size(width, 30), Size(width, 30)))
            await pilot.pause(0.01)
        assert len(laid_out) == 1
        assert waits == [pytest.approx(3.0 * took_s)]


def test_layout_pause_is_a_tenth_of_a_second_at_least_and_half_a_second_at_most() -> None:
    assert [layout_pause_s(took_s) for took_s in (0.0, 0.02, 0.1, 4.0)] == [
        LAYOUT_EVERY_S,
        LAYOUT_EVERY_S,
        pytest.approx(0.3),
        LONGEST_PAUSE_S,
    ]


def colours(app: TiangongApp) -> list[tuple[object, ...]]:
    """Of everything on the screen."""
    return [(*widget.background_colors, *widget.colors) for widget in app.screen.walk_children(Widget)]


async def test_screen_shown_again_is_styled_anew_only_for_another_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    styled: list[DOMNode] = []
    style = TiangongApp.update_styles

    def noted(self: TiangongApp, node: DOMNode, animate: bool = True) -> None:
        styled.append(node)
        style(self, node, animate)

    monkeypatch.setattr(TiangongApp, "update_styles", noted)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        for key in ("2", "1", "question_mark", "escape"):
            await pilot.press(key)
            await pilot.pause()
        styled.clear()
        for key in ("2", "1", "question_mark", "escape"):
            await pilot.press(key)
            await pilot.pause()
        assert not [node for node in styled if isinstance(node, Screen)]
        before = app.screen.styles.background
        await pilot.press("t")
        await pilot.press("2")
        await pilot.pause()
        assert app.screen in styled
        assert app.screen.styles.background != before
        shown = colours(app)
        app.refresh_css(animate=False)
        assert shown == colours(app)
