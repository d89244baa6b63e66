"""The views by name; each module is imported when its view is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

_CLASSES = {
    "station": "StationView",
    "crew": "CrewView",
    "missions": "MissionsView",
    "spacewalks": "SpacewalksView",
    "passes": "PassesView",
    "orbit": "OrbitView",
    "partners": "PartnersView",
}


def _opener(name: str) -> Callable[[], Screen[None]]:
    def open_view() -> Screen[None]:
        view: Screen[None] = getattr(import_module(f"tui.views.{name}.view"), _CLASSES[name])()
        return view

    return open_view


MODES: dict[str, str | Callable[[], Screen[None]]] = {name: _opener(name) for name in _CLASSES}
"""What Textual's modes are made from."""
