"""The pass under the cursor in whole sentences, and notes that concern the whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.lists import comma_list, joined
from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run, fit, wrap
from tui.drawing.styled_text import width as text_cells
from tui.views.passes.guide import place_sentence
from tui.widgets.panel import Panel
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.passes.model import Pass
    from tui.session.frame import Frame


MOST_ALARMS_TOLD = 4

WHY_ALONE = {
    "fading": N_("Expected timing error {error}: the elements will be days old by then."),
    "rough": N_("Expected timing error {error}: the elements will be too old for more."),
}
WHY_BETWEEN = dict.fromkeys(("fading", "rough"), N_("Expected timing error {error}: no elements are near."))
"""Why times are known no better: from one set alone, and between two sets."""

PATHS = {
    (True, True): N_(
        "It rises {day} at {rise} in the {from_where} ({from_deg:.0f}°), peaks {high:.0f}° high in the {where} "
        "({deg:.0f}°) at {peak}, {range_km:.0f} km away, and sets at {set} in the {to_where} ({to_deg:.0f}°)."
    ),
    (True, False): N_(
        "It rises {day} at {rise} in the {from_where} ({from_deg:.0f}°), peaks {high:.0f}° high in the {where} "
        "({deg:.0f}°) at {peak}, {range_km:.0f} km away, and stays up."
    ),
    (False, True): N_(
        "It is up already, peaks {high:.0f}° high in the {where} ({deg:.0f}°) at {peak}, {range_km:.0f} km away, "
        "and sets at {set} in the {to_where} ({to_deg:.0f}°)."
    ),
    (False, False): N_(
        "It is up already, peaks {high:.0f}° high in the {where} ({deg:.0f}°) at {peak}, {range_km:.0f} km away, "
        "and stays up."
    ),
}
"""The path of a pass, by whether its rise and its set are known."""

DOUBTS = (
    (
        "fading",
        (
            N_("Passes until {day} are dim: 3 to 7 days before the elements"),
            N_("Dim until {day}: 3 to 7 days before the elements"),
        ),
        (
            N_("Passes from {day} on are dim: the elements are more than 3 days old by then"),
            N_("Dim from {day} on: elements over 3 days old"),
        ),
    ),
    (
        "rough",
        (
            N_("Passes until {day} are marked ~: too long before the elements for seconds"),
            N_("Marked ~ until {day}: not known to seconds"),
        ),
        (
            N_("Passes from {day} on are marked ~: the elements are too old for seconds by then"),
            N_("Marked ~ from {day} on: not known to seconds"),
        ),
    ),
    (
        "unknown",
        (
            N_("Passes until {day} cannot be predicted: too far before the elements"),
            N_("None known until {day}: too far before the elements"),
        ),
        (
            N_("Passes from {day} on cannot be predicted: the place along the orbit is not known that far ahead"),
            N_("None known from {day} on: the elements are too old then"),
        ),
    ),
)
"""What is said of passes that are less reliable: those before the epoch of the elements, and those after it. Each as a
sentence, and in fewer words for where that would take a second line."""


class PassDetail(Panel):
    """One pass in sentences, or in fewer words where there are too few lines for them.

    Attributes:
        pass_: The pass; `None` while there is none under the cursor.
    """

    BORDER_TITLE = N_("this pass")

    pass_: Pass | None = None

    def title(self, frame: Frame) -> tuple[str, str]:
        """What Enter does with the pass."""
        return _(self.BORDER_TITLE), _("Enter: watch it") if self.pass_ is not None else ""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Grade and reason, then the sentences; one after the other, or in fewer words, where lines are scarce."""
        if self.pass_ is None:
            return [()]
        why, *rest = pass_sentences(frame, self.pass_)
        style = "caution" if self.pass_.grade else "dim"
        head: Line = (Run(f"{pass_text.stars(self.pass_.grade)} ", style), Run(why, "value"))
        each = [line for sentence in rest for line in wrap(sentence, width)]
        told = next((lines for lines in (each, wrap(joined(rest), width)) if len(lines) < height), None)
        if told is None:
            told = wrap(" ".join(pass_brief(frame, self.pass_)), width)
        return [head, *told]


