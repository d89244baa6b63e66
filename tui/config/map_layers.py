"""The layers of the map: their names in the settings, their keys in the list, what they show."""

from __future__ import annotations

import msgspec

from sim.language import N_
from tui.config.settings import SHOWN_LAYERS, MapLayerName


class MapLayer(msgspec.Struct, frozen=True):
    """One layer that can be shown or hidden.

    Attributes:
        name: In the settings.
        key: In the list of layers.
        title: What it shows.
    """

    name: MapLayerName
    key: str
    title: str

    @property
    def shown(self) -> bool:
        """Whether it is shown until a person says otherwise."""
        return self.name in SHOWN_LAYERS


MAP_LAYERS = (
    MapLayer("horizon", "h", N_("Horizon: inside this circle the station is above it")),
    MapLayer("seen", "v", N_("Where it can be seen now: over 10° high, dark sky, station in sunlight")),
    MapLayer("pass", "p", N_("The next pass to be seen from your place, minute by minute")),
    MapLayer("shadow", "d", N_("The track dimmed where the station is in the Earth's shadow")),
    MapLayer("minutes", "t", N_("Times along the track ahead")),
    MapLayer("names", "n", N_("Names of seas, countries and cities (when you zoom in)")),
    MapLayer("scale", "g", N_("Degrees along the edges, and a scale (when you zoom in)")),
    MapLayer("sites", "s", N_("Launch sites and the landing site")),
    MapLayer("stations", "c", N_("Ground stations for telemetry and command")),
    MapLayer("anomaly", "a", N_("South Atlantic Anomaly: the field at 390 km is under 22 000 nT")),
)
"""In the order of the list."""
