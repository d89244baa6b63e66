"""The layers of the map: a list in which each is shown or hidden, by its key or by a click, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sim.language import N_, _
from tui.config.map_layers import MAP_LAYERS, MapLayer
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import ListDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events


class LayerList(ListDialog[None]):
    """The list.

    Args:
        shown: Names of the layers that are shown.
        apply: Takes the names of those that shall be, in the order of the list, after each change.
    """

    DEFAULT_CLASSES = "wide"

    DEFAULT_CSS = """
    LayerList > Vertical { width: 84; max-height: 92%; padding: 0; }
    LayerList OptionList { max-height: 100%; }
    """

    BINDINGS = bindings("In the list of layers (l)")
    heading = N_("layers of the map")
    keys = N_("a letter, Space or a click: show or hide · Esc closes")

    def __init__(self, shown: frozenset[str], apply: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__()
        self._shown, self._apply = shown, apply

    def options(self) -> Iterator[Option]:
        """One line a layer, its key before it."""
        return (Option(self._line(layer), layer.name) for layer in MAP_LAYERS)

    def _line(self, layer: MapLayer) -> str:
        return f"[{'x' if layer.name in self._shown else ' '}] {layer.key}  {_(layer.title)}"

    def on_key(self, event: events.Key) -> None:
        """A layer's own key shows or hides it; Space the one under the cursor."""
        layer = next((layer for layer in MAP_LAYERS if layer.key == event.key), None)
        if layer is not None:
            event.stop()
            self._toggle(layer)
        elif event.key == "space":
            event.stop()
            self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._toggle(next(layer for layer in MAP_LAYERS if layer.name == event.option.id))

    def _toggle(self, layer: MapLayer) -> None:
        self._shown ^= {layer.name}
        self.query_one(OptionList).replace_option_prompt(layer.name, self._line(layer))
        self._apply(tuple(layer.name for layer in MAP_LAYERS if layer.name in self._shown))
