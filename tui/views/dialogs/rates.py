"""The rates at which time can run, in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sim.clock import RATES
from sim.language import _
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import Dialog
from tui.wording import quantities

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

PAUSE = 0.0
"""Stands for a pause, or for running on, among the rates."""


class RateList(Dialog[float]):
    """The list; its result is a rate, or `PAUSE`.

    Args:
        rate: At which the clock runs, or ran before it was paused.
        paused: Whether it stands still.
    """

    DEFAULT_CSS = """
    RateList > Vertical { width: 54; max-height: 92%; padding: 0; }
    RateList OptionList { max-height: 100%; }
    """

    BINDINGS = bindings("In the list of rates (F7)")

    def __init__(self, rate: float, *, paused: bool) -> None:
        super().__init__()
        self._rate, self._paused = rate, paused

    def compose(self) -> ComposeResult:
        """Pause, then the rates from the slowest, the present one marked."""
        with Vertical() as box:
            box.border_title = _("how fast time runs")
            box.border_subtitle = _("Enter runs at it · Esc leaves")
            pause = _("run on") if self._paused else _("pause")
            options = [Option(f"   {pause}", "0"), *(Option(self._line(rate), f"{rate:g}") for rate in RATES)]
            yield OptionList(*options, markup=False)

    def on_mount(self) -> None:
        """The cursor begins at the present rate."""
        self.query_one(OptionList).highlighted = 1 + RATES.index(abs(self._rate)) if abs(self._rate) in RATES else 0

    def _line(self, rate: float) -> str:
        mark = "●" if rate == abs(self._rate) and not self._paused else " "
        told = quantities.rate(rate, paused=False)
        if rate <= 1.0:
            return f" {mark} {told}  " + _("as it is")
        return f" {mark} {told}  " + _("{span} a second").format(span=quantities.span(rate))

    def action_move(self, step: int) -> None:
        """Move the cursor up or down."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if step > 0 else options.action_cursor_up)()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the rate under the cursor."""
        self.dismiss(float(event.option.id or PAUSE))

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)
