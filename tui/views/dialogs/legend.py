"""The legend of the map: every sign and colour that it shows now, as it shows it, with its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from sim.language import _
from tui.config.screen_keys import bindings
from tui.map.legend import Sample, legend
from tui.views.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.map.scene import MapOptions
    from tui.widgets.map.map_colours import MapColours

SAMPLE_CELLS = 15
"""Before the meaning: the widest sample has five swatches of three cells."""


class MapLegend(Dialog[None]):
    """One line a sign."""

    DEFAULT_CLASSES = "wide"

    DEFAULT_CSS = """
    MapLegend > VerticalScroll { width: 92; max-height: 92%; padding: 0 2; }
    MapLegend Static { width: 1fr; height: auto; }
    """

    BINDINGS = bindings("In the legend of the map (K)")
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, options: MapOptions, colours: MapColours) -> None:
        super().__init__()
        self._options, self._colours = options, colours

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            box.border_title = _("legend of the map")
            box.border_subtitle = _("L chooses the layers · Esc closes")
            rows = Table.grid(padding=(0, 2))
            rows.add_column(width=SAMPLE_CELLS)
            rows.add_column()
            for sample in legend(self._options):
                rows.add_row(self._picture(sample), Text(_(sample.meaning)))
            yield Static(rows)

    def _picture(self, sample: Sample) -> Text:
        """The cells of a sample as the map draws them."""
        style, shown = self._options.style, Text()
        for text, ink, fill in sample.cells:
            shown.append(_(text) if text.isalpha() else text, self._colours.style(ink, fill, style))
        return shown
