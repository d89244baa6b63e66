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

    DEFAULT_CSS = """
    StationView {
        & #top { height: 1fr; layout: horizontal; }
        & #map { width: 1fr; height: 1fr; }
        & #side { width: 44; height: 1fr; }
        & #bottom { height: 10; layout: horizontal; }
        & #telemetry { height: 9; }
        & #crew { height: 5; }
        & #ports { height: 7; }
        & #events { height: 5; }
        & #pass { height: 1fr; min-height: 5; }
        & #band { width: 3fr; }
        & #walks { width: 2fr; }

        &.-normal #side { width: 40; }
        &.-huge #side { width: 56; }
        &.-huge #telemetry { height: 13; }
        &.-huge #crew { height: 8; }
        &.-huge #bottom { height: 16; }
        &.-middle #bottom { height: 8; }
        &.-middle #telemetry { height: 6; }
        &.-middle #ports { height: 5; }
        &.-middle #events { height: 4; }

        &.-narrow, &.-short {
            & #top { layout: vertical; }
            & #side { width: 1fr; height: 4; }
            & #bottom { layout: vertical; height: 2; }
            & #side Panel, & #bottom Panel { border: none; height: 1; min-height: 1; width: 1fr; }
            & #events { display: none; }
        }
    }
    """

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
                yield NextPass(self.context.settings.min_elevation_deg, id="pass")
        with Row(id="bottom"):
            yield AltitudeBand(id="band")
            yield SpacewalkRecords(id="walks")

    def _map_options(self) -> MapOptions:
        """Style and centre of the map from the settings."""
        settings = self.context.settings
        options = MapOptions(
            style=MapStyle.ASCII if self.context.plain_characters else MapStyle(settings.map_style),
            pixels=CellShape(settings.map_pixels),
        )
        return msgspec.structs.replace(options, centre_longitude_deg=None) if settings.map_follow else options
