"""Rows of the timeline: made from the chronicle, drawn over the span of an axis."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from sim.chronicle import SHIP_PORTS
from sim.chronicle.spans import flight_spans
from sim.language import N_, _
from sim.language.names import leading_name, reads_chinese, second_name, short_ship_name
from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import LEVELS, Line, Run, choose, fit, pad
from tui.drawing.styled_text import width as cells
from tui.drawing.time_axis import Axis
from tui.wording.facts import chinese_names

if TYPE_CHECKING:
    from sim.chronicle import Chronicle
    from sim.chronicle.model.occasions import Plan
    from sim.chronicle.spans import Span

Group: TypeAlias = Literal["marks", "modules", "crewed", "cargo", "ports", "planned"]
Piece: TypeAlias = Literal["free", "docked", "unknown"]
Pieces: TypeAlias = tuple[tuple[Piece, float, float], ...]
"""Kind, start and end of each piece of a bar (UTC seconds since 1970)."""

STATION = N_("station")
ABOARD = N_("aboard")
HANDOVERS = N_("handovers")
WALKS = N_("spacewalks")
PLAN = "plan: "
"""Prefix of the keys of plans."""

PORT = "port: "
"""Prefix of the keys of ports."""

_LATER = N_("later")
"""Stands in the row of a ship that was launched after the instant: its grey alone would not say so."""

GROUP_NAMES: dict[Group, str] = {
    "marks": "",
    "modules": N_("modules"),
    "crewed": N_("crewed ships"),
    "cargo": N_("cargo ships"),
    "ports": N_("ports"),
    "planned": N_("planned, as announced by then"),
}

GROUP_STYLES: dict[Group, str] = {
    "marks": "mark", "modules": "bar", "crewed": "good", "cargo": "bar-alt", "ports": "bar", "planned": "caution"
}  # fmt: skip

_CHARS: dict[tuple[Piece | None, Piece | None], str] = {
    ("docked", "docked"): "█", ("docked", None): "▌", (None, "docked"): "▐", ("docked", "free"): "█",
    ("free", "docked"): "█", ("free", "free"): "━", ("free", None): "╸", (None, "free"): "╺",
}  # fmt: skip
"""Character of a cell by its two halves; pairs with an unknown half are drawn as `┄`."""

MARK_CHARS: dict[str, str] = {HANDOVERS: "◆", WALKS: "•", STATION: "•"}


class TimelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the timeline.

    Attributes:
        key: Unique name.
        label: Displayed name.
        label_zh: The same in Chinese.
        group: The group it is listed in.
        pieces: Pieces of its bar.
        marks: Instants to mark.
        plan: The plan, in rows of plans.
        levels: A number that changes with time: instant and new value.
        stays: Vehicles at a port: from, to, name.
    """

    key: str
    label: str
    label_zh: str = ""
    group: Group
    pieces: Pieces = ()
    marks: tuple[float, ...] = ()
    plan: Plan | None = None
    levels: tuple[tuple[float, int], ...] = ()
    stays: tuple[tuple[float, float, str], ...] = ()


def timeline_rows(book: Chronicle) -> Iterator[TimelineRow]:
    """All rows but the plans, which depend on the instant."""
    lessons = tuple((lesson.start or lesson.day).unix_s for lesson in book.lessons)
    yield TimelineRow(key=STATION, label=STATION, label_zh="天宫", group="marks", marks=lessons)
    yield TimelineRow(
        key=WALKS,
        label=WALKS,
        label_zh="出舱",
        group="marks",
        marks=tuple(walk.begins_unix_s for walk in book.spacewalks),
    )
    yield TimelineRow(key=ABOARD, label=ABOARD, group="marks", levels=_aboard(book))
    noons = tuple((item.day.unix_s + item.day.until_s) / 2 for item in book.handovers)
    yield TimelineRow(key=HANDOVERS, label=HANDOVERS, label_zh="交接", group="marks", marks=noons)
    names_zh = chinese_names(book)
    groups: dict[str, Group] = {"module": "modules", "crewed": "crewed", "uncrewed": "crewed", "cargo": "cargo"}
    bars = [bar for bar in flight_spans(book) if bar.kind in groups and bar.start is not None]
    for group in ("modules", "crewed", "cargo"):
        for bar in bars:
            if groups[bar.kind] == group:
                pieces = tuple(_pieces(book, bar))
                yield TimelineRow(
                    key=bar.label, label=bar.label, label_zh=names_zh[bar.label], group=groups[bar.kind], pieces=pieces
                )
    edge_s = book.as_of["ports"].unix_s
    for port in SHIP_PORTS:
        stays = tuple(
            (stay.begin.unix_s, stay.end.unix_s if stay.end is not None else edge_s, stay.vehicle)
            for stay in book.stays
            if stay.port == port
        )
        after: Pieces = (("unknown", edge_s, math.inf),)
        yield TimelineRow(key=f"{PORT}{port}", label=port, group="ports", pieces=after, stays=stays)


