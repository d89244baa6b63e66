"""Spacewalk totals by astronaut and by crew at the instant, hatches, and suits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known, known_s
from sim.constants import DAY_S
from sim.language import N_, _
from tui.drawing.styled_text import Line, Run, bar, pad
from tui.drawing.styled_text import width as cells
from tui.widgets.selectable import ScrollingText
from tui.widgets.table import facts_key
from tui.wording.facts import NOT_FOUND, bullet, heading
from tui.wording.proof import Explained

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle import Duration
    from sim.chronicle.model.background import Suit
    from tui.session.frame import Frame

_TIME = 9
"""Room for `>=~47:47`."""


class SpacewalkTotals(ScrollingText):
    """Totals: exact, approximate (~) or lower bounds (>=)."""

    station_only = True
    BORDER_TITLE = N_("totals")

    def content_key(self, frame: Frame) -> Hashable:
        """The facts, and the day for what is known about the suits."""
        return facts_key(frame), int(frame.unix_s // DAY_S)

    def content(self, frame: Frame, width: int) -> list[Line]:
        """Totals by astronaut, crew and hatch, then the suits."""
        return [
            *_by_astronaut(frame, width), *_by_crew(frame, width), *_hatches(frame, width), *_suits(frame, width),
        ]  # fmt: skip

    def explained(self, frame: Frame) -> list[Explained]:
        """What is known of the suits; the sums are computed."""
        return [
            Explained(_("Suits: {text}").format(text=_(suit.text)), suit.proof, known_s(suit.known_from))
            for suit in _known_suits(frame)
        ]


def _rows(rows: list[tuple[str, str, Duration]], width: int) -> Iterator[Line]:
    """Name, number, time and a bar; totals that are not exact have another colour, and `~` or `>=`."""
    if not rows:
        return
    name_cells = max(cells(name) for name, _count, _time in rows)
    most = max(1, *(time.minutes or 0 for _name, _count, time in rows))
    room = width - name_cells - _TIME - 6
    for name, count, time in rows:
        exact = time.is_exact
        text = time.text if time.minutes else "?"
        yield (
            Run(pad(name, name_cells), "accent"), Run(f" {count:>3} ", "dim"),
            Run(pad(text, _TIME, right=True), "value" if exact else "caution"), Run(" "),
            Run(bar((time.minutes or 0) / most, room) if room >= 4 else "", "bar" if exact else "bar-alt"),
        )  # fmt: skip


def _by_astronaut(frame: Frame, width: int) -> Iterator[Line]:
    yield (Run(_("by astronaut"), "accent"), Run("  "), Run(_("walks and time outside"), "dim"))
    walkers = [t for t in frame.chronicle.astronauts_at(frame.unix_s) if t.spacewalks]
    walkers.sort(key=lambda t: (-(t.spacewalk_time.minutes or 0), -t.spacewalks))
    rows = [
        (_(t.person.name), f"{'>=' if t.spacewalks_at_least else ''}{t.spacewalks}", t.spacewalk_time) for t in walkers
    ]
    if not rows:
        yield (Run(_("nobody yet"), "dim"),)
    yield from _rows(rows, width)


def _by_crew(frame: Frame, width: int) -> Iterator[Line]:
    crews = frame.chronicle.mission_walks_at(frame.unix_s)
    if crews:
        yield from heading(_("by crew"))
        yield from _rows([(_(crew.mission), str(crew.spacewalks), crew.time) for crew in crews], width)


def _hatches(frame: Frame, width: int) -> Iterator[Line]:
    counts: dict[str, int] = {}
    for walk in frame.chronicle.spacewalks:
        if walk.over_unix_s <= frame.unix_s:
            name = _(walk.exit or NOT_FOUND)
            counts[name] = counts.get(name, 0) + 1
    if counts:
        yield from heading(_("hatches"))
        for name, count in counts.items():
            yield from bullet(name, width, mark=f"{count:>3}  ", mark_style="value")


def _suits(frame: Frame, width: int) -> Iterator[Line]:
    suits = _known_suits(frame)
    if suits:
        yield from heading(_("suits"))
    for suit in suits:
        yield from bullet(_(suit.text), width)
    yield from bullet(_("totals are computed; see each spacewalk for its sources"), width, "dim")


def _known_suits(frame: Frame) -> list[Suit]:
    return [suit for suit in frame.chronicle.suits if is_known(suit.known_from, frame.unix_s)]
