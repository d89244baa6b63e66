"""The next passes over the place: time, direction and grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import MINUTE_S
from sim.language import N_, _, text_cache
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, choose, fit, line_width, linked, pad, spread, wrap
from tui.drawing.styled_text import width as cells
from tui.widgets.panel import PanelContent
from tui.wording import quantities
from tui.wording.passes import horizon, none_predicted, pass_key, stars, timing_error, timing_error_short

if TYPE_CHECKING:
    from sim.passes.model import Pass
    from sim.places.place import Place
    from tui.session.frame import Frame

_WHEN_CELLS = 17
"""Room for the time of a rise, at least."""


_WAY_CELLS = 3
"""Room for the direction of a peak, at least."""


class NextPass(PanelContent):
    """The next pass that can be seen, with a countdown, the ones after it, and dimmed those that nobody can see."""

    BORDER_TITLE = N_("⁵next pass")
    opens = "passes"

    def title(self, frame: Frame) -> tuple[str, str]:
        """The name of the place above, the least elevation below."""
        return _("⁵passes over {place}").format(place=frame.place.label), horizon(frame.least_elevation_deg)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The next visible pass in full and the others in a line each; one line where the height is 1."""
        if frame.status.known_position is None:
            return _unknown(frame, width, height)
        upcoming = [p for p in frame.passes or () if p.set.unix_s > frame.unix_s]
        if not upcoming:
            text = _no_pass_text(frame)
            return wrap(text, width, "dim") if height > 1 else [(Run(text, "dim"),)]
        seen = [p for p in upcoming if p.windows]
        first, *rest = sorted(upcoming, key=lambda p: not p.windows)  # those that can be seen before the others
        if height == 1:
            return [linked(_strip(frame, first, width), pass_link(first))]
        head = [*_headline(frame, first, width), *_directions(frame, first, width)]
        lines = [linked(line, pass_link(first)) for line in head]
        room = height - len(lines)
        lines += _rows_at(frame, rest[: min(room, max(len(seen) - 1, 0))], width)
        hidden = rest[max(len(seen) - 1, 0) :]
        room = height - len(lines)
        if hidden and room > 1:
            lines.append((Run(_("not to be seen"), "dim"),))
            lines += [dimmed(row) for row in _rows_at(frame, hidden[: room - 1], width)]
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
    old = frame.status.provenance.age_days > 0
    if height == 1:
        short = _("unknown: the elements are too old") if old else _("unknown: the elements are too recent")
        if not answered:
            short = _("unknown: the orbit has no position")
        return [fit((Run(_("⁵pass") + "  ", "dim"), Run(short, "caution")), width)]
    if not answered:
        reason = _("Passes cannot be predicted: {problem}.").format(problem=frame.status.problem)
    elif old:
        reason = _("The elements are too old to predict passes: the position along the orbit is unknown.")
    else:
        reason = _("The elements are too recent to predict passes: the position along the orbit is unknown.")
    return wrap(reason, width, "caution")


def _no_pass_text(frame: Frame) -> str:
    if frame.passes is None:
        return _("computing passes over {place}").format(place=frame.place.label)
    if frame.coverage:
        return frame.coverage
    if frame.unpredicted:
        return none_predicted(frame.place)
    return _("no pass over {place} above {elevation:g}° in the next ten days").format(
        place=frame.place.label, elevation=frame.least_elevation_deg
    )


def _when(unix_s: float, pass_: Pass, place: Place, *, utc: bool) -> str:
    """When a pass rises, seen from an instant: `tomorrow 04:58`."""
    day = quantities.day_word(pass_.rise.unix_s, unix_s, place, utc=utc)
    pattern = quantities.minute_pattern(pass_.error)
    return f"{day} {quantities.clock_time(pass_.rise.unix_s, place, utc=utc, pattern=pattern)}"


def _countdown(frame: Frame, pass_: Pass) -> tuple[str, str]:
    if pass_.rise.unix_s > frame.unix_s:
        left = quantities.time_left(pass_.rise.unix_s - frame.unix_s, pass_.error)
        return _("in {countdown}").format(countdown=left), "value"
    left = quantities.time_left(pass_.set.unix_s - frame.unix_s, pass_.error)
    return _("up now, sets in {countdown}").format(countdown=left), "good"


