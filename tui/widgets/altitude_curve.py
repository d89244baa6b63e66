"""The mean altitude from set to set, dotted where several burns of unknown time lie between two of them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.orbit.closure.burns import Burn
    from tui.drawing.chart import Chart

    Points = Sequence[tuple[float, float]]


def draw_altitude(chart: Chart, points: Points, burns: Sequence[Burn]) -> None:
    """Draw altitudes (km) of instants, in order.

    Args:
        chart: Where.
        points: Instants and altitudes at the element sets.
        burns: What the engines did.
    """
    for is_known, stretch in stretches(points, burns):
        chart.curve(stretch, "bar-alt" if is_known else "dim", dotted=not is_known)


def stretches(points: Points, burns: Sequence[Burn]) -> Iterator[tuple[bool, Points]]:
    """Cut a curve into stretches along which the altitude is known between the points, and others."""
    windows = sorted((b.after_unix_s, b.before_unix_s) for b in burns if b.confidence == "campaign")
    starts = [start for start, _ in windows]

    def is_known(piece: tuple[tuple[float, float], tuple[float, float]]) -> bool:
        (begin, _), (end, _) = piece
        at = bisect_right(starts, begin)
        near = windows[max(at - 1, 0) : at + 1]
        return not any(start < end and begin < stop for start, stop in near)

    for known, pieces in groupby(pairwise(points), key=is_known):
        first, *rest = pieces
        yield known, [*first, *(end for _, end in rest)]
