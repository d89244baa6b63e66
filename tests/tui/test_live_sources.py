"""The dashboard with a real server on this machine: healthy, silent, failing and wrong."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from textual.widgets import Static

from sim.chronicle import embedded_chronicle
from sim.clock import SimulationClock
from sim.constants import DAY_S
from sim.orbit.element_history import embedded_history
from sim.sources.refresh import refresh_now
from sim.sources.storage.store import Store
from tests.support.dashboard import ISLAMABAD, notifications
from tests.support.loopback_server import Reply, Service, omm
from tui.app import TiangongApp
from tui.config.options import DashboardOptions
from tui.config.settings import cache_dir
from tui.session.frame import SourceBoard
from tui.session.live import live_refresh
from tui.session.live.live_sources import LiveSources
from tui.session.session import Session
from tui.views.dialogs.update import Update
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from sim.orbit.elements import ElementSet
    from sim.sources.registry import SourceSettings

ROOT = Path(__file__).parents[2]
NODE_DRIFT_DEG_DAY = -6.1


def fresh_set() -> ElementSet:
    """The newest embedded set as it might be published today."""
    last = embedded_history().sets[-1]
    epoch = time.time() - 0.3 * DAY_S
    days = (epoch - last.epoch_unix_s) / DAY_S
    node = (last.raan_deg + NODE_DRIFT_DEG_DAY * days) % 360.0
    return msgspec.structs.replace(
        last, epoch_unix_s=epoch, raan_deg=node, source="", international_designator="2021-035A"
    )


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as running:
        running.date_offset_s = 0.0
        running.on("/celestrak-gp/", omm([fresh_set()]))
        yield running


class Networked(TiangongApp):
    """The dashboard with every source at the test's own server."""

    service: Service

    def source_settings(self) -> SourceSettings:
        return self.service.settings(use_supplemental=False, use_launch_library=False, use_fallbacks=False)


def make_networked(service: Service) -> Networked:
    app = Networked(Session(SimulationClock(), embedded_history(), embedded_chronicle(), ISLAMABAD), DashboardOptions())
    app.service = service
    return app


def text_of(app: TiangongApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", Panel).text


async def settle(app: TiangongApp, pilot: Pilot[int]) -> None:
    """Until the first refresh is over."""
    for _ in range(100):
        await pilot.pause(0.1)
        if (
            app.controls.live.sources is not None
            and app.controls.live.sources.report is not None
            and not app.controls.live.sources.busy
        ):
            break
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_dashboard_fresh_elements_end_staleness(service: Service) -> None:
    app = make_networked(service)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        assert "STALE" in text_of(app, "header")
        await settle(app, pilot)
        assert "STALE" not in text_of(app, "header")
        assert "CelesTrak GP" in text_of(app, "header")
        await pilot.press("6")
        await pilot.pause()
        assert "next try in 01:5" in text_of(app, "sources")
    assert len(service.paths("/celestrak-gp/")) == 1


async def test_update_dialog_before_the_interval_shows_next_time_and_sends_no_request(service: Service) -> None:
    app = make_networked(service)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(app, pilot)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, Update)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "next request allowed" in str(app.screen.query_one("#log", Static).render())
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, Update)
    assert len(service.paths("/celestrak-gp/")) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>captive portal</html>"),
        Reply(b"boom", 500),
        Reply(b"", 404),
        Reply(raw=b"\x00\x01garbage\r\n\r\n"),
        Reply(b"[]"),
        Reply(b"x" * 50, byte_pause_s=0.2),
    ],
    ids=["portal", "500", "404", "garbage", "empty", "slow"],
)
async def test_dashboard_failing_network_keeps_the_screen_and_shows_a_message(service: Service, reply: Reply) -> None:
    service.on("/celestrak-gp/", reply)
    app = make_networked(service)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(app, pilot)
        assert "embedded history" in app.session.orbit.provenance(time.time()).source
        assert "STALE" in text_of(app, "header")
        await pilot.press("x")
        await pilot.pause()
        assert "Zhu Yangzhu" in text_of(app, "crew")
        row = app.session.sources.each[0]
        assert row.failed
        assert row.last_try_unix_s is not None


