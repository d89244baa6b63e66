"""The steps of the international programme on a line through time, with the instant between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, wrap
from tui.widgets.selectable import ScrollingText
from tui.wording.facts import as_of_text, bullet, source_lines, source_title

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle.model import PartnerStep, Plan
    from tui.session.frame import Frame


class PartnerSteps(ScrollingText):
    """Date, what happened, where it was read; Enter goes there."""

    caption = "timeline"

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """How far it is known."""
        as_of = frame.chronicle.as_of["partners"]
        return "timeline", as_of_text(as_of.date, certain=frame.unix_s < as_of.unix_s)

    def content_key(self, frame: Frame) -> Hashable:
        """The day: nothing here is known to the hour."""
        return int(frame.unix_s // DAY_S)

    def content(self, frame: Frame, width: int) -> list[Line]:
        """Steps in order, the instant among them, what is planned below."""
        lines: list[Line] = []
        here = False
        for step in frame.chronicle.partner_steps:
            if not here and step.day.unix_s > frame.unix_s:
                lines += [_instant(frame)]
                here = True
            lines += _step(step, width, later=here)
        if not here:
            lines += [_instant(frame)]
        for plan in frame.chronicle.plans_at(frame.unix_s):
            lines += _planned(plan, width)
        return lines


def _instant(frame: Frame) -> Line:
    return (Run("▶ ", "mark"), Run(f"{to_datetime(frame.unix_s):%Y-%m-%d}  the instant shown", "mark"))


def _step(step: PartnerStep, width: int, *, later: bool) -> Iterator[Line]:
    action = f"screen.go({step.day.unix_s!r})"
    kind = "" if step.day.precision == "day" else f" ({step.day.precision} only)"
    late = "  later" if later else ""
    yield (
        Run("○ " if later else "● ", "dim" if later else "bar", action),
        Run(f"{step.day.text}{kind}", "dim" if later else "value", action), Run(late, "dim", action),
    )  # fmt: skip
    beside = wrap(step.text, width - 2, "dim" if later else "")
    for words in step.proof.unverified:
        beside += wrap(f"not verified: {words}", width - 2, "caution")
    sources = source_lines(step.proof.sources, width - 2)
    beside += [tuple(Run(run.text, "dim", run.action) for run in line) for line in sources] if later else sources
    for line in beside:
        yield (Run("│ ", "dim"), *line)


def _planned(plan: Plan, width: int) -> Iterator[Line]:
    yield (Run("◇ ", "caution"), Run("planned", "caution"))
    yield from bullet(f"{plan.what}: {plan.text}", width, "caution", mark="  ")
    for source in plan.proof.sources:
        yield from bullet(source_title(source), width - 2, "dim", mark="  · ")
