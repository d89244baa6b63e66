"""The rates at which time can run, in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sim.clock import RATES
from sim.language import N_, _
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import ListDialog
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE = 0.0
"""Stands for a pause, or for running on, among the rates."""


class RateList(ListDialog[float]):
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
    heading = N_("how fast time runs")
    keys = N_("Enter runs at it · Esc leaves")

    def __init__(self, rate: float, *, paused: bool) -> None:
        super().__init__()
        self._rate, self._paused = rate, paused

    def options(self) -> Iterator[Option]:
        """Pause, then the rates from the slowest, the present one marked."""
        pause = _("run on") if self._paused else _("pause")
        yield Option(f"   {pause}", f"{PAUSE:g}")
        for rate in RATES:
            yield Option(self._line(rate), f"{rate:g}")

    def on_mount(self) -> None:
        """The cursor begins at the present rate."""
        self.query_one(OptionList).highlighted = 1 + RATES.index(abs(self._rate)) if abs(self._rate) in RATES else 0

    def _line(self, rate: float) -> str:
        mark = "●" if rate == abs(self._rate) and not self._paused else " "
        told = quantities.rate(rate, paused=False)
        if rate <= 1.0:
            return f" {mark} {told}  " + _("as it is")
        return f" {mark} {told}  " + _("{span} a second").format(span=quantities.span(rate))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(float(event.option.id or PAUSE))
