"""View 7: the international programme, its steps and what comes next, and facts that were checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.views.list_view import ListView
from tui.views.partners.claims import PartnerFacts
from tui.views.partners.steps import PartnerSteps
from tui.views.partners.story import PartnerStory
from tui.widgets.panel_groups import PanelColumn, PanelRow

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PartnersView(ListView):
    """Three texts side by side; in a small terminal one of them, and left and right walk through them."""

    DEFAULT_CSS = """
    PartnersView {
        & #lower { height: 1fr; layout: horizontal; }
        & #story { width: 1fr; }
        & #right { width: 1fr; height: 1fr; }
        & #facts, & #steps { height: 1fr; width: 1fr; }
        & #facts.-front, & #steps.-front { height: 3fr; }
        &.-wide #right, &.-huge #right { width: 2fr; layout: horizontal; }
        &.-narrow {
            & #right { width: 0; }
            &.-aside #right { width: 1fr; }
        }
    }
    """

    parts = ("story", "steps", "facts")
    aside = frozenset({"steps", "facts"})

    def body(self) -> ComposeResult:
        with PanelRow(id="lower"):
            yield PartnerStory(id="story")
            with PanelColumn(id="right"):
                yield PartnerFacts(id="facts")
                yield PartnerSteps(id="steps")
