"""View 6: altitude history with raises and decay, elements with their sources, eclipses, beta."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.views.base import View
from tui.views.orbit.altitude_history import AltitudeFacts, AltitudeHistoryChart
from tui.views.orbit.eclipses import Beta, Eclipses
from tui.views.orbit.elements import Elements, Sources
from tui.views.orbit.state_vector import StateVector
from tui.widgets.notice_bar import NoticeBar
from tui.widgets.panel import Panel
from tui.widgets.panel_groups import PanelColumn, PanelRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.session.frame import Frame
    from tui.wording.proof import Explained


SLIM_COLUMNS = 72
"""Below so many columns each panel has the whole width."""

PAGES = ("", "-decay", "-sources")
"""What is shown where there is no room for all, as classes of the screen."""


class OrbitView(View):
    """The orbit: history, decay, elements, live sources, eclipses and beta."""

    DEFAULT_CSS = """
    OrbitView {
        & #upper { height: 3fr; layout: horizontal; }
        & #lower { height: 2fr; layout: horizontal; }
        & #history { width: 3fr; }
        & #figures { width: 46; height: 1fr; }
        & #decay { height: 1fr; }
        & #state { display: none; height: 17; }
        & #reference { width: 2fr; layout: horizontal; }
        & #elements { width: 1fr; }
        & #sources { width: 1fr; }
        & #eclipses { width: 36; }
        & #beta { width: 1fr; }
        &.-wide.-high, &.-huge.-high {
            & #figures { width: 58; }
            & #upper, & #lower { height: 1fr; }
            & #state { display: block; }
            & #reference { width: 1fr; layout: vertical; }
        }
        &.-huge.-high {
            & #figures { width: 140; }
            & #upper { height: 6fr; }
            & #lower { height: 5fr; }
        }
        &.-normal #beta { display: none; }
        &.-narrow {
            & #upper { height: 1fr; }
            & #lower { height: 9; }
            & #figures, & #beta, & #sources { display: none; }
            &.-decay {
                & #history, & #lower { display: none; }
                & #figures { display: block; width: 1fr; }
            }
            & #reference { width: 1fr; }
            &.-sources {
                & #upper, & #elements, & #eclipses { display: none; }
                & #lower { height: 1fr; }
                & #sources, & #beta { display: block; }
            }
        }
        /* No room for figures and eclipses side by side. */
        &.-slim {
            & #eclipses { display: none; }
            &.-sources {
                & #lower { layout: vertical; }
                & #reference, & #eclipses, & #beta { display: block; width: 100%; height: 1fr; }
            }
        }
    }
    """

    # Where the state vector has room above beta.
    VERTICAL_BREAKPOINTS = [*View.VERTICAL_BREAKPOINTS, (55, "-high")]  # noqa: RUF012 - Textual's own form

    def body(self) -> ComposeResult:
        """History and decay above; elements, sources, eclipses and beta below."""
        yield Panel(NoticeBar(), id="notice")
        with PanelRow(id="upper"):
            yield AltitudeHistoryChart(id="history")
            with PanelColumn(id="figures"):
                yield AltitudeFacts(id="decay")
        with PanelRow(id="lower"):
            with PanelRow(id="reference"):
                yield Elements(id="elements")
                yield Sources(id="sources")
            yield Eclipses(id="eclipses")
            with PanelColumn(id="beta"):
                yield StateVector(id="state")
                yield Beta(id="beta-chart")

    def on_resize(self, event: events.Resize) -> None:
        """Note whether two panels have room side by side."""
        super().on_resize(event)
        self.set_class(event.size.width < SLIM_COLUMNS, "-slim")

    @property
    def footer(self) -> str:
        """Whether there are pages to turn."""
        return "orbit page" if self.has_class("-narrow") else "orbit"

    def action_part(self, step: int) -> None:
        """Show the next page in a small terminal: history and elements, decay and burns, sources and beta."""
        page = next((k for k, name in enumerate(PAGES) if name and self.has_class(name)), 0)
        wanted = PAGES[(page + step) % len(PAGES)]
        for name in filter(None, PAGES):
            self.set_class(name == wanted, name)
        if self.newest is not None:
            self.call_after_refresh(self.show, self.newest)

    def action_back(self) -> None:
        self.remove_class(*filter(None, PAGES))
        super().action_back()

    def explained(self, frame: Frame) -> tuple[Sequence[Explained], str]:
        """How the altitude, the burns and the place were found, and how sure they are."""
        from tui.wording.orbit_proof import altitude_explained

        return altitude_explained(frame.status), ""

    def action_zoom(self, step: int) -> None:
        """Zoom the altitude history in (1) or out (-1), or show all of it (0)."""
        if self.newest is not None:
            self.query_one(AltitudeHistoryChart).zoom(step, self.newest)
