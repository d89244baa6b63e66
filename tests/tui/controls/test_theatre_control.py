"""Opening and closing the theatre, without an app."""

from __future__ import annotations

from tests.support.dashboard import make_session
from tests.support.host import FakeAppHost
from tui.controls.theatre_control import TheatreControl
from tui.session.pass_watch import PassWatch
from tui.session.session import Session
from tui.views.theatre.view import Theatre


def control_of(session: Session, app: FakeAppHost) -> TheatreControl:
    watch = PassWatch(session, app)
    return TheatreControl(app, session, watch)


def test_show_opens_the_theatre_and_watches_the_pass() -> None:
    session, app = make_session(), FakeAppHost()
    pass_ = session.compute_passes(session.clock.now()).passes[1]
    control = control_of(session, app)
    control.show(pass_)
    assert isinstance(control.theatre, Theatre)
    assert session.watched is pass_


def test_leave_closes_the_theatre_and_ends_its_search() -> None:
    session, app = make_session(), FakeAppHost()
    control = control_of(session, app)
    control.leave()
    assert app.screen_stack == ["view"]
    control.show(session.compute_passes(session.clock.now()).passes[0])
    control.leave()
    assert app.screen_stack == ["view"]
    assert app.cancelled == ["previous-pass"]
    assert session.watched is None


def test_changed_takes_the_other_pass_and_draws() -> None:
    session, app = make_session(), FakeAppHost()
    first, second = session.compute_passes(session.clock.now()).passes[:2]
    control = control_of(session, app)
    control.show(first)
    control.changed(second)
    assert session.watched is second
    assert app.draws == 1
    control.changed(None)
    assert session.watched is None
    assert len(app.later) == 1
