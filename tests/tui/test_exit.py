"""Leaving the dashboard at any moment, also while a view or a dialog is being built."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.dashboard import make_app


@pytest.mark.parametrize("key", ["2", "3", "4", "5", "6", "7", "g", "o", "question_mark", "ctrl+p", "w", "slash", "i"])
async def test_dashboard_exit_while_a_screen_is_built_is_clean(key: str) -> None:
    for steps in (1, 2, 3, 5, 8, 13):
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            app.simulate_key(key)
            for _ in range(steps):
                await asyncio.sleep(0.0)
            app.exit(143)
        assert app.return_value == 143
        assert app.return_code == 0


async def test_dashboard_frame_before_a_screen_is_built_waits_for_it() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for name in ("model", "missions", "passes"):
            app.switch_mode(name)
            app.draw(carry_on=True)  # the timer of the frames comes before the message that builds the screen
            await pilot.pause()
            assert app.current_mode == name


async def test_dashboard_frame_after_the_exit_draws_nothing() -> None:
    for steps in range(12):
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            app.simulate_key("5")
            for _ in range(steps):
                await asyncio.sleep(0.0)
            app.exit(143)
            for _ in range(20):
                app.draw()  # by a timer that was due
                await asyncio.sleep(0.0)
        assert app.return_code == 0


@pytest.mark.usefixtures("brief_failure")
async def test_dashboard_error_in_an_action_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run_into_it() -> None:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            monkeypatch.setattr(app.session, "frame", lambda: 1 // 0)
            await pilot.press("space")

    with pytest.raises(ZeroDivisionError):
        await run_into_it()


async def test_dashboard_exit_while_the_palette_searches_is_clean() -> None:
    for steps in (0, 2, 5, 13):
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+p")
            app.simulate_key("w")
            for _ in range(steps):
                await asyncio.sleep(0.0)
            app.exit(143)
            app.simulate_key("a")
        assert app.return_code == 0