async def asked(service: Service, pilot: Pilot[int]) -> None:
    """Until the service has been asked."""
    for _ in range(200):
        await pilot.pause(0.05)
        if service.paths("/celestrak-gp/"):
            return
    raise AssertionError("the service was not asked")


async def test_update_dialog_shows_progress_and_escape_stops_it(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on("/celestrak-gp/", Reply(b"", silence_s=30.0))
    app = make_networked(service)
    monkeypatch.setattr(live_refresh, "LIVE_DELAY_S", 3600.0)  # no refresh but the one asked for
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        app.controls.live.sources = LiveSources(cache_dir(), app.source_settings())
        await pilot.press("u")
        await asked(service, pilot)
        for _ in range(100):
            await pilot.pause(0.05)
            if "CelesTrak GP: " in str(app.screen.query_one("#log", Static).render()):
                break
        assert "CelesTrak GP: loading the network library" in str(app.screen.query_one("#log", Static).render())
        await pilot.press("escape")
        await settle(app, pilot)
        assert "CelesTrak GP: stopped" in str(app.screen.query_one("#log", Static).render())
        report = app.controls.live.sources.report
        assert report is not None
        assert report.cancelled


async def test_update_key_while_an_update_runs_opens_nothing_and_asks_once(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"", silence_s=30.0))
    app = make_networked(service)
    async with app.run_test(size=(120, 36)) as pilot:
        await asked(service, pilot)
        await pilot.press("u")
        await pilot.pause()
        assert not isinstance(app.screen, Update)
        assert notifications(app)[-1] == "an update is under way"
    assert len(service.paths("/celestrak-gp/")) == 1


async def test_dashboard_exit_during_a_request_does_not_wait(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"", silence_s=30.0))
    app = make_networked(service)
    async with app.run_test(size=(120, 36)) as pilot:
        await asked(service, pilot)
    await asyncio.get_running_loop().shutdown_default_executor()  # as at the end of the program
    assert service.finished == 0  # it is silent for half a minute


def test_store_downloaded_data_are_loaded_without_numpy(service: Service) -> None:
    service.true_world()
    refresh_now(Store(cache_dir()), service.settings(), time.time())
    assert (cache_dir() / "downloads" / "celestrak-supgp").is_dir()
    program = "import sys; from tui.session.loading import load_orbit; load_orbit(); print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"


async def test_failure_of_an_earlier_language_is_written_in_the_one_chosen_since(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"boom", 500))
    app = make_networked(service)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(app, pilot)
        assert "server error (500)" in app.session.sources.words
        app.controls.appearance.take_language("zh_CN")
        assert app.session.sources.words == "服务器错误、超时或响应不完整"
        app.controls.appearance.take_language("en")
        assert "server error (500)" in app.session.sources.words


async def test_update_key_offline_shows_no_earlier_error() -> None:
    app = TiangongApp(
        Session(SimulationClock(), embedded_history(), embedded_chronicle(), ISLAMABAD), DashboardOptions(offline=True)
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(1.5)
        assert app.controls.live.sources is not None
        app.session.sources = SourceBoard(words="celestrak.org cannot be reached")
        await pilot.press("u")
        assert "offline: no connection is ever opened" in notifications(app)
        assert "celestrak.org cannot be reached" not in notifications(app)


async def test_dashboard_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    app = TiangongApp(
        Session(SimulationClock(), embedded_history(), embedded_chronicle(), ISLAMABAD), DashboardOptions(offline=True)
    )
    async with app.run_test(size=(120, 36)) as pilot:
        monkeypatch.setattr(socket.socket, "connect", refuse)
        await pilot.pause(1.5)
        await pilot.press("u")
        await pilot.pause()
        assert app.controls.live.sources is not None
        assert app.controls.live.sources.report is None
        assert app.session.sources.offline
