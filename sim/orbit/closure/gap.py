"""A gap of the history: from one element set to the next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from sim.constants import DAY_S, DEG, TAU
from sim.orbit.closure.altitude_error import altitude_scale_km
from sim.orbit.closure.gap_error import GapPlace, GapPlaces
from sim.orbit.closure.interpolation import Curve, Mean, curve_between, mean_at, position_velocity
from sim.orbit.closure.mean_theory import MINUTES_A_DAY, kozai_mean_motion
from sim.orbit.elements import ElementSet
from sim.orbit.propagation import State
from sim.orbit.space_object import object_of

if TYPE_CHECKING:
    from sim.orbit.closure.close import Closure
    from sim.orbit.closure.mean_orbit import MeanOrbit

LARGEST_CHANGE = 0.02
"""Of the rate within a gap, relatively: 80 km of altitude. More means two objects, or a set that is wrong."""

LARGEST_TILT_RAD = 1.0 * DEG
LONGEST_GAP_DAYS = 100.0


class Gap:
    """From one set to the next: place and mean elements at any instant in between.

    Args:
        before: The earlier set.
        after: The later one.
        points: The same two as points of the history.
        closure: What happened in between.

    Attributes:
        kind: What happened in between, in a word.
        curve: All mean elements; equal to those of both sets at their epochs.
        altitude_scale_km: What errors of the mean altitude are parts of.
        of_station: Whether both sets are of the station.
    """

    __slots__ = (
        "_latest", "_places", "after", "altitude_scale_km", "before", "closure", "curve", "days", "end_unix_s", "kind",
        "of_station", "revolution", "start_unix_s",
    )  # fmt: skip

    def __init__(
        self, before: ElementSet, after: ElementSet, points: tuple[MeanOrbit, MeanOrbit], closure: Closure
    ) -> None:
        self.before, self.after, self.closure, self.kind = before, after, closure, closure.kind
        self.start_unix_s, self.end_unix_s = points[0].unix_s, points[1].unix_s
        self.days = (self.end_unix_s - self.start_unix_s) / DAY_S
        self.revolution = points[0].revolution
        self.altitude_scale_km = altitude_scale_km(closure, self.days)
        self.of_station = object_of(before).is_station and object_of(after).is_station
        self.curve: Curve = curve_between(*points, closure.steps)
        self._places = GapPlaces(closure, self.days)
        self._latest: tuple[float, Mean | None] = (math.nan, None)

    def mean(self, unix_s: float) -> Mean:
        """Mean elements at one instant, kept for the next call: a snapshot asks for state, elements and revolution."""
        latest_unix_s, mean = self._latest
        if mean is None or latest_unix_s != unix_s:
            mean = mean_at(self.curve, (unix_s - self.start_unix_s) / DAY_S)
            self._latest = (unix_s, mean)  # in one go, because other threads ask too
        return mean

    def state(self, unix_s: float) -> State:
        """State at one instant (`sim.orbit.closure.interpolation_table` gives those at many)."""
        x, y, z, vx, vy, vz = position_velocity(self.mean(unix_s))
        return State((x, y, z), (vx, vy, vz))

    def nearest(self, unix_s: float) -> ElementSet:
        """The set whose epoch is nearer."""
        return self.before if unix_s - self.start_unix_s < self.end_unix_s - unix_s else self.after

    def node_count(self, unix_s: float) -> float:
        """Revolutions counted at the ascending node of the mean orbit: continuous, never falling."""
        return self.revolution + float(self.curve.phase + self.mean(unix_s).turns)

    def elements(self, unix_s: float) -> ElementSet:
        """A set with its epoch at the instant: SGP4 makes of it the very state that the history gives there.

        Its B* lies between those of both sets, for what is to be propagated on from here.
        """
        days = (unix_s - self.start_unix_s) / DAY_S
        share, mean, curve = days / self.days, self.mean(unix_s), self.curve
        drag_rev_day2 = curve.slope + 2.0 * days * curve.bend  # growth of the phase rate
        eccentricity, perigee = math.hypot(mean.h, mean.k), math.atan2(mean.k, mean.h)
        kozai_rev_day = kozai_mean_motion(mean.motion, eccentricity, mean.inclination) * MINUTES_A_DAY / TAU
        nearest = self.nearest(unix_s)
        return ElementSet(
            norad_id=nearest.norad_id,
            name=nearest.name,
            international_designator=nearest.international_designator,
            epoch_unix_s=unix_s,
            mean_motion_rev_day=kozai_rev_day,
            eccentricity=eccentricity,
            inclination_deg=mean.inclination / DEG,
            raan_deg=mean.node / DEG % 360.0,
            argument_of_perigee_deg=perigee / DEG % 360.0,
            mean_anomaly_deg=(mean.latitude - perigee) / DEG % 360.0,
            bstar=(1.0 - share) * self.before.bstar + share * self.after.bstar,
            mean_motion_dot=drag_rev_day2 / 2.0 * kozai_rev_day / mean.rate,
            revolution=math.floor(self.revolution + curve.phase + mean.turns),
            source=nearest.source,
            note=nearest.note,
        )

    def place(self, unix_s: float) -> GapPlace:
        """Where an instant lies, for its error."""
        return self._places.at((unix_s - self.start_unix_s) / DAY_S)


class Apart:
    """From one set to the next where nothing joins them: the nearer one answers alone."""

    kind: Literal["apart"] = "apart"
    altitude_scale_km = 0.0

    def __init__(self, before: ElementSet, after: ElementSet) -> None:
        self.before, self.after = before, after
        self.of_station = object_of(before).is_station and object_of(after).is_station
        self.switch_unix_s = (before.epoch_unix_s + after.epoch_unix_s) / 2.0

    def nearest(self, unix_s: float) -> ElementSet:
        """The set that answers."""
        return self.before if unix_s < self.switch_unix_s else self.after

    def place(self, unix_s: float) -> None:
        """No place in a gap: the error is that of one set alone."""

    def node_count(self, unix_s: float) -> float:
        """Revolutions counted at the ascending node, in a straight line."""
        first, last = self.before.node_count, self.after.node_count
        span_s = self.after.epoch_unix_s - self.before.epoch_unix_s
        return first + (unix_s - self.before.epoch_unix_s) / span_s * (last - first)


def can_be_joined(before: MeanOrbit, after: MeanOrbit, curve: Curve, days: float) -> bool:
    """Whether a curve stays an orbit, and both ends are of one object."""
    if days > LONGEST_GAP_DAYS or abs(before.inclination_rad - after.inclination_rad) > LARGEST_TILT_RAD:
        return False
    largest = LARGEST_CHANGE * before.rate_rev_day
    most = days * (abs(curve.slope) + days * abs(curve.bend)) + sum([abs(ramp.size_rev_day) for ramp in curve.ramps])
    if most < largest:  # so nearly always: the terms together are no more
        return True
    return all(abs(mean_at(curve, n * days / 8.0).rate - before.rate_rev_day) < largest for n in range(9))
