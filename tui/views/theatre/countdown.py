"""The theatre's clock: how long to rise, peak and set, to be read from afar, and what comes afterwards."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.language import _, pgettext
from tui.drawing.big_digits import big, big_rows, big_width
from tui.drawing.styled_text import Line, Run, choose
from tui.widgets.sky.pass_panel import StripedPassPanel
from tui.wording import durations, quantities
from tui.wording import passes as pass_text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sim.passes.model import Moment, Pass
    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene

_LARGEST_SCALE = 3


class TheatreClock(StripedPassPanel):
    """T-minus in large digits, and a line that says to what."""

    def title(self, frame: Frame) -> tuple[str, str]:
        """Whether this is the real thing; a rehearsal is named by the base."""
        return (_("live") if frame.clock.live else ""), ""

    def scene_key(self, frame: Frame, scene: PassScene) -> Hashable:
        """The second, and what the words hang on."""
        goal, seconds = countdown(scene, frame.unix_s)
        return goal, math.floor(seconds), frame.utc, frame.clock.live, frame.passes

    def draw_scene(self, frame: Frame, scene: PassScene, width: int, height: int) -> list[Line]:
        """A caption, the digits, and below them the other marks of the pass."""
        goal, seconds = countdown(scene, frame.unix_s)
        over = goal == "set"
        text = ("+" if over else "-") + durations.compact(seconds)
        room = height - (2 if height >= big_rows(1) + 2 else 1)
        scale = next(
            (s for s in range(_LARGEST_SCALE, 0, -1) if big_rows(s) <= room and big_width(text, s) <= width), 0
        )
        style = "dim" if over else "good" if scene.is_up(frame.unix_s) else "mark"
        lines: list[Line] = [_caption(goal, frame, scene, width)]
        if scale:
            lines += [(Run(row, style),) for row in big(text, scale)]
        elif height > 2:  # in two lines the marks tell it
            lines.append((Run(f"T{text}", style),))
        if over:
            lines += [_next_line(frame, scene.pass_, width)]
        elif height > len(lines):
            lines.append(_marks(frame, scene, width))
        return lines


def countdown(scene: PassScene, unix_s: float) -> tuple[str, float]:
    """What comes next (`rise`, `peak`, `set` in short) and the seconds to it; after the pass those since its end."""
    pass_ = scene.pass_
    for word, moment in (("rises", pass_.rise), ("peaks", pass_.peak), ("sets", pass_.set)):
        if unix_s < moment.unix_s:
            return word, moment.unix_s - unix_s
    return "set", unix_s - pass_.set.unix_s


def _caption(goal: str, frame: Frame, scene: PassScene, width: int) -> Line:
    pass_ = scene.pass_
    moment = {"rises": pass_.rise, "peaks": pass_.peak, "sets": pass_.set, "set": pass_.set}[goal]
    day = frame.day_word(moment.unix_s, frame.clock.wall_unix_s)
    time = frame.clock_time(moment.unix_s, quantities.clock_pattern(pass_.error))
    head = (Run(_goal_word(goal), "accent"), Run(f" {_where(goal, moment)}"))
    off = pass_text.timing_error(pass_)
    return choose(
        width,
        (*head, Run(f"  {day} {time}", "value"), Run(f" {off}", "dim")),
        (*head, Run(f"  {time}", "value"), Run(f" {off}", "dim")),
        (*head, Run(f"  {time}", "value")),
        head,
    )


def _goal_word(goal: str) -> str:
    """What comes next, or that it is over."""
    words = {"rises": _("rises"), "peaks": _("peaks"), "sets": _("sets")}
    return words.get(goal) or pgettext("what a pass that is over has done", "set")


def _where(goal: str, moment: Moment) -> str:
    """How high and in which direction: `above 10° in the WNW`."""
    if moment.elevation_deg < 0.5:
        told = _("in the {direction}")
    else:
        edges = {
            "peaks": _("{degrees:.0f}° high in the {direction}"),
            "rises": _("above {degrees:.0f}° in the {direction}"),
        }
        told = edges.get(goal) or _("below {degrees:.0f}° in the {direction}")
    return told.format(degrees=moment.elevation_deg, direction=quantities.compass(moment.azimuth_deg))


def _marks(frame: Frame, scene: PassScene, width: int) -> Line:
    """Rise, peak and set as times from now."""
    runs: list[Run] = []
    pass_ = scene.pass_
    for word, moment in ((_("rise"), pass_.rise), (_("peak"), pass_.peak), (_("set"), pass_.set)):
        left = moment.unix_s - frame.unix_s
        sign = "-" if left >= 0 else "+"
        runs += [Run(f"{word} ", "dim"), Run(f"T{sign}{durations.compact(abs(left))}  ", "" if left >= 0 else "dim")]
    return choose(width, tuple(runs), tuple(runs[:4]), tuple(runs[:2]))


def _next_line(frame: Frame, pass_: Pass, width: int) -> Line:
    """The offer of the next pass."""
    following = following_pass(frame, pass_)
    if following is None:
        told = _("looking for the next pass") if frame.passes is None else _("no further pass is known")
        return (Run(told, "dim"),)
    day = frame.day_word(following.rise.unix_s, frame.clock.wall_unix_s)
    time = frame.clock_time(following.rise.unix_s, quantities.minute_pattern(following.error))
    key: Line = (Run("Enter ", "key", "screen.next"),)
    whole = _("next pass {day} {time}, {degrees:.0f}° high").format(
        day=day, time=time, degrees=following.peak.elevation_deg
    )
    return choose(
        width,
        (*key, Run(f"{whole} "), Run(pass_text.stars(following.grade), "caution")),
        (*key, Run(_("next {when}").format(when=f"{day} {time}"))),
        (*key, Run(_("next pass"))),
    )


def following_pass(frame: Frame, pass_: Pass) -> Pass | None:
    """The first pass after one, of those that are known."""
    return next((p for p in frame.passes or () if p.rise.unix_s > pass_.set.unix_s), None)
