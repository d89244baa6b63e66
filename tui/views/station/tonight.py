"""The next visible pass in one sentence, the one after it, or why there is none."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import _, dates, ngettext
from sim.language.lists import clauses, comma_list, joined
from sim.time import to_datetime
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, choose, fit, line_width, linked, pad
from tui.drawing.styled_text import width as cells
from tui.views.station.next_pass import pass_link
from tui.widgets.panel import PanelContent
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.passes.model import Pass
    from sim.passes.observation import Observation
    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene

WEEK_S = 7.0 * DAY_S
"""Passes are searched this far ahead."""

ABOVE_DEG = 5.0
"""A pass that leaves the shadow at least this much above the least elevation is shown with its elevation there."""

SINKING_DEG = 1.0
"""If the pass is highest within this of its first visible instant, it only descends."""


class Tonight(PanelContent):
    """One or two lines above everything else."""

    opens = "passes"

    def cache_key(self, frame: Frame) -> object:
        """The passes and the minute; while one is up, the second."""
        passes = frame.passes
        up = bool(passes) and any(p.rise.unix_s <= frame.unix_s <= p.set.unix_s for p in (passes or ())[:3])
        return (
            Identity(passes),
            frame.unix_s // (1.0 if up else 60.0),
            frame.clock.wall_unix_s // 60.0,
            frame.place,
            frame.utc,
            frame.alarms,
            frame.status.error.position_known,
            frame.status.problem,
        )

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The sentence, and where there is room a second one."""
        head = _("⁵to see") + "  "
        reason = pass_text.no_prediction_reason(frame.status, offline=frame.sources.offline)
        if reason:
            return [_told(head, _unknown(frame, reason), width, "caution")]
        if frame.passes is None:
            looking = _("looking for passes over {place}").format(place=frame.place.label)
            return [_told(head, (looking,), width, "dim")]
        coming = next_visible(frame)
        if not coming:
            return [_told(head, why_none(frame), width, "dim")]
        lines = [linked(_line(frame, head, coming[0], width, "value"), pass_link(coming[0]))]
        if height > 1:
            then = pad(_("then"), cells(head) - 2, right=True) + "  "
            none = _("no other is known this week") if _some_unknown(frame) else _("no other this week")
            lines.append(
                linked(_line(frame, then, coming[1], width, ""), pass_link(coming[1]))
                if len(coming) > 1
                else _told(then, (none,), width, "dim")
            )
        return lines


def next_visible(frame: Frame) -> list[Pass]:
    """The passes of a week that can be seen and are not over, the next first; those worth it only, if there are any."""
    ahead = [
        p
        for p in frame.passes or ()
        if p.windows and p.windows[-1].to_unix_s > frame.unix_s and p.rise.unix_s < frame.unix_s + WEEK_S
    ]
    return [p for p in ahead if p.grade] or ahead


def _some_unknown(frame: Frame) -> bool:
    """Whether passes may come this week of which nothing is known: an ephemeris ends, or elements are too far away."""
    return bool(frame.coverage) or any(p.rise.unix_s < frame.unix_s + WEEK_S for p in frame.unpredicted)


def sentences(frame: Frame, pass_: Pass) -> tuple[str, ...]:
    """`Mon 04:58, look WNW, climbs to 45° in the NNE, brighter than Vega, 6 minutes`, and the same in fewer words."""
    from tui.sky.pass_geometry import scene_of

    scene = scene_of(frame.orbit, frame.place, pass_)
    if scene is None:
        return (clauses([_when(frame, pass_), _high(pass_.peak.elevation_deg)]),)
    if pass_.windows[0].from_unix_s <= frame.unix_s:
        return _now(frame, pass_, scene)
    start, top = scene.at(pass_.windows[0].from_unix_s), scene.highest_seen
    when, look = _when(frame, pass_), _("look {direction}").format(direction=quantities.compass(start.azimuth_deg))
    way = _way(frame, pass_, start, top)
    bright = [] if pass_.magnitude is None else [pass_text.brightness(pass_.magnitude)]
    long, short = _lengths(pass_)
    variants = (
        [when, *way, *bright, long],
        [when, *way, *bright, short],
        [when, *way, short],
        [when, *way],
        [when, look, _high(top.elevation_deg)],
        [when, look],
    )
    return tuple(map(clauses, variants))


def _way(frame: Frame, pass_: Pass, start: Observation, top: Observation) -> list[str]:
    """Where to look first, and where it goes from there."""
    direction = quantities.compass(start.azimuth_deg)
    look = _("look {direction}").format(direction=direction)
    if start.elevation_deg > frame.least_elevation_deg + ABOVE_DEG:
        look = _("look {direction} {degrees:.0f}° up").format(direction=direction, degrees=start.elevation_deg)
    if top.elevation_deg > start.elevation_deg + SINKING_DEG:
        climb = _("climbs to {degrees:.0f}° in the {direction}")
        return [look, climb.format(degrees=top.elevation_deg, direction=quantities.compass(top.azimuth_deg))]
    return [look, _("sinks to the {direction}").format(direction=quantities.compass(pass_.set.azimuth_deg))]


