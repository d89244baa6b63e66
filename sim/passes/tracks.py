"""The station's track over the rotating Earth, for searches that evaluate many instants of a few days.

The search works in the pseudo-Earth-fixed frame (TEME turned by sidereal time only). Within a span of days the pole
stands still to a centimetre, so instead of turning every position by it, each site is turned back once; and sidereal
time is a straight line to a millisecond of UT1, so an instant costs one sine and one cosine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sim.astro.earth_orientation import gmst82_rad, orientation_at
from sim.astro.frames import apply_pole, enu_axes, site_itrs_km, teme_to_pef
from sim.astro.photometry import extinction_per_air_mass
from sim.astro.sun import SunTrack
from sim.astro.vectors import columns, rotate_z, stacked
from sim.constants import EARTH_RATE_RAD_S, MU_KM3_S2, TAU

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.propagation import Orbit
    from sim.places.place import Place
    from sim.types import Floats


def dot(a: Floats, b: Floats) -> Floats:
    """Scalar products along the last axis."""
    product: Floats = np.vecdot(a, b)  # for the hundred rows of a query twice as fast as einsum
    return product


class Sites(msgspec.Struct, frozen=True):
    """Observers in the pseudo-Earth-fixed frame, one row each.

    Attributes:
        position_km: (m, 3).
        axes: (m, 3, 3), the rows of each being east, north and up.
        extinction: (m,) magnitudes that the air takes per air mass.
    """

    position_km: Floats
    axes: Floats
    extinction: Floats

    @property
    def up(self) -> Floats:
        """The verticals, (m, 3)."""
        return self.axes[:, 2]


class EarthTurn:
    """The rotation of the Earth over a span of some days."""

    def __init__(self, first_unix_s: float, last_unix_s: float) -> None:
        first, last = orientation_at(first_unix_s), orientation_at(last_unix_s)
        span_s = last_unix_s - first_unix_s
        drift_s = last.ut1_minus_utc_s - first.ut1_minus_utc_s
        drift_s -= round(drift_s)  # a leap second on the way is a jump, not a drift
        theta = gmst82_rad(first_unix_s, first.ut1_minus_utc_s)
        theta_last = gmst82_rad(last_unix_s, first.ut1_minus_utc_s + drift_s)
        theta_last += TAU * round((theta + span_s * EARTH_RATE_RAD_S - theta_last) / TAU)
        self._first_unix_s, self._theta = first_unix_s, theta
        self.rate_rad_s = (theta_last - theta) / span_s
        self._pole = orientation_at((first_unix_s + last_unix_s) / 2.0)

    def angle_rad(self, unix_s: Floats) -> Floats:
        """Greenwich mean sidereal time, not wrapped."""
        return self._theta + self.rate_rad_s * (unix_s - self._first_unix_s)

    def applied(self, unix_s: Floats, vectors: Floats, *, backwards: bool = False) -> Floats:
        """Vectors from TEME to the pseudo-Earth-fixed frame, or backwards.

        Args:
            unix_s: (...).
            vectors: (..., 3), broadcast against it.
            backwards: Towards TEME.
        """
        angle = self.angle_rad(unix_s)
        cos, sin = np.cos(angle), np.sin(angle)
        return stacked(rotate_z(columns(vectors), cos, -sin if backwards else sin))

    def sites(self, places: Sequence[Place]) -> Sites:
        """The places with the pole of the middle of the span."""
        positions = np.array([site_itrs_km(place) for place in places])
        axes = np.array([enu_axes(place.latitude_deg, place.longitude_deg) for place in places])
        x_pole_rad, y_pole_rad = self._pole.x_pole_rad, self._pole.y_pole_rad
        positions, axes = (stacked(apply_pole(columns(part), -x_pole_rad, -y_pole_rad)) for part in (positions, axes))
        extinction = np.array([extinction_per_air_mass(place.height_m) for place in places])
        return Sites(position_km=positions, axes=axes, extinction=extinction)


class OrbitTrack:
    """The orbit in the pseudo-Earth-fixed frame."""

    def __init__(self, orbit: Orbit, turn: EarthTurn) -> None:
        self._orbit, self._turn = orbit, turn

    def at(self, unix_s: Floats) -> tuple[Floats, Floats]:
        """Positions (km) and velocities relative to the Earth (km/s), (n, 3) each, NaN where there is no answer."""
        states = self._orbit.states(unix_s)
        position, velocity = teme_to_pef(
            columns(states.position_teme_km), columns(states.velocity_teme_km_s), self._turn.angle_rad(unix_s), np
        )
        return stacked(position), stacked(velocity)


def acceleration_km_s2(position_km: Floats, velocity_km_s: Floats) -> Floats:
    """Acceleration in the turning frame: point-mass gravity, Coriolis and centrifugal, (n, 3).

    The flattening (a thousandth) is left out: it only steers the steps of a search, never their end.
    """
    pull = MU_KM3_S2 / dot(position_km, position_km) ** 1.5
    acceleration = position_km * -pull[:, None]
    acceleration[:, 0] += 2.0 * EARTH_RATE_RAD_S * velocity_km_s[:, 1] + EARTH_RATE_RAD_S**2 * position_km[:, 0]
    acceleration[:, 1] += EARTH_RATE_RAD_S**2 * position_km[:, 1] - 2.0 * EARTH_RATE_RAD_S * velocity_km_s[:, 0]
    return acceleration


class Sky(msgspec.Struct, frozen=True):
    """All a search shares: the rotating Earth, the Sun, the orbit and its track over the Earth."""

    orbit: Orbit
    turn: EarthTurn
    sun: SunTrack
    track: OrbitTrack

    def sun_km(self, unix_s: Floats) -> Floats:
        """The Sun in the pseudo-Earth-fixed frame, `unix_s` of any shape (...), answer (..., 3)."""
        return self.turn.applied(unix_s, self.sun.teme_km(unix_s))


def sky_over(orbit: Orbit, first_unix_s: float, last_unix_s: float) -> Sky:
    """What a search of a span of days needs."""
    turn = EarthTurn(first_unix_s, last_unix_s)
    sun, track = SunTrack(first_unix_s, last_unix_s), OrbitTrack(orbit, turn)
    return Sky(orbit=orbit, turn=turn, sun=sun, track=track)
