"""The strip above every view: mode, rate, time, place, and the elements with their error."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.constants import MINUTE_S
from sim.language import _
from sim.language.lists import clauses
from sim.sanitize import clean
from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, choose, line_width
from tui.widgets.panel import PanelContent
from tui.wording import durations, quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.session.frame import Frame


class Header(PanelContent):
    """LIVE, SIM or STALE; rate; UTC and local time; source, age and expected error of the elements."""

    takes_keys = False
    glides = True

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """One line; the less important texts are left out where there is no room."""
        left = _mode(frame)
        apart = (Run(f"  {_apart(frame)}", "caution"),) if not frame.clock.live else ()
        moment = to_datetime(frame.unix_s)
        utc = moment.strftime("%Y-%m-%d %H:%M:%SZ")
        local = quantities.clock_time(math.floor(frame.unix_s), frame.place, utc=False, pattern="%H:%M")
        place = frame.place.label
        about = frame.status.object
        short_name: Line = (Run(" 天宫 ", "accent"),)
        name: Line = (*short_name, Run("Tiangong  ", "accent"))
        if not about.is_station:
            name = short_name = (Run(f" {clean(about.label, limit=24)} ", "accent"),)
        zone = (Run(f"  {local} {place}", "dim", "app.place"),)
        bare = _("{time} local").format(time=local)
        bare_zone = (Run(f"  {bare}" if not local.endswith("Z") else "", "dim", "app.place"),)
        for head, tail in _arrangements(frame, name, short_name, zone, bare_zone):
            body = (*head, *left, Run(f"  {utc}", "value", "app.goto"))
            if apart and head is name and line_width((*body, *apart, *tail)) < width:
                body = (*body, *apart)
            gap = width - line_width(body) - line_width(tail)
            if gap >= 1:
                # Time and place at the left, the elements at the right.
                count = 1 if tail[:1] in (zone, bare_zone) else 0
                return [(*body, *tail[:count], Run(" " * gap), *tail[count:])]
        time_alone = Run(moment.strftime(" %H:%M:%SZ"), "value")
        return [choose(width, (*left, Run(f" {utc}", "value", "app.goto")), (*left, time_alone))]


def _arrangements(
    frame: Frame, name: Line, short_name: Line, zone: Line, bare_zone: Line
) -> Iterator[tuple[Line, Line]]:
    """What stands before the mode and after the time, the widest first; shorter texts are written when asked for."""
    full = _elements(frame)
    yield name, (*zone, *full)
    yield name, (*zone, *full[-3:])
    medium, compact, short = _short_elements(frame)
    yield from (
        (name, (*zone, *medium)),
        (short_name, (*zone, *medium)),
        (short_name, (*zone, *compact)),
        (short_name, (*zone, *compact[-2:])),
        (short_name, (*bare_zone, *compact[-2:])),
        (short_name, (*bare_zone, *short[-2:])),
        ((), (*bare_zone, *compact[-2:])),
        ((), (*bare_zone, *short[-2:])),
        ((), bare_zone),
        ((), short),
    )


def _mode(frame: Frame) -> Line:
    clock = frame.clock
    runs = [_badge(_("LIVE"), "live", "app.now") if clock.live else _badge(_("SIM"), "sim", "app.now")]
    if frame.status.stale:
        runs.append(_badge(_("STALE"), "stale", "app.view('orbit')"))
    runs.append(
        Run(f" {quantities.rate(clock.rate, paused=clock.paused)}", "caution" if clock.paused else "", "app.rates")
    )
    return tuple(runs)


def _badge(word: str, style: str, action: str) -> Run:
    return Run(f" {word} ", style, action)


def _apart(frame: Frame) -> str:
    """How far the instant is from the real now: `662 d ago`, `in 43 d`, `now` within a minute."""
    apart_s = frame.unix_s - frame.clock.wall_unix_s
    if abs(apart_s) < MINUTE_S:
        return _("now")
    text = _("in {span}") if apart_s > 0 else _("{span} ago")
    return text.format(span=quantities.span(abs(apart_s)))


def _last_try(frame: Frame) -> Line:
    """Result and age of the last refresh, and time to the next one allowed."""
    sources = frame.sources
    if sources.busy:
        return (Run(_("updating"), "caution"),)
    if not sources.each or sources.each[0].last_try_unix_s is None:
        return ()
    elements, now = sources.each[0], frame.clock.wall_unix_s
    ago = quantities.span(max(now - (elements.last_try_unix_s or now), 0.0))
    wait = 0.0 if sources.offline else (elements.next_try_unix_s or now) - now
    tried = _("{result} {span} ago").format(result=elements.words, span=ago)
    if wait > 0:
        tried = clauses((tried, _("next in {span}").format(span=quantities.span(wait))))
    return (Run(tried, "caution" if elements.failed else "dim", "app.view('orbit')"),)


def _elements(frame: Frame) -> Line:
    """The last refresh; source, age and expected error of the elements."""
    status = frame.status
    age = _age(frame)
    source = _(status.provenance.source) if status.provenance.source else ""
    return (
        *_last_try(frame),
        Run(f"  {clauses((source, age))} " if source else f"  {_kind(frame)} {age} ", "dim"),
        Run(quantities.error(status.error), _error_style(frame)),
        Run(" "),
    )


def _short_elements(frame: Frame) -> tuple[Line, Line, Line]:
    """Age and expected error of the elements without the source, shorter, with the median alone."""
    error, style, about = frame.status.error, _error_style(frame), f"  {_kind(frame)} {_age(frame)} "
    short = quantities.median_error(error) if error.position_known else _("position unknown")
    medium, compact, least = (
        (Run(about, "dim"), Run(text, style), Run(" "))
        for text in (quantities.error(error), quantities.compact_error(error), short)
    )
    return medium, compact, least


def _kind(frame: Frame) -> str:
    return "OEM" if frame.status.provenance.kind == "oem" else "GP"


def _age(frame: Frame) -> str:
    days = frame.status.provenance.age_days
    return _("{span} ahead").format(span=durations.age(days)) if days < 0 else durations.age(days)


def _error_style(frame: Frame) -> str:
    status = frame.status
    if not status.error.is_stated:
        return "dim"
    return "alarm" if status.stale else "caution" if status.error.p90_km > 50 else "good"
