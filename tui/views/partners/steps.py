"""The steps of the international programme through time, with the instant among them and what is planned at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known, known_s, plan_known_s
from sim.constants import DAY_S
from sim.language import _
from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, wrap
from tui.widgets.selectable import ScrollingText
from tui.wording.facts import bullet, heading, table_as_of_text
from tui.wording.proof import Explained, explain_link

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle.model.occasions import PartnerStep, Plan
    from tui.session.frame import Frame


class PartnerSteps(ScrollingText):
    """Date and what happened; Enter goes there."""

    station_only = True

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        return _("steps, and what comes next"), table_as_of_text(frame.chronicle, "partners", frame.unix_s)

    def content_key(self, frame: Frame) -> Hashable:
        """The day: nothing here is known to the hour."""
        return int(frame.unix_s // DAY_S)

    def content(self, frame: Frame, width: int) -> list[Line]:
        """Steps so far, the instant, what was planned then, and the days of later steps without their text."""
        now_s = frame.unix_s
        lines: list[Line] = []
        for step in frame.chronicle.partner_steps:
            if is_known(step.day, now_s):
                lines += _step(step, width)
        shown = _("{day}  the instant shown").format(day=f"{to_datetime(now_s):%Y-%m-%d}")
        lines.append((Run("▶ ", "mark"), Run(shown, "mark")))
        plans = frame.chronicle.plans_at(now_s)
        if plans:
            lines += heading(_("What comes next, as said by then"))
        for plan in plans:
            lines += bullet(_planned(plan), width, "caution", mark="◇ ", mark_style="caution")
        later = [step for step in frame.chronicle.partner_steps if not is_known(step.day, now_s)]
        if later:
            lines += heading(_("Later steps, to go to"))
        for step in later:
            action = f"screen.go({known_s(step.day)!r})"
            lines.append((Run("○ ", "dim", action), Run(_("{day}  later").format(day=step.day.text), "dim", action)))
        return [*lines, *explain_link(width)]

    def explained(self, frame: Frame) -> list[Explained]:
        """Every step so far, then the plans."""
        book, now_s = frame.chronicle, frame.unix_s
        edge_s = book.as_of["plans"].unix_s
        return [
            *(
                Explained(_(step.text), step.proof, known_s(step.day), action=_go(step), origin=step.origin)
                for step in book.partner_steps
                if is_known(step.day, now_s)
            ),
            *(
                Explained(_planned(plan), plan.proof, plan_known_s(plan, edge_s), ((_("said"), _stated(plan)),))
                for plan in book.plans_at(now_s)
            ),
        ]


def _planned(plan: Plan) -> str:
    return _("planned: {what}: {text}").format(what=_(plan.what), text=_(plan.text))


def _stated(plan: Plan) -> str:
    return _("no date of the statement") if plan.stated is None else plan.stated.text


def _go(step: PartnerStep) -> str:
    return f"screen.go({step.day.unix_s!r})"


def _step(step: PartnerStep, width: int) -> Iterator[Line]:
    text = {
        "month": _("{day} (month only)"),
        "year": _("{day} (year only)"),
    }.get(step.day.precision, "{day}")
    yield (Run("● ", "bar", _go(step)), Run(text.format(day=step.day.text), "value", _go(step)))
    for line in wrap(_(step.text), width - 2):
        yield (Run("│ ", "dim"), *line)
