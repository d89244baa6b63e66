"""Learn how far places between two element sets are off, by leaving sets out.

Every pair of sets about so far apart as `GAP_DAYS` has is taken for a gap of its own: what happened in it is found
out from the sets outside of it alone, and the sets inside say how far off the curve is. Every calendar month counts
the same within a cell of the table, so that the months with several sets a day do not drown the others.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import pairwise, product
from statistics import fmean
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from seeds.makers.launch_gaps import Site, close_by_launches, launches_in
from sim.constants import DAY_S
from sim.orbit.closure.close import close_gap
from sim.orbit.closure.gap_error import (
    AT_LAUNCH,
    AT_LAUNCH_DAYS,
    NEAR_GAP_DAYS,
    GapPlace,
    GapPlaces,
    Tables,
    gap_error_km,
)
from sim.orbit.closure.interpolation import curve_between, mean_at
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION
from sim.time import to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sim.orbit.closure.close import Closure
    from sim.orbit.closure.mean_orbit import MeanOrbit

GAP_DAYS = (0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 36.0, 50.0, 63.0)
LONGER, LONGER_DAYS = 1.15, 0.5
"""A pair may be so much further apart than the gap it stands for."""

NODES = {
    "quiet": GAP_DAYS,
    "doubtful": (7.0, 12.0, *GAP_DAYS[10:]),
    "burn": (2.0, 3.0, 4.5, *GAP_DAYS[7:]),
    "campaign": GAP_DAYS[9:],
    "open": (5.0, 30.0),
    "launch": (4.0, 8.0, 14.0, 24.0, 40.0),
    "launches": (12.0, 24.0),
}
NEAR_DAYS = (0.1, 0.2, 0.35, 0.7, 1.0, 1.5, 2.0)
LAUNCH_DAYS = (AT_LAUNCH_DAYS, 0.8, 1.5)
LAUNCH_GAP_DAYS = (10.0, 14.0, 20.0, 28.0, 36.0, 50.0, 63.0)
MOST_GAPS = 6
"""Around one launch, of one length."""

PLACES = (0.05, 0.15, 0.3, 0.5, 0.7, 0.9)
PLACE_BORDERS = (0.0, 0.1, 0.22, 0.4, 0.6, 0.8, math.inf)
MEDIAN_SHARE = 0.4
FEWEST = 5
SMALLEST_PART, SMALLEST_KM = 0.001, 0.03


class Sample(Struct, frozen=True):
    """One set that was left out.

    Attributes:
        place: Where it lay.
        error_km: How far off the curve was, along the track.
        month: Of the set before the gap.
        gap: Number of that set, and of the one after the gap.
        nominal_days: The gap it stands for.
    """

    place: GapPlace
    error_km: float
    month: str
    gap: tuple[int, int]
    nominal_days: float


def samples(points: Sequence[MeanOrbit], launches_unix_s: Sequence[float]) -> list[Sample]:
    """All sets left out of all gaps."""
    found = [
        sample
        for nominal_days in GAP_DAYS
        for first, last in pairs(points, nominal_days)
        for sample in _left_out(points, first, last, nominal_days, close_gap(points, first, last, launches_unix_s))
    ]
    return found + _around_launches(points)


def _around_launches(points: Sequence[MeanOrbit]) -> list[Sample]:
    site = Site.of(points)
    found: list[Sample] = []
    for nominal_days, launch in product(LAUNCH_GAP_DAYS, site.launches):
        around = [
            (first, last)
            for first, last in pairs(points, nominal_days)
            if launch.name in site.ahead and launch in launches_in(site, points, first, last)
        ]
        for first, last in around[:: max(1, len(around) // MOST_GAPS)][:MOST_GAPS]:
            closure = close_by_launches(site, points, first, last, blind=True)
            if closure is not None and closure.kind == "launch":
                found += _left_out(points, first, last, nominal_days, closure)
    return found


def pairs(points: Sequence[MeanOrbit], nominal_days: float) -> Iterator[tuple[int, int]]:
    """Pairs of sets about so far apart, with others in between."""
    epochs = [point.unix_s for point in points]
    for first, epoch in enumerate(epochs):
        last = bisect_left(epochs, epoch + nominal_days * DAY_S)
        if last == len(epochs) or last < first + 2:
            continue
        if epochs[last] - epoch <= (nominal_days * LONGER + LONGER_DAYS) * DAY_S:
            yield first, last


def _left_out(
    points: Sequence[MeanOrbit], first: int, last: int, nominal_days: float, closure: Closure
) -> Iterator[Sample]:
    before, after = points[first], points[last]
    gap_days = (after.unix_s - before.unix_s) / DAY_S
    curve, places = curve_between(before, after, closure.steps), GapPlaces(closure, gap_days)
    month = month_of(before.unix_s)
    for point in points[first + 1 : last]:
        days = (point.unix_s - before.unix_s) / DAY_S
        turns = point.revolution + point.phase - before.revolution - before.phase
        error_km = abs(turns - mean_at(curve, days).turns) * KM_A_REVOLUTION
        yield Sample(places.at(days), error_km, month, (first, last), nominal_days)


def tables(measured: Iterable[Sample], months: set[str] | None = None) -> dict[str, dict[str, Any]]:
    """What is learnt, from some months or from all.

    `gaps`: by length of gap and place in it; `near`: by the time from the nearest set, and from a launch. The smaller
    of two quantiles holds less often than either, so both are made larger, kind by kind, until they hold as they say.
    """
    by_kind: dict[str, list[Sample]] = defaultdict(list)
    for sample in measured:
        if months is None or sample.month in months:
            by_kind[sample.place.kind].append(sample)
    gaps = {kind: _table(by_kind[kind], kind, NODES[kind]) for kind in NODES}
    near = _near_tables([sample for kind in NODES for sample in by_kind[kind]])
    together = Tables.of(gaps, near)
    for kind in NODES:
        factors = _factors(by_kind[kind], together)
        for table, names in ((gaps[kind], ("median", "p90")), (near.get(kind, {}), ("median_km", "p90_km"))):
            for name, factor in zip(names, factors, strict=True):
                if name in table:
                    table[name] = _times(table[name], factor)
    return {"gaps": gaps, "near": near}


def _factors(measured: Sequence[Sample], together: Tables) -> tuple[float, float]:
    """By how much both must grow to hold as often as they say; the median by a part of it: short gaps need less."""
    ratios: tuple[list[tuple[float, str]], list[tuple[float, str]]] = ([], [])
    for sample in measured:
        for column, stated_km in zip(ratios, gap_error_km(sample.place, together), strict=True):
            column.append((sample.error_km / stated_km, sample.month))
    median, p90 = (quantile(column, share) or 1.0 for column, share in zip(ratios, (0.5, 0.9), strict=True))
    return max(median, 1.0) ** MEDIAN_SHARE, max(p90, 1.0)


def _times(values: list[Any], factor: float) -> list[Any]:
    return [_times(value, factor) if isinstance(value, list) else round(value * factor, 4) for value in values]


def _near_tables(measured: Iterable[Sample]) -> dict[str, Any]:
    cells: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for sample in measured:
        place = sample.place
        if place.gap_days > NEAR_GAP_DAYS:
            if place.kind != "launches":
                cells[place.kind].append((place.set_days, sample.error_km, sample.month))
            cells[AT_LAUNCH].append((place.launch_days, sample.error_km, sample.month))
    return {kind: _near_table(cells[kind], LAUNCH_DAYS if kind == AT_LAUNCH else NEAR_DAYS) for kind in sorted(cells)}


def _near_table(samples_near: Sequence[tuple[float, float, str]], nodes: Sequence[float]) -> dict[str, Any]:
    borders = [0.0, *(math.sqrt(a * b) for a, b in pairwise(nodes)), nodes[-1]]
    table: dict[str, Any] = {"days": list(nodes)}
    found = [
        quantiles([(error_km, month) for days, error_km, month in samples_near if low <= days < high], (0.5, 0.9))
        for low, high in pairwise(borders)
    ]
    for which, name in enumerate(("median_km", "p90_km")):
        row = [cell[which] for cell in found]
        table[name] = [round(max(value, SMALLEST_KM), 3) for value in _filled([row], SMALLEST_KM)[0]]
    return table


def _table(measured: Sequence[Sample], kind: str, nodes: Sequence[float]) -> dict[str, Any]:
    cells: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
    borders, inner_borders = [math.sqrt(a * b) for a, b in pairwise(nodes)], PLACE_BORDERS[1:-1]
    for sample in measured:
        row = bisect_right(borders, sample.place.gap_days)
        column = bisect_right(inner_borders, sample.place.place)
        # Parts of a lever hardly depend on the length of the gap: neighbours share what they say of one burn.
        for near in range(row - 1, row + 2) if kind == "burn" else (row,):
            cells[near, column].append((sample.error_km / sample.place.scale_km, sample.month))
    least = SMALLEST_KM if kind in {"quiet", "doubtful", "launch", "launches"} else SMALLEST_PART
    table: dict[str, Any] = {"days": list(nodes), "place": list(PLACES)}
    found = [[quantiles(cells[row, column], (0.5, 0.9)) for column in range(len(PLACES))] for row in range(len(nodes))]
    for which, name in enumerate(("median", "p90")):
        grid = [[cell[which] for cell in row] for row in found]
        table[name] = [[round(max(value, least), 4) for value in row] for row in _filled(grid, least)]
    return table


def month_of(unix_s: float) -> str:
    """The calendar month of an instant."""
    return f"{to_datetime(unix_s):%Y-%m}"


def quantiles(cell: Sequence[tuple[float, str]], shares: Sequence[float]) -> list[float | None]:
    """For each of rising shares, with months weighing the same; None where there is too little to tell."""
    if len(cell) < FEWEST:
        return [None for _ in shares]
    in_month = Counter(month for _, month in cell)
    ordered, reached, number = sorted(cell), 0.0, 0
    found: list[float | None] = []
    for share in shares:
        while reached < share * len(in_month) - 1e-9 and number < len(ordered):
            reached += 1.0 / in_month[ordered[number][1]]
            number += 1
        found.append(ordered[number - 1][0])
    return found


def quantile(cell: Sequence[tuple[float, str]], share: float) -> float | None:
    """With months weighing the same; None where there is too little to tell."""
    return quantiles(cell, (share,))[0]


def _filled(grid: Sequence[Sequence[float | None]], least: float) -> list[list[float]]:
    """Cells without samples from their neighbours in the row, rows without any from the nearest row.

    Errors grow from the sets to the middle: where a cell says otherwise, that is noise, and the cells share it.
    """
    rows: list[list[float] | None] = []
    for row in grid:
        known = [(column, math.log(max(value, least))) for column, value in enumerate(row) if value is not None]
        if not known:
            rows.append(None)
            continue
        columns = [column for column, _value in known]
        nearest = [known[_nearest(columns, column)][1] for column in range(len(row))]
        rows.append([math.exp(value) for value in _rising(nearest)])
    there = [number for number, filled in enumerate(rows) if filled is not None]
    whole = [rows[there[_nearest(there, number)]] for number in range(len(rows))]
    return [row for row in whole if row is not None]


def _nearest(numbers: Sequence[int], wanted: int) -> int:
    """Index of the number nearest to one, the first of two as near."""
    return min(range(len(numbers)), key=lambda index: abs(numbers[index] - wanted))


def _rising(values: Sequence[float]) -> list[float]:
    """The rising sequence nearest to values: neighbours that fall are replaced by their mean."""
    blocks: list[list[float]] = []
    for value in values:
        blocks.append([value])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    return [fmean(block) for block in blocks for _ in block]
