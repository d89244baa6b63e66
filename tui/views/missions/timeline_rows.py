"""Rows of the timeline: what each shows, made from the chronicle, and drawn on a stretch of time."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from sim.chronicle import SHIP_PORTS
from sim.chronicle.spans import flight_bars
from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import Line, Run, choose, fit, pad
from tui.drawing.styled_text import width as cells
from tui.views.missions.timeline_axis import Axis
from tui.wording.facts import chinese_names, short_mission_name

if TYPE_CHECKING:
    from sim.chronicle import Chronicle
    from sim.chronicle.model import Plan
    from sim.chronicle.spans import Bar

Group: TypeAlias = Literal["marks", "modules", "crewed", "cargo", "ports", "planned"]
Piece: TypeAlias = Literal["free", "docked", "unknown"]
Pieces: TypeAlias = tuple[tuple[Piece, float, float], ...]
"""Kind, start and end of each piece of a bar (UTC seconds since 1970)."""

ABOARD = "aboard"
HANDOVERS = "handovers"
WALKS = "spacewalks"
PLAN = "plan: "
"""Beginning of the key of a plan's row."""

PORT = "port: "
"""Beginning of the key of a port's row."""

_LEVELS = " ▁▂▃▄▅▆▇█"

GROUP_NAMES: dict[Group, str] = {
    "marks": "",
    "modules": "modules",
    "crewed": "crewed ships",
    "cargo": "cargo ships",
    "ports": "ports",
    "planned": "planned, as said by then",
}

GROUP_STYLES: dict[Group, str] = {
    "marks": "mark", "modules": "bar", "crewed": "good", "cargo": "bar-alt", "ports": "bar", "planned": "caution"
}  # fmt: skip

_CHARS: dict[tuple[Piece | None, Piece | None], str] = {
    ("docked", "docked"): "█", ("docked", None): "▌", (None, "docked"): "▐", ("docked", "free"): "█",
    ("free", "docked"): "█", ("free", "free"): "━", ("free", None): "╸", (None, "free"): "╺",
}  # fmt: skip
"""A cell by its two halves; every other pair has an unknown one."""

