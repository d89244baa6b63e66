"""What panels draw from: the station at one instant, the clock, the place and the results of searches."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import msgspec

from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs, teme_to_itrs, topocentric
from sim.astro.shadow import limb_clearance_rad, sun_radius_rad
from sim.astro.sun import sun_position_teme_km
from sim.errors import OrbitError
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from sim.astro.frames import Topocentric
    from sim.chronicle import Chronicle
    from sim.chronicle.events import EventList
    from sim.eclipses import Eclipse
    from sim.orbit.altitude import AltitudeHistory
    from sim.orbit.propagation import Orbit
    from sim.passes.model import Pass
    from sim.passes.plans.contacts import Contact
    from sim.places.place import Place
    from sim.status import Status
    from sim.types import Vector

TRACK_STEP_S = 90.0
"""Samples of the track lie at whole multiples of this, so that the drawn curve does not move as time goes on. Straight
lines between them miss the true track by a twentieth of a degree."""

DRAFT_STEPS = 3
"""A draft has every third of them, and misses the track by half a degree: a third of a dot on the map."""

SUN_STEP_S = 1800.0
"""The light on the track is computed with the Sun in the middle of steps this long: at most 0.01 degrees off."""


class ClockFace(msgspec.Struct, frozen=True):
    """What the clock shows beside the instant itself."""

    live: bool
    paused: bool
    rate: float
    wall_unix_s: float

    def comes(self, pass_: Pass) -> bool:
        """Whether a pass has not begun by the real clock, whatever instant is shown."""
        return pass_.rise.unix_s > self.wall_unix_s


class TrackPoint(msgspec.Struct, frozen=True):
    """One sample of the ground track.

    Attributes:
        unix_s: Its instant.
        latitude_deg: Below the station.
        longitude_deg: Below the station.
        height_km: Above WGS84.
        clearance_rad: Angle between the Sun's lower limb and the Earth's limb; negative in penumbra and umbra.
    """

    unix_s: float
    latitude_deg: float
    longitude_deg: float
    height_km: float
    clearance_rad: float

    @property
    def sunlit(self) -> bool:
        """Whether the whole Sun is above the limb."""
        return self.clearance_rad >= 0.0


class SourceRow(msgspec.Struct, frozen=True):
    """State of one live source."""

    title: str
    words: str
    failed: bool
    last_try_unix_s: float | None
    next_try_unix_s: float | None


class SourceBoard(msgspec.Struct, frozen=True):
    """State of the live sources.

    Attributes:
        words: Result of the last refresh in a few words; empty before the first.
        offline: No connection is ever opened.
        busy: A refresh is under way.
        failed: The last refresh brought nothing because something failed.
        each: Source by source.
        news: Where a source differs from the chronicle; shown as news, not as history.
        checks: How far apart the sources put the station.
    """

    words: str = ""
    offline: bool = True
    busy: bool = False
    failed: bool = False
    each: tuple[SourceRow, ...] = ()
    news: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class Frame(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """Everything that panels draw from; what is expensive is computed on first use.

    Frames are compared by identity: no two of them show the same instant.

    Attributes:
        status: The station at the instant.
        clock: Whether that is now, and how time runs.
        place: Where the person is.
        default_zone: The system's time zone, by which the place was taken; `None` where a person has chosen it.
        utc: Whether times are shown in UTC rather than in the place's own time.
        past: Track of the last revolution, oldest first.
        future: Track of the coming revolutions, next first.
        passes: Passes over the place from the instant on, the one under way first; `None` while being computed. Only
            those whose times are known.
        unpredicted: Passes that come as well, but nobody knows when: the place along the orbit is not known by then.
        coverage: What of the time of `passes` the orbit does not cover, in one line; empty where all is known.
        least_elevation_deg: Where passes rise and set.
        watched: The pass the person watches.
        alarms: Rises (`unix_s`) of the passes over the place that have an alarm.
        chronicle: For lists that need more than the instant.
        orbit: For lists that need more than the instant.
        events: What happened and what comes, orbit raises among it once the element history is read.
        altitude: Mean altitudes and raises; `None` until the element history is read.
        eclipses: The shadows of the coming day; `None` until they are computed.
        contacts: Ground stations that see the station in the coming day; `None` until they are computed.
        words_below: Says of a status what lies under the station.
        sources: State of the live sources.
    """

    status: Status
    clock: ClockFace
    place: Place
    utc: bool
    past: tuple[TrackPoint, ...]
    future: tuple[TrackPoint, ...]
    passes: tuple[Pass, ...] | None
    unpredicted: tuple[Pass, ...]
    least_elevation_deg: float
    watched: Pass | None
    alarms: tuple[float, ...]
    chronicle: Chronicle
    orbit: Orbit
    events: EventList
    altitude: AltitudeHistory | None
    coverage: str = ""
    default_zone: str | None = None
    eclipses: tuple[Eclipse, ...] | None
    contacts: tuple[Contact, ...] | None = None
    words_below: Callable[[Status], str]
    sources: SourceBoard

    @property
    def unix_s(self) -> float:
        """The instant."""
        return self.status.unix_s

    @property
    def zone(self) -> tzinfo | None:
        """The time zone that times are shown in; `None` for UTC."""
        return quantities.zone_of(self.place, utc=self.utc)

    def clock_time(self, unix_s: float, pattern: str = quantities.EXACT_PATTERN) -> str:
        """A time of day as it is shown: the place's own, or in UTC with a `Z`."""
        return quantities.clock_time(unix_s, self.place, utc=self.utc, pattern=pattern)

    def time_of_day(self, unix_s: float, pattern: str = quantities.EXACT_PATTERN) -> str:
        """The same without the `Z`, where the heading says which time is meant."""
        return quantities.time_of_day(unix_s, self.place, utc=self.utc, pattern=pattern)

    def day_word(self, unix_s: float, now_unix_s: float | None = None) -> str:
        """`today`, `Tue 24 Nov`, seen from the instant or from another one, by the calendar that times are shown in."""
        now = self.unix_s if now_unix_s is None else now_unix_s
        return quantities.day_word(unix_s, now, self.place, utc=self.utc)

    @cached_property
    def below(self) -> str:
        """What lies under the station, in words; empty until the list of cities is read."""
        return self.words_below(self.status)

    @cached_property
    def sight(self) -> Topocentric[float] | None:
        """Direction and distance of the station from the place, also below the horizon; `None` if it is not known."""
        state = self.status.state
        if state is None or not self.status.error.position_known:
            return None
        position, velocity = teme_to_itrs(self.unix_s, state.position_teme_km, state.velocity_teme_km_s)
        return topocentric(self.place, position, velocity)


