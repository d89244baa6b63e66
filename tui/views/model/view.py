"""The station in three dimensions, full screen, with details of the part that is pointed at beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_
from tui.config.screen_keys import bindings
from tui.drawing.cells import CellShape
from tui.messages import OpenView
from tui.views.list_view import ListView
from tui.views.missions.mission import MissionDetail
from tui.widgets.model.station_model import StationModel
from tui.widgets.panel_groups import PanelRow

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.widgets.selectable import SelectablePanel


class ModelView(ListView):
    """The model, and once a part has been opened its page beside it."""

    DEFAULT_CSS = """
    ModelView {
        & #lower { height: 1fr; }
        & #model { width: 1fr; height: 1fr; }
        & #detail { display: none; width: 46; height: 1fr; }
        &.-huge #detail { width: 70; }
        &.-opened #detail { display: block; }
    }
    """

    BINDINGS = bindings("While the station is shown in three dimensions (f)")
    parts = ("model", "detail")
    details = "detail"
    has_river = False  # it is there to fill the screen

    @property
    def fast(self) -> bool:
        """Whether the model turns by itself, which it does at 1x too."""
        return self.query_one(StationModel).turns

    def body(self) -> ComposeResult:
        with PanelRow(id="lower"):
            model = StationModel(CellShape(self.context.settings.map_pixels), id="model")
            model.hint = N_("← → turn · Tab part · Enter opens · f back")
            yield model
            yield MissionDetail(id="detail")

    def action_zoom(self, step: int) -> None:
        """Zoom in (1), out (-1), or reset zoom and rotation (0)."""
        self.query_one(StationModel).zoom_by(step)

    def action_choose(self, key: str) -> None:
        self.query_one(StationModel).choose(key)
        self.tell_of(key)

    def action_point(self, step: int) -> None:
        self.query_one(StationModel).move(step)

    def action_leave(self) -> None:
        """Close the page of a part, else back to the missions."""
        if self.has_class("-opened"):
            self.remove_class("-opened")
            self.activate("model")
        else:
            self.post_message(OpenView("missions"))

    def on_selectable_panel_moved(self, event: SelectablePanel.Moved) -> None:
        """Show details of the part pointed at, where they are open."""
        if event.key:
            self.tell_of(event.key)

    def open_details(self, key: str) -> None:
        self.tell_of(key)
        self.add_class("-opened")
        if self.has_class("-narrow"):
            self.activate("detail")