def _lengths(pass_: Pass) -> tuple[str, str]:
    """How long it is seen, and the same in fewer characters."""
    minutes = round(sum(window.duration_s for window in pass_.windows) / 60.0)
    if not minutes:
        return (_("under a minute"),) * 2
    long = ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    return long, long if minutes == 1 else _("{minutes:.0f} min").format(minutes=minutes)


def _high(degrees: float) -> str:
    return _("{degrees:.0f}° high").format(degrees=degrees)


def _now(frame: Frame, pass_: Pass, scene: PassScene) -> tuple[str, ...]:
    """Where to look for it at this moment."""
    here = scene.at(frame.unix_s)
    until = frame.clock_time(pass_.windows[-1].to_unix_s, quantities.clock_pattern(pass_.error))
    look = pass_text.look(here.azimuth_deg, here.elevation_deg)
    return (
        _("up now: {look}; it is seen until {until}").format(look=look, until=until),
        _("now: {look}").format(look=look),
        _("up now"),
    )


def why_none(frame: Frame) -> tuple[str, ...]:
    """Why no pass of this week can be seen from the place: its latitude or season, else what most of them lack."""
    notes = pass_text.place_notes(frame.status.element_set, frame.place, frame.unix_s)
    ahead = [p for p in frame.passes or () if frame.unix_s < p.set.unix_s and p.rise.unix_s < frame.unix_s + WEEK_S]
    place, followed = frame.place.label, _("{statement}. {notes}")
    if not ahead:
        limit = _("no pass over {place} this week climbs to {degrees:g}°")
        if _some_unknown(frame):
            limit = _("no pass over {place} can be predicted this week")
        limit = limit.format(place=place, degrees=frame.least_elevation_deg)
        told = followed.format(statement=limit, notes=joined(notes)).rstrip(". 。") if notes else limit
        return told, limit
    short = _("no pass to see over {place} this week")
    if _some_unknown(frame):
        short = _("no pass to see over {place} is known this week")
    short = short.format(place=place)
    night = pass_text.night_notes(frame.place, frame.unix_s)
    reasons = _("{statement}: {reasons}").format(statement=short, reasons=_reasons(ahead))
    return (*(followed.format(statement=short, notes=note) for note in night[:1]), reasons, short)


def _reasons(passes: list[Pass]) -> str:
    """The two most frequent reasons why passes cannot be seen: `12 by daylight, 5 in the Earth's shadow`."""
    words = {p.reason: p.why for p in passes}
    words |= {"daylight": _("by daylight"), "too low and faint for the eye": _("too low and faint")}
    found = Counter(p.reason for p in passes).most_common(2)
    return comma_list(_("{count} {reason}").format(count=count, reason=words[reason]) for reason, count in found)


def _when(frame: Frame, pass_: Pass) -> str:
    """`today 19:58`, `Mon 04:58`: when it begins to be seen."""
    unix_s = pass_.windows[0].from_unix_s if pass_.windows else pass_.rise.unix_s
    ahead = quantities.calendar_days(frame.unix_s, unix_s, frame.zone)
    moment = to_datetime(unix_s, frame.zone or UTC)
    day = {0: _("today"), 1: _("tomorrow")}.get(ahead) or dates.weekday_name(moment.weekday())
    return f"{day} {frame.clock_time(unix_s, quantities.minute_pattern(pass_.error))}"


def _line(frame: Frame, head: str, pass_: Pass, width: int, style: str) -> Line:
    """The sentence, with grade and alarm if there is room."""
    stars = Run(f"  {pass_text.stars(pass_.grade)}", "caution" if pass_.grade else "dim")
    is_set = any(abs(rise - pass_.rise.unix_s) < 1.0 for rise in frame.alarms)
    alarm: Line = ()
    if frame.clock.comes(pass_):
        word = _("alarm is set") if is_set else _("alarm")
        alarm = (Run("  ! ", "key", "screen.alarm"), Run(word, "", "screen.alarm"))
    short_alarm = (Run("  !", "caution"),) if is_set else ()
    texts = sentences(frame, pass_)
    start = Run(head, "dim")
    tails: tuple[Line, ...] = ((stars, *alarm), (stars, *short_alarm), short_alarm) if style else ((stars,),)
    variants = [(start, Run(texts[0], style), *tail) for tail in tails]
    variants += [(start, Run(text, style), *short_alarm) for text in texts]
    return choose(width, *variants, fit(variants[-1], width))


def _told(head: str, texts: tuple[str, ...], width: int, style: str) -> Line:
    variants = [(Run(head, "dim"), Run(text, style)) for text in texts]
    return next((line for line in variants if line_width(line) <= width), fit(variants[-1], width))


def _unknown(frame: Frame, reason: str) -> tuple[str, ...]:
    """Why no pass can be given: in full, and shortened for a small terminal."""
    if frame.status.provenance.age_days > 0:
        return (
            reason,
            _("unknown: the elements are too old to predict passes"),
            _("unknown: elements too old"),
        )
    return (
        reason,
        _("unknown: the elements are too recent to predict passes"),
        _("unknown: elements too recent"),
    )
