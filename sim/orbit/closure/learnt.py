"""What was learnt of errors by leaving element sets out: the tables of `seeds/uncertainty.json`, read between nodes."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any

from sim.seed_data import seed_json

if TYPE_CHECKING:
    from collections.abc import Sequence


@cache
def learnt(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape
    """One table of the seed, by its name there."""
    return seed_json("uncertainty.json")[name]


def segment(nodes: Sequence[float], x: float) -> tuple[int, float]:
    """Index of the node before, and the part of the way to the next: 0 before the first node, 1 after the last.

    Args:
        nodes: Two or more, growing.
        x: Where.
    """
    if x <= nodes[0]:
        return 0, 0.0
    left = bisect_right(nodes, x) - 1
    last = len(nodes) - 2
    return (left, (x - nodes[left]) / (nodes[left + 1] - nodes[left])) if left <= last else (last, 1.0)


def interpolated(nodes: Sequence[float], values: Sequence[float], x: float) -> float:
    """The value at a place, straight between the nodes; the outermost values hold beyond (`numpy.interp`)."""
    if len(nodes) == 1:
        return values[0]
    left, part = segment(nodes, x)
    return values[left] + part * (values[left + 1] - values[left])
