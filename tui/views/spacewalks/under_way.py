"""The spacewalk under way: duration, astronauts, and time to the world record; hidden while there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from sim.language.lists import comma_list
from sim.time import duration_text
from tui.drawing.styled_text import Line, Run, bar, choose
from tui.views.spacewalks.bars import SCALE_MIN, towards_record
from tui.widgets.panel import PanelContent

if TYPE_CHECKING:
    from sim.chronicle import WalkUnderWay
    from tui.session.frame import Frame


class SpacewalkNow(PanelContent):
    """Counts up during a spacewalk; on days with one whose times were not published, says that it may be under way."""

    station_only = True
    takes_keys = False

    def is_there(self, frame: Frame) -> bool:
        """During a spacewalk, or on the day of one whose times are not known."""
        facts = frame.status.facts
        return facts.spacewalk is not None or facts.spacewalk_possible is not None

    def title(self, frame: Frame) -> tuple[str, str]:
        facts = frame.status.facts
        if facts.spacewalk is not None:
            return _("spacewalk {number} under way").format(number=facts.spacewalk.spacewalk.number), ""
        walk = facts.spacewalk_possible
        return "" if walk is None else _("spacewalk {number} on this day").format(number=walk.number), ""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Clock, names, bar, and time to the record."""
        facts = frame.status.facts
        if facts.spacewalk is not None:
            return _under_way(frame, facts.spacewalk, width)
        walk = facts.spacewalk_possible
        if walk is None:
            return []
        names = comma_list(map(_, walk.outside)) or _("names not found")
        return [
            choose(width, (Run(names, "accent"), Run(f"  {_(walk.mission)}", "dim")), (Run(names, "accent"),)),
            choose(
                width,
                (Run(_("The times are not fully known: it may be under way at this instant."), "caution"),),
                (Run(_("Times not known: it may be under way."), "caution"),),
            ),
        ]


def _under_way(frame: Frame, walk: WalkUnderWay, width: int) -> list[Line]:
    names = comma_list(map(_, walk.spacewalk.outside))
    clock = Run(_("{span} outside").format(span=duration_text(walk.elapsed_s)), "alarm")
    mission = _(walk.spacewalk.mission)
    place = (
        _("{mission} from {hatch}").format(mission=mission, hatch=_(walk.spacewalk.exit))
        if walk.spacewalk.exit
        else mission
    )
    words, style = towards_record(walk.elapsed_s, walk.world_record_s)
    mark = frame.chronicle.world_record_before
    at = round((mark.duration.minutes or 0) / SCALE_MIN * width) if mark is not None else 0
    filled = bar(walk.elapsed_s / 60.0 / SCALE_MIN, width)
    line: Line = (
        (Run(filled[:at], "good"), Run("│", "mark"), Run(filled[at + 1 :], "alarm"))
        if 0 < at < width
        else (Run(filled, "good"),)
    )
    held = "" if mark is None else f"  {mark.duration.text} {mark.mission}"
    return [
        choose(
            width,
            (clock, Run(f"  {names}", "accent"), Run(f"  {place}", "dim")),
            (clock, Run(f"  {names}", "accent")),
            (clock,),
        ),
        line,
        choose(width, (Run(words, style), Run(held, "dim")), (Run(words, style),)),
    ]
