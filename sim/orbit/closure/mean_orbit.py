"""An element set as one point of the history: its phase, the rate of that, the shape and the plane of its orbit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from sim.constants import DAY_S, TAU
from sim.orbit.closure.mean_theory import (
    MINUTES_A_DAY,
    MOST_ECCENTRIC,
    SLOWEST_REV_DAY,
    brouwer_mean_motion,
    secular_rates,
)

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet

KM_A_REVOLUTION = 42540.0
"""Way of the station in one revolution at 6770 km: phases are compared as kilometres along the track."""

STEP_REV_DAY_A_KM = -0.003463
"""Change of the phase rate for one kilometre more of mean altitude: -1.5 times the rate over 6770 km."""


COUNTED_DAYS = 8.0
"""In shorter gaps no burn turns the mean rate by half a revolution, but a printed revolution number may be wrong."""


class MeanOrbit(Struct, frozen=True):
    """Mean elements at the epoch of a set, in TEME.

    Attributes:
        unix_s: The epoch.
        revolution: Revolutions counted at the ascending node, whole ones.
        phase: Mean argument of latitude, revolutions from 0 to 1.
        rate_rev_day: Its rate by SGP4 without drag.
        motion_per_rate: Brouwer mean motion (rad/min) for one revolution a day of that rate.
        h: Eccentricity times the cosine of the argument of perigee.
        k: Eccentricity times its sine.
        inclination_rad: Inclination.
        node_rad: Right ascension of the ascending node.
        node_drift_rad_day: Its drift.
        perigee_drift_rad_day: Drift of the argument of perigee.
        decay_rev_day2: Growth of the rate by drag as the set itself has it; None where its fit cannot know.
    """

    unix_s: float
    revolution: int
    phase: float
    rate_rev_day: float
    motion_per_rate: float
    h: float
    k: float
    inclination_rad: float
    node_rad: float
    node_drift_rad_day: float
    perigee_drift_rad_day: float
    decay_rev_day2: float | None


def closable(elements: ElementSet) -> bool:
    """Whether phases can be closed through a set: near the Earth, and nearly circular."""
    return elements.mean_motion_rev_day > SLOWEST_REV_DAY and elements.eccentricity < MOST_ECCENTRIC


def carries(elements: ElementSet) -> bool:
    """Whether a set may stand in the history: a negative B* means that its fit spans a burn."""
    return elements.bstar >= 0.0


def mean_orbit(elements: ElementSet) -> MeanOrbit:
    """The point of the history that a set stands for."""
    e, inclination = elements.eccentricity, math.radians(elements.inclination_deg)
    perigee = math.radians(elements.argument_of_perigee_deg)
    motion = brouwer_mean_motion(elements.mean_motion_rev_day * TAU / MINUTES_A_DAY, e, inclination)
    rates = secular_rates(motion, e, inclination)
    rate_rev_day = rates.argument_of_latitude * MINUTES_A_DAY / TAU
    knows_decay = elements.mean_motion_dot > 0.0 and elements.bstar > 0.0
    phase = (elements.argument_of_perigee_deg + elements.mean_anomaly_deg) / 360.0 % 1.0
    return MeanOrbit(
        unix_s=elements.epoch_unix_s,
        revolution=round(elements.node_count - phase),
        phase=phase,
        rate_rev_day=rate_rev_day,
        motion_per_rate=motion / rate_rev_day,
        h=e * math.cos(perigee),
        k=e * math.sin(perigee),
        inclination_rad=inclination,
        node_rad=math.radians(elements.raan_deg),
        node_drift_rad_day=rates.node * MINUTES_A_DAY,
        perigee_drift_rad_day=rates.argument_of_perigee * MINUTES_A_DAY,
        decay_rev_day2=2.0 * elements.mean_motion_dot if knows_decay else None,
    )


def turns_between(before: MeanOrbit, after: MeanOrbit) -> float:
    """Revolutions from one point to the next: the fraction is known, the whole number is the nearest to the mean rate.

    A large burn in a long gap puts the mean rate off by more than half a revolution; there the printed count decides,
    if it is the next number or the one before (some printed counts are off by more, or start again).
    """
    days = (after.unix_s - before.unix_s) / DAY_S
    part = after.phase - before.phase
    whole = round((before.rate_rev_day + after.rate_rev_day) / 2.0 * days - part)
    counted = after.revolution - before.revolution
    if days > COUNTED_DAYS and abs(counted - whole) == 1:
        whole = counted
    return part + whole
