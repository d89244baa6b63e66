"""Lines of styled text, which panels draw; independent of widgets, widths in terminal cells."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import msgspec
from rich.cells import cached_cell_len, cell_len, set_cell_size


class Run(msgspec.Struct, frozen=True, gc=False):
    """A piece of text in one style.

    Attributes:
        text: Printable text, no control characters.
        style: One of `STYLES`; empty for plain text.
        action: Textual action run by a click; empty for none.
    """

    text: str
    style: str = ""
    action: str = ""


Line = tuple[Run, ...]
"""One line, left to right."""

STYLES = (
    "dim",  # captions, units, secondary texts
    "value",  # the main numbers
    "accent",  # names and titles
    "good",  # sunlit, visible, fresh
    "caution",  # ageing, planned, approximate
    "alarm",  # stale, failed, a record being broken
    "bar",  # filled part of a bar or curve
    "bar-alt",  # another bar: one under way, the band
    "bar-text",  # text on a bar
    "bar-alt-text",  # text on another bar
    "good-text",  # text on a bar of something under way
    "night",  # in shadow, later than the instant
    "faint",  # rings and grids
    "mark",  # the cursor, the station
    "live",
    "sim",
    "stale",
    "key",  # keys in the footer
)
"""Names of styles; `tui.drawing.colours` gives them the theme's colours."""


def linked(line: Line, action: str) -> Line:
    """The line as one link, but for links that are in it already."""
    return tuple(Run(run.text, run.style, run.action or action) for run in line)


def width(text: str) -> int:
    """Width of a text in cells; Chinese characters take two."""
    return len(text) if text.isascii() else cell_len(text)


@lru_cache(maxsize=512)
def characters(text: str) -> tuple[tuple[str, int], ...]:
    """The characters of a text with the cells that they take, one or two; kept, as most are single glyphs of a chart.

    A character of no width, an accent, comes with the one before it; at the beginning of a text it is left out.
    """
    found: list[tuple[str, int]] = []
    for character in text:
        if size := cell_len(character):
            found.append((character, size))
        elif found:
            found[-1] = (found[-1][0] + character, found[-1][1])
    return tuple(found)


def line_width(line: Line) -> int:
    """Width of a line in cells."""
    cells = 0
    for run in line:
        text = run.text
        cells += len(text) if text.isascii() else cached_cell_len(text)
    return cells


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """The text in exactly `cells` cells, padded or cut with an ellipsis."""
    size = cell_len(text)
    if size > cells:
        return set_cell_size(text, cells - 1) + "…" if cells > 0 else ""
    filler = " " * (cells - size)
    return filler + text if right else text + filler


def fit(line: Line, cells: int) -> Line:
    """The line in exactly `cells` cells: padded, or cut with an ellipsis, at the end of a word if possible."""
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
    """The text cut to `cells` cells with an ellipsis, at the end of a word if there is one within 14 characters.

    Chinese is cut behind any character.
    """
    head = set_cell_size(text, cells - 1).rstrip()
    space = head.rfind(" ")
    if space >= len(head) - 14 and space > 0 and width(head[space:]) == len(head) - space:
        head = head[:space]
    return head.rstrip(" ·,;，；、") + "…"


def spread(left: Line, right: Line, cells: int) -> Line:
    """`left` at the left edge and `right` at the right edge; only `left` where both do not fit."""
    gap = cells - line_width(left) - line_width(right)
    if gap < 1:
        return fit(left, cells)
    return (*left, Run(" " * gap), *right)


def choose(cells: int, *variants: Line) -> Line:
    """The first variant that fits, or else the last one cut; give the longest first."""
    for variant in variants:
        if line_width(variant) <= cells:
            return fit(variant, cells)
    return fit(variants[-1], cells)


def text_for(room: int, *texts: str) -> str:
    """The first text that fits, or else the last one; the first before a layout, where there is no room at all."""
    return next((text for text in texts if width(text) <= room), texts[0 if room <= 0 else -1])


def plain(line: Line) -> str:
    """The text of the line without styles."""
    return "".join(run.text for run in line)


def wrap(text: str, cells: int, style: str = "") -> list[Line]:
    """Break a text into lines: at spaces, between Chinese characters, and words longer than a line anywhere."""
    return list(_wrapped_lines(text, cells, style))


def wrapped(text: str, cells: int) -> list[str]:
    """The same without a style."""
    return [plain(line) for line in wrap(text, cells)]


_WORDS = r"\S+\s*|\s+"

_FIRST_CHINESE = "\u2e80"
"""Nothing of Chinese, its punctuation included, is numbered lower but “ and ”, which other languages have as well."""


@lru_cache(maxsize=1)
def _pieces() -> re.Pattern[str]:
    """What a line is not broken inside of, by the rules that most readers expect: no line begins with a comma.

    It takes some milliseconds to compile: as much as Textual takes to read the style sheet.
    """
    return re.compile(
        r"""
        [“\u2018（《「]*                      # stand with what follows them
        (?: [^\s⺀-鿿豈-﫿＀-￯、-\u303f]+           # a word of letters and figures
          | [⺀-鿿豈-﫿＀-￯〇〡-\u303f] )       # or one Chinese character
        (?: [，。、；：？！”’）》」…·] | [,.;:?!)](?![a-z0-9]) )*  # with what is before; a dot may begin “.json”
        | \S
        """,
        re.VERBOSE,
    )


@lru_cache(maxsize=256)
def _wrapped_lines(text: str, cells: int, style: str) -> tuple[Line, ...]:
    """The lines of `wrap`, kept: most texts are the same from frame to frame."""
    one_line = " ".join(text.split())
    edges = pairwise((0, *break_offsets(one_line, cells), len(one_line)))
    return tuple((Run(one_line[start:end].rstrip(), style),) for start, end in edges if end > start)


def break_offsets(text: str, cells: int) -> list[int]:
    """Where the lines of a paragraph begin, but the first, so that each fits into so many cells.

    The space at which a line is broken stays at its end.
    """
    offsets: list[int] = []
    start = end = 0
    for piece in breakable_parts(text):
        if start < end and cell_len(text[start:end] + piece.rstrip()) > cells:
            offsets.append(end)
            start = end
        end += len(piece)
        while cell_len(text[start:end].rstrip()) > cells > 0:
            start += max(len(set_cell_size(text[start:end], cells).rstrip()), 1)
            offsets.append(start)
    return offsets


def breakable_parts(text: str) -> list[str]:
    """The words of a text, each with the space after it; of Chinese its characters with their punctuation."""
    words = re.findall(_WORDS, text)
    return words if text.isascii() else [piece for word in words for piece in _split(word)]


def _split(word: str) -> list[str]:
    if max(word) < _FIRST_CHINESE:
        return [word]
    bare = word.rstrip()
    pieces = _pieces().findall(bare) or [""]
    pieces[-1] += word[len(bare) :]
    return pieces


LEVELS = " ▁▂▃▄▅▆▇█"
"""A cell filled from below, by eighths."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(fraction: float, cells: int) -> str:
    """A horizontal bar with a resolution of an eighth of a cell, padded to `cells` cells."""
    eighths = round(max(0.0, min(1.0, fraction)) * cells * 8)
    full, rest = divmod(eighths, 8)
    text = "█" * full + (_EIGHTHS[rest] if rest else "")
    return text.ljust(cells)
