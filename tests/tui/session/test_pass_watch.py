"""Going from pass to pass, without an app."""

from __future__ import annotations

from sim.places.place import Place
from tests.support.dashboard import StageTime, make_session
from tests.support.host import FakeHost
from tui.messages import Notice, Seek, WatchPass
from tui.session.pass_watch import WATCH_LEAD_S, PassWatch
from tui.session.session import Session

BEIJING = Place("Beijing", 39.91, 116.4, 0.0, "Asia/Shanghai", "CN")
"""No pass comes over it in the last hours in which the position is known."""


def watch_of(session: Session, host: FakeHost) -> PassWatch:
    return PassWatch(session, host)


async def test_seek_pass_forward_and_back_posts_the_rise() -> None:
    session, host = make_session(), FakeHost()
    watch, now = watch_of(session, host), session.clock.now()
    for direction in (1, -1):
        watch.seek_pass(direction)
        await host.finish()
    later, earlier = host.messages
    assert isinstance(later, Seek)
    assert isinstance(earlier, Seek)
    assert earlier.unix_s < now < later.unix_s


async def test_watch_next_before_and_after_the_search() -> None:
    session, host = make_session(), FakeHost()
    watch = watch_of(session, host)
    watch.watch_next()
    session.keep_passes(session.compute_passes(session.clock.now()))
    watch.watch_next()
    notice, message = host.messages
    assert isinstance(notice, Notice)
    assert notice.text == "no pass over Islamabad is known yet"
    assert isinstance(message, WatchPass)


async def test_next_pass_of_which_no_time_is_known_is_not_said_to_be_missing() -> None:
    session, host = make_session("2026-10-18T20:00Z", place=BEIJING), FakeHost()
    session.keep_passes(session.compute_passes(session.clock.now()))
    watch_of(session, host).watch_next()
    watch_of(session, host).seek_pass(1)
    await host.finish()
    told = "the elements are too far away to predict a pass; x goes to the date for which they are good"
    assert [message.text for message in host.messages if isinstance(message, Notice)] == [told, told]


async def test_watch_previous_posts_the_last_pass_before() -> None:
    session, host = make_session(), FakeHost()
    now = session.clock.now()
    watch_of(session, host).watch_previous(now)
    await host.finish()
    (message,) = host.messages
    assert isinstance(message, WatchPass)
    assert message.pass_.set.unix_s < now


async def test_watch_previous_before_which_no_time_is_known_says_so() -> None:
    session, host = make_session("2021-05-14T08:00Z"), FakeHost()
    watch_of(session, host).watch_previous(session.clock.now())
    await host.finish()
    (notice,) = host.messages
    assert isinstance(notice, Notice)
    assert notice.text.startswith("the elements are too far away to predict a pass")


def test_begin_moves_the_clock_before_the_rise() -> None:
    session, host = make_session(), FakeHost()
    pass_ = session.compute_passes(session.clock.now()).passes[-1]
    watch_of(session, host).begin(pass_)
    assert abs(session.clock.now() - (pass_.rise.unix_s - WATCH_LEAD_S)) < 1e-3
    assert not session.clock.paused


def test_live_watches_the_pass_until_it_is_over_and_then_the_next_one() -> None:
    time = StageTime()
    session, host = make_session(None, time=time), FakeHost()
    session.keep_passes(session.compute_passes(session.clock.now()))
    first, second = (session.passes_at(session.clock.now()) or ())[:2]
    watch = watch_of(session, host)
    session.clock.seek(first.rise.unix_s + 3 * 86400.0)
    assert watch.live(first) is first
    assert session.clock.live
    time.pass_by(first.set.unix_s - session.clock.now() + 1.0)
    assert watch.live(first) == second
    assert host.messages == []
