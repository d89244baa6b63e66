"""The observer's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.messages import Notice

if TYPE_CHECKING:
    from sim.places.place import Place
    from tui.controls.dialogs import Dialogs
    from tui.controls.host import AppHost
    from tui.session.preferences import Preferences
    from tui.session.searches import BackgroundSearches
    from tui.session.session import Session


class PlaceControl:
    """Changes the place; passes are then searched again.

    Args:
        host: Draws, and takes the messages.
        session: Whose place.
        preferences: Where the place is kept.
        searches: Compute the passes.
        dialogs: Ask for a place.
    """

    def __init__(
        self, host: AppHost, session: Session, preferences: Preferences, searches: BackgroundSearches, dialogs: Dialogs
    ) -> None:
        self._host = host
        self._session = session
        self._preferences = preferences
        self._searches = searches
        self._dialogs = dialogs

    def choose(self) -> None:
        """Open the place picker."""
        self._dialogs.open_place(self.use)

    def use(self, place: Place) -> None:
        """Use another place; the settings stay as they are."""
        self._session.stand_at(place)
        self._host.draw()
        self._searches.want_passes()

    def use_and_keep(self, place: Place) -> None:
        """Use another place and store it in the settings."""
        self.use(place)
        self._preferences.keep(place=place)
        self._host.post_message(Notice(place.title, title=_("your place"), timeout_s=3.0))
