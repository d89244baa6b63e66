"""What happened in a gap: burns dated by closing the phase.

The number of revolutions between two sets is known exactly, so the integral of the phase rate is; the decay beside
the gap says how the rate should have grown. What the decay does not explain is a burn, and its date is the one with
which the integral comes out right. If there were several, that date is their mean, weighted by size: no single burn
can be told from them by the phases alone. The launch calendar can: about two days before most launches the station
was raised by some 3.5 km, to wait for the ship.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from sim.constants import DAY_S
from sim.orbit.closure.drag import SMALLEST_STEP_REV_DAY, beside, decays_beside, is_quiet
from sim.orbit.closure.interpolation import Step, inside
from sim.orbit.closure.mean_orbit import KM_A_REVOLUTION, turns_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.orbit.closure.mean_orbit import MeanOrbit

GapKind = Literal["quiet", "doubtful", "burn", "campaign", "open", "launch"]
"""`quiet`: drag explains all. `doubtful`: a small burn or a change of the drag, which cannot be told apart; taken as
drag. `burn`: one dated burn. `campaign`: two or three, dated with the help of the launch calendar. `open`: no single
burn inside the gap closes the phase; several did, up and down, and only the smoothest way is given. `launch`: a long
gap in which ships were launched to the station, which says where it was then (`seeds/makers/launch_phase.py`)."""

DOUBTFUL_SHARE = 0.8
LOWERING_SHARE = 1.5
"""A storm on the Sun makes the air twice as dense for days (May 2024), and the engines hardly ever lower the station:
what sinks up to two and a half times as fast as beside the gap is taken for weather."""

MARGIN_DAYS = 0.1
"""A burn dated so little outside of the gap was at its edge: the noise of the sets."""

LEAD_DAYS = 1.9
"""Days from the raise before a launch to the launch: median of those dated to a day, 2022-2026 (spread 0.4 d)."""

LEAD_STEP_REV_DAY, LEAD_SPREAD_REV_DAY = -0.012, 0.004
"""Size of that raise, 3.5 km, and its spread: from the same."""

MAIN_LEAD_DAYS, MAIN_SPREAD_DAYS = 11.0, 3.0
"""The main raise comes so long before that one: 9 to 15 days before a launch in most campaigns of 2023-2026."""

MOST_UNUSUAL = 9.0
"""A main raise may also have nothing to do with a launch: three spreads are as bad as thirty."""

TRIED_STEP_REV_DAY, MOST_TRIED = -0.001, 31
SMALLEST_REST_REV_DAY = -0.002
SAME_BURN_DAYS = 1.0
LONGEST_SPLIT_DAYS = 4.0
SET_SPLIT_KM, DRAG_SPLIT_KM_DAY2 = 1.0, 2.0
"""Largest difference at which two sets agree: nine in ten quiet gaps of up to four days have less."""


class Problem(Struct, frozen=True):
    """A gap as the closure sees it; rates in revolutions a day, times in days after the first set."""

    days: float
    turns: float
    rate: float
    end_rate: float
    decay: float
    end_decay: float

    @property
    def mean_decay(self) -> float:
        """Decay of both ends."""
        return (self.decay + self.end_decay) / 2.0

    @property
    def step(self) -> float:
        """What the decay leaves of the change of the rate."""
        return self.end_rate - self.rate - self.mean_decay * self.days

    @property
    def split_km(self) -> float:
        """Distance along the track between the two sets where nothing happened: the phase against the mean rate."""
        return abs(self.turns - (self.rate + self.end_rate) / 2.0 * self.days) * KM_A_REVOLUTION


class Closure(Struct, frozen=True):
    """What was found in a gap.

    Attributes:
        kind: See `GapKind`.
        steps: Dated burns, in order.
        size_rev_day: All that the decay does not explain.
        at_days: Date of a single burn that would explain it, days after the first set; it may lie outside.
        split_km: By how much the two sets contradict each other; 0 where a burn or the drag of days explains it.
        decay_rev_day2: Decay taken out.
        launches_days: Launches that say where the station was, days after the first set; `open` gaps may have them too.
    """

    kind: GapKind
    steps: tuple[Step, ...]
    size_rev_day: float
    at_days: float
    split_km: float
    decay_rev_day2: float
    launches_days: tuple[float, ...] = ()

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Closure:
        """From a row of `seeds/elements.json` (after the number of the gap): see `to_row`."""
        _, kind, size, at_days, split_km, decay, *steps = row
        launches_days = tuple(steps.pop()) if steps and isinstance(steps[-1], list) else ()
        dated = tuple(map(Step, steps[::2], steps[1::2]))
        return cls(kind, dated, size, at_days, split_km, decay, launches_days)

    def to_row(self, gap: int) -> list[Any]:
        """A row for `seeds/elements.json`: number of the gap, kind, size, date, split, decay, then dates and sizes.

        Last, where there are any, a list of the launches.
        """
        steps = [round(value, 6) for step in self.steps for value in (step.days, step.size_rev_day)]
        numbers = (self.size_rev_day, self.at_days, self.split_km, self.decay_rev_day2)
        launches = [[round(days, 6) for days in self.launches_days]] if self.launches_days else []
        return [gap, self.kind, *(round(value, 6) for value in numbers), *steps, *launches]


def closed(before: MeanOrbit, after: MeanOrbit, other_split_km: float = 0.0) -> Closure:
    """A gap that is known to be quiet.

    `other_split_km` is by how much a set that was left out of it contradicts this.
    """
    days = (after.unix_s - before.unix_s) / DAY_S
    decay = (after.rate_rev_day - before.rate_rev_day) / days
    problem = _problem(before, after, decay, decay)
    return Closure("quiet", (), 0.0, days / 2.0, max(contradiction_km(problem), other_split_km), decay)


def _problem(before: MeanOrbit, after: MeanOrbit, decay: float, end_decay: float) -> Problem:
    days, turns = (after.unix_s - before.unix_s) / DAY_S, turns_between(before, after)
    return Problem(days, turns, before.rate_rev_day, after.rate_rev_day, decay, end_decay)


def contradiction_km(problem: Problem) -> float:
    """By how much the sets of a quiet gap contradict each other; 0 where drag makes as much."""
    explained_km = SET_SPLIT_KM + DRAG_SPLIT_KM_DAY2 * problem.days**2
    short = problem.days < LONGEST_SPLIT_DAYS
    return problem.split_km if short and problem.split_km > explained_km else 0.0


def close_gap(points: Sequence[MeanOrbit], first: int, last: int, launches_unix_s: Sequence[float] = ()) -> Closure:
    """Find what happened between two points of the history, from what lies outside of them."""
    return close_between(*beside(points, first, last), launches_unix_s)


def close_between(
    early: Sequence[MeanOrbit], late: Sequence[MeanOrbit], launches_unix_s: Sequence[float] = ()
) -> Closure:
    """Find what happened in a gap, from the points `beside` it, each from the gap outwards."""
    problem = _problem(early[0], late[0], *decays_beside(early, late))
    leads = ((launch - early[0].unix_s) / DAY_S - LEAD_DAYS for launch in launches_unix_s)
    return solve(problem, [lead for lead in leads if 0.3 < lead < problem.days - 0.3])


def solve(problem: Problem, leads_days: Sequence[float] = ()) -> Closure:
    """Choose the simplest story that closes the phase."""
    step, decay = problem.step, problem.mean_decay
    short = problem.days < LONGEST_SPLIT_DAYS
    if is_quiet(step, decay, problem.days):
        return Closure("quiet", (), step, problem.days / 2.0, contradiction_km(problem), decay)
    at_days, size = burn_instant(problem)
    sinking = step > 0.0 and is_quiet(step, decay, problem.days, LOWERING_SHARE)
    if sinking or (not short and is_quiet(step, decay, problem.days, DOUBTFUL_SHARE)):
        return Closure("doubtful", (), size, at_days, 0.0, decay)
    if not -MARGIN_DAYS <= at_days <= problem.days + MARGIN_DAYS:
        return Closure("open", (), size, at_days, problem.split_km, decay)
    steps = campaign(problem.days, at_days, size, leads_days)
    kind: GapKind = "campaign" if len(steps) > 1 else "burn"
    return Closure(kind, steps, size, at_days, 0.0, decay)


def burn_instant(problem: Problem) -> tuple[float, float]:
    """Date (days after the first set) and size (rev/day) of the single burn that closes the phase.

    Each side of the burn has the decay of its own end of the gap: a quadratic equation, solved by Newton's method
    from the solution with the mean decay.
    """
    size = problem.step
    turns = problem.turns - problem.rate * problem.days - problem.mean_decay * problem.days**2 / 2.0
    plain = at_days = problem.days - turns / size
    at_days = min(max(at_days, 0.0), problem.days)
    for _ in range(8):
        size = _size_at(problem, at_days)
        if abs(size) < SMALLEST_STEP_REV_DAY / 2.0 or not -problem.days < at_days < 2.0 * problem.days:
            return plain, problem.step
        at_days += _turns_over(problem, at_days) / size
    return at_days, _size_at(problem, min(max(at_days, 0.0), problem.days))


def _size_at(p: Problem, at_days: float) -> float:
    return p.end_rate - p.end_decay * (p.days - at_days) - p.rate - p.decay * at_days


def _turns_over(p: Problem, at_days: float) -> float:
    """Revolutions too many with a burn at an instant."""
    left = p.days - at_days
    return p.rate * at_days + p.decay * at_days**2 / 2.0 + p.end_rate * left - p.end_decay * left**2 / 2.0 - p.turns


def campaign(days: float, at_days: float, size: float, leads_days: Sequence[float]) -> tuple[Step, ...]:
    """The burns of a gap, given their weighted mean date and whole size: the most likely story.

    Args:
        days: Length of the gap.
        at_days: Mean date.
        size: Whole size.
        leads_days: When raises before launches are to be expected.
    """
    single = (Step(inside(at_days, days), size),)
    if size > SMALLEST_REST_REV_DAY or not leads_days or min(abs(at_days - t) for t in leads_days) < SAME_BURN_DAYS:
        return single
    stories = list(_stories(days, at_days * size, size, tuple(leads_days[:2])))
    return min(stories, key=lambda story: _unlikely(story, leads_days)) if stories else single


def _stories(days: float, moment: float, size: float, leads_days: tuple[float, ...]) -> Iterator[tuple[Step, ...]]:
    """Ways to share a whole size among raises before launches and one more burn, all closing the phase.

    Args:
        days: Length of the gap.
        moment: Sum of the sizes times their dates.
        size: Sum of the sizes.
        leads_days: Dates of the raises before launches; none, one or both of two may have been made.
    """
    wholes = [n * TRIED_STEP_REV_DAY for n in range(MOST_TRIED)]
    for sizes in product(wholes, repeat=len(leads_days)):
        leads = [Step(at, lead) for at, lead in zip(leads_days, sizes, strict=True) if lead]
        rest = size - sum(step.size_rev_day for step in leads)
        if not leads or rest > SMALLEST_REST_REV_DAY:
            continue
        rest_days = (moment - sum(step.days * step.size_rev_day for step in leads)) / rest
        if 0.0 <= rest_days <= days:
            yield tuple(sorted([*leads, Step(inside(rest_days, days), rest)], key=lambda step: step.days))


def _unlikely(story: tuple[Step, ...], leads_days: Sequence[float]) -> float:
    """How far a story is from the usual: squares of deviations in units of their spread."""
    cost = 0.0
    for step in story:
        if step.days in leads_days:
            cost += ((step.size_rev_day - LEAD_STEP_REV_DAY) / LEAD_SPREAD_REV_DAY) ** 2
        else:
            off_days = min(abs(step.days - (lead - MAIN_LEAD_DAYS)) for lead in leads_days)
            cost += min((off_days / MAIN_SPREAD_DAYS) ** 2, MOST_UNUSUAL)
    return cost
