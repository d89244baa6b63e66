"""Close long gaps in which ships were launched to the station, with the place that a launch says.

Burns are tried on every half day, and before each launch; their sizes follow by least squares from what is known: the
phases and rates of both sets (exactly), the phase at each launch (to the spread that `launch_phase` learnt), the drag
beside the gap, and how large burns are. The likeliest story is kept.
"""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from seeds.makers.launch_phase import Launch, launches, learnt, measured_ahead
from sim.constants import DAY_S
from sim.orbit.closure.close import LEAD_DAYS, LEAD_SPREAD_REV_DAY, LEAD_STEP_REV_DAY, Closure, GapKind, close_gap
from sim.orbit.closure.drag import beside, decays_beside
from sim.orbit.closure.interpolation import Curve, Step, curve_between, inside, mean_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sim.orbit.closure.mean_orbit import MeanOrbit

    Floats = NDArray[np.float64]

SHORTEST_GAP_DAYS, NEAREST_SET_DAYS = 9.0, 2.0
"""In shorter gaps, and nearer to a set, the sets say more than the launch does."""

LEAD_SHIFTS_DAYS, LEAD_SHIFT_SPREAD_DAYS = (-1.0, -0.5, 0.0, 0.5, 1.0), 0.6
GRID_DAYS, COARSE_GRID_DAYS, FINE_UP_TO_DAYS = 0.5, 1.0, 30.0
BURN_STEP_REV_DAY, BURN_SPREAD_REV_DAY = -0.010, 0.020
"""Any other burn: 3 km up, give or take 6."""

DRAG_SHARE, LEAST_DRAG_REV_DAY2 = 0.3, 5e-5
"""Drag beside a gap and in it differ by so much."""

LEAD_COST, BURN_COST, LOWERING_COST = 1.0, 2.0, 4.0
OPEN_COST = 30.0
"""Of 395 gaps around launches left out none costs more: what does is known no better than an open gap."""


class Datum(Struct, frozen=True):
    """A launch in a gap: days after the first set, revolutions since then, and the spread of these."""

    days: float
    turns: float
    spread: float


class Site(Struct, frozen=True):
    """What is known of launches: all, and how far the station was past the site at some."""

    launches: tuple[Launch, ...]
    ahead: dict[str, float]

    @classmethod
    def of(cls, points: Sequence[MeanOrbit]) -> Site:
        """From a history."""
        every = tuple(launches())
        return cls(every, measured_ahead(every, points))


def launches_in(site: Site, points: Sequence[MeanOrbit], first: int, last: int) -> list[Launch]:
    """Launches that help between two points: none in short gaps, none near the sets."""
    start_unix_s, end_unix_s = points[first].unix_s, points[last].unix_s
    if end_unix_s - start_unix_s < SHORTEST_GAP_DAYS * DAY_S:
        return []
    room_s = NEAREST_SET_DAYS * DAY_S
    return [launch for launch in site.launches if start_unix_s + room_s < launch.unix_s < end_unix_s - room_s]


def close_by_launches(
    site: Site, points: Sequence[MeanOrbit], first: int, last: int, *, blind: bool = False
) -> Closure | None:
    """What happened in a gap, by its launches; None where it has none.

    Args:
        site: What is known of launches.
        points: The history.
        first: Number of the point before the gap.
        last: Number of the point after it.
        blind: Do not use what the very launches in the gap have taught.
    """
    within = launches_in(site, points, first, last)
    if not within:
        return None
    before, after = points[first], points[last]
    days = (after.unix_s - before.unix_s) / DAY_S
    plain = close_gap(points, first, last, [launch.unix_s for launch in site.launches])
    curve = curve_between(before, after, plain.steps)
    data = [_datum(site, launch, before, curve, blind=blind) for launch in within]
    cost, steps = _likeliest(curve_between(before, after), days, data, decays_beside(*beside(points, first, last)))
    kind: GapKind = "open" if cost > OPEN_COST else "launch"
    size = sum(step.size_rev_day for step in steps)
    launches_days = tuple(datum.days for datum in data)
    split_km = plain.split_km if kind == "open" else 0.0
    return Closure(kind, steps, size, plain.at_days, split_km, plain.decay_rev_day2, launches_days)


