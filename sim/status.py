"""The station at one instant: the one snapshot that panels, command line and exports draw from."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec

from sim.astro.frames import azimuth_elevation_deg, itrs_to_geodetic, teme_to_itrs, to_enu
from sim.astro.sun import beta_angle_deg
from sim.astro.vectors import norm
from sim.constants import LOWEST_ORBIT_KM, WGS84_RADIUS_KM
from sim.errors import OrbitError
from sim.orbit.altitude import altitude_at
from sim.orbit.closure.altitude_error import is_beyond_learnt
from sim.orbit.space_object import object_of
from sim.orbit.uncertainty import ExpectedError, error_of

if TYPE_CHECKING:
    from sim.chronicle import Chronicle, ChronicleSnapshot
    from sim.eclipses import LightChange
    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.elements import ElementSet
    from sim.orbit.plane import Beta
    from sim.orbit.propagation import Orbit, Provenance, State
    from sim.orbit.space_object import SpaceObject

LIVE_TOLERANCE_S = 1.5
"""An instant this near to the real now counts as live."""


class Position(msgspec.Struct, frozen=True):
    """The point below the station, the height above WGS84 there, and the speed in the inertial frame."""

    latitude_deg: float
    longitude_deg: float
    height_km: float
    speed_km_s: float
    heading_east_deg: float
    """Direction of the ground track, clockwise from north."""


class OrbitFacts(msgspec.Struct, frozen=True):
    """The orbit beside its altitude."""

    inclination_deg: float
    period_min: float
    revolution: int
    beta_deg: float


class Status(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One snapshot of the station; what not every question needs is computed on first use.

    Attributes:
        unix_s: The instant, UTC.
        mode: Whether the instant is the real now.
        orbit_source: The orbit the snapshot was taken from.
        facts: Crew, ports, spacewalk, records and events at the instant.
        state: Position and velocity in TEME; `None` where the orbit has no answer.
        problem: Why there is none, in words; empty otherwise.
    """

    unix_s: float
    mode: Literal["live", "sim"]
    orbit_source: Orbit
    facts: ChronicleSnapshot
    state: State | None
    problem: str = ""

    @cached_property
    def element_set(self) -> ElementSet:
        """Mean elements that describe the orbit at the instant."""
        return self.orbit_source.elements(self.unix_s)

    @cached_property
    def provenance(self) -> Provenance:
        """What the position rests on."""
        return self.orbit_source.provenance(self.unix_s)

    @cached_property
    def error(self) -> ExpectedError:
        """How far off the position is expected to be."""
        return error_of(self.provenance)

    @cached_property
    def position(self) -> Position | None:
        """Where the station is; `None` where the orbit has no answer."""
        if self.state is None:
            return None
        position_teme_km, velocity_teme_km_s = self.state.position_teme_km, self.state.velocity_teme_km_s
        position_itrs_km, velocity_itrs_km_s = teme_to_itrs(self.unix_s, position_teme_km, velocity_teme_km_s)
        latitude_deg, longitude_deg, height_km = itrs_to_geodetic(position_itrs_km)
        heading_east_deg, _ = azimuth_elevation_deg(to_enu(velocity_itrs_km_s, latitude_deg, longitude_deg))
        return Position(
            latitude_deg=latitude_deg,
            longitude_deg=longitude_deg,
            height_km=height_km,
            speed_km_s=norm(velocity_teme_km_s),
            heading_east_deg=heading_east_deg,
        )

    @property
    def known_position(self) -> Position | None:
        """Where the station is; `None` where the orbit has no answer, or its place along the orbit is not known."""
        return self.position if self.error.position_known else None

    @cached_property
    def orbit(self) -> OrbitFacts:
        """From the mean elements and the altitude."""
        beta_deg = math.nan
        if self.state is not None:
            beta_deg = beta_angle_deg(self.unix_s, self.state.position_teme_km, self.state.velocity_teme_km_s)
        return OrbitFacts(
            inclination_deg=self.element_set.inclination_deg,
            period_min=self.altitude.period_min,
            revolution=self.orbit_source.revolution(self.unix_s),
            beta_deg=beta_deg,
        )

    @cached_property
    def beta(self) -> Beta:
        """The angle between the Sun and the plane with its error: also where the plane alone is known, for months."""
        from sim.orbit.plane import beta_at  # where the place is known, `orbit` has it

        return beta_at(self.orbit_source, self.unix_s, self.error)

    @cached_property
    def altitude(self) -> AltitudeReport:
        """Mean altitude, perigee and apogee carried to the instant, as every view has them."""
        return altitude_at(self.orbit_source, self.unix_s)

    @cached_property
    def light(self) -> LightChange | None:
        """Sunlit, penumbra or umbra, and when that changes next; `None` without a position."""
        if self.state is None:
            return None
        from sim.eclipses import next_light_change  # while the position is not known, nobody asks

        return next_light_change(self.orbit_source, self.unix_s, self.state)

    @property
    def stale(self) -> bool:
        """Whether the elements are known to be too old for what is shown."""
        return self.error.stale is True

    @cached_property
    def object(self) -> SpaceObject:
        """Which object the orbit is of."""
        return object_of(self.element_set)


def status_at(orbit: Orbit, chronicle: Chronicle, unix_s: float, *, now_unix_s: float) -> Status:
    """Take the snapshot of an instant; the real now decides between live and simulated."""
    state: State | None = None
    problem = ""
    try:
        state = orbit.state(unix_s)
    except OrbitError as trouble:
        problem = str(trouble)
    status = Status(
        unix_s=unix_s,
        mode="live" if abs(unix_s - now_unix_s) <= LIVE_TOLERANCE_S else "sim",
        orbit_source=orbit,
        facts=chronicle.at(unix_s),
        state=state,
        problem=problem,
    )
    is_low = state is not None and math.hypot(*state.position_teme_km) < WGS84_RADIUS_KM + LOWEST_ORBIT_KM
    if state is None or is_low or is_beyond_learnt(status.provenance):
        from sim.orbit.decay import problem_at

        if message := problem_at(orbit, unix_s):
            return msgspec.structs.replace(status, state=None, problem=message)
    return status
