"""Processor time of several functions: the best of several rounds, the functions called in turn."""

from __future__ import annotations

import math
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def best_s(*works: Callable[[], object], rounds: int = 25) -> list[float]:
    """Best of some rounds of each, taken in turn so that all see the same machine."""
    best = [math.inf] * len(works)
    for work in works:
        work()
    for _ in range(rounds):
        for number, work in enumerate(works):
            begin = process_time()
            work()
            best[number] = min(best[number], process_time() - begin)
    return best
