"""The next passes over the place: time, direction and grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.drawing.styled_text import Line, Run, choose, fit, line_width, linked, spread, wrap
from tui.widgets.panel import PanelContent
from tui.wording import durations, quantities
from tui.wording.passes import horizon, pass_key, stars, timing_error, timing_error_short

if TYPE_CHECKING:
    from sim.passes.model import Pass
    from tui.session.frame import Frame


class NextPass(PanelContent):
    """The next pass that can be seen, with a countdown, the ones after it, and dimmed those that nobody can see."""

    BORDER_TITLE = "⁵next pass"
    opens = "passes"

    def title(self, frame: Frame) -> tuple[str, str]:
        """The name of the place above, the least elevation below."""
        return f"⁵passes over {frame.place.name}", horizon(frame.least_elevation_deg)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The next visible pass in full and the others in a line each; one line where the height is 1."""
        if frame.status.position is None or not frame.status.error.position_known:
            return _unknown(frame, width, height)
        upcoming = [p for p in frame.passes or () if p.set.unix_s > frame.unix_s]
        if not upcoming:
            return [(Run(_no_pass_text(frame), "dim"),)]
        seen = [p for p in upcoming if p.visible]
        unseen = [p for p in upcoming if not p.visible]
        first, *rest = (*seen, *unseen)
        if height == 1:
            return [linked(_strip(frame, first, width), pass_link(first))]
        head = [*_headline(frame, first, width), *_directions(frame, first, width)]
        lines = [linked(line, pass_link(first)) for line in head]
        room = height - len(lines)
        lines += [_row(frame, p, width) for p in rest[: min(room, max(len(seen) - 1, 0))]]
        hidden = rest[max(len(seen) - 1, 0) :]
        room = height - len(lines)
        if hidden and room > 1:
            lines.append((Run("not to be seen", "dim"),))
            lines += [dimmed(_row(frame, p, width)) for p in hidden[: room - 1]]
        return lines


def pass_link(pass_: Pass) -> str:
    """The action that opens a pass in the list of passes."""
    return f"app.visit('passes', '{pass_key(pass_)}')"


def dimmed(line: Line) -> Line:
    """The line as something nobody needs to read."""
    return tuple(Run(run.text, "dim", run.action) for run in line)


def _unknown(frame: Frame, width: int, height: int) -> list[Line]:
    """Why passes cannot be predicted."""
    answered = frame.status.position is not None
    age = "old" if frame.status.provenance.age_days > 0 else "recent"
    if height == 1:
        reason = f"the elements are too {age}" if answered else "the orbit has no position"
        return [fit((Run("⁵pass  ", "dim"), Run(f"unknown: {reason}", "caution")), width)]
    reason = f"The elements are too {age} to predict passes: the position along the orbit is unknown."
    if not answered:
        reason = f"Passes cannot be predicted: {frame.status.problem}."
    return wrap(reason, width, "caution")


def _no_pass_text(frame: Frame) -> str:
    if frame.passes is None:
        return f"computing passes over {frame.place.name}"
    if frame.coverage:
        return frame.coverage
    return f"no pass over {frame.place.name} above {frame.least_elevation_deg:g}° in the next ten days"


def _when(frame: Frame, pass_: Pass) -> str:
    day = quantities.day_word(pass_.rise.unix_s, frame.unix_s, frame.place, utc=frame.utc)
    pattern = quantities.minute_pattern(pass_.error)
    return f"{day} {quantities.clock_time(pass_.rise.unix_s, frame.place, utc=frame.utc, pattern=pattern)}"


def _countdown(frame: Frame, pass_: Pass) -> tuple[str, str]:
    if pass_.rise.unix_s > frame.unix_s:
        return f"in {durations.countdown(pass_.rise.unix_s - frame.unix_s)}", "value"
    return f"up now, sets in {durations.countdown(pass_.set.unix_s - frame.unix_s)}", "good"


def _headline(frame: Frame, pass_: Pass, width: int) -> list[Line]:
    text, style = _countdown(frame, pass_)
    return [spread((Run(_when(frame, pass_), "accent"),), (Run(text, style),), width)]


def _directions(frame: Frame, pass_: Pass, width: int) -> list[Line]:
    peak = pass_.peak
    path = " ".join(quantities.compass(m.azimuth_deg) for m in (pass_.rise, peak, pass_.set))
    magnitude = f"about {pass_.magnitude:+.1f} mag" if pass_.magnitude is not None and pass_.visible else ""
    reason = (Run(pass_.why, "good" if pass_.visible else "dim"),)
    doubt = (Run(f"{magnitude} {timing_error(pass_)}", "dim"),)
    short = (Run(timing_error_short(pass_), "dim"),)
    return [
        spread(
            (Run(f"{peak.elevation_deg:.0f}° high", "value"), Run(f"  {path.replace(' ', ' → ')}")),
            (Run(stars(pass_.grade), "caution" if pass_.grade else "dim"),),
            width,
        ),
        _reason_and_error(reason, (doubt, short), width),
    ]


def _reason_and_error(reason: Line, errors: tuple[Line, Line], width: int) -> Line:
    """Why it is seen or not at the left; its error, in few words if need be, always stands at the right."""
    short = errors[-1]
    for error in errors:
        if line_width(reason) + 1 + line_width(error) <= width:
            return spread(reason, error, width)
    return (*fit(reason, max(width - line_width(short) - 1, 0)), Run(" "), *short)


def _row(frame: Frame, pass_: Pass, width: int) -> Line:
    left = (
        Run(f"{_when(frame, pass_):<17}"),
        Run(f"{pass_.peak.elevation_deg:3.0f}° {quantities.compass(pass_.peak.azimuth_deg):<3}"),
    )
    line = spread(left, (Run(stars(pass_.grade), "caution" if pass_.grade else "dim"),), width)
    return linked(line, pass_link(pass_))


def _strip(frame: Frame, pass_: Pass, width: int) -> Line:
    text, style = _countdown(frame, pass_)
    head = (Run("⁵pass  ", "dim"), Run(f"{frame.place.name} ", "accent"), Run(f"{_when(frame, pass_)} "))
    high = (Run(f" {pass_.peak.elevation_deg:.0f}° in the {quantities.compass(pass_.peak.azimuth_deg)} "),)
    grade = (Run(stars(pass_.grade), "caution" if pass_.grade else "dim"),)
    tail = (Run(f" {text}", style),)
    off = (Run(f" {timing_error(pass_)}", "dim"),)
    short = (Run(f" {timing_error_short(pass_)}", "dim"),)
    return choose(
        width,
        (*head, *high, *grade, *tail, *off),
        (*head, *high, *grade, *tail, *short),
        (*head, *grade, *tail, *short),
        (*head, *grade, *tail),
        fit((*head[1:2], *tail), width),
    )
