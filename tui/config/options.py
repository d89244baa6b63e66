"""What the command line asks of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.named_tuple import NamedTuple
from tui.config.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from sim.places.place import Place


class DashboardOptions(NamedTuple):
    """Options of one start; what was not asked for comes from the settings.

    Attributes:
        at_unix_s: The instant to open at; `None` is live.
        rate: Simulated seconds a second.
        paused: Open standing still.
        view: Name of the first view.
        theme: Name of the theme; `None` is the default one.
        plain: Linear plain text for screen readers.
        place: The place that was asked for; `None` lets the time zone choose.
        elements_path: A file of elements to use alone.
        offline: Never open a connection.
        settings: As read from the file, once.
        messages: What to tell the person when the screen is up, one line each.
    """

    at_unix_s: float | None = None
    rate: float = 1.0
    paused: bool = False
    view: str = "station"
    theme: str | None = None
    plain: bool = False
    place: Place | None = None
    elements_path: Path | None = None
    offline: bool = False
    settings: Settings = Settings()
    messages: tuple[str, ...] = ()
