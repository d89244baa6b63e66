"""Refreshes of the live sources, without an app and without a network."""

from __future__ import annotations

import pytest

from sim.errors import TiangongError
from sim.sources.refresh_report import RefreshReport
from tests.support.dashboard import make_session
from tests.support.host import FakeHost
from tui.config.options import DashboardOptions
from tui.config.settings import cache_dir
from tui.messages import Notice, UpdateFailed, UpdateFinished, UpdateStarted
from tui.session.live.live_refresh import LIVE_DELAY_S, LiveRefresh, allowed_sources
from tui.session.live.live_sources import SHORTEST_PAUSE_S, LiveSources
from tui.session.searches import BackgroundSearches


def test_live_refresh_offline_asks_nothing_and_says_so() -> None:
    session, host = make_session(), FakeHost()
    options = DashboardOptions(offline=True)
    searches = BackgroundSearches(session, host)
    live = LiveRefresh(session, host, searches, lambda: allowed_sources(options), uses_file=False)
    live.start_soon()
    assert [delay for delay, _ in host.timers] == [LIVE_DELAY_S]
    live.update()
    live.start()
    live.update()
    assert host.groups == []
    texts = [message.text for message in host.messages if isinstance(message, Notice)]
    assert texts == [
        "the sources are not ready yet: ask again in a moment",
        "offline: no connection is ever opened",
    ]


def test_live_refresh_with_a_file_never_starts() -> None:
    session, host = make_session(), FakeHost()
    searches = BackgroundSearches(session, host)
    live = LiveRefresh(session, host, searches, lambda: allowed_sources(DashboardOptions()), uses_file=True)
    live.start()
    assert live.sources is None
    assert session.frame().sources.words == "elements of a file, used alone"


def test_live_refresh_asked_while_an_update_runs_starts_no_second_one() -> None:
    session, host = make_session(), FakeHost()
    searches = BackgroundSearches(session, host)
    live = LiveRefresh(session, host, searches, lambda: allowed_sources(DashboardOptions()), uses_file=False)
    live.sources = LiveSources(cache_dir(), allowed_sources(DashboardOptions()))
    live.sources.busy = True
    live.update()
    assert host.groups == []
    (notice,) = host.messages
    assert isinstance(notice, Notice)
    assert notice.text == "an update is under way"


async def test_live_refresh_started_twice_at_once_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    session, host = make_session(), FakeHost()
    searches = BackgroundSearches(session, host)
    live = LiveRefresh(session, host, searches, lambda: allowed_sources(DashboardOptions()), uses_file=False)
    sources = live.sources = LiveSources(cache_dir(), allowed_sources(DashboardOptions()))
    asked: list[str] = []

    def refresh(*_: object) -> None:
        asked.append("")
        raise TiangongError("nothing is there")

    monkeypatch.setattr(sources, "refresh", refresh)
    live.update()
    sources.busy = True  # the refresh of the timer has just begun
    await host.finish()
    assert asked == []
    assert [type(message) for message in host.messages] == [UpdateStarted]


async def test_live_refresh_after_each_answer_looks_again_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Updates that a person asks for add no further looks, and one that fails ends none."""
    session, host = make_session(), FakeHost()
    searches = BackgroundSearches(session, host)
    live = LiveRefresh(session, host, searches, lambda: allowed_sources(DashboardOptions()), uses_file=False)
    sources = live.sources = LiveSources(cache_dir(), allowed_sources(DashboardOptions()))

    def refresh(*_: object) -> RefreshReport:
        if len(host.messages) == 1:
            raise TiangongError("nothing is there")
        return RefreshReport(
            finished_unix_s=0.0, results=(), clock_offset_s=None, cancelled=False, accepted=(), messages=()
        )

    monkeypatch.setattr(sources, "refresh", refresh)
    for outcome in (UpdateFailed, UpdateFinished, UpdateFinished):
        live.update()
        await host.finish()
        assert isinstance(host.messages[-1], outcome)
        assert [delay for delay, _ in host.timers] == [SHORTEST_PAUSE_S]
