"""A story as text, with the numbers of its sources behind each sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import _
from sim.time import iso_z
from tui.drawing.styled_text import wrapped

if TYPE_CHECKING:
    from sim.chronicle import Source
    from sim.stories.model import Step, Story

WIDTH = 78


def story_lines(story: Story) -> list[str]:
    """Title, steps with their instants, then the sources."""
    numbers: dict[Source, int] = {}
    lines = [_(story.title), *_indented(_(story.summary)), ""]
    for number, step in enumerate(story.steps, start=1):
        lines += [f"{number}. {_when(step)}", *_indented(_told(step, numbers), "   ", "   "), ""]
    lines.append(_("Sources"))
    for source, number in numbers.items():
        where = "" if source.address == "computed" else f", {source.address}"
        lines += _indented(f"[{number}] {source.title}{where}", "", "    ")
    return lines


def _indented(text: str, first: str = "", others: str = "") -> list[str]:
    """Lines of at most `WIDTH` cells, the first and the others after so many blanks."""
    return [f"{others if row else first}{line}" for row, line in enumerate(wrapped(text, WIDTH - len(others)))]


def _when(step: Step) -> str:
    if step.unix_s is None:
        return _("now")
    day_only = step.unix_s % DAY_S == 0.0
    written = iso_z(step.unix_s)
    return written[:10] if day_only else f"{written[:10]} {written[11:16]} UTC"


def _told(step: Step, numbers: dict[Source, int]) -> str:
    """The sentences; sources get the next number when they are first named."""
    parts = []
    for sentence in step.sentences:
        named = [numbers.setdefault(source, len(numbers) + 1) for source in sentence.sources]
        parts.append(f"{_(sentence.text)} [{', '.join(map(str, named))}]")
    return " ".join(parts)
