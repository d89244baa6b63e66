"""View 1: map, position, crew, ports, altitude band, spacewalk records, next pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.language import _
from tui.config.screen_keys import bindings
from tui.views.base import View
from tui.views.station.altitude_band import AltitudeBand
from tui.views.station.crew import Crew
from tui.views.station.layout import STATION_LAYOUT
from tui.views.station.next_pass import NextPass
from tui.views.station.ports import Ports
from tui.views.station.position import Telemetry
from tui.views.station.spacewalks import SpacewalkRecords
from tui.views.station.tonight import Tonight, next_visible
from tui.widgets.map.station_map import StationMap, map_options
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.layout import Layout

    from sim.passes.model import Pass
    from tui.session.frame import Frame
    from tui.views.dialogs.map_place import MapChoice
    from tui.widgets.map.world_map_panel import GroundTrack
    from tui.wording.proof import Explained


OF_RECORDS = frozenset({"crew", "ports", "events", "walks"})
"""Panels that say nothing of the orbit."""

LEAVES_OUT_EVENTS = frozenset({"-river", "-narrow", "-short"})
"""Classes of the view in which the events are hidden, but for the largest terminals."""


class StationView(View):
    """An overview; in a small terminal every panel but the map shrinks to one line."""

    DEFAULT_CSS = "StationView #tonight { height: 2; border: none; padding: 0 1; }"

    SHAPES = (
        *View.SHAPES,
        ("-told", "StationView.-told #pass { display: none; }"),
        ("-middle", "StationView.-middle #tonight { height: 1; }"),
        ("-river", "StationView.-river #events { display: none; }"),  # the river tells the events
        (
            "-high",
            """
            StationView.-huge.-high {
                &.-told #pass { display: block; }
                &.-river #events { display: block; }
            }
            """,
        ),
        (
            "-narrow -short",
            """
            StationView {
                &.-narrow, &.-short {
                    & #tonight { height: 1; padding: 0; }
                    & #telemetry, & #crew, & #ports, & #band, & #walks { border: none; }
                    & #pass, & #events { display: none; }
                    &.-river #events { display: none; }
                }
            }
            """,
        ),
    )
    """Their sizes are in `tui.views.station.layout`."""

    VERTICAL_BREAKPOINTS = [*View.VERTICAL_BREAKPOINTS, (62, "-high")]  # noqa: RUF012
    main_panel = "map"
    BINDINGS: ClassVar[list[BindingType]] = bindings("On the map of the station (1)")

    _is_whole = False

    @property
    def layout(self) -> Layout:
        """Where the panels are; style rules can name Textual's own layouts only."""
        return STATION_LAYOUT

    def body(self) -> ComposeResult:
        """Map and side column above, band and records below; what is hidden is mounted after the first picture."""
        status = self.context.frame.status if self.context.frame is not None else None
        if status is not None and (status.stale or status.problem):
            yield self._notice()
        yield Panel(Tonight(), id="tonight")
        options = map_options(self.context.settings, plain_characters=self.context.plain_characters)
        yield StationMap(options, id="map")
        yield Panel(Telemetry(), id="telemetry")
        yield Panel(Crew(), id="crew")
        yield Panel(Ports(), id="ports")
        if self.classes.isdisjoint(LEAVES_OUT_EVENTS):
            yield self._events()
        yield Panel(NextPass(), id="pass")
        yield Panel(AltitudeBand(), id="band")
        yield Panel(SpacewalkRecords(), id="walks")

    def show(self, frame: Frame) -> None:
        """Hand a frame to every panel, also to those that were left out of the first picture."""
        if not self._is_whole and self.is_attached:
            self._is_whole = True
            if not self.query("#notice"):
                self.mount(self._notice(), before="#tonight")
            if not self.query("#events"):
                self.mount(self._events(), before="#pass")
        super().show(frame)

    @staticmethod
    def _notice() -> Panel:
        from tui.widgets.notice_bar import NoticeBar

        return Panel(NoticeBar(), id="notice")

    @staticmethod
    def _events() -> Panel:
        from tui.views.station.events import EventLine

        return Panel(EventLine(), id="events")

    @property
    def pass_shown(self) -> Pass | None:
        """The pass of the line above."""
        coming = next_visible(self.newest) if self.newest is not None else []
        return coming[0] if coming else None

    @property
    def map(self) -> StationMap:
        return self.query_one(StationMap)

    def action_zoom(self, step: int) -> None:
        if not self.map.zoom(step):
            self._say_why_not()

    def action_move(self, step: int) -> None:
        """Move the map south or north, or the cursor in the panel that has the keys."""
        if self.panel_in_front is not None:
            super().action_move(step)
        elif self._can_move():
            self.map.pan(0, step)

    def action_sideways(self, step: int) -> None:
        if self.panel_in_front is None and self._can_move():
            self.map.pan(step, 0)

    def _can_move(self) -> bool:
        """Whether the map can be moved; says how, where it cannot."""
        if not self.map.is_flat:
            self._say_why_not()
        return self.map.is_flat

    def _say_why_not(self) -> None:
        """The globe and the window have the station in their middle, or the observer's place."""
        self.notify(_("this picture cannot be moved: m goes on to a map that can"), title=_("map"), timeout=2)

    @property
    def footer(self) -> str:
        """While the map stays behind, the key by which it follows the station is among the first."""
        return "station afield" if self.map.is_afield else ""

    def on_ground_track_moved(self) -> None:
        """Offer in the footer what can be done with the map as it lies now; the app keeps it."""
        if self.newest is not None:
            self.query_one("#keybar", Panel).show(self.newest)

    def action_enter(self) -> None:
        """Follow the link of the panel that has the keys, else tell what can be done with the middle of the map."""
        if self.panel_in_front is not None:
            super().action_enter()
            return
        middle = self.map.middle
        if middle is not None:
            self._open_menu(*middle)

    def on_ground_track_clicked(self, message: GroundTrack.Clicked) -> None:
        """What can be done with the place that was clicked."""
        message.stop()
        self._open_menu(message.latitude_deg, message.longitude_deg)

    def _open_menu(self, latitude_deg: float, longitude_deg: float) -> None:
        from tui.views.dialogs.map_place import MapPlace

        def take(choice: MapChoice | None) -> None:
            if choice is not None and choice.look is not None:
                self.map.look_at(choice.look)
            elif choice is not None and choice.place is not None:
                from tui.messages import UsePlace

                self.post_message(UsePlace(choice.place))

        self.app.push_screen(MapPlace(latitude_deg, longitude_deg), take)

    def explained(self, frame: Frame) -> tuple[Sequence[Explained], str]:
        """Where the place comes from, and how sure it is."""
        from tui.wording.orbit_proof import orbit_explained

        if self.panel_asked is not None and self.panel_asked.id in OF_RECORDS:
            return (), ""
        return orbit_explained(frame.status), ""