MARK_CHARS: dict[str, str] = {HANDOVERS: "◆", WALKS: "•"}


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """One row.

    Attributes:
        key: What it is known by.
        label: Its name.
        label_zh: The same in Chinese.
        group: Which rows it stands with.
        pieces: What to draw: kind, start, end.
        marks: Instants to mark.
        plan: What is planned, for a plan's row.
        levels: A number that changes: from when on, how much.
        stays: Vehicles one after the other: from, to, name.
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


def tracks(book: Chronicle) -> Iterator[Track]:
    """The rows that are always there: marks, modules, crewed ships, cargo ships."""
    yield Track(
        key=WALKS,
        label=WALKS,
        label_zh="出舱",
        group="marks",
        marks=tuple(walk.begins_unix_s for walk in book.spacewalks),
    )
    yield Track(key=ABOARD, label=ABOARD, group="marks", levels=_aboard(book))
    noons = tuple((item.day.unix_s + item.day.until_s) / 2 for item in book.handovers)
    yield Track(key=HANDOVERS, label=HANDOVERS, label_zh="交接", group="marks", marks=noons)
    names_zh = chinese_names(book)
    groups: dict[str, Group] = {"module": "modules", "crewed": "crewed", "uncrewed": "crewed", "cargo": "cargo"}
    bars = [bar for bar in flight_bars(book) if bar.kind in groups and bar.start is not None]
    for group in ("modules", "crewed", "cargo"):
        for bar in bars:
            if groups[bar.kind] == group:
                pieces = tuple(_pieces(book, bar))
                yield Track(
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
        yield Track(key=f"{PORT}{port}", label=port, group="ports", pieces=after, stays=stays)


def _aboard(book: Chronicle) -> tuple[tuple[float, int], ...]:
    """How many were in the station, from each change on; after the last day that is known, nothing."""
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


def plan_track(plan: Plan) -> Track:
    """The row of something planned."""
    return Track(key=f"{PLAN}{plan.what}", label=plan.what, group="planned", plan=plan)


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
    sheet = CellGrid(label + axis.columns, 1)
    now = axis.column(now_s)
    for column, words in axis.ticks():
        if column >= 0 and column + cells(words) <= axis.columns and not column <= now < column + cells(words):
            sheet.put(label + column, 0, words, "dim")
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
    later = not any(begin <= now_s for _piece, begin, _end in track.pieces) and track.group in {
        "modules",
        "crewed",
        "cargo",
    }
    for x, text in enumerate(_halves(track, axis)):
        if text:
            column_s = axis.instant(x)
            here = axis.column(now_s) == x
            kind = "mark" if here else "night" if column_s > now_s else "caution" if text == "┄" else style
            sheet.put(label + x, 0, text, kind)
    _put_pointer(sheet, track, axis, label)
    _put_marks(sheet, track, axis, label, now_s)
    _put_levels(sheet, track, axis, label, now_s)
    _put_stays(sheet, track, axis, label, now_s)
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
            runs.append(Run(run.text[max(cut - x, 0) :], run.style, run.action))
        x += size
    return tuple(runs)


def _row(axis: Axis, label: int, now_s: float) -> CellGrid:
    """An empty row: faint ticks and the instant as a line."""
    sheet = CellGrid(label + axis.columns, 1)
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


def _put_pointer(sheet: CellGrid, track: Track, axis: Axis, label: int) -> None:
    """Where to scroll to for a bar that is out of sight."""
    if not track.pieces or track.stays:
        return
    if track.pieces[-1][2] <= axis.start_s:
        sheet.put(label, 0, "◂", "dim")
    elif track.pieces[0][1] >= axis.start_s + axis.span_s:
        sheet.put(label + axis.columns - 1, 0, "▸", "dim")


def _put_marks(sheet: CellGrid, track: Track, axis: Axis, label: int, now_s: float) -> None:
    """One mark a cell; several in one are counted."""
    counts: dict[int, list[float]] = {}
    for instant in track.marks:
        counts.setdefault(axis.column(instant), []).append(instant)
    for column, instants in counts.items():
        if 0 <= column < axis.columns:
            text = MARK_CHARS[track.key] if len(instants) == 1 else str(min(len(instants), 9))
            sheet.put(label + column, 0, text, "night" if instants[0] > now_s else GROUP_STYLES[track.group])


def _put_levels(sheet: CellGrid, track: Track, axis: Axis, label: int, now_s: float) -> None:
    """A low or high block for few or many."""
    if not track.levels:
        return
    instants = [instant for instant, _count in track.levels]
    for column in range(axis.columns):
        at_s = axis.instant(column)
        index = bisect_right(instants, at_s) - 1
        count = track.levels[index][1] if index >= 0 else 0
        if count:
            here = axis.column(now_s) == column
            style = "mark" if here else "night" if at_s > now_s else "good"
            sheet.put(label + column, 0, _LEVELS[min(count, 8)], style)


def _put_stays(sheet: CellGrid, track: Track, axis: Axis, label: int, now_s: float) -> None:
    """Each vehicle as a block with its name in it; the last cell stays open so that two of them are told apart."""
    now = axis.column(now_s)
    for begin, end, name in track.stays:
        first, last = max(axis.column(begin), 0), min(axis.column(end) - 1, axis.columns)
        if axis.column(end) <= 0 or first >= axis.columns:
            continue
        size = max(last - first, 1)
        words = f" {short_mission_name(name)} " if cells(short_mission_name(name)) + 2 <= size else ""
        for offset in range(size):
            column = first + offset
            char = words[offset] if offset < len(words) else ""
            style = "mark" if column == now else "night" if column > now else "bar-text" if char else "bar"
            blank = "│" if column == now else "─" if column > now else "█"
            sheet.put(label + column, 0, char or blank, style, f"screen.choose({name!r})")


def legend_line(width: int) -> Line:
    """What the drawing means, and what can be done."""
    return choose(
        width,
        (
            Run("█ at a port  ━ alone in orbit  ┄ not known  grey: after the instant", "dim"),
            Run("   ← → earlier, later   + - 0 zoom   a click on the axis goes there", "dim"),
        ),
        (Run("█ at a port  ━ alone in orbit  ┄ not known  grey: after the instant", "dim"),),
        (Run("█ docked  ━ alone  ┄ not known  grey: later", "dim"),),
    )


def _put_plan(sheet: CellGrid, plan: Plan, axis: Axis, label: int) -> None:
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
