"""View 2: who is aboard at the instant, everyone who has flown to the station and when, and the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.views.crew.person import PersonDetail
from tui.views.crew.records import CrewRecords
from tui.views.crew.stays import CrewStays
from tui.views.crew.tables import Aboard, Everyone
from tui.views.list_view import ListView
from tui.widgets.panel_groups import PanelColumn, PanelRow
from tui.widgets.table import Table

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.session.frame import Frame
    from tui.widgets.selectable import SelectablePanel

_BORDER_AND_HEADING = 3
_TABLES = ("everyone", "aboard")


class CrewView(ListView):
    """Those aboard above; everyone and their flights below, details of one person and the records at the right."""

    DEFAULT_CSS = """
    CrewView {
        & #aboard { height: 6; }
        & #lower { height: 1fr; }
        & #left { width: 1fr; height: 1fr; }
        & #right { width: 46; height: 1fr; }
        & #person { height: 3fr; }
        & #records { height: 2fr; }
        &.-wide #right { width: 56; }
        &.-huge {
            & #right { width: 52%; max-width: 112; layout: horizontal; }
            & #person, & #records { height: 1fr; width: 1fr; }
        }
        &.-narrow {
            & #aboard { display: block; width: 1fr; height: 6; }
            & #everyone { display: block; }
            & #right { width: 0; }
            &.-aside #right { width: 1fr; }
            &.-aside #left, &.-aside #everyone, &.-stays #everyone { display: none; }
        }
        &.-short #records { display: none; }
        &.-short #records.-front { display: block; }
        &.-short.-normal #person { display: block; }
    }
    """

    # Three columns where the tables still have room: what stands in two columns below each other is cut.
    HORIZONTAL_BREAKPOINTS = [*ListView.HORIZONTAL_BREAKPOINTS[:-1], (200, "-huge")]  # noqa: RUF012
    parts = ("everyone", "person", "records", "stays", "aboard")
    filters = "everyone"
    below = "stays"
    aside = frozenset({"person", "records"})
    details = "person"

    def body(self) -> ComposeResult:
        yield Aboard(id="aboard")
        with PanelRow(id="lower"):
            with PanelColumn(id="left"):
                yield Everyone(id="everyone")
                yield CrewStays(id="stays")
            with PanelColumn(id="right"):
                yield PersonDetail(id="person")
                yield CrewRecords(id="records")

    def show(self, frame: Frame) -> None:
        """Give the upper table a row for each person in space."""
        people = len(frame.status.facts.aboard) + len(frame.status.facts.in_transit)
        self.part("aboard").styles.height = max(people, 1) + _BORDER_AND_HEADING
        super().show(frame)

    def bring_forward(self, name: str) -> None:
        """Mark the panel in front; of the two tables only the one that was used last has a cursor."""
        super().bring_forward(name)
        self.set_class(name == "stays", "-stays")
        if name in _TABLES:
            for other in _TABLES:
                table = self.query_one(f"#{other}", Table)
                table.keeps_mark = other == name
                table.redraw()

    def on_selectable_panel_moved(self, event: SelectablePanel.Moved) -> None:
        """Show details of the person under the cursor.

        Of the table and the flights, the one without the keys follows the other.
        """
        follows = event.panel.id == "everyone" and self.part("stays").active
        if event.key and not follows and (event.panel.active or event.panel.id == "everyone"):
            self.tell_of(event.panel.cursor)
            self._mark(event.panel.cursor)

    def _mark(self, name: str) -> None:
        """Put the cursor of the flights on a person, and that of the table if it comes from there."""
        stays = self.part("stays")
        if stays.active:
            self.part("everyone").choose(name)
        else:
            stays.put_cursor(name)

    def action_choose(self, name: str) -> None:
        self.part("everyone").choose(name)
        self.tell_of(name)
        self._mark(name)
