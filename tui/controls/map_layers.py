"""Choosing the layers of the maps on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.messages import Notice
from tui.widgets.map.station_map import StationMap
from tui.widgets.map.world_map_panel import GroundTrack

if TYPE_CHECKING:
    from tui.controls.dialogs import Dialogs
    from tui.controls.host import AppHost


class MapLayers:
    """Opens the list of layers, and shows what is chosen on every map at once.

    Args:
        host: Has the maps on its screens.
        dialogs: Have the list.
    """

    def __init__(self, host: AppHost, dialogs: Dialogs) -> None:
        self._host = host
        self._dialogs = dialogs

    def choose(self) -> None:
        """Open the list of layers; does nothing where the screen has no map."""
        if self._host.screen.query(GroundTrack):
            self._dialogs.open_layers(self.show)
        else:
            self._host.post_message(Notice(_("this view has no map"), timeout_s=2.0))

    def explain(self) -> None:
        """Open the legend of the map on the screen."""
        track = next(iter(self._host.screen.query(GroundTrack)), None)
        if track is None:
            self._host.post_message(Notice(_("this view has no map"), timeout_s=2.0))
        else:
            self._dialogs.open_legend(track.drawn_options, track.colours)

    def show(self, layers: frozenset[str]) -> None:
        """Show layers on the maps of all open screens."""
        for screen in self._host.screen_stack:
            for panel in screen.query(StationMap):
                panel.show_layers(layers)
        self._host.call_later(self._host.draw)
