"""Facts that were reported and checked, each as it is right, with the view and the instant that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known, known_s, source_is_later
from sim.constants import DAY_S
from sim.language import _
from tui.drawing.styled_text import Line, linked, wrap
from tui.widgets.selectable import ScrollingText
from tui.wording.facts import bullet, table_as_of_text
from tui.wording.proof import Explained, explain_link

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from sim.chronicle import Chronicle
    from sim.chronicle.model.programme import CheckedClaim
    from tui.session.frame import Frame


REPORT = "article"
"""The source that was checked."""


class PartnerFacts(ScrollingText):
    """Those known at the instant; how each was checked stands behind the key `i`."""

    station_only = True

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        count = len(_known(frame.chronicle, frame.unix_s))
        return _("checked facts {count}").format(count=count), table_as_of_text(
            frame.chronicle, "partners", frame.unix_s
        )

    def content_key(self, frame: Frame) -> Hashable:
        """The day, and how many facts are known: some become known within a day."""
        return int(frame.unix_s // DAY_S), len(_known(frame.chronicle, frame.unix_s))

    def content(self, frame: Frame, width: int) -> list[Line]:
        claims = _known(frame.chronicle, frame.unix_s)
        lines: list[Line] = []
        for number, claim in enumerate(claims, start=1):
            lines += _fact(claim, number, width)
        more = len(frame.chronicle.claims) - len(claims)
        if more:
            lines += [(), *wrap(_("{count} more became known later").format(count=more), width, "dim")]
        return [*lines, *explain_link(width)] if claims else lines

    def explained(self, frame: Frame) -> list[Explained]:
        """What was reported, what the check found, and the sources."""
        return [
            Explained(
                _(claim.corrected),
                claim.proof,
                known_s(claim.known_from),
                _details(claim, frame.unix_s),
                _action(claim),
                claim.origin,
            )
            for claim in _known(frame.chronicle, frame.unix_s)
        ]


def _known(book: Chronicle, unix_s: float) -> Sequence[CheckedClaim]:
    return [claim for claim in book.claims if is_known(claim.known_from, unix_s)]


def _action(claim: CheckedClaim) -> str:
    return f"screen.see({claim.see.unix_s!r}, {claim.view!r})"


def _details(claim: CheckedClaim, unix_s: float) -> tuple[tuple[str, str], ...]:
    # The report that was checked names what had long been known, too.
    later = any(source.id == REPORT and source_is_later(source, unix_s) for source in claim.proof.sources)
    claimed = _(claim.claim)
    details = [
        (_("reported"), _("later: {text}").format(text=claimed) if later else claimed),
        (_("found"), _(claim.verdict)),
    ]
    more = ((_("but"), claim.caveat), (_("measured"), claim.measured))
    details += [(caption, _(text)) for caption, text in more if text]
    where = _("{instant}, view {view}").format(instant=claim.see.text, view=_(claim.view))
    return (*details, (_("to see"), where))


def _fact(claim: CheckedClaim, number: int, width: int) -> Iterator[Line]:
    action = _action(claim)
    for row, line in enumerate(bullet(_(claim.corrected), width, mark=f"{number:>2} ", mark_style="key")):
        whole = linked(line, action)
        yield (line[0], *whole[1:]) if row else whole
