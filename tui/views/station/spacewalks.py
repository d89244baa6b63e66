"""The longest spacewalks as bars, with the former world record as a line; one under way counts up towards it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.time import duration_text, to_datetime
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, bar, choose, fit, pad
from tui.widgets.panel import Panel
from tui.wording import durations
from tui.wording.facts import short_mission_name

if TYPE_CHECKING:
    from sim.chronicle import Spacewalk
    from tui.session.frame import Frame

SCALE_MIN = 10 * 60
"""Right end of the bars."""

_CAPTION = 15


class SpacewalkRecords(Panel):
    """Duration bars of the longest spacewalks so far; the record from before Tiangong is a line."""

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
        if height == 1:
            return [_strip(frame, width)]
        under_way = frame.status.facts.spacewalk
        lines: list[Line] = []
        if under_way is not None:
            lines += _under_way(frame, width)
        walks = longest(frame)
        if not walks and under_way is None:
            return [(Run("no spacewalk yet", "dim"),)]
        mark = _world_mark(frame)
        shown = height - len(lines) - (1 if mark else 0)
        lines += [_bar_line(walk, mark, width) for walk in walks[: max(shown, 0)]]
        if mark:
            label = f"│ {durations.hours_minutes(mark)} {_world_mission(frame)}, world record{_until(frame)}"
            at = _CAPTION + round(mark / SCALE_MIN * _bar_cells(width))
            lines.append(_legend(at, label, width))
        return lines


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


def _under_way(frame: Frame, width: int) -> list[Line]:
    walk = frame.status.facts.spacewalk
    assert walk is not None  # noqa: S101 - checked by the caller
    cells = _bar_cells(width)
    clock = duration_text(walk.elapsed_s)
    caption = Run(pad(f"{clock} now", _CAPTION), "alarm")
    to_go = walk.world_record_s
    if to_go is None:
        words = ""
    elif to_go < 0:
        words = f"{duration_text(-to_go)} to the world record"
    else:
        words = f"world record passed by {duration_text(to_go)}"
    names = ", ".join(walk.spacewalk.outside)
    filled = bar(walk.elapsed_s / 60.0 / SCALE_MIN, cells)
    mark = _world_mark(frame)
    at = min(round((mark or SCALE_MIN) / SCALE_MIN * cells), cells - 1)
    passed = to_go is not None and to_go >= 0
    return [
        fit(
            (
                caption,
                Run(filled[:at], "good"),
                Run("│" if mark else " ", "mark"),
                Run(filled[at + 1 :], "alarm" if passed else "good"),
            ),
            width,
        ),
        choose(
            width,
            (Run(f"spacewalk {walk.spacewalk.number}: {names}; ", "accent"), Run(words, "caution")),
            (Run(f"{names}; ", "accent"), Run(words, "caution")),
            (Run(f"{names} ", "accent"), Run(words.split(" to ")[0].removeprefix("world "), "caution")),
            (Run(words, "caution"),),
        ),
    ]


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
    head = (Run("⁴walks ", "dim"),)
    if facts.spacewalk is not None:
        walk = facts.spacewalk
        names = ", ".join(walk.spacewalk.outside)
        clock = Run(f"{duration_text(walk.elapsed_s)} outside ", "alarm")
        to_go = walk.world_record_s
        words = "" if to_go is None else (
            f" {duration_text(-to_go)} to the record" if to_go < 0 else f" record passed by {duration_text(to_go)}"
        )  # fmt: skip
        return choose(
            width,
            (*head, clock, Run(names, "accent"), Run(words, "caution")),
            (*head, clock, Run(names, "accent")),
            (*head, clock),
        )
    record = facts.records.longest
    if record is None:
        return fit((*head, Run("no spacewalk yet", "dim")), width)
    mark = _world_mark(frame) or SCALE_MIN
    text = f"{record.duration.text} {short_mission_name(record.mission)} "
    tail = f" {durations.hours_minutes(mark)} {_world_mission(frame)}"
    count = f"  {facts.spacewalks_so_far} so far"
    cells = width - len("⁴walks ") - len(text) - len(tail) - len(count) - 1
    if cells < 6:
        return fit((*head, Run(text, "value"), Run(f"longest of {facts.spacewalks_so_far}")), width)
    minutes = record.duration.minutes or 0
    filled = bar(minutes / max(mark, minutes), cells)
    at = min(round(mark / max(mark, minutes) * cells), cells - 1)
    return fit(
        (
            *head,
            Run(text, "value"),
            Run(filled[:at], "bar"),
            Run("│", "mark"),
            Run(filled[at + 1 :], "bar"),
            Run(tail, "dim"),
            Run(count, "dim"),
        ),
        width,
    )
