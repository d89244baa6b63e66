"""Rows of the timeline: what each shows, made from the chronicle, and drawn on a stretch of time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from sim.chronicle.bars import flight_bars
from tui.lines import Line, Run, fit, pad
from tui.lines import width as cells
from tui.panels.timeline_axis import Axis
from tui.sheet import Sheet
from tui.telling import chinese_names

if TYPE_CHECKING:
    from sim.chronicle import Chronicle
    from sim.chronicle.bars import Bar
    from sim.chronicle.records import Plan

Group: TypeAlias = Literal["marks", "modules", "crewed", "cargo", "planned"]
Piece: TypeAlias = Literal["free", "docked", "unknown"]

HANDOVERS = "handovers"
WALKS = "spacewalks"
PLAN = "plan: "
"""Beginning of the key of a plan's row."""

GROUP_NAMES: dict[Group, str] = {
    "marks": "",
    "modules": "modules",
    "crewed": "crewed ships",
    "cargo": "cargo ships",
    "planned": "planned, as said by then",
}

GROUP_STYLES: dict[Group, str] = {
    "marks": "mark", "modules": "bar", "crewed": "good", "cargo": "bar-alt", "planned": "caution"
}  # fmt: skip

_CHARS: dict[tuple[Piece | None, Piece | None], str] = {
    ("docked", "docked"): "█", ("docked", None): "▌", (None, "docked"): "▐", ("docked", "free"): "█",
    ("free", "docked"): "█", ("free", "free"): "━", ("free", None): "╸", (None, "free"): "╺",
}  # fmt: skip
"""A cell by its two halves; every other pair has an unknown one."""

MARK_CHARS: dict[str, str] = {HANDOVERS: "◆", WALKS: "•"}


class Track(NamedTuple):
    """One row.

    Attributes:
        key: What it is known by.
        label: Its name.
        label_zh: The same in Chinese.
        group: Which rows it stands with.
        pieces: What to draw: kind, start, end.
        marks: Instants to mark.
        plan: What is planned, for a plan's row.
    """

    key: str
    label: str
    label_zh: str
    group: Group
    pieces: tuple[tuple[Piece, float, float], ...] = ()
    marks: tuple[float, ...] = ()
    plan: Plan | None = None


def tracks(book: Chronicle) -> Iterator[Track]:
    """The rows that are always there: marks, modules, crewed ships, cargo ships."""
    yield Track(WALKS, WALKS, "出舱", "marks", marks=tuple(walk.begins_unix_s for walk in book.spacewalks))
    noons = tuple((item.day.unix_s + item.day.until_s) / 2 for item in book.handovers)
    yield Track(HANDOVERS, HANDOVERS, "交接", "marks", marks=noons)
    names_zh = chinese_names(book)
    groups: dict[str, Group] = {"module": "modules", "crewed": "crewed", "uncrewed": "crewed", "cargo": "cargo"}
    bars = [bar for bar in flight_bars(book) if bar.kind in groups and bar.start is not None]
    for group in ("modules", "crewed", "cargo"):
        for bar in bars:
            if groups[bar.kind] == group:
                yield Track(bar.label, bar.label, names_zh[bar.label], groups[bar.kind], tuple(_pieces(book, bar)))


def plan_track(plan: Plan) -> Track:
    """The row of something planned."""
    return Track(f"{PLAN}{plan.what}", plan.what, "", "planned", plan=plan)


def _pieces(book: Chronicle, bar: Bar) -> Iterator[tuple[Piece, float, float]]:
    """Flight alone as a thin line, time at a port as a thick one, what nobody knows yet as dots."""
    assert bar.start is not None  # noqa: S101 - the caller took those with a start
    is_module = bar.kind == "module"
    edge_s = book.as_of["crew" if bar.kind in {"crewed", "uncrewed"} else "modules" if is_module else "cargo"].unix_s
    end_s = bar.end.unix_s if bar.end is not None else edge_s
    stays = [stay for stay in book.stays if stay.vehicle == bar.mission]
    yield ("free", bar.start.unix_s, end_s)
    if not stays and is_module:
        yield ("docked", bar.start.unix_s, end_s)  # the core itself
    for stay in stays:
        yield ("docked", stay.begin.unix_s, stay.end.unix_s if stay.end is not None else end_s)
    if bar.end is None:
        yield ("unknown", end_s, math.inf)


def axis_line(axis: Axis, label: int, now_s: float) -> Line:
    """Labels of the ticks, and a mark where the instant is."""
    sheet = Sheet(label + axis.columns, 1)
    for column, words in axis.ticks():
        if column >= 0 and column + cells(words) <= axis.columns:
            sheet.put(label + column, 0, words, "dim")
    now = axis.column(now_s)
    if 0 <= now < axis.columns:
        sheet.put(label + now, 0, "▼", "mark")
    return sheet.line(0)