def _datum(site: Site, launch: Launch, before: MeanOrbit, curve: Curve, *, blind: bool) -> Datum:
    days = (launch.unix_s - before.unix_s) / DAY_S
    mean = mean_at(curve, days)
    ahead = learnt(site.ahead, site.launches, is_long=launch.is_long, without=launch.name if blind else "")
    part = launch.site_phase(mean) + ahead.mean - before.phase
    return Datum(days, part + round(mean.turns - part), ahead.spread)


def _likeliest(
    quiet: Curve, days: float, data: Sequence[Datum], decays: tuple[float, float]
) -> tuple[float, tuple[Step, ...]]:
    """Cost and burns of the likeliest story."""
    best: tuple[float, tuple[Step, ...]] = (math.inf, ())
    for leads in product(*([None, *_lead_dates(datum, days)] for datum in data)):
        there = [at for at in leads if at is not None]
        fixed = sum(
            LEAD_COST + ((at - datum.days + LEAD_DAYS) / LEAD_SHIFT_SPREAD_DAYS) ** 2
            for at, datum in zip(leads, data, strict=True)
            if at is not None
        )
        for others in _other_dates(days, len(there)):
            if others.shape[1] == 0 and not there:
                continue
            dates = np.hstack([np.tile(there, (len(others), 1)), others])
            costs, sizes = _fitted(quiet, days, data, decays, dates, len(there))
            costs += fixed + BURN_COST * others.shape[1]
            at = int(costs.argmin())
            if costs[at] < best[0]:
                steps = (Step(inside(float(d), days), float(s)) for d, s in zip(dates[at], sizes[at], strict=True))
                best = float(costs[at]), tuple(sorted(steps, key=lambda step: step.days))
    return best


def _lead_dates(datum: Datum, days: float) -> list[float]:
    dates = (datum.days - LEAD_DAYS + shift for shift in LEAD_SHIFTS_DAYS)
    return [at for at in dates if 0.1 < at < days - 0.1]


def _other_dates(days: float, leads: int) -> Iterator[Floats]:
    """Dates of no, one and two more burns, a row each."""
    grid = np.arange(0.25, days - 0.2, GRID_DAYS if days < FINE_UP_TO_DAYS else COARSE_GRID_DAYS)
    yield np.zeros((1, 0))
    yield grid[:, None]
    if leads < 2:
        yield np.array(list(combinations(grid[::2], 2)))


def _fitted(
    quiet: Curve, days: float, data: Sequence[Datum], decays: tuple[float, float], dates: Floats, leads: int
) -> tuple[Floats, Floats]:
    """Cost of stories with the same number of burns, (n,), and the likeliest sizes, (n, burns).

    A burn changes the parabola too, as the phases and rates of both sets stay: see `curve_between`.
    """
    bend = 6.0 * (days / 2.0 - dates) / days**3
    slope = -1.0 / days - bend * days
    drag = max(DRAG_SHARE * sum(decays) / 2.0, LEAST_DRAG_REV_DAY2)
    end_slope = quiet.slope + 2.0 * quiet.bend * days
    rows, goals = [slope / drag, (slope + 2.0 * bend * days) / drag], list[float]()
    goals += [(decays[0] - quiet.slope) / drag, (decays[1] - end_slope) / drag]
    for datum in data:
        turned = np.maximum(datum.days - dates, 0.0) + slope * datum.days**2 / 2.0 + bend * datum.days**3 / 3.0
        rows.append(turned / datum.spread)
        goals.append((datum.turns - mean_at(quiet, datum.days).turns) / datum.spread)
    burns = dates.shape[1]
    usual = np.where(np.arange(burns) < leads, LEAD_STEP_REV_DAY, BURN_STEP_REV_DAY)
    spread = np.where(np.arange(burns) < leads, LEAD_SPREAD_REV_DAY, BURN_SPREAD_REV_DAY)
    matrix = np.concatenate(
        [np.stack(rows, axis=1), np.broadcast_to(np.diag(1.0 / spread), (len(dates), burns, burns))], 1
    )
    goal = np.concatenate([goals, usual / spread])
    turned_matrix = matrix.transpose(0, 2, 1)
    sizes = np.linalg.solve(turned_matrix @ matrix, (turned_matrix @ goal)[..., None])[..., 0]
    rest = (matrix @ sizes[..., None])[..., 0] - goal
    lowering = np.where(sizes > 0.0005, LOWERING_COST + (sizes / LEAD_SPREAD_REV_DAY) ** 2, 0.0)
    return (rest**2).sum(axis=1) + lowering.sum(axis=1), sizes
