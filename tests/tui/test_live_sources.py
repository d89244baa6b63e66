"""The dashboard on a network: a real server on this machine, healthy, dead, lying."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stage import ISLAMABAD
from textual.widgets import Static

from sim.chronicle import chronicle
from sim.clock import Clock
from sim.constants import DAY_S
from sim.history import embedded_history
from tui.app import TiangongApp
from tui.director import Director
from tui.frame import SourceBoard
from tui.options import DashboardOptions
from tui.panel import Panel
from tui.screens.update import Update

sys.path.append(str(Path(__file__).parents[1] / "sim" / "sources"))
from loopback import Reply, Service, omm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from sim.elements import ElementSet
    from sim.sources.catalogue import SourceSettings

NODE_DRIFT_DEG_DAY = -6.1


def fresh_set() -> ElementSet:
    """The newest embedded set as it might be published today."""
    last = embedded_history().sets[-1]
    epoch = time.time() - 0.3 * DAY_S
    days = (epoch - last.epoch_unix_s) / DAY_S
    node = (last.raan_deg + NODE_DRIFT_DEG_DAY * days) % 360.0
    return replace(last, epoch_unix_s=epoch, raan_deg=node, source="", international_designator="2021-035A")


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
    app = Networked(Director(Clock(), embedded_history(), chronicle(), ISLAMABAD), DashboardOptions())
    app.service = service
    return app


def text_of(app: TiangongApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", Panel).text


async def settle(app: TiangongApp, pilot: Pilot[int]) -> None:
    """Until the first refresh is over."""
    for _ in range(100):
        await pilot.pause(0.1)
        if app._live is not None and app._live.report is not None and not app._live.busy:
            break
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_fresh_elements_end_the_staleness(service: Service) -> None:
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


async def test_update_tells_when_the_next_time_is_and_asks_nobody_before(service: Service) -> None:
    app = make_networked(service)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(app, pilot)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, Update)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "next allowed" in str(app.screen.query_one("#log", Static).render())
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
async def test_a_bad_network_leaves_the_screen_as_it_was_and_says_so(service: Service, reply: Reply) -> None:
    service.on("/celestrak-gp/", reply)
    app = make_networked(service)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(app, pilot)
        assert "embedded history" in app.director.orbit.provenance(time.time()).source
        assert "STALE" in text_of(app, "header")
        await pilot.press("x")
        await pilot.pause()
        assert "Zhu Yangzhu" in text_of(app, "crew")
        row = app.director.sources.each[0]
        assert row.failed
        assert row.last_try_unix_s is not None


async def test_offline_an_update_says_so_and_not_what_went_wrong_before() -> None:
    app = TiangongApp(Director(Clock(), embedded_history(), chronicle(), ISLAMABAD), DashboardOptions(offline=True))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(1.5)
        assert app._live is not None
        app.director.sources = SourceBoard("celestrak.org cannot be reached")
        await pilot.press("u")
        assert "offline: no connection is ever opened" in {note.message for note in app._notifications}
        assert "celestrak.org cannot be reached" not in {note.message for note in app._notifications}


async def test_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    app = TiangongApp(Director(Clock(), embedded_history(), chronicle(), ISLAMABAD), DashboardOptions(offline=True))
    async with app.run_test(size=(120, 36)) as pilot:
        monkeypatch.setattr(socket.socket, "connect", refuse)
        await pilot.pause(1.5)
        await pilot.press("u")
        await pilot.pause()
        assert app._live is not None
        assert app._live.report is None
        assert app.director.sources.offline
