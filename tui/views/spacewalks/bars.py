"""Every spacewalk so far as a bar of its duration, with the former world record as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.language import N_, _
from sim.language.dates import day
from sim.language.lists import comma_list
from sim.language.names import family_names, short_ship_name
from sim.time import duration_text, to_datetime
from tui.drawing.styled_text import Line, Run, line_width
from tui.drawing.styled_text import width as cells
from tui.widgets.table import Column, Table
from tui.wording import durations
from tui.wording.facts import as_of_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.chronicle import Spacewalk
    from tui.session.frame import Frame

SCALE_MIN = 9 * 60 + 45
"""Right end of the bars in minutes: a little more than the longest spacewalk."""

EXACT, ABOUT = "█", "▒"
"""Fill of bars with durations published to the minute, and of approximate ones."""


class SpacewalkBars(Table["Spacewalk"]):
    """Number, date, ship, duration and bar; sorted by duration or by number."""

    station_only = True
    first_sort = "length"
    empty_text = N_("no spacewalk yet at this instant")
    columns = (
        Column("number", N_("no"), right=True, minimum=3),
        Column("date", N_("date"), drop=1, minimum=10, sortable=False),
        Column("mission", N_("ship"), drop=2, minimum=5, sortable=False),
        Column("length", N_("length"), right=True, minimum=9, descending=True),
        Column("bar", "", stretch=True, minimum=20, sortable=False),
    )

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """The number so far and the order; until when they are known."""
        facts = frame.status.facts
        title = (
            _("⁴spacewalks {count}, by length") if self.sort_column == "length" else _("⁴spacewalks {count}, in order")
        )
        edge = as_of_text(facts.spacewalks_as_of, certain=facts.spacewalks_certain)
        return title.format(count=facts.spacewalks_so_far), edge

    def rows(self, frame: Frame) -> Sequence[Spacewalk]:
        """Spacewalks that had begun by the instant, or may have."""
        return [walk for walk in frame.chronicle.spacewalks if walk.begins_unix_s <= frame.unix_s]

    def row_key(self, row: Spacewalk) -> str:
        return str(row.number)

    def search_text(self, row: Spacewalk) -> str:
        """Number, date, ship, people, hatch and tasks."""
        texts = (row.mission, *row.outside, row.exit or "", row.tasks or "")
        shown = (_(text) for text in texts if text)
        return " ".join((str(row.number), row.day.text, *texts, *shown))

    def ticks(self, frame: Frame, row: Spacewalk) -> bool:
        """Whether the spacewalk is under way."""
        return frame.unix_s < row.over_unix_s

    def sort_values(self, frame: Frame, row: Spacewalk) -> dict[str, Any]:
        """Unknown durations come last."""
        return {"number": row.number, "length": (_minutes(frame, row), -row.number)}

    def heading_text(self, frame: Frame, column: str, size: int) -> str:
        """Above the bars, whose record the line is."""
        mark = frame.chronicle.world_record_before
        if column != "bar" or mark is None or mark.duration.minutes is None:
            return super().heading_text(frame, column, size)
        at = _column_of(mark.duration.minutes, size)
        fallen = next((fall for fall in frame.chronicle.record_falls if fall.unix_s <= frame.unix_s), None)
        whole = (
            _("world record: {mission} {length} ▼")
            if fallen is None
            else _("world record until {instant}: {mission} {length} ▼")
        )
        moment = to_datetime(0.0 if fallen is None else fallen.unix_s)
        broken = f"{day(moment)} {moment:%H:%M}Z"
        for text in (whole, _("{mission} {length} ▼"), "▼"):
            words = text.format(mission=mark.mission, length=mark.duration.text, instant=broken)
            if cells(words) <= at + 1:
                return " " * (at + 1 - cells(words)) + words
        return ""

    def row_cells(self, frame: Frame, row: Spacewalk, width: int) -> dict[str, Line]:
        return {
            "number": (Run(str(row.number)),),
            "date": (Run(("~" if row.day.approximate else "") + row.day.date, "dim"),),
            "mission": (Run(short_ship_name(row.mission)),),
            "length": (_length(frame, row),),
            "bar": _bar(frame, row, width),
        }


def _length(frame: Frame, walk: Spacewalk) -> Run:
    if frame.unix_s < walk.over_unix_s:
        if walk.has_exact_times and walk.start is not None:
            return Run(duration_text(frame.unix_s - walk.start.unix_s), "alarm")
        return Run(_("this day"), "caution")
    duration = walk.duration
    return Run(duration.text, "value" if duration.is_exact else "caution")


def _minutes(frame: Frame, walk: Spacewalk) -> float:
    """Duration at the instant in minutes; -1 where it is unknown."""
    if frame.unix_s < walk.over_unix_s:
        return (frame.unix_s - walk.begins_unix_s) / 60.0 if walk.has_exact_times else -1.0
    return -1.0 if walk.duration.minutes is None else walk.duration.minutes


def _column_of(minutes: float, width: int) -> int:
    return min(round(minutes / SCALE_MIN * width), width - 1)


def _bar(frame: Frame, walk: Spacewalk, width: int) -> Line:
    """The bar with the names on it, or beside it where it is too short, and the line of the record."""
    names = comma_list(map(_, walk.outside)) or _("crew not found")
    if width <= 0:
        return ()
    minutes = _minutes(frame, walk)
    mark = frame.chronicle.world_record_before
    at = -1 if mark is None or mark.duration.minutes is None else _column_of(mark.duration.minutes, width)
    under_way = frame.unix_s < walk.over_unix_s
    if minutes < 0:
        return _with_mark(_without_times(walk, names, under_way=under_way, room=at), at)
    filled = max(_column_of(minutes, width), 1)
    if mark is not None and mark.duration.minutes is not None and minutes > mark.duration.minutes:
        filled = min(max(filled, at + 2), width)  # ten minutes past the record may be less than a cell
    called = (names, family_names(walk.outside) or "?")
    label = next((f" {words} " for words in called if cells(words) + 4 <= filled), "")
    beside = "" if label else next((f" {words}" for words in called if filled + cells(words) + 2 <= at), "")
    if not under_way and not walk.duration.is_exact:
        rest = filled - cells(label) - 1
        drawn: Line = (Run(ABOUT, "bar-alt"), Run(label, "caution"), Run(ABOUT * rest, "bar-alt"))
        return _with_mark((*drawn, Run(beside, "dim")), at)
    style = "good" if under_way else "bar"
    if 0 <= at < filled:
        return (*_filled(label, at, style), Run("│", "mark"), Run(EXACT * (filled - at - 1), "alarm"))
    return _with_mark((*_filled(label, filled, style), Run(beside, "dim")), at)


def _without_times(walk: Spacewalk, names: str, *, under_way: bool, room: int) -> Line:
    """What is said of a spacewalk whose times are not known, with the names where there is room for them."""
    if "duration" in walk.not_published:
        text = _("? times not published") if under_way else _("? duration not published")
    else:
        text = _("? times not found") if under_way else _("? duration not found")
    words = Run(text, "caution")
    beside = (Run(f"  {names}", "dim"),) if line_width((words,)) + 3 + cells(names) < max(room, 0) else ()
    return (words, *beside)


def _filled(label: str, size: int, style: str) -> Line:
    """A bar of `size` cells in a style, with a label at its beginning if that fits."""
    words = label if cells(label) <= size else ""
    return (Run(words, f"{style}-text"), Run(EXACT * (size - cells(words)), style))


def _with_mark(line: Line, at: int) -> Line:
    """The line with the mark of the record, if the bar does not reach it."""
    used = line_width(line)
    return (*line, Run(" " * (at - used)), Run("│", "mark")) if at >= used else line


def towards_record(elapsed_s: float, record_s: float | None) -> tuple[str, str]:
    """Time to or beyond the world record, and a style.

    Args:
        elapsed_s: Duration so far.
        record_s: Duration minus the record; negative before it is broken, `None` where there is none.
    """
    if record_s is None:
        return durations.mission_clock(elapsed_s), ""
    if record_s < 0:
        return _("{span} to go to the world record").format(span=duration_text(-record_s)), "caution"
    return _("world record passed by {span}").format(span=duration_text(record_s)), "alarm"
