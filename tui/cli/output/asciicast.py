"""A span of the screen as an asciicast: the cells of each frame, and of each frame only those that changed.

Version 2 of the format: a line of JSON with the size, then a line `[seconds, "o", text]` for each frame
(https://docs.asciinema.org/manual/asciicast/v2/).
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual.errors import NoWidget
from textual.geometry import Region
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.screen import Screen
    from textual.strip import Strip

Cell = tuple[str, Style]
"""A character and how it looks; empty in the second cell of a wide one."""

Rows = tuple[tuple[Cell, ...], ...]

_PLAIN = Style()


class Cast:
    """Frames of so many columns and rows, as lines of an asciicast."""

    def __init__(self, width: int, height: int, title: str) -> None:
        head = {"version": 2, "width": width, "height": height, "title": title, "env": {"TERM": "xterm-256color"}}
        self._lines = [json.dumps(head, ensure_ascii=False)]
        self._shown: Rows | None = None

    def take(self, at_s: float, rows: Rows) -> None:
        """Add a frame, so many seconds after the first one; if it shows nothing new it adds nothing."""
        text = _whole(rows) if self._shown is None else _changes(self._shown, rows)
        self._shown = rows
        if text:
            self._lines.append(json.dumps([round(at_s, 3), "o", text], ensure_ascii=False))

    def end(self, at_s: float) -> None:
        """Extend the last frame until then."""
        self._lines.append(json.dumps([round(at_s, 3), "o", ""]))

    @property
    def text(self) -> str:
        """The whole file."""
        return "\n".join(self._lines) + "\n"


def _whole(rows: Rows) -> str:
    """The first frame: no cursor, an empty screen, every row."""
    return "\x1b[?25l\x1b[2J" + "".join(f"\x1b[{y};1H{_painted(row)}" for y, row in enumerate(rows, start=1))


def _changes(before: Rows, rows: Rows) -> str:
    """The changed part of each row that changed."""
    found: list[str] = []
    for y, (old, new) in enumerate(zip(before, rows, strict=True), start=1):
        if old == new:
            continue
        differing = [x for x, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
        first, after = differing[0], differing[-1] + 1
        while first and not (old[first][0] and new[first][0]):
            first -= 1  # not from the middle of a wide character
        while after < len(new) and not (old[after][0] and new[after][0]):
            after += 1
        found.append(f"\x1b[{y};{first + 1}H{_painted(new[first:after])}")
    return "".join(found)


def _painted(cells: tuple[Cell, ...]) -> str:
    """Cells as a terminal takes them, neighbours of one style together."""
    painted: list[str] = []
    run, style = "", _PLAIN
    for text, its_style in cells:
        if its_style != style:
            painted.append(style.render(run, color_system=ColorSystem.TRUECOLOR))
            run, style = "", its_style
        run += text
    painted.append(style.render(run, color_system=ColorSystem.TRUECOLOR))
    return "".join(painted)


class ScreenReader:
    """Reads the cells of screens; where which widget is seen is found anew only when one has moved."""

    def __init__(self) -> None:
        self._layout: object = None
        self._pieces: list[list[tuple[Widget, Region]]] = []

    def rows(self, screen: Screen[object]) -> Rows:
        """All cells of a screen, row by row."""
        width, height = screen.size
        widgets = (widget for widget in screen.walk_children() if isinstance(widget, Widget))
        layout = width, height, *((id(widget), widget.region, widget.display) for widget in widgets)
        if layout != self._layout:
            self._layout = layout
            self._pieces = seen_parts(screen)
        return tuple(tuple(cell for widget, part in row for cell in _cells(widget, part)) for row in self._pieces)


def seen_parts(screen: Screen[Any]) -> list[list[tuple[Widget, Region]]]:
    """The widgets that are seen in each row of a screen, each with the part of it, in its own coordinates.

    What is seen changes only where a widget begins or ends: those columns are asked for, not all.
    """
    width, height = screen.size
    edges: list[set[int]] = [{0} for _ in range(height)]
    for region in _regions(screen):
        for y in range(max(0, region.y), min(region.bottom, height)):
            edges[y].update((region.x, region.right))
    return [list(_parts_of_row(screen, y, sorted(x for x in edges[y] if 0 <= x < width))) for y in range(height)]


def _regions(screen: Screen[Any]) -> Iterator[Region]:
    """Where the widgets of a screen stand, scrollbars included, as far as they are not clipped."""
    for widget in screen.walk_children(Widget):
        if widget.display:
            bars = [widget.vertical_scrollbar] if widget.show_vertical_scrollbar else []
            bars += [widget.horizontal_scrollbar] if widget.show_horizontal_scrollbar else []
            for one in (widget, *bars, *([widget.scrollbar_corner] if len(bars) > 1 else [])):
                with suppress(NoWidget):
                    yield screen.find_widget(one).visible_region


def _parts_of_row(screen: Screen[Any], y: int, columns: list[int]) -> Iterator[tuple[Widget, Region]]:
    """The parts of a row, from the columns at which another widget may begin."""
    seen: list[tuple[Widget, Region, int]] = []
    for x in columns:
        widget, region = screen.get_widget_at(x, y)
        if not seen or widget is not seen[-1][0]:
            seen.append((widget, region, x))
    ends = [*(x for _widget, _region, x in seen[1:]), screen.size.width]
    for (widget, region, x), end in zip(seen, ends, strict=True):
        yield widget, Region(x - region.x, y - region.y, end - x, 1)


def _cells(widget: Widget, part: Region) -> Iterator[Cell]:
    """The cells of a part of one row of a widget."""
    strip: Strip
    (strip,) = widget.render_lines(part)
    for segment in strip:
        style = (segment.style or _PLAIN).without_color + _colours(segment.style or _PLAIN)
        for char in segment.text:
            yield char, style
            if cell_len(char) == 2:
                yield "", style


def _colours(style: Style) -> Style:
    """The colours of a style without what it carries beside them, such as actions."""
    return Style(color=style.color, bgcolor=style.bgcolor)
