"""The cursor of a panel of rows."""

from __future__ import annotations

import pytest

from tui.widgets.row_panel import RowPanel, first_visible_row


class Letters(RowPanel):
    """Rows named by letters."""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters = letters

    def row_keys(self) -> list[str]:
        return list(self.letters)


def test_cursor_moves_by_rows_and_stops_at_the_ends() -> None:
    panel = Letters("abcde")
    panel.cursor = "b"
    panel.move(2)
    assert panel.cursor == "d"
    panel.move(9)
    assert panel.cursor == "e"
    panel.edge(-1)
    assert panel.cursor == "a"
    panel.move(-1)
    assert panel.cursor == "a"
    panel.edge(1)
    assert panel.cursor == "e"


def test_cursor_stays_on_its_row_while_rows_change_places() -> None:
    panel = Letters("abcde")
    panel.cursor = "c"
    panel.letters = "cxab"
    panel.move(1)
    assert panel.cursor == "x"


def test_cursor_of_a_row_that_is_gone_goes_on_from_the_first() -> None:
    panel = Letters("abc")
    panel.cursor = "z"
    assert panel.cursor_row() == 0
    panel.move(1)
    assert panel.cursor == "b"
    panel.letters = ""
    panel.move(1)
    assert panel.cursor == "b"


@pytest.mark.parametrize(
    ("before", "cursor", "first"),
    [(0, 0, 0), (0, 4, 0), (0, 5, 1), (3, 4, 3), (5, 2, 2), (9, 9, 5), (0, 9, 5)],
)
def test_first_visible_row_keeps_the_cursor_in_sight(before: int, cursor: int, first: int) -> None:
    assert first_visible_row(before, 10, 5, cursor) == first
