"""Details of one spacewalk, with links that play it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.language import N_, _
from sim.language.lists import comma_list
from sim.time import duration_text
from tui.drawing.styled_text import Line, Run, wrap
from tui.views.spacewalks.bars import towards_record
from tui.widgets.selectable import SubjectText
from tui.widgets.table import facts_key
from tui.wording.facts import NOT_FOUND, NOT_PUBLISHED, caption_line, date_text, link
from tui.wording.proof import Explained, explain_link, note_lines

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle import Spacewalk
    from tui.session.frame import Frame

BEFORE_FALL_S = 60.0
"""The link to the broken record begins this long before it (s)."""


class SpacewalkDetail(SubjectText):
    """Details of the spacewalk under the cursor."""

    station_only = True
    BORDER_TITLE = N_("spacewalk")

    def content_key(self, frame: Frame) -> Hashable:
        """The spacewalk and the facts; the second while one is under way."""
        under_way = frame.status.facts.spacewalk is not None
        return self.subject, facts_key(frame), int(frame.unix_s // (1 if under_way else DAY_S))

    def content(self, frame: Frame, width: int) -> list[Line]:
        walk = self._begun(frame)
        if walk is None:
            return wrap(_("no spacewalk yet at this instant"), width, "dim")
        return list(_walk(frame, walk, width))

    def explained(self, frame: Frame) -> list[Explained]:
        walk = self._begun(frame)
        if walk is None:
            return []
        return [
            Explained(
                _("Spacewalk {number}").format(number=walk.number), walk.proof, walk.over_unix_s, origin=walk.origin
            )
        ]

    def _begun(self, frame: Frame) -> Spacewalk | None:
        begun = (walk for walk in frame.chronicle.spacewalks if walk.begins_unix_s <= frame.unix_s)
        return next((walk for walk in begun if str(walk.number) == self.subject), None)


def _walk(frame: Frame, walk: Spacewalk, width: int) -> Iterator[Line]:
    yield (Run(_("Spacewalk {number}").format(number=walk.number), "accent"), Run(f"  {_(walk.mission)}"))
    yield from _links(frame, walk, width)
    yield ()
    yield from caption_line(_("length"), *_length(frame, walk, width))
    yield from caption_line(_("against"), *_against(frame, walk, width))
    yield from caption_line(_("day"), f"{'~' if walk.day.approximate else ''}{walk.day.date}", width)
    over = walk.over_unix_s <= frame.unix_s
    yield from caption_line(_("opened"), date_text(walk.start, unknown=_absence(walk, "start")), width)
    if walk.second_out is not None and walk.second_out.unix_s <= frame.unix_s:
        yield from caption_line(_("second out"), date_text(walk.second_out), width)
    closed = date_text(walk.end, unknown=_absence(walk, "end")) if over or walk.end is None else _("not yet")
    yield from caption_line(_("closed"), closed, width)
    yield from caption_line(_("outside"), comma_list(map(_, walk.outside)) or _(NOT_FOUND), width, "value")
    yield from caption_line(_("inside"), comma_list(map(_, walk.inside)) or _(NOT_FOUND), width)
    yield from caption_line(_("hatch"), _(walk.exit or NOT_FOUND), width)
    yield from caption_line(_("suits"), _(walk.suits or NOT_FOUND), width)
    yield from caption_line(_("done"), _(walk.tasks or NOT_FOUND) if over else _("not over yet"), width)
    yield from note_lines(walk.proof, walk.over_unix_s, frame.unix_s, frame.chronicle.events, width)
    yield from explain_link(width)


def _absence(walk: Spacewalk, field: str) -> str:
    """Why a time or length is absent: the agency did not publish it, or no source that was read has it."""
    return _(NOT_PUBLISHED) if field in walk.not_published else _(NOT_FOUND)


def _links(frame: Frame, walk: Spacewalk, width: int) -> Iterator[Line]:
    if walk.has_exact_times and walk.start is not None and walk.end is not None:
        for fall in frame.chronicle.record_falls:
            if fall.spacewalk.number == walk.number:
                text = (
                    _("watch the world record being broken, {instant}  later")
                    if fall.unix_s > frame.unix_s
                    else _("watch the world record being broken, {instant}")
                )
                words = text.format(instant=f"{fall.text[:10]} {fall.text[11:16]}Z")
                yield from link(words, f"screen.play({fall.unix_s - BEFORE_FALL_S!r}, {2.0 * BEFORE_FALL_S!r})", width)
        length_s = walk.end.unix_s - walk.start.unix_s
        yield from link(_("play from the hatch opening"), f"screen.play({walk.start.unix_s!r}, {length_s!r})", width)
        yield from link(_("go to its end"), f"screen.go({walk.end.unix_s!r})", width)
    else:
        # The times are unknown or approximate.
        yield from link(_("go to that day; its times are not fully known"), f"screen.go({walk.day.unix_s!r})", width)
        if walk.end is not None:
            yield from link(_("go to its end"), f"screen.go({walk.end.unix_s!r})", width)


def _length(frame: Frame, walk: Spacewalk, width: int) -> tuple[str, int, str]:
    facts = frame.status.facts
    if facts.spacewalk is not None and facts.spacewalk.spacewalk.number == walk.number:
        span = duration_text(facts.spacewalk.elapsed_s)
        return _("{span} so far, under way").format(span=span), width, "alarm"
    if frame.unix_s < walk.over_unix_s:
        return _("on this day; its times are not fully known"), width, "caution"
    text = {
        "exact": "{length}",
        "approximate": _("{length}, approximately"),
        "at least": _("{length}, at least"),
        "unknown": _absence(walk, "duration"),
    }[walk.duration.kind].format(length=walk.duration.text)
    return text, width, "value" if walk.duration.is_exact else "caution"


def _against(frame: Frame, walk: Spacewalk, width: int) -> tuple[str, int, str]:
    """Difference from the world record before Tiangong."""
    mark = frame.chronicle.world_record_before
    facts = frame.status.facts
    if mark is None or mark.duration.minutes is None:
        return _(NOT_FOUND), width, "dim"
    held = _("{length} of {mission}").format(length=mark.duration.text, mission=mark.mission)
    if facts.spacewalk is not None and facts.spacewalk.spacewalk.number == walk.number:
        words, style = towards_record(facts.spacewalk.elapsed_s, facts.spacewalk.world_record_s)
        return _("{words} ({record})").format(words=words, record=held), width, style
    if walk.duration.minutes is None or frame.unix_s < walk.over_unix_s:
        return _("? the {record}").format(record=held), width, "dim"
    gap = walk.duration.minutes - mark.duration.minutes
    if walk.duration.is_exact:
        text = _("{gap} longer than the {record}") if gap > 0 else _("{gap} shorter than the {record}")
    else:
        text = _("about {gap} longer than the {record}") if gap > 0 else _("about {gap} shorter than the {record}")
    words = text.format(gap=f"{abs(gap) // 60}:{abs(gap) % 60:02d}", record=held)
    return words, width, "alarm" if gap > 0 else ""
