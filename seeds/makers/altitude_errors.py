"""Learn how far the mean altitude is off, by leaving sets out; writes `altitude` of `seeds/uncertainty.json`.

    python -m seeds.makers.altitude_errors

Gaps are those of `seeds.makers.gap_errors`. The altitude of a set alone is carried on with the decay of its day, as
`sim.orbit.altitude` does. Every calendar month counts the same.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from seeds.makers.gap_errors import GAP_DAYS, month_of, pairs, quantiles
from seeds.makers.uncertainty import OUTPUT
from sim.constants import DAY_S
from sim.orbit.closure.altitude_error import BY_SET, COLUMNS, MOST_OF_LAST_NODE, altitude_scale_km
from sim.orbit.closure.close import close_gap
from sim.orbit.closure.interpolation import curve_between, mean_at
from sim.orbit.closure.mean_orbit import STEP_REV_DAY_A_KM
from sim.orbit.element_history import embedded_history

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.orbit.closure.mean_orbit import MeanOrbit
    from sim.orbit.element_history import ElementHistory

NODES = {
    "quiet": (3.0, 8.5, 14.0, 20.0, 28.0, 36.0, 50.0, 63.0),
    "doubtful": (0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0),
    "burn": (0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0),
    "campaign": (0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0),
    "open": (20.0,),
    "alone": (
        0.5,
        1.0,
        2.0,
        3.0,
        5.0,
        7.0,
        10.0,
        14.0,
        20.0,
        28.0,
        36.0,
        50.0,
        70.0,
        100.0,
        140.0,
        200.0,
        280.0,
        365.0,
    ),
}
"""In days: of the length of a quiet gap, of others of the time to the nearer set, of `alone` of its age. Parts of the
contradiction of an open gap hardly depend on either: all count as one class."""

MEAN_AXIS_KM = 6768.0


class Sample(Struct, frozen=True):
    """One set that was left out.

    Attributes:
        kind: What happened in the gap, or `alone`.
        days: Length of the gap, or age of the set.
        off: Error of the mean altitude, as a part of the scale.
        apsides_off: Error of the worse of perigee and apogee, likewise.
        month: Of the earlier set.
        set_days: Time to the nearer set.
        scale_km: What both are parts of.
    """

    kind: str
    days: float
    off: float
    apsides_off: float
    month: str
    set_days: float
    scale_km: float


def samples(history: ElementHistory) -> list[Sample]:
    """All that can be measured."""
    points = [history.point(index) for index in range(len(history))]
    found = [
        sample
        for nominal_days in GAP_DAYS
        for first, last in pairs(points, nominal_days)
        for sample in _left_out(points, first, last, history.launches_unix_s)
    ]
    return found + list(_alone(history))


def _left_out(points: Sequence[MeanOrbit], first: int, last: int, launches_unix_s: Sequence[float]) -> Iterator[Sample]:
    before, after = points[first], points[last]
    closure = close_gap(points, first, last, launches_unix_s)
    gap_days = (after.unix_s - before.unix_s) / DAY_S
    scale_km = altitude_scale_km(closure, gap_days)
    curve = curve_between(before, after, closure.steps)
    for point in points[first + 1 : last]:
        days = (point.unix_s - before.unix_s) / DAY_S
        mean = mean_at(curve, days)
        off_km = (mean.rate - point.rate_rev_day) / STEP_REV_DAY_A_KM
        swing_km = MEAN_AXIS_KM * (math.hypot(mean.h, mean.k) - math.hypot(point.h, point.k))
        set_days = min(days, gap_days - days)
        yield _sample(closure.kind, gap_days, (off_km, swing_km), before.unix_s, set_days, scale_km)


def _alone(history: ElementHistory) -> Iterator[Sample]:
    altitude = history.altitude
    for index, point in enumerate(altitude.points):
        decay = altitude.at(point.unix_s).decay
        sinking_km_day = decay.km_day if decay else 0.0
        for later in altitude.points[index + 1 :]:
            days = (later.unix_s - point.unix_s) / DAY_S
            if days > MOST_OF_LAST_NODE * NODES["alone"][-1]:
                break
            off_km = point.mean_altitude_km + sinking_km_day * days - later.mean_altitude_km
            swing_km = (point.apogee_km - point.perigee_km - later.apogee_km + later.perigee_km) / 2.0
            yield _sample("alone", days, (off_km, swing_km), point.unix_s, days, 1.0)


def _sample(
    kind: str, days: float, off_km: tuple[float, float], unix_s: float, set_days: float, scale_km: float
) -> Sample:
    axis_km, swing_km = map(abs, off_km)
    return Sample(kind, days, axis_km / scale_km, (axis_km + swing_km) / scale_km, month_of(unix_s), set_days, scale_km)


def tables(measured: Sequence[Sample], months: set[str] | None = None) -> dict[str, Any]:
    """What is learnt, from some months or from all: it never falls with the days."""
    cells: dict[tuple[str, int], list[Sample]] = defaultdict(list)
    borders = {kind: [math.sqrt(a * b) for a, b in pairwise(nodes)] for kind, nodes in NODES.items()}
    for sample in measured:
        if sample.kind in NODES and (months is None or sample.month in months):
            days = sample.set_days if sample.kind in BY_SET else sample.days
            cells[sample.kind, bisect_right(borders[sample.kind], days)].append(sample)
    return {kind: _table(nodes, [cells[kind, row] for row in range(len(nodes))]) for kind, nodes in NODES.items()}


def _table(nodes: Sequence[float], rows: Sequence[Sequence[Sample]]) -> dict[str, list[float]]:
    table = {"days": list(nodes)}
    found = [
        quantiles([(s.off, s.month) for s in row], (0.5, 0.9))
        + quantiles([(s.apsides_off, s.month) for s in row], (0.5, 0.9))
        for row in rows
    ]
    for name, column in zip(COLUMNS, zip(*found, strict=True), strict=True):
        table[name] = list(accumulate((round(value or 0.0, 4) for value in column), max))
    return table


if __name__ == "__main__":
    learnt = tables(samples(embedded_history()))
    data = json.loads(OUTPUT.read_text(encoding="utf-8"))
    OUTPUT.write_text(json.dumps({**data, "altitude": learnt}) + "\n", encoding="utf-8")
    print(json.dumps(learnt, indent=1))
