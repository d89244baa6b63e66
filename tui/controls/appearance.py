"""What keys do to the look of the screen: theme, map, plain characters, language."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sim.language import _, language, language_name, languages, use
from tui.drawing import themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.controls.host import AppHost
    from tui.map.scene import MapOptions
    from tui.session.preferences import Preferences
    from tui.widgets.map.station_map import StationMap


class Appearance:
    """Theme, language, the characters that are drawn, and the maps on the screen.

    Args:
        host: Takes the messages, and has the maps on its screen.
        preferences: Where choices are kept.
        tell_anew: Writes in the language of now what is kept as text.
        ascii_only: Whether the terminal's encoding has no other characters.

    Attributes:
        plain_characters: Whether everything is written in characters that every terminal has.
    """

    def __init__(
        self, host: AppHost, preferences: Preferences, tell_anew: Callable[[], None], *, ascii_only: bool
    ) -> None:
        self._host = host
        self._preferences = preferences
        self._tell_anew = tell_anew
        self._ascii_only = ascii_only
        self.plain_characters = self._needs_plain_characters(preferences.settings.map_style)

    @property
    def has_chinese(self) -> bool:
        """Whether the terminal may have Chinese characters: the Linux console has not."""
        return os.environ.get("TERM") != "linux" and not self._ascii_only

    def _needs_plain_characters(self, map_style: str) -> bool:
        """Plain characters go with an ascii map, the Linux console, and an encoding that lacks the others."""
        return map_style == "ascii" or not self.has_chinese

    def next_centre(self) -> None:
        """Next centre of the map."""
        for track in self._maps():
            centre = track.cycle_centre()
            text = _("follows the station") if centre is None else _("centre {degrees:.0f}°E").format(degrees=centre)
            self._say(text, _("map"))

    def next_style(self) -> None:
        """Next style of the map."""
        was_plain = self.plain_characters
        for track in self._maps():
            style = track.cycle_style().value
            self._say(_map_style_name(style), _("map"))
            self._preferences.keep(map_style=style)
            self.plain_characters = self._needs_plain_characters(style)
        if self.plain_characters != was_plain:
            self._host.screen.refresh()

    def toggle_window(self) -> None:
        """Switch between the map and the view out of the station's window."""
        for track in self._maps():
            style = track.toggle_window()
            if style is None:
                self._say(_("the view out of the window needs 256 colours or more"), _("map"), timeout_s=3.0)
            else:
                self._say(_map_style_name(style.value), _("map"))
                self._preferences.keep(map_style=style.value)

    def keep_map(self, options: MapOptions) -> None:
        """Store the style, centre and zoom of the map in the settings."""
        centre = options.centre_longitude_deg
        kept_deg = self._preferences.settings.map_longitude_deg
        self._preferences.keep(
            map_follow=centre is None,
            map_longitude_deg=kept_deg if centre is None else round(centre, 2),
            map_latitude_deg=round(options.centre_latitude_deg, 2),
            map_zoom=options.zoom,
        )

    def _maps(self) -> Iterable[StationMap]:
        from tui.widgets.map.station_map import StationMap

        return self._host.screen.query(StationMap)

    def next_theme(self) -> None:
        """Walk through the themes."""
        theme = self._host.theme
        here = themes.CYCLE.index(theme) if theme in themes.CYCLE else -1
        self.take_theme(themes.CYCLE[(here + 1) % len(themes.CYCLE)])

    def take_theme(self, name: str) -> None:
        """Use a theme from now on, also after the next start."""
        self._host.theme = name
        self._say(name, _("theme"))
        self._preferences.keep(theme=name)
        self._host.call_after_refresh(self._host.draw)

    def next_language(self) -> None:
        """Walk through the languages."""
        codes = languages()
        self.take_language(codes[(codes.index(language()) + 1) % len(codes)])

    def take_language(self, code: str) -> None:
        """Write in a language from now on, also after the next start: what is kept is told anew, the rest is drawn."""
        from tui.views.dialogs.dialog import DismissOnce

        use(code)
        for screen in self._host.screen_stack:
            if isinstance(screen, DismissOnce):
                self._host.call_later(screen.retell)  # after the views, whose panels an explanation tells of
        self._say(language_name(), _("language"))
        self._preferences.keep(language=code)
        self._tell_anew()
        for screen in self._host.screen_stack:
            screen.refresh()
        self._host.draw()

    def say_no_shell(self) -> None:
        """Notify that the program cannot be suspended here."""
        self._say(_("no shell started this that could bring it back; q leaves"), "Ctrl+Z")

    def _say(self, text: str, title: str, timeout_s: float = 1.5) -> None:
        from tui.messages import Notice  # not before the first picture

        self._host.post_message(Notice(text, title=title, timeout_s=timeout_s))


def _map_style_name(style: str) -> str:
    """A style of the map in words, by its name in the settings."""
    names = {
        "braille": _("braille"),
        "half": _("half"),
        "ascii": _("ascii"),
        "octant": _("octant"),
        "globe": _("globe"),
        "earth": _("earth"),
        "window": _("window"),
    }
    return names[style]
