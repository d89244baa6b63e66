"""The pass under the cursor in whole sentences, and what must be said about the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, Run, wrap
from tui.widgets.panel import Panel
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.passes.finder import Moment, Pass
    from tui.session.frame import Frame


class PassDetail(Panel):
    """One pass, told.

    Attributes:
        pass_: The pass.
    """

    BORDER_TITLE = "this pass"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.pass_: Pass | None = None

    def title(self, frame: Frame) -> tuple[str, str]:
        """What Enter does."""
        return "this pass", "Enter watches it" if self.pass_ is not None else ""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """As many sentences as fit."""
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
    """What one would tell a friend: worth it or not, rise, peak, set, what is seen, the shadow, the doubt."""

    def time(unix_s: float) -> str:
        return quantities.clock_time(unix_s, frame.place, utc=frame.utc)

    def where(moment: Moment) -> str:
        return f"in the {quantities.compass(moment.azimuth_deg)} ({moment.azimuth_deg:.0f}°)"

    day = quantities.day_word(pass_.rise.unix_s, frame.unix_s, frame.place, utc=frame.utc)
    sentences = [
        pass_.reason,
        f"It rises {day} at {time(pass_.rise.unix_s)} {where(pass_.rise)}, stands {pass_.peak.elevation_deg:.0f}° high "
        f"{where(pass_.peak)} at {time(pass_.peak.unix_s)}, {pass_.peak.range_km:.0f} km away, and sets at "
        f"{time(pass_.set.unix_s)} {where(pass_.set)}.",
    ]
    sentences += [f"Seen from {time(w.from_unix_s)} to {time(w.to_unix_s)}." for w in pass_.windows]
    if pass_.magnitude is not None:
        sentences.append(
            f"At best about {pass_.magnitude:+.1f} mag, give or take one: {pass_text.brightness(pass_.magnitude)}."
        )
    if pass_.shadow_entry_unix_s is not None:
        sentences.append(f"It goes into the shadow at {time(pass_.shadow_entry_unix_s)}.")
    if pass_.shadow_exit_unix_s is not None:
        sentences.append(f"It comes out of the shadow at {time(pass_.shadow_exit_unix_s)}.")
    off = pass_text.timing_error(pass_)
    if off:
        known = pass_text.trust(frame.orbit, pass_.peak.unix_s)
        why = {"fading": ", the elements are days old by then", "rough": ", the elements are too old for more"}
        sentences.append(f"Times may be off by {off}{why.get(known, '')}.")
    return sentences


def pass_brief(frame: Frame, pass_: Pass) -> list[str]:
    """The same in few words, for few lines."""

    def time(unix_s: float, pattern: str = "%H:%M") -> str:
        return quantities.clock_time(unix_s, frame.place, utc=frame.utc, pattern=pattern).removesuffix("Z")

    rise, peak, set_ = pass_.rise, pass_.peak, pass_.set
    way = (
        f"{time(rise.unix_s)} {quantities.compass(rise.azimuth_deg)} → {time(peak.unix_s)} "
        f"{quantities.compass(peak.azimuth_deg)} {peak.elevation_deg:.0f}° high → "
        f"{time(set_.unix_s)} {quantities.compass(set_.azimuth_deg)}"
    )
    words = [pass_.reason, way]
    words += [f"· seen {time(w.from_unix_s, '%H:%M:%S')}–{time(w.to_unix_s, '%H:%M:%S')}" for w in pass_.windows]
    if pass_.magnitude is not None:
        words.append(f"· about {pass_.magnitude:+.1f} mag")
    return [*words, f"· {pass_text.light_words(frame, pass_)} · {pass_text.timing_error(pass_)}".rstrip(" ·")]


class PassNotes(Panel):
    """What must be known about the list as a whole; takes no room where there is nothing to say."""

    DEFAULT_CSS = "PassNotes { height: auto; max-height: 6; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines = Memo[list[Line]]()

    def lines(self, frame: Frame, width: int) -> list[Line]:
        """The sentences, made anew once a minute or with another list."""
        minute = frame.unix_s // 60.0
        key = (minute, Identity(frame.passes), frame.place, frame.utc, frame.status.problem, width)
        return self._lines.get(key, lambda: note_lines(frame, width))

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """One sentence after the other."""
        return self.lines(frame, width)


def note_lines(frame: Frame, width: int) -> list[Line]:
    """Sentences, wrapped: no position, special latitudes, bright nights, changed clocks, fading elements."""
    unknown = pass_text.no_prediction_reason(frame)
    if unknown:
        return wrap(unknown, width, "alarm")
    last = frame.passes[-1].set.unix_s if frame.passes else frame.unix_s
    lines: list[Line] = []
    for words in (
        *pass_text.place_notes(frame),
        *pass_text.clock_change_notes(frame, last),
        *_confidence_notes(frame),
    ):
        lines += wrap(words, width, "caution")
    return lines


def _confidence_notes(frame: Frame) -> list[str]:
    """From which day on the elements promise less."""
    words = []
    trusts = [(p, pass_text.trust(frame.orbit, p.peak.unix_s)) for p in frame.passes or ()]
    for trust, text in (
        ("fading", "are dim: the elements are more than 3 days old by then"),
        ("rough", "are marked ~: the elements are more than 10 days old by then"),
        ("unknown", "cannot be relied on at all: nobody can tell so far ahead"),
    ):
        first = next((p for p, known in trusts if known == trust), None)
        if first is not None:
            day = quantities.day_word(first.rise.unix_s, frame.unix_s, frame.place, utc=frame.utc)
            words.append(f"Passes from {day} on {text} ({pass_text.timing_error(first)}).")
    return words
