"""Between two element sets: one curve for every mean element, closed in phase, continuous, the same for all views.

The rate of the phase is a parabola plus dated steps (burns). The parabola has three unknowns, and three things are
known: the rates at both ends and the revolutions in between. Where there is no step this is the cubic Hermite
interpolation of the phase; with steps the parabola takes what they leave open. A step is spread over an hour or
three, so that the orbit grows and does not jump.

Node and argument of perigee drift with the rate of the phase (as its power 7/3, here to the first order), so both
are linear in time and in phase; the eccentricity vector is interpolated in the frame that turns with the perigee.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from sim.constants import DAY_S, TAU
from sim.orbit.closure.mean_orbit import turns_between
from sim.orbit.closure.mean_theory import Number, state_of_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from sim.orbit.closure.mean_orbit import MeanOrbit

STEP_WIDTH_DAYS = 0.125
"""A burn is spread over two revolutions: that long a transfer with two burns takes."""

NARROWEST_WIDTH_DAYS = 0.04
"""Nor over less than an hour: ten kilometres of altitude are then gained at 3 m/s."""


class Step(Struct, frozen=True):
    """A change of the phase rate by the engines.

    Attributes:
        days: Days after the first set.
        size_rev_day: Change of the rate; negative for a raise.
    """

    days: float
    size_rev_day: float


class Ramp(Struct, frozen=True):
    """A step as it is evaluated: linear growth between two instants (days after the first set)."""

    start_days: Number
    width_days: Number
    size_rev_day: Number
    h_size: Number
    k_size: Number


class Curve(Struct, frozen=True):
    """Coefficients of one gap, or columns of those of many; times in days after the first set, phases in revolutions.

    `h` and `k` are in the frame that turns with the perigee.
    """

    phase: Number
    rate: Number
    slope: Number
    bend: Number
    h: Number
    h_slope: Number
    k: Number
    k_slope: Number
    motion: Number
    motion_slope: Number
    inclination: Number
    inclination_slope: Number
    node: Number
    node_a_day: Number
    node_a_turn: Number
    perigee_a_day: Number
    perigee_a_turn: Number
    ramps: tuple[Ramp, ...] = ()


class Mean(Struct, frozen=True):
    """Mean elements at an instant: Brouwer motion rad/min, angles in radians, `turns` since the first set."""

    motion: Number
    h: Number
    k: Number
    inclination: Number
    node: Number
    latitude: Number
    turns: Number
    rate: Number


def mean_at(c: Curve, days: Number, m: ModuleType = math) -> Mean:
    """Mean elements of a gap, days after its first set: one formula for one instant and for columns."""
    rate = c.rate + days * (c.slope + days * c.bend)
    turns = days * (c.rate + days * (c.slope / 2.0 + days * (c.bend / 3.0)))
    h, k = c.h + days * c.h_slope, c.k + days * c.k_slope
    for ramp in c.ramps:
        width, size = ramp.width_days, ramp.size_rev_day
        since = days - ramp.start_days
        beyond = abs(since - width)
        on_ramp = 0.5 * (abs(since) - beyond + width)  # between nought and the width
        part = on_ramp / width
        rate = rate + size * part
        turns = turns + size * (0.5 * on_ramp * part + 0.5 * (beyond + since - width))
        h, k = h + ramp.h_size * part, k + ramp.k_size * part
    turned = c.perigee_a_day * days + c.perigee_a_turn * turns
    cos_t, sin_t = m.cos(turned), m.sin(turned)
    return Mean(
        rate * (c.motion + days * c.motion_slope),
        h * cos_t - k * sin_t,
        h * sin_t + k * cos_t,
        c.inclination + days * c.inclination_slope,
        c.node + c.node_a_day * days + c.node_a_turn * turns,
        (c.phase + turns) % 1.0 * TAU,
        turns,
        rate,
    )


def position_velocity(mean: Mean, m: ModuleType = math) -> tuple[Number, Number, Number, Number, Number, Number]:
    """Position (km) and velocity (km/s) in TEME that mean elements stand for."""
    return state_of_mean(mean.motion, mean.h, mean.k, mean.inclination, mean.node, mean.latitude, m)


def curve_between(before: MeanOrbit, after: MeanOrbit, steps: Sequence[Step] = ()) -> Curve:
    """Join two points of the history, with the burns in between."""
    days = (after.unix_s - before.unix_s) / DAY_S
    turns = turns_between(before, after)
    burned_turns = sum([step.size_rev_day * (days - step.days) for step in steps])
    rate_change = after.rate_rev_day - before.rate_rev_day - sum([step.size_rev_day for step in steps])
    turns_left = turns - burned_turns - before.rate_rev_day * days
    bend = 6.0 * (rate_change * days / 2.0 - turns_left) / days**3
    node_drift, perigee_drift = before.node_drift_rad_day, before.perigee_drift_rad_day
    per_turn = 7.0 / 3.0 / before.rate_rev_day
    node_left = after.node_rad - before.node_rad - per_turn * node_drift * turns
    node_a_day = _nearest(node_left, -4.0 / 3.0 * node_drift * days) / days
    turned = perigee_drift * (per_turn * turns - 4.0 / 3.0 * days)
    h_end = after.h * math.cos(turned) + after.k * math.sin(turned)
    k_end = after.k * math.cos(turned) - after.h * math.sin(turned)
    h_change, k_change = h_end - before.h, k_end - before.k
    return Curve(
        phase=before.phase,
        rate=before.rate_rev_day,
        slope=rate_change / days - bend * days,
        bend=bend,
        h=before.h,
        h_slope=0.0 if steps else h_change / days,
        k=before.k,
        k_slope=0.0 if steps else k_change / days,
        motion=before.motion_per_rate,
        motion_slope=(after.motion_per_rate - before.motion_per_rate) / days,
        inclination=before.inclination_rad,
        inclination_slope=(after.inclination_rad - before.inclination_rad) / days,
        node=before.node_rad,
        node_a_day=node_a_day,
        node_a_turn=per_turn * node_drift,
        perigee_a_day=-4.0 / 3.0 * perigee_drift,
        perigee_a_turn=per_turn * perigee_drift,
        ramps=_ramps(steps, days, h_change, k_change) if steps else (),
    )


def _ramps(steps: Sequence[Step], gap_days: float, h_change: float, k_change: float) -> tuple[Ramp, ...]:
    """The burns of a gap, each with its share in the change of the eccentricity vector."""
    whole = sum(abs(step.size_rev_day) for step in steps)
    ramps = []
    for step in steps:
        # As wide as a burn is, narrower near the ends of the gap, where nothing may reach beyond the sets.
        width_days = min(STEP_WIDTH_DAYS, 2.0 * step.days, 2.0 * (gap_days - step.days))
        share = abs(step.size_rev_day) / whole
        ramps.append(
            Ramp(
                start_days=step.days - width_days / 2.0,
                width_days=width_days,
                size_rev_day=step.size_rev_day,
                h_size=share * h_change,
                k_size=share * k_change,
            )
        )
    return tuple(ramps)


def inside(at_days: float, gap_days: float) -> float:
    """The nearest instant of a gap at which a burn has room."""
    room = min(NARROWEST_WIDTH_DAYS / 2.0, gap_days / 4.0)
    return min(max(at_days, room), gap_days - room)


def _nearest(angle: float, wanted: float) -> float:
    """The angle, whole turns apart, nearest to another."""
    return angle + round((wanted - angle) / TAU) * TAU
