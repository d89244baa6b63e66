"""Lines of styled text: what a panel draws, independent of any widget, measured in terminal cells."""

from __future__ import annotations

import msgspec
from rich.cells import cell_len, set_cell_size


class Run(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text in one style.

    Attributes:
        text: Printable text, no control characters.
        style: One of the names in `STYLES`, empty for plain text.
        action: What a click on it does, as an action of the app; empty for nothing.
    """

    text: str
    style: str = ""
    action: str = ""


Line = tuple[Run, ...]
"""One line, left to right."""

STYLES = (
    "dim",  # captions, units, what matters less
    "value",  # the numbers people came for
    "accent",  # names and titles
    "good",  # sunlit, visible, fresh
    "caution",  # ageing, planned, approximate
    "alarm",  # stale, broken, a record falling
    "bar",  # filled part of a bar or curve
    "bar-alt",  # the other bar: the one under way, the band
    "bar-text",  # words on a filled bar
    "night",  # in the shadow
    "faint",  # lines of orientation: rings, grids
    "mark",  # the cursor, the station's own mark
    "live",
    "sim",
    "stale",
    "key",  # keys in the footer
)
"""Names of styles; `tui.drawing.colours` gives them the theme's colours."""


def width(text: str) -> int:
    """Cells a text takes: a Chinese character takes two."""
    return cell_len(text)


def line_width(line: Line) -> int:
    """Cells a line takes."""
    cells = 0
    for run in line:
        text = run.text
        cells += len(text) if text.isascii() else cell_len(text)
    return cells


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """The text in exactly `cells` cells; what is too long is cut and ends in an ellipsis."""
    size = cell_len(text)
    if size > cells:
        return set_cell_size(text, cells - 1) + "…" if cells > 0 else ""
    filler = " " * (cells - size)
    return filler + text if right else text + filler


def fit(line: Line, cells: int) -> Line:
    """The line in exactly `cells` cells: filled with blanks, or cut at a whole run and an ellipsis."""
    size = line_width(line)
    if size <= cells:
        return (*line, Run(" " * (cells - size))) if size < cells else line
    kept: list[Run] = []
    room = cells
    for run in line:
        needed = cell_len(run.text)
        if needed <= room:
            kept.append(run)
            room -= needed
            continue
        if room > 0:
            kept.append(Run(_cut(run.text, room), run.style, run.action))
        break
    return fit(tuple(kept), cells)


def _cut(text: str, cells: int) -> str:
    """Cut at a word's end where one is near, so that nothing stops in the middle of a word."""
    head = set_cell_size(text, cells - 1).rstrip()
    space = head.rfind(" ")
    if space >= len(head) - 14 and space > 0:
        head = head[:space]
    return head.rstrip(" ·,;") + "…"


def spread(left: Line, right: Line, cells: int) -> Line:
    """`left` at the left edge, `right` at the right one; where both do not fit, the right one goes."""
    gap = cells - line_width(left) - line_width(right)
    if gap < 1:
        return fit(left, cells)
    return (*left, Run(" " * gap), *right)


def choose(cells: int, *variants: Line) -> Line:
    """The first variant that fits: give the fullest first."""
    for variant in variants:
        if line_width(variant) <= cells:
            return fit(variant, cells)
    return fit(variants[-1], cells)


def plain(line: Line) -> str:
    """The line's text alone."""
    return "".join(run.text for run in line)


def wrap(text: str, cells: int, style: str = "") -> list[Line]:
    """Break running text into lines at blanks (or between Chinese characters)."""
    lines: list[Line] = []
    current = ""
    for word in text.split():
        candidate = f"{current} {word}" if current else word
        if cell_len(candidate) <= cells:
            current = candidate
            continue
        if current:
            lines.append((Run(current, style),))
        current = word
        while cell_len(current) > cells > 0:
            head = set_cell_size(current, cells).rstrip()
            lines.append((Run(head, style),))
            current = current[len(head) :]
    if current:
        lines.append((Run(current, style),))
    return lines


_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(fraction: float, cells: int) -> str:
    """A horizontal bar with a resolution of an eighth of a cell, exactly `cells` wide."""
    eighths = round(max(0.0, min(1.0, fraction)) * cells * 8)
    full, rest = divmod(eighths, 8)
    text = "█" * full + (_EIGHTHS[rest] if rest else "")
    return text.ljust(cells)
