"""Finds and highlights the links in the lines of a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.drawing.styled_text import Run, line_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.drawing.styled_text import Line

ON = "/on"
"""Ending of a style's name for text under the cursor."""


def actions_in(lines: Sequence[Line]) -> list[str]:
    """The actions of the links, in reading order; one that goes on in the next run or line counts once."""
    found: list[str] = []
    for line in lines:
        for run in line:
            if run.action and (not found or found[-1] != run.action):
                found.append(run.action)
    return found


def highlighted(line: Line, width: int) -> Line:
    """The line as it looks under the cursor, over the whole width."""
    filler = width - line_width(line)
    whole = (*line, Run(" " * filler)) if filler > 0 else line
    return tuple(Run(run.text, f"{run.style}{ON}", run.action) for run in whole)


def lit(lines: Sequence[Line], link: int) -> list[Line]:
    """The lines with one link as it looks under the cursor.

    Args:
        lines: Those of a panel.
        link: Number of the link, from 0 in reading order.
    """
    number, before = -1, ""
    shown: list[Line] = []
    for line in lines:
        runs: list[Run] = []
        for run in line:
            if run.action and run.action != before:
                number, before = number + 1, run.action
            here = run.action and number == link
            runs.append(Run(run.text, f"{run.style}{ON}", run.action) if here else run)
        shown.append(tuple(runs))
    return shown
