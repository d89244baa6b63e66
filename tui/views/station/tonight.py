"""The next visible pass in one sentence, the one after it, or why there is none."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.time import to_datetime
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, choose, fit, line_width, linked
from tui.views.station.next_pass import pass_link
from tui.widgets.panel import PanelContent
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit
    from sim.passes.model import Pass
    from sim.passes.observation import Observation
    from sim.places.place import Place
    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene

WEEK_S = 7.0 * DAY_S
"""Passes are searched this far ahead."""

ABOVE_DEG = 5.0
"""A pass that leaves the shadow at least this much above the least elevation is shown with its elevation there."""

SINKING_DEG = 1.0
"""If the pass is highest within this of its first visible instant, it only descends."""

HEAD = "⁵to see  "


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
            frame.place,
            frame.utc,
            frame.alarms,
            frame.status.error.position_known,
            frame.status.problem,
        )

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The sentence, and where there is room a second one."""
        reason = pass_text.no_prediction_reason(frame.status, offline=frame.sources.offline)
        if reason:
            return [_told(HEAD, _unknown(frame, reason), width, "caution")]
        if frame.passes is None:
            return [_told(HEAD, (f"looking for passes over {frame.place.name}",), width, "dim")]
        coming = next_visible(frame)
        if not coming:
            return [_told(HEAD, why_none(frame), width, "dim")]
        lines = [linked(_line(frame, HEAD, coming[0], width, "value"), pass_link(coming[0]))]
        if height > 1:
            then = " " * (len(HEAD) - len("then  ")) + "then  "
            lines.append(
                linked(_line(frame, then, coming[1], width, ""), pass_link(coming[1]))
                if len(coming) > 1
                else _told(then, ("no other this week",), width, "dim")
            )
        return lines


def next_visible(frame: Frame) -> list[Pass]:
    """The passes of a week that can be seen and are not over, the next first; those worth it only, if there are any."""
    ahead = [
        p
        for p in frame.passes or ()
        if p.visible and p.windows[-1].to_unix_s > frame.unix_s and p.rise.unix_s < frame.unix_s + WEEK_S
    ]
    return [p for p in ahead if p.grade] or ahead


def sentences(frame: Frame, pass_: Pass) -> tuple[str, ...]:
    """`Mon 04:58, look WNW, climbs to 45° in the NNE, brighter than Vega, 6 minutes`, and the same in fewer words."""
    scene = _scene(frame, pass_)
    if scene is None:
        return (f"{_when(frame, pass_)}, {pass_.peak.elevation_deg:.0f}° high",)
    if pass_.windows[0].from_unix_s <= frame.unix_s:
        return _now(frame, pass_, scene)
    start, top = scene.at(pass_.windows[0].from_unix_s), _highest(pass_, scene)
    way = f"look {quantities.compass(start.azimuth_deg)}"
    if start.elevation_deg > frame.least_elevation_deg + ABOVE_DEG:
        way += f" {start.elevation_deg:.0f}° up"
    if top.elevation_deg > start.elevation_deg + SINKING_DEG:
        way += f", climbs to {top.elevation_deg:.0f}° in the {quantities.compass(top.azimuth_deg)}"
    else:
        way += f", sinks to the {quantities.compass(pass_.set.azimuth_deg)}"
    bright = "" if pass_.magnitude is None else f", {pass_text.brightness(pass_.magnitude)}"
    minutes = round(sum(window.duration_s for window in pass_.windows) / 60.0)
    long = f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes else "under a minute"
    when = _when(frame, pass_)
    return (
        f"{when}, {way}{bright}, {long}",
        f"{when}, {way}{bright}, {long.replace('minutes', 'min')}",
        f"{when}, {way}, {long.replace('minutes', 'min')}",
        f"{when}, {way}",
        f"{when}, look {quantities.compass(start.azimuth_deg)}, {top.elevation_deg:.0f}° high",
        f"{when}, look {quantities.compass(start.azimuth_deg)}",
    )


