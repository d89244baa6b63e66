"""View 1: map, position, crew, ports, altitude band, spacewalk records, next pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.drawing.cells import CellShape
from tui.map.world_map import MapOptions, MapStyle
from tui.views.base import View
from tui.views.station.altitude_band import AltitudeBand
from tui.views.station.crew import Crew
from tui.views.station.events import EventLine
from tui.views.station.next_pass import NextPass
from tui.views.station.ports import Ports
from tui.views.station.position import Telemetry
from tui.views.station.spacewalks import SpacewalkRecords
from tui.widgets.containers import Column, Row
from tui.widgets.notice_bar import Notice
from tui.widgets.station_map import StationMap

if TYPE_CHECKING:
    from textual.app import ComposeResult


class StationView(View):
    """An overview; in a small terminal every panel but the map shrinks to one line."""

    def body(self) -> ComposeResult:
        """Map and side column above, band and records below."""
        yield Notice(id="notice")
        with Row(id="top"):
            yield StationMap(self._map_options(), id="map")
            with Column(id="side"):
                yield Telemetry(id="telemetry")
                yield Crew(id="crew")
                yield Ports(id="ports")
                yield EventLine(id="events")
                yield NextPass(self.tiangong.settings.min_elevation_deg, id="pass")
        with Row(id="bottom"):
            yield AltitudeBand(id="band")
            yield SpacewalkRecords(id="walks")

    def _map_options(self) -> MapOptions:
        """Style and centre of the map from the settings."""
        settings = self.tiangong.settings
        options = MapOptions(
            style=MapStyle.ASCII if self.tiangong.plain_characters else MapStyle(settings.map_style),
            pixels=CellShape(settings.map_pixels),
        )
        return msgspec.structs.replace(options, centre_longitude_deg=None) if settings.map_follow else options
