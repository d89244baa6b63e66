"""The views by name; the module of a view is imported when it is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.views.base import View, ViewContext


def open_view(name: str, context: ViewContext) -> View:
    """A new screen of a view.

    Args:
        name: One of `tui.config.actions.MODES`; the class is called after it, such as `StationView`.
        context: The first frame and the settings.
    """
    view: View = getattr(import_module(f"tui.views.{name}.view"), f"{name.capitalize()}View")(context)
    return view
