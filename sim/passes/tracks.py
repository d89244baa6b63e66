"""The station's way over the turning Earth, for searches that ask again and again for instants of a few days.

The search works in the pseudo-Earth-fixed frame (TEME turned by sidereal time only). Within a span of days the pole
stands still to a centimetre, so instead of turning every position by it, each site is turned back once; and sidereal
time is a straight line to a millisecond of UT1, so an instant costs one sine and one cosine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from sim.astro.earth_orientation import TAU, EarthOrientation, gmst82_rad, orientation_at
from sim.astro.frames import enu_axes, geodetic_to_itrs
from sim.astro.sunlight import SunTrack
from sim.constants import EARTH_RATE_RAD_S, MU_KM3_S2
from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.orbit.propagation import Orbit
    from sim.places.place import Place

    Floats = NDArray[np.float64]

CACHE_STEP_S = 60.0
"""Knots of `CachedTrack`: a cubic through both positions and velocities is then 0.4 m off at most."""


def dot(a: Floats, b: Floats) -> Floats:
    """Scalar products along the last axis."""
    product: Floats = np.vecdot(a, b)  # for the hundred rows of a query twice as fast as einsum
    return product


class Sites(NamedTuple):
    """Observers in the pseudo-Earth-fixed frame, one row each.

    Attributes:
        position_km: (m, 3).
        axes: (m, 3, 3), the rows of each being east, north and up.
    """

    position_km: Floats
    axes: Floats

    @property
    def up(self) -> Floats:
        """The verticals, (m, 3)."""
        return self.axes[:, 2]


class EarthTurn:
    """The turning of the Earth through a span of some days.

    Args:
        first_unix_s: Begin of the span.
        last_unix_s: Its end.
    """

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
        return _turned(vectors, cos, -sin if backwards else sin)

    def sites(self, places: Sequence[Place]) -> Sites:
        """The places with the pole of the middle of the span."""
        positions = np.array([geodetic_to_itrs(p.latitude_deg, p.longitude_deg, p.height_m / 1000.0) for p in places])
        axes = np.array([enu_axes(p.latitude_deg, p.longitude_deg) for p in places])
        return Sites(_pole_removed(positions, self._pole), _pole_removed(axes, self._pole))


def _turned(vectors: Floats, cos: Floats, sin: Floats) -> Floats:
    """Vectors (..., 3) as seen from axes turned eastwards about z."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    turned = np.empty((*np.broadcast(cos, x).shape, 3))
    turned[..., 0] = cos * x + sin * y
    turned[..., 1] = cos * y - sin * x
    turned[..., 2] = z
    return turned


def _pole_removed(vectors_itrs: Floats, pole: EarthOrientation) -> Floats:
    """From ITRS back to the pseudo-Earth-fixed frame, (..., 3)."""
    x, y, z = vectors_itrs[..., 0], vectors_itrs[..., 1], vectors_itrs[..., 2]
    px, py = pole.x_pole_rad, pole.y_pole_rad
    return np.stack((x - px * z, y + py * z, z + px * x - py * y), axis=-1)


class Track(Protocol):
    """Where the station is over the turning Earth."""

    def at(self, unix_s: Floats) -> tuple[Floats, Floats]:
        """Positions (km) and velocities relative to the Earth (km/s), (n, 3) each, NaN where there is no answer."""
        ...


class OrbitTrack:
    """The orbit itself, asked anew for each instant."""

    def __init__(self, orbit: Orbit, turn: EarthTurn) -> None:
        self._orbit, self._turn = orbit, turn

    def at(self, unix_s: Floats) -> tuple[Floats, Floats]:
        """Exact to the orbit."""
        position_teme, velocity_teme, _ = self._orbit.states(unix_s)
        angle = self._turn.angle_rad(unix_s)
        cos, sin = np.cos(angle), np.sin(angle)
        position, velocity = _turned(position_teme, cos, sin), _turned(velocity_teme, cos, sin)
        velocity[:, 0] += EARTH_RATE_RAD_S * position[:, 1]
        velocity[:, 1] -= EARTH_RATE_RAD_S * position[:, 0]
        return position, velocity


class CachedTrack:
    """The orbit computed once a minute, cubics between: for many observers of one span.

    Args:
        track: What to copy.
        first_unix_s: Begin of the span.
        last_unix_s: Its end; outside the span the answer is NaN.
    """

    def __init__(self, track: Track, first_unix_s: float, last_unix_s: float) -> None:
        count = int((last_unix_s - first_unix_s) // CACHE_STEP_S) + 2
        self._first_unix_s = first_unix_s
        position, velocity = track.at(first_unix_s + CACHE_STEP_S * np.arange(count, dtype=np.float64))
        change = np.diff(position, axis=0)
        start, end = CACHE_STEP_S * velocity[:-1], CACHE_STEP_S * velocity[1:]
        # One row per minute: the cubic's four coefficients, three components each.
        self._cubics = np.stack((position[:-1], start, 3.0 * change - 2.0 * start - end, start + end - 2.0 * change), 1)

    def at(self, unix_s: Floats) -> tuple[Floats, Floats]:
        """Within 0.4 m of the orbit at the station's height."""
        minutes = (unix_s - self._first_unix_s) / CACHE_STEP_S
        inside = (minutes >= 0.0) & (minutes < len(self._cubics))
        row = np.where(inside, minutes, 0.0).astype(np.intp)
        s = np.where(inside, minutes - row, np.nan)[:, None]
        cubic = self._cubics[row]
        c0, c1, c2, c3 = cubic[:, 0], cubic[:, 1], cubic[:, 2], cubic[:, 3]
        return c0 + s * (c1 + s * (c2 + s * c3)), (c1 + s * (2.0 * c2 + 3.0 * s * c3)) / CACHE_STEP_S


def acceleration_km_s2(position_km: Floats, velocity_km_s: Floats) -> Floats:
    """Acceleration in the turning frame: point-mass gravity, Coriolis and centrifugal, (n, 3).

    The flattening (a thousandth) is left out: it only steers the steps of a search, never their end.
    """
    pull = MU_KM3_S2 / dot(position_km, position_km) ** 1.5
    acceleration = position_km * -pull[:, None]
    acceleration[:, 0] += 2.0 * EARTH_RATE_RAD_S * velocity_km_s[:, 1] + EARTH_RATE_RAD_S**2 * position_km[:, 0]
    acceleration[:, 1] += EARTH_RATE_RAD_S**2 * position_km[:, 1] - 2.0 * EARTH_RATE_RAD_S * velocity_km_s[:, 0]
    return acceleration


class Sky(NamedTuple):
    """All a search shares: the turning Earth, the Sun, the orbit and the track made of it."""

    orbit: Orbit
    turn: EarthTurn
    sun: SunTrack
    track: Track

    def sun_km(self, unix_s: Floats) -> Floats:
        """The Sun in the pseudo-Earth-fixed frame, `unix_s` of any shape (...), answer (..., 3)."""
        return self.turn.applied(unix_s, self.sun.teme_km(unix_s))


def sky_over(orbit: Orbit, first_unix_s: float, last_unix_s: float, *, cached: bool = False) -> Sky:
    """What a search of the span needs; `cached` pays when many observers share it."""
    turn = EarthTurn(first_unix_s, last_unix_s)
    track: Track = OrbitTrack(orbit, turn)
    if cached:
        track = CachedTrack(track, first_unix_s, last_unix_s)
    return Sky(orbit, turn, SunTrack(first_unix_s, last_unix_s), track)
