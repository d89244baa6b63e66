"""Time to open a store of two years of element sets, as differences and ratios measured within one run."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import msgspec
import pytest

from sim.orbit.elements import ElementSet
from sim.orbit.tle import parse_tle
from sim.seed_data import seed_json
from sim.sources.registry import CELESTRAK_GP
from sim.sources.responses import Outcome
from sim.sources.storage import element_log
from sim.sources.storage.store import Store
from tests.benchmarks.timing import best_s

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
    return element_log.without_known(thrice, [])[:TWO_YEARS_OF_SETS]


@pytest.fixture(scope="module")
def grown(sets: list[ElementSet], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown")
    Store(folder).record(CELESTRAK_GP, 0.0, Outcome.NEW, "", sets=sets)
    return folder


def test_store_two_years_of_sets_open_in_twenty_milliseconds(grown: Path, sets: list[ElementSet]) -> None:
    assert Store(grown).element_sets() == sorted(sets, key=lambda s: s.epoch_unix_s)
    (spent_s,) = best_s(lambda: Store(grown).element_sets(), rounds=15)
    print(f"\n{len(sets)} sets in {spent_s * 1e3:.1f} ms")
    assert spent_s <= 0.020


def test_store_reading_takes_little_more_than_making_the_sets(grown: Path, sets: list[ElementSet]) -> None:
    fields = [msgspec.structs.asdict(s) for s in sets]
    making_s, reading_s = best_s(
        lambda: [ElementSet(**row) for row in fields], lambda: Store(grown).element_sets(), rounds=15
    )
    ratio = reading_s / making_s
    print(f"\nreading / making = {ratio:.2f}")
    assert ratio <= 2.5


def test_element_log_is_faster_than_json_lines(sets: list[ElementSet]) -> None:
    """The obvious layout as the peer: a line of JSON a set, without any checksum."""
    names = ElementSet.__struct_fields__
    lines = "\n".join(json.dumps(msgspec.structs.astuple(s)) for s in sets)
    data = element_log.HEADER + b"".join(element_log.encode(s, 0.0) for s in sets)

    def json_sets() -> list[ElementSet]:
        return [ElementSet(**dict(zip(names, json.loads(line), strict=True))) for line in lines.splitlines()]

    peer_s, ours_s = best_s(json_sets, lambda: element_log.decode(data), rounds=15)
    ratio = peer_s / ours_s
    print(f"\nJSON lines / records = {ratio:.2f}, {len(lines) / len(data):.2f} times the bytes")
    assert ratio >= 1.3


def test_store_two_years_of_sets_add_little_to_the_start(grown: Path, tmp_path: Path) -> None:
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
