"""Notifications: limited in number, the newest of each title."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from tests.support.dashboard import StageTime, make_app, notifications
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.session.session import Session
from tui.widgets.notifications import MOST_MESSAGES

if TYPE_CHECKING:
    from tui.session.host import Host


@pytest.mark.parametrize("key", ["t", "m", "c", "e"])
async def test_notifications_of_a_held_key_are_limited(key: str) -> None:
    app = make_app()
    async with operating(app, size=(100, 30), notifications=True) as pilot:
        for _ in range(2 * MOST_MESSAGES):
            await pilot.press(key)
        assert len(notifications(app)) <= MOST_MESSAGES
        assert 0 < len(app.screen.query("Toast")) <= MOST_MESSAGES


async def test_notifications_newest_of_a_title_replaces_the_older() -> None:
    app = make_app()
    async with operating(app, size=(100, 30)) as pilot:
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
    async with operating(app, size=(100, 30)) as pilot:
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


@pytest.mark.parametrize(
    ("method", "key", "words"),
    [
        ("compute_passes", "", "the search for passes has failed (ValueError: bad [red]sum)"),
        ("compute_eclipses", "6", "the search for eclipses and contacts has failed (ValueError: bad [red]sum)"),
        ("read_altitude", "", "the reading of cities and of the altitude history has failed"),
        ("passes_between", "P", "the search for passes has failed"),
    ],
)
async def test_notification_tells_once_of_work_that_failed_unexpectedly(
    method: str, key: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def fail(_: Session, *_arguments: float) -> None:
        calls.append(method)
        raise ValueError("bad [red]sum")

    monkeypatch.setattr(Session, method, fail)
    app = make_app()
    async with operating(app, size=(120, 36), notifications=True, work_may_fail=True) as pilot:
        for _ in range(4):
            await (pilot.press(key) if key else pilot.pause())
            app.controls.searches.start()  # as a place or elements that change do
            app.draw()
        await pilot.pause(0.1)
        told = [text for text in notifications(app) if "has failed" in text]
        assert len(calls) > 1
        assert len(told) == 1
        assert told[0].startswith(words)
        assert "tiangong help bugs" in told[0]


async def test_notification_tells_of_an_update_that_failed_unexpectedly() -> None:
    async def fail() -> None:
        raise OSError(28, "No space left on device")

    app = make_app()
    async with operating(app, size=(120, 36), notifications=True, work_may_fail=True) as pilot:
        cast("Host", app).run_worker(fail, group="live", exit_on_error=False)
        await pilot.pause(0.1)
        assert any(
            "the update has failed (OSError: [Errno 28] No space left on device)" in t for t in notifications(app)
        )
