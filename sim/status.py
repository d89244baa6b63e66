"""The station at one instant: the one snapshot that panels, command line and exports draw from."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from sim.astro import scalar
from sim.astro.sun import beta_angle_deg, next_light_change
from sim.constants import LOWEST_ORBIT_KM, WGS84_RADIUS_KM
from sim.errors import OrbitError
from sim.named_tuple import NamedTuple
from sim.orbit.uncertainty import ExpectedError, error_of

if TYPE_CHECKING:
    from sim.astro.sun import LightChange
    from sim.chronicle import Chronicle, StationFacts
    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit, Provenance, State

LIVE_TOLERANCE_S = 1.5
"""An instant this near to the real now counts as live."""


class Position(NamedTuple):
    """The point below the station, the height above WGS84 there, and the speed in the inertial frame."""

    latitude_deg: float
    longitude_deg: float
    height_km: float
    speed_km_s: float
    heading_east_deg: float
    """Direction of the ground track, clockwise from north."""


class OrbitFacts(NamedTuple):
    """The orbit beside its altitude."""

    inclination_deg: float
    period_min: float
    revolution: int
    beta_deg: float


class _Taken(NamedTuple):
    """What is taken of an instant.

    Attributes:
        unix_s: The instant, UTC.
        mode: Whether the instant is the real now.
        orbit_source: The orbit the snapshot was taken from.
        element_set: Mean elements that describe the orbit at the instant.
        provenance: What the place rests on.
        error: How far off the place is expected to be.
        facts: Crew, ports, spacewalk, records and events at the instant.
        state: Position and velocity in TEME; `None` where the orbit has no answer.
        problem: Why there is none, in words; empty otherwise.
    """

    unix_s: float
    mode: Literal["live", "sim"]
    orbit_source: Orbit
    element_set: ElementSet
    provenance: Provenance
    error: ExpectedError
    facts: StationFacts
    state: State | None
    problem: str = ""


class Status(_Taken):
    """One frozen snapshot. What costs a search (the next change of light) is computed when first asked for."""

    @cached_property
    def position(self) -> Position | None:
        """Where the station is; `None` where the orbit has no answer."""
        if self.state is None:
            return None
        position_itrs_km, velocity_itrs_km_s = scalar.teme_to_itrs(self.unix_s, *self.state)
        point = scalar.itrs_to_geodetic(position_itrs_km)
        return Position(
            *point, math.hypot(*self.state.velocity_teme_km_s), _heading_deg(point.longitude_deg, point.latitude_deg,
                                                                             velocity_itrs_km_s)
        )  # fmt: skip

    @cached_property
    def orbit(self) -> OrbitFacts:
        """From the mean elements."""
        e = self.element_set
        beta = beta_angle_deg(self.unix_s, self.state) if self.state is not None else math.nan
        return OrbitFacts(
            e.inclination_deg,
            e.period_min,
            self.orbit_source.revolution(self.unix_s),
            beta,
        )

    @cached_property
    def altitude(self) -> AltitudeReport:
        """Mean altitude, perigee and apogee carried to the instant, as every view has them."""
        from sim.orbit.altitude import altitude_at

        return altitude_at(self.orbit_source, self.unix_s)

    @cached_property
    def light(self) -> LightChange | None:
        """Sunlit, penumbra or umbra, and when that changes next; `None` without a position."""
        return None if self.state is None else next_light_change(self.orbit_source, self.unix_s, self.state)

    @property
    def stale(self) -> bool:
        """Whether the elements are too old for what is shown."""
        return self.error.stale


def status_at(orbit: Orbit, chronicle: Chronicle, unix_s: float, *, now_unix_s: float) -> Status:
    """Take the snapshot of an instant.

    Args:
        orbit: Where the station is.
        chronicle: Who and what is there.
        unix_s: The instant, UTC.
        now_unix_s: The real now, which decides between live and simulated.
    """
    state: State | None = None
    problem = ""
    try:
        state = orbit.state(unix_s)
    except OrbitError as trouble:
        problem = str(trouble)
    if state is None or math.hypot(*state.position_teme_km) < WGS84_RADIUS_KM + LOWEST_ORBIT_KM:
        from sim.orbit.decay import fallen_words

        if words := fallen_words(orbit, unix_s):
            state, problem = None, words
    provenance = orbit.provenance(unix_s)
    return Status(
        unix_s=unix_s,
        mode="live" if abs(unix_s - now_unix_s) <= LIVE_TOLERANCE_S else "sim",
        orbit_source=orbit,
        element_set=orbit.elements(unix_s),
        provenance=provenance,
        error=error_of(provenance),
        facts=chronicle.at(unix_s),
        state=state,
        problem=problem,
    )


def _heading_deg(longitude_deg: float, latitude_deg: float, velocity_itrs_km_s: tuple[float, float, float]) -> float:
    """Course over the ground, clockwise from north."""
    lon, lat = math.radians(longitude_deg), math.radians(latitude_deg)
    vx, vy, vz = velocity_itrs_km_s
    outward = math.cos(lon) * vx + math.sin(lon) * vy
    east = math.cos(lon) * vy - math.sin(lon) * vx
    north = math.cos(lat) * vz - math.sin(lat) * outward
    return math.degrees(math.atan2(east, north)) % 360.0
