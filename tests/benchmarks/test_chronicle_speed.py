"""Time of the chronicle against parsing its own file in the same run."""

from __future__ import annotations

import json
import random
from importlib.resources import files

import pytest

from sim.chronicle import embedded_chronicle, load
from tests.benchmarks.timing import best_s

DATA = files("seeds").joinpath("chronicle.json").read_bytes()


@pytest.mark.benchmark
def test_chronicle_load_and_first_answer_against_json_parse() -> None:
    """Measured at 6 times the bare parse; the parse itself is 0.6 ms."""
    ours_s, parse_s = best_s(lambda: load(DATA).at(1.7e9), lambda: json.loads(DATA), rounds=7)
    assert ours_s < 12 * parse_s


@pytest.mark.benchmark
def test_chronicle_thousand_answers_against_json_parse() -> None:
    """Measured at 2.5 us each: a thousand cost four times the bare parse."""
    book, draw = embedded_chronicle(), random.Random(17)
    instants = [draw.uniform(1.61e9, 1.80e9) for _ in range(1000)]
    for instant in instants:
        book.at(instant)

    def ask() -> None:
        for instant in instants:
            book.at(instant)

    ours_s, parse_s = best_s(ask, lambda: json.loads(DATA), rounds=7)
    assert ours_s < 10 * parse_s
