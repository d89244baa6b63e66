"""Between two element sets: one arc, continuous, better than either set alone.

A set errs nearly only along the track, because the drag it was fitted with is not the drag that follows; the error
grows with the square of the age. Where both ends of a gap are known, so are the phase (mean argument of latitude) and
its rate at both ends; the correction to a set's phase is then the cubic that vanishes, with its slope, at the set's
own epoch and meets the other set in phase and rate at the other's. Written as a time shift, each set is asked for its
state a little earlier or later, and the two answers, now side by side, are faded into one another.

An engine burn breaks this: the arc then follows each set on its own side and changes over at the moment when both
say the same place, which is the moment of the burn if there was one burn.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeVar

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.named_tuple import NamedTuple
from sim.orbit.propagation import Sgp4Orbit, State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", float, NDArray[np.float64])

ArcKind = Literal["blend", "burn", "apart"]

LONGEST_BLEND_S = 30 * DAY_S
"""In longer gaps a set may have erred by half a revolution: which revolution is which is then not certain."""

LARGEST_SPLIT_KM = 30.0
"""Two sets that lie further apart after the correction describe different orbits."""

_TAU = 2.0 * math.pi


class Shift(NamedTuple):
    """Where the cubic time shift of a set leads: what it is at the other set's epoch, and its slope there.

    Attributes:
        end_s: Seconds.
        end_slope: Seconds a second.
    """

    end_s: float
    end_slope: float


def time_shift(x: Number, span_s: Number, end_s: Number, end_slope: Number) -> tuple[Number, Number]:
    """The cubic time shift of a set in seconds, and its derivative: zero with its slope at the set's own epoch.

    Works for one instant and for arrays of them, each with a shift of its own.

    Args:
        x: Part of the way from the set's own epoch to the other's.
        span_s: That way; negative for the later set.
        end_s: Shift at the other's epoch.
        end_slope: Its slope there.
    """
    slope_s = end_slope * span_s
    shift = x * x * ((3.0 - 2.0 * x) * end_s + (x - 1.0) * slope_s)
    rate = x * (6.0 * (1.0 - x) * end_s + (3.0 * x - 2.0) * slope_s) / span_s
    return shift, rate


def _wrapped(angle: float) -> float:
    return (angle + math.pi) % _TAU - math.pi


def mean_phase(orbit: Sgp4Orbit, unix_s: float) -> tuple[float, float]:
    """Mean argument of latitude (rad) and its rate (rad/s) by one set: drag included, ripples not.

    The orbit must be the caller's own: another thread's question between the two steps would mix up the answer.
    """
    orbit.state(unix_s)
    record = orbit.satrec
    # sgp4 keeps its mean elements of the last call; the oblate Earth turns the phase faster than the mean motion.
    oblateness = (record.mdot + record.argpdot) * record.a**1.5 / record.xke
    return record.om + record.mm, record.nm * oblateness / 60.0


def _shift_to(orbit: Sgp4Orbit, other: Sgp4Orbit) -> Shift:
    unix_s = other.element_set.epoch_unix_s
    phase, rate = mean_phase(orbit, unix_s)
    other_phase, other_rate = mean_phase(other, unix_s)
    return Shift(_wrapped(other_phase - phase) / rate, other_rate / rate - 1.0)


class Arc:
    """The way between the epochs of two neighbouring sets.

    Args:
        before: The earlier set.
        after: The later one.
        burn: Whether the engines ran in between.

    Attributes:
        kind: `blend` where the two are joined smoothly, `burn` where the arc changes over at `switch_unix_s`,
            `apart` where nothing joins them and the nearer one answers.
        switch_unix_s: The change from `before` to `after`; the middle of the gap if there is none to be seen.
        before_shift: Time shift of the earlier set; nothing unless blended.
        after_shift: Time shift of the later set.
    """

    __slots__ = ("_after", "_before", "_span_s", "after_shift", "before_shift", "end_unix_s", "kind", "start_unix_s",
                 "switch_unix_s")  # fmt: skip

    def __init__(self, before: Sgp4Orbit, after: Sgp4Orbit, *, burn: bool) -> None:
        self._before, self._after = before, after
        self.start_unix_s = before.element_set.epoch_unix_s
        self.end_unix_s = after.element_set.epoch_unix_s
        self._span_s = self.end_unix_s - self.start_unix_s
        self.before_shift = self.after_shift = Shift(0.0, 0.0)
        self.switch_unix_s = (self.start_unix_s + self.end_unix_s) / 2.0
        try:
            self.kind: ArcKind = self._joined(burn=burn)
        except OrbitError:
            # One of the two does not even reach the other's epoch.
            self.kind = "apart"

    def _joined(self, *, burn: bool) -> ArcKind:
        before, after = Sgp4Orbit(self._before.element_set), Sgp4Orbit(self._after.element_set)
        if burn:
            self.switch_unix_s = self._burn_instant(before, after)
            return "burn"
        before_shift, after_shift = _shift_to(before, after), _shift_to(after, before)
        if self._span_s > LONGEST_BLEND_S or self._split_km(before_shift, after_shift) > LARGEST_SPLIT_KM:
            return "apart"
        self.before_shift, self.after_shift = before_shift, after_shift
        return "blend"

    def _split_km(self, before_shift: Shift, after_shift: Shift) -> float:
        """How far apart the two shifted sets are in the middle."""
        unix_s = self.switch_unix_s
        before = self._before.state(unix_s + time_shift(0.5, self._span_s, *before_shift)[0])
        after = self._after.state(unix_s + time_shift(0.5, -self._span_s, *after_shift)[0])
        return math.dist(before.position_teme_km, after.position_teme_km)

    def _burn_instant(self, before: Sgp4Orbit, after: Sgp4Orbit) -> float:
        """When the two sets are in one place: an impulse changes the speed, not the position.

        Never at the very ends, as each set rules at its own epoch; several burns, or a set fitted across one, may
        leave no such instant in between.
        """
        earliest, latest = self.start_unix_s + 1.0, self.end_unix_s - 1.0
        instant = self.end_unix_s
        # The lead of one over the other grows at a rate that drag changes slowly: three Newton steps settle it.
        for _ in range(3):
            phase, rate = mean_phase(before, instant)
            after_phase, after_rate = mean_phase(after, instant)
            if rate == after_rate:
                return self.switch_unix_s
            instant -= _wrapped(phase - after_phase) / (rate - after_rate)
            instant = min(max(instant, earliest), latest)
        return instant

    def chosen(self, unix_s: float) -> Sgp4Orbit:
        """The set that carries more of the answer."""
        return self._before if unix_s < self.switch_unix_s else self._after

    def node_count(self, unix_s: float) -> float:
        """Revolutions counted at the ascending node: continuous, never falling, right at both epochs."""
        before, after = self._before.element_set, self._after.element_set
        first, last = before.node_count, after.node_count
        if self.kind == "burn":
            if unix_s < self.switch_unix_s:
                return min(before.node_count_at(unix_s), last)
            at_switch = min(before.node_count_at(self.switch_unix_s), last)
            return min(max(after.node_count_at(unix_s), at_switch), last)
        span_s = self._span_s
        x = (unix_s - self.start_unix_s) / span_s
        mean = last - first
        if self.kind == "apart":
            return first + x * mean
        start_slope, end_slope = (s.nodal_rev_day * span_s / DAY_S - mean for s in (before, after))
        return first + x * mean + x * (1.0 - x) * ((1.0 - x) * start_slope - x * end_slope)

    def state(self, unix_s: float) -> State:
        """State at one instant between the two epochs (`sim.orbit.interpolation_table` gives those at many)."""
        if self.kind != "blend":
            return self.chosen(unix_s).state(unix_s)
        span_s = self._span_s
        x = (unix_s - self.start_unix_s) / span_s
        shift, rate = time_shift(x, span_s, *self.before_shift)
        (ax, ay, az), (avx, avy, avz) = self._before.state(unix_s + shift)
        after_shift, after_rate = time_shift(1.0 - x, -span_s, *self.after_shift)
        (bx, by, bz), (bvx, bvy, bvz) = self._after.state(unix_s + after_shift)
        w = x * x * (3.0 - 2.0 * x)
        fade = 6.0 * x * (1.0 - x) / span_s
        before_part, after_part = (1.0 - w) * (1.0 + rate), w * (1.0 + after_rate)
        dx, dy, dz = bx - ax, by - ay, bz - az
        return State(
            (ax + w * dx, ay + w * dy, az + w * dz),
            (
                before_part * avx + after_part * bvx + fade * dx,
                before_part * avy + after_part * bvy + fade * dy,
                before_part * avz + after_part * bvz + fade * dz,
            ),
        )
