"""Firsts and records as they stood at the instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle import Proof
from sim.language import N_, _
from sim.language.lists import comma_list
from sim.language.names import short_ship_name
from tui.drawing.styled_text import Line, Run
from tui.drawing.styled_text import width as cells
from tui.widgets.selectable import ScrollingText
from tui.widgets.table import facts_key
from tui.wording.facts import bullet
from tui.wording.proof import Explained, explain_link

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sim.chronicle.statistics import RecordLine
    from tui.session.frame import Frame

TENTH_OF_DAY_S = 8640.0
"""Records are given to a tenth of a day, so they are recomputed only that often."""

_HOLDERS_SHOWN = 3


class CrewRecords(ScrollingText):
    """Records and firsts with their holders, and the sources."""

    station_only = True
    BORDER_TITLE = N_("firsts and records")

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """Until when the records are known."""
        as_of = frame.chronicle.as_of["people"]
        certain = frame.unix_s < as_of.unix_s
        return _("firsts and records"), _("as they stood") if certain else _("as of {day}").format(day=as_of.date)

    def content_key(self, frame: Frame) -> Hashable:
        """The facts and the tenth of a day."""
        return facts_key(frame), int(frame.unix_s / TENTH_OF_DAY_S)

    def content(self, frame: Frame, width: int) -> list[Line]:
        """Records and firsts, then the sources."""
        records = frame.chronicle.records_at(frame.unix_s)
        lines: list[Line] = []
        for record in records:
            lines += _entry(record, width)
        return [*lines, *explain_link(width)] if lines else lines

    def explained(self, frame: Frame) -> list[Explained]:
        """What each record rests on."""
        return [
            Explained(
                _("{title}: {text}").format(title=_(record.label), text=record.amount_text),
                Proof(record.sources),
                frame.unix_s,
                ((_("how"), _("computed from the records") if record.computed else _("as the sources state it")),),
            )
            for record in frame.chronicle.records_at(frame.unix_s)
        ]


def _entry(record: RecordLine, width: int) -> list[Line]:
    """The title of the record; below it the value and the holders."""
    names = [short_ship_name(name) for name in record.holders]
    more = len(names) - _HOLDERS_SHOWN
    holders = (
        comma_list(names)
        if more <= 1
        else _("{names} and {count} more").format(names=comma_list(names[:_HOLDERS_SHOWN]), count=more)
    )
    what = bullet(_(record.label), width, "dim", mark="")
    value = f"  {record.amount_text}  "
    if cells(value) > width // 2:
        return [*what, (Run(value.rstrip(), "value"),), *bullet(holders, width, "accent", mark="  ")]
    return [*what, *bullet(holders, width, "accent", mark=value, mark_style="value")]
