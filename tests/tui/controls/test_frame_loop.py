"""The loop of frames: it ticks in every order of events of a start, and no faster than the picture can change."""

from __future__ import annotations

from threading import Thread
from time import thread_time
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.geometry import Size

from tests.support.dashboard import StageTime, make_app, make_session
from tests.support.host import FakeAppHost
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.controls.collaborators import Collaborators
from tui.controls.frame_loop import LEAST_PAUSE_S
from tui.session.preferences import Preferences
from tui.views.base import View

if TYPE_CHECKING:
    from collections.abc import Callable


async def test_clock_that_stands_late_in_a_second_is_read_once_a_second() -> None:
    time, host = StageTime("2026-10-08T12:00:00.990Z"), FakeAppHost()
    session = make_session(None, time=time, paused=False)
    frames = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions()).frames
    for _ in range(3):
        frames.tick()
    assert [delay for delay, callback in host.timers if callback == frames.tick] == [LEAST_PAUSE_S, 1.0, 1.0]
    time.pass_by(0.5)
    frames.tick()
    assert host.timers[-1][0] == pytest.approx(0.515)
    await host.finish()


def burn(seconds: float) -> None:
    """Use so much processor time."""
    end_s = thread_time() + seconds
    while thread_time() < end_s:
        pass


@pytest.mark.parametrize(("in_thread", "shortest_s", "longest_s"), [(False, 0.35, 0.4), (True, 0.0, 0.3)])
async def test_frames_come_further_apart_for_their_own_work_and_not_for_that_of_other_threads(
    in_thread: bool, shortest_s: float, longest_s: float
) -> None:
    host, session = FakeAppHost(), make_session("2026-10-08T12:00:00Z")
    session.clock.set_rate(600.0)
    frames = Collaborators(host, session, Preferences(Settings(), host.post_message), DashboardOptions()).frames
    frames.tick()
    if in_thread:
        worker = Thread(target=burn, args=(0.2,))
        worker.start()
        worker.join()
    else:
        burn(0.2)
    frames.tick()
    assert shortest_s <= host.timers[-1][0] <= longest_s
    await host.finish()


def press(app: TiangongApp, *keys: str) -> None:
    for key in keys:
        app.simulate_key(key)


def resize(app: TiangongApp, *widths: int) -> None:
    for width in widths:
        app.post_message(events.Resize(Size(width, 20), Size(width, 20)))


def newest_s(app: TiangongApp) -> float | None:
    """The instant of the newest frame of the view, below what covers it."""
    view = next(screen for screen in reversed(app.screen_stack) if isinstance(screen, View))
    return None if view.newest is None else view.newest.unix_s


ORDERS: dict[str, Callable[[TiangongApp], object]] = {
    "nothing": lambda _app: None,
    "painted before the loop": lambda app: app.post_display_hook(),
    "other views": lambda app: press(app, *"34512"),
    "model": lambda app: press(app, "3", "f"),
    "dialogs": lambda app: press(app, "question_mark", "escape", "ctrl+p"),
    "sizes": lambda app: resize(app, 1, 200, 50, 80),
    "painted late": lambda app: app.delay_update(0.2),
}


@pytest.mark.parametrize("order", ORDERS)
async def test_clock_begins_to_tick_whatever_comes_before_the_first_picture(
    order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, on_mount, came = StageTime(), TiangongApp.on_mount, []

    def mount(app: TiangongApp) -> None:
        on_mount(app)
        ORDERS[order](app)
        came.append(order)

    monkeypatch.setattr(TiangongApp, "on_mount", mount)
    app = make_app(None, time=time, paused=False)
    async with operating(app, size=(100, 30)) as pilot:
        assert came == [order]
        for _ in range(2):
            time.pass_by(1.5)
            await pilot.until(lambda: newest_s(app) == time.wall())


@pytest.mark.usefixtures("brief_failure")
async def test_start_that_fails_ends_the_program_rather_than_leaving_a_clock_that_stands() -> None:
    app = make_app(None, paused=False)

    def fail() -> None:
        raise ZeroDivisionError

    app.controls.searches.start = fail  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        async with operating(app, size=(100, 30)) as pilot:
            await pilot.until(lambda: not app.is_running)
    assert app.return_code == 1
