"""Cells that a terminal shows already are not written again, and the terminal shows the same as without the filter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.map_cases import Terminal
from tests.support.memory import kept_bytes
from tui.drawing.changed_cells import ChangedCells

SIZE = (40, 6)  # wide enough for any of the updates below: Textual never writes beyond the right edge
RED, BLUE = "31", "1;34;48;2;1;2;3"
STYLES = (
    *(RED, BLUE, "38;2;9;8;7;48;2;1;2;3", "38;2;9;8;7;48;2;31;42;1", "38;2;1;33;7;48;2;31;42;1", "48;2;31;42;1"),
    *("1;38;2;9;8;7;48;2;1;2;3", "4;38;5;31;48;5;42", "38;5;31;48;5;44", "97;104", "97;41", "1;4;97;41"),
)


def update(*pieces: tuple[int, int, str]) -> str:
    """A write as Textual makes them: pieces of rows, then the position of the cursor."""
    return "".join(f"\x1b[{y};{x}H{text}" for y, x, text in pieces) + "\x1b[1;1H"


def styled(style: str, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def filled() -> ChangedCells:
    changed = ChangedCells()
    changed.forget(SIZE[1])
    return changed


def test_reduced_same_cells_again_leaves_only_the_cursor() -> None:
    changed, data = filled(), update((2, 3, styled(RED, "height 387 km")))
    assert "387" in changed.reduced(data)
    assert changed.reduced(data) == "\x1b[1;1H"


def test_reduced_one_digit_changed_writes_that_digit() -> None:
    changed = filled()
    changed.reduced(update((2, 3, styled(RED, "height 387 km"))))
    assert changed.reduced(update((2, 3, styled(RED, "height 388 km")))) == f"\x1b[2;12H{styled(RED, '8')}\x1b[1;1H"


def test_reduced_wide_character_changed_is_written_whole() -> None:
    changed = filled()
    changed.reduced(update((1, 1, styled(RED, "ab天cd"))))
    assert changed.reduced(update((1, 1, styled(RED, "ab宫cd")))) == f"\x1b[1;3H{styled(RED, '宫')}\x1b[1;1H"


def test_reduced_after_a_new_size_writes_everything() -> None:
    changed, data = filled(), update((2, 3, styled(RED, "height")))
    changed.reduced(data)
    changed.forget(SIZE[1])
    assert "height" in changed.reduced(data)


def test_reduced_picture_is_remembered_in_few_bytes_a_cell() -> None:
    columns, rows, styles = 100, 30, 50
    changed = ChangedCells()
    changed.forget(2 * rows)
    picture = update(
        *((y, 1, "".join(styled(f"38;2;0;0;{(x + y) % styles}", "▀") for x in range(columns))) for y in range(1, rows))
    )
    assert kept_bytes(lambda: changed.reduced(picture) and None) / (columns * rows) < 64.0


def test_reduced_whole_screen_is_left_as_it_is() -> None:
    changed = filled()
    data = update(*((y, 1, styled(RED, "x" * SIZE[0])) for y in range(1, SIZE[1] + 1)))
    assert changed.reduced(data) == data == changed.reduced(data)


def test_reduced_unknown_sequence_is_left_and_nothing_is_taken_for_known() -> None:
    changed, data = filled(), update((2, 3, styled(RED, "height")))
    changed.reduced(data)
    clear = "\x1b[2J"
    assert changed.reduced(clear) == clear
    assert "height" in changed.reduced(data)


def test_reduced_neighbours_that_share_a_colour_write_it_once() -> None:
    changed = filled()
    one, other = "38;2;9;8;7;48;2;1;2;3", "38;2;9;8;7;48;2;4;5;6"
    written = changed.reduced(update((2, 3, styled(one, "▀") + styled(other, "▀") + styled(RED, "a"))))
    assert written == f"\x1b[2;3H\x1b[{one}m▀\x1b[48;2;4;5;6m▀\x1b[0;{RED}ma\x1b[0m\x1b[1;1H"


PIECES = st.lists(
    st.tuples(
        st.integers(1, SIZE[1]),
        st.integers(1, 12),
        st.lists(
            st.tuples(st.sampled_from(STYLES), st.text(alphabet="ab 天7⠿", min_size=1, max_size=3)),
            min_size=1,
            max_size=4,
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=3 * settings().max_examples)
@given(st.lists(PIECES, max_size=12))
def test_reduced_any_updates_show_the_same_in_a_terminal(
    updates: list[list[tuple[int, int, list[tuple[str, str]]]]],
) -> None:
    plain, filtered, changed = Terminal(*SIZE), Terminal(*SIZE), filled()
    for pieces in updates:
        data = update(*((y, x, "".join(styled(style, text) for style, text in runs)) for y, x, runs in sorted(pieces)))
        plain.feed([data])
        filtered.feed([changed.reduced(data)])
        for row in range(SIZE[1]):
            assert filtered.row(row, 0, SIZE[0]) == plain.row(row, 0, SIZE[0])
            shown, expected = filtered.screen.buffer[row], plain.screen.buffer[row]
            for x in range(SIZE[0]):
                assert (shown[x].bold, shown[x].underscore) == (expected[x].bold, expected[x].underscore)
