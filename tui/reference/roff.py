"""Markdown as the source of a man page (roff with the `man` macros)."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sim.language.lists import clauses
from tui.drawing.styled_text import breakable_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token


_SIGNS = str.maketrans({"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"})
"""Signs that roff would take for its own, or print as others."""

BREAK = "\\:"
"""Where roff may break a line without a sign or a space."""

_HEADINGS = (".SH", ".SS")


def escaped(text: str) -> str:
    """Text that roff prints as it is: no escapes, no requests, no hyphens for minus signs."""
    return re.sub(r"(?m)^\.", r"\\&.", text.translate(_SIGNS))


def flowing(text: str) -> str:
    """The same for prose: a line may be broken between Chinese characters, where there is no space."""
    if text.isascii():
        return escaped(text)
    parts = map(escaped, breakable_parts(text))
    return reduce(lambda before, part: f"{before}{'' if before[-1:].isspace() else BREAK}{part}", parts)


def heading(text: str, *, is_sub: bool = False) -> str:
    """A request for a heading."""
    quoted = escaped(text if is_sub else text.upper()).replace('"', '""')
    return f'.{"SS" if is_sub else "SH"} "{quoted}"'


def verbatim(lines: Iterable[str]) -> list[str]:
    """Lines printed as they are."""
    return [".PP", ".in +4n", ".EX", *(escaped(line) or "\\&" for line in lines), ".EE", ".in"]


def title(name: str, section: int, version: str) -> str:
    """The first lines of a page; without a date, so that the same program always gives the same page.

    Lines are not filled with spaces, and words not divided: commands and Chinese would suffer from both.
    """
    head = f'.TH "{escaped(name).upper()}" "{section}" "" "tiangong {escaped(version)}" "Tiangong"'
    return f"{head}\n.nh\n.ad l"


def joined(lines: Sequence[str]) -> str:
    """A whole page; a heading begins a paragraph by itself."""
    kept = [
        line for before, line in zip(("", *lines), lines, strict=False) if line != ".PP" or before[:3] not in _HEADINGS
    ]
    return "\n".join(kept) + "\n"


def markdown_as_roff(text: str) -> list[str]:
    """The blocks of Markdown: headings, paragraphs, lists, code and tables."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return list(_blocks(tokens))


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    item, level = False, ""
    row: list[str] = []
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.type == "heading_open":
            level = token.tag
        elif token.type == "list_item_open":
            item = True
        elif token.type == "list_item_close":
            item = False
        elif token.type in {"fence", "code_block"}:
            yield from verbatim(token.content.splitlines())
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row:
            yield from _row(row)
        elif token.type == "thead_close":
            row = []
        elif token.type == "inline":
            open_as = before.type if before is not None else ""
            if open_as == "heading_open":
                plain = "".join(child.content for child in token.children or ())
                yield heading(plain, is_sub=level not in {"h1", "h2"})
            elif open_as in {"td_open", "th_open"}:
                row.append("" if open_as == "th_open" else _inline(token))
            else:
                yield from (['.IP "\\(bu" 2'] if item else [".PP"])
                yield _inline(token)


def _row(cells: Sequence[str]) -> list[str]:
    """A row of a table: what its first cell names, and the rest below it."""
    if not any(cells):
        return []
    first, *rest = cells
    return [".TP", first or "\\&", clauses(cell for cell in rest if cell) or "\\&"]


def _inline(token: Token) -> str:
    """The text of a paragraph with bold and italic letters."""
    marks = {"strong_open": "\\fB", "strong_close": "\\fR", "em_open": "\\fI", "em_close": "\\fR"}
    parts = []
    for child in token.children or ():
        if child.type in marks:
            parts.append(marks[child.type])
        elif child.type == "code_inline":
            parts.append(f"\\fB{escaped(child.content)}\\fR")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        else:
            parts.append(flowing(child.content))
    line = "".join(parts)
    return f"\\&{line}" if line.startswith((".", "'")) else line
