"""The next event and the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S, HOUR_S
from sim.language import N_, _
from tui.drawing.styled_text import Line, Run, fit, plain, wrap
from tui.widgets.panel import PanelContent
from tui.wording import durations

if TYPE_CHECKING:
    from sim.chronicle.events import Event
    from tui.session.frame import Frame

NEAR_S = 2 * HOUR_S
"""An event this near in time is highlighted."""


class EventLine(PanelContent):
    """The next event and the last one, with the time until and since."""

    station_only = True
    BORDER_TITLE = N_("events")
    opens = "missions"

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Next event first, wrapped into the lines available, then the last one; a recent one alone where one fits."""
        coming, last = frame.events.coming(frame.unix_s), frame.events.happened(frame.unix_s)
        shown = [event for event in (coming, last) if event is not None]
        if height == 1 and last is not None and frame.unix_s - last.unix_s < NEAR_S:
            shown = [last]
        lines: list[Line] = []
        for number, event in enumerate(shown):
            room = height - len(lines) - (len(shown) - 1 - number)
            lines += _entry(frame, event, width, max(room, 1))
        return lines or [(Run(_("no event known"), "dim"),)]


def _entry(frame: Frame, event: Event, width: int, room: int) -> list[Line]:
    """Time and title, in at most `room` lines."""
    ahead = event.unix_s - frame.unix_s
    is_coming = ahead > 0 or event.planned  # the span of a plan may have begun
    exact = event.precision in {"second", "minute"}
    if event.planned and ahead <= 0:
        when = durations.last_day(event.until_s)
    elif not exact and event.unix_s <= frame.unix_s < event.until_s and "/" in event.text:
        when = _("{day} or later").format(day=event.text.split("/")[0])  # the end of the span is yet to come
    elif not exact:
        when = event.when
    elif abs(ahead) > 30 * DAY_S:
        when = event.text[:10]
    else:
        span = f"{'' if event.certain else '~'}{durations.countdown(abs(ahead))}"
        when = (_("{countdown} ago") if ahead <= 0 else _("in {countdown}")).format(countdown=span)
    if is_coming:
        when = _("next {when}").format(when=when)
    style = "caution" if event.planned else "mark" if abs(ahead) < NEAR_S else ""
    click = "app.event(1)" if is_coming else "app.event(-1)"
    whole = f"{when} {event.title}"
    broken = [plain(line) for line in wrap(whole, width)]
    if len(broken) > room:  # the last line that fits takes the rest, and ends in an ellipsis
        broken = [*broken[: room - 1], " ".join(broken[room - 1 :])]
    first = (Run(when, "dim", click), Run(broken[0].removeprefix(when), style, click))
    return [fit(first, width), *(fit((Run(text, style, click),), width) for text in broken[1:])]
