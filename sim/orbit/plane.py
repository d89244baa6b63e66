"""The plane of the orbit alone: it is known for months, when the place in it is long unknown.

The oblate Earth turns the plane of the station by 6 degrees a day to the west; engines and air change the rate by
changing the height. How far off it is expected to be is said by `sim.orbit.uncertainty`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from sim.astro.frames import itrs_to_geodetic, teme_position_to_itrs
from sim.astro.sun import beta_angle_deg, sun_position_teme_km
from sim.astro.vectors import angle_rad
from sim.constants import DEG, TAU
from sim.errors import OrbitError
from sim.language import _
from sim.orbit.closure.mean_orbit import closable
from sim.orbit.closure.mean_theory import MINUTES_A_DAY, brouwer_mean_motion, secular_rates
from sim.orbit.uncertainty import PlaneError, plane_error

if TYPE_CHECKING:
    from sim.orbit.propagation import Orbit
    from sim.orbit.uncertainty import ExpectedError
    from sim.types import Vector


class Plane(msgspec.Struct, frozen=True):
    """The mean plane at an instant, in TEME.

    Attributes:
        unix_s: The instant.
        inclination_rad: Inclination.
        node_rad: Right ascension of the ascending node, not wrapped.
        node_rate_rad_s: Its drift.
    """

    unix_s: float
    inclination_rad: float
    node_rad: float
    node_rate_rad_s: float

    @property
    def normal_teme(self) -> Vector:
        """Unit vector along the angular momentum."""
        sin_i = math.sin(self.inclination_rad)
        return sin_i * math.sin(self.node_rad), -sin_i * math.cos(self.node_rad), math.cos(self.inclination_rad)


def places_below(orbit: Orbit, unix_s: float, points: int) -> list[tuple[float, float]]:
    """The places that the whole orbit is above at one instant: the station is above one of them.

    Args:
        orbit: Its plane must be known; where in it the station is need not be.
        unix_s: UTC seconds.
        points: Steps around the orbit.

    Returns:
        Geodetic latitude and longitude (degrees) of one place more than steps, from the ascending node on in the
        direction of flight; the last is the first again.

    Raises:
        OrbitError: See `plane_at`.
    """
    plane = plane_at(orbit, unix_s)
    radius_km = orbit.elements(unix_s).semi_major_axis_km
    cos_node, sin_node = math.cos(plane.node_rad), math.sin(plane.node_rad)
    cos_i, sin_i = math.cos(plane.inclination_rad), math.sin(plane.inclination_rad)
    places = []
    for number in range(points + 1):
        along, across = math.cos(number * TAU / points), math.sin(number * TAU / points)
        x, y, z = (
            along * cos_node - across * sin_node * cos_i,
            along * sin_node + across * cos_node * cos_i,
            across * sin_i,
        )
        position_itrs_km = teme_position_to_itrs(unix_s, (radius_km * x, radius_km * y, radius_km * z))
        latitude_deg, longitude_deg, _height_km = itrs_to_geodetic(position_itrs_km)
        places.append((latitude_deg, longitude_deg))
    return places


def plane_at(orbit: Orbit, unix_s: float) -> Plane:
    """The mean plane: between two sets that of the instant, elsewhere carried on with the rate of the nearest set.

    Raises:
        OrbitError: The orbit is too slow or too eccentric for the secular rates of a low orbit.
    """
    elements = orbit.elements(unix_s)
    if not closable(elements):
        raise OrbitError(_("the plane is carried on for low, nearly circular orbits alone"))
    inclination_rad = elements.inclination_deg * DEG
    kozai_rad_min = elements.mean_motion_rev_day * TAU / MINUTES_A_DAY
    motion = brouwer_mean_motion(kozai_rad_min, elements.eccentricity, inclination_rad)
    rate_rad_s = secular_rates(motion, elements.eccentricity, inclination_rad).node / 60.0
    node_rad = elements.raan_deg * DEG + rate_rad_s * (unix_s - elements.epoch_unix_s)
    return Plane(unix_s, inclination_rad, node_rad, rate_rad_s)


class Beta(msgspec.Struct, frozen=True):
    """The angle between the Sun and the plane.

    Attributes:
        unix_s: The instant.
        beta_deg: Positive on the side of the angular momentum; NaN where it is not known.
        error: Of the node: beta is off by as much at most, and by less where the Sun stands near the nodes.
    """

    unix_s: float
    beta_deg: float
    error: PlaneError


def beta_at(orbit: Orbit, unix_s: float, error: ExpectedError) -> Beta:
    """Beta: of the state where the place is known, as everywhere else; of the mean plane where only that is known.

    The two differ by 0.05 degrees at most, the ripple of the plane within a revolution.
    """
    off = plane_error(orbit, unix_s)
    if error.position_known:
        try:
            state = orbit.state(unix_s)
        except OrbitError:  # the elements say nothing about this instant
            return Beta(unix_s, math.nan, PlaneError(math.nan, math.nan, off.stale))
        return Beta(unix_s, beta_angle_deg(unix_s, state.position_teme_km, state.velocity_teme_km_s), off)
    if not off.is_known:
        return Beta(unix_s, math.nan, off)
    normal = plane_at(orbit, unix_s).normal_teme
    return Beta(unix_s, 90.0 - math.degrees(angle_rad(normal, sun_position_teme_km(unix_s))), off)
