"""Opening and closing the theatre, without an app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.dashboard import make_session
from tests.support.host import FakeHost
from tui.controls.theatre_control import TheatreControl
from tui.session.pass_watch import PassWatch
from tui.session.session import Session
from tui.views.base import ViewContext
from tui.views.theatre.view import Theatre


class FakeApp(FakeHost):
    """A host with a stack of screens that mounts none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.screen_stack: list[Any] = ["view"]
        self.cancelled: list[str] = []
        self.later: list[Callable[[], None]] = []

    def push_screen(self, screen: Any, callback: Any = None) -> Any:
        del callback
        self.screen_stack.append(screen)

    def pop_screen(self) -> object:
        return self.screen_stack.pop()

    def cancel_search(self, group: str) -> None:
        self.cancelled.append(group)

    def call_later(self, callback: Callable[[], None]) -> object:
        self.later.append(callback)
        return None

    def view_context(self) -> ViewContext:
        return ViewContext()


def control_of(session: Session, app: FakeApp) -> TheatreControl:
    watch = PassWatch(session, app)
    return TheatreControl(app, session, watch)


def test_show_opens_the_theatre_and_watches_the_pass() -> None:
    session, app = make_session(), FakeApp()
    pass_ = session.compute_passes(session.clock.now()).passes[1]
    control = control_of(session, app)
    control.show(pass_)
    assert isinstance(control.theatre, Theatre)
    assert session.watched is pass_


def test_leave_closes_the_theatre_and_ends_its_search() -> None:
    session, app = make_session(), FakeApp()
    control = control_of(session, app)
    control.leave()
    assert app.screen_stack == ["view"]
    control.show(session.compute_passes(session.clock.now()).passes[0])
    control.leave()
    assert app.screen_stack == ["view"]
    assert app.cancelled == ["previous-pass"]
    assert session.watched is None


def test_changed_takes_the_other_pass_and_draws() -> None:
    session, app = make_session(), FakeApp()
    first, second = session.compute_passes(session.clock.now()).passes[:2]
    control = control_of(session, app)
    control.show(first)
    control.changed(second)
    assert session.watched is second
    assert app.draws == 1
    control.changed(None)
    assert session.watched is None
    assert len(app.later) == 1
