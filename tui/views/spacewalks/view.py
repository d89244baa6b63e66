"""View 4: every spacewalk against the world record and over the years, totals, and the one under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.views.list_view import ListView
from tui.views.spacewalks.bars import SpacewalkBars
from tui.views.spacewalks.spacewalk import SpacewalkDetail
from tui.views.spacewalks.totals import SpacewalkTotals
from tui.views.spacewalks.under_way import SpacewalkNow
from tui.views.spacewalks.years import SpacewalkYears
from tui.widgets.panel import Panel
from tui.widgets.panel_groups import PanelColumn, PanelRow

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.widgets.selectable import SelectablePanel


class SpacewalksView(ListView):
    """Bars and years at the left, details and totals at the right; above them the spacewalk under way."""

    DEFAULT_CSS = """
    SpacewalksView {
        & #now { height: 5; }
        & #lower { height: 1fr; }
        & #left { width: 1fr; height: 1fr; }
        & #right { width: 46; height: 1fr; }
        & #walk, & #totals { height: 1fr; }
        &.-wide #right { width: 56; }
        &.-huge {
            & #right { width: 52%; max-width: 140; layout: horizontal; }
            & #walk, & #totals { width: 1fr; }
        }
        &.-short.-normal {
            & #totals { display: none; }
            & #totals.-front { display: block; }
        }
        &.-narrow {
            & #right { width: 0; }
            &.-aside #right { width: 1fr; }
            &.-aside #left { display: none; }
        }
    }
    """

    # Three columns where the tables still have room: what stands in two columns below each other is cut.
    HORIZONTAL_BREAKPOINTS = [*ListView.HORIZONTAL_BREAKPOINTS[:-1], (200, "-huge")]  # noqa: RUF012
    parts = ("bars", "walk", "totals", "years")
    filters = "bars"
    below = "years"
    aside = frozenset({"walk", "totals"})
    details = "walk"

    def body(self) -> ComposeResult:
        yield Panel(SpacewalkNow(), id="now")
        with PanelRow(id="lower"):
            with PanelColumn(id="left"):
                yield SpacewalkBars(id="bars")
                yield SpacewalkYears(id="years")
            with PanelColumn(id="right"):
                yield SpacewalkDetail(id="walk")
                yield SpacewalkTotals(id="totals")

    def on_selectable_panel_moved(self, event: SelectablePanel.Moved) -> None:
        """Show details of the spacewalk under the cursor, which list and years have in common.

        The one without the keys follows the other: if each followed the other, two moves in one burst would go on.
        """
        if (event.panel.id == "years") == self.part("years").active:
            self.action_choose(event.panel.cursor)

    def action_choose(self, number: str) -> None:
        for name in ("bars", "years"):
            self.part(name).put_cursor(number)
        self.tell_of(number)
