"""Going from view to view, and back to what was selected in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.config.actions import VIEWS
from tui.config.settings import VIEW_NAMES
from tui.session.memory.travel import Whereabouts
from tui.views.base import View

if TYPE_CHECKING:
    from tui.controls.dialogs import Dialogs
    from tui.controls.host import AppHost
    from tui.controls.theatre_control import TheatreControl
    from tui.session.memory.travel import Travel


class Navigation:
    """Opens views and selects rows in them.

    Args:
        host: Has the views as modes.
        travel: Moves the clock.
        theatre: Closed when a view is opened.
        dialogs: Has the palette, for a view that has nothing to filter.
    """

    def __init__(self, host: AppHost, travel: Travel, theatre: TheatreControl, dialogs: Dialogs) -> None:
        self._host = host
        self._travel = travel
        self._theatre = theatre
        self._dialogs = dialogs

    def open_view(self, name: str) -> None:
        """Switch to a view by its name; an unknown name is ignored."""
        if name in VIEW_NAMES:
            self._theatre.leave()
            self._close_dialogs()
            self._host.switch_mode(name)
            self._host.call_after_refresh(self._host.draw)

    def _close_dialogs(self) -> None:
        """Close all dialogs of a view that is left: they would cover it when it is opened again."""
        for screen in reversed(self._host.screen_stack[1:]):
            if isinstance(screen, View):
                break
            screen.dismiss(None)  # which also ends what the dialog has going

    def next_view(self, step: int) -> None:
        """Switch to the next or previous view; the model of the station counts as the missions view."""
        mode = self._host.current_mode
        here = VIEWS.index(mode if mode in VIEWS else "missions")
        self.open_view(VIEWS[(here + step) % len(VIEWS)])

    def jump(self, unix_s: float | None, view: str, title: str = "") -> None:
        """Seek an instant, open a view and select the row of a title."""
        if unix_s is not None:
            self._travel.seek(unix_s)
        self.open_view(view)
        if title:
            self._host.call_after_refresh(lambda: self._reveal(title))

    def visit(self, view: str, title: str) -> None:
        """Open a view with the cursor on the row of a title; this is what links do."""
        self.jump(None, view, title)

    def _reveal(self, title: str) -> None:
        screen = self._host.screen
        if isinstance(screen, View):
            screen.reveal(title)

    def filter(self) -> None:
        """Open the filter of the view's table; in a view without a table, the command palette."""
        screen = self._host.screen
        if isinstance(screen, View) and not screen.is_mounted:
            screen.call_after_refresh(self.filter)
        elif not (isinstance(screen, View) and screen.start_filter()):
            self._dialogs.open_palette()


class OpenViews:
    """The views of an app, as `tui.session.memory.travel.Traveller` wants them."""

    def __init__(self, host: AppHost) -> None:
        self._host = host

    def whereabouts(self) -> Whereabouts:
        """The open view and what is selected in it."""
        view = self._view()
        return Whereabouts(self._host.current_mode, "" if view is None else view.selection)

    def show_again(self, where: Whereabouts) -> None:
        """Open the view, and select what was selected as soon as its panels are there."""
        if where.view in VIEW_NAMES and where.view != self._host.current_mode:
            self._host.action_view(where.view)
        if where.selection:
            self._host.call_after_refresh(lambda: self._select(where.selection))

    def _select(self, selection: str) -> None:
        if (view := self._view()) is not None:
            view.select(selection)

    def _view(self) -> View | None:
        """The open view; `None` while it is still being built and has no panels."""
        return next((s for s in self._host.screen_stack if isinstance(s, View) and s.has_panels), None)
