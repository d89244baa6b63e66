"""The layers of the map: a list in which each is shown or hidden, by its key or by a click, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from tui.config.map_layers import MAP_LAYERS
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult


class LayerList(Dialog[None]):
    """The list.

    Args:
        shown: Names of the layers that are shown.
        apply: Takes the names of those that shall be, in the order of the list, after each change.
    """

    DEFAULT_CSS = """
    LayerList > Vertical { width: 84; max-height: 92%; padding: 0; }
    LayerList SelectionList, LayerList SelectionList:focus {
        height: auto; max-height: 100%; border: none; padding: 0; background: $surface;
    }
    """

    BINDINGS = bindings("In the list of layers (l)")

    def __init__(self, shown: frozenset[str], apply: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__()
        self._shown, self._apply = shown, apply

    def compose(self) -> ComposeResult:
        """One line a layer, its key before it."""
        with Vertical() as box:
            box.border_title = "layers of the map"
            box.border_subtitle = "a letter, Space or a click: show or hide · Esc closes"
            yield SelectionList[str](
                *(
                    Selection[str](f"{layer.key}  {layer.title}", layer.name, layer.name in self._shown)
                    for layer in MAP_LAYERS
                )
            )

    def on_key(self, event: events.Key) -> None:
        """A layer's own key shows or hides it."""
        layer = next((layer for layer in MAP_LAYERS if layer.key == event.key), None)
        if layer is not None:
            event.stop()
            self.query_one(SelectionList).toggle(layer.name)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)

    def on_selection_list_selected_changed(self, event: SelectionList.SelectedChanged[str]) -> None:
        """Show what is chosen."""
        chosen = set(event.selection_list.selected)
        names = tuple(layer.name for layer in MAP_LAYERS if layer.name in chosen)
        if frozenset(names) != self._shown:
            self._shown = frozenset(names)
            self._apply(names)
