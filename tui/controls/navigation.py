"""Going from view to view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.config.actions import MODES, VIEWS
from tui.views.base import View

if TYPE_CHECKING:
    from tui.controls.host import AppHost
    from tui.controls.theatre_control import TheatreControl
    from tui.session.memory.travel import Travel
    from tui.views.dialogs.opener import Dialogs


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
        if name in MODES:
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
