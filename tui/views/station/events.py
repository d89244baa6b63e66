"""The event under way, just over or coming next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from tui.drawing.styled_text import Line, Run, fit, plain, wrap
from tui.widgets.panel import Panel
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.chronicle import Event
    from tui.session.frame import Frame

NEAR_S = 2 * 3600.0
"""Within this span before and after, an event is news."""


class EventLine(Panel):
    """What happened last and what comes next, one line each."""

    BORDER_TITLE = "events"
    opens = "missions"

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Next event first, broken into as many lines as are left, then the last one; the nearer one where one fits."""
        coming, last = frame.events.next(frame.unix_s), frame.events.previous(frame.unix_s)
        shown = [event for event in (coming, last) if event is not None]
        if height == 1 and last is not None and frame.unix_s - last.unix_s < NEAR_S:
            shown = [last]
        lines: list[Line] = []
        for number, event in enumerate(shown):
            room = height - len(lines) - (len(shown) - 1 - number)
            lines += _told(frame, event, width, max(room, 1))
        return lines or [(Run("no event known", "dim"),)]


def _told(frame: Frame, event: Event, width: int, room: int) -> list[Line]:
    """When and what, in at most `room` lines."""
    ahead = event.unix_s - frame.unix_s
    exact = event.precision in {"second", "minute"}
    if not exact:
        when = event.text
    elif abs(ahead) > 30 * DAY_S:
        when = event.text[:10]
    else:
        when = f"in {quantities.countdown(ahead)}" if ahead > 0 else f"{quantities.countdown(-ahead)} ago"
    style = "caution" if event.planned else "mark" if abs(ahead) < NEAR_S else ""
    click = "app.event(1)" if ahead > 0 else "app.event(-1)"
    whole = f"{when} {event.title}"
    broken = [plain(line) for line in wrap(whole, width)]
    if len(broken) > room:  # the last line that fits takes the rest, and ends in an ellipsis
        broken = [*broken[: room - 1], " ".join(broken[room - 1 :])]
    first = (Run(when, "dim", click), Run(broken[0].removeprefix(when), style, click))
    return [fit(first, width), *(fit((Run(text, style, click),), width) for text in broken[1:])]
