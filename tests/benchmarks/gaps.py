"""How far the history is off inside gaps of the element sets: a table, made by leaving sets out.

    python tests/benchmarks/gaps.py

Between two sets of the dense year (September 2025 to August 2026) all others are left out; each of those in the middle
third of the gap then says how far the nearest set alone, and the joined arc, are from it. Printed as Markdown.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[2]))

from sim.constants import DAY_S
from sim.orbit.closure.interpolation import Arc
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.propagation import Sgp4Orbit
from sim.time import parse_instant

FIRST, LAST = parse_instant("2025-09-20"), parse_instant("2026-08-23")
GAPS_DAYS = (1, 2, 3, 5, 7, 10, 14)
MIDDLE = (1.0 / 3.0, 2.0 / 3.0)


def distance_km(orbit: Sgp4Orbit | Arc, truth: Sgp4Orbit) -> float:
    """Between what both say of the epoch of the second."""
    unix_s = truth.element_set.epoch_unix_s
    return math.dist(orbit.state(unix_s).position_teme_km, truth.state(unix_s).position_teme_km)


def errors_km(history: ElementHistory, gap_days: float, *, burn: bool) -> tuple[list[float], list[float]]:
    """(nearest set alone, joined arc) for all gaps of about that length, with a burn in them or without."""
    alone, joined = [], []
    orbits = [history.orbit(i) for i in range(len(history)) if FIRST < history.epochs_unix_s[i] < LAST]
    epochs = [orbit.element_set.epoch_unix_s for orbit in orbits]
    for start, begin in enumerate(epochs):
        end = next((i for i, epoch in enumerate(epochs) if epoch >= begin + (gap_days - 0.15) * DAY_S), None)
        if end is None or epochs[end] > begin + (gap_days + 0.5) * DAY_S:
            continue
        burns = [b for b in history.altitude.burns if begin <= b.after_unix_s and b.before_unix_s <= epochs[end]]
        if bool(burns) is not burn:
            continue
        arc = Arc(orbits[start], orbits[end], burn=burn)
        for middle in range(start + 1, end):
            share = (epochs[middle] - begin) / (epochs[end] - begin)
            if MIDDLE[0] < share < MIDDLE[1]:
                alone.append(distance_km(orbits[start] if share < 0.5 else orbits[end], orbits[middle]))
                joined.append(distance_km(arc, orbits[middle]))
    return alone, joined


def main() -> None:
    """Print both tables."""
    history = embedded_history()
    for burn in (False, True):
        print(f"\n{'with a burn in the gap' if burn else 'quiet gaps'}: error in the middle third, km\n")
        print("| gap, days | samples | nearest set: median | 90 % | joined: median | 90 % |")
        print("|---|---|---|---|---|---|")
        for gap_days in GAPS_DAYS:
            alone, joined = errors_km(history, gap_days, burn=burn)
            if len(alone) > 20:
                cells = (f"{figure:.1f}" for e in (alone, joined) for figure in (median(e), quantiles(e, n=10)[-1]))
                print(f"| {gap_days} | {len(alone)} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