def pass_sentences(frame: Frame, pass_: Pass) -> list[str]:
    """Reason for the grade; rise, peak and set; visibility, brightness, shadow and timing error: a sentence each."""
    known = pass_text.trust(frame.orbit, pass_.peak.unix_s)

    def time(unix_s: float) -> str:
        return frame.clock_time(unix_s, pass_text.clock_pattern(known))

    seen, hidden = _("Visible from {begin} to {end}."), _("Behind your horizon from {begin} to {end}.")
    sentences = [
        pass_.why,
        _path_sentence(frame, pass_, time),
        *(() if pass_.peak_known else (_("It goes higher beyond the time that is covered."),)),
        *(seen.format(begin=time(w.from_unix_s), end=time(w.to_unix_s)) for w in pass_.windows),
        *(hidden.format(begin=time(begin), end=time(end)) for begin, end in pass_.hidden),
    ]
    if pass_.magnitude is not None and pass_.standard is not None:
        bright = _("Peak brightness about {magnitude:+.1f} mag (±{error:g}): {comparison}.")
        comparison = pass_text.brightness(pass_.magnitude)
        sentences.append(bright.format(magnitude=pass_.magnitude, error=pass_.standard.error, comparison=comparison))
    if pass_.shadow_entry_unix_s is not None:
        sentences.append(_("It enters the Earth's shadow at {time}.").format(time=time(pass_.shadow_entry_unix_s)))
    if pass_.shadow_exit_unix_s is not None:
        sentences.append(_("It leaves the Earth's shadow at {time}.").format(time=time(pass_.shadow_exit_unix_s)))
    off = pass_text.timing_error(pass_)
    if off:
        between = frame.orbit.provenance(pass_.peak.unix_s).basis != "alone"
        said = (WHY_BETWEEN if between else WHY_ALONE).get(known, N_("Expected timing error {error}."))
        sentences.append(_(said).format(error=off))
    return sentences


def _path_sentence(frame: Frame, pass_: Pass, time: Callable[[float], str]) -> str:
    """When and where it rises, peaks and sets."""
    rise, peak, set_ = pass_.rise, pass_.peak, pass_.set
    return _(PATHS[pass_.rise_known, pass_.set_known]).format(
        day=frame.day_word(rise.unix_s),
        rise=time(rise.unix_s),
        from_where=quantities.compass(rise.azimuth_deg),
        from_deg=rise.azimuth_deg,
        peak=time(peak.unix_s),
        high=peak.elevation_deg,
        where=quantities.compass(peak.azimuth_deg),
        deg=peak.azimuth_deg,
        range_km=peak.range_km,
        set=time(set_.unix_s),
        to_where=quantities.compass(set_.azimuth_deg),
        to_deg=set_.azimuth_deg,
    )


def pass_brief(frame: Frame, pass_: Pass) -> list[str]:
    """The way, the visible part, brightness, light and error in fewer words."""

    def time(unix_s: float, pattern: str = quantities.minute_pattern(pass_.error)) -> str:
        return frame.time_of_day(unix_s, pattern)

    rise, peak, set_ = pass_.rise, pass_.peak, pass_.set
    begin = f"{time(rise.unix_s)} {quantities.compass(rise.azimuth_deg)}" if pass_.rise_known else _("up already")
    end = f"{time(set_.unix_s)} {quantities.compass(set_.azimuth_deg)}" if pass_.set_known else _("stays up")
    high = _("{degrees:.0f}° high").format(degrees=peak.elevation_deg)
    way = f"{begin} → {time(peak.unix_s)} {quantities.compass(peak.azimuth_deg)} {high} → {end}"
    texts = [way]
    exact = pass_text.clock_pattern(pass_text.trust(frame.orbit, peak.unix_s))
    for w in pass_.windows:
        seen = _("visible {begin}–{end}").format(begin=time(w.from_unix_s, exact), end=time(w.to_unix_s, exact))
        texts.append(f"· {seen}")
    if pass_.magnitude is not None:
        texts.append("· " + _("about {magnitude:+.1f} mag").format(magnitude=pass_.magnitude))
    return [
        *texts,
        f"· {pass_text.light_summary(pass_, frame.place, utc=frame.utc)} · {pass_text.timing_error(pass_)}".rstrip(
            " ·"
        ),
    ]


