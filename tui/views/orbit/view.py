"""View 6: altitude history with raises and decay, elements with their sources, eclipses, beta."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from tui.views.base import View
from tui.views.orbit.altitude_history import AltitudeFacts, AltitudeHistoryChart
from tui.views.orbit.eclipses import Beta, Eclipses
from tui.views.orbit.elements import Elements, Sources
from tui.widgets.notice_bar import Notice

if TYPE_CHECKING:
    from textual.app import ComposeResult


class OrbitView(View):
    """The orbit: history, decay, elements, live sources, eclipses and beta."""

    DEFAULT_CSS = """
    OrbitView {
        & #upper { height: 3fr; layout: horizontal; }
        & #lower { height: 2fr; layout: horizontal; }
        & #history { width: 3fr; }
        & #decay { width: 46; }
        & #elements { width: 1fr; }
        & #sources { width: 1fr; }
        & #eclipses { width: 36; }
        & #beta { width: 1fr; }
        &.-normal #beta { display: none; }
        &.-narrow {
            & #upper { height: 1fr; }
            & #lower { height: 9; }
            & #decay, & #beta, & #sources { display: none; }
        }
    }
    """

    def body(self) -> ComposeResult:
        """History and decay above; elements, sources, eclipses and beta below."""
        yield Notice(id="notice")
        with Horizontal(id="upper"):
            yield AltitudeHistoryChart(id="history")
            yield AltitudeFacts(id="decay")
        with Horizontal(id="lower"):
            yield Elements(id="elements")
            yield Sources(id="sources")
            yield Eclipses(id="eclipses")
            with Vertical(id="beta"):
                yield Beta()

    def action_zoom(self, step: int) -> None:
        """Zoom the altitude history in (1) or out (-1), or show all of it (0)."""
        if self.newest is not None:
            self.query_one(AltitudeHistoryChart).zoom(step, self.newest)
