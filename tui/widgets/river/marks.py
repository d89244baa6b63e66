"""The entries of the timeline: events and passes as marks, crews and light as stretches, read from frames."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from sim.language import N_, _
from sim.language.lists import clauses
from sim.language.names import one_name, short_ship_name
from sim.language.phrase import Phrase
from sim.orbit.uncertainty import expected_error
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.chronicle import Chronicle
    from sim.chronicle.events import Event, EventKind
    from tui.drawing.time_axis import Axis
    from tui.session.frame import Frame

PASS, PASS_SEEN = "▵", "★"
PLAN = "◇"

SIGNS: dict[EventKind, tuple[str, str, int]] = {
    "record": ("◆", "alarm", 0),
    "spacewalk start": ("◆", "accent", 1),
    "spacewalk": ("◆", "accent", 1),
    "launch": ("▲", "good", 2),
    "docking": ("▶", "good", 3),
    "undocking": ("◀", "good", 4),
    "landing": ("▼", "good", 2),
    "re-entry": ("▼", "dim", 5),
    "handover": ("•", "good", 4),
    "module": ("■", "bar", 2),
    "milestone": ("■", "bar", 2),
    "raise": ("↑", "caution", 4),
    "lowering": ("↓", "caution", 4),
    "avoidance": ("↑", "alarm", 4),
    "partners": ("•", "accent", 5),
    "lesson": ("•", "dim", 6),
    "plan": (PLAN, "caution", 3),
}
"""Sign, style and rank of each kind of event that is shown; of two in one cell that of the lower rank is seen."""

_PASS_RANK = 8


class Mark(msgspec.Struct, frozen=True, gc=False):
    """An event or a pass, at one instant.

    Attributes:
        unix_s: When.
        sign: One character.
        style: Its colour, by name.
        label: What it is, in a few words; empty where the sign is enough.
        rank: The lower, the more important.
        plan: Whether it is announced and nothing more.
    """

    unix_s: float
    sign: str
    style: str
    label: str
    rank: int
    plan: bool = False

    @property
    def is_pass(self) -> bool:
        """Whether it is a pass: always still to come, and computed."""
        return self.sign in {PASS, PASS_SEEN}


KNOWN_STEP_S = 300.0
"""So often it is looked whether the position is known: two cells of the shortest span."""


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """A stretch of time: a crew aboard, sunlight or shadow, or that neither is known.

    Attributes:
        begin_s: From when, `unix_s`.
        end_s: Till when; infinite where no end is known.
        glyph: What it is drawn with.
        style: Its colour, by name.
        label: What it is.
        is_light: Whether it tells of light and shadow, which are computed, and not of people.
    """

    begin_s: float
    end_s: float
    glyph: str
    style: str
    label: str
    is_light: bool = False


def marks(frame: Frame, axis: Axis) -> list[Mark]:
    """Events and passes in sight, in order of time."""
    begin_s, end_s = axis.start_s, axis.start_s + axis.span_s
    found = [
        mark for event in frame.events.between(begin_s, end_s) if (mark := _of_event(event, frame.unix_s)) is not None
    ]
    cell_s = axis.span_s / axis.columns
    if cell_s <= 7200.0:  # else they would stand in every cell
        found += [mark for mark in _passes(frame, labelled=cell_s <= 1800.0) if begin_s <= mark.unix_s < end_s]
    return sorted(found, key=lambda mark: mark.unix_s)


def _of_event(event: Event, now_s: float) -> Mark | None:
    known = SIGNS.get(event.kind)
    # An announcement that is over: what came of it stands there by itself.
    if known is None or (event.planned and event.until_s < now_s):
        return None
    sign, style, rank = known
    return Mark(event.unix_s, sign, style, _short(event), rank, event.planned)


_SHORT_TEMPLATES = {
    "{ship} docks at {port}": N_("{ship} docks"),
    "{ship} undocks from {port}": N_("{ship} undocks"),
    "{ship} is in its place at {port}": N_("{ship} is in its place"),
    "Planned: {what} ({text})": "{what}",
    "the orbit is raised by {size} ({change_m_s:.1f} m/s)": N_("raised by {size}"),
    "the orbit is possibly raised by {size} ({change_m_s:.1f} m/s)": N_("possibly raised by {size}"),
    "the orbit is lowered by {size} ({change_m_s:.1f} m/s)": N_("lowered by {size}"),
    "the orbit is possibly lowered by {size} ({change_m_s:.1f} m/s)": N_("possibly lowered by {size}"),
    "Lesson {number} from orbit: {people}": N_("lesson {number}"),
    "Lesson {number} from orbit, in {place}: {people}": N_("lesson {number}"),
}
"""Few words for what an event says in a whole sentence."""


def _short(event: Event) -> str:
    """The title of an event in few words: who took part and at which port stands in the other views."""
    if event.kind == "record":
        return _("world record")
    if event.kind == "handover":
        return _("handover")
    if event.kind in {"spacewalk", "spacewalk start"}:
        return _("spacewalk {number}").format(number=event.spacewalk)
    template = _SHORT_TEMPLATES.get(event.phrase.template)
    title = event.title if template is None else Phrase(template, event.phrase.parts).text
    return title.partition(" at ")[0].partition(" from ")[0].partition(" (")[0].partition("（")[0]


def _passes(frame: Frame, *, labelled: bool) -> Iterator[Mark]:
    for pass_ in frame.passes or ():
        seen = pass_.grade > 0
        label = ""
        if seen and labelled:
            rise = frame.clock_time(pass_.rise.unix_s, quantities.minute_pattern(pass_.error))
            label = clauses((rise, f"{pass_.peak.elevation_deg:.0f}°"))
        sign, style = (PASS_SEEN, "good") if seen else (PASS, "dim")
        yield Mark(pass_.rise.unix_s, sign, style, label, _PASS_RANK - pass_.grade)


def crews(book: Chronicle) -> list[Stretch]:
    """Each crew from its docking to its undocking, the earliest first."""
    found: dict[str, list[str]] = {}
    times: dict[str, tuple[float, float]] = {}
    for member in book.crew_members:
        if member.dock is None:
            continue
        found.setdefault(member.mission, []).append(one_name(member.name, member.name_zh))
        end_s = math.inf if member.undock is None else member.undock.unix_s
        times[member.mission] = (member.dock.unix_s, end_s)
    ordered = sorted(times, key=lambda mission: times[mission][0])
    return [
        Stretch(
            *times[mission],
            "━",
            ("bar", "bar-alt")[number % 2],
            f"{short_ship_name(mission)} {' · '.join(found[mission])}",
        )
        for number, mission in enumerate(ordered)
    ]


def light(frame: Frame, end_s: float) -> list[Stretch]:
    """Sunlight, shadow, and hours of which neither is known, in turn up to an instant.

    Of the eclipses where they are computed, else of the track that frames hold.
    """
    track = (*frame.past, *frame.future)
    if not track:
        return []
    eclipses = frame.eclipses or ()
    shadows = [(eclipse.enter, eclipse.leave) for eclipse in eclipses if not eclipse.penumbra_only]
    dark = [span for span in _of_track(frame) if not shadows or span[1] <= shadows[0][0]] + shadows
    last_s = max([track[-1].unix_s, *(eclipse.leave for eclipse in eclipses)])
    found: list[Stretch] = []
    for begin_s, stop_s, known in _known_spans(frame, track[0].unix_s, min(last_s, end_s + KNOWN_STEP_S)):
        if known:
            found += _lit_and_dark(begin_s, stop_s, dark)
        else:
            found.append(Stretch(begin_s, stop_s, "┄", "dim", _("not known"), is_light=True))
    return found


def _lit_and_dark(begin_s: float, stop_s: float, dark: list[tuple[float, float]]) -> Iterator[Stretch]:
    """Sunlight and shadow in turn."""
    for enter_s, leave_s in dark:
        if begin_s < leave_s and enter_s < stop_s:
            if begin_s < enter_s:
                yield Stretch(begin_s, enter_s, "━", "caution", _("sunlight"), is_light=True)
            yield Stretch(max(begin_s, enter_s), min(leave_s, stop_s), "░", "night", _("shadow"), is_light=True)
            begin_s = leave_s
    if begin_s < stop_s:
        yield Stretch(begin_s, stop_s, "━", "caution", _("sunlight"), is_light=True)


def _known_spans(frame: Frame, begin_s: float, end_s: float) -> list[tuple[float, float, bool]]:
    """Spans of time in which the position is known, and in which it is not, in turn."""
    instants = (begin_s + KNOWN_STEP_S * step for step in range(math.ceil((end_s - begin_s) / KNOWN_STEP_S)))
    runs = groupby(instants, key=lambda unix_s: expected_error(frame.orbit, unix_s).position_known)
    starts = [(next(run), known) for known, run in runs]
    ends = [start_s for start_s, _known in starts[1:]] + [end_s]
    return [(start_s, stop_s, known) for (start_s, known), stop_s in zip(starts, ends, strict=True)]


def _of_track(frame: Frame) -> list[tuple[float, float]]:
    """Stretches of the track without the whole Sun; each point stands for the time up to the next."""
    spans: list[tuple[float, float]] = []
    begun_s: float | None = None
    for point in (*frame.past, *frame.future):
        if not point.sunlit and begun_s is None:
            begun_s = point.unix_s
        elif point.sunlit and begun_s is not None:
            spans.append((begun_s, point.unix_s))
            begun_s = None
    if begun_s is not None:
        spans.append((begun_s, frame.future[-1].unix_s if frame.future else begun_s))
    return spans
