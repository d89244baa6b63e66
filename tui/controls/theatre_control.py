"""Opens the theatre for a pass, shows another pass in it, closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.passes.model import Pass
    from tui.controls.host import AppHost
    from tui.session.pass_watch import PassWatch
    from tui.session.session import Session
    from tui.views.theatre.view import Theatre


class TheatreControl:
    """The theatre as a screen above the view; its module is imported when it is first opened."""

    def __init__(self, host: AppHost, session: Session, pass_watch: PassWatch) -> None:
        self._host = host
        self._session = session
        self._pass_watch = pass_watch

    @property
    def theatre(self) -> Theatre | None:
        """The theatre, if it is the active screen."""
        if len(self._host.screen_stack) < 2:
            return None
        from tui.views.theatre.view import Theatre

        screen = self._host.screen_stack[-1]
        return screen if isinstance(screen, Theatre) else None

    def show(self, pass_: Pass) -> None:
        """Open the theatre for a pass, or show the pass in it if it is open; the clock stays where it is."""
        from tui.views.theatre.view import Theatre

        theatre = self.theatre
        if theatre is not None:
            theatre.take(pass_)
        else:
            self._session.watched = pass_
            self._host.push_screen(Theatre(self._host.view_context(), pass_))

    def watch(self, pass_: Pass, *, rehearse: bool) -> None:
        """Show a pass with the clock set for it, see `PassWatch.begin`."""
        if self._pass_watch.begin(pass_, rehearse=rehearse):
            self.show(pass_)
            self._host.draw()

    def watch_live(self, pass_: Pass) -> None:
        """Set the clock to the real now, with the theatre open if a pass is known there."""
        known, theatre = self._pass_watch.live(pass_), self.theatre
        if known is None:
            self.leave()
        elif theatre is not None:
            theatre.take(known)
        self._host.call_later(self._host.draw)

    def leave(self) -> None:
        """Close the theatre if it is open, before another view opens."""
        if self.theatre is not None:
            self._stop_watching()
            self._host.pop_screen()

    def changed(self, pass_: Pass | None) -> None:
        """Note the pass that the theatre shows; `None` when it closes."""
        if pass_ is None:
            self._stop_watching()
            self._host.call_later(self._host.draw)
        elif self.theatre is not None:
            self._session.watched = pass_
            self._host.draw()

    def _stop_watching(self) -> None:
        self._host.cancel_search("previous-pass")
        self._session.watched = None
        self._pass_watch.end()
