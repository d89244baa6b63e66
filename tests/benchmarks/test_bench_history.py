"""What the element history costs against one element set: ratios of processor times of one run, best of some rounds.

    pytest -m benchmark -s tests/benchmarks/test_bench_history.py

Inside a blended gap two sets are asked for each instant, so twice the price is the least that can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sim.constants import DAY_S
from sim.eclipses import find_eclipses, next_light_change
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.propagation import Sgp4Orbit
from sim.passes.finder import find_passes
from sim.places.place import Place
from sim.time import parse_instant
from tests.benchmarks.timing import best_s

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.propagation import Orbit

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("new_objects_alone")]

HISTORY = embedded_history()
ISLAMABAD = Place("Islamabad", 33.6844, 73.0479, 540.0)
DAYS = 10.0
BEGINNINGS = {  # and how many times one set's price is allowed
    "after the last set": (HISTORY.last_unix_s + DAY_S, 1.5),
    "a set every ten hours, July 2026": (parse_instant("2026-07-10"), 2.5),
    "a set a week, June 2024": (parse_instant("2024-06-03"), 2.5),
    "in a gap of weeks, July 2021": (parse_instant("2021-07-20"), 2.5),
}


def both_s(work: Callable[[Orbit], object], one: Orbit, rounds: int = 12) -> tuple[float, float]:
    """The same through the history and through one set."""
    ours_s, peer_s = best_s(lambda: work(HISTORY), lambda: work(one), rounds=rounds)
    return ours_s, peer_s


def row(what: str, ours_s: float, peer_s: float, target: float) -> float:
    print(f"\n| {what} | {ours_s * 1e3:.2f} ms | {peer_s * 1e3:.2f} ms | {ours_s / peer_s:.2f} | <= {target} |", end="")
    return ours_s / peer_s


@pytest.mark.parametrize("when", BEGINNINGS)
def test_history_searches_against_one_set(when: str) -> None:
    start, target = BEGINNINGS[when]
    end = start + DAYS * DAY_S
    one = Sgp4Orbit(HISTORY.elements(start))
    track = start + np.arange(0.0, 3 * 92.3 * 60.0, 10.0)
    passes = both_s(lambda o: find_passes(o, ISLAMABAD, start, end), one)
    eclipses = both_s(lambda o: find_eclipses(o, start, start + DAY_S), one)
    states = both_s(lambda o: o.states(track), one)
    assert row(f"10 days of passes, {when} / one set", *passes, target) <= target
    assert row(f"eclipses of a day, {when} / one set", *eclipses, target) <= target
    # Arrays of thousands of rows also depend on how the memory is given back and taken: a tenth more may pass.
    assert row(f"track of 3 orbits, {when} / one set", *states, target) <= 1.1 * target


def test_find_passes_of_a_day_against_ten_days_of_one_set() -> None:
    """Against the whole ten days through one set, which a frame of 100 ms holds many times."""
    start, _ = BEGINNINGS["a set every ten hours, July 2026"]
    one = Sgp4Orbit(HISTORY.elements(start))
    day_s, ten_s = best_s(
        lambda: find_passes(HISTORY, ISLAMABAD, start, start + DAY_S),
        lambda: find_passes(one, ISLAMABAD, start, start + DAYS * DAY_S),
    )
    assert row("one day of passes in blended gaps / ten days, one set", day_s, ten_s, 1.5) <= 1.5
    assert day_s <= 0.005


def test_find_passes_with_unread_sets_against_read_sets() -> None:
    """Reading the sets and joining them, on top of the search itself."""
    start, _ = BEGINNINGS["a set every ten hours, July 2026"]
    end = start + DAYS * DAY_S
    sets = [s for s in HISTORY.sets if start - 2 * DAY_S < s.epoch_unix_s < end + 2 * DAY_S]
    cold_s, warm_s = best_s(
        lambda: find_passes(ElementHistory(sets), ISLAMABAD, start, end),
        lambda: find_passes(HISTORY, ISLAMABAD, start, end),
    )
    assert row(f"10 days of passes, {len(sets)} sets joined first / joined before", cold_s, warm_s, 1.5) <= 1.5


@pytest.mark.parametrize("when", BEGINNINGS)
def test_history_single_instants_against_one_set(when: str) -> None:
    start, _ = BEGINNINGS[when]
    instants = [start + 617.0 * number for number in range(100)]
    one = Sgp4Orbit(HISTORY.elements(start))
    alone = when == "after the last set"
    states = both_s(lambda o: [o.state(t) for t in instants], one, rounds=60)
    changes = both_s(lambda o: [next_light_change(o, t) for t in instants], one, rounds=30)
    target = 1.5 if alone else 4.0
    assert row(f"100 single states, {when} / one set", *states, target) <= target
    target = 1.3 if alone else 2.5
    assert row(f"100 next changes of light, {when} / one set", *changes, target) <= target
