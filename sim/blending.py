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
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from sim.constants import DAY_S
from sim.ephemeris import State, States
from sim.errors import OrbitError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.ephemeris import Sgp4Orbit

    Floats = NDArray[np.float64]
    Number = TypeVar("Number", float, Floats)

ArcKind = Literal["blend", "burn", "apart"]

LONGEST_BLEND_S = 30 * DAY_S
"""In longer gaps a set may have erred by half a revolution: which revolution is which is then not certain."""

LARGEST_SPLIT_KM = 30.0
"""Two sets that lie further apart after the correction describe different orbits."""

_TAU = 2.0 * math.pi


class _Shift(NamedTuple):
    """The cubic time shift of one set: zero with its slope at its own epoch, given at the other's."""

    own_unix_s: float
    span_s: float
    end_s: float
    end_slope: float

    def at(self, unix_s: Number) -> tuple[Number, Number]:
        """Shift in seconds and its derivative (works for one instant as for many)."""
        x = (unix_s - self.own_unix_s) / self.span_s
        slope_s = self.end_slope * self.span_s
        shift = x * x * ((3.0 - 2.0 * x) * self.end_s + (x - 1.0) * slope_s)
        rate = x * (6.0 * (1.0 - x) * self.end_s + (3.0 * x - 2.0) * slope_s) / self.span_s
        return shift, rate


def _wrapped(angle: float) -> float:
    return (angle + math.pi) % _TAU - math.pi


def mean_phase(orbit: Sgp4Orbit, unix_s: float) -> tuple[float, float]:
    """Mean argument of latitude (rad) and its rate (rad/s) by one set: drag included, ripples not."""
    orbit.state(unix_s)
    record = orbit.satrec
    # sgp4 keeps its mean elements of the last call; the oblate Earth turns the phase faster than the mean motion.
    oblateness = (record.mdot + record.argpdot) * record.a**1.5 / record.xke
    return record.om + record.mm, record.nm * oblateness / 60.0


def _shift_to(orbit: Sgp4Orbit, other: Sgp4Orbit) -> _Shift:
    own_unix_s, other_unix_s = orbit.element_set.epoch_unix_s, other.element_set.epoch_unix_s
    phase, rate = mean_phase(orbit, other_unix_s)
    other_phase, other_rate = mean_phase(other, other_unix_s)
    return _Shift(own_unix_s, other_unix_s - own_unix_s, _wrapped(other_phase - phase) / rate, other_rate / rate - 1.0)


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
    """

    __slots__ = ("_after", "_after_shift", "_before", "_before_shift", "end_unix_s", "kind", "start_unix_s",
                 "switch_unix_s")  # fmt: skip

    def __init__(self, before: Sgp4Orbit, after: Sgp4Orbit, *, burn: bool) -> None:
        self._before, self._after = before, after
        self.start_unix_s = before.element_set.epoch_unix_s
        self.end_unix_s = after.element_set.epoch_unix_s
        self.switch_unix_s = (self.start_unix_s + self.end_unix_s) / 2.0
        try:
            self.kind: ArcKind = self._joined(burn=burn)
        except OrbitError:
            # One of the two does not even reach the other's epoch.
            self.kind = "apart"

    def _joined(self, *, burn: bool) -> ArcKind:
        if burn:
            self.switch_unix_s = self._burn_instant()
            return "burn"
        self._before_shift = _shift_to(self._before, self._after)
        self._after_shift = _shift_to(self._after, self._before)
        too_long = self.end_unix_s - self.start_unix_s > LONGEST_BLEND_S
        return "apart" if too_long or self._split_km() > LARGEST_SPLIT_KM else "blend"

    def _split_km(self) -> float:
        """How far apart the two shifted sets are in the middle."""
        unix_s = self.switch_unix_s
        before = self._before.state(unix_s + self._before_shift.at(unix_s)[0]).position_teme_km
        after = self._after.state(unix_s + self._after_shift.at(unix_s)[0]).position_teme_km
        return math.dist(before, after)

    def _burn_instant(self) -> float:
        """When the two sets are in one place: an impulse changes the speed, not the position.

        Never at the very ends, as each set rules at its own epoch; several burns, or a set fitted across one, may
        leave no such instant in between.
        """
        earliest, latest = self.start_unix_s + 1.0, self.end_unix_s - 1.0
        instant = self.end_unix_s
        # The lead of one over the other grows at a rate that drag changes slowly: three Newton steps settle it.
        for _ in range(3):
            phase, rate = mean_phase(self._before, instant)
            after_phase, after_rate = mean_phase(self._after, instant)
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
        span_s = self.end_unix_s - self.start_unix_s
        x = (unix_s - self.start_unix_s) / span_s
        mean = last - first
        if self.kind == "apart":
            return first + x * mean
        start_slope, end_slope = (s.nodal_rev_day * span_s / DAY_S - mean for s in (before, after))
        return first + x * mean + x * (1.0 - x) * ((1.0 - x) * start_slope - x * end_slope)

    def state(self, unix_s: float) -> State:
        """State at one instant between the two epochs."""
        if self.kind != "blend":
            return self.chosen(unix_s).state(unix_s)
        shift, rate = self._before_shift.at(unix_s)
        (ax, ay, az), (avx, avy, avz) = self._before.state(unix_s + shift)
        after_shift, after_rate = self._after_shift.at(unix_s)
        (bx, by, bz), (bvx, bvy, bvz) = self._after.state(unix_s + after_shift)
        span_s = self.end_unix_s - self.start_unix_s
        x = (unix_s - self.start_unix_s) / span_s
        w = x * x * (3.0 - 2.0 * x)
        fade = 6.0 * x * (1.0 - x) / span_s
        before_part, after_part = (1.0 - w) * (1.0 + rate), w * (1.0 + after_rate)
        return State(
            (ax + w * (bx - ax), ay + w * (by - ay), az + w * (bz - az)),
            (
                before_part * avx + after_part * bvx + fade * (bx - ax),
                before_part * avy + after_part * bvy + fade * (by - ay),
                before_part * avz + after_part * bvz + fade * (bz - az),
            ),
        )

    def states(self, unix_s: Floats) -> States:
        """States at many instants between the two epochs."""
        import numpy as np

        if self.kind != "blend":
            early = unix_s < self.switch_unix_s
            position, velocity = np.empty((len(unix_s), 3)), np.empty((len(unix_s), 3))
            ok = np.empty(len(unix_s), dtype=bool)
            for rows, orbit in ((early, self._before), (~early, self._after)):
                if rows.any():
                    position[rows], velocity[rows], ok[rows] = orbit.states(unix_s[rows])
            return States(position, velocity, ok)
        shift, rate = self._before_shift.at(unix_s)
        before = self._before.states(unix_s + shift)
        after_shift, after_rate = self._after_shift.at(unix_s)
        after = self._after.states(unix_s + after_shift)
        span_s = self.end_unix_s - self.start_unix_s
        x = ((unix_s - self.start_unix_s) / span_s)[:, None]
        w = x * x * (3.0 - 2.0 * x)
        step_km = after.position_teme_km - before.position_teme_km
        return States(
            before.position_teme_km + w * step_km,
            (1.0 - w) * (1.0 + rate[:, None]) * before.velocity_teme_km_s
            + w * (1.0 + after_rate[:, None]) * after.velocity_teme_km_s
            + 6.0 * x * (1.0 - x) / span_s * step_km,
            before.ok & after.ok,
        )
