"""The pass under the cursor in whole sentences, and notes that concern the whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run, wrap
from tui.widgets.panel import Panel
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.passes.model import Moment, Pass
    from tui.session.frame import Frame


MOST_ALARMS_TOLD = 4

WHY_ALONE = {"fading": ": the elements will be days old by then", "rough": ": the elements will be too old for more"}
WHY_BETWEEN = {"fading": ": no elements are near", "rough": ": no elements are near"}
"""Why times are known no better: from one set alone, and between two sets."""


class PassDetail(Panel):
    """One pass in sentences, or in fewer words where there are three lines or less.

    Attributes:
        pass_: The pass; `None` while there is none under the cursor.
    """

    BORDER_TITLE = "this pass"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.pass_: Pass | None = None

    def title(self, frame: Frame) -> tuple[str, str]:
        """What Enter does with the pass."""
        return "this pass", "Enter: watch it" if self.pass_ is not None else ""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Grade and reason, then the sentences; one after the other where lines are scarce."""
        if self.pass_ is None:
            return [()]
        head, *rest = pass_sentences(frame, self.pass_) if height > 3 else pass_brief(frame, self.pass_)
        style = "caution" if self.pass_.grade else "dim"
        lines: list[Line] = [(Run(f"{pass_text.stars(self.pass_.grade)} ", style), Run(head, "value"))]
        text = " ".join(rest) if height < 8 else ""
        if text:
            return [*lines, *wrap(text, width)]
        for sentence in rest:
            lines += wrap(sentence, width)
        return lines


def pass_sentences(frame: Frame, pass_: Pass) -> list[str]:
    """Reason for the grade; rise, peak and set; visibility, brightness, shadow and timing error: a sentence each."""
    known = pass_text.trust(frame.orbit, pass_.peak.unix_s)

    def time(unix_s: float) -> str:
        return quantities.clock_time(unix_s, frame.place, utc=frame.utc, pattern=pass_text.clock_pattern(known))

    def where(moment: Moment) -> str:
        return f"in the {quantities.compass(moment.azimuth_deg)} ({moment.azimuth_deg:.0f}°)"

    day = quantities.day_word(pass_.rise.unix_s, frame.unix_s, frame.place, utc=frame.utc)
    rises = (
        f"It rises {day} at {time(pass_.rise.unix_s)} {where(pass_.rise)}" if pass_.rise_known else "It is up already"
    )
    sets = f"sets at {time(pass_.set.unix_s)} {where(pass_.set)}" if pass_.set_known else "stays up"
    sentences = [
        pass_.why,
        f"{rises}, peaks {pass_.peak.elevation_deg:.0f}° high {where(pass_.peak)} at {time(pass_.peak.unix_s)}, "
        f"{pass_.peak.range_km:.0f} km away, and {sets}.",
    ]
    sentences += [f"Visible from {time(w.from_unix_s)} to {time(w.to_unix_s)}." for w in pass_.windows]
    sentences += [f"Behind your horizon from {time(begin)} to {time(end)}." for begin, end in pass_.hidden]
    if pass_.magnitude is not None and pass_.standard is not None:
        sentences.append(
            f"Peak brightness about {pass_.magnitude:+.1f} mag (±{pass_.standard.error:g}): "
            f"{pass_text.brightness(pass_.magnitude)}."
        )
    if pass_.shadow_entry_unix_s is not None:
        sentences.append(f"It enters the Earth's shadow at {time(pass_.shadow_entry_unix_s)}.")
    if pass_.shadow_exit_unix_s is not None:
        sentences.append(f"It leaves the Earth's shadow at {time(pass_.shadow_exit_unix_s)}.")
    off = pass_text.timing_error(pass_)
    if off:
        between = frame.orbit.provenance(pass_.peak.unix_s).basis != "alone"
        why = WHY_BETWEEN if between else WHY_ALONE
        sentences.append(f"Expected timing error {off}{why.get(known, '')}.")
    return sentences


def pass_brief(frame: Frame, pass_: Pass) -> list[str]:
    """The same in fewer words, for panels of three lines or less."""

    def time(unix_s: float, pattern: str = "%H:%M") -> str:
        return quantities.time_of_day(unix_s, frame.place, utc=frame.utc, pattern=pattern)

    rise, peak, set_ = pass_.rise, pass_.peak, pass_.set
    begin = f"{time(rise.unix_s)} {quantities.compass(rise.azimuth_deg)}" if pass_.rise_known else "up already"
    end = f"{time(set_.unix_s)} {quantities.compass(set_.azimuth_deg)}" if pass_.set_known else "stays up"
    way = f"{begin} → {time(peak.unix_s)} {quantities.compass(peak.azimuth_deg)} {peak.elevation_deg:.0f}° high → {end}"
    texts = [pass_.why, way]
    exact = pass_text.clock_pattern(pass_text.trust(frame.orbit, peak.unix_s))
    texts += [f"· visible {time(w.from_unix_s, exact)}–{time(w.to_unix_s, exact)}" for w in pass_.windows]
    if pass_.magnitude is not None:
        texts.append(f"· about {pass_.magnitude:+.1f} mag")
    return [
        *texts,
        f"· {pass_text.light_summary(pass_, frame.place, utc=frame.utc)} · {pass_text.timing_error(pass_)}".rstrip(
            " ·"
        ),
    ]


