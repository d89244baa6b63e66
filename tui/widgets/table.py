"""A table of lines: sorted, filtered, walked through by keys or mouse; it follows the clock and keeps its cursor.

Rows are made anew only when the facts behind them change, and a row's line only when something in it moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

import msgspec

from sim.chronicle.search import folded
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, fit, line_width, pad
from tui.drawing.styled_text import width as cells
from tui.widgets.selectable import WHEEL_LINES, SelectablePanel, highlighted

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from textual import events

    from tui.session.frame import Frame

R = TypeVar("R")

_GAP = 2
_MARK = 2
"""Cells left of the first column, for the cursor's mark."""


class Column(msgspec.Struct, frozen=True, gc=False):
    """One column.

    Attributes:
        key: Its name, for sorting.
        title: Its heading.
        right: Whether its cells stand at the right edge.
        drop: The larger, the sooner it goes when room is short; 0 stays.
        minimum: Cells it takes at least, for values that grow as the clock ticks.
        descending: Whether sorting by it begins with the largest.
        stretch: Whether it takes what room is left; one column may.
        sortable: Whether one can sort by it.
    """

    key: str
    title: str
    right: bool = False
    drop: int = 0
    minimum: int = 0
    descending: bool = False
    stretch: bool = False
    sortable: bool = True


