"""What a person has set; how that is kept in a file says `tui.config.settings_store`.

`TIANGONG_CONFIG_DIR` and `TIANGONG_CACHE_DIR` move the folders, `TIANGONG_OFFLINE=1` closes the network.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.places.place import Place

FILE_NAME = "settings.toml"
VIEW_NAMES = ("station", "crew", "missions", "spacewalks", "passes", "orbit", "partners")
MAP_PIXELS = ("half", "quadrant", "sextant", "octant")
MAP_STYLES = ("earth", "braille", "half", "ascii", "octant", "globe")

_NO_KEYS: Mapping[str, str] = MappingProxyType({})


def config_dir() -> Path:
    """The folder of the settings file."""
    if moved := os.environ.get("TIANGONG_CONFIG_DIR"):
        return Path(moved)
    from platformdirs import user_config_path

    return user_config_path("tiangong", appauthor=False)


def cache_dir() -> Path:
    """The folder of downloaded data."""
    if moved := os.environ.get("TIANGONG_CACHE_DIR"):
        return Path(moved)
    from platformdirs import user_cache_path

    return user_cache_path("tiangong", appauthor=False)


def offline_by_environment() -> bool:
    """Whether TIANGONG_OFFLINE closes the network."""
    return os.environ.get("TIANGONG_OFFLINE", "").strip().lower() not in {"", "0", "no", "false"}


class Settings(NamedTuple):
    """All settings.

    Attributes:
        place: The current place; `None` lets the system's time zone choose.
        places: Saved places.
        view: View to open with.
        theme: Theme; `None` is the default one.
        utc: Show times in UTC instead of local.
        plain: Linear plain text.
        map_style: How the map is drawn.
        map_pixels: Pixels in a cell, where the Earth is shown as it looks; beyond half blocks not every font has them.
        map_follow: Keep the station in the middle of the map.
        min_elevation_deg: Passes that stay lower are left out.
        pass_days: How far ahead passes are listed.
        visible_only: List only passes that can be seen.
        offline: Never open a connection.
        crew_news: Ask Launch Library for crew and ships.
        operator_ephemeris: Fetch the operator's own ephemeris.
        alert_grade: Tell of passes of this grade and better; 0 is never.
        alert_lead_min: How long before the rise.
        alert_bell: With the terminal's bell.
        alert_notification: With a notification of the terminal (OSC 9).
        alert_command: Program and arguments to run; empty is none.
        keys: Other keys, by the ids of the key table.
    """

    place: Place | None = None
    places: tuple[Place, ...] = ()
    view: str = "station"
    theme: str | None = None
    utc: bool = False
    plain: bool = False
    map_style: str = "earth"
    map_pixels: str = "half"
    map_follow: bool = False
    min_elevation_deg: float = 10.0
    pass_days: float = 10.0
    visible_only: bool = False
    offline: bool = False
    crew_news: bool = True
    operator_ephemeris: bool = False
    alert_grade: int = 0
    alert_lead_min: float = 10.0
    alert_bell: bool = True
    alert_notification: bool = False
    alert_command: tuple[str, ...] = ()
    keys: Mapping[str, str] = _NO_KEYS


class Loaded(NamedTuple):
    """The settings and one line for each value that could not be used, and each key that is not known."""

    settings: Settings
    problems: tuple[str, ...]


def read_settings(path: Path | None = None) -> Loaded:
    """Read the settings file; what is missing or wrong has its default."""
    path = path or config_dir() / FILE_NAME
    try:
        if not path.exists():
            return Loaded(Settings(), ())
    except OSError:
        pass  # the reader says why
    from tui.config import settings_store

    return settings_store.read(path)


def write_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings file whole and atomically; keys that the program does not know stay.

    Raises:
        SettingsError: The file cannot be written.
    """
    from tui.config import settings_store

    settings_store.write(settings, path or config_dir() / FILE_NAME)
