"""View 3: the timeline since 2021, the ports at the instant, and details of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.config.screen_keys import bindings
from tui.drawing.cells import CellShape
from tui.messages import OpenView
from tui.views.list_view import ListView
from tui.views.missions.mission import MissionDetail
from tui.views.missions.ports_diagram import PortsDiagram
from tui.views.missions.timeline import MissionTimeline
from tui.widgets.model.station_model import StationModel
from tui.widgets.panel_groups import PanelColumn, PanelRow

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.widgets.selectable import SelectablePanel


class MissionsView(ListView):
    """Timeline at the left, ports, model and details at the right; one of them in a small terminal."""

    DEFAULT_CSS = """
    MissionsView {
        & #lower { height: 1fr; }
        & #timeline { width: 1fr; }
        & #right { width: 48; height: 1fr; }
        & #diagram { height: 17; }
        & #detail { height: 1fr; }
        &.-wide #right { width: 56; }
        & #model { height: 17; display: none; }
        &.-tall #model { display: block; height: 20; }
        &.-tall #diagram { display: none; height: 20; }
        &.-model #model, &.-diagram #diagram { display: block; }
        &.-model #diagram, &.-diagram #model { display: none; }
        &.-huge #right { width: 84; }
        &.-huge.-tall #model, &.-huge.-tall #diagram { height: 21; }
        &.-river.-huge.-tall #model { height: 19; }
        &.-river.-huge.-tall #diagram { height: 20; }
        &.-short #diagram, &.-short #model { height: 9; }
        &.-narrow {
            & #right { width: 0; }
            &.-aside #right { width: 1fr; }
            & #diagram, & #model { height: 1fr; }
            & #model { display: none; }
            & #model.-front { display: block; }
        }
    }
    """

    BINDINGS = bindings("In the missions (3)")
    parts = ("timeline", "detail", "diagram", "model")
    aside = frozenset({"detail", "diagram", "model"})
    details = "detail"

    def body(self) -> ComposeResult:
        with PanelRow(id="lower"):
            yield MissionTimeline(id="timeline")
            with PanelColumn(id="right"):
                yield StationModel(CellShape(self.context.settings.map_pixels), id="model")
                yield PortsDiagram(id="diagram")
                yield MissionDetail(id="detail")

    def bring_forward(self, name: str) -> None:
        """Mark the panel in front; of model and diagram it is seen where there is no room for both."""
        super().bring_forward(name)
        for either in ("model", "diagram"):
            self.set_class(name == either, f"-{either}")

    def action_zoom(self, step: int) -> None:
        """Zoom the timeline, or the model while it is active, in (1) or out (-1), or show everything (0)."""
        model = self.query_one(StationModel)
        (model if model.active else self.query_one(MissionTimeline)).zoom_by(step)

    def action_full_screen(self) -> None:
        """The station in three dimensions, full screen."""
        self.post_message(OpenView("model"))

    def action_go(self, unix_s: float) -> None:
        """Move the clock, and let the timeline follow it."""
        self.query_one(MissionTimeline).follow()
        super().action_go(unix_s)

    def action_choose(self, key: str) -> None:
        self.query_one(MissionTimeline).choose(key)
        self.tell_of(key)

    def on_selectable_panel_moved(self, event: SelectablePanel.Moved) -> None:
        self.tell_of(event.key)
