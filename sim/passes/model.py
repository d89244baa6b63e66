"""Passes as records: the search needs numpy, its results do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.astro.sun import Twilight, twilight_name
from sim.language import ENGLISH, _, language
from sim.language.lists import and_list, comma_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.astro.photometry import StandardMagnitude
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.horizon import Horizon

Span = tuple[float, float]
"""From one instant to another, `unix_s`."""


def common_parts(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """What two lists of spans have in common."""
    seconds = tuple(others)
    parts = ((max(a, c), min(b, d)) for a, b in spans for c, d in seconds)
    return tuple((a, b) for a, b in parts if b > a)


def without_gaps(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order of time, those that follow one another within a millisecond as one."""
    joined: list[Span] = []
    for begin, end in spans:
        if joined and begin - joined[-1][1] < 0.001:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


class VisibleWindow(msgspec.Struct, frozen=True):
    """A part of a pass that can be seen with the naked eye under a clear sky."""

    from_unix_s: float
    to_unix_s: float

    @property
    def duration_s(self) -> float:
        """Its length."""
        return self.to_unix_s - self.from_unix_s


class Moment(msgspec.Struct, frozen=True):
    """Direction and distance at one instant of a pass, from the place: azimuth clockwise from north."""

    unix_s: float
    azimuth_deg: float
    elevation_deg: float
    range_km: float


class PassLight(msgspec.Struct, frozen=True):
    """Light over the whole pass.

    Attributes:
        sun_elevations_deg: Geometric elevation of the Sun at the place at rise, peak and set.
        sunlit: Parts of the pass in which the station is sunlit, (from, to) in `unix_s`.
    """

    sun_elevations_deg: tuple[float, float, float]
    sunlit: tuple[Span, ...]

    @property
    def sun_elevation_deg(self) -> float:
        """Geometric elevation of the Sun at the peak."""
        return self.sun_elevations_deg[1]

    @property
    def at_rise(self) -> Twilight:
        """Twilight when the station rises."""
        return twilight_name(self.sun_elevations_deg[0])

    @property
    def at_peak(self) -> Twilight:
        """Twilight at the peak."""
        return twilight_name(self.sun_elevations_deg[1])

    @property
    def at_set(self) -> Twilight:
        """Twilight when the station sets."""
        return twilight_name(self.sun_elevations_deg[2])


class PassTimes(msgspec.Struct, frozen=True):
    """A pass without its light.

    Attributes:
        rise: At the threshold.
        peak: Greatest elevation.
        set: At the threshold again.
        rise_known: False where it was up already as far back as was looked: `rise` is then the window's begin.
        set_known: False where it is still up as far ahead as was looked: `set` is then the window's end.
    """

    rise: Moment
    peak: Moment
    set: Moment
    rise_known: bool = True
    set_known: bool = True

    @property
    def duration_s(self) -> float:
        """From rise to set."""
        return self.set.unix_s - self.rise.unix_s


class Pass(PassTimes, frozen=True, kw_only=True):
    """One pass.

    Attributes:
        windows: What can be seen: sunlit, Sun below -6 degrees, above the threshold, brighter than the eye's limit.
        magnitude: Brightest in the windows; None if nothing can be seen or the brightness is not known.
        standard: How bright the object is by itself, and how far off that may be; None if it is not known.
        light: Light over the whole pass.
        grade: 0 (not to be seen) to 3, see `sim.passes.grading.grade_pass`.
        reason: Why that grade, in English; `why` is it in the reader's language.
        error: Expected error of the elements at the peak, also in seconds; None if it was not asked for.
        hidden: Parts between rise and set that are behind the horizon of the place.
        horizon: That horizon; None where it is level.
    """

    windows: tuple[VisibleWindow, ...]
    magnitude: float | None
    standard: StandardMagnitude | None
    light: PassLight
    grade: int
    reason: str
    error: ExpectedError | None = None
    hidden: tuple[Span, ...] = ()
    horizon: Horizon | None = None

    @property
    def why(self) -> str:
        """Why it has its grade, in the reader's language: passes are kept, and outlive the choice of one."""
        whole = _(self.reason)
        if language() == ENGLISH or whole != self.reason:
            return whole
        if ", " in self.reason:
            return comma_list(_(part) for part in self.reason.split(", "))
        return and_list(_(part) for part in self.reason.split(" and "))

    @property
    def peak_known(self) -> bool:
        """False where it stands highest at an end that is not known: it goes higher beyond."""
        return (self.rise_known or self.peak.unix_s > self.rise.unix_s) and (
            self.set_known or self.peak.unix_s < self.set.unix_s
        )

    @property
    def always_up(self) -> bool:
        """Whether it neither rises nor sets in the searched span."""
        return not (self.rise_known or self.set_known)

    @property
    def time_known(self) -> bool:
        """Whether its time is known at all: the place along the orbit at its peak is."""
        return self.error is None or self.error.position_known

    @property
    def visible(self) -> bool:
        """Whether any part of it can be seen."""
        return bool(self.windows)

    @property
    def shadow_entry_unix_s(self) -> float | None:
        """Where the station goes into the Earth's shadow during the pass (the Sun's centre), None if it does not."""
        return next((end for _begin, end in self.light.sunlit if end < self.set.unix_s), None)

    @property
    def shadow_exit_unix_s(self) -> float | None:
        """Where it comes out of the shadow during the pass, None if it does not."""
        return next((begin for begin, _end in self.light.sunlit if begin > self.rise.unix_s), None)
