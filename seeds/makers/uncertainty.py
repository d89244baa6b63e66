"""Make `seeds/uncertainty.json`: how far the station was from where its element sets said.

    python -m seeds.makers.uncertainty [--anew]

Learnt from the embedded history by leaving sets out, as differences along the track:

- `alone`: one set, by age, whatever happened since (burns included, as nobody knows of them in advance);
- `gaps`: between two sets, by what happened there (see `seeds.makers.gap_errors`);
- `near`: in the days beside a set, likewise;
- `burn_dates`: how far dated burns are from those that sets a day apart show, by the length of the gap;
- `beside`, the errors radially and across the track, is made by `seeds.makers.beside` and kept here;
- `altitude`, those of the mean altitude, by `seeds.makers.altitude_errors`.

Every calendar month counts the same, so that the months with several sets a day do not drown the others.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from seeds.makers import gap_errors
from sim.constants import DAY_S, TAU
from sim.orbit.closure.burns import burn_between
from sim.orbit.closure.close import close_gap
from sim.orbit.element_history import AFTER_BURN_DAYS, embedded_history
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.tle import parse_tle
from sim.orbit.uncertainty import SPEED_KM_S
from sim.seed_data import seed_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.closure.mean_orbit import MeanOrbit
    from sim.orbit.element_history import ElementHistory
    from sim.orbit.elements import ElementSet

OUTPUT = Path(__file__).parent.parent / "uncertainty.json"
ALONE_DAYS = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0)
DATED_DAYS = (2.0, 4.0, 7.0, 10.0, 14.0, 20.0, 28.0, 36.0)
SURE_BRACKET_DAYS, SURE_STEP_REV_DAY = 1.6, 0.002
"""Burns over 0.6 km between sets so near to each other are what dates are judged by."""

Sample = tuple[float, float, str]
"""Age in days, error in km, month of the (earlier) set."""


class Samples(Struct, frozen=True):
    """What was measured; `after_burn` is a part of `alone`."""

    alone: list[Sample]
    after_burn: list[Sample]
    gaps: list[gap_errors.Sample]


class Track:
    """The history as phases: what each set says of its own epoch, counted through all revolutions.

    Sets alone are judged as they were published, those included that carry no history: the newest may be such a one.
    """

    def __init__(self, history: ElementHistory) -> None:
        sets = published_sets()
        self.orbits = [Sgp4Orbit(s) for s in sets]
        self.epochs = [s.epoch_unix_s for s in sets]
        self.points = [history.point(index) for index in range(len(history))]
        self.launches_unix_s = history.launches_unix_s
        self.months = [gap_errors.month_of(epoch) for epoch in self.epochs]
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


def published_sets() -> list[ElementSet]:
    """All sets of the seed."""
    rows = seed_json("elements.json")["sets"]
    sets = [parse_tle(row[0], row[1]) for row in rows]
    return [
        msgspec.structs.replace(s, revolution=row[4]) if len(row) > 4 else s for s, row in zip(sets, rows, strict=True)
    ]


def mean_phase(orbit: Sgp4Orbit, unix_s: float) -> tuple[float, float]:
    """Mean argument of latitude (rad) and its rate (rad/s) by one set: drag included, ripples not."""
    orbit.state(unix_s)
    record = orbit.satrec
    # sgp4 keeps its mean elements of the last call; the oblate Earth turns the phase faster than the mean motion.
    oblateness = (record.mdot + record.argpdot) * record.a**1.5 / record.xke
    return record.om + record.mm, record.nm * oblateness / 60.0


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


def quantile_table(samples: list[Sample], nodes: tuple[float, ...]) -> dict[str, list[float]]:
    """Median and 90 % of the errors around each age, months weighing the same."""
    median_km, p90_km = list[float](), list[float]()
    for index, node in enumerate(nodes):
        low = math.sqrt(node * nodes[index - 1]) if index else node / 1.5
        high = math.sqrt(node * nodes[index + 1]) if index + 1 < len(nodes) else node * 1.3
        near = [(error, month) for days, error, month in samples if low <= days < high]
        for column, share in ((median_km, 0.5), (p90_km, 0.9)):
            column.append(round(gap_errors.quantile(near, share) or 0.0, 2))
    # What is not known better with more age is noise of the sample: the tables never fall.
    for column in (median_km, p90_km):
        for index in range(1, len(column)):
            column[index] = max(column[index], column[index - 1])
    return {"days": list(nodes), "median_km": median_km, "p90_km": p90_km}


def collect(track: Track) -> Samples:
    """All that can be measured."""
    alone, after_burn = alone_samples(track)
    return Samples(alone, after_burn, gap_errors.samples(track.points, track.launches_unix_s))


def tables(samples: Samples, months: set[str] | None = None) -> dict[str, Any]:
    """What is learnt, from some months or from all."""
    return {**alone_tables(samples, months), **gap_errors.tables(samples.gaps, months)}


def alone_tables(samples: Samples, months: set[str] | None = None) -> dict[str, Any]:
    """What is learnt of sets alone."""
    alone, after_burn = (
        [s for s in part if months is None or s[2] in months] for part in (samples.alone, samples.after_burn)
    )
    settled, unsettled = (quantile_table(part, ALONE_DAYS)["median_km"] for part in (alone, after_burn))
    ratios = [b / a for a, b, days in zip(settled, unsettled, ALONE_DAYS, strict=True) if 1 <= days <= 10]
    return {
        "alone": quantile_table(alone, ALONE_DAYS),
        "after_burn_factor": round(max(1.0, math.exp(sum(map(math.log, ratios)) / len(ratios))), 2),
    }


def date_errors(points: Sequence[MeanOrbit], launches_unix_s: Sequence[float], nominal_days: float) -> list[float]:
    """Days between the date of a burn by closure of a gap and its date by the sets that were left out of it.

    Only gaps in which exactly one burn is known, and in which one was found.
    """
    steps = [close_gap(points, n, n + 1, launches_unix_s) for n in range(len(points) - 1)]
    errors = []
    for first, last in gap_errors.pairs(points, nominal_days):
        burns = [n for n in range(first, last) if steps[n].kind in {"burn", "campaign", "open"}]
        if len(burns) != 1 or abs(steps[burns[0]].size_rev_day) < SURE_STEP_REV_DAY:
            continue
        start_unix_s, end_unix_s = points[burns[0]].unix_s, points[burns[0] + 1].unix_s
        bracket_days = (end_unix_s - start_unix_s) / DAY_S
        found = close_gap(points, first, last, launches_unix_s)
        if bracket_days > SURE_BRACKET_DAYS or not found.steps:
            continue
        known_unix_s = start_unix_s + min(max(steps[burns[0]].at_days, 0.0), bracket_days) * DAY_S
        largest = max(found.steps, key=lambda step: abs(step.size_rev_day))
        errors.append(abs(points[first].unix_s + largest.days * DAY_S - known_unix_s) / DAY_S)
    return errors


def date_table(points: Sequence[MeanOrbit], launches_unix_s: Sequence[float]) -> dict[str, list[float]]:
    """Median and 90 % of `date_errors` by the length of the gap."""
    measured = [date_errors(points, launches_unix_s, days) for days in DATED_DAYS]
    for days, errors in zip(DATED_DAYS, measured, strict=True):
        print(f"burns dated in gaps of {days:g} d: {len(errors)}")
    return {
        "days": list(DATED_DAYS),
        "median_days": [round(median(errors), 3) for errors in measured],
        "p90_days": [round(quantiles(errors, n=10)[-1], 3) for errors in measured],
    }


def main(*, anew: bool) -> None:
    """Learn from the whole history and write the seed.

    Args:
        anew: Also learn `alone` again. Its 90 % at two to five days hang on a few burns, and change by half with
            twenty sets more; what was found honest is kept until there is reason to change it.
    """
    track = Track(embedded_history())
    learnt = tables(collect(track))
    kept = json.loads(OUTPUT.read_text(encoding="utf-8"))
    if not anew:
        learnt |= {name: kept[name] for name in ("alone", "after_burn_factor")}
    data = {
        **learnt,
        "burn_dates": date_table(track.points, track.launches_unix_s),
        **{name: kept[name] for name in ("beside", "altitude")},
    }
    OUTPUT.write_text(json.dumps(data) + "\n", encoding="utf-8")
    print(json.dumps(data["burn_dates"]))


if __name__ == "__main__":
    main(anew="--anew" in sys.argv[1:])
