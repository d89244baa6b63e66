"""Options of the dashboard, from the command line and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.config.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sim.passes.horizon import Horizon
    from sim.places.place import Place
    from tui.config.last_screens import TableChoice


class DashboardOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Options of one start; whatever is not given comes from the settings.

    Attributes:
        at_unix_s: The instant to open at; `None` is live.
        rate: Simulated seconds a second.
        paused: Open standing still.
        view: Name of the first view.
        theme: Name of the theme; `None` is the default one.
        plain: Linear plain text for screen readers.
        place: The given place; `None` takes the one of the settings or of the time zone.
        zone: Time zone of local times; `None` takes the one of the settings or of the place.
        horizon: Of the place, where it is not level.
        elements_paths: Files of elements to use alone.
        object_name: Name or number of one of their objects.
        standard_magnitude: How bright the object of those files is by itself; `None` where nobody says.
        offline: Never open a connection.
        settings: As read from the file, once.
        ascii_only: The screen's encoding has no box and braille characters.
        messages: Shown when the screen is up, one line each.
        story: Name or file of a story to begin with.
        greets: Say at the first start that there are stories, and remember that it was said.
        remembers: Keep the view, the filters and the order of the lists for the next start.
        tables: How they were left the last time, by view and name of the list.
    """

    at_unix_s: float | None = None
    rate: float = 1.0
    paused: bool = False
    view: str = "station"
    theme: str | None = None
    plain: bool = False
    place: Place | None = None
    zone: str | None = None
    horizon: Horizon | None = None
    elements_paths: tuple[Path, ...] = ()
    object_name: str | None = None
    standard_magnitude: float | None = None
    offline: bool = False
    settings: Settings = Settings()
    messages: tuple[str, ...] = ()
    ascii_only: bool = False
    story: str | None = None
    greets: bool = False
    remembers: bool = False
    tables: Mapping[str, TableChoice] = msgspec.field(default_factory=dict)
