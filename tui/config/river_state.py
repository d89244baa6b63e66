"""What a person chose for the river of time; the views share it."""

from __future__ import annotations

from sim.constants import DAY_S
from sim.language import N_

SPANS: tuple[tuple[float, str], ...] = (
    (0.25 * DAY_S, N_("6 hours")),
    (0.5 * DAY_S, N_("12 hours")),
    (1.0 * DAY_S, N_("1 day")),
    (3.0 * DAY_S, N_("3 days")),
    (10.0 * DAY_S, N_("10 days")),
    (30.0 * DAY_S, N_("30 days")),
    (90.0 * DAY_S, N_("90 days")),
    (365.0 * DAY_S, N_("1 year")),
    (2000.0 * DAY_S, N_("5 years")),
)
"""Lengths (s) that can be shown, with their words, from the shortest."""

LEAST_WIDTH, LEAST_HEIGHT = 120, 36
"""The river is shown by itself in terminals of this size and more."""

LEAST_HEIGHT_ASKED = 12
"""In a lower terminal nothing of a view would be left beside it."""


class RiverState:
    """Whether the river is shown, and how long a span.

    Attributes:
        wanted: What the person asked for; `None` lets the size of the terminal decide.
        zoom: Index into `SPANS`.
    """

    def __init__(self) -> None:
        self.wanted: bool | None = None
        self.zoom = 3

    def shown(self, width: int, height: int) -> bool:
        """Whether the river is shown in a terminal of a size."""
        if self.wanted is None:
            return width >= LEAST_WIDTH and height >= LEAST_HEIGHT
        return self.wanted and height >= LEAST_HEIGHT_ASKED

    def zoom_by(self, step: int) -> bool:
        """A shorter span (1), a longer one (-1) or the first one again (0); false where there is no further one."""
        before = self.zoom
        self.zoom = 3 if step == 0 else max(0, min(self.zoom - step, len(SPANS) - 1))
        return self.zoom != before
