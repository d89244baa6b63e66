"""The simulation clock that the whole screen follows: live, or at any instant and rate."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import msgspec

from sim.constants import DAY_S, TIANHE_LAUNCH_UNIX_S
from sim.errors import TimeError
from sim.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

RATES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0)
"""Magnitudes of the rates that the keys walk through, in simulated seconds a second."""

HORIZON_S = 366 * DAY_S
"""How far ahead of the real now the clock may go."""


class Stops(msgspec.Struct, frozen=True):
    """How often a clock was held at a border of its span, and whether the last time at the earlier one."""

    times: int = 0
    at_launch: bool = False


class Stand(msgspec.Struct, frozen=True):
    """Where a clock stood and how it ran, so that it can be brought back there.

    Attributes:
        unix_s: The instant.
        live: Whether that was the real now; the clock then goes back to the real now.
        paused: Whether it stood still.
        rate: Simulated seconds a second.
    """

    unix_s: float
    live: bool
    paused: bool
    rate: float


SHOWING_S = 100.0
"""Something that is played takes at least this long on the screen."""


def rate_for(duration_s: float) -> float:
    """The rate at which something of a length is played: the fastest at which it takes `SHOWING_S`, 1 at least."""
    return max((rate for rate in RATES if duration_s / rate >= SHOWING_S), default=RATES[0])


class SimulationClock:
    """The simulated instant, as a function of the machine's clocks.

    Live, it is the wall clock itself, so that a corrected system time is followed. Simulated, it runs from an
    anchor on the monotonic clock at `rate`; a paused clock stands still. It never leaves the span from the launch
    of Tianhe to a year from now: it stops at the border, and counts that in `stops`.

    Attributes:
        stops: How often it was held at a border, so that a screen can say so each time.

    Args:
        wall: Seconds since 1970, like `time.time`.
        monotonic: Seconds that only grow, like `time.monotonic`.
    """

    def __init__(
        self,
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._live = True
        self._paused = False
        self._rate = 1.0
        self.stops = Stops()
        self._anchor_unix_s = wall()
        self._anchor_monotonic_s = monotonic()

    @property
    def live(self) -> bool:
        """Whether the instant is the real now, running at its own pace."""
        return self._live

    @property
    def paused(self) -> bool:
        """Whether the instant stands still."""
        return self._paused

    @property
    def rate(self) -> float:
        """Simulated seconds per second; negative runs backwards."""
        return self._rate

    @property
    def earliest_unix_s(self) -> float:
        """The launch of Tianhe."""
        return TIANHE_LAUNCH_UNIX_S

    @property
    def latest_unix_s(self) -> float:
        """A year from the real now."""
        return self._wall() + HORIZON_S

    def wall_unix_s(self) -> float:
        """The real now, whatever the clock shows."""
        return self._wall()

    def now(self) -> float:
        """The simulated instant, UTC seconds since 1970."""
        if self._live:
            return self._wall()
        if self._paused:
            return self._anchor_unix_s
        elapsed_s = self._monotonic() - self._anchor_monotonic_s
        instant = self._anchor_unix_s + self._rate * elapsed_s
        bounded = self._bounded(instant)
        if bounded != instant:
            self._anchor(bounded)
            self._paused = True
        return bounded

    def seek(self, unix_s: float) -> float:
        """Go to an instant, keep rate and pause; returns where the clock now stands."""
        _must_be_finite(unix_s, N_("the instant"))
        self._live = False
        self._anchor(self._bounded(unix_s))
        return self._anchor_unix_s

    def step(self, seconds: float) -> float:
        """Move by a span of simulated time."""
        return self.seek(self.now() + seconds)

    def set_rate(self, rate: float) -> None:
        """Run at `rate` from the present instant on."""
        _must_be_finite(rate, N_("the rate"))
        if rate == 0.0:
            self.pause()
            return
        self._leave_live()
        self._anchor(self.now())
        self._rate = rate
        self._paused = False

    def faster(self) -> None:
        """The next larger rate, in the direction in which time runs."""
        self.set_rate(math.copysign(next((r for r in RATES if r > abs(self._rate)), RATES[-1]), self._rate))

    def slower(self) -> None:
        """The next smaller rate, in the direction in which time runs; 1x is the smallest."""
        self.set_rate(math.copysign(next((r for r in reversed(RATES) if r < abs(self._rate)), RATES[0]), self._rate))

    def stand(self) -> Stand:
        """Where it stands and how it runs."""
        return Stand(unix_s=self.now(), live=self._live, paused=self._paused, rate=self._rate)

    def return_to(self, stand: Stand) -> None:
        """Be where a stand was: at the real now if it was live, else at its instant, running as it ran."""
        if stand.live:
            self.go_live()
            return
        self.seek(stand.unix_s)
        self._rate, self._paused = stand.rate, stand.paused

    def reverse(self) -> None:
        """Turn the direction of time."""
        self.set_rate(-self._rate)

    def pause(self) -> None:
        """Stand still."""
        self._leave_live()
        self._anchor(self.now())
        self._paused = True

    def resume(self) -> None:
        """Run on at the rate set before."""
        self._anchor(self.now())
        self._paused = False

    def toggle_pause(self) -> None:
        """Pause or run on."""
        if self._paused:
            self.resume()
        else:
            self.pause()

    def go_live(self) -> None:
        """Back to the real now at its own pace."""
        self._live, self._paused, self._rate = True, False, 1.0

    def _leave_live(self) -> None:
        if self._live:
            self._anchor(self._wall())
            self._live = False

    def _anchor(self, unix_s: float) -> None:
        self._anchor_unix_s = unix_s
        self._anchor_monotonic_s = self._monotonic()

    def _bounded(self, unix_s: float) -> float:
        bounded = min(max(unix_s, self.earliest_unix_s), self.latest_unix_s)
        if bounded != unix_s:
            self.stops = Stops(self.stops.times + 1, at_launch=bounded > unix_s)
        return bounded


def _must_be_finite(value: float, what: str) -> None:
    if not math.isfinite(value):
        raise TimeError(_("{what} is not a number").format(what=_(what)))