class Trail:
    """The ground track around a moving instant; samples are kept from frame to frame."""

    def __init__(self, orbit: Orbit) -> None:
        self._orbit = orbit
        self._samples: dict[int, TrackPoint | None] = {}
        self._kept: tuple[tuple[int, ...], tuple[tuple[TrackPoint, ...], tuple[TrackPoint, ...]]] | None = None

    def around(
        self, unix_s: float, before_s: float, after_s: float, *, draft: bool = False
    ) -> tuple[tuple[TrackPoint, ...], tuple[TrackPoint, ...]]:
        """Samples so long before the instant, oldest first, and so long after it, next first; few for a draft."""
        here = int(unix_s // TRACK_STEP_S)
        first, last = here - int(before_s // TRACK_STEP_S), here + int(after_s // TRACK_STEP_S)
        step = DRAFT_STEPS if draft else 1
        key = (first, here, last, step)
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1]
        if len(self._samples) > 4 * (last - first + 1):
            self._samples = {k: v for k, v in self._samples.items() if first <= k <= last}
        past = tuple(p for k in reversed(range(here, first - 1, -step)) if (p := self._sample(k)) is not None)
        future = tuple(p for k in range(here + step, last + 1, step) if (p := self._sample(k)) is not None)
        self._kept = key, (past, future)
        return past, future

    def _sample(self, index: int) -> TrackPoint | None:
        if index in self._samples:
            return self._samples[index]
        unix_s = index * TRACK_STEP_S
        point: TrackPoint | None
        try:
            state = self._orbit.state(unix_s)
        except OrbitError:
            point = None  # the track simply ends where the orbit has no answer
        else:
            latitude_deg, longitude_deg, height_km = itrs_to_geodetic(
                teme_position_to_itrs(unix_s, state.position_teme_km)
            )
            sun_teme_km, sun_radius = _sun(unix_s // SUN_STEP_S)
            clearance_rad = limb_clearance_rad(state.position_teme_km, sun_teme_km) - sun_radius
            point = TrackPoint(
                unix_s=unix_s,
                latitude_deg=latitude_deg,
                longitude_deg=longitude_deg,
                height_km=height_km,
                clearance_rad=clearance_rad,
            )
        self._samples[index] = point
        return point


@lru_cache(maxsize=32)
def _sun(step: float) -> tuple[Vector, float]:
    """The Sun in the middle of a step: position in TEME (km), and half the width of its disc (rad)."""
    sun_teme_km = sun_position_teme_km((step + 0.5) * SUN_STEP_S)
    return sun_teme_km, sun_radius_rad(sun_teme_km)
