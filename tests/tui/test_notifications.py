"""Notifications: limited in number, the newest of each title."""

from __future__ import annotations

import pytest

from tests.support.dashboard import StageTime, make_app, notifications
from tui.app import TiangongApp
from tui.widgets.notifications import MOST_MESSAGES


@pytest.mark.parametrize("key", ["t", "m", "c", "e"])
async def test_notifications_of_a_held_key_are_limited(key: str) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        for _ in range(30):
            await pilot.press(key)
        await pilot.pause()
        assert len(notifications(app)) <= MOST_MESSAGES
        assert 0 < len(app.screen.query("Toast")) <= MOST_MESSAGES


async def test_notifications_newest_of_a_title_replaces_the_older() -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        app.notify("said at the start")
        for number in range(5):
            app.notify(f"style {number}", title="map")
        await pilot.pause()
        assert notifications(app) == ["said at the start", "style 4"]
        for number in range(10):
            app.notify(f"word {number}")
        await pilot.pause()
        assert notifications(app) == ["word 6", "word 7", "word 8", "word 9"]


def borders(app: TiangongApp) -> list[str]:
    """What is shown of the borders of time, beside the way back."""
    return [text for text in notifications(app) if text.startswith("no data")]


async def test_notification_at_a_border_of_time_is_shown_once() -> None:
    time = StageTime()
    app = make_app("2021-04-29T04:00:00Z", time=time, paused=False)
    app.session.clock.set_rate(-3600.0)
    async with app.run_test(size=(100, 30)) as pilot:
        time.pass_by(2.0)
        for _ in range(3):
            app.draw()
        await pilot.pause()
        assert app.session.clock.paused
        assert notifications(app) == ["no data before the launch of Tianhe (29 April 2021)"]
        standing = app.notification_limit.standing
        app.draw()
        await pilot.pause()
        assert app.notification_limit.standing == standing
        await pilot.press("left_curly_bracket")  # whoever asks again is told again
        assert borders(app) == ["no data before the launch of Tianhe (29 April 2021)"]
        app.session.clock.seek(app.session.clock.latest_unix_s)
        await pilot.press("greater_than_sign")
        assert borders(app) == ["no data more than one year ahead: the orbit cannot be predicted that far"]