def _now(frame: Frame, pass_: Pass, scene: PassScene) -> tuple[str, ...]:
    """Where to look for it at this moment."""
    here = scene.at(frame.unix_s)
    pattern = quantities.clock_pattern(pass_.error)
    until = quantities.clock_time(pass_.windows[-1].to_unix_s, frame.place, utc=frame.utc, pattern=pattern)
    look = pass_text.look(here.azimuth_deg, here.elevation_deg)
    return (f"up now: {look}; it is seen until {until}", f"now: {look}", "up now")


def why_none(frame: Frame) -> tuple[str, ...]:
    """Why no pass of this week can be seen from the place: its latitude or season, else what most of them lack."""
    notes = pass_text.place_notes(frame.status.element_set, frame.place, frame.unix_s)
    ahead = [p for p in frame.passes or () if frame.unix_s < p.set.unix_s and p.rise.unix_s < frame.unix_s + WEEK_S]
    where = f"over {frame.place.name} this week"
    if not ahead:
        limit = f"no pass {where} climbs to {frame.least_elevation_deg:g}°"
        return (f"{limit}. {' '.join(notes)}".rstrip(". "), limit)
    reasons = Counter(p.why for p in ahead).most_common(2)
    told = ", ".join(f"{count} {_in_words(reason)}" for reason, count in reasons)
    short = f"no pass to see {where}"
    night = pass_text.night_notes(frame.place, frame.unix_s)
    return (*(f"{short}. {note}" for note in night[:1]), f"{short}: {told}", short)


def _in_words(reason: str) -> str:
    return {"daylight": "by daylight", "too low and faint for the eye": "too low and faint"}.get(reason, reason)


def _when(frame: Frame, pass_: Pass) -> str:
    """`today 19:58`, `Mon 04:58`: when it begins to be seen."""
    unix_s = pass_.windows[0].from_unix_s if pass_.windows else pass_.rise.unix_s
    zone = None if frame.utc else quantities.zone_of(frame.place)
    ahead = quantities.calendar_days(frame.unix_s, unix_s, zone)
    moment = to_datetime(unix_s, zone) if zone else to_datetime(unix_s)
    day = {0: "today", 1: "tomorrow"}.get(ahead, f"{moment:%a}")
    pattern = quantities.minute_pattern(pass_.error)
    return f"{day} {quantities.clock_time(unix_s, frame.place, utc=frame.utc, pattern=pattern)}"


def _highest(pass_: Pass, scene: PassScene) -> Observation:
    """The highest point at which it can be seen."""
    return max(
        (p for p in scene.points if scene.seen(p.unix_s)), key=lambda p: p.elevation_deg, default=scene.points[0]
    )


def _scene(frame: Frame, pass_: Pass) -> PassScene | None:
    return _path(Identity(frame.orbit), frame.place, Identity(pass_))


@lru_cache(maxsize=4)
def _path(orbit: Identity[Orbit], place: Place, pass_: Identity[Pass]) -> PassScene | None:
    """The path of a pass; `None` where the orbit has none. Takes some milliseconds."""
    from tui.sky.pass_geometry import pass_scene

    try:
        return pass_scene(orbit.value, place, pass_.value)
    except OrbitError:
        return None


def _line(frame: Frame, head: str, pass_: Pass, width: int, style: str) -> Line:
    """The sentence, with grade and alarm if there is room."""
    stars = Run(f"  {pass_text.stars(pass_.grade)}", "caution" if pass_.grade else "dim")
    is_set = any(abs(rise - pass_.rise.unix_s) < 1.0 for rise in frame.alarms)
    alarm = (Run("  ! ", "key", "screen.alarm"), Run("alarm is set" if is_set else "alarm", "", "screen.alarm"))
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
    age = "old" if frame.status.provenance.age_days > 0 else "recent"
    return (reason, f"unknown: the elements are too {age} to predict passes", f"unknown: elements too {age}")