def _headline(frame: Frame, pass_: Pass, width: int) -> list[Line]:
    text, style = _countdown(frame, pass_)
    return [
        spread((Run(_when(frame.unix_s, pass_, frame.place, utc=frame.utc), "accent"),), (Run(text, style),), width)
    ]


def _directions(frame: Frame, pass_: Pass, width: int) -> list[Line]:
    peak = pass_.peak
    rise_way, peak_way, set_way = (quantities.compass(m.azimuth_deg) for m in (pass_.rise, peak, pass_.set))
    magnitude = ""
    if pass_.magnitude is not None and pass_.visible:
        magnitude = _("about {magnitude:+.1f} mag").format(magnitude=pass_.magnitude)
    reason = (Run(pass_.why, "good" if pass_.visible else "dim"),)
    doubt = (Run(f"{magnitude} {timing_error(pass_)}", "dim"),)
    short = (Run(timing_error_short(pass_), "dim"),)
    high = Run(_("{degrees:.0f}° high").format(degrees=peak.elevation_deg), "value")
    return [
        _first_that_spreads(
            [
                (high, Run(f"  {rise_way} → {peak_way} → {set_way}")),
                (high, Run(f" {rise_way}→{peak_way}→{set_way}")),
                (high, Run(f"  {rise_way} → {set_way}")),
            ],
            (Run(stars(pass_.grade), "caution" if pass_.grade else "dim"),),
            width,
        ),
        _reason_and_error(reason, (doubt, short), width),
    ]


def _first_that_spreads(heads: list[Line], tail: Line, width: int) -> Line:
    """The first that leaves room for the tail; the names of the directions are longer in some languages."""
    fitting = (head for head in heads if line_width(head) + 1 + line_width(tail) <= width)
    return spread(next(fitting, heads[0]), tail, width)


def _reason_and_error(reason: Line, errors: tuple[Line, Line], width: int) -> Line:
    """Why it is seen or not at the left; its error, in few words if need be, always stands at the right."""
    short = errors[-1]
    for error in errors:
        if line_width(reason) + 1 + line_width(error) <= width:
            return spread(reason, error, width)
    return (*fit(reason, max(width - line_width(short) - 1, 0)), Run(" "), *short)


def _rows_at(frame: Frame, passes: list[Pass], width: int) -> list[Line]:
    """A line for each pass: when it rises, how high and where it peaks, its grade."""
    minute_s = frame.unix_s // MINUTE_S * MINUTE_S  # `today` ends with a minute, in every zone
    return _rows(tuple(map(Identity, passes)), minute_s, frame.place, frame.utc, width)


@text_cache(maxsize=4)
def _rows(found: tuple[Identity[Pass], ...], unix_s: float, place: Place, utc: bool, width: int) -> list[Line]:
    """The lines, kept for a minute: the passes stay while the countdown of the first one runs."""
    passes = [each.value for each in found]
    whens = [_when(unix_s, pass_, place, utc=utc) for pass_ in passes]
    room = max([_WHEN_CELLS, *map(cells, whens)])
    lines = []
    for when, pass_ in zip(whens, passes, strict=True):
        way = quantities.compass(pass_.peak.azimuth_deg)
        peak = Run(f"{pass_.peak.elevation_deg:3.0f}° {pad(way, max(_WAY_CELLS, cells(way)))}")
        grade = Run(stars(pass_.grade), "caution" if pass_.grade else "dim")
        lines.append(linked(spread((Run(pad(when, room)), peak), (grade,), width), pass_link(pass_)))
    return lines


def _strip(frame: Frame, pass_: Pass, width: int) -> Line:
    text, style = _countdown(frame, pass_)
    head = (
        Run(_("⁵pass") + "  ", "dim"),
        Run(f"{frame.place.label} ", "accent"),
        Run(f"{_when(frame.unix_s, pass_, frame.place, utc=frame.utc)} "),
    )
    peak = _("{degrees:.0f}° in the {direction}").format(
        degrees=pass_.peak.elevation_deg, direction=quantities.compass(pass_.peak.azimuth_deg)
    )
    high = (Run(f" {peak} "),)
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
