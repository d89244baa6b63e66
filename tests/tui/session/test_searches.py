"""Background searches fill the session's lists, without an app."""

from __future__ import annotations

from tests.support.dashboard import make_session
from tests.support.host import FakeHost
from tui.session.searches import BackgroundSearches


async def test_want_passes_twice_searches_once_and_draws() -> None:
    session, host = make_session(), FakeHost()
    searches = BackgroundSearches(session, host)
    searches.want_passes()
    searches.want_passes()
    await host.finish()
    assert host.groups == ["passes"]
    assert host.draws == 1
    assert session.passes_at(session.clock.now())
    searches.want_passes()
    await host.finish()
    assert host.groups == ["passes", "passes"]


async def test_want_eclipses_fills_the_frame() -> None:
    session, host = make_session(), FakeHost()
    assert session.frame().eclipses is None
    BackgroundSearches(session, host).want_eclipses()
    await host.finish()
    assert session.frame().eclipses
    assert host.draws == 1


async def test_start_reads_altitudes_and_passes() -> None:
    session, host = make_session(), FakeHost()
    BackgroundSearches(session, host).start()
    await host.finish()
    assert session.altitude is not None
    assert session.cities_read
    assert session.passes_at(session.clock.now())
