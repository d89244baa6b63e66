"""Make `seeds/uncertainty.json`: how far the station was from where its element sets said, by their age.

    python -m seeds.makers.uncertainty

Learnt from the embedded history by leaving sets out: a set (or the arc between two) is asked for the place at the
epoch of a set it does not know, and the difference along the track is the error. Three tables come out of it:

- `alone`: one set, by age, whatever happened since (burns included, as nobody knows of them in advance);
- `between`: two sets joined across a gap without a burn, by the age that `sim.orbit.uncertainty.bridged_days` gives;
- `burn`: the same for gaps with a burn.

Every calendar month counts the same, so that the months with several sets a day do not drown the others.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.constants import DAY_S
from sim.named_tuple import NamedTuple
from sim.orbit.altitude import burn_between
from sim.orbit.element_history import AFTER_BURN_DAYS, embedded_history
from sim.orbit.interpolation import Arc, mean_phase
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.uncertainty import SPEED_KM_S, bridged_days

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet

OUTPUT = Path(__file__).parent.parent / "uncertainty.json"
ALONE_DAYS = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0)
BETWEEN_DAYS = (0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0)
BURN_DAYS = (1.0, 2.0, 4.0, 7.0, 10.0, 14.0)
GAP_DAYS = (0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 18.0)
LONGEST_GAP_DAYS = 19.0

TAU = 2.0 * math.pi
Sample = tuple[float, float, str]
"""Age in days, error in km, month of the (earlier) set."""


class Samples(NamedTuple):
    """What was measured, by what the answer rested on; `after_burn` is a part of `alone`."""

    alone: list[Sample]
    after_burn: list[Sample]
    between: list[Sample]
    burn: list[Sample]


class Track:
    """The history as phases: what each set says of its own epoch, counted through all revolutions."""

    def __init__(self, sets: tuple[ElementSet, ...]) -> None:
        self.orbits = [Sgp4Orbit(s) for s in sets]
        self.epochs = [s.epoch_unix_s for s in sets]
        self.months = [datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m") for epoch in self.epochs]
        self.burns = [burn_between(a, b) is not None for a, b in pairwise(sets)]
        self.own = [mean_phase(orbit, epoch) for orbit, epoch in zip(self.orbits, self.epochs, strict=True)]
        self.total = [TAU * s.node_count for s in sets]

    def error_km(self, k: int, phase: float) -> float:
        """Along the track, of a counted phase against what set `k` says."""
        return abs(self.total[k] - phase) / self.own[k][1] * SPEED_KM_S

    def predicted(self, i: int, k: int) -> float:
        """Counted phase that set `i` gives for the epoch of set `k`."""
        phase, rate = mean_phase(self.orbits[i], self.epochs[k])
        guess = self.total[i] + (self.own[i][1] + rate) / 2.0 * (self.epochs[k] - self.epochs[i])
        return guess + _wrapped(phase - guess)


def _wrapped(angle: float) -> float:
    return (angle + math.pi) % TAU - math.pi


def alone_samples(track: Track) -> tuple[list[Sample], list[Sample]]:
    """Errors of single sets at later epochs: (all, those of sets shortly after a burn)."""
    every, after_burn = [], []
    for i in range(len(track.orbits)):
        settled = not _burned_before(track, i)
        for k in range(i + 1, len(track.orbits)):
            days = (track.epochs[k] - track.epochs[i]) / DAY_S
            if days > ALONE_DAYS[-1] * 1.3:
                break
            sample = (days, track.error_km(k, track.predicted(i, k)), track.months[i])
            every.append(sample)
            if not settled:
                after_burn.append(sample)
    return every, after_burn


def _burned_before(track: Track, i: int) -> bool:
    return any(track.burns[j] for j in range(i) if track.epochs[j + 1] > track.epochs[i] - AFTER_BURN_DAYS * DAY_S)


def gap_samples(track: Track, *, burn: bool) -> list[Sample]:
    """Errors of arcs between two sets at the epochs of the sets in between, for gaps of about `GAP_DAYS`."""
    samples: list[Sample] = []
    for i, start_unix_s in enumerate(track.epochs):
        ends = {bisect_left(track.epochs, start_unix_s + days * DAY_S) for days in GAP_DAYS}
        for j in sorted(ends):
            if j >= len(track.epochs) or any(track.burns[i:j]) is not burn:
                continue
            gap_days = (track.epochs[j] - start_unix_s) / DAY_S
            if gap_days > LONGEST_GAP_DAYS:
                continue
            arc = Arc(track.orbits[i], track.orbits[j], burn=burn)
            samples += [
                (
                    bridged_days((track.epochs[k] - start_unix_s) / DAY_S, gap_days),
                    arc_error_km(track, arc, k),
                    track.months[i],
                )
                for k in range(i + 1, j)
            ]
    return samples


def arc_error_km(track: Track, arc: Arc, k: int) -> float:
    """Distance between what an arc and what set `k` say of its epoch."""
    said = arc.state(track.epochs[k]).position_teme_km
    return math.dist(said, track.orbits[k].state(track.epochs[k]).position_teme_km)


def quantile_table(samples: list[Sample], nodes: tuple[float, ...]) -> dict[str, list[float]]:
    """Median and 90 % of the errors around each age, months weighing the same."""
    median_km, p90_km = [], []
    for index, node in enumerate(nodes):
        low = math.sqrt(node * nodes[index - 1]) if index else node / 1.5
        high = math.sqrt(node * nodes[index + 1]) if index + 1 < len(nodes) else node * 1.3
        near = [(error, month) for days, error, month in samples if low <= days < high]
        median_km.append(_quantile(near, 0.5))
        p90_km.append(_quantile(near, 0.9))
    # What is not known better with more age is noise of the sample: the tables never fall.
    for column in (median_km, p90_km):
        for index in range(1, len(column)):
            column[index] = max(column[index], column[index - 1])
    return {"days": list(nodes), "median_km": median_km, "p90_km": p90_km}


def _quantile(near: list[tuple[float, str]], share: float) -> float:
    per_month: dict[str, int] = defaultdict(int)
    for _, month in near:
        per_month[month] += 1
    goal = share * len(per_month)
    reached = 0.0
    for error, month in sorted(near):
        reached += 1.0 / per_month[month]
        if reached >= goal:
            return round(error, 2)
    raise ValueError("no samples for this age")


def collect(track: Track) -> Samples:
    """All that can be measured."""
    return Samples(*alone_samples(track), gap_samples(track, burn=False), gap_samples(track, burn=True))


def tables(samples: Samples, months: set[str] | None = None) -> dict[str, Any]:
    """What is learnt, from some months or from all."""
    alone, after_burn, between, burn = ([s for s in part if months is None or s[2] in months] for part in samples)
    settled, unsettled = (quantile_table(part, ALONE_DAYS)["median_km"] for part in (alone, after_burn))
    ratios = [b / a for a, b, days in zip(settled, unsettled, ALONE_DAYS, strict=True) if 1 <= days <= 10]
    return {
        "alone": quantile_table(alone, ALONE_DAYS),
        "between": quantile_table(between, BETWEEN_DAYS),
        "burn": quantile_table(burn, BURN_DAYS),
        "after_burn_factor": round(max(1.0, math.exp(sum(map(math.log, ratios)) / len(ratios))), 2),
    }


def main() -> None:
    """Learn from the whole history and write the seed."""
    data = tables(collect(Track(embedded_history().sets)))
    OUTPUT.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(data))


if __name__ == "__main__":
    main()