class PassNotes(Panel):
    """Notes on the list as a whole; takes no rows while there are none."""

    DEFAULT_CSS = "PassNotes { height: auto; max-height: 6; border: none; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines = Memo[list[Line]]()

    def lines(self, frame: Frame, width: int) -> list[Line]:
        """The wrapped notes, recomputed once a minute or when the list changes."""
        minute = frame.unix_s // 60.0
        key = (minute, Identity(frame.passes), frame.place, frame.utc, frame.status.problem, frame.alarms, width)
        return self._lines.get(key, lambda: note_lines(frame, width))

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The notes, at most as many lines as the view gives them."""
        return self.lines(frame, width)


def note_lines(frame: Frame, width: int) -> list[Line]:
    """Notes, wrapped: position unknown, extreme latitudes, bright nights, clock changes, ageing elements."""
    unknown = pass_text.no_prediction_reason(frame.status, offline=frame.sources.offline)
    if unknown:
        return wrap(unknown, width, "alarm")
    last = frame.passes[-1].set.unix_s if frame.passes else frame.unix_s
    lines: list[Line] = []
    if frame.alarms:
        rises = ", ".join(_alarm(frame, rise_unix_s) for rise_unix_s in frame.alarms[:MOST_ALARMS_TOLD])
        more = f" and {len(frame.alarms) - MOST_ALARMS_TOLD} more" if len(frame.alarms) > MOST_ALARMS_TOLD else ""
        lines += wrap(f"! Alarms: {rises}{more}. ! on a pass sets one or cancels it.", width, "good")
    for note in (
        *([f"{frame.coverage[0].upper()}{frame.coverage[1:]}."] if frame.coverage else []),
        *pass_text.place_notes(frame.status.element_set, frame.place, frame.unix_s),
        *(() if frame.utc else pass_text.clock_change_notes(frame.place, frame.unix_s, last)),
        *_confidence_notes(frame),
    ):
        lines += wrap(note, width, "caution")
    return lines


def _confidence_notes(frame: Frame) -> list[str]:
    """From which day on, or until which before the elements' epoch, predictions are less reliable, and by how much."""
    notes = []
    found = (*(frame.passes or ()), *frame.unpredicted)
    alone = [p for p in found if frame.orbit.provenance(p.peak.unix_s).basis == "alone"]
    trusts = [(p, pass_text.trust(frame.orbit, p.peak.unix_s)) for p in alone]
    notes += _between_sets_notes(frame, [p for p in found if p not in alone])
    for trust, after, before in (
        (
            "fading",
            "are dim: the elements are more than 3 days old by then",
            "are dim: 3 to 7 days before the elements",
        ),
        (
            "rough",
            "are marked ~: the elements are too old for seconds by then",
            "are marked ~: too long before the elements for seconds",
        ),
        (
            "unknown",
            "cannot be predicted: the place along the orbit is not known that far ahead",
            "cannot be predicted: too far before the elements",
        ),
    ):
        doubted = [(p, frame.orbit.provenance(p.peak.unix_s).age_days < 0.0) for p, known in trusts if known == trust]
        earlier, later = [p for p, ahead in doubted if ahead], [p for p, ahead in doubted if not ahead]
        if earlier:
            notes.append(f"Passes until {_day(frame, earlier[-1])} {before}{_error_words(earlier[-1])}.")
        if later:
            notes.append(f"Passes from {_day(frame, later[0])} on {after}{_error_words(later[0])}.")
    return notes


def _between_sets_notes(frame: Frame, found: list[Pass]) -> list[str]:
    """Which passes between two distant sets are known to minutes only, and which not at all."""
    trusts = [(p, pass_text.trust(frame.orbit, p.peak.unix_s)) for p in found]
    notes = []
    if rough := [p for p, known in trusts if known == "rough"]:
        worst = max(rough, key=lambda p: p.error.p90_s if p.error is not None else 0.0)
        which = "" if len(rough) == 1 else "the least certain: "
        shares = pass_text.timing_shares(worst)
        notes.append(
            f"Passes marked ~ ({_days(frame, rough)}) may be minutes off, as no elements are near; {which}{shares}."
        )
    if unknown := [p for p, known in trusts if known == "unknown"]:
        notes.append(f"Passes {_days(frame, unknown)} cannot be predicted: no elements are near.")
    return notes


def _days(frame: Frame, found: list[Pass]) -> str:
    first, last = _day(frame, found[0]), _day(frame, found[-1])
    return first if first == last else f"{first} to {last}"


def _alarm(frame: Frame, rise_unix_s: float) -> str:
    day = quantities.day_word(rise_unix_s, frame.unix_s, frame.place, utc=frame.utc)
    return f"{day} {quantities.clock_time(rise_unix_s, frame.place, utc=frame.utc, pattern='%H:%M')}"


def _day(frame: Frame, pass_: Pass) -> str:
    return quantities.day_word(pass_.rise.unix_s, frame.unix_s, frame.place, utc=frame.utc)


def _error_words(pass_: Pass) -> str:
    error = pass_text.timing_error(pass_)
    return f" ({error})" if error else ""
