"""The rows of the timeline as lines: crews or light, events and passes, and the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import _
from tui.config.river_state import SPANS
from tui.drawing.cell_grid import CellGrid
from tui.drawing.styled_text import pad
from tui.drawing.styled_text import width as cells
from tui.drawing.time_axis import Axis
from tui.widgets.river.marks import Mark, Stretch, crews, light, marks

if TYPE_CHECKING:
    from tui.drawing.styled_text import Line
    from tui.session.frame import Frame

GUTTER = 13
"""Columns at the left for the names of the rows."""

LIGHT_SPAN_S = 0.5 * DAY_S
"""Up to this span the light is shown, beyond it the crews: a revolution takes an hour and a half."""

SHORTEST_LABEL = 6
"""A text that has to be cut to fewer cells is left out."""


def axis_at(unix_s: float, zoom: int, columns: int) -> Axis:
    """The span around an instant.

    It moves by quarters, so that the picture stands still: the instant lies in the second quarter of it.

    Args:
        unix_s: The instant.
        zoom: Index into `SPANS`.
        columns: Cells it is shown in.
    """
    span_s = SPANS[zoom][0]
    quarter_s = span_s / 4.0
    return Axis((unix_s // quarter_s - 1.0) * quarter_s, span_s, max(columns, 1))


def river_lines(frame: Frame, zoom: int, width: int, height: int) -> tuple[list[Line], list[Mark]]:
    """The rows, and the marks in them.

    Args:
        frame: What is shown.
        zoom: Index into `SPANS`.
        width: Cells.
        height: Rows, up to three: the first ones are left out where there are fewer.
    """
    axis = axis_at(frame.unix_s, zoom, width - GUTTER)
    sheet = CellGrid(width, 3)
    now = axis.column(frame.unix_s)
    found = marks(frame, axis) if frame.status.object.is_station else []
    with_light = axis.span_s <= LIGHT_SPAN_S
    _put_stretches(sheet, axis, now, _stretches(frame, axis, with_light=with_light))
    sheet.put(1, 0, _("light") if with_light else _("crew"), "dim")
    sheet.put(1, 1, _("events"), "dim")
    sheet.put(GUTTER + now, 1, "┃", "mark")
    _put_marks(sheet, axis, frame, found)
    _put_axis(sheet, axis, now, frame)
    sheet.put(GUTTER + now, 0, "┃", "mark")
    _put_zoom(sheet, zoom)
    return sheet.lines()[3 - min(height, 3) :], found


def _stretches(frame: Frame, axis: Axis, *, with_light: bool) -> list[Stretch]:
    if with_light:
        return light(frame, axis.start_s + axis.span_s)
    if not frame.status.object.is_station:
        return []
    edge_s = frame.chronicle.as_of["crew"].unix_s
    found: list[Stretch] = []
    for crew in crews(frame.chronicle):
        if crew.end_s <= edge_s:
            found.append(crew)
            continue
        found.append(Stretch(crew.begin_s, edge_s, crew.glyph, crew.style, crew.label))
        found.append(Stretch(edge_s, float("inf"), "┄", "dim", _("not known")))
    return found


def _put_stretches(sheet: CellGrid, axis: Axis, now: int, stretches: list[Stretch]) -> None:
    """Lines with their names in them; after the instant they are dim, and the first name there says `later`."""
    told_later = False
    for stretch in stretches:
        first = max(axis.column(stretch.begin_s), 0)
        last = axis.columns if stretch.end_s == float("inf") else min(axis.column(stretch.end_s), axis.columns)
        if first >= axis.columns or last <= 0:
            continue
        for column in range(first, max(last, first + 1)):
            later = column > now
            sheet.put(GUTTER + column, 0, stretch.glyph, "night" if later else stretch.style)
        is_later = stretch.begin_s > axis.instant(now) and not stretch.is_light
        label = stretch.label
        if is_later and not told_later:
            label, told_later = _("later: {label}").format(label=label), True
        begin, room = _place(first, last, now, cells(label))
        may_be_cut = stretch.glyph == "━" and not stretch.is_light
        if room >= min(cells(label), SHORTEST_LABEL) and (cells(label) <= room or may_be_cut):
            style = "night" if is_later else "dim" if stretch.glyph != "━" else "accent"
            sheet.put(GUTTER + begin, 0, f" {pad(label, min(cells(label), room))} ", style)


def _place(first: int, last: int, now: int, size: int) -> tuple[int, int]:
    """Where the name of a stretch begins, and the cells it has: never across the instant.

    At its begin where it fits, else after the instant, else on the side of the instant with more room.
    """
    whole = (first + 1, last - first - 2)
    if not first <= now < last:
        return whole
    before, after = (first + 1, now - first - 2), (now + 2, last - now - 3)
    if before[1] >= size:
        return before
    return after if after[1] >= size else max(before, after, key=lambda side: side[1])


def _put_marks(sheet: CellGrid, axis: Axis, frame: Frame, found: list[Mark]) -> None:
    """Put signs into the row, one for each column, with their labels where there is room."""
    now, now_s = axis.column(frame.unix_s), frame.unix_s
    by_column: dict[int, Mark] = {}
    for mark in sorted(found, key=lambda m: -m.rank):
        by_column[axis.column(mark.unix_s)] = mark
    for column, mark in by_column.items():
        sheet.put(GUTTER + column, 1, mark.sign, _mark_style(mark, later=mark.unix_s > now_s))
    # The words of an event may cover passes that nobody can see, and nothing else.
    signs = (column for column, mark in by_column.items() if not mark.is_pass or mark.label)
    taken = [*signs, now, axis.columns]
    told_later = frame.clock.live
    for column in sorted(by_column):
        mark = by_column[column]
        later = mark.unix_s > now_s and not mark.is_pass and not mark.plan
        label = _("planned: {label}").format(label=mark.label) if mark.plan else mark.label
        if later and not told_later:
            label = _("later: {label}").format(label=label)
        if mark.label and _put_label(sheet, column, label, taken, "night" if later else "", whole=mark.is_pass):
            told_later = told_later or later


def _put_label(sheet: CellGrid, column: int, label: str, taken: list[int], style: str, *, whole: bool) -> bool:
    """The words of a sign right of it, else left of it, else cut at its right; false where there is no room."""
    size = cells(label)
    right = min(x for x in taken if x > column) - column - 3
    before = max((x for x in taken if x < column), default=-1)
    if size <= right:
        sheet.put(GUTTER + column + 2, 1, f"{label} ", style)
        taken.append(column + 2 + size)
    elif size <= column - before - 4 and not whole:
        sheet.put(GUTTER + column - size - 2, 1, f" {label} ", style)
    elif right >= SHORTEST_LABEL and not whole:
        sheet.put(GUTTER + column + 2, 1, f"{pad(label, right)} ", style)
        taken.append(column + 2 + right)
    else:
        return False
    return True


def _mark_style(mark: Mark, *, later: bool) -> str:
    """What was not known yet is dim; passes and plans are of the future anyway."""
    return "night" if later and not (mark.is_pass or mark.plan) else mark.style


def _put_axis(sheet: CellGrid, axis: Axis, now: int, frame: Frame) -> None:
    """Ticks, and the instant in words."""
    now_word, later_word = _("now"), _("later")
    words = f" {now_word} " if frame.clock.live else f" {later_word} → "
    begin = now + 1
    for column, text in axis.ticks():
        over = begin - 1 <= column + cells(text) and column <= begin + cells(words) + 1
        if column >= 0 and column + cells(text) <= axis.columns and not over:
            sheet.put(GUTTER + column, 2, text, "night" if column > now else "dim")
    sheet.put(GUTTER + now, 2, "▲", "mark")
    sheet.put(GUTTER + now + 1, 2, words, "mark")


def _put_zoom(sheet: CellGrid, zoom: int) -> None:
    sheet.put(0, 2, " − ", "key", "zoom(-1)")
    span = _(SPANS[zoom][1])
    sheet.put(3, 2, span, "dim")
    sheet.put(3 + cells(span), 2, " + ", "key", "zoom(1)")