def grid_line(axis: Axis, label: int, now_s: float, words: str) -> Line:
    """A row without a bar: a heading, the ticks going down, the instant."""
    sheet = _row(axis, label, now_s)
    sheet.put(0, 0, words, "dim")
    return sheet.line(0)


def track_line(track: Track, axis: Axis, label: int, now_s: float) -> Line:
    """A row with its name and what it shows; what comes after the instant is pale."""
    sheet = _row(axis, label, now_s)
    style = GROUP_STYLES[track.group]
    later = not any(begin <= now_s for _piece, begin, _end in track.pieces) and track.group not in {"marks", "planned"}
    for x, text in enumerate(_halves(track, axis)):
        if text:
            column_s = axis.instant(x)
            here = axis.column(now_s) == x
            kind = "mark" if here else "night" if column_s > now_s else "caution" if text == "┄" else style
            sheet.put(label + x, 0, text, kind)
    _put_marks(sheet, track, axis, label, now_s)
    if track.plan is not None:
        _put_plan(sheet, track.plan, axis, label)
    name = _label(track, label - 1)
    return (*fit((Run(name[0], "night" if later else "accent"), *name[1]), label), *_after(sheet.line(0), label))


def _label(track: Track, room: int) -> tuple[str, Line]:
    both = cells(track.label) + 1 + cells(track.label_zh)
    if track.label_zh and both <= room:
        return track.label, (Run(f" {track.label_zh}", "dim"),)
    if cells(track.label) <= room:
        return track.label, ()
    text = track.label
    while cells(text) > room - 1 and " " in text:
        text = text.rsplit(" ", 1)[0]
    return (f"{text}…" if cells(text) < room else pad(text, room)), ()


def _after(line: Line, cut: int) -> Line:
    """The line from a cell on."""
    runs: list[Run] = []
    x = 0
    for run in line:
        size = cells(run.text)
        if x + size > cut:
            runs.append(run._replace(text=run.text[max(cut - x, 0) :]))
        x += size
    return tuple(runs)


def _row(axis: Axis, label: int, now_s: float) -> Sheet:
    """An empty row: faint ticks and the instant as a line."""
    sheet = Sheet(label + axis.columns, 1)
    for column, _words in axis.ticks():
        if 0 <= column < axis.columns:
            sheet.put(label + column, 0, "┊", "night")
    now = axis.column(now_s)
    if 0 <= now < axis.columns:
        sheet.put(label + now, 0, "│", "mark")
    return sheet


def _halves(track: Track, axis: Axis) -> list[str]:
    """The bar of a row, cell by cell, each from its two halves."""
    count = 2 * axis.columns
    halves: list[Piece | None] = [None] * count
    for piece, begin, end in track.pieces:
        first = max(math.floor(axis.half_cell(begin)), 0)
        last = count if math.isinf(end) else min(max(math.ceil(axis.half_cell(end)), first + 1), count)
        if axis.half_cell(begin) < count and axis.half_cell(end) > 0:
            halves[first:last] = [piece] * (last - first)
    pairs = zip(halves[::2], halves[1::2], strict=True)
    return ["" if pair == (None, None) else _CHARS.get(pair, "┄") for pair in pairs]


def _put_marks(sheet: Sheet, track: Track, axis: Axis, label: int, now_s: float) -> None:
    """One mark a cell; several in one are counted."""
    counts: dict[int, list[float]] = {}
    for instant in track.marks:
        counts.setdefault(axis.column(instant), []).append(instant)
    for column, instants in counts.items():
        if 0 <= column < axis.columns:
            text = MARK_CHARS[track.key] if len(instants) == 1 else str(min(len(instants), 9))
            sheet.put(label + column, 0, text, "night" if instants[0] > now_s else GROUP_STYLES[track.group])


def _put_plan(sheet: Sheet, plan: Plan, axis: Axis, label: int) -> None:
    """What was said, in words, and the stretch it was said for."""
    words = f"planned: {plan.text}"
    due = None
    if plan.due is not None:
        due = (axis.column(plan.due.unix_s), axis.column((plan.due_until or plan.due).until_s))
    room = axis.columns - 1 if due is None or due[0] >= axis.columns else due[0] - 2
    text = fit((Run(words),), max(room, 0))
    if room > 12:
        sheet.put(label + 1, 0, "".join(run.text for run in text).rstrip(), "caution")
    if due is not None:
        for column in range(max(due[0], 0), min(due[1] + 1, axis.columns)):
            sheet.put(label + column, 0, "◇", "caution")
