"""The chronicle costs little, measured against parsing its own file in the same run."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from importlib.resources import files

import pytest

from sim.chronicle import embedded_chronicle, load

DATA = files("seeds").joinpath("chronicle.json").read_bytes()


def best_s(work: Callable[[], object], rounds: int = 7) -> float:
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


@pytest.mark.benchmark
def test_loading_and_the_first_answer() -> None:
    """Measured at 6 times the bare parse; the parse itself is 0.6 ms."""
    assert best_s(lambda: load(DATA).at(1.7e9)) < 12 * best_s(lambda: json.loads(DATA))


@pytest.mark.benchmark
def test_every_further_answer() -> None:
    """Measured at 2.5 us each: a thousand cost four times the bare parse."""
    book, draw = embedded_chronicle(), random.Random(17)
    instants = [draw.uniform(1.61e9, 1.80e9) for _ in range(1000)]
    for instant in instants:
        book.at(instant)

    def ask() -> None:
        for instant in instants:
            book.at(instant)

    assert best_s(ask) < 10 * best_s(lambda: json.loads(DATA))