class Table(SelectablePanel, Generic[R]):
    """Rows of one kind in columns.

    Subclasses say what the rows are, how their cells read, and by what they are sorted and filtered.

    Attributes:
        columns: From left to right.
        first_sort: The column it is sorted by at first; empty for the order of the rows as they come.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    first_sort: ClassVar[str] = ""
    empty_text: ClassVar[str] = "nothing yet at this instant"
    hint = "Enter detail · a sort · / filter · v next"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.sort_column = self.first_sort
        self.descending = any(column.descending for column in self.columns if column.key == self.sort_column)
        self.filter_text = ""
        self._top = 0
        self._rows_of: Hashable = None
        self._rows_kept: Sequence[R] = ()
        self._shown: list[R] = []
        self._cells: dict[str, Line] = {}
        self._layout: tuple[tuple[Column, int], ...] = ()
        self._layout_width = -1

    # ── what subclasses say ───────────────────────────────────────────────────────────────────

    def rows(self, frame: Frame) -> Sequence[R]:
        """All rows at a frame."""
        raise NotImplementedError  # abstract

    def row_key(self, row: R) -> str:
        """What a row is known by, as long as it exists."""
        raise NotImplementedError  # abstract

    def cell(self, frame: Frame, row: R, column: str, width: int) -> Line:
        """One cell; `width` is what a stretching column has, else 0."""
        raise NotImplementedError  # abstract

    def sort_value(self, frame: Frame, row: R, column: str) -> Any:  # noqa: ANN401 - anything that compares
        """By what a row is sorted in a column."""
        raise NotImplementedError  # abstract

    def search_text(self, row: R) -> str:
        """The text the filter looks into."""
        raise NotImplementedError  # abstract

    def rows_key(self, frame: Frame) -> Hashable:
        """What the rows depend on: while this stays the same, they are kept."""
        return facts_key(frame)

    def ticks(self, frame: Frame, row: R) -> bool:
        """Whether something in the row moves with the clock."""
        del frame, row
        return False

    def heading_text(self, frame: Frame, column: str, size: int) -> str:
        """The heading of a column, with an arrow where it is sorted by."""
        del frame
        title, right = next((c.title, c.right) for c in self.columns if c.key == column)
        if column != self.sort_column:
            return title
        arrow = "▾" if self.descending else "▴"
        text = f"{title}{arrow}" if right else f"{title} {arrow}"
        return text if cells(text) <= size else title

    # ── drawing ───────────────────────────────────────────────────────────────────────────────

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Heading, and the rows in sight."""
        self._refresh_rows(frame, width)
        if not self._shown:
            words = f"nothing fits “{self.filter_text}”; Esc shows all" if self.filter_text else self.empty_text
            return [self._head(frame), (Run(words, "dim"),)]
        room = max(height - 1, 1)
        here = self._here()
        self._top = max(0, min(self._top, len(self._shown) - room, here), here - room + 1)
        lines = [self._head(frame)] if height > 1 else []
        return lines + [self._line(frame, row, width) for row in self._shown[self._top : self._top + room]]

    def title(self, frame: Frame) -> tuple[str, str]:
        """Name, and how many of how many."""
        upper, lower = self.border_titles(frame)
        below = len(self._shown) - self._top - (self.content_size.height - 1)
        found = f"“{self.filter_text}”: {len(self._shown)} of {len(self._rows_kept)}" if self.filter_text else ""
        return upper, self.lower_title(found, lower, f"{below} more ↓" if below > 0 else "")

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """Texts of the border."""
        del frame
        return str(self.BORDER_TITLE or ""), ""

    def _refresh_rows(self, frame: Frame, width: int) -> None:
        key = (Identity(frame.chronicle), self.rows_key(frame))
        if key != self._rows_of:
            self._rows_of = key
            self._rows_kept = self.rows(frame)
            self._cells.clear()
            self._layout_width = -1
        if width != self._layout_width:
            self._layout_width = width
            self._layout = self._columns_for(frame, width)
            self._cells.clear()
        wanted = folded(self.filter_text)
        shown = (
            [row for row in self._rows_kept if wanted in folded(self.search_text(row))]
            if wanted
            else [*self._rows_kept]
        )
        if self.sort_column:
            shown.sort(key=lambda row: self.sort_value(frame, row, self.sort_column), reverse=self.descending)
        self._shown = shown
        if shown and not any(self.row_key(row) == self.cursor for row in shown):
            self.cursor = self.row_key(shown[0])
        elif not shown:
            self.cursor = ""

    def _columns_for(self, frame: Frame, width: int) -> tuple[tuple[Column, int], ...]:
        """The columns that fit and the cells each gets."""
        sizes = {}
        for column in self.columns:
            found = [line_width(self.cell(frame, row, column.key, 0)) for row in self._rows_kept]
            room_for_arrow = 2 if column.sortable and not column.right else 0
            sizes[column.key] = max(column.minimum, cells(column.title) + room_for_arrow, *found, 0)
            if column.stretch:
                sizes[column.key] = column.minimum
        kept = list(self.columns)
        while len(kept) > 1 and _MARK + sum(sizes[c.key] + _GAP for c in kept) - _GAP > width:
            victim = max(kept, key=lambda column: column.drop)
            if victim.drop == 0:
                break
            kept.remove(victim)
        rest = width - _MARK - sum(sizes[c.key] + _GAP for c in kept) + _GAP
        return tuple((c, sizes[c.key] + (max(rest, 0) if c.stretch else 0)) for c in kept)

    def _head(self, frame: Frame) -> Line:
        runs: list[Run] = [Run(" " * _MARK)]
        for index, (column, size) in enumerate(self._layout):
            chosen = column.key == self.sort_column
            text = self.heading_text(frame, column.key, size)
            action = f"screen.sort_by({column.key!r})" if column.sortable else ""
            runs.append(Run(pad(text, size, right=column.right), "mark" if chosen else "dim", action))
            if index < len(self._layout) - 1:
                runs.append(Run(" " * _GAP))
        return tuple(runs)

    def _line(self, frame: Frame, row: R, width: int) -> Line:
        key = self.row_key(row)
        line = self._cells.get(key)
        if line is None or self.ticks(frame, row):
            line = self._cells[key] = self._composed(frame, row)
        if key != self.cursor:
            return (Run(" " * _MARK), *line)
        marked: Line = (Run("▸ ", "mark" if self.active else "dim"), *line)
        return highlighted(marked, width) if self.active else marked

    def _composed(self, frame: Frame, row: R) -> Line:
        runs: list[Run] = []
        for index, (column, size) in enumerate(self._layout):
            line = self.cell(frame, row, column.key, size if column.stretch else 0)
            gap = size - line_width(line)
            if gap < 0:
                line = fit(line, size)
            blank = (Run(" " * gap),) if gap > 0 else ()
            runs.extend((*blank, *line) if column.right else (*line, *blank))
            if index < len(self._layout) - 1:
                runs.append(Run(" " * _GAP))
        return tuple(runs)

    # ── moving ────────────────────────────────────────────────────────────────────────────────

    def _here(self) -> int:
        return next((k for k, row in enumerate(self._shown) if self.row_key(row) == self.cursor), 0)

    def _go(self, index: int) -> None:
        if self._shown:
            self.cursor = self.row_key(self._shown[max(0, min(index, len(self._shown) - 1))])
            self.redraw()

    def move(self, step: int) -> None:
        """A row up or down."""
        self._go(self._here() + step)

    def page(self, step: int) -> None:
        """As many rows as are in sight."""
        self._go(self._here() + step * max(self.content_size.height - 2, 1))

    def edge(self, step: int) -> None:
        """First or last row."""
        self._go(0 if step < 0 else len(self._shown) - 1)

    def enter(self) -> None:
        """Open the row under the cursor."""
        self.open_cursor()

    def keys(self) -> list[str]:
        """Keys of all rows, filtered out or not."""
        return [self.row_key(row) for row in self._rows_kept]

    def sort_by(self, column: str) -> None:
        """Sort by a column; by the same one again: the other way round."""
        if column == self.sort_column:
            self.descending = not self.descending
        else:
            self.sort_column = column
            self.descending = any(c.descending for c in self.columns if c.key == column)
        self.redraw()

    def sort_next(self) -> None:
        """Sort by the next of the columns that are in sight."""
        keys = [column.key for column, _size in self._layout if column.sortable]
        if keys:
            here = keys.index(self.sort_column) if self.sort_column in keys else -1
            self.sort_by(keys[(here + 1) % len(keys)])

    def filter(self, wanted: str) -> None:
        """Show the rows that have this text in them."""
        self.filter_text = wanted.strip()
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Take the row; a click on the row under the cursor opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = self._top + offset.y - 1
        if offset.y >= 1 and index < len(self._shown):
            again = self.active and self.row_key(self._shown[index]) == self.cursor
            self._go(index)
            if again:
                self.enter()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Walk on."""
        event.stop()
        self._go(self._here() + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Walk back."""
        event.stop()
        self._go(self._here() - WHEEL_LINES)


def facts_key(frame: Frame) -> Hashable:
    """A cache key that changes with the chronicle and whenever a fact of it changes with time.

    The chronicle makes one `records` object for each span of time in which all facts stay the same.
    """
    return Identity(frame.chronicle), Identity(frame.status.facts.records)
