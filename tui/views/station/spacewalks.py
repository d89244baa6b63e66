"""The longest spacewalks as bars, with the former world record as a line; one under way counts up towards it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.time import duration_text, to_datetime
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, bar, choose, fit, linked, pad
from tui.widgets.panel import PanelContent
from tui.wording import durations
from tui.wording.facts import short_mission_name

if TYPE_CHECKING:
    from sim.chronicle import Spacewalk, WalkUnderWay
    from tui.session.frame import Frame

SCALE_MIN = 10 * 60
"""Right end of the bars."""

_CAPTION = 15
_STRIP_CAPTION = Run("⁴walks ", "dim")


class SpacewalkRecords(PanelContent):
    """Duration bars of the longest spacewalks so far; the record from before Tiangong is a line."""

    station_only = True
    BORDER_TITLE = "⁴spacewalks"
    opens = "spacewalks"

    def title(self, frame: Frame) -> tuple[str, str]:
        """The number so far; below, the date of the last information if the instant is later."""
        facts = frame.status.facts
        lower = "" if facts.spacewalks_certain else f"known until {facts.spacewalks_as_of}"
        return f"⁴spacewalks {facts.spacewalks_so_far}", lower

    def cache_key(self, frame: Frame) -> object | None:
        """Completed spacewalks; none while one is under way, since its clock runs."""
        facts = frame.status.facts
        return None if facts.spacewalk is not None else (Identity(facts.records), facts.spacewalks_certain)

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The one under way first, then the longest; one line where the height is 1."""
        under_way = frame.status.facts.spacewalk
        if height == 1:
            walk = under_way.spacewalk if under_way is not None else frame.status.facts.records.longest
            return [linked(_strip(frame, width), "" if walk is None else _link(walk))]
        lines: list[Line] = []
        if under_way is not None:
            link = _link(under_way.spacewalk)
            lines += [linked(line, link) for line in _under_way(under_way, _world_mark(frame), width)]
        walks = longest(frame)
        if not walks and under_way is None:
            return [(Run("no spacewalk yet", "dim"),)]
        mark = _world_mark(frame)
        shown = height - len(lines) - (1 if mark else 0)
        lines += [linked(_bar_line(walk, mark, width), _link(walk)) for walk in walks[: max(shown, 0)]]
        if mark:
            label = f"│ {durations.hours_minutes(mark)} {_world_mission(frame)}, world record{_until(frame)}"
            at = _CAPTION + round(mark / SCALE_MIN * _bar_cells(width))
            lines.append(_legend(at, label, width))
        return lines


def _link(walk: Spacewalk) -> str:
    """The action that opens a spacewalk."""
    return f"app.visit('spacewalks', '{walk.number}')"


def longest(frame: Frame) -> list[Spacewalk]:
    """Spacewalks that were over at the instant and have a known duration, longest first."""
    over = [
        walk
        for walk in frame.chronicle.spacewalks
        if walk.over_unix_s <= frame.unix_s and walk.duration.minutes is not None
    ]
    return sorted(over, key=lambda walk: -(walk.duration.minutes or 0))


def _world_mark(frame: Frame) -> int | None:
    """The world record before Tiangong, in minutes."""
    record = frame.chronicle.world_record_before
    return record.duration.minutes if record is not None else None


def _world_mission(frame: Frame) -> str:
    """The mission that set it."""
    record = frame.chronicle.world_record_before
    return (record.mission or "") if record is not None else ""


def _until(frame: Frame) -> str:
    """` until 17 Dec 2024` once it has been broken."""
    fallen = [fall for fall in frame.chronicle.record_falls if fall.unix_s <= frame.unix_s]
    return f" until {to_datetime(fallen[0].unix_s):%d %b %Y}" if fallen else ""


def _bar_cells(width: int) -> int:
    return max(width - _CAPTION - 1, 4)


