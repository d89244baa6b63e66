"""The settings: their names, types, limits and defaults. `tui.config.settings_store` reads and writes their file.

`TIANGONG_CONFIG_DIR`, `TIANGONG_CACHE_DIR` and `TIANGONG_STATE_DIR` move the folders, `TIANGONG_OFFLINE=1` closes the
network.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from sim.language import N_
from sim.places.place import Place

FILE_NAME = "settings.toml"
SCREENS_FILE = "screens.json"
"""In the folder of the state, see `tui.config.last_screens`."""

ViewName = Literal["station", "crew", "missions", "spacewalks", "passes", "orbit", "partners", "model"]
MapPixels = Literal["half", "quadrant", "sextant", "octant"]
MapStyle = Literal["earth", "braille", "half", "ascii", "octant", "globe", "window"]
MapLayerName = Literal["horizon", "seen", "pass", "shadow", "minutes", "names", "scale", "sites", "stations", "anomaly"]
VIEW_NAMES: tuple[str, ...] = get_args(ViewName)
MAP_PIXELS: tuple[str, ...] = get_args(MapPixels)
MAP_STYLES: tuple[str, ...] = get_args(MapStyle)
MAP_LAYERS: tuple[str, ...] = get_args(MapLayerName)
SHOWN_LAYERS: tuple[MapLayerName, ...] = ("horizon", "seen", "pass", "shadow", "minutes", "names", "scale")
"""The layers of the map that are shown until a person says otherwise."""

MOST_PLACES = 100

Flag = Annotated[bool, Meta(description=N_("true or false"))]


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


def state_dir() -> Path:
    """The folder of bookmarks, alarms, and of how the dashboard was left."""
    if moved := os.environ.get("TIANGONG_STATE_DIR"):
        return Path(moved)
    from platformdirs import user_state_path

    return user_state_path("tiangong", appauthor=False)


def offline_by_environment() -> bool:
    """Whether TIANGONG_OFFLINE closes the network."""
    return os.environ.get("TIANGONG_OFFLINE", "").strip().lower() not in {"", "0", "no", "false"}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings: the types that a value in the file must have, described as a person is told of a wrong one.

    Attributes:
        place: The current place; `None` derives it from the system's time zone.
        places: Saved places.
        zone: Time zone of local times instead of the place's; `local` is the system's.
        view: View to open with; `None` is the one that was open last.
        theme: Theme; `None` is the default one.
        language: Language of all texts; `None` is the system's.
        utc: Show times in UTC instead of local time.
        plain: Linear plain text.
        map_style: How the map is drawn.
        map_pixels: Pixels in a cell, where the Earth is shown as it looks; beyond half blocks not every font has them.
        map_follow: Keep the station in the middle of the map.
        map_longitude_deg: The meridian in the middle of the map, unless it follows the station.
        map_latitude_deg: The parallel in the middle of the map, where it shows a part of the Earth.
        map_zoom: How many times as large as the whole Earth the map is.
        map_layers: The layers of the map that are shown.
        min_elevation_deg: Passes that stay lower are left out.
        horizon: File of azimuths and elevations of the place's own horizon; in the folder of the settings.
        pass_days: How far ahead passes are listed.
        visible_only: List only passes that can be seen.
        offline: Never open a connection.
        crew_news: Ask Launch Library for crew and ships.
        operator_ephemeris: Download the operator's own ephemeris.
        alert_grade: Announce passes of this grade and better; 0 is never.
        alert_lead_min: Minutes before the rise.
        alert_bell: With the terminal's bell.
        alert_notification: With a notification of the terminal (OSC 9).
        alert_command: Program and arguments to run; empty is none. No shell reads them.
        keys: Keys by the ids of the table of actions.
    """

    place: Annotated[Place, Meta(description=N_("a table with name, latitude_deg and longitude_deg"))] | None = None
    places: Annotated[
        tuple[Place, ...], Meta(max_length=MOST_PLACES, description=f"a list of at most {MOST_PLACES} places")
    ] = ()
    zone: Annotated[str, Meta(description=N_("a time zone such as Asia/Shanghai, UTC or local"))] | None = None
    view: Annotated[ViewName, Meta(description="one of " + ", ".join(VIEW_NAMES))] | None = None
    theme: Annotated[str, Meta(min_length=1, description=N_("a name"))] | None = None
    language: Annotated[str, Meta(min_length=1, description=N_("a language such as en or zh"))] | None = None
    utc: Flag = False
    plain: Flag = False
    map_style: Annotated[MapStyle, Meta(description="one of " + ", ".join(MAP_STYLES))] = "earth"
    map_pixels: Annotated[MapPixels, Meta(description="one of " + ", ".join(MAP_PIXELS))] = "half"
    map_follow: Flag = False
    map_longitude_deg: Annotated[float, Meta(ge=-180, le=180, description=N_("a number from -180 to 180"))] = 105.0
    map_latitude_deg: Annotated[float, Meta(ge=-90, le=90, description=N_("a number from -90 to 90"))] = 0.0
    map_zoom: Annotated[float, Meta(ge=1, le=16, description=N_("a number from 1 to 16"))] = 1.0
    map_layers: Annotated[
        tuple[MapLayerName, ...], Meta(max_length=20, description="a list of " + ", ".join(MAP_LAYERS))
    ] = SHOWN_LAYERS
    min_elevation_deg: Annotated[float, Meta(ge=0, le=89, description=N_("a number from 0 to 89"))] = 10.0
    horizon: Annotated[str, Meta(min_length=1, description=N_("the name of a file"))] | None = None
    pass_days: Annotated[float, Meta(ge=0.1, le=30, description=N_("a number from 0.1 to 30"))] = 10.0
    visible_only: Flag = False
    offline: Flag = False
    crew_news: Flag = True
    operator_ephemeris: Flag = False
    alert_grade: Annotated[Literal[0, 1, 2, 3], Meta(description="one of 0, 1, 2, 3")] = 0
    alert_lead_min: Annotated[float, Meta(ge=0, le=240, description=N_("a number from 0 to 240"))] = 10.0
    alert_bell: Flag = True
    alert_notification: Flag = False
    alert_command: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^[^\x00]*$")], ...],
        Meta(description=N_('a list like ["notify-send", "Tiangong"]')),
    ] = ()
    keys: Annotated[Mapping[str, str], Meta(description=N_('a table like { "time.pause" = "space" }'))] = msgspec.field(
        default_factory=dict
    )


KEYS = {
    "map_style": "map.style",
    "map_pixels": "map.pixels",
    "map_follow": "map.follow",
    "map_longitude_deg": "map.longitude_deg",
    "map_latitude_deg": "map.latitude_deg",
    "map_zoom": "map.zoom",
    "map_layers": "map.layers",
    "min_elevation_deg": "passes.min_elevation_deg",
    "horizon": "passes.horizon",
    "pass_days": "passes.days",
    "visible_only": "passes.visible_only",
    "offline": "network.offline",
    "crew_news": "network.crew_news",
    "operator_ephemeris": "network.operator_ephemeris",
    "alert_grade": "alerts.grade",
    "alert_lead_min": "alerts.lead_min",
    "alert_bell": "alerts.bell",
    "alert_notification": "alerts.notification",
    "alert_command": "alerts.command",
}
"""The dotted keys of the file by field, where they differ from the field's name."""


def file_key(field: str) -> str:
    """The dotted key that a field has in the file."""
    return KEYS.get(field, field)
