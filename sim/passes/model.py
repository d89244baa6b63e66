"""What the searches find: passes and eclipses as records.

The searches need numpy, their findings do not: a program that is only handed them never loads it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.astro.sun import Twilight, twilight_name
from sim.named_tuple import NamedTuple

Span = tuple[float, float]
"""From one instant to another, `unix_s`."""


class VisibleWindow(NamedTuple):
    """A part of a pass that can be seen with the naked eye under a clear sky."""

    from_unix_s: float
    to_unix_s: float


class Moment(NamedTuple):
    """One instant of a pass as the place sees it: azimuth clockwise from north."""

    unix_s: float
    azimuth_deg: float
    elevation_deg: float
    range_km: float


class PassLight(NamedTuple):
    """Light over the whole pass.

    Attributes:
        sun_elevations_deg: Geometric elevation of the Sun at the place at rise, peak and set.
        sunlit: Parts of the pass in which the station is sunlit, (from, to) in `unix_s`.
    """

    sun_elevations_deg: tuple[float, float, float]
    sunlit: tuple[Span, ...]

    @property
    def sun_elevation_deg(self) -> float:
        """At the peak."""
        return self.sun_elevations_deg[1]

    @property
    def at_rise(self) -> Twilight:
        """What the sky is called when the station rises."""
        return twilight_name(self.sun_elevations_deg[0])

    @property
    def at_peak(self) -> Twilight:
        """The same at the peak."""
        return twilight_name(self.sun_elevations_deg[1])

    @property
    def at_set(self) -> Twilight:
        """The same when it sets."""
        return twilight_name(self.sun_elevations_deg[2])


class PassTimes(NamedTuple):
    """A pass without its light."""

    rise: Moment
    peak: Moment
    set: Moment


class Pass(NamedTuple):
    """One pass.

    Attributes:
        rise: At the threshold.
        peak: Greatest elevation.
        set: At the threshold again.
        rises_before: The pass is under way when the window begins.
        sets_after: It is under way when the window ends.
        windows: What can be seen: sunlit, Sun below -6 degrees, above the threshold.
        magnitude: Brightest in the windows, good to one magnitude either way; None if nothing can be seen.
        light: Light over the whole pass.
        grade: 0 (not to be seen) to 3, see `sim.passes.finder.graded`.
        reason: Why that grade.
        error_s: How far off the times may be, from whoever knows the elements; None if not asked.
    """

    rise: Moment
    peak: Moment
    set: Moment
    rises_before: bool
    sets_after: bool
    windows: tuple[VisibleWindow, ...]
    magnitude: float | None
    light: PassLight
    grade: int
    reason: str
    error_s: float | None = None

    @property
    def duration_s(self) -> float:
        """From rise to set."""
        return self.set.unix_s - self.rise.unix_s

    @property
    def visible(self) -> bool:
        """Whether any part of it can be seen."""
        return bool(self.windows)

    @property
    def shadow_entry_unix_s(self) -> float | None:
        """Where the station goes into the Earth's shadow during the pass (the Sun's centre), None if it does not."""
        return next((end for _, end in self.light.sunlit if end < self.set.unix_s), None)

    @property
    def shadow_exit_unix_s(self) -> float | None:
        """Where it comes out of the shadow during the pass, None if it does not."""
        return next((begin for begin, _ in self.light.sunlit if begin > self.rise.unix_s), None)

    @property
    def in_progress(self) -> bool:
        """Whether an edge of the window asked for cuts through it."""
        return self.rises_before or self.sets_after


@dataclass(frozen=True, slots=True)
class Eclipse:
    """One way through the shadow, all times in `unix_s`.

    Attributes:
        enter: The Sun's centre goes behind the Earth's limb.
        leave: It comes out again.
        penumbra_enter: The limb first touches the Sun's disc.
        penumbra_leave: It last touches it.
        umbra_enter: The disc is covered whole; None if it never is.
        umbra_leave: The first edge of it shows again; None likewise.
        enters_before: The eclipse is under way when the window begins.
        leaves_after: It is under way when the window ends.
    """

    enter: float
    leave: float
    penumbra_enter: float
    penumbra_leave: float
    umbra_enter: float | None
    umbra_leave: float | None
    enters_before: bool = False
    leaves_after: bool = False

    @property
    def duration_s(self) -> float:
        """From the Sun's centre gone to the Sun's centre back."""
        return self.leave - self.enter