def _aboard(book: Chronicle) -> tuple[tuple[float, int], ...]:
    """Number of people in the station from each change on; 0 after the last known date."""
    changes: dict[float, int] = {}
    for member in book.crew_members:
        if member.dock is not None:
            changes[member.dock.unix_s] = changes.get(member.dock.unix_s, 0) + 1
        if member.undock is not None:
            changes[member.undock.unix_s] = changes.get(member.undock.unix_s, 0) - 1
    count, levels = 0, []
    for instant in sorted(changes):
        count += changes[instant]
        levels.append((instant, count))
    return (*levels, (book.as_of["crew"].unix_s, 0))


def plan_row(plan: Plan) -> TimelineRow:
    """The row of a plan."""
    return TimelineRow(key=f"{PLAN}{plan.what}", label=plan.what, group="planned", plan=plan)


def _pieces(book: Chronicle, bar: Span) -> Iterator[tuple[Piece, float, float]]:
    """Pieces of a bar: free flight, time at a port, and what is unknown after the last known date."""
    assert bar.start is not None  # noqa: S101 - checked by the caller
    is_module = bar.kind == "module"
    edge_s = book.as_of["crew" if bar.kind in {"crewed", "uncrewed"} else "modules" if is_module else "cargo"].unix_s
    end_s = bar.end.unix_s if bar.end is not None else edge_s
    stays = [stay for stay in book.stays if stay.vehicle == bar.label]
    yield ("free", bar.start.unix_s, end_s)
    if not stays and is_module:
        yield ("docked", bar.start.unix_s, end_s)  # the core itself
    for stay in stays:
        yield ("docked", stay.begin.unix_s, stay.end.unix_s if stay.end is not None else end_s)
    if bar.end is None:
        yield ("unknown", end_s, math.inf)


def axis_line(axis: Axis, label: int, now_s: float) -> Line:
    """Labels of the ticks, and a marker at the instant."""
    sheet = CellGrid(axis.columns, 1)
    now = axis.column(now_s)
    for column, words in axis.ticks():
        if column >= 0 and column + cells(words) <= axis.columns and not column <= now < column + cells(words):
            sheet.put(column, 0, words, "dim")
    sheet.put(now, 0, "▼", "mark")
    return (Run(" " * label), *sheet.line(0))


def grid_line(axis: Axis, label: int, now_s: float, words: str) -> Line:
    """A row without a bar: a heading, tick lines, the instant."""
    head, sheet = CellGrid(label, 1), _row(axis, now_s)
    head.put(0, 0, words, "dim")
    sheet.put(-label, 0, words, "dim")  # where it is longer than the labels it goes on
    return (*head.line(0), *sheet.line(0))


def row_line(row: TimelineRow, axis: Axis, label: int, now_s: float) -> Line:
    """A row with its label; what comes after the instant is dimmed."""
    sheet = _row(axis, now_s)
    style = GROUP_STYLES[row.group]
    later = not any(begin <= now_s for _piece, begin, _end in row.pieces) and row.group in {
        "modules",
        "crewed",
        "cargo",
    }
    for x, text in enumerate(_halves(row, axis)):
        if text:
            column_s = axis.instant(x)
            here = axis.column(now_s) == x
            kind = "mark" if here else "night" if column_s > now_s else "caution" if text == "┄" else style
            sheet.put(x, 0, text, kind)
    _put_pointer(sheet, row, axis)
    _put_marks(sheet, row, axis, now_s)
    _put_levels(sheet, row, axis, now_s)
    _put_stays(sheet, row, axis, now_s)
    if row.plan is not None:
        _put_plan(sheet, row.plan, axis)
    if later and axis.column(now_s) > cells(_(_LATER)):
        sheet.put(0, 0, _(_LATER), "night")
    name = _label(row, label - 1)
    return (*fit((Run(name[0], "night" if later else "accent"), *name[1]), label), *sheet.line(0))


def _label(row: TimelineRow, room: int) -> tuple[str, Line]:
    first, second = leading_name(_(row.label), row.label_zh), second_name(row.label, row.label_zh)
    if row.group == "marks" and reads_chinese():
        second = ""  # that is a word, no name
    if second and cells(first) + 1 + cells(second) <= room:
        return first, (Run(f" {second}", "dim"),)
    if cells(first) <= room:
        return first, ()
    text = first
    while cells(text) > room - 1 and " " in text:
        text = text.rsplit(" ", 1)[0]
    return (f"{text}…" if cells(text) < room else pad(text, room)), ()


def _row(axis: Axis, now_s: float) -> CellGrid:
    """An empty row beside the labels: faint tick lines, and the line of the instant."""
    sheet = CellGrid(axis.columns, 1)
    for column, _words in axis.ticks():
        sheet.put(column, 0, "┊", "night")
    sheet.put(axis.column(now_s), 0, "│", "mark")
    return sheet


