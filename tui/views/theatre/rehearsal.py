"""The line that says that what the theatre shows is a rehearsal: its instant is not now."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.language import _
from tui.drawing.styled_text import Line, Run, line_width
from tui.widgets.panel import PanelContent

if TYPE_CHECKING:
    from tui.session.frame import Frame


class RehearsalBar(PanelContent):
    """Stripes across the screen, and the way back."""

    takes_keys = False

    def is_there(self, frame: Frame) -> bool:
        """Not while the clock is live."""
        return not frame.clock.live

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """`╱╱╱ rehearsal: Mon 5 Oct 04:58 is not now. Esc returns ╱╱╱`, over the whole width."""
        day = frame.day_word(frame.unix_s, frame.clock.wall_unix_s)
        time = frame.clock_time(math.floor(frame.unix_s), "%H:%M")
        key: Line = (Run("Esc ", "key", "screen.back"),)
        told = _("rehearsal: {day} {time} is not now.").format(day=day, time=time)
        variants: tuple[Line, ...] = (
            (Run(f" {told} "), *key, Run(_("returns") + " ")),
            (Run(" " + _("rehearsal, not now") + " "), *key),
            (Run(" " + _("rehearsal") + " "),),
        )
        words = next((line for line in variants if line_width(line) <= width - 6), variants[-1])
        left = max((width - line_width(words)) // 2, 0)
        right = max(width - line_width(words) - left, 0)
        return [(Run("╱" * left, "caution"), *words, Run("╱" * right, "caution"))]
