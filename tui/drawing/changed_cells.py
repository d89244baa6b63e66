"""Drops from what is written to a terminal the cells that it shows already.

Textual writes of a changed row everything from the left edge of the widget to the change, which costs 40 bytes a cell
where every cell has colours of its own. The driver of the dashboard passes each write through `ChangedCells.reduced`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, compress, islice, repeat
from operator import ne, or_
from sys import intern
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

Cells = tuple[list[str], list[str]]
"""Neighbouring cells: their styles, as the parameters of an SGR sequence, and their characters, empty in the second
cell of a wide one. Two lists, as whole lists are compared many times as fast as their items one by one."""

_POSITION = re.compile(r"\x1b\[(\d+);(\d+)H")
_SEGMENT = r"\x1b\[([\d;]*)m([^\x1b\n]*)\x1b\[0m|([^\x1b\n]+)"
"""Compiled by the first write of changed cells: the first picture is written whole."""
_SYNCHRONISED = frozenset({"\x1b[?2026h", "\x1b[?2026l"})
"""Begin and end of a synchronised update, which leave the cells as they are."""

LONGEST_GAP = 30
"""So many unchanged cells of the style of the changed ones before them are written again: moving the cursor and setting
the style anew costs more."""


def _ignored(sequence: str) -> None:
    del sequence


class _Row:
    """What is known of a row of the screen, by column.

    Styles and characters apart: a tuple for each cell of a screen would take half a megabyte.
    """

    __slots__ = ("_characters", "_styles")

    def __init__(self) -> None:
        self._styles: list[str | None] = []  # None where the cell is not known
        self._characters: list[str] = []

    def take(self, x: int, cells: Cells) -> list[int]:
        """Put cells into the row, from a column on; the columns in which they differ from what was known."""
        styles, characters = cells
        end = x + len(styles)
        if (missing := end + 1 - len(self._styles)) > 0:
            self._styles += [None] * missing
            self._characters += [" "] * missing
        old_styles, old_characters = self._styles[x:end], self._characters[x:end]
        if self._characters[x] == "":  # the second half of a wide character, whose first half is erased with it
            self._forget(x - 1)
        if self._characters[end] == "":
            self._forget(end)
        if old_styles == styles and old_characters == characters:
            return []
        differs = map(or_, map(ne, old_styles, styles), map(ne, old_characters, characters))
        changed = [*compress(range(x, end), differs)]
        for column in changed:
            # Of equal styles and characters one object is kept: a picture has many cells and few of them.
            self._styles[column] = intern(styles[column - x])
            self._characters[column] = intern(characters[column - x])
        return changed

    def _forget(self, column: int) -> None:
        self._styles[column], self._characters[column] = None, " "


class ChangedCells:
    """What a terminal shows, as far as it is known from what was written to it.

    Attributes:
        write_sequence: Writes an escape sequence that changes no cell, such as a notification; does nothing without a
            terminal.
    """

    def __init__(self) -> None:
        self.write_sequence: Callable[[str], object] = _ignored
        self._rows: dict[int, _Row] = {}
        self._height = 0

    def forget(self, height: int) -> None:
        """Take nothing for known any more: the terminal has a new size or was used by another program."""
        self._rows.clear()
        self._height = height

    def reduced(self, data: str) -> str:
        """A write without the cells that are shown already.

        Writes that are not understood, and those that paint the whole screen, are left as they are.
        """
        if data in _SYNCHRONISED:
            return data
        before, *found = _POSITION.split(data)
        pieces = [*zip(map(int, found[::3]), map(int, found[1::3]), found[2::3], strict=True)]
        if before or not pieces or len({y for y, x, text in pieces if x == 1 and text}) >= self._height:
            self._rows.clear()
            return data
        written: list[str] = []
        for y, x, text in pieces[:-1]:
            cells = _cells(text.rstrip("\n"))
            if cells is None:
                self._rows.clear()
                return data
            written += self._changes(y, x, cells)
        y, x, text = pieces[-1]
        if text:  # Textual ends every update with the position of the cursor
            self._rows.clear()
            return data
        return "".join([*written, f"\x1b[{y};{x}H"])

    def _changes(self, y: int, x: int, cells: Cells) -> list[str]:
        """Write cells into the row that is known; the sequences for those that differ from it."""
        changed = self._rows.setdefault(y, _Row()).take(x, cells)
        styles, characters = cells
        return [
            _written(y, first, styles[first - x : after - x], characters[first - x : after - x])
            for first, after in _stretches(changed, x, cells)
        ]


def _stretches(changed: list[int], x: int, cells: Cells) -> list[tuple[int, int]]:
    """First columns and those after the last of stretches of changed cells; no wide character is cut."""
    styles, characters = cells
    last = x + len(characters)
    found: list[tuple[int, int]] = []
    begin = end = x  # of the stretch under way
    for column in changed:
        first, after = column, column + 1
        while first > x and not characters[first - x]:
            first -= 1
        while after < last and not characters[after - x]:
            after += 1
        if begin == end:
            begin = first
        elif first > end and not _joins(styles[end - 1 - x : first - x]):
            found.append((begin, end))
            begin = first
        end = after
    if begin < end:
        found.append((begin, end))
    return found


def _joins(styles: list[str]) -> bool:
    """Whether cells of these styles, the last changed one and the unchanged ones after it, are written in one go."""
    return len(styles) <= LONGEST_GAP and len(set(styles)) <= 1


def _written(y: int, x: int, styles: list[str], characters: list[str]) -> str:
    """The sequences that write cells of a row: from style to style only what differs is set."""
    parts = [f"\x1b[{y};{x}H"]
    style = ""
    for cell_style, character in zip(styles, characters, strict=True):
        if cell_style != style:
            parts.append(_restyled(style, cell_style))
            style = cell_style
        parts.append(character)
    if style:
        parts.append(_RESET)
    return "".join(parts)


_RESET = "\x1b[0m"


@lru_cache(maxsize=1024)
def _restyled(before: str, after: str) -> str:
    """The sequence that leads from one style to another: two neighbours of a picture often share a colour."""
    if not after:
        return _RESET
    old, new = _facets(before), _facets(after)
    if old.keys() - new.keys():
        return f"\x1b[0;{after}m"
    return f"\x1b[{';'.join(value for facet, value in new.items() if old.get(facet) != value)}m"


@lru_cache(maxsize=64)
def _facets(style: str) -> dict[str, str]:
    """What a style sets: the colours under `ink` and `fill`, every attribute under its own number."""
    facets: dict[str, str] = {}
    numbers = iter(style.split(";") if style else ())
    for number in numbers:
        if number in {"38", "48"}:
            form = next(numbers, "")
            rest = islice(numbers, _COLOUR_NUMBERS.get(form, 0))
            facets["ink" if number == "38" else "fill"] = ";".join((number, form, *rest))
        elif number in _INKS:
            facets["ink"] = number
        elif number in _FILLS:
            facets["fill"] = number
        else:
            facets[number] = number
    return facets


_COLOUR_NUMBERS = {"5": 1, "2": 3}
_INKS = frozenset(map(str, (*range(30, 38), 39, *range(90, 98))))
_FILLS = frozenset(map(str, (*range(40, 48), 49, *range(100, 108))))


def _cells(text: str) -> Cells | None:
    """The cells of a piece of a row; `None` where it holds anything but styled text."""
    found = re.findall(_SEGMENT, text)
    if not found:
        return None if text else ([], [])
    styles, styled, bare = zip(*found, strict=True)
    segments = styled if not any(bare) else [one or other for one, other in zip(styled, bare, strict=True)]
    whole = "".join(segments)
    # What is no styled text has been left out.
    if sum(map(len, styles)) + len(whole) + _AROUND * bare.count("") != len(text):
        return None
    if not _is_single(whole):
        return _wide_cells([*zip(styles, segments, strict=True)])
    return [*chain.from_iterable(map(repeat, styles, map(len, segments)))], [*whole]


_single: set[str] = set()
"""Characters of one cell that have been written."""


def _is_single(text: str) -> bool:
    """Whether all characters of a text take one cell, which is remembered of them."""
    if not text.isprintable():
        return False
    if _single.issuperset(text):
        return True
    new = set(text) - _single
    if any(cell_len(character) != 1 for character in new):
        return False
    _single.update(new)
    return True


_AROUND = len("\x1b[m\x1b[0m")
"""Characters around style and text of a segment."""


def _wide_cells(segments: list[tuple[str, str]]) -> Cells:
    """The cells of styled texts with characters that take none or two of them."""
    styles: list[str] = []
    characters: list[str] = []
    for style, segment in segments:
        if _is_single(segment):
            styles += [style] * len(segment)
            characters += segment
            continue
        for character in segment:
            size = cell_len(character)
            if size == 0 and characters:  # a combining character belongs to the one before it
                characters[-1 if characters[-1] else -2] += character
            else:
                styles += [style] * max(size, 1)
                characters += [character, ""][: max(size, 1)]
    return styles, characters


def changed_cells_driver(base: type[Driver], changed: ChangedCells) -> type[Driver]:
    """A driver that writes through a filter, and leaves in it how to write past it."""

    class ChangedCellsDriver(base):  # type: ignore[misc,valid-type]  # which driver it is, the terminal decides
        def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - those of the driver
            super().__init__(*arguments, **named)
            changed.write_sequence = super().write

        def write(self, data: str) -> None:
            super().write(changed.reduced(data))

    return ChangedCellsDriver
