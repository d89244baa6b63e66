"""Alarms on single passes: set, cancelled, kept, given once, and moved by newer elements."""

from __future__ import annotations

import msgspec

from tests.support.dashboard import StageTime, make_session
from tests.support.host import FakeHost
from tui.config.settings import Settings
from tui.config.state_file import Alarm, State, change_state, read_state
from tui.messages import Notice, PassAlert
from tui.session.memory.alarms import Alarms
from tui.session.pass_alerts import PassAlerts
from tui.session.session import Session

EVENING = "2026-09-30T22:00:00Z"


def made() -> tuple[Session, FakeHost, Alarms, StageTime]:
    time = StageTime(EVENING)
    session = make_session(None, time=time, paused=False)
    session.keep_passes(session.compute_passes(session.clock.now()))
    host = FakeHost()
    return session, host, Alarms(session, host), time


def said(host: FakeHost) -> str:
    return [message.text for message in host.messages if isinstance(message, Notice)][-1]


def test_alarm_set_is_kept_shown_and_cancelled() -> None:
    session, host, alarms, _ = made()
    pass_ = (session.passes_at(session.clock.now()) or ())[0]
    alarms.toggle(pass_, 10.0)
    assert said(host).startswith("alarm 10 min before Thu 01 Oct 04:28, 31° high")
    assert session.frame().alarms == (pass_.rise.unix_s,)
    again = Alarms(session, host)
    session.alarms = ()
    again.read()
    assert session.frame().alarms == (pass_.rise.unix_s,)
    again.toggle(pass_, 10.0)
    assert session.frame().alarms == ()
    assert read_state().alarms == ()


def test_alarm_is_given_once_at_its_lead_without_a_grade_set() -> None:
    session, host, alarms, time = made()
    pass_ = (session.passes_at(session.clock.now()) or ())[0]
    alerts = PassAlerts(Settings(alert_grade=0, alert_lead_min=10.0, alert_notification=True), host, alarms)
    alarms.toggle(pass_, 10.0)

    def given() -> list[PassAlert]:
        alerts.check(session.frame())
        return [message for message in host.messages if isinstance(message, PassAlert)]

    time.pass_by(pass_.rise.unix_s - 601.0 - time.wall_unix_s)
    assert given() == []
    time.pass_by(2.0)
    (alert,) = given()
    assert "rises in 10 min (04:28)" in alert.text
    assert alert.bell
    assert alert.escape_sequence
    time.pass_by(1.0)
    assert given() == [alert]


def test_alarm_of_another_place_is_given_in_its_own_words() -> None:
    session, host, alarms, time = made()
    rise = time.wall_unix_s + 900.0
    change_state(lambda state: msgspec.structs.replace(state, alarms=(Alarm(rise, "Lahore", "Thu 03:15, 40° high"),)))
    alarms.read()
    assert session.frame().alarms == (), "of this place there is none"
    time.pass_by(400.0)
    PassAlerts(Settings(), host, alarms).check(session.frame())
    (alert,) = (message for message in host.messages if isinstance(message, PassAlert))
    assert alert.text == "Tiangong rises in 8 min over Lahore: Thu 03:15, 40° high"


def test_alarm_follows_its_pass_and_is_dropped_after_it() -> None:
    session, _, alarms, time = made()
    pass_ = (session.passes_at(session.clock.now()) or ())[0]
    alarms.toggle(pass_, 10.0)
    later = msgspec.structs.replace(pass_, rise=msgspec.structs.replace(pass_.rise, unix_s=pass_.rise.unix_s + 30.0))
    alarms.follow((later,), "elsewhere")
    assert session.frame().alarms == (pass_.rise.unix_s,)
    alarms.follow((later,), session.place.name)
    assert session.frame().alarms == (later.rise.unix_s,)
    time.pass_by(86400.0)
    alarms.read()
    assert session.alarms == ()


def test_alarm_on_what_cannot_come_is_refused() -> None:
    session, host, alarms, time = made()
    pass_ = (session.passes_at(session.clock.now()) or ())[0]
    alarms.toggle(None, 10.0)
    assert said(host) == "there is no pass to set an alarm on"
    time.pass_by(pass_.rise.unix_s + 1.0 - time.wall_unix_s)
    alarms.toggle(pass_, 10.0)
    assert "has begun or is over" in said(host)
    assert read_state() == State()
