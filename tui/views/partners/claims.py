"""The claims of the news article the project began with, each checked and put right, with where to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.drawing.styled_text import Line, Run, wrap
from tui.widgets.selectable import ScrollingText
from tui.wording.facts import ARTICLE, bullet, caption_line, heading, source_lines, source_title

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle.model import CheckedClaim
    from tui.session.frame import Frame

_INDENT = 3


class PartnerFacts(ScrollingText):
    """First all of them as they are right, then how each was checked."""

    caption = "checked facts"

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """How many."""
        as_of = frame.chronicle.as_of["partners"]
        return f"checked facts {len(frame.chronicle.claims)}", f"as of {as_of.date}"

    def content_key(self, frame: Frame) -> Hashable:
        """They do not change with the instant."""
        del frame
        return None

    def content(self, frame: Frame, width: int) -> list[Line]:
        """The facts, then the checks."""
        lines: list[Line] = []
        for claim in frame.chronicle.claims:
            lines += _fact(claim, width)
        lines += heading("how they were checked")
        sources = [source for claim in frame.chronicle.claims for source in claim.proof.sources]
        article = next((source for source in sources if source.id == ARTICLE), None)
        if article is not None:
            lines += wrap(source_title(article), width)
        for claim in frame.chronicle.claims:
            lines += _check(claim, width)
        return lines


def _fact(claim: CheckedClaim, width: int) -> Iterator[Line]:
    action = f"screen.see({claim.see.unix_s!r}, {claim.view!r})"
    for row, line in enumerate(bullet(claim.corrected, width, mark=f"{claim.number:>2} ", mark_style="key")):
        yield (line[0], *(Run(run.text, run.style, action) for run in line[1:])) if row else (
            *(Run(run.text, run.style, action) for run in line),
        )  # fmt: skip


def _check(claim: CheckedClaim, width: int) -> Iterator[Line]:
    yield ()
    yield from caption_line(f"{claim.number:>2} article", claim.claim, width, "dim")
    yield from caption_line("   verdict", claim.verdict, width, "" if claim.verdict == "confirmed" else "caution")
    for caption, words in (("   but", claim.caveat), ("   measured", claim.measured)):
        if words:
            yield from caption_line(caption, words, width, "caution")
    yield from caption_line("   to see", f"{claim.see.text}, view {claim.view}", width, "dim")
    for line in source_lines(claim.proof.sources, width - _INDENT):
        yield (Run(" " * _INDENT), *line)
