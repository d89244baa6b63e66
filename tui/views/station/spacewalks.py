"""The longest spacewalks as bars, with the former world record as a line; one under way counts up towards it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import N_, _, dates, pgettext, text_cache
from sim.language.lists import comma_list
from sim.language.names import family_names, short_ship_name
from sim.time import duration_text, to_datetime
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, bar, choose, fit, linked, pad
from tui.drawing.styled_text import width as text_cells
from tui.widgets.panel import PanelContent
from tui.wording import durations

if TYPE_CHECKING:
    from sim.chronicle import Spacewalk, WalkUnderWay
    from tui.session.frame import Frame

SCALE_MIN = 10 * 60
"""Right end of the bars."""

_CAPTION = 15
"""Room for length and ship before a bar, at least."""

_LENGTH = 6


class SpacewalkRecords(PanelContent):
    """Duration bars of the longest spacewalks so far; the record from before Tiangong is a line."""

    station_only = True
    BORDER_TITLE = N_("⁴spacewalks")
    opens = "spacewalks"

    def title(self, frame: Frame) -> tuple[str, str]:
        """The number so far; below, the date of the last information if the instant is later."""
        facts = frame.status.facts
        upper = _("⁴spacewalks {count}").format(count=facts.spacewalks_so_far)
        lower = "" if facts.spacewalks_certain else _("known until {day}").format(day=facts.spacewalks_as_of)
        return upper, lower

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
        row = _Row.of(frame, width)
        if under_way is not None:
            link = _link(under_way.spacewalk)
            lines += [linked(line, link) for line in _under_way(under_way, _world_mark(frame), row)]
        walks = longest(frame)
        if not walks and under_way is None:
            return [(Run(_("no spacewalk yet"), "dim"),)]
        mark = _world_mark(frame)
        shown = height - len(lines) - (1 if mark else 0)
        lines += [linked(_bar_line(Identity(walk), mark, row), _link(walk)) for walk in walks[: max(shown, 0)]]
        if mark:
            lines.append(_legend(row.caption + round(mark / SCALE_MIN * row.bar), *_record_labels(frame, mark), width))
        return lines


class _Row(msgspec.Struct, frozen=True):
    """How the cells of a line are shared out.

    Attributes:
        width: All of them.
        caption: Those of length and ship before the bar.
    """

    width: int
    caption: int

    @staticmethod
    def of(frame: Frame, width: int) -> _Row:
        """With a caption that holds the ships in this language."""
        ships = {walk.mission for walk in frame.chronicle.spacewalks}
        longest_name = max((text_cells(short_ship_name(ship)) for ship in ships), default=0)
        return _Row(width, max(_CAPTION, _LENGTH + 1 + longest_name + 1))

    @property
    def bar(self) -> int:
        """Those of the bar at its longest."""
        return max(self.width - self.caption - 1, 4)


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
    return _(record.mission) if record is not None and record.mission else ""


def _record_labels(frame: Frame, mark: int) -> tuple[str, str]:
    """The world record before Tiangong, once it has been broken with the day; and the same in fewer words."""
    length, mission = durations.hours_minutes(mark), _world_mission(frame)
    fallen = [fall for fall in frame.chronicle.record_falls if fall.unix_s <= frame.unix_s]
    if not fallen:
        return _("{length} {mission}, world record").format(length=length, mission=mission), f"{length} {mission}"
    day = dates.day(to_datetime(fallen[0].unix_s))
    label = _("{length} {mission}, world record until {day}").format(length=length, mission=mission, day=day)
    return label, f"{length} {mission}"


@text_cache(maxsize=32)
def _bar_line(record: Identity[Spacewalk], mark: int | None, row: _Row) -> Line:
    """One that is over; kept, as it stays while the clock of the one under way runs."""
    walk = record.value
    minutes = walk.duration.minutes or 0
    caption = f"{pad(walk.duration.text, _LENGTH, right=True)} {short_ship_name(walk.mission)}"
    cells, width = row.bar, row.width
    at = min(round(mark / SCALE_MIN * cells), cells - 1) if mark is not None else cells
    beyond = mark is not None and minutes > mark
    filled = bar(minutes / SCALE_MIN, cells).rstrip()
    if beyond and len(filled) < at + 2:
        filled = "█" * (at + 2)  # ten minutes past the record may be less than a cell
    style = "bar-alt" if walk.duration.approximate or walk.duration.at_least else "bar"
    # The names stand on the bar, so that one line is enough.
    names = _names(walk)
    labels = f" {walk.day.date} {names} ", f" {names} ", f" {family_names(walk.outside)} "
    label = next((text for text in labels if text_cells(text) < len(filled)), "")
    on_bar: Line = (Run(label, f"{style}-text"),) if label else ()
    rest = filled[text_cells(label) :] if on_bar else filled
    drawn = (Run(pad(caption, row.caption), "value" if beyond else ""), *on_bar)
    if at >= len(filled):
        gap = " " * (at - len(filled))
        return fit((*drawn, Run(rest, style), Run(f"{gap}│" if mark is not None else "", "dim")), width)
    before = at - (text_cells(label) if on_bar else 0)
    return fit((*drawn, Run(rest[:before], style), Run("│", "mark"), Run(rest[before + 1 :], "alarm")), width)


def _names(walk: Spacewalk) -> str:
    """Those who are outside."""
    return comma_list(_(name) for name in walk.outside)


def _under_way(walk: WalkUnderWay, mark: int | None, row: _Row) -> list[Line]:
    cells, width = row.bar, row.width
    filled = bar(walk.elapsed_s / 60.0 / SCALE_MIN, cells)
    at = min(round((mark or SCALE_MIN) / SCALE_MIN * cells), cells - 1)
    broken = walk.world_record_s is not None and walk.world_record_s >= 0
    names, record = _names(walk.spacewalk), _record_text(walk.world_record_s)
    semicolon = pgettext("between who is outside and the record", "; ")
    clock = _("{clock} now").format(clock=duration_text(walk.elapsed_s))
    whole = _("spacewalk {number}: {names}").format(number=walk.spacewalk.number, names=names)
    past = filled[at + 1 :]
    if broken and past.startswith(" "):
        past = f"▏{past[1:]}"  # the record is broken before the bar has reached the next cell
    drawn = (
        Run(pad(clock, row.caption), "alarm"),
        Run(filled[:at], "good"),
        Run("│" if mark else " ", "mark"),
        Run(past, "alarm" if broken else "good"),
    )
    text = choose(
        width,
        (Run(f"{whole}{semicolon}", "accent"), Run(record, "caution")),
        (Run(f"{names}{semicolon}", "accent"), Run(record, "caution")),
        (Run(f"{family_names(walk.spacewalk.outside)}{semicolon}", "accent"), Run(record, "caution")),
        (Run(f"{names} ", "accent"), Run(_shortest_record_text(walk.world_record_s), "caution")),
        (Run(record, "caution"),),
    )
    return [fit(drawn, width), text]


def _legend(at: int, label: str, short: str, width: int) -> Line:
    """What the line at a column is, to its right if there is room, else to its left."""
    if at + text_cells(f"│ {label}") <= width:
        return (Run(" " * at), Run(f"│ {label}", "dim"))
    text = f"{label} │"
    start = at - text_cells(text) + 1
    if start >= 0:
        return (Run(" " * start), Run(text, "dim"))
    text = f"{short} │"
    return (Run(" " * max(at - text_cells(text) + 1, 0)), Run(text, "dim"))


def _strip_caption() -> Run:
    return Run(_("⁴walks") + " ", "dim")


def _strip(frame: Frame, width: int) -> Line:
    facts, head = frame.status.facts, _strip_caption()
    if facts.spacewalk is not None:
        return _under_way_strip(facts.spacewalk, width)
    record = facts.records.longest
    if record is None:
        return fit((head, Run(_("no spacewalk yet"), "dim")), width)
    mark = _world_mark(frame) or SCALE_MIN
    text = f"{record.duration.text} {short_ship_name(record.mission)} "
    tail = f" {durations.hours_minutes(mark)} {_world_mission(frame)}"
    count = "  " + _("{count} so far").format(count=facts.spacewalks_so_far)
    cells = width - text_cells(head.text) - text_cells(text) - text_cells(tail) - text_cells(count) - 1
    if cells < 6:
        among = _("longest of {count}").format(count=facts.spacewalks_so_far)
        return fit((head, Run(text, "value"), Run(among)), width)
    minutes = record.duration.minutes or 0
    filled = bar(minutes / max(mark, minutes), cells)
    at = min(round(mark / max(mark, minutes) * cells), cells - (2 if minutes > mark else 1))
    drawn = (Run(filled[:at], "bar"), Run("│", "mark"), Run(filled[at + 1 :], "alarm"))
    return fit((head, Run(text, "value"), *drawn, Run(tail, "dim"), Run(count, "dim")), width)


def _under_way_strip(walk: WalkUnderWay, width: int) -> Line:
    head, clock = _strip_caption(), _("{clock} outside").format(clock=duration_text(walk.elapsed_s))
    outside, names = Run(f"{clock} ", "alarm"), Run(_names(walk.spacewalk), "accent")
    record = Run(f" {_short_record_text(walk.world_record_s)}", "caution")
    return choose(width, (head, outside, names, record), (head, outside, names), (head, outside))


def _record_text(record_s: float | None) -> str:
    """Time to or beyond the world record; empty where there is no record to compare with."""
    return _apart(record_s, _("{clock} to the world record"), _("world record passed by {clock}"))


def _short_record_text(record_s: float | None) -> str:
    """The same where it is plain whose record is meant."""
    return _apart(record_s, _("{clock} to the record"), _("record passed by {clock}"))


def _apart(record_s: float | None, before: str, after: str) -> str:
    if record_s is None:
        return ""
    return (before if record_s < 0 else after).format(clock=duration_text(abs(record_s)))


def _shortest_record_text(record_s: float | None) -> str:
    """Up to the record the clock alone."""
    return duration_text(-record_s) if record_s is not None and record_s < 0 else _short_record_text(record_s)
