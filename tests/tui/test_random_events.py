"""Random keys, pastes, mouse events and sizes over views and dialogs: no exception, and keys answer afterwards."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot, WaitForScreenTimeout

from tests.support.dashboard import StageTime, make_app
from tests.support.operating import QUIET_ROUNDS, operating
from tui.app import TiangongApp
from tui.config.actions import ACTIONS
from tui.views.base import View

MOUSE = (events.MouseDown, events.MouseUp, events.MouseMove, events.MouseScrollDown, events.MouseScrollUp)
OF_ACTIONS = {
    key for action in ACTIONS if action.id not in {"quit", "picture", "update"} for key in action.keys.split(",")
}
KEYS = [
    *sorted(OF_ACTIONS),  # a set has another order in each process: a seed would not say which keys were pressed
    *"1234567abc90*",
    *(
        "enter",
        "escape",
        "up",
        "down",
        "left",
        "right",
        "backspace",
        "delete",
        "home",
        "end",
        "ctrl+s",
        "ctrl+p",
        "slash",
    ),
]
PASTES = ["Islamabad", "2024-12-17", "now", "+90m", "33.7, 73.1", "天宫", "[bold]x[/]", "\x1b[31m", "", "x" * 3000]
GREATEST, GREATEST_EVERY, GREATEST_FOR = Size(500, 200), 250, 10
"""The greatest size, and how many of so many events come at it."""

MOST_WAITING_S = 120.0
"""Until a freeze is taken for one: ten events at 500x200 take long on a machine that has other work too."""


def random_event(dice: random.Random, app: TiangongApp) -> None:
    """One event, as a terminal would report it."""
    kind = dice.random()
    if kind < 0.70:
        app.simulate_key(dice.choice(KEYS))
    elif kind < 0.75:
        app.screen.post_message(events.Paste(dice.choice(PASTES)))
    elif kind < 0.93:
        mouse = dice.choice(
            [events.MouseDown, events.MouseUp, events.MouseMove, events.MouseScrollDown, events.MouseScrollUp]
        )
        x, y = dice.randrange(max(app.size.width, 1)), dice.randrange(max(app.size.height, 1))
        app.screen.post_message(mouse(None, x, y, 0, 0, dice.choice([0, 1, 3]), False, False, False, x, y))
    elif kind < 0.97:
        size = Size(*dice.choice([(1, 1), (80, 24), (dice.randint(1, 220), dice.randint(1, 70))]))
        app.post_message(events.Resize(size, size))
    else:
        app.controls.frames.tick()


@pytest.fixture(autouse=True)
def _clicks_do_not_quit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click may meet “quit” in the key bar: that is not what is tested here."""

    async def nothing(_: TiangongApp) -> None:
        pass

    monkeypatch.setattr(TiangongApp, "action_quit", nothing)


async def test_pause_goes_on_where_a_widget_did_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual waits 30 s for every widget, also for one that is removed meanwhile, and then fails."""
    app, asked = make_app(), []
    async with operating(app, (80, 24)) as pilot:
        pause = Pilot.pause

        async def without_an_answer(self: Pilot[object], delay: float | None = None) -> None:
            asked.append(delay)
            if len(asked) == 1:
                raise WaitForScreenTimeout
            await pause(self, delay)

        monkeypatch.setattr(Pilot, "pause", without_an_answer)
        await pilot.pause()
    assert len(asked) > QUIET_ROUNDS


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the widgets have handled what they had; not for those that were removed meanwhile."""
    with suppress(WaitForScreenTimeout):
        await asyncio.wait_for(pilot.pause(), MOST_WAITING_S)


async def storm(seed: int, count: int) -> None:
    dice, stage = random.Random(seed), StageTime()
    app = make_app(time=stage, paused=False)
    async with app.run_test(size=(100, 30)) as pilot:
        for number in range(count):
            if number % GREATEST_EVERY in {0, GREATEST_FOR}:  # it is painted as long as twenty-five of 80x24
                size = GREATEST if number % GREATEST_EVERY == 0 else Size(80, 24)
                app.post_message(events.Resize(size, size))
            stage.pass_by(dice.choice([0.0, 0.1, 1.0]))
            random_event(dice, app)
            if dice.random() < 0.3:
                await asyncio.sleep(0.0)
            if number % 20 == 0:
                await settle(pilot)
            assert app.is_running, f"seed {seed}: the dashboard ended at event {number}"
        last = Size(100, 30)
        app.post_message(events.Resize(last, last))
        for key in (*["escape"] * 4, "2"):  # out of an input, a dialog over it, the theatre
            app.simulate_key(key)
            await settle(pilot)
        end = time.monotonic() + MOST_WAITING_S
        while app.current_mode != "crew" and time.monotonic() < end:
            await settle(pilot)
        assert app.current_mode == "crew"
        assert isinstance(app.screen, View)
    assert app.return_code in {None, 0}


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
async def test_random_events_leave_the_dashboard_working(seed: int) -> None:
    await storm(seed, 500)


@pytest.mark.benchmark
@pytest.mark.parametrize("seed", range(100, 110))
async def test_twenty_thousand_random_events_leave_the_dashboard_working(seed: int) -> None:
    await storm(seed, 2000)


async def test_mouse_pressed_on_a_text_that_is_being_removed_does_nothing() -> None:
    """Textual 8.2 fails where the text selected by the mouse has no parent any more: nothing is selected here."""
    app = make_app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        app.notify("a line")
        await pilot.pause()
        toast = app.screen.query("Toast").first()
        x, y = toast.content_region.offset
        with app.batch_update():  # the text stands there until the next layout
            await toast.remove()
            assert app.screen.get_widget_and_offset_at(x, y)[0] is toast
            app.post_message(events.MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
            await pilot.pause()
        assert app.is_running
