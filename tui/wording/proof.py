"""What stands behind a fact: where it was read, what speaks against it, what is not verified; as of an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.chronicle.knowledge import later_count, source_is_later, texts_known
from sim.language import _, ngettext
from tui.drawing.styled_text import Line, Run, wrap
from tui.wording.facts import bullet, caption_line, heading, source_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.chronicle import Proof, Source
    from sim.chronicle.events import EventList

EXPLAIN = "screen.explain"
"""The action that shows it."""


class Explained(msgspec.Struct, frozen=True):
    """A fact on the screen and its proof.

    Attributes:
        title: What it is called.
        proof: Its conflicts, doubts and sources.
        known_s: From when it is known; texts without a date are known from then on.
        details: How it was checked, as captions and texts.
        action: The action of its link on the screen, by which the page opens at it; empty where it has none.
        origin: "user" for a fact from a person's own file.
    """

    title: str
    proof: Proof
    known_s: float
    details: tuple[tuple[str, str], ...] = ()
    action: str = ""
    origin: str = "embedded"


def explain_link(width: int) -> list[Line]:
    """A line at the end of a text that opens the proof, by Enter, a click or the key."""
    text = _("sources, doubts, how it was checked") if width >= 40 else _("sources and doubts")
    return [(), (Run("i ", "key", EXPLAIN), Run(text, "dim", EXPLAIN))]


def note_lines(proof: Proof, known_s: float, unix_s: float, events: EventList, width: int) -> list[Line]:
    """What else is known about a record at an instant; `events` say when the days that it names were over."""
    notes = texts_known(proof.notes, known_s, unix_s, events.day_over_s)
    lines = heading(_("also")) if notes else []
    for text in notes:
        lines += bullet(_(text), width)
    return lines


def proof_page(explained: Explained, unix_s: float, events: EventList, width: int) -> list[Line]:
    """The page about one fact, without its title; `events` say when the days that it names were over."""
    proof, known_s, day_over_s = explained.proof, explained.known_s, events.day_over_s
    lines: list[Line] = []
    if explained.origin == "user":
        lines += bullet(_("from your own facts file"), width, "caution", mark="")
    for caption, text in explained.details:
        lines += caption_line(caption, text, width)
    for text in texts_known(proof.conflicts, known_s, unix_s, day_over_s):
        lines += bullet(
            _("sources differ: {text}").format(text=_(text)), width, "caution", mark="≠ ", mark_style="caution"
        )
    for text in texts_known(proof.unverified, known_s, unix_s, day_over_s):
        lines += bullet(
            _("not verified: {text}").format(text=_(text)), width, "caution", mark="? ", mark_style="caution"
        )
    lines += _sources(proof.sources, unix_s, width)
    late = later_count(proof, known_s, unix_s, day_over_s)
    late -= sum(source_is_later(source, unix_s) for source in proof.sources)
    if late:
        text = ngettext("{count} more remark became known later", "{count} more remarks became known later", late)
        lines += wrap(text.format(count=late), width, "dim")
    return lines


def _sources(sources: Iterable[Source], unix_s: float, width: int) -> list[Line]:
    lines: list[Line] = []
    for source in sources:
        if source_is_later(source, unix_s):
            lines += bullet(_("later: {text}").format(text=source.title), width, "dim")
        else:
            lines += source_lines((source,), width)
    return lines
