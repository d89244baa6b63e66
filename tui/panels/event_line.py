"""The event under way, just over or coming next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from tui import wording
from tui.lines import Line, Run, choose
from tui.panel import Panel

if TYPE_CHECKING:
    from sim.chronicle import Event
    from tui.frame import Frame

NEAR_S = 2 * 3600.0
"""Within this span before and after, an event is news."""


class EventLine(Panel):
    """What happened last and what comes next, one line each."""

    BORDER_TITLE = "events"

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Next event first, then the last one; one of them where there is a single line."""
        coming, last = frame.events.next(frame.unix_s), frame.events.previous(frame.unix_s)
        lines: list[Line] = []
        if coming is not None:
            lines.append(_line(frame, coming, width))
        if last is not None:
            lines.append(_line(frame, last, width))
        if height == 1 and last is not None and frame.unix_s - last.unix_s < NEAR_S:
            lines.reverse()
        return lines or [(Run("no event known", "dim"),)]


def _line(frame: Frame, event: Event, width: int) -> Line:
    ahead = event.unix_s - frame.unix_s
    near = abs(ahead) < NEAR_S
    exact = event.precision in {"second", "minute"}
    if not exact:
        when = event.text
    elif abs(ahead) > 30 * DAY_S:
        when = event.text[:10]
    else:
        when = f"in {wording.countdown(ahead)}" if ahead > 0 else f"{wording.countdown(-ahead)} ago"
    style = "caution" if event.planned else "mark" if near else ""
    click = "app.event(1)" if ahead > 0 else "app.event(-1)"
    return choose(
        width,
        (Run(f"{when} ", "dim", click), Run(event.title, style, click)),
    )