def _bar_line(walk: Spacewalk, mark: int | None, width: int) -> Line:
    minutes = walk.duration.minutes or 0
    caption = f"{walk.duration.text:>6} {short_mission_name(walk.mission):<6}"
    cells = _bar_cells(width)
    filled = bar(minutes / SCALE_MIN, cells).rstrip()
    beyond = mark is not None and minutes > mark
    style = "bar-alt" if walk.duration.approximate or walk.duration.at_least else "bar"
    # The names stand on the bar, so that one line is enough.
    names = ", ".join(walk.outside)
    label = next((text for text in (f" {walk.day.date} {names} ", f" {names} ") if len(text) < len(filled)), "")
    on_bar: Line = (Run(label, "bar-text"),) if label and style == "bar" else ()
    rest = filled[len(label) :] if on_bar else filled
    at = min(round(mark / SCALE_MIN * cells), cells - 1) if mark is not None else cells
    drawn = (Run(pad(caption, _CAPTION), "value" if beyond else ""), *on_bar)
    if at >= len(filled):
        gap = " " * (at - len(filled))
        return fit((*drawn, Run(rest, style), Run(f"{gap}│" if mark is not None else "", "dim")), width)
    before = at - (len(label) if on_bar else 0)
    return fit((*drawn, Run(rest[:before], style), Run("│", "mark"), Run(rest[before + 1 :], "alarm")), width)


def _under_way(walk: WalkUnderWay, mark: int | None, width: int) -> list[Line]:
    cells = _bar_cells(width)
    filled = bar(walk.elapsed_s / 60.0 / SCALE_MIN, cells)
    at = min(round((mark or SCALE_MIN) / SCALE_MIN * cells), cells - 1)
    broken = walk.world_record_s is not None and walk.world_record_s >= 0
    names, record = ", ".join(walk.spacewalk.outside), _record_text(walk.world_record_s)
    drawn = (
        Run(pad(f"{duration_text(walk.elapsed_s)} now", _CAPTION), "alarm"),
        Run(filled[:at], "good"),
        Run("│" if mark else " ", "mark"),
        Run(filled[at + 1 :], "alarm" if broken else "good"),
    )
    text = choose(
        width,
        (Run(f"spacewalk {walk.spacewalk.number}: {names}; ", "accent"), Run(record, "caution")),
        (Run(f"{names}; ", "accent"), Run(record, "caution")),
        (Run(f"{names} ", "accent"), Run(record.split(" to ")[0].removeprefix("world "), "caution")),
        (Run(record, "caution"),),
    )
    return [fit(drawn, width), text]


def _legend(at: int, label: str, width: int) -> Line:
    if at + len(label) <= width:
        return (Run(" " * at), Run(label, "dim"))
    text = label.removeprefix("│ ") + " │"
    start = at - len(text) + 1
    if start >= 0:
        return (Run(" " * start), Run(text, "dim"))
    short = label.split(",", maxsplit=1)[0].removeprefix("│ ") + " │"
    return (Run(" " * max(at - len(short) + 1, 0)), Run(short, "dim"))


def _strip(frame: Frame, width: int) -> Line:
    facts = frame.status.facts
    if facts.spacewalk is not None:
        return _under_way_strip(facts.spacewalk, width)
    record = facts.records.longest
    if record is None:
        return fit((_STRIP_CAPTION, Run("no spacewalk yet", "dim")), width)
    mark = _world_mark(frame) or SCALE_MIN
    text = f"{record.duration.text} {short_mission_name(record.mission)} "
    tail = f" {durations.hours_minutes(mark)} {_world_mission(frame)}"
    count = f"  {facts.spacewalks_so_far} so far"
    cells = width - len(_STRIP_CAPTION.text) - len(text) - len(tail) - len(count) - 1
    if cells < 6:
        return fit((_STRIP_CAPTION, Run(text, "value"), Run(f"longest of {facts.spacewalks_so_far}")), width)
    minutes = record.duration.minutes or 0
    filled = bar(minutes / max(mark, minutes), cells)
    at = min(round(mark / max(mark, minutes) * cells), cells - 1)
    drawn = (Run(filled[:at], "bar"), Run("│", "mark"), Run(filled[at + 1 :], "bar"))
    return fit((_STRIP_CAPTION, Run(text, "value"), *drawn, Run(tail, "dim"), Run(count, "dim")), width)


def _under_way_strip(walk: WalkUnderWay, width: int) -> Line:
    clock = Run(f"{duration_text(walk.elapsed_s)} outside ", "alarm")
    names = Run(", ".join(walk.spacewalk.outside), "accent")
    record = Run(f" {_record_text(walk.world_record_s).replace('world ', '')}", "caution")
    return choose(
        width, (_STRIP_CAPTION, clock, names, record), (_STRIP_CAPTION, clock, names), (_STRIP_CAPTION, clock)
    )


def _record_text(record_s: float | None) -> str:
    """Time to or beyond the world record; empty where there is no record to compare with."""
    if record_s is None:
        return ""
    if record_s < 0:
        return f"{duration_text(-record_s)} to the world record"
    return f"world record passed by {duration_text(record_s)}"
