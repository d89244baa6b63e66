"""A table with sorting, a filter and a cursor that follows its row as the clock moves.

Rows are recomputed only when `rows_key` changes, and the line of a row only when it `ticks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

import msgspec

from sim.chronicle.search import search_key
from sim.language import N_, _, language
from sim.sanitize import clean
from tui.drawing.memo import Identity
from tui.drawing.styled_text import Line, Run, fit, line_width, pad
from tui.drawing.styled_text import width as cells
from tui.widgets.links import highlighted
from tui.widgets.row_panel import RowPanel, first_visible_row

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from textual import events

    from tui.config.last_screens import TableChoice
    from tui.session.frame import Frame

R = TypeVar("R")

LONGEST_FILTER = 60
"""Of one that is taken from a file."""

_GAP = 2
_MARK = 2
"""Cells left of the first column, for the cursor."""


class Column(msgspec.Struct, frozen=True, gc=False):
    """One column.

    Attributes:
        key: Unique name.
        title: Heading.
        right: Whether its cells are aligned to the right.
        drop: Columns with the largest number are dropped first where there is no room; 0 is never dropped.
        minimum: Minimum width, for values that get longer with time.
        descending: Whether it is sorted from largest to smallest at first.
        stretch: Whether it takes the remaining width; for one column at most.
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


