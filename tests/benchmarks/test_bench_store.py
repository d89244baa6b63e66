"""What a grown store costs the start, as differences and ratios measured within one run."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import msgspec
import pytest

from sim.orbit.elements import ElementSet
from sim.orbit.tle import parse_tle
from sim.seed_data import seed_json
from sim.sources.storage import element_log
from sim.sources.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
TWO_YEARS_OF_SETS = 2700
"""A new set every seven hours in the median, and some."""

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def sets() -> list[ElementSet]:
    """Two years of sets that differ from each other as real ones do: the embedded ones, three times over."""
    real = [parse_tle(row[0], row[1], source="CelesTrak GP") for row in seed_json("elements.json")["sets"]]
    thrice = (
        msgspec.structs.replace(s, epoch_unix_s=s.epoch_unix_s + 3e8 * (n // len(real))) for n, s in enumerate(real * 3)
    )
    return element_log.unknown(thrice, [])[:TWO_YEARS_OF_SETS]


@pytest.fixture(scope="module")
def grown(sets: list[ElementSet], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown")
    Store(folder).add_element_sets(sets, 0.0)
    return folder


def best_s(work: Callable[[], object], rounds: int = 15) -> float:
    """The fastest of some runs: the machine's other work only ever adds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def test_two_years_of_sets_open_in_twenty_milliseconds(grown: Path, sets: list[ElementSet]) -> None:
    assert Store(grown).element_sets() == sorted(sets, key=lambda s: s.epoch_unix_s)
    spent_s = best_s(lambda: Store(grown).element_sets())
    print(f"\n{len(sets)} sets in {spent_s * 1e3:.1f} ms")
    assert spent_s <= 0.020


def test_reading_costs_little_more_than_making_the_sets(grown: Path, sets: list[ElementSet]) -> None:
    fields = [tuple(s) for s in sets]
    making_s = best_s(lambda: [ElementSet(*row) for row in fields])
    ratio = best_s(lambda: Store(grown).element_sets()) / making_s
    print(f"\nreading / making = {ratio:.2f}")
    assert ratio <= 2.5


def test_the_layout_beats_lines_of_json(sets: list[ElementSet]) -> None:
    """The obvious layout as the peer: a line of JSON a set, without any checksum."""
    fields = [list(s) for s in sets]
    lines = "\n".join(json.dumps(row) for row in fields)
    data = element_log.HEADER + b"".join(element_log.encode(s, 0.0) for s in sets)
    peer_s = best_s(lambda: [ElementSet(*json.loads(line)) for line in lines.splitlines()])
    ratio = peer_s / best_s(lambda: element_log.decode(data))
    print(f"\nJSON lines / records = {ratio:.2f}, {len(lines) / len(data):.2f} times the bytes")
    assert ratio >= 1.3


def test_a_whole_process_with_the_grown_store_starts_as_fast(grown: Path, tmp_path: Path) -> None:
    """Interleaved, so that both see the same machine; 20 ms more at most."""

    def start_s(folder: Path) -> float:
        code = (
            "import pathlib, sys; from sim.sources.storage.store import Store\n"
            "Store(pathlib.Path(sys.argv[1])).element_sets()"
        )
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True)
        return time.perf_counter() - began

    pairs = [(start_s(grown), start_s(tmp_path)) for _ in range(11)]
    more_ms = median(a - b for a, b in pairs) * 1e3
    print(f"\nstart with two years of sets: {more_ms:+.1f} ms")
    assert more_ms <= 20.0
