"""Facts as lines: dates with their precision, conflicting statements, sources, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.names import short_ship_name
from tui.drawing.styled_text import Line, Run, linked, pad, wrap
from tui.drawing.styled_text import width as cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.chronicle import Chronicle, PartialDate, Source, Spacewalk
    from sim.chronicle.model import PortKey

NOT_PUBLISHED = N_("not published")
"""What the agency did not publish."""

PORT_WORDS: dict[PortKey, str] = {
    "forward": N_("forward"),
    "nadir": N_("nadir"),
    "aft": N_("aft"),
    "starboard": N_("starboard"),
    "port side": N_("port side"),
}
"""Where a ship or a laboratory is docked, in the order in which it is listed."""

NOT_FOUND = N_("not found")
"""What stands in no source that was read."""

_PRECISION_NOTES = {
    "day": N_("{date} (day only)"),
    "month": N_("{date} (month only)"),
    "year": N_("{date} (year only)"),
}


def chinese_names(book: Chronicle) -> dict[str, str]:
    """Chinese names of ships and modules by their Latin names."""
    ships = {mission.name: mission.name_zh for mission in book.missions}
    return ships | {module.name: module.name_zh for module in book.modules}


def date_text(when: PartialDate | None, *, unknown: str = NOT_FOUND) -> str:
    """`2024-12-17 04:51Z`, `2023-02-28 (day only)`, `~2025-08-15 08:00Z`, or `unknown`."""
    if when is None:
        return _(unknown)
    about = "~" if when.approximate else ""
    if not when.is_instant:
        return _(_PRECISION_NOTES[when.precision]).format(date=f"{about}{when.text}")
    day, time = when.text[:10], when.text[11:19]
    return f"{about}{day} {time[:5] if when.precision == 'minute' else time}Z"


def caption_line(caption: str, text: str, width: int, style: str = "", *, indent: int = 12) -> list[Line]:
    """A caption of `indent` cells, and a text that wraps to its right."""
    room = max(width - indent, 8)
    wrapped = wrap(text, room, style) or [()]
    head: Line = (Run(pad(caption, max(indent, cells(caption) + 1)) if caption else " " * indent, "dim"),)
    blank: Line = (Run(" " * indent),)
    return [(*(head if row == 0 else blank), *line) for row, line in enumerate(wrapped)]


def bullet(text: str, width: int, style: str = "", *, mark: str = "· ", mark_style: str = "dim") -> list[Line]:
    """A text that wraps to the right of a mark."""
    indent = cells(mark)
    wrapped = wrap(text, max(width - indent, 8), style)
    return [(Run(mark if row == 0 else " " * indent, mark_style), *line) for row, line in enumerate(wrapped)]


def heading(text: str) -> list[Line]:
    """An empty line and a heading."""
    return [(), (Run(text, "accent"),)]


def link(text: str, action: str, width: int) -> list[Line]:
    """A link for Enter and clicks, which run an action; runs of spaces are kept if it fits into one line."""
    if cells(text) + 2 <= width:
        return [(Run("→ ", "key", action), Run(text, "", action))]
    return [linked(line, action) for line in bullet(text, width, mark="→ ", mark_style="key")]


def go_link(step: str, when: PartialDate | None, width: int, *, later: bool = False) -> list[Line]:
    """A step with its time, as a link that moves the clock there if the time is known; a later step is marked."""
    if when is None:
        return [(Run(f"  {step}", "dim"), Run(f"  {_(NOT_FOUND)}", "dim"))]
    action = f"screen.go({when.unix_s!r})"
    mark = _("{time}  later").format(time=date_text(when)) if later else date_text(when)
    line: Line = (Run("→ ", "key", action), Run(f"{pad(step, 12)} ", "dim", action), Run(mark, "", action))
    if sum(cells(run.text) for run in line) <= width:
        return [line]
    return [line[:2], *bullet(mark, width, mark="    ")]


def source_lines(sources: Iterable[Source], width: int) -> list[Line]:
    """Titles of sources, with their addresses below them."""
    lines: list[Line] = []
    for source in sources:
        lines += bullet(source.title, width)
        if source.address and source.address != "computed":
            lines += _address(source.address, width)
    return lines


def _address(address: str, width: int) -> list[Line]:
    """An address, broken after punctuation where it is too long."""
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
    """Nothing while a table is known for the instant; past its last day `last known, as of 2026-10-10`."""
    return "" if certain else _("last known, as of {day}").format(day=as_of)


def table_as_of_text(book: Chronicle, table: str, unix_s: float) -> str:
    """The same of a table of the chronicle at an instant."""
    as_of = book.as_of[table]
    return as_of_text(as_of.date, certain=unix_s < as_of.unix_s)


def walk_link(walk: Spacewalk, length: str, width: int, *, ship: bool = False) -> list[Line]:
    """A spacewalk to open in its own view: number, day, a length or what stands for it, and the ship if wanted."""
    text = f"{walk.number:>2}  {walk.day.date}  {length}"
    if ship:
        text = f"{text}  {short_ship_name(walk.mission)}"
    return link(text, f"screen.see({walk.begins_unix_s!r}, 'spacewalks', 'Spacewalk {walk.number}')", width)
