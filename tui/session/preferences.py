"""The settings while the dashboard runs: choices are written to the file at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sim.errors import SettingsError
from sim.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tui.config.settings import Settings


class Preferences:
    """The settings as read from the file, and their changes; that a choice cannot be saved is posted."""

    def __init__(self, settings: Settings, post: Callable[[Message], bool]) -> None:
        self.settings = settings
        self._post = post

    def keep(self, **changes: Any) -> None:  # noqa: ANN401 - the settings check their own values
        """Write choices into the settings file, where they change it; a choice that cannot be saved still applies."""
        from tui.config.settings_store import save_changes

        before, self.settings = self.settings, replace(self.settings, **changes)
        try:
            save_changes(before, self.settings)
        except SettingsError as problem:
            from tui.messages import Notice

            self._post(Notice(str(problem), title=_("the choice is not kept"), severity="error"))