class PassNotes(Panel):
    """Notes on the list as a whole; takes no rows while there are none."""

    DEFAULT_CSS = "PassNotes { height: auto; max-height: 6; border: none; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = Memo[list[Line]]()

    def lines(self, frame: Frame, width: int) -> list[Line]:
        """The wrapped notes, recomputed once a minute or when the list changes."""
        minute = frame.unix_s // 60.0
        key = (
            minute,
            Identity(frame.passes),
            frame.place,
            frame.default_zone,
            frame.utc,
            frame.status.problem,
            frame.alarms,
            width,
        )
        return self._lines.get(key, lambda: note_lines(frame, width))

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The notes, at most as many lines as the view gives them; an ellipsis tells that there are more."""
        lines = self.lines(frame, width)
        if len(lines) <= height or height < 1:
            return lines
        return [*lines[: height - 1], fit((*lines[height - 1], Run(" …")), width)]


def note_lines(frame: Frame, width: int) -> list[Line]:
    """Notes, wrapped: position unknown, extreme latitudes, bright nights, clock changes, ageing elements."""
    unknown = pass_text.no_prediction_reason(frame.status, offline=frame.sources.offline)
    if unknown:
        return wrap(unknown, width, "alarm")
    last = frame.passes[-1].set.unix_s if frame.passes else frame.unix_s
    lines: list[Line] = []
    if frame.alarms:
        rises = comma_list(
            f"{frame.day_word(rise_unix_s)} {frame.clock_time(rise_unix_s, '%H:%M')}"
            for rise_unix_s in frame.alarms[:MOST_ALARMS_TOLD]
        )
        more = len(frame.alarms) - MOST_ALARMS_TOLD
        told = _("! Alarms: {rises}. ! on a pass sets one or cancels it.")
        if more > 0:
            told = _("! Alarms: {rises} and {more} more. ! on a pass sets one or cancels it.")
        lines += wrap(told.format(rises=rises, more=more), width, "good")
    covered = f"{frame.coverage[:1].upper()}{frame.coverage[1:]}"
    for note in (
        *([_("{sentence}.").format(sentence=covered)] if frame.coverage else []),
        *pass_text.place_notes(frame.status.element_set, frame.place, frame.unix_s),
        *(() if frame.utc else pass_text.clock_change_notes(frame.place, frame.unix_s, last)),
        *_confidence_notes(frame, width),
    ):
        lines += wrap(note, width, "caution")
    if frame.default_zone is not None:
        lines += wrap(joined([place_sentence(frame), _("o chooses one.")]), width, "dim")
    return lines


def _confidence_notes(frame: Frame, width: int) -> list[str]:
    """From which day on, or until which before the elements' epoch, predictions are less reliable, and by how much."""
    notes = []
    found = (*(frame.passes or ()), *frame.unpredicted)
    alone = [p for p in found if frame.orbit.provenance(p.peak.unix_s).basis == "alone"]
    trusts = [(p, pass_text.trust(frame.orbit, p.peak.unix_s)) for p in alone]
    notes += _between_sets_notes(frame, [p for p in found if p not in alone])
    for trust, before, after in DOUBTS:
        doubted = [(p, frame.orbit.provenance(p.peak.unix_s).age_days < 0.0) for p, known in trusts if known == trust]
        earlier, later = [p for p, ahead in doubted if ahead], [p for p, ahead in doubted if not ahead]
        if earlier:
            notes.append(_doubt(frame, before, earlier[-1], width))
        if later:
            notes.append(_doubt(frame, after, later[0], width))
    return notes


def _between_sets_notes(frame: Frame, found: list[Pass]) -> list[str]:
    """Which passes between two distant sets are known to minutes only, and which not at all."""
    trusts = [(p, pass_text.trust(frame.orbit, p.peak.unix_s)) for p in found]
    notes = []
    if rough := [p for p, known in trusts if known == "rough"]:
        worst = max(rough, key=lambda p: p.error.p90_s if p.error is not None else 0.0)
        told = _("Passes marked ~ ({days}) may be minutes off, as no elements are near; {shares}.")
        if len(rough) > 1:
            told = _(
                "Passes marked ~ ({days}) may be minutes off, as no elements are near; the least certain: {shares}."
            )
        notes.append(told.format(days=_days(frame, rough), shares=pass_text.timing_shares(worst)))
    if unknown := [p for p, known in trusts if known == "unknown"]:
        told = _("Passes {days} cannot be predicted: no elements are near.")
        notes.append(told.format(days=_days(frame, unknown)))
    return notes


def _days(frame: Frame, found: list[Pass]) -> str:
    first, last = _day(frame, found[0]), _day(frame, found[-1])
    return first if first == last else _("{begin} to {end}").format(begin=first, end=last)


def _day(frame: Frame, pass_: Pass) -> str:
    return frame.day_word(pass_.rise.unix_s)


def _doubt(frame: Frame, statements: tuple[str, str], pass_: Pass, width: int) -> str:
    """One of `DOUBTS`, with the day of a pass and its error: the first form that fits in a line, else the last."""
    error = pass_text.timing_error(pass_)
    told = ""
    for statement in statements:
        said = _(statement).format(day=_day(frame, pass_))
        told = _("{sentence}.").format(sentence=said)
        if error:
            told = _("{sentence} ({error}).").format(sentence=said, error=error)
        if text_cells(told) <= width:
            break
    return told