class Table(RowPanel, Generic[R]):
    """Rows of one type in columns.

    Subclasses define the rows, the texts of their cells, and the values for sorting and filtering.

    Attributes:
        columns: From left to right; their titles are marked by `N_`, as is `empty_text`.
        first_sort: The column it is sorted by at first; empty for the order of `rows`.
        empty_text: Shown while there are no rows.
    """

    keeps_mark = True
    """Whether the row under the cursor stays marked while the keys go to another part."""

    columns: ClassVar[tuple[Column, ...]] = ()
    first_sort: ClassVar[str] = ""
    empty_text: ClassVar[str] = N_("nothing yet at this instant")
    hint = N_("Enter detail · a sort · / filter · v next")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sort_column = self.first_sort
        self.descending = self._first_descending
        self.filter_text = ""
        self.awaited = ""
        """Key of a row that the cursor goes to as soon as it is there."""
        self._top = 0
        self._rows_of: Hashable = None
        self._all_rows: Sequence[R] = ()
        self.shown_rows: list[R] = []
        """Rows that match the filter, in their order."""
        self._cells: dict[str, Line] = {}
        self._filter_keys: dict[str, str] = {}
        self._layout: tuple[tuple[Column, int], ...] = ()
        self._layout_width = -1

    @property
    def _first_descending(self) -> bool:
        """Which way it is sorted at first."""
        return any(column.descending for column in self.columns if column.key == self.first_sort)

    # ── for subclasses ────────────────────────────────────────────────────────────────────

    def rows(self, frame: Frame) -> Sequence[R]:
        raise NotImplementedError  # abstract

    def row_key(self, row: R) -> str:
        """A unique text for a row that stays the same from frame to frame."""
        raise NotImplementedError  # abstract

    def row_cells(self, frame: Frame, row: R, width: int) -> dict[str, Line]:
        """The texts of a row by the keys of the columns; `width` is that of a stretching column, 0 if not known yet."""
        raise NotImplementedError  # abstract

    def sort_values(self, frame: Frame, row: R) -> dict[str, Any]:
        """The values by which a row is sorted in the sortable columns, anything that compares."""
        raise NotImplementedError  # abstract

    def search_text(self, row: R) -> str:
        """What the filter finds beside the texts of the cells."""
        raise NotImplementedError  # abstract

    def filter_key(self, frame: Frame, row: R) -> str:
        """All that the filter finds in a row, folded: what its cells say, with and without dashes, and more."""
        shown = " ".join(run.text for line in self.row_cells(frame, row, 0).values() for run in line)
        found = search_key(f"{shown} {self.search_text(row)}")
        return f"{found} {found.replace(' ', '')}"

    def rows_key(self, frame: Frame) -> Hashable:
        """What the rows depend on; they are recomputed when this changes."""
        return facts_key(frame)

    def ticks(self, frame: Frame, row: R) -> bool:
        """Whether the row has a text that changes with the clock."""
        return False

    def heading_text(self, frame: Frame, column: str, size: int) -> str:
        """The heading of a column, with an arrow if the table is sorted by it."""
        title, right = next((_(c.title), c.right) for c in self.columns if c.key == column)
        if column != self.sort_column:
            return title
        arrow = "▾" if self.descending else "▴"
        text = f"{title}{arrow}" if right else f"{title} {arrow}"
        return text if cells(text) <= size else title

    # ── what a person chose ───────────────────────────────────────────────────────────────

    @property
    def choice(self) -> TableChoice:
        """Filter and order, for the next start; the sorting it has by itself is none."""
        from tui.config.last_screens import TableChoice

        by_itself = self.sort_column == self.first_sort and self.descending == self._first_descending
        if by_itself:
            return TableChoice(filter=self.filter_text)
        return TableChoice(filter=self.filter_text, sort=self.sort_column, descending=self.descending)

    def recall(self, choice: TableChoice) -> None:
        """Take a choice of an earlier start, as far as it still means something."""
        self.filter_text = clean(choice.filter, limit=LONGEST_FILTER)
        if choice.sort == "" or any(column.key == choice.sort and column.sortable for column in self.columns):
            self.sort_column, self.descending = choice.sort or "", choice.descending

    # ── drawing ───────────────────────────────────────────────────────────────────────────────

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        self._refresh_rows(frame, width)
        if not self.shown_rows:
            text = _(self.empty_text)
            if self.filter_text:
                text = _("no match for “{text}”; Esc shows all").format(text=self.filter_text)
            return [self._head(frame), (Run(text, "dim"),)]
        room = max(height - 1, 1)
        self._top = first_visible_row(self._top, len(self.shown_rows), room, self.cursor_row())
        lines = [self._head(frame)] if height > 1 else []
        return lines + [self._line(frame, row, width) for row in self.shown_rows[self._top : self._top + room]]

    def title(self, frame: Frame) -> tuple[str, str]:
        """The border titles, with the number of filtered rows and of rows below the visible ones."""
        if self.outer_size and not self.content_size:  # nothing but the border
            self._refresh_rows(frame, 0)
        upper, lower = self.border_titles(frame)
        below = len(self.shown_rows) - self._top - (self.content_size.height - 1) if self.content_size else 0
        found = ""
        if self.filter_text:
            shown, total = len(self.shown_rows), len(self._all_rows)
            found = _("“{text}”: {shown} of {total}").format(text=self.filter_text, shown=shown, total=total)
        more = _("{count} more ↓").format(count=below) if below > 0 else ""
        return upper, self.lower_title(found, lower, more)

    def _refresh_rows(self, frame: Frame, width: int) -> None:
        key = (language(), Identity(frame.chronicle), self.rows_key(frame))
        if key != self._rows_of:
            self._rows_of = key
            self._all_rows = self.rows(frame)
            self._cells.clear()
            self._filter_keys.clear()
            self._layout_width = -1
            if self.awaited and self.awaited in self.keys():
                self.cursor, self.awaited = self.awaited, ""
        if width != self._layout_width:
            self._layout_width = width
            self._layout = self._columns_for(frame, width)
            self._cells.clear()
        wanted = search_key(self.filter_text)
        shown = [row for row in self._all_rows if not wanted or wanted in self._kept_key(frame, row)]
        if self.sort_column:
            shown.sort(key=lambda row: self.sort_values(frame, row)[self.sort_column], reverse=self.descending)
        self.shown_rows = shown
        if shown and not any(self.row_key(row) == self.cursor for row in shown):
            self.cursor = self.row_key(shown[0])
        elif not shown:
            self.cursor = ""

    def _kept_key(self, frame: Frame, row: R) -> str:
        key = self.row_key(row)
        found = self._filter_keys.get(key)
        if found is None:
            found = self._filter_keys[key] = self.filter_key(frame, row)
        return found

    def _columns_for(self, frame: Frame, width: int) -> tuple[tuple[Column, int], ...]:
        """The columns that fit, and their widths in cells."""
        sizes = {}
        rows = [self.row_cells(frame, row, 0) for row in self._all_rows]
        for column in self.columns:
            found = [line_width(texts[column.key]) for texts in rows]
            arrow = 2 if column.sortable and not column.right else 0
            sizes[column.key] = max(column.minimum, cells(_(column.title)) + arrow, *found, 0)
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
        if key != self.cursor or not (self.active or self.keeps_mark):
            return (Run(" " * _MARK), *line)
        marked: Line = (Run("▸ ", "mark" if self.active else "dim"), *line)
        return highlighted(marked, width) if self.active else marked

    def _composed(self, frame: Frame, row: R) -> Line:
        runs: list[Run] = []
        texts = self.row_cells(frame, row, next((size for column, size in self._layout if column.stretch), 0))
        for index, (column, size) in enumerate(self._layout):
            line = texts[column.key]
            gap = size - line_width(line)
            if gap < 0:
                line = fit(line, size)
            blank = (Run(" " * gap),) if gap > 0 else ()
            runs.extend((*blank, *line) if column.right else (*line, *blank))
            if index < len(self._layout) - 1:
                runs.append(Run(" " * _GAP))
        return tuple(runs)

    # ── a row that was selected before ─────────────────────────────────────────────────────

    def choose(self, key: str) -> bool:
        """Put the cursor on a row, which no filter hides then; one that is yet to come gets it when it is there."""
        self.awaited = "" if key in self.keys() else key
        if key in self.keys() and key not in self.row_keys():
            self.filter_text = ""
        return super().choose(key)

    def go_to_row(self, number: int) -> None:
        """Where a person puts the cursor it stays."""
        self.awaited = ""
        super().go_to_row(number)

    # ── moving ────────────────────────────────────────────────────────────────────────────────

    def row_keys(self) -> list[str]:
        """Keys of the rows that match the filter, in their order."""
        return [self.row_key(row) for row in self.shown_rows]

    def keys(self) -> list[str]:
        """Keys of all rows, including those that the filter hides."""
        return [self.row_key(row) for row in self._all_rows]

    def sort_by(self, column: str) -> None:
        """Sort by a column; if the table is sorted by it already, reverse the order."""
        if column == self.sort_column:
            self.descending = not self.descending
        else:
            self.sort_column = column
            self.descending = any(c.descending for c in self.columns if c.key == column)
        self.redraw()

    def sort_next(self) -> None:
        """Sort by the next sortable column that is visible."""
        keys = [column.key for column, _size in self._layout if column.sortable]
        if keys:
            here = keys.index(self.sort_column) if self.sort_column in keys else -1
            self.sort_by(keys[(here + 1) % len(keys)])

    def filter(self, wanted: str) -> None:
        """Show only rows that contain a text, upper and lower case and accents ignored."""
        self.filter_text = wanted.strip()
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Select the clicked row, or open it if it is selected."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = self._top + offset.y - 1
        if offset.y >= 1 and index < len(self.shown_rows):
            again = self.has_focus and self.row_key(self.shown_rows[index]) == self.cursor
            self.go_to_row(index)
            if again:
                self.enter()


def facts_key(frame: Frame) -> Hashable:
    """A cache key that changes with the chronicle and whenever a fact of it changes with time.

    The chronicle makes one `records` object for each span of time in which all facts stay the same.
    """
    return Identity(frame.chronicle), Identity(frame.status.facts.records)
