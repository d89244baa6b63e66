"""A panel of rows with a cursor."""

from __future__ import annotations

from tui.widgets.selectable import SelectablePanel


class RowPanel(SelectablePanel):
    """A panel of rows, each with a key; the cursor stays on its row while rows come, go, or change places."""

    fills_by_clicks = False

    def row_keys(self) -> list[str]:
        """Keys of the rows that can be reached, from top to bottom."""
        raise NotImplementedError  # abstract

    def keys(self) -> list[str]:
        return self.row_keys()

    def cursor_row(self) -> int:
        """Number of the row under the cursor; 0 where its row is gone."""
        keys = self.row_keys()
        return keys.index(self.cursor) if self.cursor in keys else 0

    def go_to_row(self, number: int) -> None:
        """Move the cursor to a row, or to the nearest there is."""
        if keys := self.row_keys():
            self.cursor = keys[max(0, min(number, len(keys) - 1))]
            self.redraw()

    def move(self, step: int) -> None:
        self.go_to_row(self.cursor_row() + step)

    def page(self, step: int) -> None:
        """Move the cursor by as many rows as are visible."""
        self.move(step * max(self.content_size.height - 2, 1))

    def edge(self, step: int) -> None:
        self.go_to_row(0 if step < 0 else len(self.row_keys()) - 1)

    def enter(self) -> None:
        self.open_cursor()


def first_visible_row(before: int, rows: int, room: int, cursor: int) -> int:
    """The row to begin a panel with: the one before, unless the cursor or the last row would be out of sight.

    Args:
        before: The row it began with until now.
        rows: How many there are.
        room: How many fit.
        cursor: The row that must be visible.
    """
    return max(0, min(before, rows - room, cursor), cursor - room + 1)
