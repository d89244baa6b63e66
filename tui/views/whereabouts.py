"""What is on the screen beside the instant, and how to show it again: for the way back through time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.config.actions import MODES
from tui.session.memory.travel import Whereabouts
from tui.views.base import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen


class Views(Protocol):
    """An app with views."""

    @property
    def current_mode(self) -> str:
        """Name of the open view."""
        ...

    @property
    def screen_stack(self) -> Sequence[Screen[object]]:
        """The screens, the uppermost last."""
        ...

    def action_view(self, name: str) -> None:
        """Open a view."""
        ...

    def call_after_refresh(self, callback: Callable[[], object]) -> bool:
        """Call a function when the screen has been laid out."""
        ...


class OpenViews:
    """The views of an app, as `tui.session.memory.travel.Traveller` wants them.

    Args:
        views: The app.
    """

    def __init__(self, views: Views) -> None:
        self._views = views

    def whereabouts(self) -> Whereabouts:
        """The open view and what is selected in it."""
        view = self._view()
        return Whereabouts(self._views.current_mode, "" if view is None else view.selection)

    def show_again(self, where: Whereabouts) -> None:
        """Open the view, and select what was selected as soon as its panels are there."""
        if where.view in MODES and where.view != self._views.current_mode:
            self._views.action_view(where.view)
        if where.selection:
            self._views.call_after_refresh(lambda: self._select(where.selection))

    def _select(self, selection: str) -> None:
        if (view := self._view()) is not None:
            view.select(selection)

    def _view(self) -> View | None:
        """The open view; `None` while it is still being built and has no panels."""
        return next((s for s in self._views.screen_stack if isinstance(s, View) and s.is_mounted), None)