def _halves(row: TimelineRow, axis: Axis) -> list[str]:
    """Characters of the bar, one for each column, drawn with a resolution of half a cell."""
    count = 2 * axis.columns
    halves: list[Piece | None] = [None] * count
    for piece, begin, end in row.pieces:
        first = max(math.floor(axis.half_cell(begin)), 0)
        last = count if math.isinf(end) else min(max(math.ceil(axis.half_cell(end)), first + 1), count)
        if axis.half_cell(begin) < count and axis.half_cell(end) > 0:
            halves[first:last] = [piece] * (last - first)
    pairs = zip(halves[::2], halves[1::2], strict=True)
    return ["" if pair == (None, None) else _CHARS.get(pair, "┄") for pair in pairs]


def _put_pointer(sheet: CellGrid, row: TimelineRow, axis: Axis) -> None:
    """An arrow at the edge towards a bar that lies outside the visible span."""
    if not row.pieces or row.stays:
        return
    if row.pieces[-1][2] <= axis.start_s:
        sheet.put(0, 0, "◂", "dim")
    elif row.pieces[0][1] >= axis.start_s + axis.span_s:
        sheet.put(axis.columns - 1, 0, "▸", "dim")


def _put_marks(sheet: CellGrid, row: TimelineRow, axis: Axis, now_s: float) -> None:
    """A mark in each column, or the number of marks where there are several."""
    counts: dict[int, list[float]] = {}
    for instant in row.marks:
        counts.setdefault(axis.column(instant), []).append(instant)
    for column, instants in counts.items():
        text = MARK_CHARS[row.key] if len(instants) == 1 else str(min(len(instants), 9))
        sheet.put(column, 0, text, "night" if instants[0] > now_s else GROUP_STYLES[row.group])


def _put_levels(sheet: CellGrid, row: TimelineRow, axis: Axis, now_s: float) -> None:
    """A block in each column, the higher the larger the number."""
    if not row.levels:
        return
    instants = [instant for instant, _count in row.levels]
    for column in range(axis.columns):
        at_s = axis.instant(column)
        index = bisect_right(instants, at_s) - 1
        count = row.levels[index][1] if index >= 0 else 0
        if count:
            here = axis.column(now_s) == column
            style = "mark" if here else "night" if at_s > now_s else "good"
            sheet.put(column, 0, LEVELS[min(count, 8)], style)


def _put_stays(sheet: CellGrid, row: TimelineRow, axis: Axis, now_s: float) -> None:
    """Each vehicle as a block with its name; the last cell is left free to separate it from the next."""
    now = axis.column(now_s)
    for begin, end, name in row.stays:
        first, last = max(axis.column(begin), 0), min(axis.column(end) - 1, axis.columns)
        if axis.column(end) <= 0 or first >= axis.columns:
            continue
        size = max(last - first, 1)
        known = begin <= now_s and cells(short_ship_name(name)) + 2 <= size
        action = f"screen.choose({name!r})"
        for column in range(first, first + size):
            style = "mark" if column == now else "night" if column > now else "bar"
            blank = "│" if column == now else "─" if column > now else "█"
            sheet.put(column, 0, blank, style, action)
        if known:
            _put_name(sheet, f" {short_ship_name(name)} ", first, now, action)


def _put_name(sheet: CellGrid, words: str, at: int, now: int, action: str) -> None:
    """The name of a vehicle on its block; the character at the instant has the colour of the mark."""
    for char in words:
        style = "mark" if at == now else "night" if at > now else "bar-text"
        sheet.put(at, 0, char, style, action)
        at += cells(char)


def legend_line(width: int) -> Line:
    """The legend, and the keys where there is room."""
    return choose(
        width,
        (
            Run(_("█ at a port  ━ alone in orbit  ┄ not known  grey: after the instant"), "dim"),
            Run("   "),
            Run(_("← → earlier, later   + - 0 zoom   click on the axis: go there"), "dim"),
        ),
        (Run(_("█ at a port  ━ alone in orbit  ┄ not known  grey: after the instant"), "dim"),),
        (Run(_("█ docked  ━ alone  ┄ not known  grey: later"), "dim"),),
    )


def _put_plan(sheet: CellGrid, plan: Plan, axis: Axis) -> None:
    """The text of the plan, and diamonds over the span it is due in."""
    words = _("planned: {text}").format(text=_(plan.text))
    due = None
    if plan.due is not None:
        due = (axis.column(plan.due.unix_s), axis.column((plan.due_until or plan.due).until_s))
    room = axis.columns - 1 if due is None or due[0] >= axis.columns else due[0] - 2
    text = fit((Run(words),), max(room, 0))
    if room > 12:
        sheet.put(1, 0, "".join(run.text for run in text).rstrip(), "caution")
    if due is not None:
        for column in range(max(due[0], 0), min(due[1] + 1, axis.columns)):
            sheet.put(column, 0, "◇", "caution")
