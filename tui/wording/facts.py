"""How facts are told: times as finely as they are known, what speaks against them, and where they were read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.drawing.styled_text import Line, Run, wrap
from tui.drawing.styled_text import width as cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.chronicle import Chronicle, Proof, Source, When

NOT_PUBLISHED = "not published"

ARTICLE = "article"
"""The source that the records call “the article”."""

_FINENESS = {"day": "day only", "month": "month only", "year": "year only"}


def short_mission_name(mission: str) -> str:
    """`SZ-19` for `Shenzhou-19`, `TZ-9` for `Tianzhou-9`; other names stay."""
    return mission.replace("Shenzhou-", "SZ-").replace("Tianzhou-", "TZ-")


def chinese_names(book: Chronicle) -> dict[str, str]:
    """Chinese names of ships and modules by their names in Latin letters."""
    ships = {mission.name: mission.name_zh for mission in book.missions}
    return ships | {module.name: module.name_zh for module in book.modules}


def date_text(when: When | None, *, unknown: str = NOT_PUBLISHED) -> str:
    """`2024-12-17 04:51Z`, `2023-02-28 (day only)`, `~2025-08-15 08:00Z`, or that it was not published."""
    if when is None:
        return unknown
    about = "~" if when.approximate else ""
    if not when.is_instant:
        return f"{about}{when.text} ({_FINENESS[when.precision]})"
    day, time = when.text[:10], when.text[11:19]
    return f"{about}{day} {time[:5] if when.precision == 'minute' else time}Z"


def caption_line(caption: str, words: str, width: int, style: str = "", *, indent: int = 12) -> list[Line]:
    """A caption at the left and words that wrap beside it."""
    room = max(width - indent, 8)
    wrapped = wrap(words, room, style) or [()]
    head: Line = (Run(caption.ljust(indent), "dim"),)
    blank: Line = (Run(" " * indent),)
    return [(*(head if row == 0 else blank), *line) for row, line in enumerate(wrapped)]


def bullet(words: str, width: int, style: str = "", *, mark: str = "· ", mark_style: str = "dim") -> list[Line]:
    """Words that wrap beside a mark."""
    indent = cells(mark)
    wrapped = wrap(words, max(width - indent, 8), style)
    return [(Run(mark if row == 0 else " " * indent, mark_style), *line) for row, line in enumerate(wrapped)]


def heading(words: str) -> list[Line]:
    """An empty line and a heading."""
    return [(), (Run(words, "accent"),)]


def link(words: str, action: str, width: int) -> list[Line]:
    """Something to go to, by Enter or a click; spaces are kept where it fits in one line."""
    if cells(words) + 2 <= width:
        return [(Run("→ ", "key", action), Run(words, "", action))]
    return [
        (Run("→ " if row == 0 else "  ", "key", action), *(Run(run.text, run.style, action) for run in line))
        for row, line in enumerate(wrap(words, max(width - 2, 8)))
    ]


def go_link(words: str, when: When | None, width: int) -> list[Line]:
    """A step with its time; where the time is known the clock can go there."""
    if when is None:
        return [(Run(f"  {words}", "dim"), Run(f"  {NOT_PUBLISHED}", "dim"))]
    action = f"screen.go({when.unix_s!r})"
    line: Line = (Run("→ ", "key", action), Run(f"{words:<12} ", "dim", action), Run(date_text(when), "", action))
    if sum(cells(run.text) for run in line) <= width:
        return [line]
    return [line[:2], *bullet(date_text(when), width, mark="    ")]


def proof_lines(proof: Proof, width: int, *, origin: str = "embedded") -> list[Line]:
    """What speaks against a record, what is unsure, and where it was read."""
    lines: list[Line] = []
    if origin == "user":
        lines += [(), (Run("from your own facts file", "caution"),)]
    if proof.conflicts:
        lines += heading("sources differ")
        for words in proof.conflicts:
            lines += bullet(words, width, "caution", mark="≠ ", mark_style="caution")
    if proof.unverified:
        lines += heading("not verified")
        for words in proof.unverified:
            lines += bullet(words, width, "caution", mark="? ", mark_style="caution")
    if proof.notes:
        lines += heading("notes")
        for words in proof.notes:
            lines += bullet(words, width)
    lines += heading("sources")
    lines += source_lines(proof.sources, width)
    return lines


def source_lines(sources: Iterable[Source], width: int) -> list[Line]:
    """Titles, and the addresses below them."""
    lines: list[Line] = []
    for source in sources:
        lines += bullet(source_title(source), width)
        if source.address and source.address != "computed":
            lines += _address(source.address, width)
    return lines


def source_title(source: Source) -> str:
    """What a source is called; the one that records call “the article” says that it is that one."""
    return f"the article: {source.title}" if source.id == ARTICLE else source.title


def _address(address: str, width: int) -> list[Line]:
    """An address, broken after its own punctuation where it must be."""
    room = max(width - 2, 8)
    lines: list[Line] = []
    current = ""
    for piece in re.split(r"(?<=[/?&=_. -])", address):
        if current and cells(current + piece) > room:
            lines.append((Run(f"  {current.rstrip()}", "dim"),))
            current = ""
        current += piece
    if current.strip():
        lines += [(Run("  "), *line) for line in wrap(current, room, "dim")]
    return lines


def as_of_text(as_of: str, *, certain: bool) -> str:
    """`known to 2026-10-04`, or past that day: `last known, as of 2026-10-04`."""
    return f"known to {as_of}" if certain else f"last known, as of {as_of}"
